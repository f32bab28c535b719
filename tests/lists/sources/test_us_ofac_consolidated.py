"""The consolidated list: three forms of one list, and what each directive forbids, checked against the enhanced file itself."""

from __future__ import annotations

import gzip
from collections import Counter
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from comity.catalogue.dialects.ofac_directives import DIRECTIVES
from comity.catalogue.sources.us_ofac_consolidated import CSV, EXAMPLE_XML, SOURCE
from comity.lists.model import InMemory, Listed
from comity.model.measure import Measure, MeasureKind

FILES = {
    "enhanced_xml": ("CONS_ENHANCED_2025-01-14.xml.gz", 443),
    "xml": ("consolidated_2025-03-28.xml.gz", 443),
    "csv": ("consolidated_2025-12", 442),
}
"""The three shared editions, with the number of entries that the data's own notes count in them."""
COMMON = {"entry", "aliases", "addresses", "remarks"}
NAMESPACE = "{https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML}"
Kind = MeasureKind


@cache
def edition(shared: Path, format_: str) -> dict[str, Listed]:
    folder, (path, _) = shared / "sanctions/ofac", FILES[format_]
    names = CSV if format_ == "csv" else (SOURCE.format(format_).files[0].name,)
    paths = [folder / path / f"{name}.gz" for name in names] if format_ == "csv" else [folder / path]
    opened = {name: InMemory(name, gzip.decompress(one.read_bytes())) for name, one in zip(names, paths, strict=True)}
    return {one.reference: one for one in SOURCE.format(format_).read(opened)}


def measures(listed: Listed, programme: str = "") -> list[Measure]:
    claims = [claim for claim in listed.claims if claim.property == "measure" and programme in {"", claim.about}]
    return [Measure.read(claim.value) for claim in claims]


def values(listed: Listed, property_: str, about: str = "") -> list[str]:
    return [claim.value for claim in listed.claims if claim.property == property_ and claim.about == about]


def said(listed: Listed) -> set[tuple[str, ...]]:
    return {
        (one.about, one.property, one.value, one.original, repr(sorted(one.detail.items())))
        for one in listed.claims
        if one.part in COMMON
    }


def differing(one: dict[str, Listed], other: dict[str, Listed]) -> set[str]:
    return {
        number
        for number in one.keys() & other.keys()
        if one[number].schema != other[number].schema or said(one[number]) != said(other[number])
    }


# --- three forms of one list


@pytest.mark.data
@pytest.mark.parametrize("format_", FILES)
def test_every_edition_reads_to_the_end_with_nothing_odd(shared: Path, format_: str) -> None:
    found = edition(shared, format_)
    assert len(found) == FILES[format_][1]
    assert [one.reference for one in found.values() if one.oddities or one.silent] == []


@pytest.mark.data
def test_the_files_say_when_they_were_published(shared: Path) -> None:
    heads = {}
    for format_ in ("enhanced_xml", "xml"):
        raw = gzip.decompress((shared / "sanctions/ofac" / FILES[format_][0]).read_bytes())
        heads[format_] = SOURCE.format(format_).head(InMemory("list.xml", raw))
    assert heads["enhanced_xml"].published_at == datetime(2025, 1, 10, tzinfo=UTC)
    assert heads["xml"].published_at == datetime(2025, 3, 28, tzinfo=UTC)
    assert heads["xml"].count == 443


@pytest.mark.data
def test_a_change_of_form_changes_only_what_the_publisher_changed(shared: Path) -> None:
    enhanced, older, csv = (edition(shared, format_) for format_ in FILES)
    assert enhanced.keys() == older.keys()
    # January to March 2025: a risk added, the country of one number gone, that of three added
    assert differing(enhanced, older) == {"9659", "17013", "18784"}
    # March to December 2025: Rosneft, Lukoil and their refineries became SDNs; Rosoboronexport lost its Syrian programme
    oil = {"17022", "17248", "18267", "18269", "18271", "18274", "18276", "18282", "18284", "18290", "18292"}
    assert differing(older, csv) == oil | {"18782"}
    assert older.keys() - csv.keys() == {"26182"}


