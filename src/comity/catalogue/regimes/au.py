"""Australia: the Autonomous Sanctions Regulations 2011 and the Charter of the United Nations Act 1945.

It is forbidden to make an asset available to a designated person (reg. 14) and to use or deal with a controlled asset (reg. 15).
Whoever holds an asset and forms the opinion that it is controlled tells the Federal Police as soon as practicable (reg. 24(3)).
Source: legislation.gov.au.
"""

from __future__ import annotations

from typing import Final

from comity.catalogue.dialects import asked_in_reports as ask
from comity.catalogue.dialects.dealings import bounded, forbidden, unsettled, untouched
from comity.catalogue.dialects.freezing import BOTH, Articles, freezing
from comity.catalogue.dialects.told_cases import Teller, Told, licence
from comity.filtering.model import Direction, Matter, Outcome, Ownership, Part
from comity.filtering.model.regime import EYE, Nexus, Owned, Regime, Report
from comity.filtering.model.term import Term, Unit
from comity.model.measure import MeasureKind

Kind, To, Then = MeasureKind, Direction, Outcome

FROZEN: Final = "Autonomous Sanctions Regulations 2011, reg. 15; Charter of the United Nations Act 1945, s. 20"
AVAILABLE: Final = "Autonomous Sanctions Regulations 2011, reg. 14; Charter of the United Nations Act 1945, s. 21"
OWNED: Final = f"Autonomous Sanctions Regulations 2011, regs. 3 and 15 (owned or controlled; the share {EYE})"
PERMIT: Final = "Autonomous Sanctions Regulations 2011, regs. 18 and 20"
TOLD: Final = "Autonomous Sanctions Regulations 2011, reg. 24(3)"
CITED: Final = "the provision that the measure cites"

REPORTS: Final = (
    Report(
        id="controlled_asset",
        title="Opinion that an asset is a controlled asset",
        to="the Australian Federal Police",
        after=frozenset({Then.BLOCK_AND_REPORT}),
        within=Term(unit=Unit.AT_ONCE, says="as soon as practicable after forming the opinion"),
        article=TOLD,
        fields=ask.FROZEN,
    ),
)

_T = Teller(source="au_dfat", currency="AUD")
_FROZEN = (Kind.ASSET_FREEZE, Kind.NO_FUNDS)

CASES: Final = (
    Told("A designated customer orders a transfer.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYER, *_FROZEN))
    .then(Then.BLOCK_AND_REPORT, FROZEN),
    Told("A customer orders a transfer to a designated person.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, *_FROZEN))
    .then(Then.REJECT_AND_REPORT, AVAILABLE),
    Told("Money arrives for the account of a designated customer.")
    .when(_T.pays(To.INCOMING), _T.match(Part.PAYEE, *_FROZEN))
    .then(Then.HOLD, AVAILABLE, note=EYE),
    Told("A person whom the Security Council has listed pays, and no other list has that person.")
    .when(_T.pays(To.INCOMING), _T.match(Part.PAYER, Kind.ASSET_FREEZE, source="un_consolidated"))
    .then(Then.BLOCK_AND_REPORT, FROZEN),
    Told("A designated person holds exactly one half of the payee; whether he controls it is not known.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, *_FROZEN, ownership=Ownership(share_bp=5000)))
    .then(Then.HOLD, OWNED),
    Told("The payee is declared for the purpose of preventing travel, and for nothing else.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, Kind.TRAVEL_BAN))
    .then(Then.RELEASE, CITED),
    Told("The Minister's permit covers basic expenses, and rent is paid.")
    .when(_T.pays(To.OUTGOING, matter=Matter.BASIC_NEEDS), _T.match(Part.PAYER, *_FROZEN))
    .then(
        Then.RELEASE_UNDER_LICENCE,
        FROZEN,
        licences=(licence("au", "SA-9", "reg. 20", matters=frozenset({Matter.BASIC_NEEDS})),),
    ),
)

REGIME = Regime(
    id="au",
    title="Australia",
    sources=frozenset({"au_dfat", "un_consolidated"}),
    nexuses=(
        Nexus(
            id="in_australia",
            says="conduct in Australia",
            article=f"Autonomous Sanctions Act 2011, s. 16; Charter of the United Nations Act 1945, ss. 20 and 21 ({EYE})",
        ),
        Nexus(
            id="australian",
            says="conduct of Australian citizens and of bodies incorporated in Australia, wherever it is",
            article=f"Criminal Code (Cth), s. 15.1, as the offences apply it ({EYE})",
        ),
    ),
    rules=(
        *freezing(Articles(FROZEN, AVAILABLE, "", PERMIT)),
        *forbidden(CITED, Kind.TRANSACTIONS, Kind.BANKING_TRANSACTIONS, Kind.REJECT),
        *bounded(CITED, Kind.DEBT, Kind.EQUITY, Kind.SECURITIES, Kind.LOANS, Kind.SERVICES, Kind.ARMS_EMBARGO),
        *bounded(CITED, Kind.EXPORT, Kind.IMPORT, Kind.VESSEL_PORT_ENTRY, Kind.VESSEL_SERVICES),
        untouched(CITED),
        unsettled(CITED, Kind.CORRESPONDENT_ACCOUNT, Kind.TRUST_SERVICES, Kind.AIRCRAFT, Kind.OFFICERS, Kind.OTHER),
    ),
    owned=Owned(share_bp=5000, is_enough=False, control=True, article=OWNED, kinds=BOTH),
    kept=FROZEN,
    licensing=PERMIT,
    reports=REPORTS,
    cases=CASES,
    calendar="AU",
)
