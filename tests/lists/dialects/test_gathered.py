"""Entries spread over rows, and the citations that name them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.catalogue.dialects import federal_register, gathered
from comity.lists.model import Record

PAIRS = st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 99)))


def rows(pairs: list[tuple[str, int]]) -> Iterator[Record]:
    for number, (name, value) in enumerate(pairs, start=1):
        fields: dict[str, list[str | Record]] = {"name": [name], "value": [str(value)]}
        yield Record(fields, file="list.csv", label=f"line {number}", raw=f"{name},{value}")


def keys(pairs: list[tuple[str, int]]) -> list[str]:
    return [name for name, _ in gathered.entries(lambda: rows(pairs), lambda row: row.take("name"))]


@given(PAIRS)
def test_every_row_comes_once_under_its_key_in_the_order_of_the_file(pairs: list[tuple[str, int]]) -> None:
    found: dict[str, list[str]] = {}
    for name, entry in gathered.entries(lambda: rows(pairs), lambda row: row.take("name")):
        assert name not in found
        found[name] = [row.take("value") for row in gathered.rows(entry)]
    expected: dict[str, list[str]] = {}
    for name, value in pairs:
        expected.setdefault(name, []).append(str(value))
    assert found == expected


@given(PAIRS.flatmap(lambda pairs: st.permutations(pairs).map(lambda other: (pairs, other))))
def test_the_keys_do_not_depend_on_the_order_of_rows(both: tuple[list[tuple[str, int]], list[tuple[str, int]]]) -> None:
    one, other = (set(keys(pairs)) for pairs in both)
    assert one == other


def test_an_entry_keeps_its_rows_as_published_and_names_a_few() -> None:
    pairs = [("a", 1), ("b", 2), ("a", 3), ("a", 4), ("a", 5)]
    entries = dict(gathered.entries(lambda: rows(pairs), lambda row: row.take("name")))
    assert entries["a"].raw == "a,1\na,3\na,4\na,5"
    assert entries["a"].label == "line 1, line 3, line 4, …"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("84 F.R. 53404 10/7/2019", "84 FR 53404"),
        ("83F.R. 28801 6/21/2018", "83 FR 28801"),
        ("81.F.R. 22576 4/18/2016", "81 FR 22576"),
        ("67 F.R. 56530 9/4/02 67 F.R. 10890 3/11/02 66 F.R. 47630 9/13/01", "66 FR 47630"),
        ("84  FR 21233; 75 fr 36516", "75 FR 36516"),
        ("75 FR no. 124 pg. 36516", "75 FR 36516"),
        ("Vol. 85, No. 193, 10/05/2020", ""),
        ("", ""),
    ],
)
def test_the_earliest_citation_names_the_order(text: str, first: str) -> None:
    assert federal_register.first(text) == first
