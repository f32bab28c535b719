"""Facts beside a name, compared two at a time: what came out is one of a few named outcomes, each worth points of the fitted table.

A comparison never guesses: what only one side knows gives no outcome. The table (`data/facts.json`) is fitted by
`bench/screening/facts.py` on entries that two lists share and on namesakes of one list: it says how much oftener an outcome is
seen in the one than in the other (Fellegi and Sunter).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import msgspec
from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

from comity.model import countries

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comity.model.dates import PartialDate

NEAR_YEARS: Final = 2
"""Years that two dates may lie apart and still be told wrongly of one person."""
FAR_YEARS: Final = 10
"""Years that namesakes of one generation lie apart at most."""
DIGITS_OFF: Final = 1
RELATED: Final = {
    "nationality": "belongs", "citizenship": "belongs", "jurisdiction": "belongs", "flag": "belongs", "pastFlags": "belongs",
    "country": "lives", "mainCountry": "lives", "birthCountry": "born",
}  # fmt: skip
"""What a relation to a country says: to whom one belongs, where one lives, where one was born."""
TONNAGE_NEAR: Final = 0.02
"""The part by which two lists round one vessel's tonnage apart."""
WORDS_MANY: Final = 3
"""Telling words that two addresses share from which they are one house."""

ADDRESS_PLAIN: Final = frozenset(
    "street st road rd avenue ave lane ln drive boulevard blvd building bldg floor flat apartment apt suite office room unit block "
    "house no number po box p o city town village district province region county state area near ul ulitsa pr prospekt kv dom "
    "str strasse rue via calle bin of the and de la el al north south east west new old industrial zone estate".split()
)
"""Words that stand in any address."""
TITLES: Final = {
    "mr": "male", "herr": "male", "monsieur": "male", "sir": "male", "mrs": "female", "ms": "female", "miss": "female",
    "frau": "female", "madame": "female", "mme": "female",
}  # fmt: skip
"""What a title says of gender, where it says it in so many words."""


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What each outcome is worth, in points; and which countries so many are listed for that they say little."""

    points: dict[str, dict[str, int]]
    """By fact and outcome."""
    common: tuple[str, ...]
    """Two-letter codes in lower case, the most frequent first."""


@cache
def shipped() -> Table:
    """Return the table that this version ships."""
    return msgspec.json.decode((files(__package__) / "data" / "facts.json").read_bytes(), type=Table)


def dates(asked: PartialDate, listed: PartialDate) -> str:
    """Return how two dates of one kind compare; a year, a span or a "circa" on either side says the less."""
    one, other = asked.day, listed.day
    if one and other:
        if one == other:
            return "same_day"
        if (one.year, one.month, one.day) == (other.year, other.day, other.month):
            return "day_and_month_exchanged"
        if Levenshtein.distance(one.isoformat(), other.isoformat(), score_cutoff=DIGITS_OFF) <= DIGITS_OFF:
            return "one_digit_off"
        return "same_year" if one.year == other.year else _apart(abs(one.year - other.year))
    if asked.circa or listed.circa:
        return "about_the_same" if asked.agrees(listed) else _apart(_gap(asked, listed))
    if asked.agrees(listed):
        return "same_month" if _is_month(asked) and _is_month(listed) else _overlap(asked, listed)
    gap = _gap(asked, listed)
    return "same_year" if gap == 0 else _apart(gap)


def countries_of(asked: str, listed: str) -> str:
    """Return how two relations to one and the same country compare: `same`, or `related` where they are of other kinds."""
    if not asked:
        return "same"
    return "same" if RELATED.get(asked, asked) == RELATED.get(listed, listed) else "related"


def addresses(asked: str, listed: str) -> str:
    """Return how two addresses compare by the words that tell: `same_place`, `some_words`, or `differs`."""
    one, other = _telling(asked), _telling(listed)
    if not one or not other:
        return ""
    shared = one & other
    if len(shared) >= WORDS_MANY:
        return "same_place"
    return "some_words" if any(word.isalpha() for word in shared) else "differs"


def tonnages(asked: int, listed: int) -> str:
    """Return how two tonnages compare."""
    return "same" if abs(asked - listed) <= TONNAGE_NEAR * max(asked, listed) else "differs"


def phrases(asked: str, listed: str) -> str:
    """Return how two descriptions in words compare."""
    one, other = words(asked), words(listed)
    if not one or not other:
        return ""
    if one == other:
        return "same"
    return "related" if one & other else "differs"


def gender_of(title: str) -> str:
    """Return the gender that a title says in so many words; empty if it says none."""
    said = {TITLES[word] for word in words(title) if word in TITLES}
    return said.pop() if len(said) == 1 else ""


def words(text: str) -> frozenset[str]:
    """Return the words of a text in ASCII, whatever its script."""
    return frozenset(re.findall(r"[a-z0-9]+", anyascii(text).casefold()))


@lru_cache(maxsize=10_000)
def _telling(address: str) -> frozenset[str]:
    """Return the words of an address that tell it from others; its country is compared by itself."""
    parts = [part for part in address.split(",") if countries.code(part.strip()) is None]
    found = {word for part in parts for word in words(part)} - ADDRESS_PLAIN
    return frozenset(word for word in found if word.isdigit() or (len(word) > 2 and countries.code(word) is None))


def _is_month(one: PartialDate) -> bool:
    return (one.first.year, one.first.month) == (one.last.year, one.last.month)


def _overlap(asked: PartialDate, listed: PartialDate) -> str:
    years = (asked.first.year, asked.last.year, listed.first.year, listed.last.year)
    return "same_year_only" if len(set(years)) == 1 else "within_span"


def _gap(asked: PartialDate, listed: PartialDate) -> int:
    """Return how many years lie between two dates."""
    return max(listed.first.year - asked.last.year, asked.first.year - listed.last.year, 0)


def _apart(years: int) -> str:
    if years <= NEAR_YEARS:
        return "near"
    return "years_apart" if years <= FAR_YEARS else "far_apart"


def points(table: Table, fact: str, outcome: str) -> int:
    """Return what an outcome is worth."""
    of: Mapping[str, int] = table.points.get(fact, {})
    return of.get(outcome, 0)
