"""The Swiss list: de-listed targets, names in parts, titles that forbid, and deltas that are no edition."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.catalogue.dialects import ch_law
from comity.catalogue.dialects.ch_identity import VARIANTS_MAX, Part, Variant, spelt
from comity.catalogue.sources.ch_seco import EXAMPLE, SOURCE
from comity.lists.model import InMemory, Listed, NotThisList, Oddity, Standing
from comity.model.measure import Measure, MeasureKind


def read(raw: bytes, format_: str = "xml") -> dict[str, Listed]:
    name = SOURCE.format(format_).files[0].name
    return {one.reference: one for one in SOURCE.format(format_).read({name: InMemory(name, raw)})}


def values(listed: Listed, property_: str) -> list[str]:
    return [claim.value for claim in listed.claims if claim.property == property_]


def kinds(listed: Listed) -> list[MeasureKind]:
    return [Measure.read(text).kind for text in values(listed, "measure")]


def changed(*modifications: str, target: str = "9100") -> Listed:
    """Read a target of the example with other modifications."""
    text = EXAMPLE.decode()
    start = text.index("<modification", text.index(f'<target ssid="{target}"'))
    end = text.index("</target>", start)
    return read((text[:start] + "".join(modifications) + text[end:]).encode())[target]


def modification(kind: str, on: str = "") -> str:
    return f'<modification modification-type="{kind}" effective-date="{on}"/>'


@pytest.mark.data
def test_the_excerpt_of_the_whole_list_reads_to_its_three_targets(shared: Path) -> None:
    found = read((shared / "sanctions/switzerland/seco_whole_list_excerpt_2026-08-27.xml").read_bytes())
    assert list(found) == ["5142", "46130", "34461"]
    person, bank, vessel = found.values()
    assert values(person, "name") == ["Lukashenka Dzmitry Aliaksandravich"]
    assert values(person, "alias") == ["Lukashenko Dzmitry Aliaksandravich"]
    assert (values(person, "status"), values(person, "delistedOn")) == (["de-listed"], ["2016-03-01"])
    assert values(person, "measure") == values(person, "topics") == []
    assert kinds(bank) == [MeasureKind.SECURITIES, MeasureKind.LOANS]
    assert vessel.schema == "Vessel"
    assert [(claim.value, claim.detail) for claim in vessel.claims if claim.property == "imoNumber"] == [
        ("8405270", {"check_digit": "right"})
    ]
    assert kinds(vessel) == [MeasureKind.ASSET_FREEZE]


@pytest.mark.data
def test_the_places_that_were_trimmed_from_the_excerpt_are_missed(shared: Path) -> None:
    found = read((shared / "sanctions/switzerland/seco_whole_list_excerpt_2026-08-27.xml").read_bytes())
    assert [odd for one in found.values() for odd in one.oddities] == [
        Oddity("individual/identity/address/@place-id", "29492")
    ]


@pytest.mark.data
def test_the_official_amendment_reads_to_its_three_targets(shared: Path) -> None:
    raw = (shared / "sanctions/switzerland/seco_amendment_example_2024-01-17.xml").read_bytes()
    found = read(raw, "amendment")
    assert list(found) == ["64398", "64403", "64393"]
    assert [odd for one in found.values() for odd in one.oddities] == []
    assert kinds(found["64393"]) == [MeasureKind.ASSET_FREEZE, MeasureKind.NO_FUNDS, MeasureKind.TRAVEL_BAN]
    assert values(found["64403"], "birthDate") == ["2000-01-01"]
    assert SOURCE.format("amendment").standing is Standing.PARTIAL


def test_an_amendment_never_passes_for_the_whole_list() -> None:
    amendment = EXAMPLE.replace(b"whole-list", b"amendment")
    with pytest.raises(NotThisList, match="amendment"):
        read(amendment)
    with pytest.raises(NotThisList, match="whole-list"):
        read(EXAMPLE, "amendment")
    assert SOURCE.format("xml").recognise("list.xml", amendment[:4096]) is None


def test_the_newest_modification_decides_whatever_the_order() -> None:
    listed, delisted = modification("listed", "2030-06-16"), modification("de-listed", "2031-03-02")
    for order in ((listed, delisted), (delisted, listed)):
        target = changed(*order)
        assert (values(target, "listedOn"), values(target, "delistedOn")) == (["2030-06-16"], ["2031-03-02"])
        assert values(target, "topics") == []


def test_a_target_that_was_listed_again_is_in_force_since_then() -> None:
    target = changed(
        modification("listed", "2031-09-01"),
        modification("de-listed", "2031-03-02"),
        modification("listed", "2030-06-16"),
    )
    assert values(target, "listedOn") == ["2031-09-01"]
    assert values(target, "delistedOn") == values(target, "status") == []
    assert kinds(target) == [MeasureKind.ASSET_FREEZE, MeasureKind.NO_FUNDS]


def test_without_dates_the_top_of_the_file_is_the_newest() -> None:
    assert values(changed(modification("de-listed"), modification("listed")), "status") == ["de-listed"]
    assert values(changed(modification("listed"), modification("de-listed")), "status") == []


def test_a_travel_ban_touches_persons_only() -> None:
    text = EXAMPLE.decode().replace(
        '<target ssid="9100"><sanctions-set-id>901', '<target ssid="9100"><sanctions-set-id>902'
    )
    company = read(text.replace("de-listed", "amended").encode())["9100"]
    assert kinds(company) == []


def test_an_unknown_title_makes_the_edition_wait() -> None:
    odd = [one.oddities for one in read(EXAMPLE.replace(b"Travel ban", b"Interstellar ban")).values()]
    assert odd[0] == (Oddity("sanctions-set", "Interstellar ban, annex 1"),)


def test_a_set_that_the_file_does_not_hold_makes_the_edition_wait() -> None:
    found = read(EXAMPLE.replace(b"<sanctions-set-id>903", b"<sanctions-set-id>999"))["9200"]
    assert found.oddities == (Oddity("sanctions-set-id", "999"),)
    assert values(found, "programme") == ["set 999"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Financial sanctions, annex 2", {MeasureKind.ASSET_FREEZE, MeasureKind.NO_FUNDS}),
        (
            "Art. 2 (Freezing of assets), Art. 3 (Entry and transit)",
            {MeasureKind.ASSET_FREEZE, MeasureKind.NO_FUNDS, MeasureKind.TRAVEL_BAN},
        ),
        (
            "article 12 -- Restrictions on named individuals and entities",
            {MeasureKind.ASSET_FREEZE, MeasureKind.NO_FUNDS},
        ),
        ("Finanzsanktionen, Anhang 2", {MeasureKind.ASSET_FREEZE, MeasureKind.NO_FUNDS}),
        ("Sanctions de voyage, annexe 1", {MeasureKind.TRAVEL_BAN}),
        ("Sanzioni finanziarie, allegato 2", {MeasureKind.ASSET_FREEZE, MeasureKind.NO_FUNDS}),
        ("Restrictions on the money and capital market", {MeasureKind.SECURITIES, MeasureKind.LOANS}),
        ("Vessel-related measures", {MeasureKind.OTHER}),
        ("Something else", set()),
    ],
)
def test_titles_tell_what_is_forbidden(title: str, expected: set[MeasureKind]) -> None:
    assert {measure.kind for measure in ch_law.measures("Ordinance X", title, is_person=True)} == expected
    assert ch_law.is_known(title) == bool(expected)


def test_bounds_come_from_the_ordinance_that_has_them() -> None:
    found = ch_law.measures(
        "Ordinance of 16 March 2022 on measures against Belarus", "money and capital market", is_person=False
    )
    assert [measure.parameters for measure in found] == [{"maturity_days_max": "90"}] * 2
    other = ch_law.measures("Ordinance on Quamaria", "money and capital market", is_person=False)
    assert [measure.parameters for measure in other] == [{}, {}]


def part(order: int, value: str, *variants: str, script: str = "LATN", lang: str = "RUS") -> Part:
    return Part(order, "other", value, tuple(Variant(lang, script, text) for text in variants))


def test_whole_names_are_built_from_the_variants_of_one_script() -> None:
    names = [part(1, "Denoshka", "Denochka", "Denoschka"), part(2, "Ilvar")]
    assert list(spelt(names, "RUS", "LATN")) == ["Denochka Ilvar", "Denoschka Ilvar"]


def test_a_name_in_another_script_is_never_mixed_with_latin_letters() -> None:
    names = [part(1, "Denoshka", "Деношка", script="CYRL"), part(2, "Ilvar")]
    assert list(spelt(names, "RUS", "CYRL")) == ["Деношка"]


def test_many_variants_are_tried_once_each() -> None:
    names = [part(place, f"n{place}", *(f"n{place}v{number}" for number in range(5))) for place in range(3)]
    built = list(spelt(names, "RUS", "LATN"))
    assert len(built) == 15 < 5**3
    assert VARIANTS_MAX < 5**3
    assert all(any(f"n{place}v{number}" in name for name in built) for place in range(3) for number in range(5))


@pytest.mark.parametrize(
    ("text", "property_", "value"),
    [
        ("IMO Number: 1234567", "imoNumber", "1234567"),
        ("IMO: 1234567.", "imoNumber", "1234567"),
        ("State registration number: 104 55 20", "registrationNumber", "104 55 20"),
        ("IMO Number: 1234567, renamed in 2031", "notes", "IMO Number: 1234567, renamed in 2031"),
    ],
)
def test_a_fact_is_taken_from_free_text_only_if_it_says_nothing_else(text: str, property_: str, value: str) -> None:
    assert values(read(EXAMPLE.replace(b"IMO Number: 1234567", text.encode()))["9200"], property_) == [value]


def test_a_date_in_another_calendar_is_a_note() -> None:
    person = read(EXAMPLE.replace(b'calendar="Gregorian"', b'calendar="Islamic"'))["9001"]
    assert values(person, "birthDate") == []
    assert "date: 1980-3 Islamic" in values(person, "notes")


def test_what_another_identity_says_is_marked() -> None:
    more = b'<identity ssid="1" main="false"><name name-type="primary-name" quality="good"><name-part order="1" name-part-type='
    more += (
        b'"whole-name"><value>Oro Vasht</value></name-part></name><day-month-year year="1979"/></identity></individual>'
    )
    person = read(EXAMPLE.replace(b"</individual>", more))["9001"]
    assert values(person, "name") == ["Denoshka Ilvar"]
    assert "Oro Vasht" in values(person, "alias")
    assert [claim.detail for claim in person.claims if claim.value == "1979"] == [{"identity": "another identity"}]
