"""What every list in the catalogue promises: its examples read to what they say, and nothing unknown passes.

Parametrised over the catalogue: a list that is added is tested by being added.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec
import pytest
from followthemoney import model as ftm

from comity.catalogue import sources
from comity.kit.catalogue import discover
from comity.lists.model import EditionUnreadable, Example, Format, InMemory, Listed, Source, Standing
from comity.model import designation as d
from comity.model.claim import Claim, entity_id, statement_id
from comity.model.countries import name as country_name
from comity.model.dates import PartialDate
from comity.model.entity import COUNTRY_PROPERTIES, DATE_PROPERTIES, Entity
from comity.model.measure import Measure, MeasureKind
from support import planting
from support.planting import PLANTED, Planted

SOURCES = discover(sources, "SOURCE", Source)
HEAD_BYTES = 4096
HTML = b"<!DOCTYPE html>\n<html><head><title>Down for maintenance</title></head><body><p>Come back later.</p></body></html>"
LOADED = (Standing.OFFICIAL, Standing.TRANSCRIBED)
OPEN_FORMATS = {"ftm"}
"""Sources of a format that anybody may extend: unknown keys and properties are read, not refused."""

each_source = pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
each_example = pytest.mark.parametrize(
    ("source", "example"),
    [(source, example) for source in SOURCES.values() for example in source.examples],
    ids=lambda value: value.id if isinstance(value, Source) else value.format,
)
each_closed_example = pytest.mark.parametrize(
    ("source", "example"),
    [(source, example) for source in SOURCES.values() if source.id not in OPEN_FORMATS for example in source.examples],
    ids=lambda value: value.id if isinstance(value, Source) else value.format,
)


def read(source: Source, example: Example, **changed: bytes) -> list[Listed]:
    """Read an example, with some of its files changed."""
    files = {**example.files, **changed}
    return list(source.format(example.format).read({name: InMemory(name, raw) for name, raw in files.items()}))


def stripped(listed: Listed) -> Listed:
    return msgspec.structs.replace(listed, raw="", linked=tuple(stripped(one) for one in listed.linked))


def everything(records: list[Listed] | tuple[Listed, ...]) -> Iterator[Listed]:
    for listed in records:
        yield listed
        yield from everything(listed.linked)


# --- what the examples mean


@each_example
def test_an_example_reads_to_exactly_what_it_says(source: Source, example: Example) -> None:
    found = [stripped(listed) for listed in read(source, example)]
    assert [listed.reference for listed in found] == [listed.reference for listed in example.yields]
    for one, other in zip(found, example.yields, strict=True):
        assert one.claims == other.claims
        assert one == other


@each_example
def test_every_record_keeps_its_raw_form_and_its_own_reference(source: Source, example: Example) -> None:
    records = read(source, example)
    assert all(listed.raw for listed in records)
    references = [listed.reference for listed in everything(records)]
    assert len(set(references)) == len(references)
    for listed in records:
        assert all(one.reference.startswith(listed.reference) for one in everything(listed.linked))


@each_example
def test_nothing_in_an_example_is_odd(source: Source, example: Example) -> None:
    assert [odd for listed in everything(read(source, example)) for odd in listed.oddities] == []


@each_example
def test_every_entity_validates_against_followthemoney(source: Source, example: Example) -> None:
    for listed in everything(read(source, example)):
        entity = Entity.of(entity_id(source.id, listed.reference), listed.schema, listed.claims).ftm()
        demand_valid(entity)


def demand_valid(entity: dict[str, object]) -> None:
    """Demand what followthemoney's own validation demands, and that every property exists, which it does not ask."""
    schema = ftm.get(str(entity["schema"]))
    assert schema is not None, entity["schema"]
    assert not schema.abstract, entity["schema"]
    properties = entity["properties"]
    assert isinstance(properties, dict)
    unknown = [name for name in properties if (property_ := schema.get(name)) is None or property_.stub]
    assert unknown == [], f"{schema.name} has no such property"
    schema.validate(entity)  # type: ignore[arg-type]


