"""Figures for an operator's monitoring, in the format that Prometheus reads: counts and durations, never names."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from litestar import Controller, Response, get
from litestar.connection import Request
from litestar.di import NamedDependency
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from comity.edge.security import is_http
from comity.edge.shell import OFFERS
from comity.infra.work import Work
from comity.model.actor import Purpose
from comity.model.permission import Permission

if TYPE_CHECKING:
    from comity.edge.shell import Offers

METERS: Final = "meters"
"""Where the application keeps its `Meters`."""
BUCKETS_S: Final = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)
"""Upper ends of the ranges in which durations are counted; the middle is where a page should be."""


class Meters:
    """The figures of one application: each has its own, so that several nodes can live in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "comity_requests", "Requests answered", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "comity_request_seconds",
            "Time to answer a request",
            ("method", "route"),
            buckets=BUCKETS_S,
            registry=self.registry,
        )
        self.lists = Gauge("comity_lists", "Lists, by where they stand", ("state",), registry=self.registry)
        self.ledger = Gauge("comity_ledger_events", "Events in the ledger", registry=self.registry)


class Measure:
    """Counts and times every request under the pattern of its address, which holds no identifier."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request and note what it took."""
        if not is_http(scope):
            await self.app(scope, receive, send)
            return
        meters: Meters = scope["litestar_app"].state[METERS]
        route, method, began, status = scope.get("path_template", ""), scope["method"], perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            meters.requests.labels(method, route, status).inc()
            meters.seconds.labels(method, route).observe(perf_counter() - began)


class MetricsPage(Controller):
    """The figures, for a token that may operate the node, or for a collector on this machine."""

    include_in_schema = False

    @get(
        "/metrics",
        permission=Permission.OPERATE,
        purpose=Purpose.OPERATION,
        on_this_machine=True,
        sync_to_thread=True,
    )
    def show(self, request: Request[Any, Any, Any], work: NamedDependency[Work]) -> Response[bytes]:
        """Write all figures."""
        meters: Meters = request.app.state[METERS]
        offers: Offers = request.app.state[OFFERS]
        ground = offers.around(work, frozenset()).ground
        meters.lists.labels("in_force").set(sum(len(group.titles) for group in ground.lists))
        meters.lists.labels("quarantined").set(len(ground.quarantined))
        meters.ledger.set(ground.ledger_size or 0)
        return Response(generate_latest(meters.registry), headers={"content-type": CONTENT_TYPE_LATEST})
