"""United Nations: decisions of the Security Council under Chapter VII of the Charter.

They bind states, and states bind their banks. Some laws adopt the Council's lists without more, and name them among their
sources; others list each person themselves. Until a law that binds has spoken, a payment that the Council would have frozen is
held. Source: Charter of the United Nations, Articles 25 and 41; resolutions 1267 (1999), 1373 (2001), 1718 (2006), 2664 (2022).
"""

from __future__ import annotations

from typing import Final

from comity.catalogue.dialects.checking import named, partly
from comity.catalogue.dialects.dealings import bounded, unsettled, untouched
from comity.catalogue.dialects.told_cases import Teller, Told
from comity.filtering.model import Direction, Outcome, Part, PaymentKind
from comity.filtering.model.regime import Nexus, Regime, Rule
from comity.model.measure import MeasureKind

Kind, To, Then = MeasureKind, Direction, Outcome

CHARTER: Final = "Charter of the United Nations, Arts. 25 and 41"
GIVEN: Final = "the exemption procedures of the committee in hand"

_T = Teller(source="un_consolidated", currency="EUR")

CASES: Final = (
    Told("The payee is on the Council's list, and the law that binds here has not listed that person yet.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, Kind.ASSET_FREEZE))
    .then(Then.HOLD, CHARTER),
    Told("The same, where the law of the United Kingdom binds too, which adopts the Council's lists.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYER, Kind.ASSET_FREEZE))
    .then(Then.BLOCK_AND_REPORT, "SI 2019/855 (Russia), reg. 11, and its like", also=("uk",)),
    Told("The payer is on the Council's list and sends a cover payment.")
    .when(_T.pays(To.THROUGH, kind=PaymentKind.COVER), _T.match(Part.PAYER, Kind.ASSET_FREEZE))
    .then(Then.HOLD, CHARTER),
    Told("The payee may not travel, by decision of the Council.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, Kind.TRAVEL_BAN))
    .then(Then.RELEASE, CHARTER),
)

REGIME = Regime(
    id="un",
    title="United Nations",
    sources=frozenset({"un_consolidated"}),
    nexuses=(Nexus(id="member_state", says="members of the United Nations, through their own law", article=CHARTER),),
    rules=(
        Rule(
            measures=frozenset({Kind.ASSET_FREEZE, Kind.NO_FUNDS}),
            then=Then.HOLD,
            says="The Council has decided that states freeze; which national law does so here must be found.",
            article=CHARTER,
        ),
        *bounded(CHARTER, Kind.ARMS_EMBARGO, Kind.EXPORT, Kind.IMPORT, Kind.SERVICES, Kind.VESSEL_PORT_ENTRY),
        untouched(CHARTER),
        unsettled(CHARTER, Kind.VESSEL_SERVICES, Kind.OTHER),
    ),
    owned=None,
    kept=CHARTER,
    licensing=GIVEN,
    checked=(
        *partly(
            "https://www.un.org/en/about-us/un-charter/full-text",
            "of 26 June 1945",
            CHARTER,
            note="Art. 25 was read word for word, Art. 41 was not.",
        ),
        *named(GIVEN),
    ),
    cases=CASES,
)
