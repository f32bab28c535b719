"""What reports of frozen, rejected or credited payments ask for, in the order in which most forms ask."""

from __future__ import annotations

from typing import Final

from comity.filtering.model.regime import Asked, Fact

WHO: Final = (
    Asked(fact=Fact.INSTITUTION, says="Reporting institution, with address"),
    Asked(fact=Fact.CONTACT, says="Contact person, telephone and e-mail"),
)
LISTED: Final = (
    Asked(fact=Fact.LISTED, says="Listed person, as the list names it"),
    Asked(fact=Fact.DESIGNATION, says="Number of the entry on the list"),
    Asked(fact=Fact.LEGAL_BASIS, says="Provision under which it is listed"),
)
PARTIES: Final = (
    Asked(fact=Fact.PAYER, says="Payer"),
    Asked(fact=Fact.PAYER_ACCOUNT, says="Payer's account", is_needed=False),
    Asked(fact=Fact.PAYER_BANK, says="Payer's bank", is_needed=False),
    Asked(fact=Fact.PAYEE, says="Payee"),
    Asked(fact=Fact.PAYEE_ACCOUNT, says="Payee's account", is_needed=False),
    Asked(fact=Fact.PAYEE_BANK, says="Payee's bank", is_needed=False),
    Asked(fact=Fact.INTERMEDIARIES, says="Other banks on the way", is_needed=False),
)
PAYMENT: Final = (
    Asked(fact=Fact.AMOUNT, says="Amount and currency"),
    Asked(fact=Fact.VALUE_DATE, says="Value date", is_needed=False),
    Asked(fact=Fact.REFERENCE, says="References of the payment"),
    Asked(fact=Fact.PURPOSE, says="What is paid for, as the message says", is_needed=False),
)
OWNED: Final = Asked(fact=Fact.OWNERSHIP, says="How the party belongs to the listed person", is_needed=False)
SUSPICION: Final = Asked(fact=Fact.SUSPICION, says="On which information the knowledge or suspicion rests")
ORIGINAL: Final = Asked(fact=Fact.ORIGINAL, says="Copy of the payment instruction, attached")
WHERE: Final = Asked(fact=Fact.WHERE, says="Where the money is held: branch, account, title")
DECIDED: Final = Asked(fact=Fact.DECIDED_ON, says="Day of the act")
DONE: Final = Asked(fact=Fact.OUTCOME, says="What was done")

FROZEN: Final = (*WHO, *LISTED, *PARTIES, *PAYMENT, OWNED, DECIDED, DONE, WHERE, SUSPICION)
"""What most authorities ask of frozen or credited money."""
