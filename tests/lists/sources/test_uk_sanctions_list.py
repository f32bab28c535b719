"""The UK Sanctions List: the official XML and its transcription, read by one reader."""

from __future__ import annotations

import gzip
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from comity.catalogue.dialects import uk_law
from comity.catalogue.sources.uk_sanctions_list import EXAMPLE_XML, SOURCE
from comity.lists.model import FieldUnread, InMemory, Listed, Standing, ValueMalformed
from comity.model.measure import Measure, MeasureKind

RUSSIA = "The Russia (Sanctions) (EU Exit) Regulations 2019"


def read(format_: str, raw: bytes) -> dict[str, Listed]:
    name = SOURCE.format(format_).files[0].name
    return {one.reference: one for one in SOURCE.format(format_).read({name: InMemory(name, raw)})}


def values(listed: Listed, property_: str) -> list[str]:
    return [claim.value for claim in listed.claims if claim.property == property_]


def measures(listed: Listed) -> dict[MeasureKind, Measure]:
    return {measure.kind: measure for measure in map(Measure.read, values(listed, "measure"))}


def changed(before: str, after: str) -> dict[str, Listed]:
    text = EXAMPLE_XML.decode()
    assert before in text
    return read("xml", text.replace(before, after).encode())


@pytest.fixture(scope="module")
def transcribed(shared: Path) -> dict[str, Listed]:
    raw = (shared / "sanctions/uk/uk_sanctions_list_2026-02-23.jsonl.gz").read_bytes()
    return read("jsonl", gzip.decompress(raw))


@pytest.mark.data
def test_the_transcription_reads_to_every_designation(transcribed: dict[str, Listed]) -> None:
    assert len(transcribed) == 5_738
    assert Counter(one.schema for one in transcribed.values()) == {
        "Person": 3_868,
        "Organization": 1_288,
        "Vessel": 582,
    }
    assert [odd for one in transcribed.values() for odd in one.oddities] == []
    assert all(values(one, "measure") for one in transcribed.values())
    assert SOURCE.format("jsonl").standing is Standing.TRANSCRIBED


@pytest.mark.data
def test_a_designation_by_two_authorities_says_so(transcribed: dict[str, Listed]) -> None:
    company = transcribed["INU0257"]
    assert values(company, "authority") == ["United Kingdom; United Nations Security Council"]
    assert values(company, "unscId") == ["IRe.059"]
    assert values(company, "ofsiGroupId") == ["16142"]
    assert values(company, "alias") == ["SAD Export Import Company"]
    assert values(company, "listedOn") == ["2023-10-18"]
    assert set(measures(company)) == {MeasureKind.ASSET_FREEZE, MeasureKind.DIRECTOR_DISQUALIFICATION}


@pytest.mark.data
def test_a_sanction_added_later_binds_from_the_day_that_the_notes_give(transcribed: dict[str, Listed]) -> None:
    found = measures(transcribed["RUS0479"])
    assert found[MeasureKind.ASSET_FREEZE].since is None
    assert found[MeasureKind.ASSET_FREEZE].article.startswith(f"{RUSSIA}, regs. 11 to 15; ")
    assert found[MeasureKind.TRAVEL_BAN].article.startswith(f"{RUSSIA}, reg. 20; ")
    assert found[MeasureKind.TRUST_SERVICES].since == date(2023, 3, 21)
    assert found[MeasureKind.DIRECTOR_DISQUALIFICATION].since == date(2025, 4, 9)


@pytest.mark.data
def test_a_ship_is_barred_and_not_frozen(transcribed: dict[str, Listed]) -> None:
    assert set(measures(transcribed["DPR0076"])) == {MeasureKind.VESSEL_DEFLAG, MeasureKind.VESSEL_PORT_ENTRY}


@pytest.mark.data
def test_every_kind_of_name_is_kept(transcribed: dict[str, Listed]) -> None:
    person = transcribed["AFG0128"]
    assert values(person, "name") == ["ABDUL SATAR ABDUL MANAN"]
    assert values(person, "alias") == [
        "Abdulasattar", "Abdul Sattar Barakzai", "Satar Barakzai", "Abdul Satar", "عبد الستار عبد المنان",
    ]  # fmt: skip
    assert values(person, "country") == ["af", "pk"]


@pytest.mark.data
def test_wallets_that_the_notes_name_are_things_of_their_own(transcribed: dict[str, Listed]) -> None:
    wallets = {one.reference for one in transcribed["RUS1421"].linked}
    assert wallets == {
        "RUS1421/wallet/3Lpoy53K625zVeE47ZasiG5jGkAxJ27kh1",
        "RUS1421/wallet/3E6ZCKRrsdPc35chA9Eftp1h3DLW18NFNV",
        "RUS1421/wallet/0x7FF9cFad3877F21d41Da833E2F775dB0569eE3D9",
    }
    assert len(transcribed["CTD0004"].linked) == 8  # ten are named, two of them on two chains
    assert len(transcribed["GHR0174"].linked) == 4
    assert sum(len(one.linked) for one in transcribed.values()) == 3 + 8 + 4


