"""Reconciliation as OpenRefine speaks it: the Reconciliation Service API 0.2 of the W3C's Entity Reconciliation group.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec

from comity.opensanctions.model.failures import QueriesUnfit
from comity.opensanctions.model.matching import BATCH_MAX, RESULTS_DEFAULT, RESULTS_MAX, Example
from comity.opensanctions.model.schemata import MATCHABLE, SCHEMATA, THING

SPACE: Final = "https://followthemoney.tech/explorer/schemata/"
"""Where types and properties are explained."""
BATCH_SIZE: Final = 25
"""Queries that OpenRefine is asked to send at a time."""
CERTAIN: Final = 0.95
"""From which probability on a single candidate is said to match."""
SUGGESTIONS_DEFAULT: Final = 10
QUERIES_CHARS_MAX: Final = 500_000
"""A form field of queries."""


class Type(msgspec.Struct, frozen=True, kw_only=True):
    """A schema."""

    id: str
    name: str


class Property(msgspec.Struct, frozen=True, kw_only=True):
    """A property of a schema."""

    id: str
    name: str
    description: str = ""


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What else is known of the one looked for."""

    pid: str
    v: Any


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """Who or what is looked for."""

    query: str = ""
    type: str | tuple[str, ...] = ()
    limit: Annotated[int, msgspec.Meta(ge=1, le=RESULTS_MAX)] = RESULTS_DEFAULT
    properties: Annotated[tuple[Filter, ...], msgspec.Meta(max_length=50)] = ()
    type_strict: str = ""

    def example(self) -> Example:
        """Return the query as an example to match; of several types, the first that is known."""
        types = (self.type,) if isinstance(self.type, str) else self.type
        schema = next((one for one in types if one in SCHEMATA), THING)
        properties: dict[str, list[Any]] = {"name": [self.query]} if self.query.strip() else {}
        for one in self.properties:
            values = one.v if isinstance(one.v, list) else [one.v]
            named = [value.get("name", "") if isinstance(value, dict) else value for value in values]
            properties.setdefault(one.pid.rpartition(":")[2], []).extend(named)
        return Example(schema=schema, properties={name: tuple(values) for name, values in properties.items()})


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may be meant."""

    id: str
    name: str
    type: tuple[Type, ...]
    description: str
    score: float
    """The probability that it is."""
    match: bool
    """Whether nobody else may be meant, and hardly anybody could doubt it: OpenRefine then asks no person."""
    features: tuple[dict[str, Any], ...] = ()


class Candidates(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one query."""

    result: tuple[Candidate, ...]


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """An entity, a type or a property whose name begins as somebody types."""

    id: str
    name: str
    description: str = ""
    notable: tuple[Type, ...] = ()


class Suggestions(msgspec.Struct, frozen=True, kw_only=True):
    """What may be meant by the beginning of a name."""

    result: tuple[Suggestion, ...]
    prefix: str
    code: str = "/api/status/ok"
    status: str = "200 OK"


class WantedSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How the values of a property are wanted."""

    limit: int = 0
    """How many; 0: all."""
    render: str = "caption"


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A property that is wanted of entities."""

    id: str
    settings: WantedSettings = WantedSettings()


class Extension(msgspec.Struct, frozen=True, kw_only=True):
    """Which properties are wanted of which entities."""

    ids: Annotated[tuple[str, ...], msgspec.Meta(max_length=BATCH_MAX)]
    properties: Annotated[tuple[Wanted, ...], msgspec.Meta(max_length=50)]


class Extended(msgspec.Struct, frozen=True, kw_only=True):
    """The wanted properties, entity by entity."""

    meta: tuple[Property, ...]
    rows: dict[str, dict[str, tuple[dict[str, str], ...]]]


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """Properties that can be asked of entities of a type."""

    type: str
    limit: int
    properties: tuple[Property, ...]


def types() -> tuple[Type, ...]:
    """Return the types of entities that can be looked for."""
    return tuple(Type(id=name, name=SCHEMATA[name].plural) for name in MATCHABLE)


def read_queries(text: str) -> dict[str, Query]:
    """Read a batch of queries. Raises `QueriesUnfit`, whose sentence repeats no value."""
    return _read(text, dict[str, Query])  # type: ignore[no-any-return]


def read_extension(text: str) -> Extension:
    """Read which properties are wanted. Raises `QueriesUnfit`, whose sentence repeats no value."""
    return _read(text, Extension)  # type: ignore[no-any-return]


def manifest(base: str, dataset: str, title: str) -> dict[str, Any]:
    """Describe the service at an address: `base` is that of the node, without a slash at its end."""
    here = f"{base}/opensanctions/reconcile/{dataset}"

    def at(path: str) -> dict[str, str]:
        return {"service_url": here, "service_path": path}

    return {
        "versions": ["0.2"],
        "name": title,
        "identifierSpace": f"{base}/entities/",
        "schemaSpace": SPACE,
        "documentation": "https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/",
        "batchSize": BATCH_SIZE,
        "view": {"url": f"{base}/entities/{{{{id}}}}"},
        "suggest": {
            "entity": at("/suggest/entity"),
            "type": at("/suggest/type"),
            "property": at("/suggest/property"),
        },
        "extend": {"propose_properties": at("/extend/property"), "property_settings": _SETTINGS},
        "defaultTypes": [{"id": one.id, "name": one.name} for one in types()],
    }


_SETTINGS: Final = [
    {"name": "limit", "label": "Limit", "type": "number", "default": 0, "help_text": "Values for each row; 0 for all."},
]


def _read(text: str, form: Any) -> Any:
    if len(text) > QUERIES_CHARS_MAX:
        raise QueriesUnfit(f"The queries are longer than {QUERIES_CHARS_MAX} characters.")
    try:
        return msgspec.json.decode(text, type=form)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise QueriesUnfit("The queries are not JSON of the form that the protocol gives them.") from error
