"""Canada: regulations under the Special Economic Measures Act and the Acts beside it.

They forbid to deal in a listed person's property, to facilitate such a dealing, and to serve the person financially. The
regulations on Russia (SOR/2014-58) are cited for the pattern, and the list's own measure for the regulations in hand. Banks
determine on a continuing basis whether they hold such property (s. 6), and disclose it without delay (s. 7): a payment that is
refused is not a listed person's property, and is not disclosed. The other Acts are the Justice for Victims of Corrupt Foreign
Officials Act and the United Nations Act. Source: laws-lois.justice.gc.ca.
"""

from __future__ import annotations

from typing import Final

from comity.catalogue.dialects import asked_in_reports as ask
from comity.catalogue.dialects.checking import named, partly, read
from comity.catalogue.dialects.countered import CUBA
from comity.catalogue.dialects.dealings import bounded, forbidden, unsettled, untouched
from comity.catalogue.dialects.freezing import BOTH, Articles, freezing
from comity.catalogue.dialects.told_cases import Teller, Told, licence
from comity.filtering.model import Direction, Matter, Outcome, Ownership, Part
from comity.filtering.model.regime import EYE, Counter, Nexus, Owned, Regime, Report
from comity.filtering.model.term import Term, Unit
from comity.model.measure import MeasureKind

Kind, To, Then = MeasureKind, Direction, Outcome

DEALT: Final = "SOR/2014-58 (Russia), s. 3(a) to (c), and its like"
SERVED: Final = "SOR/2014-58 (Russia), s. 3(e), and its like"
EXCEPT: Final = "SOR/2014-58 (Russia), s. 4, and its like"
OWNED: Final = "Special Economic Measures Act (S.C. 1992, c. 17), s. 2.1(1) and (2)"
TOLD: Final = "SOR/2014-58 (Russia), s. 7(1), and its like"
PROPERTY: Final = "Proceeds of Crime (Money Laundering) and Terrorist Financing Act, s. 7.1; SOR/2001-317, s. 10(2)"
ORDER: Final = "Foreign Extraterritorial Measures (United States) Order, 1992 (SOR/92-584), s. 5"
GIVEN: Final = (
    "Special Economic Measures Act, s. 4(4) and (5), and the permit authorization orders (Russia: SOR/2014-59)"
)
BOUND: Final = "SOR/2014-58 (Russia), s. 3, and its like"
CANADIAN: Final = "SOR/2014-58 (Russia), s. 3, and its like; Special Economic Measures Act, s. 2"
CITED: Final = "the provision that the measure cites"

REPORTS: Final = (
    Report(
        id="disclosure",
        title="Disclosure of property of a listed person",
        to="the Commissioner of the Royal Canadian Mounted Police or the Director of the Canadian Security Intelligence Service",
        after=frozenset({Then.BLOCK_AND_REPORT}),
        within=Term(unit=Unit.AT_ONCE, says="without delay"),
        article=TOLD,
        fields=ask.FROZEN,
        note="The property itself, and each transaction, done or proposed, in respect of it.",
    ),
    Report(
        id="fintrac",
        title="Listed person or entity property report",
        to="FINTRAC",
        after=frozenset({Then.BLOCK_AND_REPORT}),
        within=Term(unit=Unit.AT_ONCE, says="immediately"),
        article=PROPERTY,
        fields=ask.FROZEN,
        note="Owed with each disclosure, since 2 March 2025 under the United Nations Act, since 1 October 2025 under the others.",
    ),
)

_T = Teller(source="ca_sema", currency="CAD")
_US = Teller(source="us_ofac_sdn", currency="USD", programme="CUBA")
_FREEZE = Kind.ASSET_FREEZE

