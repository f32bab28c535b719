"""Our tables of FollowTheMoney are those of the real model, and every entity that leaves the node is valid by it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from followthemoney import model, registry
from litestar.testing import TestClient

from comity.opensanctions.model.failures import SchemaUnknown
from comity.opensanctions.model.schemata import MATCHABLE, OUTWARD, POINTERS, SCHEMATA, ancestors, kinds, properties

Client = TestClient[Any]


def real(name: str) -> Any:
    schema = model.get(name)
    assert schema is not None
    return schema


@pytest.mark.parametrize("name", SCHEMATA)
def test_schemata_are_called_and_related_as_in_the_model(name: str) -> None:
    ours, theirs = SCHEMATA[name], real(name)
    assert (ours.label, ours.plural) == (theirs.label, theirs.plural)
    assert set(ancestors(name)) == {one.name for one in theirs.schemata} - {"Value"}
    assert kinds(name) == {one for one in SCHEMATA if real(one).is_a(name)} | {name}


@pytest.mark.parametrize("name", SCHEMATA)
def test_properties_hold_text_and_are_called_as_in_the_model(name: str) -> None:
    for property_, (owner, label) in properties(name).items():
        theirs = real(name).get(property_)
        assert theirs is not None, property_
        assert theirs.type != registry.entity
        assert (theirs.label, real(owner).get(property_).label) == (label, label)


def test_pointers_lead_to_entities_and_show_under_the_models_name() -> None:
    for (schema, property_), shown in POINTERS.items():
        theirs = real(schema).get(property_)
        assert theirs.type == registry.entity
        assert theirs.reverse.name == shown
    assert all(any(p.name == name and p.type == registry.entity for p in model.properties) for name in OUTWARD)


def test_what_can_be_matched_is_matchable_in_the_model() -> None:
    assert all(real(name).matchable for name in MATCHABLE)


def test_a_schema_that_nothing_is_listed_under_is_known_and_one_that_does_not_exist_is_not() -> None:
    assert kinds("Address") == {"Address"}
    with pytest.raises(SchemaUnknown):
        kinds("Human")


def entities(given: Any) -> Iterator[dict[str, Any]]:
    """Yield every entity in an answer, those within others too."""
    if isinstance(given, dict):
        if {"schema", "properties", "id"} <= given.keys():
            yield given
        for value in given.values():
            yield from entities(value)
    elif isinstance(given, list):
        for value in given:
            yield from entities(value)


def faults(entity: dict[str, Any]) -> Iterator[str]:
    schema = real(entity["schema"])
    for name, values in entity["properties"].items():
        property_ = schema.get(name)
        if property_ is None:
            yield f"{schema.name} has no {name}"
        elif property_.type != registry.entity:
            yield from (f"{name}: {value}" for value in values if property_.type.clean(value) is None)


def test_entities_are_valid_followthemoney(client: Client, joined: str) -> None:
    query = {"schema": "Person", "properties": {"name": ["Oleg Dresnov"]}}
    answers = [
        client.post("/match/default", json={"queries": {"a": query}}).json()["responses"]["a"]["results"],
        client.get("/search/default").json(),
        client.get(f"/entities/{joined}").json(),
        client.get(f"/entities/{joined}/adjacent").json(),
    ]
    found = [one for answer in answers for one in entities(answer)]
    assert {"Person", "Vessel", "Organization", "Sanction", "CryptoWallet"} <= {one["schema"] for one in found}
    assert [fault for one in found for fault in faults(one)] == []
