"""United States: the sanctions that the Office of Foreign Assets Control (OFAC) administers.

All property in which a blocked person has an interest is blocked once it comes within the United States or into the possession of a
US person. Blocking is not rejecting: where no blocked person has an interest but the dealing is forbidden, the payment is not
processed and goes back (OFAC FAQ 36). Lists that are not the SDN List forbid less, each by its directive. Sources: 31 CFR part 501;
ofac.treasury.gov, frequently asked questions 32, 36, 49, 398 to 402, 820, 967 to 972.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from comity.catalogue.dialects import asked_in_reports as ask
from comity.catalogue.dialects.checking import named, partly, read, unread
from comity.catalogue.dialects.dealings import bounded, forbidden, unsettled, untouched
from comity.catalogue.dialects.told_cases import Teller, Told, licence
from comity.filtering.model import (
    AuthorisationKind,
    Direction,
    Matter,
    Outcome,
    Ownership,
    Part,
    PaymentKind,
    Resolution,
)
from comity.filtering.model.regime import EYE, Asked, Fact, Nexus, Owned, Regime, Report, Rule
from comity.filtering.model.term import Term, Unit
from comity.model.measure import MeasureKind
from comity.model.money import Money

Kind, To, Then = MeasureKind, Direction, Outcome

BLOCKED: Final = "50 U.S.C. 1702(a)(1)(B); OFAC FAQ 32 and 36"
KEPT: Final = "31 CFR 501.603; OFAC FAQ 32 (only debits that OFAC authorises)"
REFERRED: Final = (
    "31 CFR 501.604(b)(1) as in force until 2019 (62 FR 45101): "
    "a transfer that refers to a blocked vessel, no party being blocked"
)
CAPTA: Final = "Directive 2 under E.O. 14024; OFAC FAQ 967, and FAQ 969 and 970 for banks that a listed one owns"
ACCOUNTS: Final = "31 CFR part 561 and the order that the list names"
COUNCIL: Final = "General License 4(b) under 31 CFR parts 594, 595 and 597 (12 April 2006)"
DIRECTIVE: Final = "the directive that the list names; OFAC FAQ 36"
ORDER: Final = "the order that the list names"
DENIED: Final = "15 CFR 764.2(e) and (k)"
HALF: Final = (
    "OFAC's guidance of 13 August 2014 on entities owned by blocked persons; OFAC FAQ 398 to 402; 31 CFR 594.412"
)
MANY: Final = "31 CFR 501.603(b)(1)"
FEW: Final = "31 CFR 501.604; OFAC FAQ 49 and 820"
US_PERSON: Final = "50 U.S.C. 1702(a)(1); the definition of US person in each part of 31 CFR chapter V"
CAUSED: Final = "50 U.S.C. 1705(a)"
FOREIGN: Final = "31 CFR 515.329; 31 CFR 560.215"
GIVEN: Final = "31 CFR 501.801"
TEN: Final = Term(unit=Unit.WORKING_DAYS, count=10, says="within 10 business days of the action")
OFAC: Final = "OFAC, through the OFAC Reporting System"

RULES: Final = (
    Rule(
        measures=frozenset({Kind.ASSET_FREEZE, Kind.NO_FUNDS}),
        parts=frozenset({Part.MENTIONED}),
        then=Then.HOLD,
        says="Whether a blocked person has an interest in the payment must be found before it is blocked or rejected.",
        article=BLOCKED,
    ),
    Rule(
        measures=frozenset({Kind.ASSET_FREEZE, Kind.NO_FUNDS}),
        parts=frozenset({Part.SUBJECT}),
        then=Then.REJECT_AND_REPORT,
        says="No party is blocked, and the payment would serve a dealing with one that is: it is rejected.",
        article=REFERRED,
        note=EYE,
    ),
    Rule(
        measures=frozenset({Kind.ASSET_FREEZE, Kind.NO_FUNDS}),
        then=Then.BLOCK_AND_REPORT,
        says="A blocked person has an interest in the payment: it goes to a blocked account that bears interest.",
        article=BLOCKED,
    ),
    *forbidden(CAPTA, Kind.CORRESPONDENT_ACCOUNT, programmes=frozenset({"RUSSIA-EO14024"})),
    unsettled(ACCOUNTS, Kind.CORRESPONDENT_ACCOUNT),
    *forbidden(COUNCIL, Kind.REJECT, programmes=frozenset({"NS-PLC"})),
    *forbidden(DIRECTIVE, Kind.REJECT, Kind.TRANSACTIONS, Kind.BANKING_TRANSACTIONS),
    *bounded(DIRECTIVE, Kind.DEBT, Kind.EQUITY, Kind.SECURITIES, Kind.BONDS, Kind.LOANS, Kind.FOREIGN_EXCHANGE),
    *bounded(DIRECTIVE, Kind.SERVICES, Kind.EXPORT, Kind.IMPORT),
    *bounded(DENIED, Kind.EXPORT_PRIVILEGES, note=EYE),
    untouched(ORDER),
    unsettled(ORDER, Kind.OFFICERS, Kind.OTHER),
)

REPORTS: Final = (
    Report(
        id="blocked_property",
        title="Report of blocked property",
        to=OFAC,
        after=frozenset({Then.BLOCK_AND_REPORT}),
        within=TEN,
        article=MANY,
        fields=(
            *ask.WHO,
            *ask.LISTED,
            *ask.PARTIES,
            *ask.PAYMENT,
            ask.OWNED,
            Asked(fact=Fact.DECIDED_ON, says="Day on which the property was blocked"),
            ask.WHERE,
            ask.ORIGINAL,
        ),
        note="All property that is blocked on 30 June is reported once more by 30 September: 31 CFR 501.603(b)(2). What is "
        "unblocked or transferred since is reported too, since 2024: 89 FR 40372.",
    ),
    Report(
        id="rejected_transaction",
        title="Report of a rejected transaction",
        to=OFAC,
        after=frozenset({Then.REJECT_AND_REPORT}),
        within=TEN,
        article=FEW,
        fields=(
            *ask.WHO,
            *ask.PARTIES,
            *ask.PAYMENT,
            Asked(fact=Fact.DECIDED_ON, says="Day on which the transaction was rejected"),
            Asked(fact=Fact.LEGAL_BASIS, says="Legal authority under which it was rejected"),
            ask.ORIGINAL,
        ),
        note="What the institution does not have need not be asked of others: OFAC FAQ 820.",
    ),
)

_T = Teller(source="us_ofac_sdn", currency="USD", programme="UKRAINE-EO13660")
_S = Teller(source="us_ofac_consolidated", currency="USD", programme="UKRAINE-EO13662")
_BLOCK = Kind.ASSET_FREEZE

LATER: Final = date(2031, 11, 22)
WIND_DOWN: Final = licence(
    "us_ofac",
    "GL 8",
    "31 CFR 501.801(a)",
    kind=AuthorisationKind.GENERAL,
    persons=frozenset(),
    programmes=frozenset({"UKRAINE-EO13660"}),
    until=LATER,
)

CASES: Final = (
    Told("A bank's own customer, who is on the SDN List, orders a transfer.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYER, _BLOCK))
    .then(Then.BLOCK_AND_REPORT, BLOCKED),
    Told(
        "A customer who is not listed orders a transfer to somebody on the SDN List. The money is not sent back to him."
    )
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, _BLOCK))
    .then(Then.BLOCK_AND_REPORT, BLOCKED),
    Told("A US correspondent passes on a payment between two foreign companies; the payee's bank is on the SDN List.")
    .when(_T.pays(To.THROUGH), _T.match(Part.PAYEE_AGENT, _BLOCK))
    .then(Then.BLOCK_AND_REPORT, BLOCKED),
    Told("The same, and a bank on the way is on the SDN List.")
    .when(_T.pays(To.THROUGH), _T.match(Part.INTERMEDIARY, _BLOCK))
    .then(Then.BLOCK_AND_REPORT, BLOCKED),
    Told("A cover payment between banks; the customer's payment beneath it is to somebody on the SDN List.")
    .when(_T.pays(To.THROUGH, kind=PaymentKind.COVER), _T.match(Part.PAYEE, _BLOCK))
    .then(Then.BLOCK_AND_REPORT, BLOCKED),
    Told("The remittance text names a ship on the SDN List; nobody has found yet what it has to do with the payment.")
    .when(_T.pays(To.THROUGH), _T.match(Part.MENTIONED, _BLOCK))
    .then(Then.HOLD, BLOCKED),
    Told("It has been found that the payment is for port dues of a blocked ship, and that no party is blocked.")
    .when(_T.pays(To.THROUGH), _T.match(Part.SUBJECT, _BLOCK))
    .then(Then.REJECT_AND_REPORT, REFERRED, note=EYE),
    Told("The payee is owned to exactly one half by two persons on the SDN List together.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, _BLOCK, ownership=Ownership(share_bp=5000)))
    .then(Then.BLOCK_AND_REPORT, BLOCKED),
    Told("A person on the SDN List owns 49.99 per cent of the payee, and controls it.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, _BLOCK, ownership=Ownership(share_bp=4999, control=True)))
    .then(Then.RELEASE, HALF, note="Control alone does not block; OFAC FAQ 398 urges caution."),
    Told("How much of the payee a person on the SDN List owns is not known.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, _BLOCK, ownership=Ownership()))
    .then(Then.HOLD, HALF),
    Told("The payee is on the Sectoral Sanctions List for new debt, and an invoice for bread is paid.")
    .when(_S.pays(To.OUTGOING, matter=Matter.ORDINARY), _S.match(Part.PAYEE, Kind.DEBT))
    .then(Then.RELEASE, DIRECTIVE),
    Told("The same, and a loan of ninety days is paid out.")
    .when(_S.pays(To.OUTGOING, matter=Matter.NEW_DEBT), _S.match(Part.PAYEE, Kind.DEBT))
    .then(Then.REJECT_AND_REPORT, DIRECTIVE),
    Told("The same, and nobody knows what is paid for.")
    .when(_S.pays(To.OUTGOING), _S.match(Part.PAYEE, Kind.DEBT))
    .then(Then.HOLD, DIRECTIVE),
    Told("The payer's bank is on the CAPTA List under Directive 2.")
    .when(_S.pays(To.THROUGH), _S.match(Part.PAYER_AGENT, Kind.CORRESPONDENT_ACCOUNT, programme="RUSSIA-EO14024"))
    .then(Then.REJECT_AND_REPORT, CAPTA),
    Told("The payer's bank is not on that list itself, and a bank on it owns one half of it.")
    .when(
        _S.pays(To.THROUGH),
        _S.match(
            Part.PAYER_AGENT,
            Kind.CORRESPONDENT_ACCOUNT,
            programme="RUSSIA-EO14024",
            ownership=Ownership(share_bp=5000),
        ),
    )
    .then(Then.REJECT_AND_REPORT, CAPTA),
    Told("The payee is on the list of the Palestinian Legislative Council: a bank may reject instead of blocking.")
    .when(_S.pays(To.OUTGOING), _S.match(Part.PAYEE, Kind.REJECT, programme="NS-PLC"))
    .then(Then.REJECT_AND_REPORT, COUNCIL),
    Told("A general licence for winding down covers the payment, on its last day.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, _BLOCK))
    .then(Then.RELEASE_UNDER_LICENCE, BLOCKED, licences=(WIND_DOWN,)),
    Told("The same, one day later.")
    .when(_T.pays(To.OUTGOING, on=LATER), _T.match(Part.PAYEE, _BLOCK))
    .then(Then.BLOCK_AND_REPORT, BLOCKED, licences=(WIND_DOWN,)),
    Told("The licence is for 500 dollars and the payment moves 1,000.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, _BLOCK))
    .then(
        Then.BLOCK_AND_REPORT,
        BLOCKED,
        licences=(licence("us_ofac", "UKR-1", "31 CFR 501.801(b)", amount_max=Money(50_000, "USD")),),
    ),
    Told("The foreign bank recalls a payment whose money is blocked here.")
    .when(
        _T.pays(To.OUTGOING, kind=PaymentKind.RECALL, blocked_under=frozenset({"us_ofac"})),
        _T.match(Part.PAYEE, _BLOCK),
    )
    .then(Then.BLOCK_AND_REPORT, KEPT),
    Told("A recall concerns a payee under a directive on new debt: recalls cannot be rejected.")
    .when(_S.pays(To.INCOMING, kind=PaymentKind.RECALL, matter=Matter.NEW_DEBT), _S.match(Part.PAYEE, Kind.DEBT))
    .then(Then.HOLD, DIRECTIVE),
    Told(
        "Whether the payer of an instant payment in euro is the one on the SDN List is undecided: "
        "Union law on instant payments does not speak of US lists."
    )
    .when(
        Teller(source="us_ofac_sdn", currency="EUR").pays(To.OUTGOING, is_instant=True),
        _T.match(Part.PAYER, _BLOCK, resolution=Resolution.UNDECIDED),
    )
    .then(Then.HOLD, "", also=("eu",)),
)

REGIME = Regime(
    id="us_ofac",
    title="United States (OFAC)",
    sources=frozenset({"us_ofac_sdn", "us_ofac_consolidated", "us_bis_denied_persons"}),
    nexuses=(
        Nexus(
            id="us_person",
            says="US persons, foreign branches of US institutions among them, and anybody within the United States",
            article=US_PERSON,
        ),
        Nexus(
            id="us_financial_system",
            says="payments that a US person on the way processes, whoever else takes part: nobody may cause it to violate the law",
            article=CAUSED,
        ),
        Nexus(
            id="owned_by_us_person",
            says="foreign entities that US persons own or control, under the programmes for Cuba and Iran",
            article=FOREIGN,
        ),
    ),
    rules=RULES,
    owned=Owned(
        share_bp=5000,
        is_enough=True,
        control=False,
        article=HALF,
        kinds=frozenset(
            {_BLOCK, Kind.NO_FUNDS, Kind.DEBT, Kind.EQUITY, Kind.LOANS, Kind.CORRESPONDENT_ACCOUNT},
        ),
        note="The shares of all blocked persons are added up (FAQ 399).",
    ),
    kept=KEPT,
    licensing=GIVEN,
    reports=REPORTS,
    checked=(
        *partly(
            "https://ofac.treasury.gov/faqs/36",
            "FAQ 32 of 2002 and 36 of 2020",
            BLOCKED,
            note="The questions were read themselves, the Code (50 U.S.C. 1702) in quotation.",
        ),
        *partly(
            "https://ofac.treasury.gov/faqs/36",
            "FAQ 36 of 2020",
            DIRECTIVE,
            note="Each directive is the list's to name.",
        ),
        *read("https://www.law.cornell.edu/cfr/text/31/501.603", "consolidated text of (a) and (b)(1)", KEPT, MANY),
        *partly(
            "https://ofac.treasury.gov/faqs/820",
            "FAQ 49 of 2017 and 820 of 2020",
            FEW,
            note="The section itself was read only as it stood before 2019. Since then it binds every US person, not banks alone.",
        ),
        *read(
            "https://www.govinfo.gov/content/pkg/FR-1997-08-25/html/97-22378.htm",
            "the examples of 501.604(b) before 2019",
            REFERRED,
            note="Whether the section as amended in 2019 and 2024 still gives this example was not verified.",
        ),
        *partly(
            "https://ofac.treasury.gov/faqs/967",
            "FAQ 967, 970 and 972 of 2022",
            CAPTA,
            note="The directive was read in OFAC's own account of it.",
        ),
        *partly(
            "https://ofac.treasury.gov/consolidated-sanctions-list/non-sdn-palestinian-legislative-council-ns-plc-list",
            "OFAC's account of 14 November 2023",
            COUNCIL,
        ),
        *partly(
            "https://ofac.treasury.gov/faqs/398",
            "FAQ 398 and 400, and 31 CFR 594.412 of 21 December 2022",
            HALF,
            note="The guidance itself was read in quotation.",
        ),
        *read(
            "https://www.bis.gov/title-15/subtitle-b/chapter-vii/subchapter-c/part-764",
            "part 764 as it restates both",
            DENIED,
        ),
        *partly(
            "https://www.ecfr.gov/current/title-31/subtitle-B/chapter-V/part-561",
            "FR Doc. 2013-05766, which amends it",
            ACCOUNTS,
        ),
        *partly("https://www.law.cornell.edu/uscode/text/50/1705", "quoted word for word", CAUSED),
        *unread("31 CFR 560.215 was read as in force in June 2026; 31 CFR 515.329 was not.", FOREIGN),
        *unread("50 U.S.C. 1702(a)(1) was read in quotation; the definitions of 31 CFR chapter V were not.", US_PERSON),
        *unread("Parts of 31 CFR chapter V that refer to part 501, subpart E, were read; the section was not.", GIVEN),
        *named(ORDER),
    ),
    cases=CASES,
    calendar="US",
)