@pytest.mark.data
def test_the_official_excerpt_reads_to_its_two_designations(shared: Path) -> None:
    raw = (shared / "sanctions/uk/uk_sanctions_list_xml_excerpt_2026-09-02.xml").read_bytes()
    found = read("xml", raw)
    assert sorted(found) == ["AFG0001", "AFG0006"]
    assert values(found["AFG0006"], "birthDate") == ["1945", "1946"]
    assert values(found["AFG0006"], "unscId") == ["TAi.002"]
    assert values(found["AFG0006"], "ofsiGroupId") == ["7172"]
    assert values(found["AFG0001"], "address")[0] == "Ansari Market, 2nd Floor, Nimroz Province, Afghanistan"
    assert [one.oddities for one in found.values()] == [(), ()]
    head = SOURCE.format("xml").head(InMemory("UK-Sanctions-List.xml", raw))
    assert head.published_at == datetime(2026, 9, 2, tzinfo=UTC)
    assert len(found) < SOURCE.expect.designations[0]


@pytest.mark.data
def test_both_formats_say_the_same_of_one_designation(shared: Path, transcribed: dict[str, Listed]) -> None:
    official = read("xml", (shared / "sanctions/uk/uk_sanctions_list_xml_excerpt_2026-09-02.xml").read_bytes())
    for reference, one in official.items():
        changes = {"amendedOn", "notes", "alias", "address", "country"}  # half a year lies between the two
        said = [claim for claim in one.claims if claim.part == "entry" and claim.property not in changes]
        assert [claim for claim in said if claim not in transcribed[reference].claims] == []
        assert len(said) > len(changes)


@pytest.mark.parametrize(
    ("written", "day"),
    [("dd/mm/1971", "1971"), ("00/03/1971", "1971-03"), ("14/03/1971", "1971-03-14"), ("14/mm/1971", "1971")],
)
def test_birth_dates_are_as_partial_as_the_list_says(written: str, day: str) -> None:
    assert values(changed("dd/mm/1971", written)["ZZR9001"], "birthDate") == [day]


def test_a_birth_date_of_no_known_form_is_kept_and_makes_the_edition_wait() -> None:
    person = changed("dd/mm/1971", "spring 1971")["ZZR9001"]
    assert values(person, "birthDate") == []
    assert "born: spring 1971" in values(person, "notes")
    assert [odd.value for odd in person.oddities] == ["spring 1971"]


def test_a_year_that_is_half_known_is_a_note_and_no_oddity() -> None:
    person = changed("dd/mm/1971", "15/08/19yy")["ZZR9001"]
    assert "born: 15/08/19yy" in values(person, "notes")
    assert person.oddities == ()


@pytest.mark.parametrize(
    ("before", "after", "field", "odd"),
    [
        ("Asset freeze|Trust", "Asset freeze|Banishment|Trust", "SanctionsImposed", "banishment"),
        ("<TravelBan>false", "<TravelBan>true", "SanctionsImposedIndicators/TravelBan", "true"),
        ("<TravelBan>false", "<TravelBan>perhaps", "SanctionsImposedIndicators/TravelBan", "perhaps"),
        ("<RegimeName>The Russia ", "<RegimeName>The Atlantis ", "RegimeName", ""),
        ("<Gender>Male", "<Gender>Knight", "IndividualDetails/Individual/Genders/Gender", "Knight"),
        ("<NameType>Alias", "<NameType>Sobriquet", "Names/Name/NameType", "sobriquet"),
        (">UK<", ">US<", "DesignationSource", "US"),
        (">Individual<", ">Robot<", "IndividualEntityShip", "Robot"),
    ],
)
def test_an_unknown_value_is_an_oddity_that_makes_the_edition_wait(
    before: str, after: str, field: str, odd: str
) -> None:
    oddities = changed(before, after)["ZZR9001"].oddities
    assert [one.field for one in oddities] == [field]
    assert odd in oddities[0].value


def test_a_number_that_looks_like_a_wallet_is_one_only_where_wallets_are_spoken_of() -> None:
    address = "0x52908400098527886E0F7030069857D2E4169EE7"
    other = f"<OtherInformation>Crypto wallet: {address}</OtherInformation><UKStatementofReasons>"
    (wallet,) = changed("<UKStatementofReasons>", other)["ZZR9001"].linked
    assert (wallet.reference, wallet.schema) == (f"ZZR9001/wallet/{address}", "CryptoWallet")
    unspoken = f"<OtherInformation>Cargo note: {address}</OtherInformation><UKStatementofReasons>"
    assert changed("<UKStatementofReasons>", unspoken)["ZZR9001"].linked == ()


def test_a_repeated_or_unreadable_field_is_refused() -> None:
    with pytest.raises(FieldUnread, match="UniqueID"):
        changed("<UniqueID>ZZR9001</UniqueID>", "<UniqueID>ZZR9001</UniqueID><UniqueID>ZZR9003</UniqueID>")
    with pytest.raises(ValueMalformed, match="DateDesignated"):
        changed("14/02/2030", "02/14/2030")


def test_every_sanction_of_the_table_forbids_something_and_is_cited() -> None:
    for name in uk_law.SANCTIONS:
        found = uk_law.measures(name, RUSSIA, {})
        assert found
        assert all(measure.prohibits and measure.binds == uk_law.BINDS for measure in found)
        assert all(measure.article.startswith(RUSSIA) and "; " in measure.article for measure in found)


def test_provisions_are_of_regimes_and_sanctions_that_are_known() -> None:
    assert set(uk_law.PROVISIONS) <= set(uk_law.REGIMES.values())
    assert {name for table in uk_law.PROVISIONS.values() for name in table} <= set(uk_law.SANCTIONS)
