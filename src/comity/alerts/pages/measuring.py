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
from comity.alerts.pages.asked import READ
from comity.infra.work import Work

WIDTH, HEIGHT, LEFT, TOP = 640, 240, 48, 16
"""The chart's field, in pixels."""


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """The two lines of the tuning chart, as the points of SVG polylines."""

    recall: str
    false_positives: str
    at: float | None
    """Where the threshold that is tried stands, from the left."""


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
    ) -> Template:
        """Show what was opened, decided and carried, how precisely, and how long it took."""
        found = service.statistics(work, profile, since, until)
        context = {"found": found, "profile": profile, "profiles": service.profiles(work)}
        return Template("alerts/statistics.html", context=context)

    @get("/statistics/export", sync_to_thread=True)
    def export(
        self,
        work: NamedDependency[Work],
        profile: FromQuery[str] = "",
        since: FromQuery[date | None] = None,
        until: FromQuery[date | None] = None,
    ) -> Response[bytes]:
        """Send the statistics as one JSON object."""
        headers = {"content-disposition": 'attachment; filename="alerts-statistics.json"'}
        found = msgspec.json.encode(service.statistics(work, profile, since, until))
        return Response(found, media_type="application/json", headers=headers)

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
    )


def _point(across: float, up: float) -> str:
    return f"{LEFT + WIDTH * across:.1f},{TOP + HEIGHT * (1 - up):.1f}"
