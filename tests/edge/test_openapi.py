"""What the description of the API says beyond what the framework finds out by itself."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from litestar import Controller, get, post
from litestar.params import FromPath, JSONBody
from litestar.response import ServerSentEvent

from comity.edge.openapi import Document
from comity.model.permission import Permission


class Kettle(msgspec.Struct, tag="kettle", forbid_unknown_fields=True):
    litres: float


class Cup(msgspec.Struct, tag="cup"):
    of: Kettle


class Kitchen(Controller):
    path = "/v1/kitchen"

    @post("/", permission=Permission.LISTS_UPDATE, sync_to_thread=False)
    def boil(self, data: JSONBody[Kettle]) -> Kettle | Cup:
        return data

    @get("/{name:str}/steam", permission=Permission.LISTS_READ, sync_to_thread=False)
    def steam(self, name: FromPath[str]) -> ServerSentEvent:
        return ServerSentEvent(iter([name]))

    @get("/door", permission=Permission.PUBLIC, sync_to_thread=False)
    def door(self) -> Cup:
        return Cup(Kettle(1.0))


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return Document([Kitchen], {}, "1").content


def test_closed_objects_are_described_as_closed(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    assert schemas["Kettle"]["additionalProperties"] is False
    assert "additionalProperties" not in schemas["Cup"]


def test_members_of_a_union_are_told_apart(document: dict[str, Any]) -> None:
    answer = document["paths"]["/v1/kitchen"]["post"]["responses"]["201"]["content"]["application/json"]["schema"]
    assert answer["discriminator"] == {
        "propertyName": "type",
        "mapping": {"kettle": "#/components/schemas/Kettle", "cup": "#/components/schemas/Cup"},
    }


def test_a_stream_of_events_is_called_one(document: dict[str, Any]) -> None:
    answers = document["paths"]["/v1/kitchen/{name}/steam"]["get"]["responses"]
    assert list(answers["200"]["content"]) == ["text/event-stream"]


def test_every_operation_needs_a_token_but_the_open_ones(document: dict[str, Any]) -> None:
    paths = document["paths"]
    assert paths["/v1/kitchen"]["post"]["security"] == [{"token": []}]
    assert paths["/v1/kitchen"]["post"]["x-permission"] == "lists.update"
    assert paths["/v1/kitchen/door"]["get"]["security"] == []
    assert document["components"]["securitySchemes"]["token"] == {"type": "http", "scheme": "bearer"}


def test_every_other_answer_is_a_problem(document: dict[str, Any]) -> None:
    for item in document["paths"].values():
        for operation in item.values():
            assert "400" not in operation["responses"]
            assert list(operation["responses"]["default"]["content"]) == ["application/problem+json"]
    assert document["components"]["schemas"]["Problem"]["properties"]["code"]
