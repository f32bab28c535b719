"""The console's pages of screening: one name, a file of names, past answers, and profiles."""

from comity.screening.pages.asking import AskPages
from comity.screening.pages.files import FilePages, JobPages
from comity.screening.pages.past import PastPages
from comity.screening.pages.profiles import ProfilePages

CONTROLLERS = (AskPages, FilePages, JobPages, PastPages, ProfilePages)

__all__ = ["CONTROLLERS"]
