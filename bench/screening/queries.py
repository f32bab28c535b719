"""Names as they are asked, by kind of variation: each from a real listed name, each with the parties that may rightly answer.

A query is asked only if it can be answered: no more than five different parties hold every word of it (a common surname
with a common given name means nobody), no mistake touches a legal word alone (a variation of its own), no name is taken
that the publisher calls weak.
"""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from screening import added, damage, journal, originals, spelling
from screening.lists import load_list
from screening.names import Listed, kind, script, words

EACH = 600
"""How many queries of a variation and a kind are made at most: about half are reported, half are for fitting."""
HOLDERS_MAX = 5


class Query(msgspec.Struct, frozen=True):
    """One name that is asked. `variation` is the class; `made` says that the listed party was added by the bench."""

    id: str
    text: str
    schema: str
    variation: str
    expected: tuple[str, ...]
    split: str
    made: bool = False

    @property
    def kind(self) -> str:
        return kind(self.schema)

    @property
    def script(self) -> str:
        return script(self.text)


class Material(msgspec.Struct):
    """What a run is made of: the list as it is indexed, and the queries."""

    listed: list[Listed]
    queries: list[Query]


class Holders:
    """How many different parties hold all words of a name; an initial stands for every word that begins with it."""

    def __init__(self, listed: Iterable[Listed]) -> None:
        self._by_word: dict[str, set[int]] = defaultdict(set)
        self._bags: list[tuple[frozenset[str], str]] = []
        for each in listed:
            for name in each.names:
                row = len(self._bags)
                self._bags.append((frozenset(words(name)), min((each.id, *each.same))))
                for word in self._bags[row][0]:
                    self._by_word[word].add(row)

    def count(self, text: str) -> int:
        asked = words(text)
        whole = [word for word in asked if len(word) > 1]
        if not whole:
            return 10_000
        rows = set.intersection(*(self._by_word[word] for word in whole))
        heads = [word for word in asked if len(word) == 1]
        return len({self._bags[row][1] for row in rows if self._has_heads(row, heads, whole)})

    def _has_heads(self, row: int, heads: list[str], whole: list[str]) -> bool:
        rest = self._bags[row][0] - set(whole)
        return all(any(word.startswith(head) for word in rest) for head in heads)


def make(shared: Path, cache: Path) -> Material:
    """Return the list and every query; the same each time."""
    listed = journal.with_journal(load_list(shared, cache), shared)
    made = added.load(shared)
    listed, spelled = spelling.held_out(listed, EACH)
    everybody = [*listed, *made]
    queries = [
        *latin(everybody, listed),
        *(_query(each, text, f"spelling, {kind(each.schema)}") for each, text in spelled),
        *spelling_table(everybody, listed, shared),
        *(_query(each, text, variation) for each, text, variation in originals.real(listed, EACH)),
        *(_query(each, each.native[0], _made_name(each), made=True) for each in made),
    ]
    named = (msgspec.structs.replace(each, id=_id(each)) for each in queries)
    return Material(everybody, list({each.id: each for each in named}.values()))


def _id(query: Query) -> str:
    """Return an id that says the same of the same query, so that answers outlive other queries' changes."""
    said = "\x1f".join((query.variation, query.text, *query.expected))
    return "q" + hashlib.sha256(said.encode()).hexdigest()[:12]


def _query(each: Listed, text: str, variation: str, *, made: bool = False) -> Query:
    return Query(
        id="",
        text=" ".join(text.split()),
        schema=each.schema,
        variation=variation,
        expected=(each.id, *each.same),
        split=each.split,
        made=made,
    )


def _made_name(each: Listed) -> str:
    way = each.id.partition(":")[0].removeprefix("made-")
    names = {"han": "Han", "hangul": "Hangul", "hebrew": "Hebrew", "foreign": "Han, Western name"}
    return f"{names[way]}, person (made)"


Change = Callable[[str, random.Random], str | None]
VARIATIONS: tuple[tuple[str, str, Change], ...] = (
    ("as listed", "both", lambda text, _: damage.plain(text)),
    ("typo1", "both", lambda text, dice: damage.typo(damage.plain(text), dice)),
    ("typo2", "both", lambda text, dice: damage.typo(damage.plain(text), dice, 2)),
    ("reorder", "both", damage.reorder),
    ("joined", "both", lambda text, dice: damage.joined(damage.plain(text), dice)),
    ("initials", "person", damage.initials),
    ("drop middle", "person", lambda text, _: damage.drop_middle(text)),
    ("org suffix", "organisation", damage.other_form),
    ("legal typo", "organisation", damage.legal_typo),
)
OMITS = frozenset({"initials", "drop middle", "org suffix"})
"""Variations that leave something out, after which the rest must still mean somebody."""


