"""The SDN list: the real editions, their deltas row by row, remarks that break off, and the language of remarks."""

from __future__ import annotations

import gzip
import json
import tarfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from comity.catalogue.dialects import ofac_remarks as remarks
from comity.catalogue.dialects.ofac_programmes import PROGRAMMES
from comity.catalogue.dialects.ofac_remarks import Fact, WeakAlias
from comity.catalogue.sources.us_ofac_sdn import (
    CSV,
    EXAMPLE_ADD,
    EXAMPLE_ALT,
    EXAMPLE_COMMENTS,
    EXAMPLE_CSV,
    EXAMPLE_ENHANCED,
    EXAMPLE_XML,
    SOURCE,
)
from comity.lists.model import EditionUnreadable, InMemory, Listed
from comity.model.claim import Claim
from comity.model.measure import Measure, MeasureKind

EDITIONS = {
    "2021-08-18": ("f2dad1131427af12ee92e86ef28d3e73c1b91a54", 9083),
    "2022-02-23": ("cad3314a64146d8756ade6d4b3758369fe25d0f9", 9121),
    "2022-04-12": ("c8ca3f20201f9d6f5aaa5cae61753f2fc9516ee0", 9964),
    "2023-06-20": ("eab093728aff580a60c15d5953696ac40fdd16c2", 12633),
}
"""The commit at which each shared edition was scraped, and how many rows the data's own notes count in it."""
SETS = {"2019-01": (7379, 9682, 11696), "2021-07": (8976, 11910, 13837)}
"""Entries, aliases and addresses of the two complete sets of files."""
CSV_FORMAT = SOURCE.format("csv")


def read(files: dict[str, bytes], format_: str = "csv") -> dict[str, Listed]:
    opened = {name: InMemory(name, raw) for name, raw in files.items()}
    return {one.reference: one for one in SOURCE.format(format_).read(opened)}


def unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())


@cache
def edition(shared: Path, day: str) -> dict[str, Listed]:
    return read({"sdn.csv": unpacked(shared / f"sanctions/ofac/sdn_csv_history/sdn_{day}.csv.gz")})


@cache
def complete(shared: Path, month: str) -> dict[str, Listed]:
    folder = shared / f"sanctions/ofac/relational_{month}"
    return read({name: unpacked(folder / f"{name}.gz") for name in CSV})


def values(listed: Listed, property_: str, about: str = "") -> list[str]:
    return [claim.value for claim in listed.claims if claim.property == property_ and claim.about == about]


def measures(listed: Listed) -> list[Measure]:
    return [Measure.read(claim.value) for claim in listed.claims if claim.property == "measure"]


def row(number: int = 90001, /, **columns: str) -> bytes:
    names = "name", "type", "program", "title", "call_sign", "vessel_type", "tonnage", "grt", "flag", "owner", "remarks"
    cells = {"name": "FICTIVE", "type": "individual", "program": "SDGT"} | columns
    text = [f'"{cells[name]}"' if name in cells else "-0- " for name in names]
    return f"{number},{','.join(text)}\r\n".encode()


# --- the real editions


@pytest.mark.data
@pytest.mark.parametrize("day", EDITIONS)
def test_every_edition_reads_to_the_end_with_nothing_odd_and_everybody_blocked(shared: Path, day: str) -> None:
    found = edition(shared, day)
    assert len(found) == EDITIONS[day][1]
    assert [one.reference for one in found.values() if one.oddities] == []
    free = [one.reference for one in found.values() if MeasureKind.ASSET_FREEZE not in {m.kind for m in measures(one)}]
    assert free == []


@pytest.mark.data
@pytest.mark.parametrize("month", SETS)
def test_a_complete_set_joins_its_four_files(shared: Path, month: str) -> None:
    found = complete(shared, month)
    entries, aliases, addresses = SETS[month]
    assert len(found) == entries
    assert [one.reference for one in found.values() if one.oddities or one.silent] == []
    rows = [line for one in found.values() for line in one.raw.split("\r\n")[1:]]
    assert (
        len([line for line in rows if line.count(",") >= 4 and line.split(",")[2] in {"aka", "fka", "nka"}]) == aliases
    )
    assert len(rows) >= aliases + addresses


@pytest.mark.data
def test_aliases_and_addresses_of_a_set_without_its_list_are_refused(shared: Path) -> None:
    folder = shared / "sanctions/ofac"
    files = {
        "sdn.csv": unpacked(folder / "relational_2019-01/sdn.csv.gz"),
        "alt.csv": unpacked(folder / "relational_2025-02/alt.csv.gz"),
    }
    with pytest.raises(EditionUnreadable, match="not of one publication"):
        read(files)


