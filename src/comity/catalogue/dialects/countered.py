"""Programmes of the United States that blocking statutes forbid to comply with.

The Annex to Regulation (EC) No 2271/96, as Delegated Regulation (EU) 2018/1100 replaced it, names the Cuban Democracy Act of
1992, the Cuban Liberty and Democratic Solidarity Act of 1996, the Cuban Assets Control Regulations, and for Iran the Sanctions
Act of 1996, the Freedom and Counter-Proliferation Act of 2012, the National Defense Authorization Act for 2012, the Threat
Reduction Act of 2012 and the Transactions and Sanctions Regulations. The United Kingdom has assimilated it. Which of OFAC's
programme codes stand for these needs a lawyer's eye; a conflict that is seen in one too many holds a payment, and moves
nothing.
"""

from __future__ import annotations

from typing import Final

CUBA: Final = frozenset({"CUBA"})
ANNEXED: Final = CUBA | {"IRAN", "IFCA", "IFSR", "ISA", "IRAN-TRA", "IRAN-EO13846"}
