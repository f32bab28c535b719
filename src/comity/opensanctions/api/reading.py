"""Datasets, search, entities and statements."""

from __future__ import annotations

from typing import Annotated, TypeVar
from urllib.parse import quote

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from comity.infra.work import Work
from comity.lists.service import Desk
from comity.model.permission import Permission
from comity.opensanctions import service
from comity.opensanctions.api.asked import PATH, READ, VALUES_MAX, Limit, Name, Names, Offset, Since, Text
from comity.opensanctions.model.datasets import Asked, Catalogue
from comity.opensanctions.model.entities import Adjacent, Entity, Neighbours
from comity.opensanctions.model.failures import FilterUnknown
from comity.opensanctions.model.searching import (
    FACETS,
    FACETS_DEFAULT,
    PAGE_DEFAULT,
    UNCOUNTED,
    Found,
    Query,
    filters,
    order_of,
)
from comity.opensanctions.model.statements import Statements
from comity.register.model.answers import StatementSearch
from comity.screening.service import Place

MOVED = 308
Body = TypeVar("Body")


class Status(msgspec.Struct, frozen=True):
    """Says that it is well."""

    status: str


class Reading(Controller):
    """What the lists say today, in FollowTheMoney."""

    path = PATH
    opt = READ
    tags = ("opensanctions",)

    @get(["/healthz", "/readyz"], opt={"permission": Permission.PUBLIC}, sync_to_thread=False)
    def healthz(self) -> Status:
        """Say that the node answers, in the words that clients of this protocol look for."""
        return Status("ok")

    @get(["/catalog", "/manifest"], sync_to_thread=True)
    def catalogue(self, work: NamedDependency[Work], screening: NamedDependency[Place]) -> Catalogue:
        """List the datasets: one for each list in force, and collections of them."""
        return service.catalogue(work, screening)

    @get("/search/{dataset:str}", sync_to_thread=True)
    def search(
        self,
        dataset: FromPath[str],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        q: Text = "",
        schema: FromQuery[str] = "Thing",
        include_dataset: Names = (),
        exclude_dataset: Names = (),
        exclude_schema: Names = (),
        changed_since: Since = "",
        countries: Names = (),
        topics: Names = (),
        datasets: Names = (),
        filters_: Annotated[tuple[Name, ...], QueryParameter(name="filter", max_items=VALUES_MAX)] = (),
        limit: Limit = PAGE_DEFAULT,
        offset: Offset = 0,
        sort: Names = (),
        target: FromQuery[bool | None] = None,
        fuzzy: FromQuery[bool] = False,  # noqa: ARG002, FBT002 - clients send it; names are always compared so
        simple: FromQuery[bool] = False,  # noqa: ARG002, FBT002 - and a text is always read as people write it
        facets: Names = FACETS_DEFAULT,
        filter_op: Annotated[str, QueryParameter(pattern="^(AND|OR)$")] = "OR",
    ) -> Found:
        """Look for a name or number. The protocol puts it into the address: nothing here writes it down."""
        if set(facets) - {*FACETS, *UNCOUNTED}:
            raise FilterUnknown(f"A facet is one of: {', '.join(FACETS)}.")
        more = list(filters(filters_))

        def with_more(field: str, given: tuple[str, ...]) -> tuple[str, ...]:
            return (*given, *(value for name, value in more if name == field))

        query = Query(
            text=q,
            schema=next(iter(with_more("schema", ())), schema),
            exclude_schema=exclude_schema,
            countries=with_more("countries", countries),
            topics=with_more("topics", topics),
            datasets=with_more("datasets", datasets),
            changed_since=changed_since,
            target=target,
            order=order_of(sort),
            facets=facets,
            limit=limit,
            offset=offset,
            needs_all=filter_op == "AND",
        )
        return service.search(
            work, desk, Asked(dataset=dataset, include=include_dataset, exclude=exclude_dataset), query
        )

    @get("/entities/{entity_id:str}", sync_to_thread=True)
    def entity(
        self,
        entity_id: FromPath[str],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        nested: FromQuery[bool] = True,  # noqa: FBT002 - a query parameter is named by who asks
    ) -> Response[Entity]:
        """Show an entity as the lists describe it today, and in it what stands beside it; one that was joined has moved."""
        found = service.entity(work, desk, entity_id, nested=nested)
        return _moved(found, entity_id, found.id, f"{found.id}?nested={str(nested).lower()}")

    @get("/entities/{entity_id:str}/adjacent", sync_to_thread=True)
    def neighbours(
        self,
        entity_id: FromPath[str],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        limit: Limit = PAGE_DEFAULT,
        offset: Offset = 0,
        sort: Names = (),  # noqa: ARG002 - clients send it; what stands beside an entity has one order
    ) -> Response[Neighbours]:
        """Show a page of what stands beside an entity, for each property that leads to others."""
        found = service.neighbours(work, desk, entity_id, limit, offset)
        return _moved(found, entity_id, found.entity.id, f"../{found.entity.id}/adjacent?limit={limit}&offset={offset}")

    @get("/entities/{entity_id:str}/adjacent/{property_name:str}", sync_to_thread=True)
    def adjacent(
        self,
        entity_id: FromPath[str],
        property_name: FromPath[str],
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        limit: Limit = PAGE_DEFAULT,
        offset: Offset = 0,
        sort: Names = (),  # noqa: ARG002 - the same
    ) -> Response[Adjacent]:
        """Show a page of what stands beside an entity under one property."""
        id_, found = service.adjacent(work, desk, entity_id, property_name, (limit, offset))
        where = f"../../{id_}/adjacent/{quote(property_name)}?limit={limit}&offset={offset}"
        return _moved(found, entity_id, id_, where)

    @get("/statements", sync_to_thread=True)
    def statements(
        self,
        work: NamedDependency[Work],
        desk: NamedDependency[Desk],
        dataset: FromQuery[str] = "",
        entity_id: FromQuery[str] = "",
        canonical_id: FromQuery[str] = "",
        prop: FromQuery[str] = "",
        value: Text = "",
        schema: FromQuery[str] = "",
        sort: Names = (),  # noqa: ARG002 - clients send it; statements stand entry by entry
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> Statements:
        """List what the lists say today, value by value: which list, in which part, and since when."""
        question = StatementSearch(
            entity=entity_id,
            cluster=canonical_id,
            property=prop,
            value=value,
            schema=schema,
            limit=limit,
            offset=offset,
        )
        return service.statements(work, desk, dataset, question)


def _moved(found: Body, asked: str, id_: str, where: str) -> Response[Body]:
    """Answer under the id by which an entity is known now; a client that has another is led there."""
    if id_ == asked:
        return Response(found)
    return Response(found, status_code=MOVED, headers={"location": where})