@pytest.mark.data
def test_facts_that_a_person_read_in_the_file(shared: Path) -> None:
    found = edition(shared, "2023-06-20")
    shalish = found["8868"]
    assert values(shalish, "birthDate") == ["1956~"]
    assert values(shalish, "birthPlace") == ["Al-Ladhiqiyah, Syria"]
    assert sorted(values(shalish, "position")) == ["Brigadier General", "Major General"]
    assert values(shalish, "notes") == []
    assert {claim.about for claim in shalish.claims if claim.about} == {"SYRIA", "IRAQ2"}
    assert values(found["15962"], "birthDate") == ["1961/1962"]
    sberbank = found["17018"]
    assert sberbank.silent == ("remarks",)
    kinds = {(claim.about, Measure.read(claim.value).kind) for claim in sberbank.claims if claim.property == "measure"}
    assert ("RUSSIA-EO14024", MeasureKind.ASSET_FREEZE) in kinds
    assert ("UKRAINE-EO13662", MeasureKind.DEBT) in kinds
    assert ("UKRAINE-EO13662", MeasureKind.ASSET_FREEZE) not in kinds


@pytest.mark.data
def test_wallets_are_those_that_an_independent_extract_found(shared: Path) -> None:
    found = {
        wallet.reference.rpartition("/")[2] for one in complete(shared, "2021-07").values() for wallet in one.linked
    }
    assert len(found) == 95
    known: set[str] = set()
    for path in shared.glob("crypto/ofac_sdn_addresses_*.tar.gz"):
        with tarfile.open(path) as archive:
            for member in archive.getmembers():
                if member.name.endswith(".txt") and (opened := archive.extractfile(member)):
                    known |= set(opened.read().decode().split())
    for line in (shared / "crypto/ofac_sdn_addresses_deltas.jsonl").read_text().splitlines():
        known |= set(json.loads(line)["removed"])
    one_letter_short = "0xa7e5d5a720f06526557c513402f2e6b5fa20b00"
    assert found - known <= {one_letter_short}
    assert any(address.lower().startswith(one_letter_short) for address in known)


class Difference(NamedTuple):
    added: set[str]
    removed: set[str]
    changed: set[str]


def composed(shared: Path, since: str, until: str) -> Difference:
    """Compose the daily deltas between two commits, as source rows by their number."""
    before: dict[str, list[str] | None] = {}
    after: dict[str, list[str] | None] = {}
    lines = [
        json.loads(line)
        for line in unpacked(shared / "sanctions/ofac/sdn_csv_history/sdn_deltas.jsonl.gz").splitlines()
    ]
    start = next(number for number, line in enumerate(lines) if line["prev_commit"] == since)
    end = next(number for number, line in enumerate(lines) if line["commit"] == until)
    for line in lines[start : end + 1]:
        changes = [(None, new) for new in line["added"]] + [(old, None) for old in line["removed"]]
        changes += [(change["before"], change["after"]) for change in line["changed"]]
        for old, new in changes:
            number = (old or new)[0]
            before.setdefault(number, old)
            after[number] = new
    moved = {number for number in before if before[number] != after[number]}
    return Difference(
        added={number for number in moved if before[number] is None},
        removed={number for number in moved if after[number] is None},
        changed={number for number in moved if before[number] is not None and after[number] is not None},
    )


def meaning(listed: Listed) -> tuple[str, frozenset[tuple[str, ...]]]:
    return listed.schema, frozenset(fields(claim) for claim in listed.claims)


def fields(claim: Claim) -> tuple[str, ...]:
    return claim.about, claim.property, claim.value, claim.original, repr(sorted(claim.detail.items()))


def compared(one: dict[str, Listed], other: dict[str, Listed]) -> Difference:
    return Difference(
        added=other.keys() - one.keys(),
        removed=one.keys() - other.keys(),
        changed={number for number in one.keys() & other.keys() if meaning(one[number]) != meaning(other[number])},
    )


@pytest.mark.data
@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2021-08-18", "2022-02-23"),
        ("2022-02-23", "2022-04-12"),
        ("2022-04-12", "2023-06-20"),
        ("2021-08-18", "2023-06-20"),
    ],
)
def test_claims_change_exactly_where_source_rows_change(shared: Path, since: str, until: str) -> None:
    expected = composed(shared, EDITIONS[since][0], EDITIONS[until][0])
    assert expected.added
    assert compared(edition(shared, since), edition(shared, until)) == expected


