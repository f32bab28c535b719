"""A regime that does not exist, for exercises: the law of Meridia, under which the fictional lists bind.

It freezes as real laws do, lets a domestic instant payment pass as the law of the European Union does, and adopts the list of the
World Assembly. Nobody is bound by it.
"""

from __future__ import annotations

from typing import Final

from comity.catalogue.dialects import asked_in_reports as ask
from comity.catalogue.dialects.checking import named
from comity.catalogue.dialects.dealings import bounded, forbidden, unsettled, untouched
from comity.catalogue.dialects.freezing import BOTH, Articles, freezing
from comity.catalogue.dialects.told_cases import Teller, Told
from comity.filtering.model import Direction, Outcome, Part, Resolution
from comity.filtering.model.regime import Nexus, Owned, Passing, Regime, Report
from comity.filtering.model.term import Term, Unit
from comity.model.measure import MeasureKind

Kind, To, Then = MeasureKind, Direction, Outcome

ORDER: Final = "Order 2029/17 of Meridia (fictional)"
FROZEN: Final = f"{ORDER}, art. 3"
AVAILABLE: Final = f"{ORDER}, art. 4"
CREDITED: Final = f"{ORDER}, art. 6"
INSTANT: Final = f"{ORDER}, art. 9"

_T = Teller(source="exercise:qm", currency="QMF")
_FREEZE = Kind.ASSET_FREEZE

CASES: Final = (
    Told("A listed customer orders a transfer.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYER, _FREEZE))
    .then(Then.BLOCK_AND_REPORT, FROZEN),
    Told("A customer orders a transfer to a listed person.")
    .when(_T.pays(To.OUTGOING), _T.match(Part.PAYEE, _FREEZE))
    .then(Then.REJECT_AND_REPORT, AVAILABLE),
    Told("Whether the payee of an instant payment is the listed one is undecided.")
    .when(_T.pays(To.OUTGOING, is_instant=True), _T.match(Part.PAYEE, _FREEZE, resolution=Resolution.UNDECIDED))
    .then(Then.RELEASE, INSTANT),
)

REGIME = Regime(
    id="exercise",
    title="Meridia (fictional)",
    sources=frozenset({"exercise:qm", "exercise:wa"}),
    nexuses=(
        Nexus(
            id="in_meridia", says="whoever does business in Meridia, which does not exist", article=f"{ORDER}, art. 1"
        ),
    ),
    rules=(
        *freezing(Articles(FROZEN, AVAILABLE, CREDITED, f"{ORDER}, art. 5")),
        *forbidden(f"{ORDER}, art. 7", Kind.TRANSACTIONS, Kind.REJECT),
        *bounded(
            f"{ORDER}, art. 8", Kind.DEBT, Kind.EXPORT, Kind.SERVICES, Kind.VESSEL_PORT_ENTRY, Kind.VESSEL_SERVICES
        ),
        untouched(ORDER),
        unsettled(ORDER, Kind.OTHER),
    ),
    owned=Owned(share_bp=5000, is_enough=True, control=True, article=f"{ORDER}, art. 2", kinds=BOTH),
    kept=f"{ORDER}, art. 3",
    licensing=f"{ORDER}, art. 10",
    reports=(
        Report(
            id="office",
            title="Report to the sanctions office (fictional)",
            to="the Meridia Sanctions Office (fictional)",
            after=frozenset({Then.BLOCK_AND_REPORT, Then.REJECT_AND_REPORT}),
            within=Term(unit=Unit.WORKING_DAYS, count=3, says="within three working days"),
            article=f"{ORDER}, art. 11",
            fields=ask.FROZEN,
        ),
    ),
    passing=(
        Passing(
            kinds=BOTH,
            parts=frozenset({Part.PAYER, Part.PAYEE}),
            currency="QMF",
            instead="An instant payment is not screened for its own payer and payee.",
            article=INSTANT,
        ),
    ),
    checked=named(ORDER, *(f"{ORDER}, art. {number}" for number in range(1, 12))),
    cases=CASES,
)
