"""FollowTheMoney datasets: whole ones, deltas, and lines that are no entity."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest
from followthemoney import model as followthemoney

from comity.catalogue.dialects.json_lines import LINE_BYTES_MAX
from comity.catalogue.sources.ftm import EXAMPLE, SOURCE, UNNAMED
from comity.lists.model import EditionUnreadable, InMemory, Listed, NotThisList, Oddity, Standing, ValueMalformed
from comity.model import ftm as vocabulary
from comity.model.claim import entity_id
from comity.model.entity import Entity
from comity.model.measure import Measure, MeasureKind

ENTITIES, DELTA = "entities.ftm.json", "entities.delta.json"


def read(raw: bytes, format_: str = "entities") -> list[Listed]:
    name = SOURCE.format(format_).files[0].name
    return list(SOURCE.format(format_).read({name: InMemory(name, raw)}))


def line(**changed: object) -> bytes:
    return json.dumps({"id": "QM-1", "schema": "Person", "properties": {"name": ["Ilvar Denoshka"]}} | changed).encode()


def values(listed: Listed, property_: str) -> list[str]:
    return [claim.value for claim in listed.claims if claim.property == property_]


@pytest.mark.data
def test_a_dataset_without_targets_arrives_whole(shared: Path) -> None:
    found = read(gzip.decompress((shared / "ftm/parteispenden.entities.ftm.json.gz").read_bytes()))
    assert len(found) == 475
    assert Counter(one.schema for one in found) == {
        "Payment": 290,
        "Address": 89,
        "Company": 56,
        "Person": 22,
        "Organization": 18,
    }
    assert [one for one in found if one.oddities or values(one, "programme")] == []
    first = found[3]
    assert (first.schema, values(first, "amountEur"), values(first, "date")) == ("Payment", ["100000"], ["2011-12-29"])
    assert values(first, "payer") == ["f9c295f21b233ac878fbac4d271bb6fd13d7952a"]
    for one in found:
        demand_valid(one)


@pytest.mark.data
def test_an_export_names_the_datasets_of_its_targets_and_no_measure(shared: Path) -> None:
    found = read(gzip.decompress((shared / "ftm/t1.entities.ftm.json.gz").read_bytes()))
    assert len(found) == 7
    targets = [one for one in found if values(one, "programme")]
    assert len(targets) == 6
    assert {Measure.read(text).kind for one in targets for text in values(one, "measure")} == {MeasureKind.NONE}
    for one in found:
        demand_valid(one)


@pytest.mark.data
def test_a_delta_is_read_and_is_no_edition(shared: Path) -> None:
    found = read(gzip.decompress((shared / "ftm/t2.20240527194702-wnk.entities.delta.json.gz").read_bytes()), "delta")
    assert [one.reference for one in found] == ["NK-2T3S8Hu29ktYnKSTgQp2wL", "NK-2sJaJRaPJcWUfMbHjTtWcL"]
    assert SOURCE.format("delta").standing is Standing.PARTIAL
    for one in found:
        demand_valid(one)


@pytest.mark.data
@pytest.mark.parametrize("name", ["t2.delta.json.gz", "catalog_index_2024-06-13.json.gz"])
def test_an_index_of_files_is_no_dataset(shared: Path, name: str) -> None:
    raw = gzip.decompress((shared / "ftm" / name).read_bytes())
    assert [one.id for one in SOURCE.formats if one.recognise(name, raw[:4096])] == []


def demand_valid(listed: Listed) -> None:
    exported = Entity.of(entity_id("ftm:test", listed.reference), listed.schema, listed.claims).ftm()
    schema = followthemoney.get(listed.schema)
    assert schema is not None
    assert all(schema.get(name) is not None for name in exported["properties"])  # type: ignore[attr-defined]
    schema.validate(exported)  # type: ignore[arg-type]


def test_the_schemata_are_those_of_followthemoney() -> None:
    concrete = {schema.name for schema in followthemoney.schemata.values() if not schema.abstract}
    assert concrete == vocabulary.SCHEMATA


def test_an_unknown_schema_makes_the_edition_wait() -> None:
    assert read(line(schema="Surprise"))[0].oddities == (Oddity("schema", "Surprise"),)


def test_a_target_of_no_named_dataset_is_a_target_all_the_same() -> None:
    (found,) = read(line(target=True))
    assert values(found, "programme") == [UNNAMED]


def test_the_topic_sanction_makes_a_target() -> None:
    (found,) = read(line(properties={"topics": ["sanction"]}, datasets=["qm_list"]))
    assert values(found, "programme") == ["qm_list"]


def test_whatever_was_referred_to_by_another_id_keeps_it() -> None:
    assert values(read(line(referents=["qm-7", "qn-8"]))[0], "sourceId") == ["qm-7", "qn-8"]


def test_a_time_of_day_is_kept_beside_the_day() -> None:
    (found,) = read(line(properties={"createdAt": ["2031-02-03T10:20:30"]}))
    assert [(claim.value, claim.original) for claim in found.claims] == [("2031-02-03", "2031-02-03T10:20:30")]


def test_what_is_said_of_a_line_does_not_change_with_when_it_was_seen() -> None:
    assert read(line(last_seen="2031-01-01"))[0].claims == read(line(last_seen="2031-02-01"))[0].claims


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (line(properties={"name": [7]}), "Expected `str`"),
        (line(properties={"name": "Ilvar"}), "Expected `array`"),
        (line(properties=["name"]), "properties"),
        (line(id=7), r"\$\.id"),
        (line(id=""), "id"),
        (line(schema=""), "schema"),
        (b'{"id":"QM-1","schema":"Person"}', "properties"),
        (b'{"id":"QM-1","properties":{}}', "schema"),
        (line(properties={"birthDate": ["spring"]}), "birthDate"),
        (b'{"id":"QM-1","schema":"Person","properties":{"name":["\xff\xfe"]}}', "line 1"),
        (line() + b"\n" + line()[:40], "line 2"),
        (b'{"id":"QM-1","x":' + b"[" * 100_000, "line 1"),
    ],
)
def test_a_line_that_is_no_entity_is_refused_by_name(raw: bytes, says: str) -> None:
    with pytest.raises(EditionUnreadable, match=says):
        read(raw)


def test_a_line_longer_than_any_entity_is_refused_before_it_is_read() -> None:
    with pytest.raises(EditionUnreadable, match="longer than any entity"):
        read(b'{"id":"' + b"0" * (LINE_BYTES_MAX + 10))


def test_an_operation_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueMalformed, match="op"):
        read(b'{"op":"SURPRISE","entity":{"id":"QM-1"}}', "delta")


def test_an_array_of_entities_is_not_json_lines() -> None:
    with pytest.raises(NotThisList):
        read(b"[" + line() + b"]")


def test_blank_lines_and_a_byte_order_mark_say_nothing() -> None:
    assert [one.reference for one in read(b"\xef\xbb\xbf" + EXAMPLE.replace(b"\n", b"\n\n"))] == [
        "NK-1",
        "addr-1",
        "own-1",
    ]


def test_a_dataset_is_aggregated_and_named_by_whoever_loads_it() -> None:
    assert SOURCE.aggregates
    assert SOURCE.has_datasets
