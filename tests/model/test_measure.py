"""Measures: one canonical text for each, read back whole."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.kit.json import JsonMalformed
from comity.model.measure import Measure, MeasureKind

words = st.text(st.characters(codec="utf-8"), max_size=20)
measures = st.builds(
    Measure,
    kind=st.sampled_from(MeasureKind),
    object=words,
    parameters=st.dictionaries(words, words, max_size=3),
    binds=words,
    since=st.none() | st.dates(),
    until=st.none() | st.dates(),
    article=words,
    exceptions=st.lists(words, max_size=2).map(tuple),
)


@given(measures)
def test_what_is_written_reads_to_the_same_measure(measure: Measure) -> None:
    assert Measure.read(measure.write()) == measure


@given(measures)
def test_the_text_is_canonical(measure: Measure) -> None:
    text = measure.write()
    assert Measure.read(text).write() == text
    assert (
        json.dumps(json.loads(text), separators=(",", ":"), ensure_ascii=False, sort_keys=True) == text
        or not text.isascii()
    )


def test_what_is_not_said_is_not_written() -> None:
    assert Measure(kind=MeasureKind.TRAVEL_BAN).write() == '{"kind":"travel_ban"}'


def test_only_a_list_that_informs_prohibits_nothing() -> None:
    assert [kind for kind in MeasureKind if not Measure(kind=kind).prohibits] == [MeasureKind.NONE]


@pytest.mark.parametrize(
    "text", ["", "{}", '{"kind":"surprise"}', '{"kind":"debt","surprise":1}', '{"kind":"debt","since":"soon"}']
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(JsonMalformed):
        Measure.read(text)
