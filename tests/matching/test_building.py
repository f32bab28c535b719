"""Making an index: after any change it equals, number by number, the one that is made of the new list afresh."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.matching import keys
from comity.matching.building import build, updated
from comity.matching.index import Bearer, Index
from comity.matching.keeping import arrays
from comity.matching.names import Kind
from comity.matching.scripts import script_of
from comity.matching.spelling import shape

WORDS = (
    "oleg", "dresnov", "varimovich", "Quorbel", "al-Dhulmari", "Abdul", "Rahman", "Thorvessi", "Ltd", "GmbH", "Trading", "7", "V.",
    "Олег", "Дреснов", "陈文博", "권혁철", "عبد", "الرحمن", "Dr", "&", "Bank", "of", "de",
)  # fmt: skip
NAME = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
BEARER = st.tuples(st.sampled_from(Kind), st.lists(NAME, max_size=4).map(tuple))
LIST = st.dictionaries(st.sampled_from("abcdefgh"), BEARER)


def bearers(listed: dict[str, tuple[Kind, tuple[str, ...]]]) -> list[Bearer]:
    return [Bearer(one, kind, names) for one, (kind, names) in listed.items()]


def differing(left: Index, right: Index) -> list[str]:
    mine, others = arrays(left), arrays(right)
    assert mine.keys() == others.keys()
    return [
        name
        for name, array in mine.items()
        if array.dtype != others[name].dtype or not np.array_equal(array, others[name])
    ]


@given(LIST, LIST, st.sets(st.sampled_from("abcdefgh")))
@settings(max_examples=200, deadline=None)
def test_an_index_after_changes_equals_one_that_is_built_afresh(
    before: dict[str, tuple[Kind, tuple[str, ...]]], added: dict[str, tuple[Kind, tuple[str, ...]]], removed: set[str]
) -> None:
    after = {one: said for one, said in before.items() if one not in removed} | added
    assert differing(updated(build(bearers(before)), removed, bearers(added)), build(bearers(after))) == []


@given(st.lists(LIST, min_size=1, max_size=5))
@settings(max_examples=50, deadline=None)
def test_changes_add_up(steps: list[dict[str, tuple[Kind, tuple[str, ...]]]]) -> None:
    index, now = build([]), {}
    for step in steps:
        gone = set(now) - set(step)
        changed = {one: said for one, said in step.items() if now.get(one) != said}
        index, now = updated(index, gone, bearers(changed)), step
    assert differing(index, build(bearers(now))) == []


def test_of_a_name_that_is_spelt_in_two_ways_one_stays_when_the_other_goes() -> None:
    both = build(bearers({"a": (Kind.PERSON, ("Oleg Dresnov",)), "b": (Kind.PERSON, ("DRESNOV, Dr Oleg",))}))
    assert both.wholes == ("dresnov oleg",)
    left = updated(both, ["a"], ())
    assert left.ids == ("b",)
    assert left.wholes == ("dr dresnov oleg",)


@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=20)), max_size=8))
@settings(max_examples=300, deadline=None)
def test_the_keys_of_many_tokens_are_those_of_each(words: list[str]) -> None:
    shapes = [shape(word, script_of(word)) for word in words if word]
    looked_for, keyed = keys.every(shapes)
    expected = sorted((key, at) for at, one in enumerate(shapes) for key in keys.keys(one))
    assert list(zip(looked_for.tolist(), keyed.tolist(), strict=True)) == expected


@given(LIST, LIST)
@settings(max_examples=100, deadline=None)
def test_the_shapes_that_an_index_keeps_are_those_of_its_tokens(
    before: dict[str, tuple[Kind, tuple[str, ...]]], added: dict[str, tuple[Kind, tuple[str, ...]]]
) -> None:
    index = updated(build(bearers(before)), (), bearers(added))
    for at, text in enumerate(index.tokens):
        assert index.shape(at) == shape(text, script_of(text))
