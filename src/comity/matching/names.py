"""A name as it is compared: words in one shape whatever the script, apart from particles, titles and the legal form.

Both sides of every comparison go through `parse`, once; most apparent failures of matching are failures to write the same name the
same way. What stands here is spelling, never a list of names to be ignored: nothing that a name says is dropped.
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import msgspec

from comity.matching import legal, romanise
from comity.matching.scripts import SYLLABIC, Script, runs, script_of
from comity.matching.spelling import LENGTH_MAX, REMEMBERED, Shape, shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NAME_CHARS_MAX: Final = 400
"""Characters of a name that are read; a longer text is no name."""

WORDS_MAX: Final = 24
"""Words of a name that are compared; a name of more is a sentence."""


class Kind(IntEnum):
    """What bears a name; the numbers stand in indexes."""

    __hash__ = int.__hash__

    ANY = 0
    PERSON = 1
    ORGANISATION = 2
    VESSEL = 3


def listed_words(file: str) -> frozenset[str]:
    """Return the words of a packaged list; a line that begins with # says something of it."""
    text = (files(__package__) / "data" / file).read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


LATIN: Final = Script.LATIN
PERSON: Final = Kind.PERSON
"""An enumeration is slow to look into."""

APOSTROPHES: Final = frozenset(
    (
        0x0027, 0x0060, 0x00AD, 0x00B4, 0x00B7, 0x02B9, 0x02BA, 0x02BB, 0x02BC, 0x02BD, 0x02BE, 0x02BF,
        0x02C8, 0x05F3, 0x05F4, 0x0640, 0x200C, 0x200D, 0x200E, 0x200F, 0x2018, 0x2019, 0x2032, 0x2033,
        0xFEFF,
    )
)  # fmt: skip
"""Code points of apostrophes, the signs for ayn and hamza, and marks without width. They vanish: a space in their place would make
an initial of what stands before them."""
POINTS: Final = range(0x0591, 0x06EE)
"""Where the vowel points of Hebrew and Arabic stand, which are seldom written."""

PARTICLES: Final = listed_words("particles.txt")
HONORIFICS: Final = listed_words("honorifics.txt")
LIGHT: Final = PARTICLES | HONORIFICS
"""Words whose absence says nothing."""

ROMAN: Final = {
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "xi": "11",
    "xii": "12",
}
DOTTED: Final = re.compile(r"(?<!\w)(?:\w\.){2,}\w?(?!\w)")
SLASHED: Final = re.compile(r"(?<!\w)(\w)/(\w)(?!\w)")
RUN_ON: Final = re.compile(r"(?<=[a-z\u00df-\u00ff])(?=[A-Z\u00c0-\u00de]{2})")
"""Where a space was lost between a given name and a family name in capitals."""
BETWEEN_NAMES: Final = re.compile(
    r"(?<=[\u3040-\u9fff\uac00-\ud7a3])[\u00b7\u2022\u2027\u30fb](?=[\u3040-\u9fff\uac00-\ud7a3])"
)
FOREIGN_MAX: Final = 3
"""Words of a Chinese or Korean name that is also taken with its given name in one."""
GIVEN_SYLLABLES: Final = 2
"""Syllables of a given name that stands apart; some lists write them apart, some together."""
ORDINAL: Final = re.compile(r"(\d+)(?:st|nd|rd|th|e|er|eme|a|o|y|aya|oy)")
SERVANT: Final = re.compile(r"abd(?:ou|[uaeoi])?l?(.{3,})")
ARTICLES: Final = frozenset("al el ul ol il ar as an ad ash az ur us ur oul".split())
BEFORE_FAITH: Final = ARTICLES | {"ud", "ed"}
OF_GOD: Final = re.compile(r"(.{2,})(?:[uao]ll+ah?|[ua]lah)")
OF_FAITH: Final = re.compile(r"(.{3,}?)(?:[uae]l?[dl]?d[ie]+ne?)")
GOD_ENDS: Final = frozenset("ah")
FAITH_ENDS: Final = frozenset("ne")
"""Letters with which the two end, so that few words are looked at in full."""
OF_GOD_APART: Final = frozenset("ullah allah ollah ulla alla olla".split())
OF_FAITH_APART: Final = frozenset(
    "uddin uddeen uddine eddine eddin eddeen addin aldin eldin aldeen eldine udin din deen dine".split()
)
REZA: Final = frozenset(("reza", "riza"))
COMPOUNDED: Final = OF_GOD_APART | OF_FAITH_APART | REZA
"""Words that make a compound of themselves and the one before."""
BEFORE_REZA: Final = frozenset("ali hamid gholam mohammad mohammed mohamad muhammad ahmad amir abbas hassan".split())


