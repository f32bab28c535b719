"""The console's pages of the register: search, entities, the review queue."""

from comity.register.pages.deciding import ActPages, JoinPages
from comity.register.pages.entity import EntityPages
from comity.register.pages.exports import FtmDeltas
from comity.register.pages.review import ReviewPages
from comity.register.pages.searching import SearchPages
from comity.register.pages.statements import StatementPages

CONTROLLERS = (SearchPages, EntityPages, StatementPages, JoinPages, ActPages, ReviewPages, FtmDeltas)

__all__ = ["CONTROLLERS"]
