"""The console's pages of the register: search, entities, the review queue."""

from comity.register.pages.entity import EntityPages
from comity.register.pages.review import ReviewPages
from comity.register.pages.searching import SearchPages

CONTROLLERS = (SearchPages, EntityPages, ReviewPages)

__all__ = ["CONTROLLERS"]
