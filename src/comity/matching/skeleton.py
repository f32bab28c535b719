"""The consonants of a word as sounds, in one small alphabet for all scripts.

Vowels are where romanisations differ most, and Arabic and Hebrew hardly write them; what remains is the same in every script.
The alphabet: b p f v t d s z x (sh) c (ch) j k g q (kh) h l r m n, with a for a vowel at the beginning and y for y there. A
letter of Arabic or Hebrew may say several sounds, so that a word has several skeletons, the likeliest first; equality with one of
them finds a name, and `agreement` says how near two are.
"""
# ruff: noqa: RUF001 - the letters are meant

from __future__ import annotations

import unicodedata
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, TypeVar

from rapidfuzz.distance import Levenshtein

from comity.matching.romanise import arabic, hebrew, readings
from comity.matching.scripts import Script

N = TypeVar("N", int, Any)

SKELETONS_MAX: Final = 6
"""Skeletons of one word that are kept."""

REMEMBERED: Final = 65_536
"""Words whose skeletons a process remembers."""

_SPELT_WITH_H: Final = (
    ("tsch", "C"), ("tch", "C"), ("shch", "X"), ("sch", "X"), ("dzh", "J"), ("zh", "J"), ("kh", "Q"), ("gh", "G"), ("ph", "F"),
    ("th", "T"), ("dh", "D"), ("sh", "X"), ("chr", "Kr"), ("chl", "Kl"), ("ch", "C"),
)  # fmt: skip
_SPELT: Final = (
    ("x", "ks"), ("dj", "J"), ("dg", "J"), ("dz", "Z"), ("ck", "K"), ("cz", "C"), ("tz", "S"), ("ts", "S"), ("ce", "Se"),
    ("ci", "Si"), ("cy", "Si"),
)  # fmt: skip
"""How sounds are spelt in Latin letters, in the order in which they are read; a capital is a sound already found."""

_FIRST: Final = {"kn": "n", "wr": "r", "rh": "r", "wh": "w"}
"""Beginnings of a word of which one letter is not said."""

_SOUNDS: Final = str.maketrans("cqwCXJZQGFTDKS", "kkvcxjzqgftdks")
_SILENT: Final = str.maketrans("", "", "aeiouy0123456789")
_VOWELS: Final = frozenset("aeiou")


@lru_cache(REMEMBERED)
def skeleton(latin: str) -> str:
    """Return the consonants of a word in ASCII letters as sounds."""
    text = _FIRST.get(latin[:2], latin[:2]) + latin[2:]
    if text[:1] == "x":
        text = "X" + text[1:]
    if text.endswith("ic") and len(text) > 4 and text[-3] != "r":
        text = text[:-1] + "C"
    if "h" in text:
        for spelt, sound in _SPELT_WITH_H:
            if spelt in text:
                text = text.replace(spelt, sound)
    for spelt, sound in _SPELT:
        if spelt in text:
            text = text.replace(spelt, sound)
    if "w" in text:
        text = _without_glides(text)
    first = "a" if text[:1] in _VOWELS else "y" if text[:1] == "y" else ""
    said = text.removesuffix("h").translate(_SOUNDS)
    kept = [letter for letter, before in zip(said, " " + said, strict=False) if letter != before]
    return first + "".join(kept).translate(_SILENT)


def _without_glides(text: str) -> str:
    """Return a text without the w that ends a vowel; before a vowel it is a consonant."""
    kept = []
    for at, letter in enumerate(text):
        if letter == "w" and at and text[at - 1] in _VOWELS and text[at + 1 : at + 2] not in _VOWELS:
            continue
        kept.append(letter)
    return "".join(kept)


@lru_cache(REMEMBERED)
def skeletons(token: str, script: Script) -> tuple[str, ...]:
    """Return the skeletons of a word in its script, at most six, the likeliest first; none for a word without consonants."""
    if script is Script.ARABIC:
        found = _arabic(unicodedata.normalize("NFKC", token))
    elif script is Script.HEBREW:
        found = _hebrew(unicodedata.normalize("NFKC", token))
    else:
        found = tuple(map(skeleton, readings(token, script)))
    return tuple(dict.fromkeys(one for one in found if one))[:SKELETONS_MAX]


# --- scripts whose letters say several sounds ---

Sounds = tuple[tuple[str, int], ...]
"""What a letter may say, each with how unlikely it is."""

_ARABIC_PAIRS: Final = (("تش", "چ"), ("تس", "ص"), ("تز", "ص"), ("دج", "ج"), ("لل", "ل"))
_HEBREW_PAIRS: Final = (
    ("צ׳", "ç"),
    ("ג׳", "ĝ"),
    ("ז׳", "ž"),
    ("׳", ""),
    ("טש", "ç"),
    ("תש", "ç"),
    ("טס", "ס"),
    ("לל", "ל"),
)
_OF_HEBREW: Final[dict[str, Sounds]] = {
    **hebrew.SOUNDS,
    "ç": (("c", 0),),
    "ĝ": (("j", 0), ("g", 2)),
    "ž": (("j", 0),),
}
_CONSONANT: Final[Sounds] = (("v", 0),)
_VOWEL: Final[Sounds] = (("", 0),)
_PERHAPS_H: Final[Sounds] = (("", 0), ("h", 1))
_EITHER: Final[Sounds] = (("", 0), ("v", 0))
_BEFORE_I: Final[Sounds] = (("", 0), ("v", 1))
_BETWEEN: Final[Sounds] = (("", 0), ("v", 4))
_SERVANT_OF_GOD: Final = "عبدالله"
_OF_SERVANT: Final = len("abdl")
_LIKELY: Final = 4
"""Skeletons kept of the likeliest form of a word that has two."""


