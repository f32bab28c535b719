"""Matching by example: what is asked, what is kept, and what the client is shown of it."""

from __future__ import annotations

from typing import Any

import pytest
from litestar.testing import TestClient

from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import Node
from comity.opensanctions.model.matching import ALIASES, BATCH_MAX, KINDS, Example
from comity.opensanctions.model.understanding import NAMES_MAX, understood
from comity.screening import service as screening
from support.invented import DRESNOV, recorded

Client = TestClient[Any]
PERSON = {"schema": "Person", "properties": {"name": [DRESNOV.name]}}


def ask(client: Client, query: dict[str, Any] = PERSON, dataset: str = "default", **params: Any) -> dict[str, Any]:
    answer = client.post(f"/match/{dataset}", params=params, json={"queries": {"q": query}})
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["responses"]["q"])


def ids(answer: dict[str, Any]) -> list[str]:
    return [one["id"] for one in answer["results"]]


# --- what is understood


def test_facts_of_an_example_are_asked_with_each_of_its_names() -> None:
    example = Example(
        schema="Person",
        properties={
            "name": ("Ilse Vosk", "Ilse Vosk-Quill"),
            "alias": "Vosk",
            "birthDate": ("1980-05-01T10:00:00",),
            "nationality": ("Norway", "nowhere at all"),
            "passportNumber": ("X 12345",),
            "innCode": ("1234567894",),
            "gender": ("Female",),
            "address": ("Quay 7,  Kavrel",),
        },
    )
    found = understood(example)
    assert [one.text for one in found.questions] == ["Ilse Vosk", "Ilse Vosk-Quill", "Vosk"]
    assert {one.birth_date for one in found.questions} == {"1980-05-01"}
    assert {one.countries for one in found.questions} == {("nationality:no",)}
    assert {one.identifiers for one in found.questions} == {("X 12345", "innCode:1234567894")}
    assert {(one.gender, one.addresses) for one in found.questions} == {("female", ("Quay 7, Kavrel",))}
    assert found.properties["nationality"] == ("no",), "what is no country is left out, and is seen to be"


def test_parts_make_a_name_and_a_number_alone_is_asked() -> None:
    parts = understood(Example(schema="Person", properties={"lastName": "Vosk", "firstName": "Ilse"}))
    assert [one.text for one in parts.questions] == ["Ilse Vosk"]
    number = understood(Example(schema="Vessel", properties={"imoNumber": ("9074729",)}))
    assert [one.text for one in number.questions] == ["imoNumber:9074729"]


@pytest.mark.parametrize(
    "example",
    [
        Example(schema="Address", properties={"full": "Quay 7"}),
        Example(schema="Person", properties={"birthDate": "1971-03-14"}),
        Example(schema="Person", properties={"name": "?!"}),
        Example(schema="Person", properties={"name": tuple(f"Name {one}" for one in range(NAMES_MAX + 1))}),
    ],
    ids=["schema", "nothing to look for", "no letter", "too many names"],
)
def test_what_cannot_be_asked_is_said_and_never_cleared(client: Client, example: Example) -> None:
    answer = ask(client, {"schema": example.schema, "properties": dict(example.properties)})
    assert (answer["status"], answer["results"], answer["screenings"]) == (422, [], [])
    assert answer["detail"]


# --- what is answered


def test_a_match_is_an_entity_with_its_probability_and_its_evidence(client: Client, joined: str) -> None:
    (one,) = ask(client)["results"]
    assert (one["id"], one["caption"], one["schema"]) == (joined, "Oleg Dresnow", "Person")
    assert (one["datasets"], one["target"]) == (["qm_list", "qn_list"], True)
    assert 0 < one["score"] <= 1
    assert one["match"] is True
    assert one["properties"]["topics"] == ["sanction"]
    assert (one["first_seen"], one["last_change"]) == ("2031-01-10T08:00:00", "2031-02-01T08:00:00")
    assert all(said.keys() == {"score", "detail", "query", "candidate"} for said in one["explanations"].values())
    assert {name.partition("#")[0] for name in one["explanations"]} | one["features"].keys() <= set(KINDS)


def test_every_answer_is_kept_and_replays(office: Node, client: Client, joined: str) -> None:
    answer = ask(client, {"schema": "Person", "properties": {"name": [DRESNOV.name, "Rowan Quill"]}})
    assert len(answer["screenings"]) == 2
    with office.work(OPERATOR, Permission.SCREENING_ASK) as work:
        kept = [screening.find(work, id_) for id_ in answer["screenings"]]
        raw = screening.replay(work, office.screening, answer["screenings"][0])
    assert [one.asked.text for one in kept if hasattr(one.asked, "text")] == [DRESNOV.name, "Rowan Quill"]
    assert joined.encode() in raw


def test_the_answer_names_its_editions_and_echoes_what_was_understood(client: Client) -> None:
    body = {
        "queries": {
            "first": {"id": "mine", "schema": "Person", "properties": {"name": "Rowan Quill", "country": "Norway"}}
        }
    }
    said = client.post("/match/default", json=body)
    assert said.headers["x-batch-size"] == "1"
    answer = said.json()
    assert [one.partition("@")[0] for one in answer["editions"]] == ["qm_list", "qn_list"]
    first = answer["responses"]["first"]
    assert first["query"] == {
        "id": "mine",
        "schema": "Person",
        "properties": {"name": ["Rowan Quill"], "country": ["no"]},
    }
    assert (first["results"], first["total"]) == ([], {"value": 0, "relation": "eq"})


