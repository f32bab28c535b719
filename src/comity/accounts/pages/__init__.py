"""The console's pages about people: the door, one's own things, administration, and the ledger of what was done."""

from comity.accounts.pages.administration import People, TokensOfPrograms
from comity.accounts.pages.ledger import LedgerPages
from comity.accounts.pages.signing import Own, SigningIn

CONTROLLERS = (SigningIn, Own, People, TokensOfPrograms, LedgerPages)
"""Every controller of these pages."""
