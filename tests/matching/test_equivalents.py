"""Spellings of one name share a pivot in any script; short forms share a class."""

# ruff: noqa: RUF001 - the letters are meant

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.matching.equivalents import DATA, Names, nicknames, pivots, read_names, unify

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "bench/names/name_table.py"
FILES = ("wd_arabic_80", "wd_chinese_80", "wd_russian_64")
LETTERS = "abcxyzABCأإآاىيیكکةهؤئءـًَّ'’אבםמןנךכץצףפָּёеЁЕжщΆάαςσ公司김ไท"

words = st.text(LETTERS, max_size=12)


@pytest.fixture(scope="module")
def names() -> Names:
    return read_names((DATA / "names.xz").read_bytes())


# --- letters ---


@given(words)
def test_unifying_twice_is_unifying_once(word: str) -> None:
    once = unify(word)
    again = unify(once)
    assert again == once or once.startswith("ال")
    assert once == once.casefold() or not once.isascii()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد", "احمد"),
        ("یوسف", "يوسف"),
        ("فاطمة", "فاطمه"),
        ("الكريم", "كريم"),
        ("مُحَمَّد", "محمد"),
        ("محـــمد", "محمد"),
        ("کریم", "كريم"),
        ("Артём", "артем"),
        ("שָׁלוֹם", "שלום"),
        ("Γιώργος", "γιωργοσ"),
        ("O'NEIL", "oneil"),
    ],
)
def test_letters_written_for_one_another_are_one(one: str, other: str) -> None:
    assert unify(one) == unify(other)


@pytest.mark.parametrize(("one", "other"), [("كريم", "غريم"), ("ира", "ера"), ("الله", "له"), ("דב", "רב")])
def test_other_letters_stay_apart(one: str, other: str) -> None:
    assert unify(one) != unify(other)


# --- pivots ---


def share(one: str, other: str) -> bool:
    return bool(set(pivots(one)) & set(pivots(other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("yusuf", "يوسف"),
        ("youssef", "يوسف"),
        ("yousef", "youssef"),
        ("mohammed", "محمد"),
        ("mehmet", "mohammed"),
        ("sergei", "сергей"),
        ("sergey", "sergei"),
        ("joseph", "יוסף"),
        ("ivanov", "иванов"),
        ("Артём", "artem"),
        ("hussein", "حسين"),
        ("hossein", "الحسين"),
    ],
)
def test_spellings_of_one_name_share_a_pivot(one: str, other: str) -> None:
    assert share(one, other)


@pytest.mark.parametrize(("one", "other"), [("yusuf", "ivan"), ("sergey", "محمد"), ("abdulaziz", "عبد"), ("of", "من")])
def test_other_names_do_not(one: str, other: str) -> None:
    assert not share(one, other)


@pytest.mark.parametrize("token", ["", "qzxv", "Yusuf", "люменова-вексова", "7", "流明流明流明"])
def test_what_the_table_does_not_know_has_none(token: str) -> None:
    assert pivots(token) == ()


def test_a_native_spelling_is_one_pivot_and_every_pivot_is_a_spelling(names: Names) -> None:
    everything = range(len(names.native))
    assert sorted(names.native.values()) == list(everything)
    assert set(names.pivots) == set(everything)
    for spelling in list(names.native)[::5000]:
        assert pivots(spelling) == (names.native[spelling],)


def test_the_table_holds_tokens_as_they_are_asked_for(names: Names) -> None:
    assert all(token.isascii() and token.isalpha() and token == token.lower() for token in names.latin)
    assert list(names.latin) == sorted(names.latin)
    assert not any(spelling.isascii() for spelling in names.native)
    assert names.bounds[0] == 0
    assert names.bounds[-1] == len(names.pivots)
    assert all(before < after for before, after in zip(names.bounds, names.bounds[1:], strict=False))


# --- nicknames ---


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bill", "william"),
        ("billy", "bill"),
        ("sasha", "aleksandr"),
        ("sasha", "aleksandra"),
        ("pepe", "jose"),
        ("volodya", "vladimir"),
        ("beppe", "giuseppe"),
        ("kuba", "jakub"),
        ("memo", "mehmet"),
        ("sepp", "josef"),
    ],
)
def test_short_forms_share_a_class_with_the_name(one: str, other: str) -> None:
    assert set(nicknames(one)) & set(nicknames(other))


