"""What one can ask of the register, and decide in it."""

from comity.register.service.following import follow
from comity.register.service.searching import search
from comity.register.service.showing import show

__all__ = ["follow", "search", "show"]