@pytest.mark.data
def test_only_the_enhanced_form_knows_other_scripts_and_authorities(shared: Path) -> None:
    bank = edition(shared, "enhanced_xml")["31695"]
    assert [claim.value for claim in bank.claims if claim.part == "scripts" and claim.property == "name"] == [
        "ЦЕНТРАЛЬНЫЙ БАНК РОССИЙСКОЙ ФЕДЕРАЦИИ"
    ]
    assert "Executive Order 14024 (Russia)" in values(bank, "legalBasis", "RUSSIA-EO14024")
    assert "Non-SDN Menu-Based Sanctions List since 2022-02-22" in values(bank, "notes")
    parts = {claim.part for form in ("xml", "csv") for one in edition(shared, form).values() for claim in one.claims}
    assert parts == COMMON | {"text", "overflow"}


# --- what is forbidden


@pytest.mark.data
@pytest.mark.parametrize("format_", FILES)
def test_every_directive_in_the_file_arrives_as_a_measure(shared: Path, format_: str) -> None:
    """The enhanced file states each entry's types of sanction; the other two must lead to the same measures."""
    articles = {
        "13662 Sectoral Directive 1": "31 CFR 589.202(c)",
        "13662 Sectoral Directive 2": "31 CFR 589.203(b)",
        "13662 Sectoral Directive 3": "31 CFR 589.204",
        "13662 Sectoral Directive 4": "31 CFR 589.205(a)",
        "Executive Order 14024 Directive 1a": "E.O. 14024, Directive 1A",
        "Executive Order 14024 Directive 2": "E.O. 14024, Directive 2",
        "Executive Order 14024 Directive 3": "E.O. 14024, Directive 3",
        "Executive Order 14024 Directive 4": "E.O. 14024, Directive 4",
        "Executive Order 14014 Directive 1": "E.O. 14014, Directive 1",
    }
    root = etree.fromstring(gzip.decompress((shared / "sanctions/ofac" / FILES["enhanced_xml"][0]).read_bytes()))
    expected: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for entity in root.iter(f"{NAMESPACE}entity"):
        listed = edition(shared, format_).get(str(entity.get("id")))
        if listed is None:
            continue
        cited = {measure.article for measure in measures(listed)}
        for type_ in {str(one.text) for one in entity.iter(f"{NAMESPACE}sanctionsType")} & articles.keys():
            expected[type_] += 1
            found[type_] += articles[type_] in cited
    assert found == expected
    assert expected["13662 Sectoral Directive 1"] == 124


@pytest.mark.data
@pytest.mark.parametrize("format_", FILES)
def test_nobody_is_called_frozen_who_stands_on_no_list_of_the_frozen(shared: Path, format_: str) -> None:
    root = etree.fromstring(gzip.decompress((shared / "sanctions/ofac" / FILES["enhanced_xml"][0]).read_bytes()))
    on_sdn_list = {
        str(entity.get("id"))
        for entity in root.iter(f"{NAMESPACE}entity")
        if "SDN List" in {one.text for one in entity.iter(f"{NAMESPACE}sanctionsList")}
    }
    frozen = {
        number
        for number, one in edition(shared, format_).items()
        if Kind.ASSET_FREEZE in {measure.kind for measure in measures(one)}
    }
    became_sdn = {"17022", "17248", "18267", "18269", "18271", "18274", "18276", "18282", "18284", "18290", "18292"}
    assert frozen == on_sdn_list | (became_sdn if format_ == "csv" else set())


