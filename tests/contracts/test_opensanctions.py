"""What our description of the foreign protocol promises is at least what its clients rely on.

The tables below are the contract, written by hand from yente 5.5's own description: addresses, parameters that clients send, and
the fields that answers hold (https://www.opensanctions.org/docs/api/).
"""

from __future__ import annotations

from typing import Any

import pytest

from comity.edge.app import description

ENTITY = "id caption schema properties datasets referents target first_seen last_seen last_change"
PAGE = "results total limit offset"
PARAMETERS = {
    "post /match/{dataset}": "limit threshold cutoff algorithm include_dataset exclude_dataset exclude_schema exclude_entity_ids "
    "topics changed_since",
    "get /search/{dataset}": "q schema include_dataset exclude_dataset exclude_schema changed_since countries topics datasets "
    "filter limit offset sort target fuzzy simple facets filter_op",
    "get /entities/{entity_id}": "nested",
    "get /entities/{entity_id}/adjacent": "limit offset sort",
    "get /entities/{entity_id}/adjacent/{property_name}": "limit offset sort",
    "get /statements": "dataset entity_id canonical_id prop value schema sort limit offset",
    "get /catalog": "",
    "get /algorithms": "",
    "get /healthz": "",
    "get /readyz": "",
    "get /reconcile/{dataset}": "",
    "post /reconcile/{dataset}": "algorithm",
    "get /reconcile/{dataset}/suggest/entity": "prefix limit",
    "get /reconcile/{dataset}/suggest/property": "prefix",
    "get /reconcile/{dataset}/suggest/type": "prefix",
    "get /reconcile/{dataset}/extend/property": "type limit",
}
FIELDS = {
    "post /match/{dataset}": "responses limit",
    "post /match/{dataset} responses.*": "status results total query",
    "post /match/{dataset} responses.*.results.*": f"{ENTITY} score match explanations",
    "post /match/{dataset} responses.*.results.*.explanations.*": "score detail query candidate",
    "get /search/{dataset}": f"{PAGE} facets",
    "get /search/{dataset} total": "value relation",
    "get /search/{dataset} results.*": ENTITY,
    "get /search/{dataset} facets.*": "label values",
    "get /search/{dataset} facets.*.values.*": "name label count",
    "get /entities/{entity_id}": ENTITY,
    "get /entities/{entity_id}/adjacent": "entity adjacent",
    "get /entities/{entity_id}/adjacent adjacent.*": PAGE,
    "get /entities/{entity_id}/adjacent/{property_name}": PAGE,
    "get /statements": PAGE,
    "get /statements results.*": "id entity_id canonical_id prop prop_type schema value original_value dataset lang origin "
    "first_seen last_seen",
    "get /catalog": "datasets current outdated index_stale",
    "get /catalog datasets.*": "name title summary url load entities_url version index_version index_current children entity_count "
    "thing_count updated_at last_export coverage publisher",
    "get /algorithms": "algorithms default best",
    "get /algorithms algorithms.*": "name description features docs",
    "get /healthz": "status",
}
DOCUMENT = description().content


def operation(text: str) -> dict[str, Any]:
    method, path = text.split(" ")
    return dict(DOCUMENT["paths"][f"/opensanctions{path}"][method])


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """Return what a schema refers to; of what may also be null, the rest."""
    if "$ref" in schema:
        return resolved(DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    for one in schema.get("oneOf", schema.get("anyOf", [])):
        if one.get("type") != "null":
            return resolved(one)
    return schema


def within(schema: dict[str, Any], path: str) -> dict[str, Any]:
    found = resolved(schema)
    for step in filter(None, path.split(".")):
        inner = (found.get("items") or found.get("additionalProperties")) if step == "*" else found["properties"][step]
        assert isinstance(inner, dict), f"{path}: {step}"
        found = resolved(inner)
    return found


@pytest.mark.parametrize("where", PARAMETERS)
def test_parameters_that_clients_send_are_known(where: str) -> None:
    known = {one["name"] for one in operation(where).get("parameters", []) if one["in"] == "query"}
    assert set(PARAMETERS[where].split()) <= known


@pytest.mark.parametrize("where", FIELDS)
def test_fields_that_clients_read_are_promised(where: str) -> None:
    method, path, *rest = where.split(" ")
    answer = operation(f"{method} {path}")["responses"]["200"]["content"]["application/json"]["schema"]
    promised = within(answer, " ".join(rest))
    assert set(FIELDS[where].split()) <= promised["properties"].keys()
