"""What one can do with what screening found: report it, decide it, and ask where it stands."""

from comity.alerts.service.office import Office
from comity.alerts.service.reporting import report, retract
from comity.alerts.service.standing import standing

__all__ = ["Office", "report", "retract", "standing"]
