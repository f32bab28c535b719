"""The Treasury's closed list: rows gathered by group, values numbered by hand, the law of the day."""

from __future__ import annotations

import gzip
import random
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.catalogue.dialects import numbered, ofsi_law, ofsi_prose, uk_law
from comity.catalogue.sources.uk_ofsi_conlist import EXAMPLE, EXAMPLE_2022, NAME, SOURCE
from comity.lists.model import Closed, EditionUnreadable, InMemory, Listed, NotThisList, ValueMalformed
from comity.model.measure import Measure, MeasureKind

FREEZE, PORT = MeasureKind.ASSET_FREEZE, MeasureKind.VESSEL_PORT_ENTRY


def read(format_: str, raw: bytes) -> dict[str, Listed]:
    return {one.reference: one for one in SOURCE.format(format_).read({NAME: InMemory(NAME, raw)})}


def values(listed: Listed, property_: str, about: str = "") -> list[str]:
    return [claim.value for claim in listed.claims if claim.property == property_ and claim.about == about]


def measures(listed: Listed, programme: str) -> list[Measure]:
    return [Measure.read(text) for text in values(listed, "measure", programme)]


def changed(before: str, after: str) -> dict[str, Listed]:
    text = EXAMPLE.decode("cp1252")
    assert before in text
    return read("csv", text.replace(before, after).encode("cp1252"))


@pytest.fixture(scope="module")
def raw_2018(shared: Path) -> bytes:
    return gzip.decompress((shared / "sanctions/uk/ofsi_conlist_2018-04-13.csv.gz").read_bytes())


@pytest.fixture(scope="module")
def of_2018(raw_2018: bytes) -> dict[str, Listed]:
    return read("csv", raw_2018)


# --- the real file


@pytest.mark.data
def test_the_file_of_2018_reads_to_its_groups(raw_2018: bytes, of_2018: dict[str, Listed]) -> None:
    assert len(of_2018) == 2_106
    assert Counter(one.schema for one in of_2018.values()) == {"Person": 1_426, "Organization": 680 - 25, "Vessel": 25}
    assert [odd for one in of_2018.values() for odd in one.oddities] == []
    head = SOURCE.format("csv").head(InMemory(NAME, raw_2018))
    assert head.published_at == datetime(2018, 4, 13, tzinfo=UTC)


@pytest.mark.data
def test_sixteen_rows_are_one_person(of_2018: dict[str, Listed]) -> None:
    person = of_2018["13349"]
    assert len(person.raw.splitlines()) == 16
    assert values(person, "name") == ["Nayef Salam Muhammad Ujaym AL-HABABI"]
    assert len(values(person, "alias")) == 7
    assert values(person, "birthDate") == ["1980", "1981"]
    assert values(person, "nationality") == ["sa", "qa"]
    assert values(person, "passportNumber") == ["592667"]
    assert values(person, "ofsiGroupId") == ["13349"]


@pytest.mark.data
def test_a_person_under_three_regimes_has_three_designations(of_2018: dict[str, Listed]) -> None:
    person = of_2018["10638"]
    listed_on = {
        "Iran (human rights)": "2011-04-14",
        "Iran (nuclear proliferation)": "2008-06-24",
        "Syria": "2011-06-24",
    }
    assert {name: values(person, "listedOn", name) for name in listed_on} == {
        name: [day] for name, day in listed_on.items()
    }
    assert [one.article for one in measures(person, "Syria")] == ["Regulation (EU) No 36/2012, art. 14"]


@pytest.mark.data
def test_old_references_of_the_united_nations_are_understood(of_2018: dict[str, Listed]) -> None:
    assert values(of_2018["13188"], "unscId") == ["QDe.146"]
    assert [claim.original for claim in of_2018["13188"].claims if claim.property == "unscId"] == ["QE.A.146.14"]