CASES: Final = (
    Told("A listed customer orders a transfer.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYER, _FREEZE))
    .then(Then.BLOCK_AND_REPORT, DEALT),
    Told(
        "Money arrives from a listed payer: it is that person's property, and sending it back would be a dealing in it."
    )
    .when(_T.pays(To.INCOMING), _T.match(Part.PAYER, _FREEZE))
    .then(Then.BLOCK_AND_REPORT, DEALT),
    Told("A customer orders a transfer to a listed person.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, _FREEZE))
    .then(Then.REJECT_AND_REPORT, SERVED),
    Told("Money arrives for the account of a listed customer.")
    .when(_T.pays(To.INCOMING), _T.match(Part.PAYEE, _FREEZE))
    .then(Then.HOLD, SERVED, note=EYE),
    Told("The payee's bank is listed.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE_AGENT, _FREEZE))
    .then(Then.REJECT_AND_REPORT, SERVED),
    Told("A listed person holds exactly one half of the payee.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, _FREEZE, ownership=Ownership(share_bp=5000)))
    .then(Then.REJECT_AND_REPORT, SERVED),
    Told("The payee is listed for new debt, and an invoice for bread is paid.")
    .when(_T.pays(To.OUTGOING, matter=Matter.ORDINARY), _T.match(Part.PAYEE, Kind.DEBT))
    .then(Then.RELEASE, CITED),
    Told("The Minister has issued a permit for the payment.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, _FREEZE))
    .then(
        Then.RELEASE_UNDER_LICENCE,
        SERVED,
        licences=(licence("ca", "P-3", GIVEN),),
    ),
    Told("US law would block a payment under the Cuban programme, and a Canadian order forbids to comply with it.")
    .when(_US.pays(To.OUTGOING), _US.match(Part.PAYEE, _FREEZE))
    .then(Then.HOLD, ORDER, also=("us_ofac",), note=EYE),
)

REGIME = Regime(
    id="ca",
    title="Canada",
    sources=frozenset({"ca_sema", "un_consolidated"}),
    nexuses=(
        Nexus(id="in_canada", says="any person in Canada", article=BOUND),
        Nexus(
            id="canadian",
            says="any Canadian outside Canada, bodies incorporated there among them",
            article=CANADIAN,
        ),
    ),
    rules=(
        *freezing(Articles(DEALT, SERVED, "", EXCEPT)),
        *forbidden(CITED, Kind.TRANSACTIONS, Kind.BANKING_TRANSACTIONS, Kind.REJECT),
        *bounded(CITED, Kind.DEBT, Kind.EQUITY, Kind.SECURITIES, Kind.LOANS, Kind.SERVICES, Kind.ARMS_EMBARGO),
        *bounded(CITED, Kind.EXPORT, Kind.IMPORT, Kind.VESSEL_PORT_ENTRY, Kind.VESSEL_SERVICES),
        untouched(CITED),
        unsettled(CITED, Kind.CORRESPONDENT_ACCOUNT, Kind.TRUST_SERVICES, Kind.AIRCRAFT, Kind.OFFICERS, Kind.OTHER),
    ),
    owned=Owned(
        share_bp=5000,
        is_enough=True,
        control=True,
        article=OWNED,
        kinds=BOTH,
        note=f"The Act speaks of what one person holds; whether the shares of several are added up {EYE}.",
    ),
    kept=DEALT,
    licensing=GIVEN,
    reports=REPORTS,
    counters=(
        Counter(
            regime="us_ofac",
            programmes=CUBA,
            article=ORDER,
            note="It binds corporations registered or incorporated in Canada that do business there, and their officers. "
            "Instructions to comply with the US measure are told to the Attorney General forthwith (s. 3).",
        ),
    ),
    checked=(
        *read(
            "https://laws-lois.justice.gc.ca/eng/regulations/SOR-2014-58/",
            "as amended to 6 November 2025",
            DEALT,
            SERVED,
            BOUND,
            TOLD,
        ),
        *partly(
            "https://laws-lois.justice.gc.ca/eng/regulations/SOR-2014-58/",
            "as amended to 6 November 2025",
            EXCEPT,
            note="Read where ss. 7(1.1) and the schedules refer to it.",
        ),
        *read(
            "https://laws-lois.justice.gc.ca/eng/acts/S-14.5/",
            "the Act as amended to 18 October 2017, the regulations to 6 November 2025",
            CANADIAN,
        ),
        *partly(
            "https://laws-lois.justice.gc.ca/eng/acts/S-14.5/",
            "as amended to 18 October 2017",
            GIVEN,
            note="The Act was read, the permit authorization order for Russia was not.",
        ),
        *partly(
            "https://canadaregulatoryreview.com/canada-significantly-amends-sanctions-laws-adding-deemed-ownership-criteria",
            "as inserted on 22 June 2023",
            OWNED,
        ),
        *partly(
            "https://laws-lois.justice.gc.ca/eng/regulations/SOR-2001-317/",
            "as amended to 14 February 2025",
            PROPERTY,
            note="The regulations were read; s. 7.1 of the Act, and since when it reaches which Acts, in others' accounts.",
        ),
        *read("https://laws-lois.justice.gc.ca/eng/regulations/SOR-92-584/", "as amended to 22 March 2006", ORDER),
        *named(CITED),
    ),
    cases=CASES,
    calendar="CA",
    note=f"The Security Council's lists are incorporated by regulations under the United Nations Act; that each is {EYE}.",
)
