"""United Kingdom: regulations under the Sanctions and Anti-Money Laundering Act 2018, administered by OFSI.

Each regime has its own regulations with the same parts; those on Russia (SI 2019/855) are cited for the pattern, and the list's own
measure for the regime in hand. Regulations that implement the Security Council's resolutions designate whoever it names, for the
time being (section 13 of the Act). Whoever holds frozen funds reports them as they come, and all of them once a year. Sources:
legislation.gov.uk; OFSI, Reporting information to OFSI.
"""

from __future__ import annotations

from typing import Final

from comity.catalogue.dialects import asked_in_reports as ask
from comity.catalogue.dialects.checking import named, read, unread
from comity.catalogue.dialects.countered import ANNEXED
from comity.catalogue.dialects.dealings import bounded, forbidden, unsettled, untouched
from comity.catalogue.dialects.freezing import BOTH, Articles, freezing
from comity.catalogue.dialects.told_cases import Teller, Told, licence
from comity.filtering.model import Direction, Matter, Outcome, Ownership, Part, PaymentKind, Resolution
from comity.filtering.model.regime import EYE, Counter, Nexus, Owned, Regime, Report
from comity.filtering.model.term import Term, Unit
from comity.model.measure import MeasureKind

Kind, To, Then = MeasureKind, Direction, Outcome

FROZEN: Final = "SI 2019/855 (Russia), reg. 11, and its like"
AVAILABLE: Final = "SI 2019/855 (Russia), regs. 12 and 13, and their like"
CREDITED: Final = "SI 2019/855 (Russia), reg. 58(4) (credit to a frozen account), and its like"
EARLIER: Final = "SI 2019/855 (Russia), reg. 58(5) (obligations from before the designation), and its like"
HUMANE: Final = "the humanitarian exception of the regulations in hand"
CLEARING: Final = "SI 2019/855 (Russia), reg. 17A(2)"
OWNED: Final = "SI 2019/855 (Russia), reg. 7(2) and (4) and Sch. 1, and their like"
TOLD: Final = "SI 2019/855 (Russia), reg. 70(1) to (4), and its like"
CREDIT_TOLD: Final = "SI 2019/855 (Russia), reg. 70(5)(a), and its like"
GIVEN: Final = "SI 2019/855 (Russia), reg. 64 and Sch. 5, and their like"
CONDITION: Final = "the reporting condition of the licence"
IN_UK: Final = "Sanctions and Anti-Money Laundering Act 2018, s. 21(1)(a)"
UK_PERSON: Final = "Sanctions and Anti-Money Laundering Act 2018, s. 21(1)(b), (2) and (3)"
STATUTE: Final = "Reg. (EC) No 2271/96, Art. 5, as assimilated law of the United Kingdom"
CITED: Final = "the provision that the measure cites"
OFSI: Final = "the Office of Financial Sanctions Implementation (HM Treasury)"

RULES: Final = (
    *freezing(Articles(FROZEN, AVAILABLE, CREDITED, HUMANE, EARLIER)),
    *forbidden(CLEARING, Kind.CORRESPONDENT_ACCOUNT),
    *forbidden(CITED, Kind.TRANSACTIONS, Kind.BANKING_TRANSACTIONS, Kind.REJECT),
    *bounded(
        CITED,
        Kind.DEBT,
        Kind.EQUITY,
        Kind.SECURITIES,
        Kind.LOANS,
        Kind.SERVICES,
        Kind.TRUST_SERVICES,
        Kind.ARMS_EMBARGO,
        Kind.EXPORT,
        Kind.IMPORT,
        Kind.VESSEL_PORT_ENTRY,
        Kind.VESSEL_SERVICES,
        Kind.AIRCRAFT,
    ),
    untouched(CITED),
    unsettled(CITED, Kind.OFFICERS, Kind.OTHER),
)