@pytest.mark.data
def test_a_misprinted_reference_of_the_united_nations_joins_nobody(of_2018: dict[str, Listed]) -> None:
    """The list prints Al-Qaida's own number beside one of its members, and one bank's beside five other companies."""
    assert values(of_2018["13349"], "unscId") == values(of_2018["13485"], "unscId") == []
    assert values(of_2018["13349"], "notes")[0].startswith("UN Ref QDe.004. Emir")
    references = [reference for one in of_2018.values() for reference in values(one, "unscId")]
    assert len(references) == len(set(references)) > 600


@pytest.mark.data
def test_ships_are_ships_and_not_all_are_frozen(of_2018: dict[str, Listed]) -> None:
    korea = "North Korea (Democratic People's Republic of Korea)"
    assert values(of_2018["13556"], "imoNumber") == ["8937675"]
    assert [one.kind for one in measures(of_2018["13556"], korea)] == [PORT]
    assert [one.kind for one in measures(of_2018["13648"], korea)] == [FREEZE, PORT]
    assert [one.kind for one in measures(of_2018["13660"], korea)] == [FREEZE]
    oil = measures(of_2018["13520"], "Libya")
    assert [one.kind for one in oil] == [MeasureKind.OTHER, PORT]
    assert [(one.since, one.until) for one in oil] == [(date(2017, 8, 2), date(2018, 4, 29))] * 2


@pytest.mark.data
def test_freezes_that_the_remarks_limit_are_limited(of_2018: dict[str, Listed]) -> None:
    (libyan,) = measures(of_2018["11666"], "Libya")
    assert libyan.object == "funds of entity as of 16 Sept 2011 held outside Libya on that date"
    iraqi = [one for listed in of_2018.values() for one in measures(listed, "Iraq") if one.exceptions]
    assert len(iraqi) == 157
    assert all("on or after 23 May 2003" in one.exceptions[0] for one in iraqi)


@pytest.mark.data
def test_the_order_and_the_repetition_of_rows_change_nothing(raw_2018: bytes, of_2018: dict[str, Listed]) -> None:
    first, header, *rows = raw_2018.splitlines(keepends=True)
    wanted = [row for row in rows if row.rstrip().endswith((b",13349", b",7877", b",10638", b",13188"))]
    shuffled = wanted + wanted[::3]
    random.Random(20180413).shuffle(shuffled)
    found = read("csv", b"".join([first, header, *shuffled]))
    assert sorted(found) == ["10638", "13188", "13349", "7877"]
    for group, one in found.items():
        assert one == of_2018[group]


def test_it_is_history() -> None:
    assert SOURCE.schedule == Closed(on=date(2026, 1, 28), successor="uk_sanctions_list")


# --- the law of the day


def test_before_the_exit_a_regime_is_a_regulation_of_the_union() -> None:
    (before,) = ofsi_law.measures("Syria", "1", "", date(2020, 12, 30))
    (after,) = ofsi_law.measures("Syria", "1", "", date(2021, 1, 4))
    assert before.article == "Regulation (EU) No 36/2012, art. 14"
    assert after.article.startswith("The Syria (Sanctions) (EU Exit) Regulations 2019; ")
    assert ofsi_law.measures("Atlantis", "1", "", date(2021, 1, 4)) == ()


def test_every_regime_of_either_time_freezes_with_a_citation() -> None:
    for names, day in ((ofsi_law.BEFORE_EXIT, date(2018, 1, 1)), (uk_law.REGIMES, date(2022, 1, 1))):
        for name in names:
            (freeze,) = ofsi_law.measures(name, "1", "", day)
            assert freeze.kind is FREEZE
            assert freeze.article
            assert freeze.binds


def test_an_unknown_value_is_an_oddity_that_makes_the_edition_wait() -> None:
    assert [odd.field for odd in changed(",Russia,", ",Atlantis,")["99001"].oddities] == ["Regime"]
    assert [odd.field for odd in changed(",AKA,", ",NOM DE GUERRE,")["99001"].oddities] == ["Alias Type"]
    assert [odd.field for odd in changed("Individual,AKA", "Robot,AKA")["99001"].oddities] == ["Group Type"]
    assert [odd.field for odd in changed("00/00/1972", "spring 1972")["99001"].oddities] == ["DOB"]
    added = EXAMPLE_2022.replace(b"Trust services. Date", b"Banishment. Date")
    assert [odd.value for odd in read("csv_2022", added)["99003"].oddities] == ["banishment"]


