"""Arabic letters, of Arabic, Persian, Urdu, Pashto and Kurdish names: made alike, read aloud, and taken as sounds.

Letters and their values: BGN/PCGN 1956 (Arabic) and 1958 (Persian), with what French, English and Turkish habits write instead.
Short vowels are not written, so a reading is a guess except for the names that everybody bears.
"""
# ruff: noqa: RUF001 - the letters are meant

from __future__ import annotations

from typing import Final

from comity.matching.romanise import everyday

PLAIN: Final = str.maketrans(
    {
        **dict.fromkeys("أإآٱٲٳٵ", "ا"),
        **dict.fromkeys("يىېۍیۑےۓٸئ", "ي"),
        **dict.fromkeys("كکڪګ", "ك"),
        **dict.fromkeys("ؤۏۋۆۇۈٶٷ", "و"),
        **dict.fromkeys("ةۀەھہۂۃ", "ه"),
        **dict.fromkeys("ټٹ", "ت"),
        **dict.fromkeys("ډڈ", "د"),
        **dict.fromkeys("ړڑڕ", "ر"),
        **dict.fromkeys("ڼںڻ", "ن"),
        **dict.fromkeys("ڵ", "ل"),
        **dict.fromkeys("ښ", "ش"),
        **dict.fromkeys("ږژ", "ژ"),
        **dict.fromkeys("څ", "س"),
        **dict.fromkeys("ځ", "ز"),
        **dict.fromkeys("ڭڠ", "ك"),
        **dict.fromkeys("ڨڧ", "ق"),
        **dict.fromkeys("ڥڢ", "ڤ"),
        **dict.fromkeys("ءـٔٴ\u0640\u200c\u200d\u200e\u200f", None),
        **{
            chr(code): None for code in (*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06EE))
        },
        **{chr(0x0660 + digit): str(digit) for digit in range(10)},
        **{chr(0x06F0 + digit): str(digit) for digit in range(10)},
    }
)
"""Letters that are one letter to whoever compares names; signs and vowel marks vanish, digits become ASCII."""

ARTICLE: Final = "ال"
STEM_MIN: Final = 3
"""Letters that must remain when the article is taken off."""

SERVANT: Final = "عبدال"
"""The beginning of "servant of the …", written together; which letters of it are said varies (Abdulrahman, Abdurrahman)."""

_CONSONANTS: Final = {
    "ب": "b", "پ": "p", "ت": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r",
    "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "", "غ": "gh", "ف": "f",
    "ڤ": "v", "ق": "q", "ك": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "h",
}  # fmt: skip
_WAW: Final = "و"
_YA: Final = "ي"
_ALIF: Final = "ا"
_AYN: Final = "ع"
_ARABIC: Final = {**_CONSONANTS, _WAW: "w", _YA: "y"}
_PERSIAN: Final = {**_CONSONANTS, _WAW: "v", _YA: "y", "ث": "s", "ذ": "z", "ض": "z", "ق": "gh"}
_BORROWED: Final = {**_CONSONANTS, _WAW: "w", _YA: "y", "غ": "g", "ج": "g"}
"""What a letter says in Arabic, in Persian, and in names from elsewhere; waw and ya as consonants."""

SOUNDS: Final[dict[str, tuple[tuple[str, int], ...]]] = {
    "ا": (("", 0),),
    "ع": (("", 0),),
    "ب": (("b", 0), ("p", 3)),
    "پ": (("p", 0),),
    "ت": (("t", 0),),
    "ث": (("t", 0), ("s", 2)),
    "ج": (("j", 0), ("g", 2)),
    "چ": (("c", 0),),
    "ح": (("h", 0),),
    "خ": (("q", 0), ("h", 3)),
    "د": (("d", 0),),
    "ذ": (("d", 0), ("z", 1)),
    "ر": (("r", 0),),
    "ز": (("z", 0),),
    "ژ": (("j", 0),),
    "س": (("s", 0), ("z", 5)),
    "ش": (("x", 0), ("c", 3)),
    "ص": (("s", 0),),
    "ض": (("d", 0), ("z", 1)),
    "ط": (("t", 0),),
    "ظ": (("z", 0), ("d", 1)),
    "غ": (("g", 0),),
    "ف": (("f", 0), ("v", 3)),
    "ڤ": (("v", 0),),
    "ق": (("k", 0), ("g", 2)),
    "ك": (("k", 0), ("g", 4)),
    "گ": (("g", 0),),
    "ل": (("l", 0),),
    "م": (("m", 0),),
    "ن": (("n", 0),),
    "ه": (("h", 0),),
    "و": (("", 0), ("v", 2)),
    "ي": (("", 0),),
}
"""The sounds that a letter may stand for, each with how unlikely it is; the first costs nothing."""


def plain(token: str) -> str:
    """Return a token with its letters made alike and without the article, where enough of it remains."""
    return stem(token)[0]


def stem(token: str) -> tuple[str, bool]:
    """Return a token with its letters made alike, and whether the article was taken off.

    The article is written with a bare alif; a name from elsewhere that begins with al has a hamza there.
    """
    letters = token.translate(PLAIN)
    with_article = token.startswith(ARTICLE) and len(letters) >= len(ARTICLE) + STEM_MIN and letters != "الله"
    return (letters[len(ARTICLE) :], True) if with_article else (letters, False)


def readings(token: str) -> tuple[str, ...]:
    """Return how a word in Arabic letters is written in Latin letters: as everybody writes it, or with vowels guessed."""
    letters = plain(token)
    known = everyday.ARABIC.get(letters)
    if known is not None:
        return known
    if letters.startswith(SERVANT) and len(letters) >= len(SERVANT) + STEM_MIN - 1:
        rest = readings(letters[len(SERVANT) :])
        return tuple(beginning + one for one in rest[:2] for beginning in ("abdul", "abd"))
    found = (
        _vowelled(letters, _ARABIC, ("a", "i", "u")),
        _vowelled(letters, _PERSIAN, ("a", "i", "o")),
        _vowelled(letters, _BORROWED, ("e", "i", "o")),
        "".join([_ARABIC.get(letter, "a") for letter in letters]),
    )
    return tuple(dict.fromkeys(found))


def _vowelled(letters: str, values: dict[str, str], vowels: tuple[str, str, str]) -> str:
    """Return the letters with a short vowel where two consonants could not be said: at the beginning, and three in a row."""
    short, high, round_ = vowels
    found: list[str] = []
    spoken = 2  # consonants since the last vowel; the word begins as if there had been some
    last = len(letters) - 1
    for at, letter in enumerate(letters):
        vowel = _long(letters, at, last, high, round_)
        if vowel:
            found.append(vowel)
            spoken = 0
            continue
        if at == last and at and letter == "ه":
            found.append("" if spoken == 0 else "a")
            continue
        if not at and letter == _AYN:
            found.append("" if _long(letters, 1, last, high, round_) else "a")
            spoken = 0
            continue
        if at and (spoken > 1 or (at == last and spoken == 1)):
            found.append(high if _ALIF in letters[1:at] else short)
            spoken = 0
        found.append(values.get(letter, letter))
        spoken = spoken + 1 if at else 2
    return "".join(found)


def _long(letters: str, at: int, last: int, high: str, round_: str) -> str:
    """Return the long vowel that a letter is, or nothing where it is a consonant: first, or beside another long vowel."""
    letter = letters[at : at + 1]
    if letter == _ALIF:
        return "a"
    if letter not in {_WAW, _YA} or not at or (at < last and letters[at + 1] == _ALIF) or letters[at - 1] == _ALIF:
        return ""
    return high if letter == _YA else round_