LOOK_LATIN: Final = "aceopxyikmth"
LOOK_CYRILLIC: Final = "асеорхуікмтн"
TO_CYRILLIC: Final = str.maketrans(LOOK_LATIN, LOOK_CYRILLIC)
TO_LATIN: Final = str.maketrans(LOOK_CYRILLIC, LOOK_LATIN)
SERVANT_NATIVE: Final = "عبد"
GOD_NATIVE: Final = "الله"
FAITH_NATIVE: Final = "الدين"


class Name(msgspec.Struct, frozen=True, gc=False):
    """A name, parsed."""

    words: tuple[Shape, ...]
    """What it is compared by, in its order."""
    light: tuple[str, ...]
    """Particles and titles."""
    forms: int
    """The legal forms that it names, a bit for each class."""
    kind: Kind
    native: bool
    """Whether most of it is in another script than the Latin."""
    whole: str
    """All its words as they stand, in alphabetical order, legal words too."""
    latin: str
    """The same in ASCII letters; equal to `whole` for a Latin name."""
    joined: tuple[Shape, ...] = ()
    """The words of a Chinese or Korean name whose given name is one word; empty for any other."""

    def others(self) -> tuple[Name, ...]:
        """Return the name with its words divided in the other ways that lists write."""
        return (msgspec.structs.replace(self, words=self.joined, joined=()),) if self.joined else ()


class _Letters(dict[int, str | int]):
    """What each character becomes: itself, nothing, or a space; worked out when it first comes."""

    def __missing__(self, code: int) -> str | int:
        character = chr(code)
        category = unicodedata.category(character)
        if code in APOSTROPHES or (category == "Mn" and code in POINTS):
            found: str | int = ""
        else:
            found = code if category[0] in "LNM" else " "
        self[code] = found
        return found


LETTERS: Final = _Letters()


def parse(text: str, kind: Kind = Kind.ANY) -> Name:
    """Return a name as it is compared. Never fails: a text without letters has no words."""
    words = _words(text[:NAME_CHARS_MAX], kind)
    kept, forms, legal_at = _without_forms(words) if kind is not PERSON else (words, 0, ())
    kept = kept if all(map(_is_plain, kept)) else _compounds(kept)
    light_at = _light(kept)
    light = [kept[at] for at in light_at]
    content = [word for at, word in enumerate(kept) if at not in light_at] or light
    rest = [words[at] for at in legal_at]
    if len(content) < len(kept):
        rest += light
    else:
        light = []
    shapes = tuple(map(_shape, content[:WORDS_MAX]))
    whole = " ".join(sorted([*[one.text for one in shapes], *rest]))
    if whole.isascii():  # then it is Latin letters and digits, which are their own reading
        native, latin = False, whole
    else:
        native = sum([one.script > LATIN for one in shapes]) * 2 > len(shapes)
        latin = " ".join(sorted([*[one.readings[0] for one in shapes if one.readings], *map(_ascii, rest)]))
    joined = () if text.isascii() else tuple(map(_shape, _joined(text, kind)))
    return Name(shapes, tuple(light), forms, kind, native, whole, latin, joined)


@lru_cache(REMEMBERED)
def _shape(word: str) -> Shape:
    return shape(word, script_of(word))


