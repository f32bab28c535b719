"""Canonical JSON: the published vectors, and what must hold for every value."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.kit.json import INTEGER_MAX, JsonMalformed, canonical, decode, digest

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FLOATS = st.floats(-INTEGER_MAX, INTEGER_MAX)  # larger ones are written like integers, which not every reader keeps
SCALARS = st.none() | st.booleans() | st.integers(-INTEGER_MAX, INTEGER_MAX) | TEXTS | FLOATS
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4))


class Colour(Enum):
    RED = "red"


class Thing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    on: date
    tags: tuple[str, ...] = ()
    colour: Colour = Colour.RED


@pytest.mark.data
def test_the_vectors_of_rfc_8785(shared: Path) -> None:
    vectors = json.loads((shared / "crypto_vectors" / "jcs" / "rfc8785.json").read_text(encoding="utf-8"))
    assert {case["name"] for case in vectors} == {"arrays", "structures", "unicode", "values"}
    for case in vectors:
        assert canonical(json.loads(case["input"])) == bytes.fromhex(case["outhex"]), case["name"]


def test_keys_are_ordered_by_their_utf_16_units_and_numbers_written_as_ecmascript_does() -> None:
    # RFC 8785 section 3.2.3 and its table of numbers
    assert canonical({"\u20ac": 1, "\r": 2, "1": 3, "\U0001f600": 4, "\ufb33": 5}) == (
        '{"\\r":2,"1":3,"\u20ac":1,"\U0001f600":4,"\ufb33":5}'.encode()
    )
    assert (
        canonical([333333333.33333329, 1e30, 4.50, 2e-3, 1e-27, -0.0]) == b"[333333333.3333333,1e+30,4.5,0.002,1e-27,0]"
    )


@given(VALUES)
def test_what_is_written_is_read_back(value: Any) -> None:
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(TEXTS, SCALARS, max_size=6), st.randoms())
def test_the_order_of_keys_is_nobodys_choice(value: dict[str, Any], chance: Any) -> None:
    keys = list(value)
    chance.shuffle(keys)
    assert canonical({key: value[key] for key in keys}) == canonical(value)


@given(VALUES)
def test_the_canonical_form_of_the_canonical_form_is_itself(value: Any) -> None:
    assert canonical(json.loads(canonical(value))) == canonical(value)


def test_structs_dates_enums_and_tuples_are_written_as_they_travel() -> None:
    thing = Thing(name="Quasar", on=date(2031, 11, 21), tags=("b", "a"))
    assert canonical(thing) == b'{"colour":"red","name":"Quasar","on":"2031-11-21","tags":["b","a"]}'
    assert canonical(datetime(2031, 11, 21, 12, tzinfo=UTC)) == b'"2031-11-21T12:00:00Z"'
    assert decode(canonical(thing), Thing) == thing


@pytest.mark.parametrize("value", [INTEGER_MAX + 1, -INTEGER_MAX - 1, float("nan"), float("inf"), object(), "\ud800"])
def test_a_value_that_readers_would_read_differently_is_refused(value: object) -> None:
    with pytest.raises(JsonMalformed):
        canonical({"value": value})


def test_a_digest_is_of_the_canonical_bytes() -> None:
    assert digest({"b": 1, "a": 2}) == hashlib.sha256(b'{"a":2,"b":1}').hexdigest()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'{"name": "a", "on": "2031-11-21", "extra": 1}', "extra"),
        (b'{"name": "a"}', "on"),
        (b'{"name": 1, "on": "2031-11-21"}', "$.name"),
        (b'{"name": "a", "on": "2031-02-30"}', "$.on"),
        (b'{"name": "a", "on": "2031-11-21", "colour": "blue"}', "$.colour"),
        (b'{"name": "a"', "truncated"),
        (b"", "truncated"),
    ],
)
def test_malformed_json_names_its_fault(raw: bytes, said: str) -> None:
    with pytest.raises(JsonMalformed) as refused:
        decode(raw, Thing)
    assert said in refused.value.detail


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(JsonMalformed):
        decode(b'{"name": "\xff", "on": "2031-11-21"}', Thing)