def _arabic(token: str) -> tuple[str, ...]:
    letters, without_article = arabic.stem(token)
    found = _said(_joined(letters, _ARABIC_PAIRS), arabic.SOUNDS, ("ا", "ع", "و", "ي", "هح"))
    if letters.startswith(arabic.SERVANT) and letters != _SERVANT_OF_GOD:
        return tuple(way for one in found[: _LIKELY - 1] for way in ("abd" + one[_OF_SERVANT:], one))
    if without_article:
        return found[:_LIKELY] + tuple("al" + one.removeprefix("a") for one in found[:2])
    if token.endswith("ة"):
        return found[:_LIKELY] + tuple(one + "t" for one in found[:2])
    return found


def _hebrew(token: str) -> tuple[str, ...]:
    return _said(_joined(hebrew.plain(token), _HEBREW_PAIRS), _OF_HEBREW, ("א", "ע", "ו", "י", "הח"))


def _joined(letters: str, pairs: tuple[tuple[str, str], ...]) -> str:
    """Return the letters with the pairs that say one sound as one letter."""
    for pair, one in pairs:
        if pair in letters:
            letters = letters.replace(pair, one)
    return letters


def _said(letters: str, sounds: dict[str, Sounds], roles: tuple[str, str, str, str, str]) -> tuple[str, ...]:
    """Return what the letters may say, at most six ways, the likeliest first.

    The roles: the letters for a, for ayn, for w and u, for y and i, and those that are not said at the end.
    """
    alif, ayn, waw, ya, unsaid = roles
    last = len(letters) - 1
    if last < 0:
        return ()
    ways = [(0, "y"), (2, "j")] if letters[0] == ya else [(0, "a" if letters[0] in (alif, ayn) else "")]
    for at, letter in enumerate(letters):
        if letter == waw:
            choice = _waw(letters, at, alif, ya)
        elif at == last and at and letter in unsaid:
            choice = _PERHAPS_H if at == 1 else _VOWEL
        else:
            choice = sounds.get(letter, _VOWEL)
        if len(choice) == 1:
            sound = choice[0][0]
            ways = [(cost, said + sound) for cost, said in ways] if sound else ways
        else:
            longer = [(cost + more, said + sound) for cost, said in ways for sound, more in choice]
            ways = sorted(longer, key=itemgetter(0))[:SKELETONS_MAX]
    return tuple(dict.fromkeys(said for _, said in ways))


def _waw(letters: str, at: int, alif: str, ya: str) -> Sounds:
    """Return what the letter of w and u says where it stands: nothing as a vowel, v as a consonant."""
    waw = letters[at]
    if at == 0:
        return _CONSONANT
    before, after = letters[at - 1], letters[at + 1 : at + 2]
    if not after or before == waw or (at == 1 and before == alif):
        return _VOWEL
    if after == waw:
        return _CONSONANT
    if alif in (before, after):
        return _EITHER
    return _BEFORE_I if after == ya else _BETWEEN


# --- how near two skeletons are ---

BROAD: Final = str.maketrans("pvdzcjxgq", "bftsssskk", "ahy")
"""Sounds that one language has for two of another are one (b p, f v, t d, s z sh ch j, k g kh); what is easily lost is gone."""


@lru_cache(REMEMBERED)
def agreement(left: str, right: str, least: int = 0) -> int:
    """Return how far two skeletons say the same sounds, from 0 to 100, the same in both directions; 0 if less than `least`.

    The edit distance is taken twice, of the sounds and of their broad classes, so that a voiced sound for its voiceless one and a
    lost h cost half of what another sound does. True pairs and wrong ones are told apart best at about 80.
    """
    if left == right:
        return 100
    one, other = len(left), len(right)
    length = (max(other, one)) + 1
    most = distance_max(length, least)
    if abs(one - other) > most:
        return 0
    distance = Levenshtein.distance(left, right, score_cutoff=most)
    if distance <= most:
        distance += Levenshtein.distance(left.translate(BROAD), right.translate(BROAD))
    return agreed(distance, length) if distance <= most else 0


def agreed(distance: N, length: N) -> N:
    """Return how far two skeletons agree, of which the longer has one letter less than `length`; also of arrays of them."""
    return 100 - 50 * distance // length


def distance_max(length: N, least: N | int) -> N:
    """Return the distance up to which two skeletons of that length agree so far."""
    return ((101 - least) * length - 1) // 50