@each_example
def test_claims_are_in_their_normal_form(source: Source, example: Example) -> None:
    for listed in everything(read(source, example)):
        for claim in listed.claims:
            assert claim.value.strip() == claim.value != ""
            if not claim.about and claim.property in COUNTRY_PROPERTIES:
                assert country_name(claim.value) != claim.value.upper() or claim.value in NAMELESS
            if (claim.about and claim.property in DATES) or (not claim.about and claim.property in DATE_PROPERTIES):
                assert str(PartialDate.parse(claim.value)) == claim.value


DATES = {d.LISTED_ON, d.DELISTED_ON, d.AMENDED_ON}
NAMELESS = {"suhh", "yucs", "cshh", "dd", "xk", *(f"q{letter}" for letter in "mnopqrstuvwxyz")}
"""Codes of former states, of a place without a code of its own, and of countries that do not exist."""


@each_example
def test_every_designation_says_what_it_forbids(source: Source, example: Example) -> None:
    for listed in everything(read(source, example)):
        for programme in {claim.about for claim in listed.claims if claim.about}:
            facts = [claim for claim in listed.claims if claim.about == programme]
            assert {claim.property for claim in facts} <= set(d.FACTS)
            assert [claim.value for claim in facts if claim.property == d.PROGRAMME] == [programme]
            demand_measures(source, facts)


def demand_measures(source: Source, facts: list[Claim]) -> None:
    measures = [Measure.read(claim.value) for claim in facts if claim.property == d.MEASURE]
    ended = any(claim.property in {d.DELISTED_ON, d.STATUS} for claim in facts)
    assert measures or source.says or ended
    for measure in measures:
        assert measure.kind is not MeasureKind.NONE or measure.object, "what it means instead"
        assert measure.kind is not MeasureKind.OTHER or measure.object, "in the words of the list"
        assert (measure.article and measure.binds) or not measure.prohibits, "cited, and saying whom it binds"


@each_source
def test_formats_agree_on_what_they_both_speak_of(source: Source) -> None:
    examples = {
        example.format: {one.reference: one for one in everything(read(source, example))} for example in source.examples
    }
    loaded = [format_.id for format_ in source.formats if format_.standing in LOADED and format_.id in examples]
    for one, other in [(one, other) for one in loaded for other in loaded if one != other]:
        common = examples[one].keys() & examples[other].keys()
        assert common, f"the examples of {one} and {other} have no record in common"
        for reference in common:
            demand_agreement(source.format(other), examples[one][reference], examples[other][reference])


def demand_agreement(other: Format, said: Listed, answered: Listed) -> None:
    """Whatever one record says in a part of which the other format speaks too, the other's record says as well."""
    parts = other.parts - set(said.silent) - set(answered.silent)
    known = {statement_id("e", claim) for claim in answered.claims}
    assert said.schema == answered.schema
    assert [claim for claim in said.claims if claim.part in parts and statement_id("e", claim) not in known] == []


@each_source
def test_every_format_that_is_loaded_has_an_example(source: Source) -> None:
    loaded = {format_.id for format_ in source.formats if format_.standing in LOADED}
    assert loaded <= {example.format for example in source.examples}
    for example in source.examples:
        assert list(example.files) == [file.name for file in source.format(example.format).files]


# --- what a publisher never wrote


@each_closed_example
def test_an_unknown_element_is_refused_by_name_at_every_level(source: Source, example: Example) -> None:
    for name, raw in of_kind("xml", example):
        for planted in planting.elements(raw):
            demand_refusal(source, example, name, planted)


@each_closed_example
def test_an_unknown_attribute_of_a_record_is_refused_by_name(source: Source, example: Example) -> None:
    for name, raw in of_kind("xml", example):
        tags = {
            planting.record_tag(listed.raw)
            for listed in read(source, example)
            if planting.kind(listed.raw.encode()) == "xml"
        }
        for planted in planting.attributes(raw, tags):
            demand_refusal(source, example, name, planted)