def _without_forms(words: list[str]) -> tuple[list[str], int, Sequence[int]]:
    """Return the words of a name that are not its legal forms, these as bits, and where they stand."""
    found = legal.phrases(words)
    if not found:
        return words, 0, ()
    forms = 0
    for one in found:
        forms |= 1 << one.form
    legal_at = [at for one in found for at in range(one.start, one.end)]
    kept = [word for at, word in enumerate(words) if at not in legal_at]
    return (
        (kept, forms, legal_at) if kept else (words, 0, ())
    )  # a name of nothing but legal words is a name all the same


def _light(words: list[str]) -> dict[int, None]:
    """Return where particles and titles stand. A particle is never last; a letter is one only between words, or is an initial."""
    if LIGHT.isdisjoint(words):
        return {}
    last = len(words) - 1
    return {
        at: None
        for at, word in enumerate(words)
        if (word in PARTICLES and at < last and (len(word) > 1 or _between_words(words, at))) or word in HONORIFICS
    }


def _between_words(words: list[str], at: int) -> bool:
    return at > 0 and len(words[at - 1]) > 1 and len(words[at + 1]) > 1


def _joined(text: str, kind: Kind) -> Sequence[str]:
    """Return the words of a Chinese or Korean name with its given name in one; nothing if there is no other way to write it."""
    if kind not in {Kind.ANY, Kind.PERSON}:
        return ()
    words: Sequence[str] = unicodedata.normalize("NFKC", _apart_at_dots(text)).casefold().translate(LETTERS).split()
    if not words or len(words) > FOREIGN_MAX or any(script_of(word) not in SYLLABIC for word in words):
        return ()
    if len(words) == 1:
        words = romanise.split(words[0], script_of(words[0]))
    return words if 1 < len(words) < sum(map(len, words)) else ()


def _apart_at_dots(text: str) -> str:
    """Return a text with a space for the dot that Chinese and Korean texts set between the names of foreigners."""
    return BETWEEN_NAMES.sub(" ", text)


def _words(text: str, kind: Kind) -> list[str]:
    text = RUN_ON.sub(" ", text)
    text = text.casefold() if text.isascii() else unicodedata.normalize("NFKC", _apart_at_dots(text)).casefold()
    if "." in text and kind is not Kind.PERSON:
        text = DOTTED.sub(lambda match: match.group().replace(".", ""), text)
    if "/" in text:
        text = SLASHED.sub(r"\1\2", text)
    words: list[str] = []
    for word in text.translate(LETTERS).split():
        words.extend((word,) if word.isascii() else _apart(word, kind))
    if kind is Kind.PERSON:
        return words
    return list(map(_mended, words))


@lru_cache(REMEMBERED)
def _mended(word: str) -> str:
    """Return a word of no person: a damaged legal word whole, a number in its one shape."""
    word = ROMAN.get(word, word)
    return legal.repaired(word) or word if word.isalpha() else _number(word)


def _number(word: str) -> str:
    """Return a number without its padding or the ending of an ordinal; any other word as it is."""
    found = ORDINAL.fullmatch(word)
    word = found.group(1) if found else word
    return word.lstrip("0") or "0" if word.isdigit() else word


def _apart(word: str, kind: Kind) -> Iterable[str]:
    """Yield the words of one that holds several scripts, or none of whose words are set apart."""
    found = runs(word)
    for script, run in found if len(found) == 1 else runs(_one_script(word)):
        if script is Script.LATIN:
            yield _ascii(run)
        elif script in {Script.HAN, Script.HANGUL}:
            parts = romanise.split(run, script) if kind in {Kind.ANY, Kind.PERSON} else (run,)
            if parts == (run,) and kind is Kind.PERSON and len(run) == GIVEN_SYLLABLES:
                parts = (run[0], run[1])
            if len(parts) > 1:  # a family name, and a given name whose syllables lists write joined or apart
                yield from (syllable for part in (parts[:-1], parts[-1]) for syllable in part)
            else:
                yield from (run,) if kind is Kind.PERSON else legal.cut(run)
        elif script is Script.THAI and kind is not Kind.PERSON:
            yield from legal.cut(run)
        else:
            yield run