@pytest.mark.data
@pytest.mark.parametrize("format_", FILES)
def test_measures_that_a_person_read_in_the_file(shared: Path, format_: str) -> None:
    found = edition(shared, format_)
    gazprombank = measures(found["17016"], "RUSSIA-EO14024")
    assert {measure.kind for measure in gazprombank} == {Kind.ASSET_FREEZE, Kind.DEBT, Kind.EQUITY}
    (debt,) = [measure for measure in gazprombank if measure.kind is Kind.DEBT]
    assert debt.parameters == {"maturity_days_max": "14", "issued_since": "2022-03-26"}
    assert debt.since == date(2022, 3, 26)
    assert values(found["17016"], "listedOn", "RUSSIA-EO14024")[0] == "2022-02-24"

    central_bank = Counter(measure.kind for measure in measures(found["31695"]))
    assert central_bank == {Kind.BONDS: 2, Kind.LOANS: 1, Kind.TRANSACTIONS: 1}
    assert {measure.since for measure in measures(found["31695"])} == {
        date(2021, 6, 14), date(2022, 3, 1), date(2022, 2, 28),
    }  # fmt: skip

    (telecom,) = measures(found["30882"])
    assert (telecom.kind, telecom.since) == (Kind.SECURITIES, date(2021, 8, 2))
    assert telecom.parameters == {"divestment_until": "2022-06-03"}
    assert found["30882"].schema == "Company"
    assert len(values(found["30882"], "isinCode")) == 5

    (kunlun,) = measures(found["15268"])
    assert (kunlun.kind, kunlun.article) == (Kind.CORRESPONDENT_ACCOUNT, "31 CFR 561.201(c)")
    (oil_and_gas,) = measures(found["46072"])
    assert (oil_and_gas.kind, oil_and_gas.since) == (Kind.SERVICES, date(2023, 12, 15))
    (hamas_member,) = measures(found["9639"])
    assert (hamas_member.kind, hamas_member.binds) == (Kind.REJECT, "US financial institutions")
    martelly = {measure.kind for measure in measures(found["50476"])}
    assert martelly == {Kind.FOREIGN_EXCHANGE, Kind.LOANS, Kind.EQUITY, Kind.DEBT}
    arms_agency = {measure.article: measure.kind for measure in measures(found["27016"])}
    assert arms_agency == {
        "CAATSA, section 235(a)(1)": Kind.OTHER,
        "CAATSA, section 235(a)(2)": Kind.EXPORT,
        "CAATSA, section 235(a)(3)": Kind.LOANS,
        "CAATSA, section 235(a)(4)": Kind.LOANS,
        "CAATSA, section 235(a)(12)": Kind.OFFICERS,
    }


@pytest.mark.data
def test_an_evader_may_not_be_dealt_with_and_is_not_frozen(shared: Path) -> None:
    (evader,) = measures(edition(shared, "xml")["26182"])
    assert (evader.kind, evader.article) == (Kind.TRANSACTIONS, "E.O. 13608, section 1")


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("EO 13662 Directive 1", {("90", "2014-07-16"), ("30", "2014-09-12"), ("14", "2017-11-28")}),
        ("EO 13662 Directive 2", {("90", "2014-07-16"), ("60", "2017-11-28")}),
        ("EO 13662 Directive 3", {("30", "2014-09-12")}),
    ],
)
def test_maturities_go_by_the_date_of_issue(name: str, days: set[tuple[str, str]]) -> None:
    found = {
        (one.parameters["maturity_days_max"], one.parameters["issued_since"])
        for one in DIRECTIVES[name].measures
        if one.kind is Kind.DEBT
    }
    assert found == days


def read(raw: bytes) -> Listed:
    return next(SOURCE.format("xml").read({"consolidated.xml": InMemory("consolidated.xml", raw)}))


def test_without_the_mark_of_section_11_the_directive_is_all() -> None:
    raw = EXAMPLE_XML.replace(b"See Section 11 of Executive Order 14024.", b"Fictive Sanctions Regulations")
    kinds = {measure.kind for measure in measures(read(raw), "RUSSIA-EO14024")}
    assert kinds == {Kind.DEBT, Kind.EQUITY}


@pytest.mark.parametrize(
    ("word", "other"),
    [(b"Subject to Directive 3<", b"Subject to Directive 9<"), (b"EO 14024 Directive 3", b"EO 14024 Directive 9")],
)
def test_a_directive_that_the_tables_do_not_know_waits_for_a_person(word: bytes, other: bytes) -> None:
    assert read(EXAMPLE_XML.replace(word, other)).oddities


def test_a_sectoral_entry_that_names_no_directive_is_odd() -> None:
    raw = EXAMPLE_XML.replace(b"<program>RUSSIA-EO14024</program>", b"")
    for kind in (b"Executive Order 13662 Directive Determination -", b"Executive Order 14024 Directive Information"):
        raw = raw.replace(kind, b"Issuer Name")
    for event in (b"Listing", b"Effective"):
        raw = raw.replace(event + b" Date (EO 14024 Directive 3):", b"Issuer Name")
    listed = read(raw)
    assert [odd.field for odd in listed.oddities] == ["program"]
    assert measures(listed) == []
