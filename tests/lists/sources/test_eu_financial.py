"""The EU list: both layouts, the real excerpts, and what a spreadsheet does to a table."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from comity.catalogue.dialects import eu_fsf, eu_fsf_table
from comity.catalogue.dialects.eu_regimes import REGIMES
from comity.catalogue.sources.eu_financial import EXAMPLE_CSV, EXAMPLE_XML, SOURCE
from comity.lists.model import EditionUnreadable, InMemory, Listed, NotThisList, Standing
from comity.model.dates import PartialDate
from comity.model.measure import Measure, MeasureKind

XML, CSV = "xmlFullSanctionsList_1_1.xml", "csvFullSanctionsList_1_1.csv"


def read(format_: str, raw: bytes) -> dict[str, Listed]:
    name = SOURCE.format(format_).files[0].name
    return {one.reference: one for one in SOURCE.format(format_).read({name: InMemory(name, raw)})}


def values(listed: Listed, property_: str) -> list[str]:
    return [claim.value for claim in listed.claims if claim.property == property_]


def one_person(changed: str, to: str) -> Listed:
    text = EXAMPLE_XML.decode()
    assert changed in text
    return read("xml", text.replace(changed, to).encode())["9900001"]


@pytest.mark.data
def test_the_xml_excerpt_reads_to_its_two_entities(shared: Path) -> None:
    found = read("xml", (shared / "sanctions/eu/eu_fsf_1.1_excerpt_2018-12-21.xml").read_bytes())
    assert sorted(found) == ["1", "207"]
    assert [one.oddities for one in found.values()] == [(), ()]
    assert values(found["1"], "euReference") == ["EU.36.64"]
    assert values(found["1"], "birthDate") == ["1924-02-21"]
    assert values(found["1"], "passportNumber") == ["AD001095"]
    assert values(found["1"], "programme") == ["ZWE"]
    assert found["207"].schema == "Organization"
    assert len(values(found["207"], "alias")) == 4
    assert [claim.lang for claim in found["207"].claims if claim.property == "alias"] == ["", "bul", "deu", ""]


@pytest.mark.data
def test_the_spreadsheets_table_is_unwrapped_and_reads_to_its_entities(shared: Path) -> None:
    raw = gzip.decompress((shared / "sanctions/eu/eu_fsf_csv_2018-07-04_first1000.csv.gz").read_bytes())
    found = read("csv_1_0", raw)
    assert len(found) == 93
    assert sum(one.raw.count("\n") + 1 for one in found.values()) == 999
    assert [odd for one in found.values() for odd in one.oddities] == []
    assert "al-Awja, near Tikrit, IRQ" in values(found["13"], "birthPlace")  # its comma had become a tab
    assert values(found["13"], "nationality") == ["iq"]
    assert values(found["43"], "position")[1] == "Former Governor of Karbala and An Najaf;"  # a semicolon within quotes
    assert {one for listed in found.values() for one in values(listed, "programme")} == {"IRQ", "TAQA", "TERR", "ZWE"}


@pytest.mark.data
def test_no_excerpt_can_pass_for_an_edition(shared: Path) -> None:
    fewest, _ = SOURCE.expect.designations
    assert fewest > 999
    assert {one.id for one in SOURCE.formats if one.standing is Standing.OFFICIAL} == {"xml", "csv"}


@pytest.mark.data
def test_the_third_partys_names_are_read_and_never_loaded(shared: Path) -> None:
    raw = gzip.decompress((shared / "sanctions/eu/eu_fsf_names_2025-05.csv.gz").read_bytes())
    name = SOURCE.format("names").files[0].name
    assert len(list(SOURCE.format("names").read({name: InMemory(name, raw)}))) == 5316
    assert SOURCE.format("names").standing is Standing.DERIVED


def test_the_name_to_show_is_latin_and_ungraded_wherever_it_stands() -> None:
    person = read("xml", EXAMPLE_XML)["9900001"]
    assert values(person, "name") == ["Ilvar Denoshka"]
    assert values(person, "weakAlias") == ["The Pilot"]


@pytest.mark.parametrize(
    ("remark", "kind"),
    [
        ("Low quality alias", "weakAlias"),
        ("(lo quality a.k.a.)", "weakAlias"),
        ("Formerly known as", "previousName"),
        ("Maiden name: Orvela", "previousName"),
        ("Good quality a.k.a.", "alias"),
    ],
)
def test_a_remark_grades_a_name_only_by_its_beginning(remark: str, kind: str) -> None:
    assert values(one_person("Low quality alias", remark), kind)[-1] == "The Pilot"


def test_a_sentence_about_somebody_else_grades_no_name() -> None:
    person = one_person("Low quality alias", "99 % owned by a fund, formerly known as the Charity Fund")
    assert values(person, "weakAlias") == values(person, "previousName") == []


def test_a_name_that_is_not_strong_is_weak() -> None:
    person = one_person('strong="true"\n regulationLanguage="en" logicalId="10"', 'strong="false" logicalId="10"')
    assert "The Pilot" in values(person, "weakAlias")


@pytest.mark.parametrize(
    ("parts", "days"),
    [
        (("1969", "", "", "", ""), "1969"),
        (("1969", "3", "", "", ""), "1969-03"),
        (("1969", "3", "14", "", ""), "1969-03-14"),
        (("", "", "", "1969", "1972"), "1969/1972"),
    ],
)
def test_birth_dates_are_as_partial_as_the_list_says(parts: tuple[str, ...], days: str) -> None:
    assert eu_fsf.day_of(*parts) == PartialDate.parse(days)


@pytest.mark.parametrize(
    "parts", [("", "", "", "", ""), ("1969", "", "14", "", ""), ("", "", "", "1969", ""), ("1969", "13", "", "", "")]
)
def test_parts_that_mean_no_day_give_none(parts: tuple[str, ...]) -> None:
    assert eu_fsf.day_of(*parts) is None


def test_a_date_in_another_calendar_is_a_note_and_never_a_gregorian_year() -> None:
    person = one_person(
        'calendarType="GREGORIAN" city="Port Ostrava" zipCode="" yearRangeFrom="1969" yearRangeTo="1972"',
        'calendarType="ISLAMIC" year="1343"',
    )
    assert values(person, "birthDate") == []
    assert "born 1343 (Islamic calendar)" in values(person, "notes")


@pytest.mark.parametrize(
    ("changed", "to", "field"),
    [
        ('programme="BLR"', 'programme="XYZ"', "regulation/@programme"),
        ('nameLanguage="RU"', 'nameLanguage="XX"', "nameAlias/@nameLanguage"),
        (
            'identificationTypeCode="passport"',
            'identificationTypeCode="amulet"',
            "identification/@identificationTypeCode",
        ),
        (
            'regulationType="amendment" organisationType',
            'regulationType="surprise" organisationType',
            "regulation/@regulationType",
        ),
        ('code="person"', 'code="ghost"', "subjectType/@code"),
    ],
)
def test_an_unknown_value_is_an_oddity_that_makes_the_edition_wait(changed: str, to: str, field: str) -> None:
    assert [odd.field for odd in one_person(changed, to).oddities] == [field]


def test_every_programme_freezes_and_forbids_with_a_citation() -> None:
    for framework, measures in REGIMES.values():
        assert [measure.kind for measure in measures] == [MeasureKind.ASSET_FREEZE, MeasureKind.NO_FUNDS]
        assert all(measure.article.startswith(framework) and measure.binds for measure in measures)


def test_measures_of_the_file_say_which_regulation_forbids() -> None:
    person = read("csv", EXAMPLE_CSV)["9900001"]
    assert {Measure.read(text).article for text in values(person, "measure")} == {
        "Regulation (EC) No 765/2006 (Belarus), Art. 2(1)",
        "Regulation (EC) No 765/2006 (Belarus), Art. 2(2)",
    }


def test_the_table_has_the_columns_of_layout_1_1() -> None:
    assert len(eu_fsf_table.COLUMNS) == len(set(eu_fsf_table.COLUMNS))
    assert eu_fsf_table.COLUMNS[:3] == ("fileGenerationDate", "Entity_LogicalId", "Entity_EU_ReferenceNumber")
    assert eu_fsf_table.COLUMNS[-1] == "Citizenship_Regulation_PublicationUrl"


BASE = {
    "fileGenerationDate": "2031-12-21",
    "Entity_LogicalId": "7",
    "Entity_SubjectType": "E",
    "Entity_SubjectType_ClassificationCode": "enterprise",
    "Entity_Regulation_NumberTitle": "1/2031",
    "Entity_Regulation_Programme": "SYR",
}
ADDRESS = {"Address_LogicalId": "1", "Address_City": "Skaldvik", "Address_AsAtListingTime": "false"}


def test_contacts_of_the_table_are_told_apart() -> None:
    raw = eu_fsf_table.write(
        BASE | ADDRESS | {"Address_ContactInfo": r"PHONE[47 55 00]\nFAX[47 55 01]\nEMAIL[quay@veltrona.example]"}
    )
    company = read("csv", raw)["7"]
    assert values(company, "phone") == ["47 55 00"]
    assert values(company, "email") == ["quay@veltrona.example"]
    assert "fax: 47 55 01" in values(company, "notes")
    assert company.oddities == ()


def test_a_contact_written_otherwise_makes_the_edition_wait() -> None:
    raw = eu_fsf_table.write(BASE | ADDRESS | {"Address_ContactInfo": "TELEX 4455"})
    assert [odd.value for odd in read("csv", raw)["7"].oddities] == ["TELEX 4455"]


def test_remarks_of_the_table_are_the_remarks_of_the_xml() -> None:
    raw = eu_fsf_table.write(BASE | {"Entity_Remark": r"((a) Founded in 2003, (b) see below)\n(Second, of\ntwo lines)"})
    assert values(read("csv", raw)["7"], "notes") == ["(a) Founded in 2003, (b) see below", "Second, of\ntwo lines"]


def test_an_entity_under_two_programmes_has_two_designations() -> None:
    raw = eu_fsf_table.write(
        BASE, BASE | {"Entity_Regulation_Programme": "BLR", "Entity_Regulation_NumberTitle": "2/2031"}
    )
    assert values(read("csv", raw)["7"], "programme") == ["SYR", "BLR"]


def test_rows_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(EditionUnreadable, match="contradict"):
        read(
            "csv",
            eu_fsf_table.write(
                BASE, BASE | {"Entity_DesignationDate": "2031-01-01"}, BASE | {"Entity_DesignationDate": "2031-01-02"}
            ),
        )


def test_rows_of_an_entity_that_are_scattered_are_refused() -> None:
    with pytest.raises(EditionUnreadable, match="scattered"):
        read("csv", eu_fsf_table.write(BASE, BASE | {"Entity_LogicalId": "8"}, BASE))


def test_the_old_layout_with_another_header_is_refused() -> None:
    with pytest.raises(NotThisList):
        read("csv_1_0", b"Date_file;Entity_logical_id;Surprise\n1;2;3\n")