@each_closed_example
def test_an_unknown_column_is_refused(source: Source, example: Example) -> None:
    for name, raw in of_kind("table", example):
        with pytest.raises(EditionUnreadable) as refusal:
            read(source, example, **{name: planting.columns(raw).raw})
        assert PLANTED in str(refusal.value) or "fields instead of" in str(refusal.value)


@each_closed_example
def test_an_unknown_key_is_refused_by_name(source: Source, example: Example) -> None:
    for name, raw in of_kind("json", example):
        for planted in planting.keys(raw):
            demand_refusal(source, example, name, planted)


def of_kind(kind: str, example: Example) -> list[tuple[str, bytes]]:
    return [(name, raw) for name, raw in example.files.items() if planting.kind(raw) == kind]


def demand_refusal(source: Source, example: Example, name: str, planted: Planted) -> None:
    """Demand a refusal that names what was planted, unless it stands in a place that says nothing: without it all is the same."""
    try:
        read(source, example, **{name: planted.raw})
    except EditionUnreadable as refusal:
        assert PLANTED in str(refusal), f"{planted.where}: {refusal}"  # noqa: PT017 - what was not refused is judged below
        return
    without = planted.without()
    assert without is not None, f"{planted.where}: passed unread"
    meaning = [stripped(listed) for listed in read(source, example, **{name: without})]
    assert meaning == list(example.yields), f"{planted.where}: passed unread"


# --- what is broken on its way


@each_example
def test_a_truncated_file_never_passes_for_the_whole(source: Source, example: Example) -> None:
    whole = read(source, example)
    for name, raw in example.files.items():
        for tenth in range(1, 10):
            try:
                found = read(source, example, **{name: raw[: len(raw) * tenth // 10]})
            except EditionUnreadable:
                continue
            assert found != whole, f"{name} cut after {tenth}/10"


@each_example
@pytest.mark.parametrize("raw", [b"", b"\r\n \r\n", HTML, b"\x00" * 4096], ids=["empty", "blank", "html", "zeros"])
def test_a_file_that_is_no_list_is_refused(source: Source, example: Example, raw: bytes) -> None:
    for name in example.files:
        with pytest.raises(EditionUnreadable):
            read(source, example, **{name: raw})


# --- how it is known and published


@each_example
def test_a_list_recognises_its_own_files_and_nobody_elses(source: Source, example: Example) -> None:
    for name, raw in example.files.items():
        claims = [
            (one.id, format_.id, file.name)
            for one in SOURCES.values()
            for format_ in one.formats
            if (file := format_.recognise(name, raw[:HEAD_BYTES])) is not None
        ]
        assert claims == [(source.id, example.format, name)]


@each_source
@pytest.mark.parametrize(
    "raw", [b"", HTML, b"PK\x03\x04", b'{"a": 1}', b"a,b,c\r\n1,2,3\r\n"], ids=["empty", "html", "zip", "json", "csv"]
)
def test_a_list_recognises_nothing_else(source: Source, raw: bytes) -> None:
    assert [format_.id for format_ in source.formats if format_.recognise("download", raw)] == []


@each_source
def test_a_list_says_where_it_comes_from_and_what_to_expect(source: Source) -> None:
    assert source.homepage.startswith("https://")
    urls = [file.url for format_ in source.formats for file in format_.files if file.url]
    assert all(url.startswith("https://") for url in urls)
    assert source.title
    assert source.licence
    assert source.issuer.authority
    fewest, most = source.expect.designations
    assert 0 < fewest <= most
    assert 0 < source.expect.removed_at_once_max < 1
    assert 0 <= source.expect.removed_per_month_max < 1


@each_example
def test_a_heading_gives_an_aware_instant_and_a_true_count(source: Source, example: Example) -> None:
    format_ = source.format(example.format)
    first = format_.files[0].name
    head = format_.head(InMemory(first, example.files[first]))
    assert head.published_at is None or head.published_at.tzinfo is not None
    assert head.published_at is None or head.published_at.date() > date(1990, 1, 1)
    assert head.count is None or head.count == len(example.yields)
