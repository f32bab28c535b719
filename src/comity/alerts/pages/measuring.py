"""Statistics of alerts, and what another threshold would have made of the decisions that stand."""

from __future__ import annotations

from datetime import date

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Template

from comity.alerts import service
from comity.alerts.model.asking import Rate
from comity.alerts.model.spanning import Span, table
from comity.alerts.pages.asked import READ
from comity.infra.work import Work

WIDTH, HEIGHT, LEFT, TOP = 380, 240, 48, 16
"""The chart's field, in pixels."""
LABEL = 16
"""How far apart two labels stand at least, in pixels."""


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """The two lines of the tuning chart, as the points of SVG polylines."""

    recall: str
    false_positives: str
    at: float | None
    """Where the threshold that is tried stands, from the left."""
    labels: tuple[float, float]
    """How far down the names of the two lines stand: where each still is above the last threshold, and never on one another."""


class StatisticsPages(Controller):
    """What was decided, and what a threshold would have done."""

    path = "/alerts"
    opt = READ

    @get("/statistics", sync_to_thread=True)
    def statistics(
        self,
        work: NamedDependency[Work],
        profile: FromQuery[str] = "",
        since: FromQuery[date | None] = None,
        until: FromQuery[date | None] = None,
        by: FromQuery[Span] = Span.DAY,
    ) -> Template:
        """Show what was opened, decided and carried, how precisely, and how long it took."""
        found = service.statistics(work, profile, since, until, by)
        context = {"found": found, "profile": profile, "profiles": service.profiles(work), "by": by.value}
        return Template("alerts/statistics.html", context=context)

    @get("/statistics/export", sync_to_thread=True)
    def export(
        self,
        work: NamedDependency[Work],
        profile: FromQuery[str] = "",
        since: FromQuery[date | None] = None,
        until: FromQuery[date | None] = None,
        by: FromQuery[Span] = Span.DAY,
    ) -> Response[str]:
        """Send what happened by day, week or month as CSV."""
        headers = {"content-disposition": f'attachment; filename="alerts-by-{by.value}.csv"'}
        found = service.statistics(work, profile, since, until, by)
        return Response(table(found.days), media_type="text/csv; charset=utf-8", headers=headers)

    @get("/tuning", sync_to_thread=True, write=True)
    def tuning(
        self, work: NamedDependency[Work], profile: FromQuery[str] = "", threshold: FromQuery[float | None] = None
    ) -> Template:
        """Show recall and false positives against threshold on the node's own decisions, and try one threshold."""
        found = service.tuning(work, profile)
        context = {
            "found": found,
            "profile": profile,
            "threshold": threshold,
            "profiles": service.profiles(work),
            "curve": _curve(found.rates, threshold),
            "tried": service.backtest(work, profile, threshold) if threshold is not None else None,
            "field": (WIDTH, HEIGHT, LEFT, TOP),
        }
        return Template("alerts/tuning.html", context=context)


def _curve(rates: tuple[Rate, ...], threshold: float | None) -> Curve:
    return Curve(
        recall=" ".join(_point(one.threshold, one.recall) for one in rates),
        false_positives=" ".join(_point(one.threshold, one.false_positive_rate) for one in rates),
        at=LEFT + WIDTH * threshold if threshold is not None else None,
        labels=_labels(rates),
    )


def _labels(rates: tuple[Rate, ...]) -> tuple[float, float]:
    last = rates[-2]  # nothing is certain: at 1 both lines have fallen to nothing
    recall, false = (TOP + HEIGHT * (1 - share) + 4 for share in (last.recall, last.false_positive_rate))
    if abs(recall - false) >= LABEL:
        return recall, false
    upper = min(recall, false, TOP + HEIGHT - LABEL)
    return (upper, upper + LABEL) if recall <= false else (upper + LABEL, upper)


def _point(across: float, up: float) -> str:
    return f"{LEFT + WIDTH * across:.1f},{TOP + HEIGHT * (1 - up):.1f}"