def test_a_reference_of_the_united_nations_is_of_one_group_and_of_its_kind() -> None:
    assert values(changed("Once of Skaldvik.", "Once of Skaldvik. UN Ref YEi.901.")["99001"], "unscId") == []
    assert values(changed("UN Ref YEi.901.", "UN Ref YEe.901.")["99001"], "unscId") == []
    assert values(changed("Once of Skaldvik.", "UN Ref YEe.902.")["99002"], "unscId") == ["YEe.902"]


def test_an_alias_of_an_unknown_type_is_still_found() -> None:
    assert "Uleg DRESNOV" in values(changed(",AKA,", ",NOM DE GUERRE,")["99001"], "alias")


@pytest.mark.parametrize(
    ("written", "codes", "note"),
    [
        ("Norwegian (as at Apr 2009)", ["no"], ""),
        ("Norwegian citizenship", ["no"], ""),
        ("Norway (citizenship revoked in 2015)", [], "nationality: Norway (citizenship revoked in 2015)"),
        ("Possibly Norwegian", [], "nationality: Possibly Norwegian"),
        ("Congolese", [], "nationality: Congolese"),
    ],
)
def test_a_nationality_is_said_only_where_it_is_plain_and_was_not_lost(
    written: str, codes: list[str], note: str
) -> None:
    person = changed("1) Norwegian 2) Yemeni", written)["99001"]
    assert values(person, "nationality") == codes
    assert [text for text in values(person, "notes") if text.startswith("nationality")] == ([note] if note else [])


def test_a_list_without_its_first_line_or_with_a_misprinted_day_is_refused() -> None:
    with pytest.raises(NotThisList, match="last updated"):
        changed("Last Updated,20/11/2031", "Report,2031")
    with pytest.raises(ValueMalformed, match="Listed On"):
        changed("14/02/2030", "30/02/2030")


def test_each_layout_refuses_the_other() -> None:
    with pytest.raises(EditionUnreadable):
        read("csv", EXAMPLE_2022)
    with pytest.raises(EditionUnreadable):
        read("csv_2022", EXAMPLE)


# --- values numbered by hand


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {}),
        ("Kabul", {0: "Kabul"}),
        ("1) Saudi Arabia 2) Qatar", {1: "Saudi Arabia", 2: "Qatar"}),
        ("(a) Jordanian (b) American", {1: "Jordanian", 2: "American"}),
        ("a) French, b) Tunisian", {1: "French", 2: "Tunisian"}),
        ("(1) Germany (b) Algeria", {1: "Germany", 2: "Algeria"}),
        ("A) One (b) Two (c) Three", {1: "One", 2: "Two", 3: "Three"}),
        ("(1) Skaldvik (2)-(6) -", {1: "Skaldvik"}),
        ("(1)-(2) Tunisia (3) Libya", {1: "Tunisia", 2: "Tunisia", 3: "Libya"}),
        ("(1) to (3) Algeria (4) Morocco", {1: "Algeria", 2: "Algeria", 3: "Algeria", 4: "Morocco"}),
        ("(1) (2) Egypt", {1: "Egypt", 2: "Egypt"}),
        ("(1) Only", {1: "Only"}),
        ("Minister (1) of this (2) of that", {0: "Minister (1) of this (2) of that"}),
        ("Article 7d(2)(i)", {0: "Article 7d(2)(i)"}),
        ("(2) second (3) third", {0: "(2) second (3) third"}),
    ],
)
def test_numbered_values_are_told_apart(text: str, found: dict[int, str]) -> None:
    assert numbered.pieces(text) == found


WORDS = st.text(alphabet="abcdefgh ", min_size=1).map(str.strip).filter(lambda text: text != "")