def _one_script(word: str) -> str:
    """Return a word whose letters of another script, a Latin i among Cyrillic, are put right."""
    cyrillic = sum(script_of(letter) is Script.CYRILLIC for letter in word)
    latin = sum(script_of(letter) is Script.LATIN for letter in word)
    if not cyrillic or not latin:
        return word
    return word.translate(TO_CYRILLIC if cyrillic >= latin else TO_LATIN)


def _ascii(word: str) -> str:
    if word.isascii():
        return word
    return (romanise.readings(word, script_of(word)) or (word,))[0]


def _compounds(words: list[str]) -> list[str]:
    """Return the words with the compounds of Arabic and Persian names in one shape, joined or not in the text."""
    made: list[str] = []
    at = 0
    while at < len(words):
        word = words[at][:LENGTH_MAX]
        at += 1
        if not word.isascii():
            at = _native_compound(word, words, at, made)
        elif word.startswith("abd"):
            word, at = _servant(word, words, at)
            made.append(word)
        elif made and made[-1].isascii() and len(made[-1]) > 2 and made[-1] not in LIGHT and word in OF_GOD_APART:
            made[-1] = _stem(made[-1]) + "ullah"
        elif made and at < len(words) and word in BEFORE_FAITH and words[at] in OF_FAITH_APART:
            made[-1] += "udin"
            at += 1
        elif made and word in OF_FAITH_APART and made[-1] not in LIGHT:
            made[-1] += "udin"
        elif made and word in REZA and made[-1] in BEFORE_REZA:
            made[-1] += "reza"
        elif word[-1] in GOD_ENDS and (found := OF_GOD.fullmatch(word)):
            made.append(_stem(found.group(1)) + "ullah")
        elif word[-1] in FAITH_ENDS and (found := OF_FAITH.fullmatch(word)):
            made.append(found.group(1) + "udin")
        else:
            made.append(word)
    return made


@lru_cache(REMEMBERED)
def _is_plain(word: str) -> bool:
    """Tell whether a word is no part of a compound, whatever stands beside it: most words are none."""
    return (
        word.isascii()
        and len(word) <= LENGTH_MAX
        and not word.startswith("abd")
        and word not in COMPOUNDED
        and not (word[-1] in GOD_ENDS and OF_GOD.fullmatch(word))
        and not (word[-1] in FAITH_ENDS and OF_FAITH.fullmatch(word))
    )


def _native_compound(word: str, words: list[str], at: int, made: list[str]) -> int:
    """Add a word in another script, joined with its neighbour where Latin names are; return where the next one stands."""
    word = word.replace("ی", "ي").replace("ى", "ي").replace("ک", "ك") if script_of(word) is Script.ARABIC else word
    if word == SERVANT_NATIVE and at < len(words) and script_of(words[at]) is Script.ARABIC:
        following = words[at]
        made.append(word + (following if following == GOD_NATIVE else following.removeprefix("ال")))
        return at + 1
    if word.startswith(SERVANT_NATIVE + "ال") and word != SERVANT_NATIVE + GOD_NATIVE and len(word) > 7:
        made.append(SERVANT_NATIVE + word[5:])
    elif made and word in {GOD_NATIVE, FAITH_NATIVE} and script_of(made[-1]) is Script.ARABIC:
        made[-1] += word
    else:
        made.append(word)
    return at


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "uaio" else word


def _servant(word: str, words: list[str], at: int) -> tuple[str, int]:
    """Return Abd al-X, Abdul X, Abdelx … as one word, and where the next one stands."""
    found = SERVANT.fullmatch(word)
    if found is None or word in {"abdul", "abdel", "abdal", "abdol", "abdoul", "abdur", "abdus"}:
        while at < len(words) - 1 and words[at] in ARTICLES:
            at += 1
        if at < len(words) and words[at].isascii() and words[at] not in LIGHT and len(words[at]) > 2:
            return "abd" + _god(words[at]), at + 1
        return word, at
    rest = found.group(1)
    return "abd" + _god(rest[1:] if rest[0] == rest[1] else rest), at


def _god(word: str) -> str:
    return "ullah" if word in {"lah", "llah", "lla", "ula", "ulla", "ullah", "allah", "alla", "ollah"} else word
