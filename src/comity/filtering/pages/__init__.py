"""The console's pages of payments: those that are held, one payment, earlier dealings."""

from comity.filtering.pages.payment import PaymentPages
from comity.filtering.pages.queue import QueuePages

CONTROLLERS = (QueuePages, PaymentPages)

__all__ = ["CONTROLLERS"]