WORDS = st.sampled_from(
    ["DOB 1961", "QM 1,000", "Director", "Member; Deputy", "S.A.", "a b", "x", "Passport 44 (Norway)", "1000"]
)
CELLS = st.lists(WORDS, min_size=1, max_size=3).map("; ".join)
PROGRAMME = st.lists(st.sampled_from(["SDGT", "NPWMD", "IRAN"]), min_size=1, max_size=3, unique=True).map("] [".join)
ROWS = st.fixed_dictionaries(
    {"name": CELLS, "type": st.sampled_from(["individual", "vessel", "aircraft"]), "program": PROGRAMME},
    optional=dict.fromkeys(("title", "call_sign", "vessel_type", "tonnage", "grt", "flag", "owner", "remarks"), CELLS),
)
TWISTS: tuple[Callable[[str], str], ...] = (
    lambda cell: cell.replace(" ", "  "),
    lambda cell: cell.replace(",", ""),
    lambda cell: f"{cell}.",
    lambda cell: cell.lower(),
    lambda cell: "; ".join(reversed(cell.split("; "))),
    lambda cell: "] [".join(reversed(cell.split("] ["))),
)
"""Changes that a reader could easily overlook."""


@settings(max_examples=400)
@given(one=ROWS, column=st.integers(0, 10), twist=st.sampled_from(TWISTS))
def test_no_change_of_a_row_however_small_passes_unseen(
    one: dict[str, str], column: int, twist: Callable[[str], str]
) -> None:
    name = sorted(one)[column % len(one)]
    other = one | {name: twist(one[name])}
    assume(name != "type" and one != other)
    said = [read({"sdn.csv": row(**columns)})["90001"] for columns in (one, other)]
    assert meaning(said[0]) != meaning(said[1])


# --- remarks that go on in another file


def test_without_the_comments_the_facts_before_the_cut_are_read_and_the_rest_is_not_denied() -> None:
    found = read({"sdn.csv": EXAMPLE_CSV})["90001"]
    assert found.silent == ("remarks",)
    assert values(found, "gender") == ["male"]
    assert values(found, "weakAlias") == []
    assert found.oddities == ()


def test_a_comment_is_joined_letter_by_letter() -> None:
    files = {"sdn.csv": EXAMPLE_CSV, "sdn_comments.csv": EXAMPLE_COMMENTS}
    assert values(read(files)["90001"], "weakAlias") == ["THE FERRYMAN"]


def test_a_comment_of_an_entry_that_is_not_on_the_list_says_nothing() -> None:
    files = {"sdn.csv": row(remarks="DOB 1961."), "sdn_comments.csv": b'77777,"(Norway)."\r\n'}
    assert read(files)["90001"].oddities == ()


@pytest.mark.parametrize(
    ("text", "comments"),
    [("DOB 1961.", b'90001,"(Norway)."\r\n'), ("DOB 1961; Passport 44", b'77777,"(Norway)."\r\n')],
    ids=["a comment on a remark that ends", "a cut without its comment"],
)
def test_remarks_and_comments_that_do_not_fit_are_odd(text: str, comments: bytes) -> None:
    found = read({"sdn.csv": row(remarks=text), "sdn_comments.csv": comments})
    assert [odd.field for odd in found["90001"].oddities] == ["remarks"]


def test_an_address_of_an_entry_that_is_not_on_the_list_is_refused() -> None:
    with pytest.raises(EditionUnreadable, match="ent_num 90001"):
        read({"sdn.csv": row(77777, remarks="DOB 1961."), "add.csv": EXAMPLE_ADD})


# --- the language of remarks


@pytest.mark.parametrize(
    ("item", "meaning_"),
    [
        ("DOB circa 1951", Fact("DOB", "circa 1951")),
        ("alt. Passport 44 (Norway)", Fact("Passport", "44", "Norway")),
        (
            "Passport L 44 issued 05 Jun 2001 expires 04 Jun 2011",
            Fact("Passport", "L 44", "", "2001-06-05", "2011-06-04"),
        ),
        ("Passport 44 (Korea, North) expires May 2011", Fact("Passport", "44", "Korea, North", "", "2011-05")),
        ("Matricula Mercantil No 44 (Fictonia)", Fact("Matricula Mercantil No", "44 (Fictonia)")),
        ("Organization Type: Central banking", Fact("Organization Type", "Central banking")),
        ("a.k.a. 'IT'S HIM'", WeakAlias("a.k.a.", "IT'S HIM")),
        ("(Linked To: FICTIVE S.A.)", Fact("Linked To", "FICTIVE S.A.")),
        ("Passportless since 1990", "Passportless since 1990"),
    ],
)
def test_an_item_of_a_remark(item: str, meaning_: object) -> None:
    assert remarks.read(item) == meaning_


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("12 Feb 1961", "1961-02-12"),
        ("Sep 1938", "1938-09"),
        ("1929 to 1930", "1929/1930"),
        ("01 Jan 1953 to 31 Dec 1954", "1953/1954"),
        ("circa 1979-1982", "1979/1982~"),
        ("Mar 1962 to Feb 1963", "1962-03/1963-02"),
        ("31 Feb 1961", "None"),
        ("1962 to 1961", "None"),
        ("long ago", "None"),
    ],
)
def test_a_date(text: str, written: str) -> None:
    assert str(remarks.date(text)) == written


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("all offices worldwide.", "all offices worldwide"),
        ("PROMI FEL, S. DE R.L. DE C.V.", "PROMI FEL, S. DE R.L. DE C.V."),
        ("pursuant to 31 C.F.R. section 561.201(c).", "pursuant to 31 C.F.R. section 561.201(c)"),
        ("http://www.example.org/a.aspx#b.", "http://www.example.org/a.aspx#b"),
    ],
)
def test_the_full_stop_that_ends_a_remark_is_no_part_of_it(text: str, bare: str) -> None:
    assert remarks.ended(text) == bare


