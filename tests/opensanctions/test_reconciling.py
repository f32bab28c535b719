"""OpenRefine's protocol: what the service says of itself, and how it answers queries, suggestions and extensions."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest
from litestar.testing import TestClient

from support.invented import DRESNOV

Client = TestClient[Any]
HERE = "/reconcile/default"

TYPES = {"type": "array", "items": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}}
CANDIDATES = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["result"],
        "properties": {
            "result": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["id", "name", "score"],
                    "properties": {
                        "score": {"type": "number"},
                        "match": {"type": "boolean"},
                        "type": TYPES,
                        "features": {"type": "array", "items": {"type": "object", "required": ["id", "value"]}},
                    },
                },
            }
        },
    },
}
"""The form of a batch of answers, as section 4.4 of the specification describes it."""


def ask(client: Client, queries: dict[str, Any], **params: Any) -> dict[str, Any]:
    answer = client.post(HERE, params=params, data={"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.text
    jsonschema_rs.validate(CANDIDATES, answer.json())
    return dict(answer.json())


def test_the_manifest_says_where_everything_is(client: Client) -> None:
    said = client.get(HERE).json()
    assert said["versions"] == ["0.2"]
    assert "{{id}}" in said["view"]["url"]
    assert {"id": "Person", "name": "People"} in said["defaultTypes"]
    services = [*said["suggest"].values(), said["extend"]["propose_properties"]]
    for one in services:
        answer = client.get(one["service_url"] + one["service_path"])
        assert answer.status_code == 200
    assert client.get("/reconcile/nothing").status_code == 404


def test_a_candidate_that_stands_alone_and_is_certain_is_a_match(client: Client, joined: str) -> None:
    said = ask(client, {"q0": {"query": DRESNOV.name, "type": "Person"}, "q1": {"query": "Rowan Quill"}})
    (one,) = said["q0"]["result"]
    assert (one["id"], one["type"], one["match"]) == (
        joined,
        [{"id": "Person", "name": "People"}],
        one["score"] >= 0.95,
    )
    assert said["q1"]["result"] == []


def test_a_number_in_a_further_column_makes_it_certain(client: Client, joined: str) -> None:
    refined = {
        "query": "O. Dresnov",
        "properties": [{"pid": "Person:passportNumber", "v": DRESNOV.passport}],
        "limit": 1,
    }
    (one,) = ask(client, {"q0": refined})["q0"]["result"]
    assert (one["id"], one["score"], one["match"]) == (joined, 1.0, True)


def test_of_several_candidates_none_is_a_match_however_few_are_wanted(client: Client) -> None:
    several = {"query": "Sea Heron", "properties": [{"pid": "passportNumber", "v": [DRESNOV.passport]}], "limit": 1}
    (one,) = ask(client, {"q0": several})["q0"]["result"]
    assert one["match"] is False


@pytest.mark.parametrize(
    "queries",
    ["", "x", "[]", '{"q0": {"query": 1}}', '{"q0": {"limit": 0}}', "{}", json.dumps({"q0": {"query": "a" * 500_000}})],
)
def test_queries_of_another_form_are_refused(client: Client, queries: str) -> None:
    answer = client.post(HERE, data={"queries": queries})
    assert answer.status_code in {400, 413}


def test_queries_belong_into_the_body(client: Client) -> None:
    assert client.get(HERE, params={"queries": '{"q0": {"query": "Rowan"}}'}).status_code == 422


def test_suggestions_follow_what_somebody_types(client: Client, joined: str) -> None:
    found = client.get(f"{HERE}/suggest/entity", params={"prefix": "dres"}).json()
    assert [(one["id"], one["name"]) for one in found["result"]] == [(joined, "Oleg Dresnow")]
    kinds = client.get(f"{HERE}/suggest/type", params={"prefix": "ves"}).json()
    assert [one["id"] for one in kinds["result"]] == ["Vessel"]
    named = client.get(f"{HERE}/suggest/property", params={"prefix": "date"}).json()
    assert {"Person:birthDate"} < {one["id"] for one in named["result"]}
    assert client.get(f"{HERE}/suggest/entity").json()["result"] == []


def test_rows_are_extended_by_what_is_known(client: Client, joined: str) -> None:
    wanted = {
        "ids": [joined, "e-0000000000000000"],
        "properties": [{"id": "birthDate"}, {"id": "name", "settings": {"limit": 1}}],
    }
    said = client.post(HERE, data={"extend": json.dumps(wanted)}).json()
    assert said["meta"][0] == {"id": "birthDate", "name": "Birth date", "description": ""}
    assert said["rows"][joined] == {"birthDate": [{"str": "1971-03-14"}], "name": [{"str": "Oleg Dresnow"}]}
    assert said["rows"]["e-0000000000000000"] == {"birthDate": [], "name": []}
    proposed = client.get(f"{HERE}/extend/property", params={"type": "Vessel", "limit": 500}).json()
    assert {"imoNumber", "flag", "name"} <= {one["id"] for one in proposed["properties"]}
    assert client.get(f"{HERE}/extend/property", params={"type": "Human"}).status_code == 400
