"""Names that ought to pass: ordinary persons and companies by script, and hard ones that resemble what is listed.

Ordinary names decide the thresholds; hard ones are reported beside them. A name that a listed party really bears is
taken out, in Latin letters or its own; so is a Chinese, Korean or Cyrillic name whose plain romanisation is a listed
name, and a Hebrew name whose Latin form a listed party bears, whatever else that party is called: nobody could tell it from it.
"""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from zlib import crc32

import msgspec
from pypinyin import lazy_pinyin

from screening import added, damage, romanise, vocabulary
from screening.names import Listed, bag, kind, script, words
from screening.queries import Holders

PEOPLE = 20_000
US_STYLE = 4_000
COMPANIES = 8_000
FOREIGN_COMPANIES = 1_500
HARD = 1_200
HEBREW = 1_500
SCARCE = frozenset({"Cyrillic", "Hangul", "Hebrew", "Kana"})


class Negative(msgspec.Struct, frozen=True):
    """A name that ought to pass. `hard` names say how they resemble a listed one; for ordinary names it is empty."""

    id: str
    text: str
    schema: str
    group: str
    """`person` or `organisation`, and the script: the set that a threshold is taken from."""
    hard: str = ""
    split: str = ""


def make(shared: Path, listed: list[Listed]) -> list[Negative]:
    """Return every negative; the same each time."""
    dice = random.Random(21)
    borne, holders = Borne(listed), Holders(listed)
    ordinary = [*_people(shared, dice, holders), *_american(dice), *companies(dice), *_foreign(dice)]
    seen: set[str] = set()
    found: list[tuple[str, str, str]] = []
    for text, schema in ordinary:
        if text not in seen and text not in borne:
            seen.add(text)
            found.append((text, schema, ""))
    for _, text, schema, hard in near(listed, dice):
        if hard == "single word" or holders.count(text) == 0:
            found.append((text, schema, hard))
    return list({each.id: each for each in (_negative(*row) for row in found)}.values())


def _negative(text: str, schema: str, hard: str) -> Negative:
    group = f"{kind(schema)}, {script(text)}"
    split = "report" if crc32(text.encode()) % 2 else "fit"
    said = f"{schema}\x1f{hard}\x1f{text}"
    id_ = "n" + hashlib.sha256(said.encode()).hexdigest()[:12]
    return Negative(id=id_, text=text, schema=schema, group=group, hard=hard, split=split)


class Borne:
    """What listed parties are called: nobody can tell an ordinary name from it that is written, or only sounds, the same."""

    def __init__(self, listed: list[Listed]) -> None:
        self._bags = {bag(name) for each in listed for name in (*each.names, *each.native)}
        self._native = {name.replace(" ", "") for each in listed for name in each.native}
        self._sounds = {key for each in listed if each.schema == "Person" for name in each.names for key in _keys(name)}

    def __contains__(self, text: str) -> bool:
        if (
            bag(text) in self._bags
            or text.replace(" ", "") in self._native
            or "".join(reversed(text.split())) in self._native
        ):
            return True
        written = script(text)
        if written not in {"Han", "Hangul"}:
            return False
        *given, family = text.split() if " " in text else (text[1:], text[0])
        return any(f"{head}|{rest}" in self._sounds for head, rest in _latin(family, "".join(given), written))


def _keys(name: str) -> Iterator[str]:
    parts = words(name)
    yield f"{parts[0]}|{''.join(parts[1:])}"
    yield f"{parts[-1]}|{''.join(parts[:-1])}"


def _latin(family: str, given: str, written: str) -> Iterator[tuple[str, str]]:
    """Yield how a Chinese or Korean name may be written in Latin letters: the family name, and the given name in one word."""
    if written == "Han":
        head, sounds = "".join(lazy_pinyin(family)), lazy_pinyin(given)
        yield head, "".join(sounds)
        yield romanise.wade(head), "".join(map(romanise.wade, sounds))
    elif all("\uac00" <= letter <= "\ud7a3" for letter in family + given):
        south = romanise.FAMILY_SOUTH.get(family, "").split()
        north = romanise.FAMILY_NORTH.get(romanise.NORTH_OF.get(family, family), "").split()
        plain = [romanise.hangul(letter, north=True) for letter in given]
        others = [romanise.northern(given, soft=soft) for soft in (True, False)]
        revised = [romanise.hangul(letter, north=False) for letter in given]
        for head in (*south, *north, romanise.hangul(family[0], north=False)):
            for sounds in (plain, *others, revised, [sound.replace("eo", "u") for sound in revised]):
                yield head.casefold(), "".join(sounds)


def _people(shared: Path, dice: random.Random, holders: Holders) -> Iterator[tuple[str, str]]:
    """Persons of the world: all of the scarcer scripts, the rest by lot; Chinese and Korean names mostly in their own order."""
    rows = added.ordinary(shared)
    for at, row in enumerate(dice.sample(rows, len(rows))):
        name = row["full_name"]
        written = script(name)
        if at < PEOPLE or written in SCARCE:
            if written in {"Han", "Hangul"} and dice.random() < 0.7:
                name = row["last_name"] + row["first_name"]
            yield name, "Person"
    for latin, native in dice.sample(added.hebrew_names(shared), HEBREW):
        if not holders.count(latin):
            yield native, "Person"