@given(st.lists(WORDS, min_size=1, max_size=9))
def test_what_is_numbered_in_order_comes_apart_as_it_was(texts: list[str]) -> None:
    plain = " ".join(f"({number}) {text}" for number, text in enumerate(texts, start=1))
    lettered = " ".join(f"{chr(96 + number)}) {text}" for number, text in enumerate(texts, start=1))
    assert list(numbered.pieces(plain).values()) == list(numbered.pieces(lettered).values()) == texts


# --- documents and references


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Passport No: 592667 (Qatari passport).", [("592667", "Qatari", "Qatari passport")]),
        ("G827238 (Tunisian). Issued in 1996", [("G827238", "Tunisian", "(Tunisian). Issued in 1996")]),
        ("D 000974 (Afghan)", [("D 000974", "Afghan", "Afghan")]),
        ("(1) 428720 (2) 215215", [("428720", "", ""), ("215215", "", "")]),
        ("Omani passport numbers (1) K8787 (2) 4862", [("K8787", "Omani", "Omani"), ("4862", "Omani", "Omani")]),
        ("Iraq number A4059346, issued on 29 May 2013", [("A4059346", "Iraq", "Iraq, issued on 29 May 2013")]),
        ("Reference 62. Passport no. 9632078", [("9632078", "", "Reference 62")]),
        ("Identity card 216040 (Yemeni)", [("216040", "Yemeni", "Identity card, Yemeni")]),
        ("(Egypt). Issued 1993", [("", "Egypt", "(Egypt). Issued 1993")]),
        ("Uganda Passport.", [("", "Uganda", "Uganda Passport.")]),
        ("2.81083E+11", [("", "", "2.81083E+11")]),
        ("No. 563310042", [("563310042", "", "")]),
        ("381320634 PS 563410163", [("381320634", "", "PS 563410163")]),
    ],
)  # fmt: skip
def test_a_number_is_told_from_the_prose_around_it(text: str, found: list[tuple[str, str, str]]) -> None:
    assert [tuple(one) for one in ofsi_prose.documents(text)] == found


def test_numbers_and_their_notes_in_columns_of_their_own_belong_together() -> None:
    assert [tuple(one) for one in ofsi_prose.documents("(1) 592667 (2) 592668", "(1) Qatari (2) Omani (3) Lost")] == [
        ("592667", "Qatari", "Qatari"),
        ("592668", "Omani", "Omani"),
        ("", "", "Lost"),
    ]
    assert ofsi_prose.documents("592667", "Qatari") == ofsi_prose.documents("592667 (Qatari)")


@pytest.mark.parametrize(
    ("text", "reference", "written"),
    [
        ("UN Ref QDe.004. Emir", "QDe.004", "QDe.004"),
        ("UN REF:QE.A.146.14. Also", "QDe.146", "QE.A.146.14"),
        ("UN Ref QI.A.12.01.", "QDi.012", "QI.A.12.01"),
        ("UN Ref Q.I.A.291.11.", "QDi.291", "Q.I.A.291.11"),
        ("UN Ref TI.H.38.01.", "TAi.038", "TI.H.38.01"),
        ("UN Reference No: TAi.172", "TAi.172", "TAi.172"),
        ("UN REF.KPI.073", "KPi.073", "KPI.073"),
        ("UN Ref.KPe 070", "KPe.070", "KPe 070"),
        ("(UN Ref): QDi.430. (Gender):Male", "QDi.430", "QDi.430"),
        ("UN Ref.077.", "", ""),
        ("A member of Al-Qaida (QE.A.4.01)", "", ""),
    ],
)
def test_a_reference_of_the_united_nations_is_brought_into_its_form_of_today(
    text: str, reference: str, written: str
) -> None:
    assert ofsi_prose.un_reference(text) == (reference, written)


def test_labels_of_remarks_are_told_apart() -> None:
    text = "(UK Sanctions List Ref):ZZR0251. (UK Statement of Reasons):He (Oleg) owns ferries. (Gender):Male"
    assert ofsi_prose.labelled(text) == {
        "UK Sanctions List Ref": "ZZR0251.",
        "UK Statement of Reasons": "He (Oleg) owns ferries.",
        "Gender": "Male",
    }
    assert ofsi_prose.labelled("No label (at all): none") == {}
