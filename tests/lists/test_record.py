"""Strict reading: what nobody takes is an error that says where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.lists.model import FieldMissing, FieldUnread, Listed, Oddity, Record, ValueMalformed
from comity.lists.model.record import TEXT

NOBODY = Listed(reference="QMi.001", schema="Person", claims=())


def record(**fields: list[str | Record]) -> Record:
    return Record(dict(fields), file="list.xml", label="QMi.001", raw="<RECORD/>")


def nested(**fields: list[str | Record]) -> Record:
    return Record(dict(fields), file="list.xml")


def test_a_field_is_taken_once() -> None:
    one = record(NAME=[" Oro "])
    assert one.has("NAME")
    assert one.take("NAME") == "Oro"
    assert not one.has("NAME")
    with pytest.raises(FieldMissing, match=r"list\.xml: record QMi\.001, field NAME: the field is missing or empty"):
        one.take("NAME")


@pytest.mark.parametrize("values", [[], [""], ["  \n"]])
def test_an_empty_field_is_missing(values: list[str | Record]) -> None:
    with pytest.raises(FieldMissing):
        record(NAME=values).take("NAME")
    assert record(NAME=values).optional("NAME") == ""
    assert record(NAME=values).texts("NAME") == []


def test_a_repeated_field_is_refused_where_one_is_meant() -> None:
    for taking in ("take", "optional"):
        with pytest.raises(FieldUnread, match="field NAME: the field stands here twice"):
            getattr(record(NAME=["Oro", "Vasht"]), taking)("NAME")
    assert record(NAME=["Oro", "", "Vasht"]).texts("NAME") == ["Oro", "Vasht"]


def test_what_is_left_over_is_refused_by_name() -> None:
    one = record(NAME=["Oro"], SURPRISE=["x"])
    one.take("NAME")
    with pytest.raises(FieldUnread, match="field SURPRISE: the field is not known"):
        one.finish(NOBODY)


@pytest.mark.parametrize("value", ["", "x"])
def test_an_unknown_field_is_refused_even_if_it_is_empty(value: str) -> None:
    with pytest.raises(FieldUnread, match="SURPRISE"):
        record(SURPRISE=[value]).audit()


def test_what_is_left_over_at_any_depth_is_refused_with_its_path() -> None:
    deep = nested(CITY=["Skaldvik"], DEEPER=[nested(SURPRISE=["x"])])
    one = record(ADDRESS=[deep])
    (address,) = one.children("ADDRESS")
    address.take("CITY")
    (deeper,) = address.children("DEEPER")
    assert not deeper.has("CITY")
    with pytest.raises(FieldUnread, match="field ADDRESS/DEEPER/SURPRISE"):
        one.finish(NOBODY)


def test_a_nested_record_that_nobody_opened_is_left_over() -> None:
    with pytest.raises(FieldUnread, match="field ADDRESS"):
        record(ADDRESS=[nested(CITY=["Skaldvik"])]).audit()


def test_a_text_that_holds_more_than_text_is_refused_with_its_path() -> None:
    with pytest.raises(FieldUnread, match=r"record QMi\.001, field NAME/SURPRISE"):
        record(NAME=[nested(**{TEXT: ["Oro"], "SURPRISE": ["x"]})]).take("NAME")
    with pytest.raises(FieldUnread, match="field NAME/@surprise"):
        record(NAME=[nested(**{TEXT: ["Oro"], "@surprise": ["x"]})]).texts("NAME")


def test_a_plain_field_can_be_opened_like_a_nested_one() -> None:
    one = record(NAME=["Oro", " "])
    first, second = one.children("NAME")
    assert (first.text(), second.text()) == ("Oro", "")
    one.audit()


def test_one_child_is_meant_to_be_one() -> None:
    assert record().child("ADDRESS") is None
    with pytest.raises(FieldUnread, match="twice"):
        record(ADDRESS=[nested(), nested()]).child("ADDRESS")


def test_a_value_outside_its_table_is_an_oddity_with_its_path() -> None:
    one = record(KIND=["surprise"], ALIAS=[nested(QUALITY=["splendid"])])
    assert one.choose("KIND", {"good": 1}) is None
    (alias,) = one.children("ALIAS")
    alias.value_in("QUALITY", alias.take("QUALITY"), {"good": 1})
    assert one.finish(NOBODY).oddities == (Oddity("KIND", "surprise"), Oddity("ALIAS/QUALITY", "splendid"))


def test_a_value_of_its_table_is_no_oddity_and_neither_is_none() -> None:
    one = record(KIND=["good"])
    assert one.choose("KIND", {"good": 1}) == 1
    assert one.choose("OTHER", {"good": 1}) is None
    assert one.finish(NOBODY).oddities == ()


def test_a_value_that_cannot_be_read_is_refused_with_its_path() -> None:
    one = record(BIRTH=[nested(YEAR=["spring"])])
    (birth,) = one.children("BIRTH")
    with pytest.raises(ValueMalformed, match="field BIRTH/YEAR: 'spring' cannot be read"):
        birth.parse("YEAR", int)
    assert birth.parse("MONTH", int) is None


def test_a_text_can_be_taken_letter_by_letter() -> None:
    assert record(REMARK=["  cut short "]).verbatim("REMARK") == "  cut short "
    assert record().verbatim("REMARK") == ""
    for values in (["a", "b"], [nested(X=["x"])]):
        with pytest.raises(FieldUnread, match="REMARK"):
            record(REMARK=values).verbatim("REMARK")  # type: ignore[arg-type]


def test_finishing_keeps_the_record_as_published() -> None:
    assert record().finish(NOBODY).raw == "<RECORD/>"


@given(st.dictionaries(st.text(min_size=1), st.text(), min_size=1), st.data())
def test_a_record_is_finished_exactly_when_everything_was_taken(fields: dict[str, str], data: st.DataObject) -> None:
    one = Record({name: [value] for name, value in fields.items()}, file="f")
    taken = data.draw(st.sets(st.sampled_from(sorted(fields))))
    for name in taken:
        one.optional(name)
    if taken == set(fields):
        one.audit()
    else:
        with pytest.raises(FieldUnread) as refusal:
            one.audit()
        assert refusal.value.field in set(fields) - taken


@given(st.sets(st.text(min_size=1)), st.sets(st.text(min_size=1)))
def test_what_is_skipped_is_known(there: set[str], skipped: set[str]) -> None:
    one = Record({name: ["x"] for name in there}, file="f")
    one.skip(*skipped)
    assert {name for name in there if one.has(name)} == there - skipped