def _american(dice: random.Random) -> Iterator[tuple[str, str]]:
    for number in range(US_STYLE):
        given, family = dice.choice(vocabulary.GIVEN), dice.choice(vocabulary.FAMILY)
        middle = (f"{dice.choice(vocabulary.GIVEN)[0]}. ", f"{dice.choice(vocabulary.GIVEN)} ", "", "")[number % 4]
        yield f"{given} {middle}{family}", "Person"


def companies(dice: random.Random) -> Iterator[tuple[str, str]]:
    """Yield invented companies."""
    for number in range(COMPANIES):
        stem = dice.choice(vocabulary.STEMS)
        if number % 4 == 1:
            stem = f"{stem} {dice.choice(vocabulary.STEMS)}"
        elif number % 4 == 2:
            partners = ("", "& Sons", "Brothers", f"& {dice.choice(vocabulary.FAMILY)}")
            stem = f"{dice.choice(vocabulary.FAMILY)} {dice.choice(partners)}"
        elif number % 8 == 3:
            stem = "".join(dice.choice("ABCDEFGHIKLMNOPRSTUVZ") for _ in range(3))
        place = f" {dice.choice(vocabulary.PLACES)}" if dice.random() < 0.2 else ""
        text = f"{stem} {dice.choice(vocabulary.TRADES)}{place} {dice.choice(vocabulary.FORMS)}"
        yield " ".join(text.split()), "Organization"


def _foreign(dice: random.Random) -> Iterator[tuple[str, str]]:
    for _ in range(FOREIGN_COMPANIES):
        stems, trades, forms = vocabulary.CYRILLIC
        trade = dice.choice(trades)
        stem = f"«{dice.choice(stems)}{trade.lower()}»" if len(trade) < 7 else f"{trade} «{dice.choice(stems)}»"
        yield f"{dice.choice(forms)} {stem}".strip(), "Organization"
        stems, trades, forms = vocabulary.ARABIC
        two = f" و{dice.choice(stems)}" if dice.random() < 0.3 else ""
        yield f"{dice.choice(forms)} {dice.choice(stems)}{two} {dice.choice(trades)}", "Organization"
        yield "".join(dice.choice(part) for part in vocabulary.HAN), "Organization"
        stems, trades, forms = vocabulary.HANGUL
        yield (
            f"{dice.choice(forms)} {dice.choice(stems)}{dice.choice(['', dice.choice(stems)])}{dice.choice(trades)}".strip(),
            "Organization",
        )


def near(listed: list[Listed], dice: random.Random) -> Iterator[tuple[str, str, str, str]]:
    """Yield a listed name, a name that resembles it but is another's, its schema and how it resembles it."""
    people = _fitting(listed, "person")
    firms = _fitting(listed, "organisation")
    parts, firm_parts = _pools(people), _pools(firms)
    for name in dice.sample(people, HARD):
        pieces = name.split()
        yield name, _exchanged(pieces, dice.randrange(len(pieces)), parts, dice), "Person", "one part exchanged"
        yield name, _relative(pieces, parts, dice), "Person", "relative"
        yield name, max(pieces, key=len), "Person", "single word"
    for name in dice.sample(firms, HARD):
        pieces = name.split()
        places = [at for at, piece in enumerate(pieces) if damage.content(piece)]
        yield name, _exchanged(pieces, dice.choice(places), firm_parts, dice), "Organization", "one part exchanged"
        sibling = f"{pieces[0]} {dice.choice(vocabulary.TRADES)} {dice.choice(vocabulary.FORMS)}".strip()
        yield name, sibling, "Organization", "sibling company"
        yield name, max(pieces, key=len), "Organization", "single word"


def _fitting(listed: Iterable[Listed], of: str) -> list[str]:
    names = {
        damage.plain(each.names[0]): None
        for each in listed
        if kind(each.schema) == of and each.names[0] not in each.weak
    }
    low = 2 if of == "person" else 3
    return [
        name for name in names if low <= len(name.split()) <= 5 and script(name) == "Latin" and damage.content(name)
    ]


def _place(at: int, count: int) -> str:
    return "first" if at == 0 else "last" if at == count - 1 else "middle"


def _pools(names: Iterable[str]) -> dict[str, list[str]]:
    """Return, for the first, the last and a middle place, the parts that several listed names have there: others bear them too."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for name in names:
        pieces = name.split()
        for at, piece in enumerate(pieces):
            counts[_place(at, len(pieces)), piece] += 1
    found: dict[str, list[str]] = defaultdict(list)
    for (place, piece), count in counts.items():
        if count >= 3 and len(words(piece)) == 1 and len(words(piece)[0]) >= 4:
            found[place].append(piece)
    return found


def _exchanged(pieces: list[str], at: int, parts: dict[str, list[str]], dice: random.Random) -> str:
    return " ".join([*pieces[:at], dice.choice(parts[_place(at, len(pieces))]), *pieces[at + 1 :]])


def _relative(pieces: list[str], parts: dict[str, list[str]], dice: random.Random) -> str:
    """Another person of the family: the given name is another, and so is the patronymic half of the time."""
    changed = [dice.choice(parts["first"]), *pieces[1:]]
    if len(changed) > 2 and dice.random() < 0.5:
        changed[1] = dice.choice(parts["middle"])
    return " ".join(changed)