REPORTS: Final = (
    Report(
        id="frozen_account",
        title="Credit to a frozen account",
        to=OFSI,
        after=frozenset({Then.BLOCK_AND_REPORT}),
        parts=frozenset({Part.PAYEE}),
        directions=frozenset({To.INCOMING}),
        within=Term(unit=Unit.AT_ONCE, says="without delay"),
        article=CREDIT_TOLD,
        fields=ask.FROZEN,
    ),
    Report(
        id="compliance",
        title="Compliance reporting form",
        to=OFSI,
        after=frozenset({Then.BLOCK_AND_REPORT, Then.REJECT_AND_REPORT}),
        within=Term(unit=Unit.AT_ONCE, says="as soon as practicable"),
        article=TOLD,
        fields=ask.FROZEN,
        note="For a customer also the nature and amount of everything that is held for it. Frozen funds held on 30 September are "
        "reported once more by 30 November: reg. 70(1ZB), inserted by SI 2024/1157, read in quotation.",
    ),
    Report(
        id="licence",
        title="Report under a licence",
        to=OFSI,
        after=frozenset({Then.RELEASE_UNDER_LICENCE}),
        within=Term(unit=Unit.AT_ONCE, says="by the day that the licence names"),
        article=CONDITION,
        fields=(*ask.WHO, *ask.PARTIES, *ask.PAYMENT, ask.DECIDED),
    ),
)

_T = Teller(source="uk_sanctions_list", currency="GBP", programme="RUS")
_US = Teller(source="us_ofac_sdn", currency="USD", programme="CUBA")
_FREEZE = Kind.ASSET_FREEZE

