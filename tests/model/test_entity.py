"""Entities: gathered from claims, and taken to FollowTheMoney with nothing lost."""

from __future__ import annotations

import pytest
from followthemoney import model as followthemoney
from followthemoney.types import registry
from hypothesis import given
from hypothesis import strategies as st

from comity.model import ftm
from comity.model.claim import Claim
from comity.model.entity import COUNTRY_PROPERTIES, DATE_PROPERTIES, NAME_PROPERTIES, OWN_PROPERTIES, Entity


def person(**properties: str) -> Entity:
    return Entity.of("e-1", "Person", [Claim(property=name, value=value) for name, value in properties.items()])


def exported(entity: Entity) -> dict[str, list[str]]:
    properties = entity.ftm()["properties"]
    assert isinstance(properties, dict)
    return properties


def test_claims_about_a_designation_are_no_properties() -> None:
    entity = Entity.of(
        "e-1", "Person", [Claim(property="name", value="Oro"), Claim(property="reason", value="x", about="QM")]
    )
    assert entity == Entity(id="e-1", schema="Person", caption="Oro", properties={"name": ("Oro",)})


def test_equal_values_stand_once_in_the_order_of_the_list() -> None:
    claims = [Claim(property="alias", value=value, lang=lang) for value, lang in (("B", ""), ("A", ""), ("B", "fra"))]
    assert Entity.of("e-1", "Person", claims).properties == {"alias": ("B", "A")}


@pytest.mark.parametrize(
    ("properties", "caption"),
    [
        ({"weakAlias": "The Pilot", "name": "Oro"}, "Oro"),
        ({"weakAlias": "The Pilot"}, "The Pilot"),
        ({"publicKey": "1Bv"}, "1Bv"),
        ({"country": "no"}, "e-1"),
    ],
)
def test_the_caption_is_the_strongest_name_there_is(properties: dict[str, str], caption: str) -> None:
    assert person(**properties).caption == caption


def test_a_span_of_dates_becomes_its_two_ends() -> None:
    assert exported(person(birthDate="1969/1972~"))["birthDate"] == ["1969", "1972"]
    assert exported(person(birthDate="1971-03"))["birthDate"] == ["1971-03"]


@pytest.mark.parametrize("name", sorted(OWN_PROPERTIES))
def test_our_own_properties_become_notes(name: str) -> None:
    assert exported(person(**{name: "QMi.001"})) == {"notes": [f"{name}: QMi.001"]}


def test_a_country_that_does_not_exist_becomes_a_note() -> None:
    assert exported(person(nationality="qo")) == {"notes": ["nationality: qo"]}
    assert exported(person(nationality="no")) == {"nationality": ["no"]}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("phone", "47 55 00"),
        ("email", "quay at veltrona"),
        ("website", "veltrona"),
        ("gender", "unknown"),
        ("address", "x" * 251),
        ("passportNumber", "9" * 65),
        ("name", "n" * 385),
        ("height", "six feet"),
    ],
)
def test_what_followthemoney_refuses_becomes_a_note(name: str, value: str) -> None:
    assert exported(person(**{name: value})) == {"notes": [f"{name}: {value}"]}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("phone", "+4755001122"),
        ("email", "quay@veltrona.example"),
        ("website", "https://veltrona.example/quay?x=1"),
        ("gender", "female"),
        ("height", "1.85 m"),
    ],
)
def test_what_followthemoney_takes_stays_in_its_place(name: str, value: str) -> None:
    assert exported(person(**{name: value})) == {name: [value]}


def test_a_text_beyond_all_bounds_is_cut_into_notes_and_none_of_it_lost() -> None:
    text = "".join(f"{number:06}" for number in range(25_000))
    notes = exported(person(notes=text))["notes"]
    assert "".join(notes) == text
    assert all(len(note) <= 65_000 for note in notes)


def test_a_link_keeps_in_its_description_what_a_thing_keeps_in_its_notes() -> None:
    link = Entity.of("e-1", "Ownership", [Claim(property="percentage", value="9" * 2_000)])
    assert exported(link) == {"description": [f"percentage: {'9' * 2_000}"]}


@given(st.sampled_from(sorted(ftm.THINGS & {"Person", "Company", "Vessel", "CryptoWallet", "Address"})), st.data())
def test_whatever_a_list_says_validates(schema: str, data: st.DataObject) -> None:
    known = followthemoney.get(schema)
    assert known is not None
    settable = sorted(
        name
        for name, one in known.properties.items()
        if not one.stub
        and one.type.name in {"name", "identifier", "string", "text", "address", "number", "url", "email", "gender"}
    )
    printable = st.text(
        st.characters(min_codepoint=33, max_codepoint=1_000, exclude_categories=("C", "Z")), min_size=1, max_size=400
    )
    properties = data.draw(st.dictionaries(st.sampled_from(settable + sorted(OWN_PROPERTIES)), printable, max_size=4))
    entity = Entity.of("e-1", schema, [Claim(property=name, value=value) for name, value in properties.items()])
    assert all(name in known.properties for name in exported(entity))
    known.validate(entity.ftm())  # type: ignore[arg-type]
    everything = " ".join(value for values in exported(entity).values() for value in values)
    assert all(value in everything for value in properties.values())


def properties_of(type_: str) -> set[str]:
    return {
        one.name
        for schema in followthemoney.schemata.values()
        for one in schema.properties.values()
        if one.type.name == type_ and not one.stub
    }


def test_our_tables_are_those_of_the_real_model() -> None:
    assert properties_of("identifier") == ftm.IDENTIFIERS
    assert {*NAME_PROPERTIES} <= properties_of("name")
    assert properties_of("name") >= ftm.NAMES
    assert properties_of("address") >= ftm.ADDRESSES
    assert properties_of("text") >= ftm.TEXTS
    assert properties_of("number") >= ftm.NUMBERS
    assert properties_of("url") >= ftm.URLS
    assert {*COUNTRY_PROPERTIES} <= properties_of("country")
    assert DATE_PROPERTIES - {"pastFlagsDate"} <= properties_of("date")


def test_our_limits_are_within_those_of_the_real_model() -> None:
    for names, type_ in ((ftm.NAMES, registry.name), (ftm.ADDRESSES, registry.address), (ftm.TEXTS, registry.text)):
        assert {ftm.chars_max(name) for name in names} == {type_.max_length}
    assert {ftm.chars_max(name) for name in ftm.IDENTIFIERS} == {registry.identifier.max_length}
    assert {ftm.chars_max(name) for name in ftm.NUMBERS} == {registry.number.max_length}
    assert {ftm.chars_max(name) for name in ftm.URLS} == {registry.url.max_length}
    assert registry.string.max_length == ftm.STRING_CHARS_MAX


def test_things_have_notes_and_links_a_description() -> None:
    for schema in followthemoney.schemata.values():
        if not schema.abstract:
            note = ftm.note_property(schema.name)
            assert (note in schema.properties) if note else schema.name in {"Mention", "Page", "Similar"}


def test_no_property_is_both_ours_and_followthemoneys_on_a_thing() -> None:
    for schema in followthemoney.schemata.values():
        if schema.name in ftm.THINGS:
            assert set(schema.properties) & OWN_PROPERTIES == set()
    assert registry.text.max_length == ftm.chars_max("notes")
