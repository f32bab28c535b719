"""One name has one skeleton in every script, and two skeletons say how near two names sound."""
# ruff: noqa: RUF001 - the letters are meant

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from comity.matching import romanise
from comity.matching.romanise import readings
from comity.matching.scripts import Script, script_of
from comity.matching.skeleton import SKELETONS_MAX, agreement, skeleton, skeletons

SOUNDS = "abcdfghjklmnpqrstvxyz"
latin_words = st.text("abcdefghijklmnopqrstuvwxyz0123456789", max_size=12)
sounds = st.text(SOUNDS, max_size=8)
native_words = st.sampled_from(
    [
        ("ابتثجحخدذرزسشصضطظعغفقكلمنهويىءآأإةؤئپچژگک", Script.ARABIC),
        ("אבגדהוזחטיכלמנסעפצקרשתךםןףץ'׳", Script.HEBREW),
        ("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ", Script.CYRILLIC),
        ("김이박남궁황보정은일성희영철수", Script.HANGUL),
    ]
).flatmap(lambda pair: st.tuples(st.text(pair[0], max_size=10), st.just(pair[1])))


@pytest.fixture(scope="module", autouse=True)
def pinyin() -> None:
    """Loaded before any example, which hypothesis gives a deadline."""
    romanise.warm()


@given(latin_words)
def test_a_skeleton_is_written_in_sounds(word: str) -> None:
    assert set(skeleton(word)) <= set(SOUNDS)
    assert skeleton(word) == skeleton.__wrapped__(word)


@given(native_words | st.tuples(st.text(max_size=10), st.sampled_from(Script)))
def test_skeletons_are_few_and_distinct_and_the_same_each_time(word: tuple[str, Script]) -> None:
    found = skeletons(*word)
    assert len(set(found)) == len(found) <= SKELETONS_MAX
    assert all(one and set(one) <= set(SOUNDS) for one in found)
    assert skeletons.__wrapped__(*word) == found


@given(sounds, sounds)
def test_agreement_is_the_same_in_both_directions(left: str, right: str) -> None:
    assert agreement(left, right) == agreement(right, left)
    assert 0 <= agreement(left, right) <= 100


@given(sounds)
def test_what_is_equal_agrees_wholly(one: str) -> None:
    assert agreement(one, one) == 100


@given(sounds, sounds)
def test_only_what_is_equal_agrees_wholly(left: str, right: str) -> None:
    assert (agreement(left, right) == 100) == (left == right)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mohammed", "muhamad"),
        ("khalid", "khaled"),
        ("gibran", "gebran"),
        ("dostoevsky", "dostoyevskiy"),
        ("chavchavadze", "tchavtchavadze"),
        ("qasim", "kassem"),
        ("tawfiq", "toufik"),
        ("jamal", "djemal"),
        ("rashid", "raschid"),
        ("zhukov", "joukov"),
        ("fatima", "fatimah"),
        ("knut", "nut"),
        ("alexander", "aleksandr"),
        ("milosavljevic", "milosavljevich"),
    ],
)
def test_ways_to_write_one_name_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("native", "latin"),
    [
        ("محفوظ", "mahfouz"),
        ("جبران", "gibran"),
        ("جبران", "jubran"),
        ("خلدون", "khaldun"),
        ("الخوارزمي", "khwarizmi"),
        ("الخوارزمي", "alkhwarizmi"),
        ("طه", "taha"),
        ("شريف", "sharif"),
        ("شريف", "cherif"),
        ("رضا", "reza"),
        ("رضا", "rida"),
        ("پرویز", "parviz"),
        ("مصدق", "mossadegh"),
        ("عبدالرحمن", "abdulrahman"),
        ("عبدالرحمن", "abdurrahman"),
        ("چمران", "chamran"),
        ("نجاة", "najat"),
        ("جواد", "javad"),
        ("توفيق", "tawfik"),
        ("קפקא", "kafka"),
        ("הרצל", "herzl"),
        ("יוסף", "yosef"),
        ("יעקב", "jakob"),
        ("שפירא", "shapira"),
        ("חיים", "chaim"),
        ("חיים", "haim"),
        ("ג'ורג'", "jorj"),
        ("Достоевский", "dostoyevsky"),
        ("Григорій", "hryhoriy"),
        ("Толстой", "tolstoi"),
        ("안중근", "anjunggun"),
        ("덕혜", "tokhye"),
        ("세종", "sejong"),
        ("鲁迅", "luxun"),
        ("Ξενάκης", "xenakis"),
        ("რუსთაველი", "rustaveli"),
        ("Հակոբ", "hagop"),
        ("गांधी", "gandhi"),
        ("ばしょう", "basho"),
    ],
)
def test_a_native_name_shares_a_skeleton_with_its_spelling(native: str, latin: str) -> None:
    assert skeleton(latin) in skeletons(native, script_of(native))