CASES: Final = (
    Told("A designated customer orders a transfer: the account is frozen and the order is not carried out.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYER, _FREEZE))
    .then(Then.BLOCK_AND_REPORT, FROZEN),
    Told(
        "A third party pays onto the frozen account of a designated customer: it is credited, frozen, and OFSI is told."
    )
    .when(_T.pays(To.INCOMING), _T.match(Part.PAYEE, _FREEZE))
    .then(Then.BLOCK_AND_REPORT, CREDITED),
    Told("A customer orders a transfer to a designated person.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, _FREEZE))
    .then(Then.REJECT_AND_REPORT, AVAILABLE),
    Told("Money of a designated payer arrives for somebody who is not designated: it is frozen, not returned.")
    .when(_T.pays(To.INCOMING), _T.match(Part.PAYER, _FREEZE))
    .then(Then.BLOCK_AND_REPORT, FROZEN),
    Told("A payment would go by way of a bank designated for correspondent banking and payments.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.INTERMEDIARY, Kind.CORRESPONDENT_ACCOUNT))
    .then(Then.REJECT_AND_REPORT, CLEARING),
    Told("The same by way of a bank that is not designated itself, and of which such a bank owns 60 per cent.")
    .when(
        _T.pays(To.OUTGOING),
        _T.match(Part.INTERMEDIARY, Kind.CORRESPONDENT_ACCOUNT, ownership=Ownership(share_bp=6000)),
    )
    .then(Then.REJECT_AND_REPORT, CLEARING),
    Told(
        "A customer pays a debt to a designated person that is older than the designation, perhaps into a frozen account."
    )
    .when(_T.pays(To.OUTGOING, matter=Matter.PRIOR_CONTRACT), _T.match(Part.PAYEE, _FREEZE))
    .then(Then.HOLD, EARLIER),
    Told(
        "The payee is owned to exactly one half by a designated person, who does not control it: more than half is needed."
    )
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, _FREEZE, ownership=Ownership(share_bp=5000, control=False)))
    .then(Then.RELEASE, OWNED),
    Told("The payee is owned to a little more than one half by a designated person.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, _FREEZE, ownership=Ownership(share_bp=5001)))
    .then(Then.REJECT_AND_REPORT, AVAILABLE),
    Told("A designated person holds a tenth of the payee and directs its affairs.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, _FREEZE, ownership=Ownership(share_bp=1000, control=True)))
    .then(Then.REJECT_AND_REPORT, AVAILABLE),
    Told("The payee is subject to a travel ban and to nothing else.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, Kind.TRAVEL_BAN))
    .then(Then.RELEASE, CITED),
    Told("The payee may not be a director of a company.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, Kind.DIRECTOR_DISQUALIFICATION))
    .then(Then.RELEASE, CITED),
    Told("The text names a specified ship, and the payment is for its port dues.")
    .when(_T.pays(To.OUTGOING, matter=Matter.SHIP), _T.match(Part.SUBJECT, Kind.VESSEL_PORT_ENTRY))
    .then(Then.REJECT_AND_REPORT, CITED),
    Told("A Treasury licence for legal fees names the person, and the payment is for legal fees.")
    .when(_T.pays(To.OUTGOING, matter=Matter.LEGAL_FEES), _T.match(Part.PAYER, _FREEZE))
    .then(
        Then.RELEASE_UNDER_LICENCE,
        FROZEN,
        licences=(licence("uk", "INT/2031/42", GIVEN, matters=frozenset({Matter.LEGAL_FEES})),),
    ),
    Told("The licence asks for prior notice to OFSI, and nobody has confirmed that it was given.")
    .when(_T.pays(To.OUTGOING, matter=Matter.LEGAL_FEES), _T.match(Part.PAYER, _FREEZE))
    .then(
        Then.BLOCK_AND_REPORT,
        FROZEN,
        licences=(licence("uk", "INT/2031/42", GIVEN, conditions=("notice to OFSI before each payment",)),),
    ),
    Told("A person whom the Security Council has named, and no other list.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYER, _FREEZE, source="un_consolidated"))
    .then(Then.BLOCK_AND_REPORT, FROZEN),
    Told("The sending bank recalls a payment that is frozen here.")
    .when(
        _T.pays(To.INCOMING, kind=PaymentKind.RECALL, blocked_under=frozenset({"uk"})),
        _T.match(Part.PAYER, _FREEZE, resolution=Resolution.FALSE),
    )
    .then(Then.BLOCK_AND_REPORT, FROZEN),
    Told("US law would block a payment under the Cuban programme, and UK law forbids to comply with that programme.")
    .when(_US.pays(To.OUTGOING), _US.match(Part.PAYEE, _FREEZE))
    .then(Then.HOLD, STATUTE, also=("us_ofac",), note=EYE),
)

REGIME = Regime(
    id="uk",
    title="United Kingdom",
    sources=frozenset({"uk_sanctions_list", "uk_ofsi_conlist", "un_consolidated"}),
    nexuses=(
        Nexus(
            id="conduct_in_uk",
            says="conduct in the United Kingdom, by anybody",
            article=IN_UK,
        ),
        Nexus(
            id="uk_person",
            says="conduct of United Kingdom persons, bodies incorporated there among them, wherever it is",
            article=UK_PERSON,
        ),
    ),
    rules=RULES,
    owned=Owned(
        share_bp=5000,
        is_enough=False,
        control=True,
        article=OWNED,
        kinds=BOTH | {Kind.CORRESPONDENT_ACCOUNT},
        note="Shares of several designated persons are added up only where they are held jointly or under a joint arrangement "
        "(Sch. 1, paras. 2 and 3): the share to state is that of one person, or of such an arrangement.",
    ),
    kept=FROZEN,
    licensing=GIVEN,
    reports=REPORTS,
    counters=(
        Counter(
            regime="us_ofac",
            programmes=ANNEXED,
            article=STATUTE,
            note=f"Which orders implement the annexed statutes {EYE}.",
        ),
    ),
    checked=(
        *read(
            "https://www.legislation.gov.uk/uksi/2019/855",
            "as amended in 2022",
            FROZEN,
            AVAILABLE,
            CREDITED,
            EARLIER,
            OWNED,
            CREDIT_TOLD,
            GIVEN,
        ),
        *read(
            "https://www.legislation.gov.uk/uksi/2019/855/regulation/70",
            "as amended in 2022",
            TOLD,
            note="The yearly report of frozen funds, inserted since, was read in quotation.",
        ),
        *read(
            "https://www.legislation.gov.uk/uksi/2019/855/regulation/17A",
            "as in force since 15 December 2023",
            CLEARING,
            note="It reaches payments in any currency to, from or by way of such a bank, and banks that it owns or controls.",
        ),
        *read("https://www.legislation.gov.uk/ukpga/2018/13/section/21", "consolidated text", IN_UK, UK_PERSON),
        *unread(
            "Art. 5 was read as it stands in the law of the Union, not as the United Kingdom has assimilated it.",
            STATUTE,
        ),
        *named(HUMANE, CITED, CONDITION),
    ),
    cases=CASES,
    calendar="GB",
)
