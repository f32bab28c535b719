"""The console's pages of screening: one name, a file of names, past answers, and profiles."""

from comity.screening.pages.asking import AskPages, ReviewedPages
from comity.screening.pages.files import FilePages, JobPages
from comity.screening.pages.past import PastPages, ReviewPages
from comity.screening.pages.profiles import ProfilePages

CONTROLLERS = (AskPages, FilePages, JobPages, PastPages, ProfilePages, ReviewPages, ReviewedPages)

__all__ = ["CONTROLLERS"]
