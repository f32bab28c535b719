"""Australia: the Autonomous Sanctions Regulations 2011 and the Charter of the United Nations Act 1945.

It is forbidden to make an asset available to a designated person (reg. 14) and to use or deal with a controlled asset (reg. 15).
Sections 20 and 21 of the Charter of the United Nations Act say the same of whoever is listed for terrorism, regulations under its
section 6 of whoever else the Security Council lists. Whoever holds an asset and forms the opinion that it is controlled tells the
Federal Police as soon as practicable (reg. 24(3)). Source: legislation.gov.au.
"""

from __future__ import annotations

from typing import Final

from comity.catalogue.dialects import asked_in_reports as ask
from comity.catalogue.dialects.checking import named, partly, unread
from comity.catalogue.dialects.dealings import bounded, forbidden, unsettled, untouched
from comity.catalogue.dialects.freezing import BOTH, Articles, freezing
from comity.catalogue.dialects.told_cases import Teller, Told, licence
from comity.filtering.model import Direction, Matter, Outcome, Ownership, Part
from comity.filtering.model.regime import EYE, Nexus, Owned, Regime, Report
from comity.filtering.model.term import Term, Unit
from comity.model.measure import MeasureKind

Kind, To, Then = MeasureKind, Direction, Outcome

FROZEN: Final = (
    "Autonomous Sanctions Regulations 2011, reg. 15; Charter of the United Nations Act 1945, s. 20 (terrorism), "
    "and the regulations under its s. 6"
)
AVAILABLE: Final = (
    "Autonomous Sanctions Regulations 2011, reg. 14; Charter of the United Nations Act 1945, s. 21 (terrorism), "
    "and the regulations under its s. 6"
)
OWNED: Final = f"Autonomous Sanctions Regulations 2011, regs. 3 and 15 (owned or controlled; the share {EYE})"
PERMIT: Final = "Autonomous Sanctions Regulations 2011, regs. 18 and 20"
TOLD: Final = "Autonomous Sanctions Regulations 2011, reg. 24(3)"
IN_AUSTRALIA: Final = (
    f"Autonomous Sanctions Act 2011, s. 16; Charter of the United Nations Act 1945, ss. 20 and 21 ({EYE})"
)
AUSTRALIAN: Final = f"Criminal Code (Cth), s. 15.1, as reg. 15(2) and its like apply it ({EYE})"
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
        note="With what is known of the asset and its owner, and the reasons of the opinion. Of the Security Council's listings "
        "the Charter of the United Nations (Dealing with Assets) Regulations 2008 say the like: not verified against the text.",
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
        licences=(licence("au", "SA-9", PERMIT, matters=frozenset({Matter.BASIC_NEEDS})),),
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
            article=IN_AUSTRALIA,
        ),
        Nexus(
            id="australian",
            says="conduct of Australian citizens and of bodies incorporated in Australia, wherever it is",
            article=AUSTRALIAN,
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
    checked=(
        *partly(
            "https://www.legislation.gov.au/F2011L02673/latest/text",
            "reg. 15 as in force, s. 20 to 14 September 2021",
            FROZEN,
            note="The regulations under s. 6 of the Act were not read.",
        ),
        *partly(
            "https://www.legislation.gov.au/C1945A00032/latest/text",
            "s. 21 to 14 September 2021",
            AVAILABLE,
            note="Reg. 14 was read where reg. 20(1) restates it; the regulations under s. 6 of the Act were not read.",
        ),
        *partly(
            "https://classic.austlii.edu.au/au/legis/cth/consol_reg/asr2011379/s20.html",
            "reg. 20, consolidated text",
            PERMIT,
            note="Reg. 18 was read where reg. 20 refers to it.",
        ),
        *partly(
            "https://mrwatchlist.com/2016/03/10/australias-autonomous-sanctions-regulations-2011-assets-handling-part-2/",
            "copied word for word in March 2016",
            TOLD,
            note="The regulation is in the compilation of 8 November 2024 under the same number and heading.",
        ),
        *partly(
            "https://zoelaw.ai/legislation/autonomous-sanctions-regulations-2011/sections/15",
            "reg. 15(2) as in force",
            AUSTRALIAN,
            note="That s. 15.1 applies was read, its own words were not.",
        ),
        *unread(
            "The definition of reg. 3 was not read; reg. 20(3) speaks of entities that are owned or controlled.", OWNED
        ),
        *unread("Ss. 20 and 21 of the Charter of the United Nations Act were read, s. 16 was not.", IN_AUSTRALIA),
        *named(CITED),
    ),
    cases=CASES,
    calendar="AU",
)
