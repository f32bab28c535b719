"""Links between the entities of a dataset: who owns whom stands beside both, under the names that FollowTheMoney gives it."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from comity.catalogue.sources.ftm import SOURCE
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import Node
from support.invented import load

Client = TestClient[Any]
LINES = (
    {
        "id": "NK-1",
        "schema": "Person",
        "properties": {"name": ["Ilvar Denoshka"], "addressEntity": ["addr-1"], "topics": ["role.pep"]},
        "datasets": ["qm_list"],
        "target": True,
    },
    {
        "id": "NK-2",
        "schema": "Company",
        "properties": {"name": ["Veltrona Reagents"]},
        "datasets": ["qm_list"],
        "target": True,
    },
    {"id": "addr-1", "schema": "Address", "properties": {"full": ["4 Quay Road, Skaldvik"]}},
    {"id": "own-1", "schema": "Ownership", "properties": {"owner": ["NK-1"], "asset": ["NK-2"], "percentage": ["51"]}},
)


@pytest.fixture
def dataset(office: Node, client: Client) -> Client:
    """A client of a node that has a dataset of links beside its lists."""
    office.__dict__["sources"] = {**office.sources, "ftm": SOURCE}
    office.__dict__.pop("desk", None)
    office.__dict__.pop("screening", None)
    raw = b"\n".join(msgspec.json.encode(line) for line in LINES) + b"\n"
    with office.work(OPERATOR, Permission.LISTS_UPDATE) as work:
        load(work, office.desk, "ftm:links", {"entities.ftm.json": raw}, date(2031, 3, 1))
    return client


def entity(client: Client, name: str) -> dict[str, Any]:
    (one,) = client.get("/search/ftm_links", params={"q": name}).json()["results"]
    return dict(client.get(f"/entities/{one['id']}").json())


def test_a_link_stands_beside_both_ends_and_holds_the_other(dataset: Client) -> None:
    owner, asset = entity(dataset, "Denoshka"), entity(dataset, "Veltrona")
    (held,) = owner["properties"]["ownershipOwner"]
    assert held["properties"]["percentage"] == ["51"]
    assert [one["id"] for one in held["properties"]["asset"]] == [asset["id"]]
    assert "owner" not in held["properties"]
    (holding,) = asset["properties"]["ownershipAsset"]
    assert [one["caption"] for one in holding["properties"]["owner"]] == ["Ilvar Denoshka"]


def test_what_an_entity_points_at_stands_in_it(dataset: Client) -> None:
    owner = entity(dataset, "Denoshka")
    (address,) = owner["properties"]["addressEntity"]
    assert (address["schema"], address["properties"]["full"]) == ("Address", ["4 Quay Road, Skaldvik"])
    assert address["target"] is False
    assert owner["properties"]["topics"] == ["role.pep"], "an aggregator forbids nothing itself"


def test_an_aggregator_is_a_dataset_but_none_of_the_sanctions(dataset: Client) -> None:
    by_name = {one["name"]: one for one in dataset.get("/catalog").json()["datasets"]}
    assert "ftm_links" in by_name["all"]["children"]
    assert "ftm_links" not in by_name["sanctions"]["children"]
    assert by_name["ftm_links"]["publisher"]["official"] is False
    assert dataset.get("/search/ftm:links", params={"q": "Denoshka"}).json()["total"]["value"] == 1
    assert dataset.get("/search/sanctions", params={"q": "Denoshka"}).json()["total"]["value"] == 0
