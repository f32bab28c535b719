"""Datasets, search, entities and statements, in the forms that clients of the foreign protocol read."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
import structlog
from litestar.testing import TestClient

from comity.edge.metrics import METERS
from comity.infra import logs
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import Node
from comity.opensanctions.model.datasets import COLLECTIONS
from support.invented import EVERYBODY, HERON, load_document, recorded

Client = TestClient[Any]


def answer(client: Client, path: str, **params: Any) -> Any:
    got = client.get(path, params=params)
    assert got.status_code == 200, got.text
    return got.json()


def captions(client: Client, path: str = "/search/default", **params: Any) -> list[str]:
    return [one["caption"] for one in answer(client, path, **params)["results"]]


def test_the_catalogue_describes_every_list_in_force_and_the_collections(client: Client) -> None:
    client.post("/match/default", json={"queries": {"a": {"schema": "Person", "properties": {"name": "Rowan"}}}})
    found = answer(client, "/catalog")
    by_name = {one["name"]: one for one in found["datasets"]}
    assert set(by_name) == {*COLLECTIONS, "qm_list", "qn_list"}
    assert by_name["default"]["children"] == ["qm_list", "qn_list"]
    one = by_name["qm_list"]
    assert one["version"].startswith("qm_list@2031-01-10.")
    assert (one["index_version"], one["index_current"]) == (one["version"], True)
    assert (one["entity_count"], one["coverage"]["countries"]) == (4, ["qm"])
    assert (found["index_stale"], found["outdated"]) == (False, [])
    assert answer(client, "/manifest") == found


def test_the_catalogue_says_when_the_index_is_behind(office: Node, client: Client) -> None:
    with office.work(OPERATOR, Permission.LISTS_UPDATE) as work:
        load_document(work, office.desk, "2031-03-01", *EVERYBODY[1:], list_id="qm_list")
    found = answer(client, "/catalog")
    assert found["index_stale"]
    assert "qm_list" in found["outdated"]


def test_search_finds_by_name_and_by_filters(client: Client, joined: str) -> None:
    assert captions(client, q="dresnov") == ["Oleg Dresnow"]
    assert set(captions(client)) == {"Oleg Dresnow", "Sea Heron", "Nordhavn Trading", "Ilse Vosk"}
    assert captions(client, schema="Vehicle") == ["Sea Heron"]
    assert set(captions(client, schema="LegalEntity", exclude_schema="Person")) == {"Nordhavn Trading"}
    assert captions(client, countries="no") == ["Oleg Dresnow"]
    assert captions(client, filter="countries:no") == ["Oleg Dresnow"]
    assert captions(client, "/search/qn_list") == ["Oleg Dresnow"]
    assert captions(client, datasets="qn_list") == ["Oleg Dresnow"]
    assert captions(client, changed_since="2031-01-20") == ["Oleg Dresnow"]
    assert captions(client, topics="role.pep") == []
    assert captions(client, target="false") == []
    assert captions(client, sort="caption:asc") == ["Ilse Vosk", "Nordhavn Trading", "Oleg Dresnow", "Sea Heron"]


def test_search_pages_and_counts(client: Client, joined: str) -> None:
    whole = answer(client, "/search/default", sort="caption", facets=["schema", "topics", "identifiers"])
    assert whole["total"] == {"value": 4, "relation": "eq"}
    assert {one["name"]: one["count"] for one in whole["facets"]["schema"]["values"]} == {
        "Person": 2,
        "Vessel": 1,
        "Organization": 1,
    }
    assert whole["facets"]["topics"]["values"] == [{"name": "sanction", "label": "Sanction", "count": 4}]
    assert whole["facets"]["identifiers"]["values"] == []
    pages = [captions(client, sort="caption", limit=3, offset=start) for start in (0, 3, 6)]
    assert pages == [["Ilse Vosk", "Nordhavn Trading", "Oleg Dresnow"], ["Sea Heron"], []]


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"filter": "properties.birthDate:1971"}, 400),
        ({"sort": "weight"}, 400),
        ({"facets": "colour"}, 400),
        ({"schema": "Human"}, 400),
        ({"limit": "501"}, 422),
        ({"changed_since": "yesterday"}, 422),
        ({"query": "x"}, 422),
    ],
)
def test_a_filter_that_cannot_be_applied_is_refused(client: Client, params: dict[str, str], status: int) -> None:
    assert client.get("/search/default", params=params).status_code == status


def test_an_entity_holds_what_stands_beside_it(client: Client, joined: str) -> None:
    found = answer(client, f"/entities/{joined}")
    said = found["properties"]
    assert {one["properties"]["program"][0] for one in said["sanctions"]} == {"HARBOUR"}
    assert [one["schema"] for one in said["cryptoWallets"]] == ["CryptoWallet"]
    assert "holder" not in said["cryptoWallets"][0]["properties"], "whoever holds it is the entity around it"
    bare = answer(client, f"/entities/{joined}", nested="false")
    assert not {"sanctions", "cryptoWallets"} & bare["properties"].keys()


def test_what_is_beside_a_wallet_is_whoever_holds_it(client: Client, joined: str) -> None:
    (wallet,) = answer(client, f"/entities/{joined}/adjacent/cryptoWallets")["results"]
    found = answer(client, f"/entities/{wallet['id']}")
    assert [one["id"] for one in found["properties"]["holder"]] == [joined]


def test_neighbours_are_paged_by_property(client: Client, joined: str) -> None:
    whole = answer(client, f"/entities/{joined}/adjacent")
    assert whole["entity"]["id"] == joined
    assert {name: of["total"]["value"] for name, of in whole["adjacent"].items()} == {
        "sanctions": 2,
        "cryptoWallets": 1,
    }
    pages = [answer(client, f"/entities/{joined}/adjacent/sanctions", limit=1, offset=at) for at in (0, 1)]
    assert [one for page in pages for one in page["results"]] == whole["adjacent"]["sanctions"]["results"]
    assert client.get(f"/entities/{joined}/adjacent/name").status_code == 404


@pytest.mark.parametrize("rest", ["", "/adjacent", "/adjacent/sanctions"])
def test_an_entry_that_was_joined_leads_to_the_entity(client: Client, joined: str, rest: str) -> None:
    (former, *_) = answer(client, f"/entities/{joined}")["referents"]
    for root in ("", "/opensanctions"):
        moved = client.get(f"{root}/entities/{former}{rest}")
        assert moved.status_code == 308
        led = urljoin(str(moved.url), moved.headers["location"])
        assert led.partition("?")[0].endswith(f"{root}/entities/{joined}{rest}")
        assert client.get(led).json() == client.get(f"/entities/{joined}{rest}").json()


def test_whoever_is_on_no_list_today_is_not_there(office: Node, client: Client) -> None:
    (ship,) = answer(client, "/search/default", q=HERON.name)["results"]
    with office.work(OPERATOR, Permission.LISTS_UPDATE) as work:
        load_document(work, office.desk, "2031-03-01", *(one for one in EVERYBODY if one is not HERON))
    gone = client.get(f"/entities/{ship['id']}")
    assert (gone.status_code, gone.json()["code"]) == (404, "opensanctions.entity_absent")
    assert captions(client, q=HERON.name) == []
    assert answer(client, "/statements", canonical_id=ship["id"])["results"] == []
    assert client.get("/v1/entities/" + ship["id"]).status_code == 200, "its history stays"


def test_the_console_keeps_its_address_and_a_token_asks_the_protocol(client: Client, joined: str) -> None:
    assert client.get(f"/entities/{joined}").headers["content-type"] == "application/json"
    del client.headers["authorization"]
    page = client.get(f"/entities/{joined}")
    assert (page.status_code, page.headers["location"][:8]) == (303, "/sign-in")
    assert client.get(f"/opensanctions/entities/{joined}").status_code == 401


def test_statements_are_filtered_and_paged(client: Client, joined: str) -> None:
    names = answer(client, "/statements", canonical_id=joined, prop="name")["results"]
    assert {(one["dataset"], one["value"]) for one in names} == {
        ("qm_list", "Oleg Varimovich Dresnov"),
        ("qn_list", "Oleg Dresnow"),
    }
    assert {(one["prop_type"], one["schema"]) for one in names} == {("name", "Person")}
    assert {one["entity_id"] for one in names} == set(answer(client, f"/entities/{joined}")["referents"])
    assert answer(client, "/statements", value="Sea Heron", dataset="qm_list")["total"]["value"] == 1
    assert answer(client, "/statements", value="Sea Heron", dataset="qn_list")["total"]["value"] == 0
    assert {one["schema"] for one in answer(client, "/statements", schema="Vessel")["results"]} == {"Vessel"}
    whole = answer(client, "/statements", limit=500)
    pages = [
        answer(client, "/statements", limit=4, offset=at)["results"] for at in range(0, whole["total"]["value"], 4)
    ]
    assert [one for page in pages for one in page] == whole["results"]


# --- a name in an address


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure(stream)
    yield stream
    structlog.reset_defaults()
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    logging.getLogger("uvicorn.error").setLevel(logging.NOTSET)


NAME = "Zinaida Quorbel"
ASKED = (
    "/search/default?q=Zinaida+Quorbel",
    "/search/default?q=Zinaida+Quorbel&sort=weight",
    "/search/default?q=Zinaida+Quorbel&limit=Zinaida+Quorbel",
    "/search/Zinaida%20Quorbel?q=Zinaida+Quorbel",
    "/entities/Zinaida%20Quorbel",
    "/statements?value=Zinaida+Quorbel",
    "/statements?value=Zinaida+Quorbel&Quorbel=1",
    "/reconcile/default/suggest/entity?prefix=Zinaida+Quorbel",
)


def test_a_name_in_an_address_is_written_nowhere(office: Node, client: Client, written: io.StringIO) -> None:
    for path in ASKED:
        said = client.get(path)
        if said.status_code != 200:
            assert NAME.partition(" ")[2] not in json.dumps(said.json().get("detail")), path
    with office.work(OPERATOR, Permission.LEDGER_READ) as work:
        ledger = repr(recorded(work))
    meters = repr(list(client.app.state[METERS].registry.collect()))
    assert "/opensanctions/search/{dataset}" in meters
    assert written.getvalue().count("refused") >= 4
    for place in (written.getvalue(), ledger, meters):
        assert "Zinaida" not in place
        assert "Quorbel" not in place
