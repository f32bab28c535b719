"""European Union: regulations under Article 215 TFEU that freeze funds and forbid dealings.

Each regulation says the same in its own numbers: Reg. (EU) No 269/2014 is cited for the pattern, and the list's own measure for the
regulation in hand. An instant credit transfer in euro is not screened for its own payer and payee: their banks look at all their
customers instead, at once when a measure enters into force and at least once a day (Reg. (EU) No 260/2012, Art. 5d, inserted by
Reg. (EU) 2024/886). That concerns targeted financial measures of the Union only, and payments whose two banks are in the Union
(Art. 1(1)). Source: eur-lex.europa.eu.
"""

from __future__ import annotations

from typing import Final

from comity.catalogue.dialects import asked_in_reports as ask
from comity.catalogue.dialects.checking import named, partly, read
from comity.catalogue.dialects.countered import ANNEXED
from comity.catalogue.dialects.dealings import bounded, forbidden, unsettled, untouched
from comity.catalogue.dialects.freezing import BOTH, Articles, freezing
from comity.catalogue.dialects.told_cases import Teller, Told, licence
from comity.filtering.model import Direction, Matter, Outcome, Ownership, Part, PaymentKind, Resolution
from comity.filtering.model.regime import EYE, Counter, Nexus, Owned, Passing, Regime, Report
from comity.filtering.model.term import TARGET, Term, Unit
from comity.model.measure import MeasureKind
from comity.model.money import Money

Kind, To, Then = MeasureKind, Direction, Outcome

