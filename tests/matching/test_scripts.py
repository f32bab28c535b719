"""Scripts are told letter by letter, and a text falls into runs of one script without losing a character."""
# ruff: noqa: RUF001 - the letters are meant

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.matching.scripts import Script, runs, script_of

LETTERS = "aZß Жщѣ محیگ שלום Ωψ ქა Հայ 漢々〇 한ㄱ かカー ไทย देव ɸ ꙮ ﬁ 𠮷".replace(" ", "")


def test_the_numbers_written_to_disk_stay() -> None:
    assert {one.name: one.value for one in Script} == {
        "OTHER": 0,
        "LATIN": 1,
        "CYRILLIC": 2,
        "ARABIC": 3,
        "HEBREW": 4,
        "GREEK": 5,
        "GEORGIAN": 6,
        "ARMENIAN": 7,
        "HAN": 8,
        "HANGUL": 9,
        "KANA": 10,
        "THAI": 11,
        "DEVANAGARI": 12,
    }


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Tolstoy", Script.LATIN),
        ("Łódź", Script.LATIN),
        ("Толстой", Script.CYRILLIC),
        ("ӯҷ", Script.CYRILLIC),
        ("محفوظ", Script.ARABIC),
        ("خیام", Script.ARABIC),
        ("ﻣﺤﻤﺪ", Script.ARABIC),
        ("עגנון", Script.HEBREW),
        ("Σεφέρης", Script.GREEK),
        ("რუსთაველი", Script.GEORGIAN),
        ("Կոմիտաս", Script.ARMENIAN),
        ("司馬遷", Script.HAN),
        ("𠮷", Script.HAN),
        ("〇", Script.HAN),
        ("세종", Script.HANGUL),
        ("ばしょう", Script.KANA),
        ("タナカ", Script.KANA),
        ("ー", Script.KANA),
        ("เปรม", Script.THAI),
        ("गांधी", Script.DEVANAGARI),
        ("ኢትዮጵያ", Script.OTHER),
        ("", Script.OTHER),
        ("2031", Script.OTHER),
        ("٣٤", Script.OTHER),
        ("\u0301", Script.OTHER),
        ("12Ж", Script.CYRILLIC),
        ("«»'Ж", Script.CYRILLIC),
    ],
)
def test_the_first_letter_that_has_a_script_decides(text: str, script: Script) -> None:
    assert script_of(text) is script


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Ω3b", [(Script.GREEK, "Ω3"), (Script.LATIN, "b")]),
        ("3M", [(Script.LATIN, "3M")]),
        ("747", [(Script.OTHER, "747")]),
        ("и\u0306", [(Script.CYRILLIC, "и\u0306")]),
        ("田中たろう", [(Script.HAN, "田中"), (Script.KANA, "たろう")]),
        ("abcጀደ", [(Script.LATIN, "abc"), (Script.OTHER, "ጀደ")]),
        ("Жan", [(Script.CYRILLIC, "Ж"), (Script.LATIN, "an")]),
    ],
)
def test_digits_and_marks_join_the_run_they_stand_in(text: str, expected: list[tuple[Script, str]]) -> None:
    assert runs(text) == expected


@given(st.text(st.sampled_from(LETTERS + "0٣ -'\u0301\u064eጀ")) | st.text())
def test_runs_are_the_text_and_no_neighbours_are_alike(text: str) -> None:
    found = runs(text)
    assert "".join(run for _, run in found) == text
    assert all(left[0] is not right[0] for left, right in pairwise(found))
    assert all(script_of(run) is script for script, run in found)