@given(st.text(max_size=60))
def test_any_remark_can_be_read(text: str) -> None:
    assert all(isinstance(item, Fact | WeakAlias | str) for item in remarks.facts(text))
    assert remarks.ended(remarks.ended(text)) in remarks.ended(text)


# --- what is not known, and which file is which


def test_what_the_tables_do_not_know_waits_for_a_person() -> None:
    unknown = read({"sdn.csv": row(program="SDGT] [QM-EO99999", remarks="DOB 1961.")})["90001"]
    assert [(odd.field, odd.value) for odd in unknown.oddities] == [("program", "QM-EO99999")]
    kind = EXAMPLE_XML.replace(b"<idType>Gender<", b"<idType>Shoe size<")
    assert [odd.value for odd in read({"sdn.xml": kind}, "xml")["90001"].oddities] == ["Shoe size"]
    type_ = EXAMPLE_ENHANCED.replace(b">Block<", b">Stare<")
    assert [odd.value for odd in read({"sdn_enhanced.xml": type_}, "enhanced_xml")["90001"].oddities] == ["Stare"]


def test_a_type_of_sanction_that_led_to_no_measure_waits_for_a_person() -> None:
    raw = EXAMPLE_ENHANCED.replace(b">Block<", b">CMIC Executive Order<")
    odd = read({"sdn_enhanced.xml": raw}, "enhanced_xml")["90001"].oddities
    assert [(one.field, one.value) for one in odd] == [("sanctionsType", "CMIC Executive Order")]


@pytest.mark.parametrize(
    ("name", "raw", "file"),
    [
        ("SDN_2021-08-18.csv", EXAMPLE_CSV, "sdn.csv"),
        ("alt.csv", EXAMPLE_ALT, "alt.csv"),
        ("upload.tmp", EXAMPLE_ADD, "add.csv"),
        ("cons_prim.csv", EXAMPLE_CSV, None),
    ],
)
def test_files_are_told_apart_by_their_rows_and_the_lists_by_their_names(
    name: str, raw: bytes, file: str | None
) -> None:
    found = CSV_FORMAT.recognise(name, raw[:4096])
    assert (found.name if found else None) == file


def test_every_programme_is_cited() -> None:
    for code, programme in PROGRAMMES.items():
        assert programme.basis, code
        assert all(measure.article for measure in programme.measures), code


def test_wallets_of_two_currencies_at_one_address_are_one() -> None:
    text = "Digital Currency Address - ETH 0xFictive; alt. Digital Currency Address - USDT 0xFictive."
    (wallet,) = read({"sdn.csv": row(remarks=text)})["90001"].linked
    assert [claim.value for claim in wallet.claims if claim.property == "currency"] == ["ETH", "USDT"]


def test_an_entry_is_the_same_in_all_three_forms() -> None:
    forms: Iterable[Listed] = (
        read(
            {
                "sdn.csv": EXAMPLE_CSV,
                "alt.csv": EXAMPLE_ALT,
                "add.csv": EXAMPLE_ADD,
                "sdn_comments.csv": EXAMPLE_COMMENTS,
            }
        )["90001"],
        read({"sdn.xml": EXAMPLE_XML}, "xml")["90001"],
        read({"sdn_enhanced.xml": EXAMPLE_ENHANCED}, "enhanced_xml")["90001"],
    )
    common = {"entry", "aliases", "addresses", "remarks"}
    said = [{fields(claim) for claim in form.claims if claim.part in common} for form in forms]
    assert said[0] == said[1] == said[2]