def latin(everybody: list[Listed], listed: list[Listed], seed: int = 11) -> Iterator[Query]:
    """Yield names with every kind of damage; another seed damages other names, and in other ways."""
    holders = Holders(everybody)
    dice = random.Random(seed)
    for of in ("person", "organisation"):
        rows = [
            (each, name) for each in listed if kind(each.schema) == of for name in each.names if name not in each.weak
        ]
        rows = [row for row in rows if _tells(row[1], of)]
        for variation, for_, change in VARIATIONS:
            if for_ in {"both", of}:
                yield from _varied(rows, variation, of, change, (holders, dice))


def _tells(name: str, of: str) -> bool:
    """Whether a name is a whole name: two words of a person; of an organisation two that are no legal form, or a long one."""
    content = [word for word in damage.content(name) if not word.isdigit()]
    if of == "person":
        return 2 <= len(content) <= 7 and len("".join(content)) >= 9
    return len(content) >= 1 and len("".join(content)) >= (7 if len(content) > 1 else 8)


def _varied(
    rows: list[tuple[Listed, str]], variation: str, of: str, change: Change, tools: tuple[Holders, random.Random]
) -> Iterator[Query]:
    holders, dice = tools
    asked: set[str] = set()
    for each, name in dice.sample(rows, len(rows)):
        text = change(name, dice)
        if text is None or min((each.id, *each.same)) in asked:
            continue
        means = text if variation in OMITS else name
        if holders.count(means) > HOLDERS_MAX or not _tells(text, of):
            continue
        asked.add(min((each.id, *each.same)))
        yield _query(each, text, f"{variation}, {of}")
        if len(asked) == EACH:
            return


def spelling_table(everybody: list[Listed], listed: list[Listed], shared: Path) -> Iterator[Query]:
    """One word of a person's name in another Latin spelling that shares a native form with it in Wikidata's pairs."""
    variants = spelling.table(shared)
    known = {word for each in everybody for name in each.names for word in words(name)}
    dice, holders = random.Random(12), Holders(everybody)
    people = [each for each in listed if each.schema == "Person"]
    count = 0
    for each in dice.sample(people, len(people)):
        name = damage.plain(each.names[0])
        parts = name.split()
        places = [
            at
            for at, part in enumerate(parts)
            if any(other not in known for other in variants.get(part.casefold(), ()))
        ]
        if not places or each.names[0] in each.weak or not _tells(name, "person") or holders.count(name) > HOLDERS_MAX:
            continue
        at = dice.choice(places)
        parts[at] = dice.choice(
            sorted(other for other in variants[parts[at].casefold()] if other not in known)
        ).capitalize()
        yield _query(each, " ".join(parts), "spelling by name table, person")
        count += 1
        if count == EACH:
            return


def with_native(material: Material) -> Material:
    """The second variant: the list has the native names too; they are asked as they stand, reordered or with a mistake."""
    dice = random.Random(14)
    listed = [msgspec.structs.replace(each, names=(*each.names, *each.native)) for each in material.listed]
    found = []
    for query in material.queries:
        if query.variation.partition(",")[0] in (*originals.REAL, "other script"):
            ways = [query.text, damage.reorder(query.text, dice), _native_typo(query.text, dice)]
            text = dice.choice([way for way in ways if way])
            asked = msgspec.structs.replace(query, text=text)
            found.append(msgspec.structs.replace(asked, id=_id(asked)))
    return Material(listed, found)


def _native_typo(text: str, dice: random.Random) -> str | None:
    """Lose, double or swap a letter of a long word; a name of a few characters has none to lose."""
    parts = text.split()
    places = [at for at, part in enumerate(parts) if len(part) >= 5]
    if not places or script(text) in {"Han", "Hangul", "Kana"}:
        return None
    at = dice.choice(places)
    place = dice.randrange(1, len(parts[at]) - 1)
    word, way = parts[at], dice.choice(("lose", "double", "swap"))
    middle = {"lose": "", "double": word[place] * 2, "swap": word[place + 1] + word[place]}[way]
    parts[at] = word[:place] + middle + word[place + (2 if way == "swap" else 1) :]
    return " ".join(parts)
