"""Words that institutions are called by, in the languages of the lists: `ministry`, `министерство`, `وزارة`, `部` are one concept.

Organisations are translated into other scripts, not spelt in them; a concept says that two words mean the same. Names of
countries and of some cities stand here too, with their adjectives. The table is common knowledge, one concept a line: its
English name, and its words, single tokens as `names` makes them.
"""

# ruff: noqa: RUF001 - the letters are meant

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from comity.matching.equivalents import DATA, unify

CASES: Final = re.compile(
    "(?:ого|его|ому|ему|ыми|ими|иями|ями|ами|иях|иям|ием|ый|ий|ой|ая|яя|ое|ее|ые|ие|ую|юю|ых|их|ом|ем|ым|им|ия|ии|ию|їв"
    "|ів|ов|ев|ей|ам|ям|ах|ях|ої|ій|а|я|ы|и|і|ї|у|ю|о|е|ь|й)$"
)
"""What Russian and Ukrainian nouns and adjectives end in."""

STEM_MIN: Final = 5
"""Letters that a stem must have; shorter ones are surnames too."""

PROCLITIC: Final = re.compile("(?:وال|بال|لل|و|ل|ب)(?=.{4})")
"""What Arabic writes together with a word before it: "and (the)", "in the", "for the", "for", "in"."""

LINKED: Final = re.compile("(?<=.{4}[اوه])ي$")
"""What Persian adds to a word that another one explains."""


def institutional(token: str) -> int | None:
    """Return the number of the concept that an institutional word stands for in some language; None if it is none.

    A Cyrillic word counts in any case and number, an Arabic one with what is written together with it ("and the", "for the").
    """
    _, concepts, stems = _glossary()
    if token.isascii():
        return concepts.get(token)
    bare = unify(token)
    found = concepts.get(bare)
    if found is None and "\u0400" <= bare[0:1] <= "\u052f":
        return stems.get(_stem(bare))
    if found is None and (linked := LINKED.search(bare)):
        found = concepts.get(bare[: linked.start()])
    if found is None and (joined := PROCLITIC.match(bare)):
        return concepts.get(bare[joined.end() :])
    return found


def concept_name(concept: int) -> str:
    """Return a concept in English."""
    return _glossary()[0][concept]


def words_of(concept: int) -> Iterable[str]:
    """Return the words of a concept, in all languages."""
    return _words()[concept]


def institution_words() -> Iterable[str]:
    """Return every word of the glossary."""
    return _glossary()[1]


def rows(table: str) -> Iterator[list[str]]:
    """Yield the rows of a packaged table, cell by cell."""
    for line in (DATA / table).read_text(encoding="utf-8").splitlines():
        yield line.split("\t")


@cache
def _words() -> dict[int, list[str]]:
    words: dict[int, list[str]] = {}
    for word, concept in _glossary()[1].items():
        words.setdefault(concept, []).append(word)
    return words


@cache
def _glossary() -> tuple[tuple[str, ...], dict[str, int], dict[str, int]]:
    """Return the concepts' names, their words, and the stems of the Cyrillic ones that are of one concept only."""
    listed = list(rows("concepts.tsv"))
    concepts = {token: number for number, (_, tokens) in enumerate(listed) for token in tokens.split()}
    stems: dict[str, set[int]] = {}
    for token, number in concepts.items():
        if "\u0400" <= token[0] <= "\u052f" and len(stem := _stem(token)) >= STEM_MIN:
            stems.setdefault(stem, set()).add(number)
    return tuple(name for name, _ in listed), concepts, {stem: min(of) for stem, of in stems.items() if len(of) == 1}


def _stem(token: str) -> str:
    """Return a Cyrillic word without the ending that case, number and gender give it."""
    return CASES.sub("", token)
