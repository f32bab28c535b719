"""Spans: which record stood in which edition, whatever the order in which the editions came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from comity.lists.model import Span, weave

Editions = Mapping[str, bytes | None]
"""What each edition holds under one reference, by its key."""

editions = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=2), st.one_of(st.none(), st.sampled_from([b"1", b"2", b"3"])), max_size=7
)


def woven(held: Editions, order: Sequence[str]) -> list[Span]:
    """Put the editions in, one after the other."""
    spans: list[Span] = []
    known: list[str] = []
    for key in order:
        following = min((other for other in known if other > key), default=None)
        spans = weave(spans, reference="r", key=key, following=following, digest=held[key])
        known.append(key)
    return spans


def runs(held: Editions) -> list[Span]:
    """The same by the definition: maximal runs of editions, in order, that hold the same record."""
    found: list[Span] = []
    keys = sorted(held)
    for number, key in enumerate(keys):
        digest, until = held[key], keys[number + 1] if number + 1 < len(keys) else None
        if digest is not None and found and found[-1].until == key and found[-1].digest == digest:
            found[-1] = Span("r", found[-1].since, until, digest)
        elif digest is not None:
            found.append(Span("r", key, until, digest))
    return found


@given(editions, st.data())
def test_editions_may_come_in_any_order(held: Editions, data: st.DataObject) -> None:
    order = data.draw(st.permutations(sorted(held)))
    assert woven(held, order) == runs(held)


@given(editions, st.data())
def test_what_stood_in_each_edition_reads_back(held: Editions, data: st.DataObject) -> None:
    spans = woven(held, data.draw(st.permutations(sorted(held))))
    for key, digest in held.items():
        assert [span.digest for span in spans if span.holds(key)] == ([digest] if digest is not None else [])


@given(editions, st.data())
def test_other_editions_can_be_put_in_later_without_a_trace_of_the_delay(held: Editions, data: st.DataObject) -> None:
    """At every moment the spans are those of the editions that are in, as if there were no others."""
    order = data.draw(st.permutations(sorted(held)))
    for count in range(len(order) + 1):
        assert woven(held, order[:count]) == runs({key: held[key] for key in order[:count]})


def test_a_span_holds_from_its_first_edition_to_before_its_end() -> None:
    span = Span("r", "b", "d", b"1")
    assert [key for key in "abcde" if span.holds(key)] == ["b", "c"]
    assert Span("r", "b", None, b"1").holds("z")


def test_consecutive_editions_with_the_same_record_are_one_run() -> None:
    assert woven({"a": b"1", "b": b"1", "c": b"1"}, "acb") == [Span("r", "a", None, b"1")]


def test_an_edition_without_the_record_splits_a_run() -> None:
    assert woven({"a": b"1", "b": None, "c": b"1"}, "acb") == [Span("r", "a", "b", b"1"), Span("r", "c", None, b"1")]