@pytest.mark.parametrize(
    ("near", "far"),
    [
        (("kim", "gim"), ("kim", "rim")),
        (("ahmad", "amad"), ("ahmad", "arnad")),
        (("badr", "padr"), ("badr", "bakr")),
        (("dusan", "dushan"), ("dusan", "dukan")),
    ],
)
def test_voicing_and_what_is_easily_lost_cost_less_than_another_sound(
    near: tuple[str, str], far: tuple[str, str]
) -> None:
    assert agreement(*map(skeleton, near)) > agreement(*map(skeleton, far))


def test_other_names_disagree() -> None:
    assert agreement(skeleton("mahfouz"), skeleton("gibran")) < 50
    assert agreement(skeleton("tolstoy"), skeleton("gorky")) < 50


# --- names of Wikidata, mined by Merhav and Ash (2018) ---


class Pair(NamedTuple):
    latin: str
    native: str


class Share(NamedTuple):
    """Of pairs, how many are read exactly, within one edit, found by key, and agree; and how many wrong ones agree."""

    exact: float
    near: float
    key: float
    agree: float
    wrong: float


FEWEST = 2
"""Times that a pair was seen: single ones are mostly words of which one translates the other."""


def lines(file: Path) -> Iterator[list[str]]:
    with gzip.open(file, "rt", encoding="utf-8") as opened:
        yield from (line.rstrip("\n").split("\t") for line in opened)


def in_ascii(latin: str) -> str:
    return "".join(readings(latin.lower(), Script.LATIN))


def pairs(file: Path) -> list[Pair]:
    """Return every fourth pair of the half of a file on which nothing was tuned."""
    return [
        Pair(in_ascii(latin), native.replace(" ", ""))
        for latin, native, count in lines(file)
        if int(count) >= FEWEST and zlib.crc32(latin.encode()) % 8 == 1
    ]


def measured(found: list[Pair], script: Script) -> Share:
    exact = near = key = agree = wrong = 0
    for at, (latin, native) in enumerate(found):
        said = readings(native, script)
        exact += latin in said
        near += any(Levenshtein.distance(latin, one) <= 1 for one in said)
        key += skeleton(latin) in skeletons(native, script)
        agree += agrees(latin, native, script)
        wrong += agrees(latin, found[at - 7].native, script)
    size = len(found)
    return Share(exact / size, near / size, key / size, agree / size, wrong / size)


def agrees(latin: str, native: str, script: Script) -> bool:
    return any(agreement(skeleton(latin), one) >= 80 for one in skeletons(native, script))


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "script", "floor"),
    [
        ("wd_russian_64", Script.CYRILLIC, Share(exact=0.5, near=0.74, key=0.78, agree=0.9, wrong=0.01)),
        ("wd_arabic_80", Script.ARABIC, Share(exact=0.12, near=0.4, key=0.84, agree=0.93, wrong=0.015)),
    ],
)
def test_real_names_are_found_under_their_spelling(shared: Path, name: str, script: Script, floor: Share) -> None:
    found = measured(pairs(shared / f"names/transliteration/{name}.tsv.gz"), script)
    assert all(share >= least for share, least in zip(found[:4], floor[:4], strict=True))
    assert found.wrong <= floor.wrong


@pytest.mark.data
def test_real_russian_family_names_are_read_as_they_are_written(shared: Path) -> None:
    found = measured(
        [
            one
            for one in pairs(shared / "names/transliteration/wd_russian_64.tsv.gz")
            if one.native.endswith(("ов", "ова", "ев", "ева", "енко", "вич"))
            and one.latin.endswith(("v", "va", "o", "ich"))
        ],
        Script.CYRILLIC,
    )
    assert found.exact >= 0.75
    assert found.near >= 0.92


@pytest.mark.data
def test_real_hebrew_names_agree_with_their_spelling(shared: Path) -> None:
    found: list[Pair] = []
    for latin, native in lines(shared / "names/transliteration/wd_hebrew.tsv.gz"):
        spelt, words = latin.replace("-", " ").split(), native.replace("-", " ").split()
        if zlib.crc32(latin.encode()) % 16 == 1 and len(spelt) == len(words) and "," not in native:
            found += [Pair(in_ascii(one), word) for one, word in zip(spelt, words, strict=True)]
    share = measured(found, Script.HEBREW)
    assert share.agree >= 0.9
    assert share.wrong <= 0.02
