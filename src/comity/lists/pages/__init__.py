"""The console's pages of lists: where each stands, its editions, what an edition changed, and what waits in quarantine."""

from comity.lists.pages.editions import EditionPages
from comity.lists.pages.overview import ListPages

CONTROLLERS = (ListPages, EditionPages)

__all__ = ["CONTROLLERS"]
