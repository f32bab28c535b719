"""Countries and regions under a measure that reaches whoever is there: data with its provisions, and where a text names one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import msgspec

from comity.model.countries import fold
from comity.payments.model import FieldKind, Screened

WORD: Final = re.compile(r"[^\W_]+")
WORDS_MAX: Final = 6
"""Words of the longest name of a territory."""

CODED: Final = {FieldKind.BIC: slice(4, 6), FieldKind.IBAN: slice(0, 2), FieldKind.COUNTRY: slice(0, 2)}
"""Where a code holds its country (ISO 9362, ISO 13616, ISO 3166)."""


class Provision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A measure on a territory."""

    regime: str
    article: str


class Territory(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A country, or a part of one, under a territorial measure."""

    id: str
    caption: str
    countries: frozenset[str]
    """Codes under which an address there may be written; the first names it where it is a country of its own."""
    names: tuple[str, ...]
    towns: tuple[str, ...]
    measures: tuple[Provision, ...]

    @property
    def is_country(self) -> bool:
        """Whether the country's code alone says that one is there."""
        return self.id in self.countries


class Named(NamedTuple):
    """A territory that a text names."""

    territory: Territory
    start: int
    end: int
    is_town: bool


@cache
def territories() -> tuple[Territory, ...]:
    """Return every territory that is shipped."""
    text = (files("comity.filtering") / "data" / "territories.toml").read_text(encoding="utf-8")
    return tuple(msgspec.convert(one, Territory) for one in tomllib.loads(text)["territory"])


def coded(one: Screened) -> Territory | None:
    """Return the territory whose code a country, a BIC or an IBAN holds."""
    where = CODED.get(one.kind)
    if where is None or one.is_valid is False:
        return None
    code = fold(one.text)[where] if one.kind is not FieldKind.COUNTRY or len(one.text.strip()) == 2 else ""  # noqa: PLR2004 - ISO 3166
    return next((held for held in territories() if held.is_country and held.id == code), None)


def named(text: str) -> Iterator[Named]:
    """Yield the territories that a text names, the longest name first where several begin at a word; each word once."""
    words = [(found.start(), found.end(), fold(found.group())) for found in WORD.finditer(text)]
    at = 0
    while at < len(words):
        for count in range(min(WORDS_MAX, len(words) - at), 0, -1):
            held = _names().get(" ".join(word for *_, word in words[at : at + count]))
            if held:
                yield Named(held[0], words[at][0], words[at + count - 1][1], held[1])
                at += count - 1
                break
        at += 1


@cache
def _names() -> dict[str, tuple[Territory, bool]]:
    towns = {town: (one, True) for one in territories() for town in one.towns}
    return towns | {name: (one, False) for one in territories() for name in one.names}