FROZEN: Final = "Reg. (EU) No 269/2014, Art. 2(1), and its like"
AVAILABLE: Final = "Reg. (EU) No 269/2014, Art. 2(2), and its like"
CREDITED: Final = "Reg. (EU) No 269/2014, Art. 7(1), and its like"
EARLIER: Final = "Reg. (EU) No 269/2014, Art. 7(2)(b), and its like"
INSTANT: Final = "Reg. (EU) No 260/2012, Arts. 1(1) and 5d(1) and (2), the latter inserted by Reg. (EU) 2024/886"
STATUTE: Final = "Reg. (EC) No 2271/96, Art. 5, and its Annex as amended by Delegated Reg. (EU) 2018/1100"
KEPT: Final = "Reg. (EU) No 269/2014, Art. 1(f) (freezing prevents any move or transfer), and its like"
OWNED: Final = "EU Best Practices on restrictive measures (Council, 3 July 2024), on ownership and control"
HUMANE: Final = "Reg. (EU) No 269/2014, Art. 2a, inserted by Reg. (EU) 2022/625, and its like; UNSCR 2664 (2022)"
INFORM: Final = (
    "the reporting article of the regulation in hand, as Reg. (EU) No 269/2014, Art. 8(1)(a), was first issued"
)
TOLD: Final = "Reg. (EU) No 269/2014, Art. 8(1)(a), as replaced by Reg. (EU) 2023/426"
GIVEN: Final = "Reg. (EU) No 269/2014, Arts. 4 to 6d and those inserted after them, and their like"
BANNED: Final = "the transaction ban that the measure cites"
CITED: Final = "the provision that the measure cites"
AUTHORITY: Final = "the competent authority of the Member State where the institution is resident or located"
UNION: Final = frozenset(
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE"}
    | {"IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}
)

RULES: Final = (
    *freezing(Articles(FROZEN, AVAILABLE, CREDITED, HUMANE, EARLIER)),
    *forbidden(BANNED, Kind.TRANSACTIONS, Kind.BANKING_TRANSACTIONS, Kind.REJECT),
    *bounded(
        CITED,
        Kind.DEBT,
        Kind.EQUITY,
        Kind.SECURITIES,
        Kind.BONDS,
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
    unsettled(CITED, Kind.CORRESPONDENT_ACCOUNT, Kind.OFFICERS, Kind.OTHER),
)

REPORTS: Final = (
    Report(
        id="credited",
        title="Credit to a frozen account",
        to=AUTHORITY,
        after=frozenset({Then.BLOCK_AND_REPORT}),
        parts=frozenset({Part.PAYEE}),
        directions=frozenset({To.INCOMING}),
        within=Term(unit=Unit.AT_ONCE, says="without delay"),
        article=CREDITED,
        fields=ask.FROZEN,
    ),
    Report(
        id="information",
        title="Information that facilitates compliance",
        to=AUTHORITY,
        after=frozenset({Then.BLOCK_AND_REPORT, Then.REJECT_AND_REPORT}),
        within=Term(unit=Unit.AT_ONCE, says="immediately"),
        article=INFORM,
        fields=ask.FROZEN,
        note="It goes to the Commission too, directly or through the Member State.",
    ),
    Report(
        id="information_269_2014",
        title="Information that facilitates compliance",
        to=AUTHORITY,
        after=frozenset({Then.BLOCK_AND_REPORT, Then.REJECT_AND_REPORT}),
        programmes=frozenset({"UKR"}),
        within=Term(
            unit=Unit.DAYS,
            count=14,
            says="immediately, and within two weeks of acquiring the information at the latest",
        ),
        article=TOLD,
        fields=ask.FROZEN,
        note="Art. 8(1a) asks for whose the funds are, with address and tax number, their amount or market value, and their kind. "
        f"Under Reg. (EU) No 208/2014, which shares the code, at once; which of the two is in hand {EYE}.",
    ),
)

_T = Teller(source="eu_financial", currency="EUR", programme="UKR")
_US = Teller(source="us_ofac_sdn", currency="USD", programme="CUBA")
_FROZEN = (Kind.ASSET_FREEZE, Kind.NO_FUNDS)
_WAITS = Resolution.UNDECIDED

CASES: Final = (
    Told(
        "A bank's own customer, who is listed, orders a transfer. The order is not carried out; the money stays frozen."
    )
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYER, *_FROZEN))
    .then(Then.BLOCK_AND_REPORT, FROZEN),
    Told("Money arrives from a listed payer for a customer who is not listed. It is frozen, not returned.")
    .when(_T.pays(To.INCOMING), _T.match(Part.PAYER, *_FROZEN))
    .then(Then.BLOCK_AND_REPORT, FROZEN),
    Told("A third party pays onto the frozen account of a listed customer: it is credited and frozen with the account.")
    .when(_T.pays(To.INCOMING), _T.match(Part.PAYEE, *_FROZEN))
    .then(Then.BLOCK_AND_REPORT, CREDITED),
    Told("A customer who is not listed orders a transfer to a listed person. The payer's own money is not frozen.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, *_FROZEN))
    .then(Then.REJECT_AND_REPORT, AVAILABLE),
    Told("The payee is a law firm that collects for a listed client.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.ULTIMATE_PAYEE, *_FROZEN))
    .then(Then.REJECT_AND_REPORT, AVAILABLE),
    Told("A bank on the way is to pass on money for a listed payee.")
    .when(_T.pays(To.THROUGH), _T.match(Part.PAYEE, *_FROZEN))
    .then(Then.HOLD, AVAILABLE, note=EYE),
    Told("The payee is not listed and banks with a listed bank.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE_AGENT, *_FROZEN))
    .then(Then.REJECT_AND_REPORT, AVAILABLE),
    Told("Money arrives through a listed bank from somebody who is not listed.")
    .when(_T.pays(To.INCOMING), _T.match(Part.INTERMEDIARY, *_FROZEN))
    .then(Then.HOLD, FROZEN, note=EYE),
    Told("Both are customers of the bank, and the payee is listed.")
    .when(_T.pays(To.WITHIN), _T.match(Part.PAYEE, *_FROZEN))
    .then(Then.HOLD, AVAILABLE, note=EYE),
    Told("A relief organisation pays a listed ministry for water.")
    .when(_T.pays(To.OUTGOING, matter=Matter.HUMANITARIAN), _T.match(Part.PAYEE, *_FROZEN))
    .then(Then.HOLD, HUMANE),
    Told("A customer pays a debt to a listed person that is older than the listing, perhaps into a frozen account.")
    .when(_T.pays(To.OUTGOING, matter=Matter.PRIOR_CONTRACT), _T.match(Part.PAYEE, *_FROZEN))
    .then(Then.HOLD, EARLIER),
    Told("Nobody has decided yet whether the payee of an ordinary transfer is the listed one.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, *_FROZEN, resolution=_WAITS))
    .then(Then.HOLD, ""),
    Told(
        "The same in an instant credit transfer in euro: it is not held. All customers are looked at each day instead."
    )
    .when(_T.pays(To.OUTGOING, is_instant=True), _T.match(Part.PAYEE, *_FROZEN, resolution=_WAITS))
    .then(Then.RELEASE, INSTANT),
    Told("The same at the payee's bank, for the payer.")
    .when(_T.pays(To.INCOMING, is_instant=True), _T.match(Part.PAYER, *_FROZEN, resolution=_WAITS))
    .then(Then.RELEASE, INSTANT),
    Told("The same for the person on whose behalf it is paid: Art. 5d speaks of the payer and the payee alone.")
    .when(_T.pays(To.OUTGOING, is_instant=True), _T.match(Part.ULTIMATE_PAYER, *_FROZEN, resolution=_WAITS))
    .then(Then.HOLD, "", note=EYE),
    Told("The same for a bank on the way.")
    .when(_T.pays(To.OUTGOING, is_instant=True), _T.match(Part.INTERMEDIARY, *_FROZEN, resolution=_WAITS))
    .then(Then.HOLD, ""),
    Told(
        "The same where the payee's bank is in Switzerland: the rule is for payments whose two banks are in the Union."
    )
    .when(
        _T.pays(To.OUTGOING, is_instant=True, agents=frozenset({"CH"})),
        _T.match(Part.PAYEE, *_FROZEN, resolution=_WAITS),
    )
    .then(Then.HOLD, ""),
    Told("An instant transfer in Swiss francs is no credit transfer in euro.")
    .when(
        Teller("eu_financial", "CHF").pays(To.OUTGOING, is_instant=True),
        _T.match(Part.PAYEE, *_FROZEN, resolution=_WAITS),
    )
    .then(Then.HOLD, ""),
    Told("The daily check has found that the payer of an instant transfer is listed: his account is frozen already.")
    .when(_T.pays(To.OUTGOING, is_instant=True), _T.match(Part.PAYER, *_FROZEN))
    .then(Then.BLOCK_AND_REPORT, FROZEN),
    Told("An authorisation for basic needs names the person, the purpose and 1,000 euro, and the payment keeps to it.")
    .when(_T.pays(To.OUTGOING, matter=Matter.BASIC_NEEDS), _T.match(Part.PAYER, *_FROZEN))
    .then(
        Then.RELEASE_UNDER_LICENCE,
        FROZEN,
        licences=(
            licence(
                "eu",
                "A-12",
                "Reg. (EU) No 269/2014, Art. 4(1)(a)",
                matters=frozenset({Matter.BASIC_NEEDS}),
                amount_max=Money(100_000, "EUR"),
            ),
        ),
    ),
    Told("The same authorisation, and a car is paid for.")
    .when(_T.pays(To.OUTGOING, matter=Matter.ORDINARY), _T.match(Part.PAYER, *_FROZEN))
    .then(
        Then.BLOCK_AND_REPORT,
        FROZEN,
        licences=(
            licence("eu", "A-12", "Reg. (EU) No 269/2014, Art. 4(1)(a)", matters=frozenset({Matter.BASIC_NEEDS})),
        ),
    ),
    Told("A listed person holds 60 per cent of the payee.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, *_FROZEN, ownership=Ownership(share_bp=6000)))
    .then(Then.REJECT_AND_REPORT, AVAILABLE),
    Told("A listed person holds a tenth of the payee, and appoints its board.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, *_FROZEN, ownership=Ownership(share_bp=1000, control=True)))
    .then(Then.REJECT_AND_REPORT, AVAILABLE),
    Told("A listed person holds a tenth of the payee; whether he controls it is not known.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, *_FROZEN, ownership=Ownership(share_bp=1000)))
    .then(Then.HOLD, OWNED),
    Told("A payment from money that is frozen is recalled by the bank that sent it.")
    .when(
        _T.pays(To.INCOMING, kind=PaymentKind.RECALL, blocked_under=frozenset({"eu"})), _T.match(Part.PAYER, *_FROZEN)
    )
    .then(Then.BLOCK_AND_REPORT, KEPT),
    Told("US law would block a payment under the Cuban programme, and the Union forbids to comply with that programme.")
    .when(_US.pays(To.OUTGOING), _US.match(Part.PAYEE, Kind.ASSET_FREEZE))
    .then(Then.HOLD, STATUTE, also=("us_ofac",), note=EYE),
)

REGIME = Regime(
    id="eu",
    title="European Union",
    sources=frozenset({"eu_financial"}),
    nexuses=(
        Nexus(
            id="territory",
            says="within the territory of the Union",
            article="Reg. (EU) No 269/2014, Art. 17(a), and its like",
        ),
        Nexus(
            id="incorporated",
            says="bodies incorporated under the law of a Member State, inside or outside the Union",
            article="Reg. (EU) No 269/2014, Art. 17(d), and its like",
        ),
        Nexus(
            id="business_in_union",
            says="any body in respect of any business done in whole or in part within the Union",
            article="Reg. (EU) No 269/2014, Art. 17(e), and its like",
        ),
        Nexus(
            id="national",
            says="nationals of a Member State, inside or outside the Union",
            article="Reg. (EU) No 269/2014, Art. 17(c), and its like",
        ),
    ),
    rules=RULES,
    owned=Owned(share_bp=5000, is_enough=True, control=True, article=OWNED, kinds=BOTH),
    kept=KEPT,
    licensing=GIVEN,
    reports=REPORTS,
    passing=(
        Passing(
            kinds=BOTH,
            parts=frozenset({Part.PAYER, Part.PAYEE}),
            currency="EUR",
            instead="An instant credit transfer in euro is not screened for its own payer and payee: their banks check all "
            "customers at once after each change and at least once a day.",
            article=INSTANT,
            within=UNION,
        ),
    ),
    counters=(
        Counter(
            regime="us_ofac",
            programmes=ANNEXED,
            article=STATUTE,
            note="Whoever is affected tells the Commission within 30 days (Art. 2). "
            f"Which orders implement the annexed statutes {EYE}.",
        ),
    ),
    checked=(
        *read(
            "https://eur-lex.europa.eu/eli/reg/2014/269/oj",
            "consolidated to 4 August 2017, and its unnumbered paragraphs to 1 September 2022",
            FROZEN,
            AVAILABLE,
            CREDITED,
            EARLIER,
            KEPT,
            INFORM,
            GIVEN,
            *(f"Reg. (EU) No 269/2014, Art. 17({point}), and its like" for point in "acde"),
        ),
        *partly(
            "https://eur-lex.europa.eu/eli/reg/2022/625/oj",
            "as issued on 13 April 2022",
            HUMANE,
            note="It exempts organisations that the Union has assessed, for aid in Ukraine alone. Most other regulations name, as "
            "the resolution does, who gives the aid, since Reg. (EU) 2023/2694 and those before it.",
        ),
        *partly(
            "https://eur-lex.europa.eu/eli/reg/2023/426/oj",
            "as it applies since 26 April 2023, in a translation",
            TOLD,
            note="The two weeks, and what Art. 8(1a) asks for, were read in the translation.",
        ),
        *read(
            "https://eur-lex.europa.eu/eli/reg/2024/886/oj",
            "Art. 5d as inserted, Art. 1 as issued in 2012",
            INSTANT,
            note="Whether banks of the European Economic Area count as being in the Union was not verified: they do not here.",
        ),
        *read("https://eur-lex.europa.eu/eli/reg/1996/2271/oj", "consolidated to 7 August 2018", STATUTE),
        *partly(
            "https://dlapiper.com/en/pt-br/insights/publications/2024/08/changes-to-the-eu-sanctions-best-practices",
            "note of 6 August 2024",
            OWNED,
            note="At least one half, and the shares of all listed persons are added up.",
        ),
        *named(BANNED, CITED),
    ),
    cases=CASES,
    calendar=TARGET,
    note="That a payment is in euro does not by itself bind anybody. Dealings that Reg. (EU) No 833/2014 forbids are not on the "
    "financial sanctions list.",
)