def test_only_the_lists_asked_for_are_shown(client: Client, joined: str) -> None:
    assert ids(ask(client)) == [joined]
    assert ids(ask(client, dataset="qn_list")) == [joined]
    assert ids(ask(client, dataset="sanctions", exclude_dataset=["qm_list"])) == [joined]
    assert ids(ask(client, exclude_dataset=["qm_list", "qn_list"])) == []
    assert ids(ask(client, include_dataset=["qn_list"])) == [joined]
    vosk = {"schema": "Person", "properties": {"name": ["Ilse Vosk"]}}
    assert ids(ask(client, vosk, dataset="qn_list")) == []


def test_results_are_narrowed_as_the_client_says(client: Client, joined: str) -> None:
    assert ids(ask(client, exclude_schema=["LegalEntity"])) == [], "a person is a legal entity"
    assert ids(ask(client, exclude_schema=["Organization"])) == [joined]
    assert ids(ask(client, exclude_entity_ids=[joined])) == []
    assert ids(ask(client, topics=["sanction", "role.pep"])) == [joined]
    assert ids(ask(client, topics=["role.pep"])) == []
    assert ids(ask(client, changed_since="2031-02-01")) == [joined]
    assert ids(ask(client, changed_since="2031-02-02")) == []


def test_a_former_id_excludes_the_entity_that_it_became(client: Client, joined: str) -> None:
    (one,) = ask(client)["results"]
    assert one["referents"]
    assert all(ids(ask(client, exclude_entity_ids=[former])) == [] for former in one["referents"])


def test_the_threshold_marks_and_the_cutoff_hides(client: Client) -> None:
    query = {"schema": "Person", "properties": {"name": ["Ilse Vosken"]}}
    shown = ask(client, query, threshold=1, cutoff=0)["results"]
    assert shown
    assert all(not one["match"] for one in shown if one["score"] < 1)
    assert ask(client, query, threshold=1)["results"] == [one for one in shown if one["score"] >= 1]
    assert len(ask(client, query, cutoff=0, limit=1)["results"]) == 1
    assert [one["score"] for one in shown] == sorted((one["score"] for one in shown), reverse=True)


def test_a_vessel_is_found_by_its_number_and_a_wallet_by_whoever_holds_it(client: Client, joined: str) -> None:
    (ship,) = ask(client, {"schema": "Vessel", "properties": {"imoNumber": ["IMO 9074729"]}})["results"]
    assert (ship["caption"], ship["score"]) == ("Sea Heron", 1.0)
    wallet = {"schema": "CryptoWallet", "properties": {"publicKey": [DRESNOV.wallet]}}
    assert ids(ask(client, wallet)) == [joined]


@pytest.mark.parametrize("name", ["comity", *ALIASES])
def test_algorithms_of_others_are_names_of_ours(client: Client, name: str) -> None:
    assert ask(client, algorithm=name)["results"] == ask(client)["results"]
    assert name in {one["name"] for one in client.get("/algorithms").json()["algorithms"]}


# --- what is refused


@pytest.mark.parametrize(
    ("params", "body", "status", "code"),
    [
        ({"algorithm": "magic"}, {}, 400, "opensanctions.algorithm_unknown"),
        ({}, {"weights": {"name": 0.5}}, 400, "opensanctions.algorithm_fixed"),
        ({}, {"config": {"nm_number_mismatch": 0.4}}, 400, "opensanctions.algorithm_fixed"),
        ({}, {"queries": {}}, 400, "opensanctions.batch_unfit"),
        ({}, {"queries": {str(one): PERSON for one in range(BATCH_MAX + 1)}}, 400, "opensanctions.batch_unfit"),
        ({}, {"queries": {"a": {"schema": "Human", "properties": {}}}}, 400, "opensanctions.schema_unknown"),
        ({"exclude_schema": "Human"}, {}, 400, "opensanctions.schema_unknown"),
        ({"exclude_dataset": "nothing"}, {}, 404, "opensanctions.dataset_unknown"),
        ({"treshold": "0.9"}, {}, 422, "request.unknown_parameters"),
        ({"threshold": "9"}, {}, 422, "request.invalid"),
        ({"limit": "501"}, {}, 422, "request.invalid"),
        ({}, {"queries": {"a": {"schema": "Person"}}}, 422, "request.invalid"),
    ],
)
def test_what_cannot_be_answered_says_why(
    client: Client, params: dict[str, str], body: dict[str, Any], status: int, code: str
) -> None:
    answer = client.post("/match/default", params=params, json={"queries": {"a": PERSON}, **body})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert isinstance(answer.json()["detail"], str), "where clients of this protocol look"


def test_a_dataset_of_which_nothing_is_in_force_clears_nobody(client: Client) -> None:
    for dataset in ("qo_list", "nothing"):
        assert client.post(f"/match/{dataset}", json={"queries": {"a": PERSON}}).status_code == 404


def test_without_a_token_nobody_is_asked_about_and_a_secret_in_the_address_is_none(client: Client, secret: str) -> None:
    del client.headers["authorization"]
    assert client.post("/match/default", json={"queries": {"a": PERSON}}).status_code == 401
    assert client.post(f"/match/default?api_key={secret}", json={"queries": {"a": PERSON}}).status_code == 401


def test_the_ledger_says_that_somebody_asked_and_never_about_whom(office: Node, client: Client) -> None:
    ask(client, {"schema": "Person", "properties": {"name": ["Zinaida Quorbel"]}})
    with office.work(OPERATOR, Permission.LEDGER_READ) as work:
        events = recorded(work)
    (event,) = [one for one in events if one.kind == "opensanctions.matched"]
    assert event.facts == {"dataset": "default", "queries": 1, "results": 0}
    assert "Quorbel" not in repr(events)
