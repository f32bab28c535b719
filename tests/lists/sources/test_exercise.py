"""The lists of regimes that do not exist: what is bundled, whose it is, and that nothing in it is real."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from followthemoney import model as followthemoney
from stdnum import imo

from comity.catalogue.dialects.fictional import NAME
from comity.catalogue.sources.exercise import SOURCE
from comity.edge import populating
from comity.lists.model import EditionUnreadable, InMemory, Listed, ValueMalformed
from comity.model.claim import Claim, entity_id
from comity.model.entity import Entity
from comity.model.measure import Measure
from support.fictional.editions import written
from support.fictional.names import cyrillic

FORMAT = SOURCE.formats[0]
BYTES_MAX = 300_000


@cache
def bundled() -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in populating.editions()}


@cache
def read(name: str) -> tuple[Listed, ...]:
    return tuple(FORMAT.read({NAME: InMemory(name, bundled()[name])}))


def everything(name: str) -> Iterator[Listed]:
    for listed in read(name):
        yield listed
        yield from listed.linked


def values(listed: Listed, property_: str) -> list[str]:
    return [claim.value for claim in listed.claims if claim.property == property_]


def entry(name: str, reference: str) -> Listed:
    return next(listed for listed in read(name) if listed.reference == reference)


each_file = pytest.mark.parametrize("name", sorted(file.name for file in populating.editions()))


# --- what is bundled


def test_what_is_bundled_is_what_the_invented_world_gives() -> None:
    assert bundled() == written()


def test_there_are_two_editions_of_each_regime_and_one_that_is_broken() -> None:
    regimes = Counter(name.partition("-")[0] for name in bundled())
    assert regimes == {"wa": 2, "qm": 2, "qn": 2, "qo": 3}
    assert sum(map(len, bundled().values())) < BYTES_MAX


@each_file
def test_a_file_says_of_which_list_and_day_it_is_and_how_much_it_holds(name: str) -> None:
    found = FORMAT.head(InMemory(name, bundled()[name]))
    assert found.published_at is not None
    assert f"{found.dataset}-{found.published_at:%Y-%m-%d}.jsonl" == name
    broken = name == "qo-2024-11-21.jsonl"
    assert (found.count == len(read(name))) is not broken
    assert 40 <= len(read(name)) <= 120


@each_file
def test_nobody_is_listed_twice_and_nothing_is_odd(name: str) -> None:
    references = [listed.reference for listed in everything(name)]
    assert len(references) == len(set(references))
    assert [odd for listed in everything(name) for odd in listed.oddities] == []


@each_file
def test_every_entity_validates_against_followthemoney(name: str) -> None:
    for listed in everything(name):
        entity = Entity.of(entity_id("exercise:qm", listed.reference), listed.schema, listed.claims).ftm()
        schema = followthemoney.get(listed.schema)
        assert schema is not None
        schema.validate(entity)  # type: ignore[arg-type]


@each_file
def test_every_country_is_one_that_does_not_exist(name: str) -> None:
    countries = {"country", "nationality", "flag"}
    found = {claim.value for listed in everything(name) for claim in listed.claims if claim.property in countries}
    assert found
    assert all(re.fullmatch("q[m-z]", code) for code in found)


def test_one_ships_number_is_wrong_as_printed_and_every_other_is_right() -> None:
    printed = {number for name in bundled() for listed in read(name) for number in values(listed, "imoNumber")}
    assert len([number for number in printed if not imo.is_valid(number)]) == 1
    assert len(printed) > 10


# --- what the story needs


def test_regimes_disagree_about_one_person() -> None:
    born = {
        code: values(entry(f"{code}-{day}.jsonl", reference), "birthDate")
        for code, day, reference in (
            ("wa", "2024-11-18", "WAi.0417"),
            ("qm", "2024-11-20", "MSL-2022-0061"),
            ("qn", "2024-11-19", "NSR 88/114"),
            ("qo", "2024-11-20", "3007-2-19"),
        )
    }
    assert born == {"wa": ["1971"], "qm": ["1971-03-14"], "qn": ["1969/1972"], "qo": ["1971-03-13"]}
    assert values(entry("qn-2024-11-19.jsonl", "NSR 88/114"), "delistedOn") == ["2024-02-02"]


def test_names_stand_in_three_scripts_beside_latin() -> None:
    names = "".join(value for name in bundled() for listed in read(name) for value in values(listed, "alias"))
    assert all(re.search(script, names) for script in ("[\u0400-\u04ff]", "[\u0600-\u06ff]", "[\u4e00-\u9fff]"))
    assert cyrillic("Zhelka Korilovna Shturmel") == "Желка Кориловна Штурмел"


@pytest.mark.parametrize("regime", ["wa", "qm", "qn", "qo"])
def test_between_two_editions_some_come_some_go_and_some_change(regime: str) -> None:
    first, second = sorted(name for name in bundled() if name.startswith(regime))[:2]
    before = {listed.reference: listed.claims for listed in read(first)}
    after = {listed.reference: listed.claims for listed in read(second)}
    assert before.keys() - after.keys()
    assert after.keys() - before.keys()
    assert [reference for reference in before.keys() & after.keys() if before[reference] != after[reference]]


def test_the_broken_edition_has_lost_every_ship() -> None:
    assert [listed.reference for listed in read("qo-2024-11-21.jsonl") if listed.schema == "Vessel"] == []
    assert entry("qo-2024-11-20.jsonl", "3007-4-001").schema == "Vessel"


def test_a_measure_that_cannot_touch_an_entry_is_left_out() -> None:
    ship = [Measure.read(text).kind.value for text in values(entry("qo-2024-11-20.jsonl", "3007-4-001"), "measure")]
    assert sorted(ship) == ["vessel_port_entry", "vessel_services"]
    firm = [Measure.read(text).kind.value for text in values(entry("qm-2024-11-20.jsonl", "MSL-2022-0062"), "measure")]
    assert firm == ["asset_freeze"]


# --- whose it is


def test_each_list_has_its_own_authority_and_says_that_it_is_fictional() -> None:
    codes = {name: SOURCE.of(name).issuer.code for name in SOURCE.datasets}
    assert codes == {"qm": "QM", "qn": "QN", "qo": "QO", "wa": "WA"}
    for name in SOURCE.datasets:
        assert SOURCE.of(name).title.endswith("(fictional, for exercise)")
        assert "fictional" in SOURCE.of(name).issuer.authority


# --- what is refused


def line(**changed: object) -> bytes:
    whole = {
        "reference": "QM-1", "schema": "Person", "names": [{"name": "Zorina Kest"}],
        "designations": [{"programme": "Straits shipping", "listed_on": "2022-03-16"}],
    }  # fmt: skip
    first = {"fictional_list": "qm", "published_at": "2024-11-20T06:00:00Z", "entries": 1, "programmes": []}
    return f"{json.dumps(first)}\n{json.dumps(whole | changed)}\n".encode()


def read_line(**changed: object) -> list[Listed]:
    return list(FORMAT.read({NAME: InMemory("list.jsonl", line(**changed))}))


def test_a_programme_that_the_first_line_does_not_explain_is_odd() -> None:
    (found,) = read_line()
    assert [(odd.field, odd.value) for odd in found.oddities] == [("programme", "Straits shipping")]
    assert Claim(property="topics", value="sanction") in found.claims


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"schema": "Planet"}, "schema"),
        ({"facts": {"shoeSize": ["44"]}}, "shoeSize"),
        ({"facts": {"gender": ["unknown"]}}, "gender"),
        ({"identifiers": [{"kind": "starSign", "number": "3"}]}, "kind"),
    ],
)
def test_what_the_form_does_not_know_is_refused_by_name(changed: dict[str, object], says: str) -> None:
    with pytest.raises(EditionUnreadable, match=says):
        read_line(**changed)


def test_a_date_that_is_none_is_refused_with_its_record() -> None:
    with pytest.raises(ValueMalformed, match="QM-1"):
        read_line(facts={"birthDate": ["1971-13"]})


def test_a_time_without_a_zone_is_refused() -> None:
    raw = line().replace(b"06:00:00Z", b"06:00:00")
    with pytest.raises(EditionUnreadable, match="no zone"):
        FORMAT.head(InMemory("list.jsonl", raw))


def test_the_bundled_files_are_where_a_person_would_look() -> None:
    folder = Path(__file__).resolve().parents[3] / "src" / "comity" / "edge" / "fictional"
    assert sorted(path.name for path in folder.iterdir()) == sorted(bundled())
