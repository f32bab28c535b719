"""OpenRefine's reconciliation protocol: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery, QueryParameter

from comity.infra.work import Work
from comity.lists.service import Desk
from comity.opensanctions import service
from comity.opensanctions.api.asked import ASK, PATH, READ, Limit, Text
from comity.opensanctions.model.datasets import Asked
from comity.opensanctions.model.matching import ALGORITHM, check_algorithm
from comity.opensanctions.model.reconciling import (
    SUGGESTIONS_DEFAULT,
    Candidates,
    Extended,
    Property,
    Proposed,
    Suggestion,
    Suggestions,
    manifest,
    read_extension,
    read_queries,
)
from comity.opensanctions.model.schemata import MATCHABLE, SCHEMATA, kinds, properties
from comity.screening.service import Place


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """What OpenRefine sends: JSON in a field of a form."""

    queries: str = ""
    extend: str = ""


class Reconciling(Controller):
    """Whom the cells of a table mean."""

    path = f"{PATH}/reconcile/{{dataset:str}}"
    opt = ASK
    tags = ("opensanctions",)

    @get(sync_to_thread=True)
    def manifest(
        self,
        dataset: FromPath[str],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        served_at: NamedDependency[str],
    ) -> dict[str, Any]:
        """Describe the service: what can be asked, and where."""
        service.scope(work, desk, Asked(dataset=dataset))
        return manifest(served_at, dataset, f"Comity: {dataset}")

    @post(status_code=200, sync_to_thread=True)
    def reconcile(
        self,
        dataset: FromPath[str],
        data: Annotated[Form, Body(media_type=RequestEncodingType.URL_ENCODED)],
        work: NamedDependency[Work],
        screening: NamedDependency[Place],
        algorithm: FromQuery[str] = ALGORITHM,
    ) -> dict[str, Candidates] | Extended:
        """Say who may be meant by each query, or give the wanted properties of entities."""
        check_algorithm(algorithm)
        if data.extend.strip():
            return service.extend(work, screening.desk, read_extension(data.extend))
        return service.reconcile(work, screening, Asked(dataset=dataset), read_queries(data.queries))

    @get("/suggest/entity", opt=READ, sync_to_thread=True)
    def suggest_entity(
        self,
        dataset: FromPath[str],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        prefix: Text = "",
        limit: Limit = SUGGESTIONS_DEFAULT,
    ) -> Suggestions:
        """Suggest entities by the beginning of a name. The protocol puts it into the address: nothing here writes it down."""
        found = service.suggest(work, desk, Asked(dataset=dataset), prefix, limit)
        return Suggestions(result=found, prefix=prefix)

    @get("/suggest/type", opt=READ, sync_to_thread=False)
    def suggest_type(self, dataset: FromPath[str], prefix: Text = "") -> Suggestions:  # noqa: ARG002 - in the address
        """Suggest types of entities."""
        fitting = (name for name in MATCHABLE if _begins(prefix, name, SCHEMATA[name].label))
        return Suggestions(
            result=tuple(Suggestion(id=one, name=SCHEMATA[one].plural) for one in fitting), prefix=prefix
        )

    @get("/suggest/property", opt=READ, sync_to_thread=False)
    def suggest_property(
        self,
        dataset: FromPath[str],  # noqa: ARG002 - in the address
        prefix: Text = "",
    ) -> Suggestions:
        """Suggest properties by which a query can be refined."""
        known = {
            f"{schema}:{name}": label
            for one in MATCHABLE
            for name, (schema, label) in properties(one).items()
            if _begins(prefix, name, label)
        }
        found = tuple(Suggestion(id=id_, name=label, description=id_.partition(":")[0]) for id_, label in known.items())
        return Suggestions(result=found, prefix=prefix)

    @get("/extend/property", opt=READ, sync_to_thread=False)
    def extend_property(
        self,
        dataset: FromPath[str],  # noqa: ARG002 - in the address
        type_: Annotated[str, QueryParameter(name="type")] = "Thing",
        limit: Annotated[int, QueryParameter(ge=0, le=500)] = 0,
    ) -> Proposed:
        """Propose properties that can be asked of entities of a type."""
        kinds(type_)
        known = [Property(id=name, name=label) for name, (_, label) in properties(type_).items()]
        ordered = sorted(known, key=lambda one: one.name)
        return Proposed(type=type_, limit=limit, properties=tuple(ordered[: limit or None]))


def _begins(prefix: str, *names: str) -> bool:
    """Whether any of some names, or a word of it, begins as somebody types."""
    typed = prefix.strip().casefold()
    return not typed or any(
        word.startswith(typed) for name in names for word in (name.casefold(), *name.casefold().split())
    )
