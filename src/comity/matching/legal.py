"""Legal forms, in the languages in which companies are written; with the words of institutions, which `glossary` knows.

A legal form is one of some twenty kinds: "OOO X", "X LLC" and "X Limited Liability Company" name the same one. Where a form
means different kinds in different countries, it belongs to the coarser one (`company`, `corporation`), which contradicts none
of the kinds that it may stand for: ask `contradict`. Phrases are ISO 20275's (the Entity Legal Form codes of GLEIF, CC0), made
into a table by `bench/names/legal_forms.py`, and the usual abbreviations and transliterations beyond it, which are common
knowledge.

Tokens are what `names` makes: lower case and NFKC, Latin letters in ASCII, dotted capitals joined (`s.a.r.l.` comes as `sarl`),
other scripts as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from comity.matching.equivalents import unify
from comity.matching.glossary import concept_name, institution_words, institutional, rows

__all__ = (
    "FORMS",
    "Legal",
    "concept_name",
    "contradict",
    "cut",
    "form_name",
    "institutional",
    "is_legal_word",
    "phrases",
    "repaired",
    "warm",
)

FORMS: Final = (
    "company",
    "corporation",
    "limited company",
    "joint-stock company",
    "partnership",
    "limited partnership",
    "limited liability partnership",
    "cooperative",
    "foundation",
    "association",
    "state enterprise",
    "enterprise",
    "institution",
    "sole trader",
    "branch",
    "representative office",
    "trust",
    "fund",
    "mutual society",
    "interest grouping",
)
"""The kinds, by their numbers. The numbers stand in indexes: a new kind is added at the end."""

COARSE: Final[dict[str, frozenset[str]]] = {
    "company": frozenset(
        (
            "corporation",
            "limited company",
            "joint-stock company",
            "partnership",
            "limited partnership",
            "limited liability partnership",
            "state enterprise",
            "enterprise",
            "sole trader",
            "mutual society",
        )
    ),
    "corporation": frozenset(("limited company", "joint-stock company", "state enterprise", "enterprise")),
    "enterprise": frozenset(("state enterprise", "institution", "sole trader")),
    "partnership": frozenset(("limited partnership", "limited liability partnership")),
    "limited partnership": frozenset(("limited liability partnership",)),
    "association": frozenset(("interest grouping",)),
    "institution": frozenset(("foundation",)),
    "fund": frozenset(("foundation", "trust")),
}
"""What a kind may also be said of."""

TABLES: Final = ("legal.tsv", "legal_iso20275.tsv")
"""The written table, whose words are also repaired, and the one that is made; no phrase stands in both."""

LENGTH_REPAIRED: Final = 6
"""Letters of a legal word from which any one damage is repaired; a shorter one is too near to names."""

LENGTH_MIN: Final = 4
"""Letters that a damaged token must have."""

LENGTH_MAX: Final = 32
"""Characters of the longest word in a script that sets no spaces."""

UNMISTAKABLE: Final = frozenset(("llc", "llp", "ltd", "jsc", "plc", "pvt"))
"""Words of three letters that are repaired where one of the letters stands twice."""

ORDINARY: Final = frozenset(
    "general partner partners branch branches people shares office family single person united national unlimited foreign liaison "
    "exempted persons investment business foundations unions trusts reserve credit friendly estate hedge pension venture savings "
    "service federal establishment".split()
)
"""Words of legal phrases that are as good as any in a name, and what is near to them too."""


class Legal(NamedTuple):
    """A legal phrase in a name: where it begins and ends, half open, and the number of its form."""

    start: int
    end: int
    form: int


class Phrase(NamedTuple):
    """What the table says of a phrase: its form, and where in a name it counts."""

    form: int
    where: str
    """`any`, `edge` (nothing but legal phrases on one side of it) or `end` (nothing but these behind it)."""


class Lexicon(NamedTuple):
    """The phrases by their tokens; how long those are that begin with a token, longest first; all their words."""

    phrases: dict[tuple[str, ...], Phrase]
    lengths: dict[str, tuple[int, ...]]
    words: frozenset[str]


def phrases(tokens: Sequence[str]) -> tuple[Legal, ...]:
    """Return the legal phrases of a name, left to right, the longest at each place; none overlap."""
    lexicon = _lexicon()
    known = tuple(tokens) if all(map(str.isascii, tokens)) else tuple(map(unify, tokens))
    if lexicon.lengths.keys().isdisjoint(known):
        return ()
    found: list[Legal] = []
    ending: set[int] | None = None
    at = covered = 0
    while at < len(known):
        after = at + 1
        for length in lexicon.lengths.get(known[at], ()):
            phrase = lexicon.phrases.get(known[at : at + length]) if at + length <= len(known) else None
            if phrase and phrase.where != "any" and not (phrase.where == "edge" and covered == at):
                ending = _ending(lexicon, known) if ending is None else ending
                phrase = phrase if at + length in ending else None
            if phrase:
                after = at + length
                found.append(Legal(at, after, phrase.form))
                covered = after if covered == at else covered
                break
        at = after
    return tuple(found)


def form_name(form: int) -> str:
    """Return a form in English."""
    return FORMS[form]


def contradict(one: int, other: int) -> bool:
    """Whether nothing is of both forms; a form agrees with itself, and a coarse one with what it may be said of."""
    left, right = FORMS[one], FORMS[other]
    return left != right and right not in COARSE.get(left, ()) and left not in COARSE.get(right, ())


def is_legal_word(token: str) -> bool:
    """Whether a token occurs in some legal phrase."""
    return (token if token.isascii() else unify(token)) in _lexicon().words


@lru_cache(maxsize=65_536)
def repaired(token: str) -> str | None:
    """Return the legal word that a token was before one letter was lost, added, changed or two neighbours swapped; None if none.

    Short words are repaired only where the damage gives no likely name. Of several, the one of most phrases.
    """
    if len(token) < LENGTH_MIN or not token.isascii() or not token.isalpha() or token in _lexicon().words:
        return None
    whole = _whole()
    near = set(whole.get(token, ()))
    for gone in _without_one(token):
        near.update(whole.get(gone, ()))
    return min(
        ((rank, word) for rank, word in near if _one_edit(token, word) and _likely(token, word)), default=(0, None)
    )[1]


def cut(token: str) -> tuple[str, ...]:
    """Return the parts of a token in a script that sets no spaces: legal phrases and institutional words, and what is between them.

    The longest word at each place counts; a token without any is one part. Joined, the parts are the token.
    """
    parts: list[str] = []
    at = start = 0
    while at < len(token):
        end = next(
            (stop for stop in range(min(len(token), at + LENGTH_MAX), at, -1) if token[at:stop] in _unspaced()), at
        )
        if end > at:
            parts += [token[start:at], token[at:end]]
            at = start = end
        else:
            at += 1
    return tuple(part for part in (*parts, token[start:]) if part)


def warm() -> None:
    """Load the tables now, so that no question pays for it."""
    _lexicon()
    _whole()
    institution_words()
    _unspaced()


def _ending(lexicon: Lexicon, known: tuple[str, ...]) -> set[int]:
    """Return the places from which on there is nothing but legal phrases; the end is one."""
    found = {len(known)}
    for at in range(len(known) - 1, -1, -1):
        for length in lexicon.lengths.get(known[at], ()):
            if at + length in found and known[at : at + length] in lexicon.phrases:
                found.add(at)
                break
    return found


def _likely(token: str, word: str) -> bool:
    """Whether a token is rather a damaged legal word than a word of its own: a short one must have kept every letter."""
    return (
        len(word) >= LENGTH_REPAIRED
        or sorted(token) == sorted(word)
        or (len(token) > len(word) and set(token) == set(word))
    )


def _one_edit(token: str, word: str) -> bool:
    """Whether one letter lost, added or changed, or two neighbours swapped, make one of the other."""
    if abs(len(token) - len(word)) > 1:
        return False
    head = next(
        (at for at, (one, other) in enumerate(zip(token, word, strict=False)) if one != other),
        min(len(token), len(word)),
    )
    mine, theirs = token[head:], word[head:]
    if len(mine) != len(theirs):
        return mine[1:] == theirs or mine == theirs[1:]
    return mine[1:] == theirs[1:] or (mine[1::-1] == theirs[:2] and mine[2:] == theirs[2:])


def _without_one(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


@cache
def _lexicon() -> Lexicon:
    numbers = {name: number for number, name in enumerate(FORMS)}
    listed = {
        tuple(text.split()): Phrase(numbers[form], where) for table in TABLES for text, form, where in rows(table)
    }
    lengths: dict[str, set[int]] = {}
    for tokens in listed:
        lengths.setdefault(tokens[0], set()).add(len(tokens))
    longest_first = {token: tuple(sorted(found, reverse=True)) for token, found in lengths.items()}
    return Lexicon(listed, longest_first, frozenset(word for tokens in listed for word in tokens))


@cache
def _whole() -> dict[str, tuple[tuple[int, str], ...]]:
    """Return the legal words that are repaired, by themselves and by what is left of each without one letter.

    Each comes with its rank: the fewer, the more phrases it is in.
    """
    found: dict[str, tuple[tuple[int, str], ...]] = {}
    counts = Counter(word for text, _, _ in rows(TABLES[0]) for word in text.split())
    for word in sorted(counts.keys() - ORDINARY):
        if word.isascii() and (len(word) >= LENGTH_MIN or word in UNMISTAKABLE):
            for gone in (word, *_without_one(word)):
                found[gone] = (*found.get(gone, ()), (-counts[word], word))
    return found


@cache
def _unspaced() -> frozenset[str]:
    """Return the words of both tables that are written without spaces: Han, kana, Hangul and Thai, two characters and more."""
    single = (tokens[0] for tokens in _lexicon().phrases if len(tokens) == 1)
    return frozenset(word for word in (*single, *institution_words()) if len(word) > 1 and _sets_no_spaces(word[0]))


def _sets_no_spaces(character: str) -> bool:
    return "\u0e00" <= character <= "\u0eff" or "\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3"
