"""What one can do with payments: examine one."""

from comity.filtering.service.examining import Examiner

__all__ = ["Examiner"]
