"""The application: every feature's addresses behind one door, one guard, one unit of work and one way to fail."""

from __future__ import annotations

import importlib
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from litestar import Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.routes import HTTPRoute
from litestar.template.config import TemplateConfig

from comity.edge import auth, metrics, shell, static
from comity.edge import openapi as openapi_
from comity.edge.contributions import offers
from comity.edge.foreign import House
from comity.edge.health import HealthChecks
from comity.edge.home import HomePages, Nothing, ProblemPages
from comity.edge.pace import Pace
from comity.edge.refusals import HANDLERS
from comity.edge.security import Door, forgery, header_hook
from comity.edge.templating import engine
from comity.edge.unit import (
    provide_books,
    provide_desk,
    provide_filtering,
    provide_office,
    provide_reading,
    provide_screening,
    provide_served_at,
    provide_work,
    speak,
)
from comity.kit.limits import REQUEST_BODY_BYTES_MAX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.edge.shell import Offers
    from comity.node import Node

FEATURES: Final = ("accounts", "lists", "register", "screening", "alerts", "portfolios", "opensanctions", "filtering")
"""Features with surfaces, in the order of the house."""
DEPENDENCIES: Final = {
    "work": Provide(provide_work),
    "desk": Provide(provide_desk, sync_to_thread=False),
    "screening": Provide(provide_screening, sync_to_thread=False),
    "office": Provide(provide_office, sync_to_thread=False),
    "filtering": Provide(provide_filtering, sync_to_thread=False),
    "books": Provide(provide_books, sync_to_thread=False),
    "served_at": Provide(provide_served_at, sync_to_thread=False),
    "reading": Provide(provide_reading, sync_to_thread=False),
}
"""What a handler may ask for by name."""


def create_app(node: Node, contributed: Offers | None = None) -> House:
    """Make the application of a node; what stands round its pages comes from the features, unless it is given."""
    assets = static.Assets()
    application = House(
        [
            *_programs(),
            Router("/", route_handlers=[HomePages, ProblemPages, *_controllers("pages")], include_in_schema=False),
            static.StaticFiles,
            metrics.MetricsPage,
            openapi_.OpenApiDocument,
            Nothing,
        ],
        dependencies=dict(DEPENDENCIES),
        guards=[auth.guard],
        middleware=[metrics.Measure, Door, auth.Authentication],
        before_request=speak,
        before_send=[header_hook(node)],
        exception_handlers=dict(HANDLERS),
        csrf_config=forgery(node),
        template_config=TemplateConfig(instance=engine(FEATURES, assets)),
        openapi_config=None,
        logging_config=None,
        request_max_body_size=REQUEST_BODY_BYTES_MAX,
        state=State(
            {
                shell.NODE: node,
                shell.OFFERS: contributed or offers(node),
                static.ASSETS: assets,
                auth.PACE: Pace(node.settings.screening.requests_per_minute),
                metrics.METERS: metrics.Meters(),
                openapi_.DOCUMENT: description(),
            }
        ),
    )
    application.state[shell.EXISTING] = frozenset(route.path for route in application.routes)
    application.state[auth.PARAMETERS] = dict(_parameters(application))
    return application


def description() -> openapi_.Document:
    """Return the description of the API, which is the same for every node of this version."""
    return openapi_.Document(_programs(), DEPENDENCIES, version("comity"))


def _programs() -> list[Any]:
    return [*_controllers("api"), HealthChecks]


def _controllers(surface: str) -> list[Any]:
    """Return the controllers of every feature that has this surface: `CONTROLLERS` of its `api` or `pages`."""
    found: list[Any] = []
    for feature in FEATURES:
        name = f"comity.{feature}.{surface}"
        if find_spec(name) is not None:
            found.extend(importlib.import_module(name).CONTROLLERS)
    return found


def _parameters(application: House) -> Iterator[tuple[tuple[str, str], frozenset[str]]]:
    """Yield, for every address of the API and method, the query parameters that it knows."""
    for route in application.routes:
        if isinstance(route, HTTPRoute) and route.path.startswith(auth.CLIENTS):
            for method, (_, model) in route.route_handler_map.items():
                known = frozenset(parameter.field_alias for parameter in model.expected_query_params)
                yield (route.path_format, method), known