@pytest.mark.parametrize(
    ("one", "other"), [("bill", "robert"), ("aleksandr", "aleksandra"), ("pepe", "juan"), ("abu", "ali")]
)
def test_other_names_share_none(one: str, other: str) -> None:
    assert not set(nicknames(one)) & set(nicknames(other))


def test_the_classes_are_sorted_lower_case_and_of_several_names() -> None:
    lines = (DATA / "nicknames.txt").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))
    assert len({line.split()[0] for line in lines}) == len(lines)
    for line in lines:
        found = line.split()
        assert len(found) == len(set(found)) > 1
        assert all(name.isascii() and name.isalpha() and name == name.lower() for name in found), line
        assert found[1:] == sorted(found[1:]), line


# --- how the table is made ---


def made(shared: Path, out: Path, *options: str) -> Names:
    subprocess.run(
        [sys.executable, SCRIPT, "--shared", shared, "--out", out, *options], check=True, capture_output=True
    )
    return read_names(out.read_bytes())


@pytest.fixture
def invented(tmp_path: Path) -> Path:
    """A folder like the shared one, with pairs of names that nobody bears."""
    rows = {
        "wd_arabic_80": [
            "velmar\tف ل م ا ر\t3",
            "vilmar\tف ل م ا ر\t1",
            "captain\tز و ن د ي ر\t1",
            "abdulzor\tع ب د\t9",
        ],
        "wd_russian_64": [
            "velmar\tв е л ь м а р\t2",
            "torgunov\tт о р г у н о в\t1",
            "torvan\tт о р в а н\t1",
            "of\tи з\t500",
            "x\tи к с\t4",
        ],
        "wd_hebrew": ["Torgu Velmar\tטורגו ולמר", "Velmar\tולמר הגדול", "Nadu Sorik\tסוריק נאדו"],
        "wd_chinese_80": ["velmar\t维 尔 马\t1", "torgunov\t托 尔 古 诺 夫\t1"],
    }
    folder = tmp_path / "names/transliteration"
    folder.mkdir(parents=True)
    for name, lines in rows.items():
        with gzip.open(folder / f"{name}.tsv.gz", "wt", encoding="utf-8") as file:
            file.write("".join(f"{line}\n" for line in lines))
    return tmp_path


def linked(names: Names, token: str) -> set[str]:
    place = names.latin[token]
    spelt = {number: spelling for spelling, number in names.native.items()}
    return {spelt[number] for number in names.pivots[names.bounds[place] : names.bounds[place + 1]]}


def test_links_are_kept_that_sound_alike_and_no_others(invented: Path, tmp_path: Path) -> None:
    names = made(invented, tmp_path / "names.xz")
    assert linked(names, "velmar") == {"فلمار", "вельмар", "ולמר", "维尔马"}
    assert linked(names, "vilmar") == {"فلمار"}
    assert linked(names, "torgunov") == {"торгунов", "托尔古诺夫"}
    assert set(names.latin) == {"velmar", "vilmar", "torgunov", "torgu", "torvan"}


def test_a_table_without_a_fifth_lacks_exactly_the_names_of_that_fifth(invented: Path, tmp_path: Path) -> None:
    whole = made(invented, tmp_path / "whole.xz")
    most = made(invented, tmp_path / "most.xz", "--hold-out")
    gone = {token for token in whole.latin if crc32(token.encode()) % 5 == 0}
    assert gone == {"torvan"}
    assert set(most.latin) == set(whole.latin) - gone
    for token in most.latin:
        assert linked(most, token) == linked(whole, token)


@pytest.mark.data
def test_the_table_is_what_the_bench_makes_of_the_shared_facts(shared: Path, tmp_path: Path, names: Names) -> None:
    assert made(shared, tmp_path / "names.xz") == names


@pytest.mark.data
def test_nine_of_ten_occurrences_of_a_pair_are_known_in_every_language(shared: Path, tmp_path: Path) -> None:
    for file in FILES:
        known = total = 0
        with gzip.open(shared / f"names/transliteration/{file}.tsv.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                latin, native, count = line.rstrip("\n").split("\t")
                if latin.isascii() and latin.isalpha() and len(latin) > 1:
                    total += int(count)
                    known += int(count) * share(latin, native.replace(" ", ""))
        assert known > 0.9 * total, file
