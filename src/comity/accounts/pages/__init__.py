"""The console's pages about people: the door, one's own things, and administration."""

from comity.accounts.pages.administration import People, TokensOfPrograms
from comity.accounts.pages.signing import Own, SigningIn

CONTROLLERS = (SigningIn, Own, People, TokensOfPrograms)
"""Every controller of these pages."""
