"""Switzerland: ordinances under the Embargo Act (SR 946.231), administered by SECO.

Each ordinance freezes and forbids in the same words; that on Ukraine (SR 946.231.176.72) is cited for the pattern, and the list's
own measure for the ordinance in hand. Whoever holds frozen funds, or knows of some, reports to SECO without delay. The Security
Council's lists are adopted without more. Sources: fedlex.admin.ch; seco.admin.ch.
"""

from __future__ import annotations

from typing import Final

from comity.catalogue.dialects import asked_in_reports as ask
from comity.catalogue.dialects.checking import named, read, unread
from comity.catalogue.dialects.dealings import bounded, forbidden, unsettled, untouched
from comity.catalogue.dialects.freezing import BOTH, Articles, freezing
from comity.catalogue.dialects.told_cases import Teller, Told, licence
from comity.filtering.model import Direction, Matter, Outcome, Ownership, Part
from comity.filtering.model.regime import EYE, Nexus, Owned, Regime, Report
from comity.filtering.model.term import Term, Unit
from comity.model.measure import MeasureKind

Kind, To, Then = MeasureKind, Direction, Outcome

FROZEN: Final = "SR 946.231.176.72, Art. 15(1), and its like"
AVAILABLE: Final = "SR 946.231.176.72, Art. 15(2), and its like"
EXEMPT: Final = "SR 946.231.176.72, Art. 15(3)(a), and its like"
TOLD: Final = "SR 946.231.176.72, Art. 16, and its like (SR 946.203, Art. 4)"
GIVEN: Final = "SR 946.231.176.72, Art. 15(5), and its like"
TERRITORY: Final = f"Embargo Act (SR 946.231), Arts. 1 and 2; the principle of territoriality ({EYE})"
OWNED: Final = "SR 946.231.176.72, Art. 15(1)(c), and its like"
CITED: Final = "the provision that the measure cites"

REPORTS: Final = (
    Report(
        id="frozen",
        title="Report of frozen funds and economic resources",
        to="the State Secretariat for Economic Affairs (SECO), Sanctions",
        after=frozenset({Then.BLOCK_AND_REPORT}),
        within=Term(unit=Unit.AT_ONCE, says="without delay"),
        article=TOLD,
        fields=ask.FROZEN,
        note="With the names of those whom it would benefit, and the kind and value of what is frozen.",
    ),
)

_T = Teller(source="ch_seco", currency="CHF")
_FREEZE = Kind.ASSET_FREEZE

CASES: Final = (
    Told("A listed customer orders a transfer.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYER, _FREEZE))
    .then(Then.BLOCK_AND_REPORT, FROZEN),
    Told("A customer orders a transfer to a listed person.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, _FREEZE))
    .then(Then.REJECT_AND_REPORT, AVAILABLE),
    Told("Money arrives for the frozen account of a listed customer.")
    .when(_T.pays(To.INCOMING), _T.match(Part.PAYEE, _FREEZE))
    .then(Then.HOLD, AVAILABLE, note=EYE),
    Told("A body that the Confederation finances pays a listed authority for aid to civilians.")
    .when(_T.pays(To.OUTGOING, matter=Matter.HUMANITARIAN), _T.match(Part.PAYEE, _FREEZE))
    .then(Then.HOLD, EXEMPT),
    Told("A listed person controls the payee and holds no share of it.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, _FREEZE, ownership=Ownership(share_bp=0, control=True)))
    .then(Then.REJECT_AND_REPORT, AVAILABLE),
    Told("A person whom the Security Council has listed, and no other list.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYER, _FREEZE, source="un_consolidated"))
    .then(Then.BLOCK_AND_REPORT, FROZEN),
    Told("The payee may not enter Switzerland.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, Kind.TRAVEL_BAN))
    .then(Then.RELEASE, CITED),
    Told("SECO has released one payment under a contract concluded before the listing.")
    .when(_T.pays(To.OUTGOING, matter=Matter.PRIOR_CONTRACT), _T.match(Part.PAYER, _FREEZE))
    .then(
        Then.RELEASE_UNDER_LICENCE,
        FROZEN,
        licences=(licence("ch", "SECO-7", GIVEN, matters=frozenset({Matter.PRIOR_CONTRACT})),),
    ),
)

REGIME = Regime(
    id="ch",
    title="Switzerland",
    sources=frozenset({"ch_seco", "un_consolidated"}),
    nexuses=(
        Nexus(
            id="territory",
            says="persons and institutions in Switzerland",
            article=TERRITORY,
        ),
    ),
    rules=(
        *freezing(Articles(FROZEN, AVAILABLE, "", EXEMPT)),
        *forbidden(CITED, Kind.TRANSACTIONS, Kind.BANKING_TRANSACTIONS, Kind.REJECT),
        *bounded(CITED, Kind.DEBT, Kind.EQUITY, Kind.SECURITIES, Kind.LOANS, Kind.SERVICES, Kind.TRUST_SERVICES),
        *bounded(CITED, Kind.ARMS_EMBARGO, Kind.EXPORT, Kind.IMPORT, Kind.VESSEL_PORT_ENTRY, Kind.VESSEL_SERVICES),
        untouched(CITED),
        unsettled(CITED, Kind.CORRESPONDENT_ACCOUNT, Kind.AIRCRAFT, Kind.OFFICERS, Kind.OTHER),
    ),
    owned=Owned(share_bp=5000, is_enough=True, control=True, article=OWNED, kinds=BOTH),
    kept=FROZEN,
    licensing=GIVEN,
    reports=REPORTS,
    checked=(
        *read(
            "https://www.fedlex.admin.ch/eli/cc/2022/151/de",
            "consolidated with Art. 15(1)(a) to (c), not before 2022",
            FROZEN,
            AVAILABLE,
            EXEMPT,
            OWNED,
        ),
        *read(
            "https://www.fedlex.admin.ch/eli/cc/2022/151/de",
            "as issued on 4 March 2022",
            TOLD,
            note="Art. 4 of SR 946.203 says the same.",
        ),
        *unread(
            "As issued, Art. 15(3) named the exceptions and 15(5) who is consulted; where they stand since others were inserted "
            "was not read.",
            GIVEN,
        ),
        *read("https://www.fedlex.admin.ch/eli/cc/2002/564/de", "as in force on 1 July 2023", TERRITORY),
        *named(CITED),
    ),
    cases=CASES,
    calendar="CH",
    note="The Security Council's lists: Ordinance of 4 March 2016 on the automatic adoption of its sanctions lists, as the Federal "
    f"Council announced it. The share that makes a body *owned* is SECO's practice; it {EYE}. Some ordinances let a frozen account "
    "be credited with interest and with what is owed under earlier contracts or decisions, if it is frozen too (SR 946.209.2, "
    "Art. 2(4), on 15 September 2025); whether the ordinance in hand does must be looked up.",
)
