"""Japanese kana: modified Hepburn, with and without its long vowels, and Kunrei (ISO 3602)."""
# ruff: noqa: RUF001 - the letters are meant

from __future__ import annotations

from typing import Final

_ROWS: Final = {
    "あいうえお": "a i u e o", "かきくけこ": "ka ki ku ke ko", "がぎぐげご": "ga gi gu ge go", "さしすせそ": "sa shi su se so",
    "ざじずぜぞ": "za ji zu ze zo", "たちつてと": "ta chi tsu te to",
    "だぢづでど": "da ji zu de do", "なにぬねの": "na ni nu ne no",
    "はひふへほ": "ha hi fu he ho",
    "ばびぶべぼ": "ba bi bu be bo", "ぱぴぷぺぽ": "pa pi pu pe po", "まみむめも": "ma mi mu me mo",
    "やゆよ": "ya yu yo", "らりるれろ": "ra ri ru re ro", "わゐゑをん": "wa i e o n", "ゔゎゕゖ": "vu wa ka ke",
    "ぁぃぅぇぉ": "a i u e o", "ゃゅょ": "ya yu yo",
}  # fmt: skip
_SYLLABLES: Final = {
    kana: latin for row, latins in _ROWS.items() for kana, latin in zip(row, latins.split(), strict=True)
}
_SMALL_Y: Final = frozenset("ゃゅょ")
_SMALL_VOWEL: Final = frozenset("ぁぃぅぇぉ")
_SOFT: Final = {"shi": "sh", "chi": "ch", "ji": "j"}
_DOUBLING: Final = "っ"
_LONG: Final = "ー"
_KUNREI: Final = (
    ("shi", "si"), ("sh", "sy"), ("chi", "ti"), ("ch", "ty"), ("tsu", "tu"), ("ji", "zi"), ("j", "zy"), ("fu", "hu"),
)  # fmt: skip
_HIRAGANA: Final = str.maketrans(
    {chr(code): chr(code - 0x60) for code in range(0x30A1, 0x30F7)} | {"・": None, "゠": None, "ヽ": None, "ゝ": None}
)


def readings(token: str) -> tuple[str, ...]:
    """Return how a word in kana is written in Latin letters, the likeliest first."""
    full = _hepburn(token.translate(_HIRAGANA))
    short = full.replace("ou", "o").replace("oo", "o").replace("uu", "u")
    kunrei = short
    for hepburn, other in _KUNREI:
        kunrei = kunrei.replace(hepburn, other)
    return tuple(
        dict.fromkeys((short, full, short.replace("nb", "mb").replace("np", "mp").replace("nm", "mm"), kunrei))
    )


def _hepburn(token: str) -> str:
    found: list[str] = []
    doubled = False
    for letter in token:
        if letter == _DOUBLING:
            doubled = True
            continue
        if letter == _LONG:
            continue
        latin = _SYLLABLES.get(letter, "")
        if found and letter in _SMALL_Y and found[-1][-1:] == "i":
            found[-1] = _SOFT[found[-1]] + latin[1:] if found[-1] in _SOFT else found[-1][:-1] + latin
            continue
        if found and letter in _SMALL_VOWEL and len(found[-1]) > 1:
            found[-1] = _SOFT.get(found[-1], found[-1][:-1]) + latin
            continue
        if doubled and latin:
            latin = ("t" if latin.startswith("ch") else latin[0]) + latin
            doubled = False
        found.append(latin)
    return "".join(found)
