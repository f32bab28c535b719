"""Why two names may be one, in sentences that a person can read aloud: what agrees and how, what is missing, what contradicts."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

import msgspec

from comity.matching import legal
from comity.matching.aligning import JOINED_FROM
from comity.matching.closeness import Way
from comity.matching.observing import Feature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.matching.engine import Match
    from comity.matching.names import Name


class Effect(Enum):
    """Which way a piece of evidence speaks."""

    FOR = "for"
    AGAINST = "against"
    NEUTRAL = "neutral"


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was observed of two names."""

    kind: str
    """`same_word`, `spelling`, `variant`, `nickname`, `slip`, `sound`, `other_script`, `translation`, `initial`, `spacing`,
    `missing`, `contradiction`, `legal_form`, `number`."""
    query: str
    listed: str
    effect: Effect
    text: str


SAYS: Final = {
    Way.EXACT: ("same_word", "“{query}” is the same word"),
    Way.FOLDED: ("spelling", "“{query}” and “{listed}” are ways to write one name"),
    Way.TABLE: ("variant", "“{query}” is a known variant of “{listed}”"),
    Way.NICKNAME: ("nickname", "“{query}” is used for “{listed}”"),
    Way.EDIT1: ("slip", "“{query}” differs from “{listed}” by one letter"),
    Way.EDIT2: ("slip", "“{query}” differs from “{listed}” by two letters"),
    Way.SOUND: ("sound", "“{query}” has the consonants of “{listed}”"),
    Way.CROSS: ("other_script", "“{query}” is “{listed}” in another script"),
    Way.CROSS_SOUND: ("other_script", "“{query}” sounds like “{listed}” in another script"),
    Way.CONCEPT: ("translation", "“{query}” means “{listed}”"),
    Way.OTHER: ("slip", "“{query}” is near “{listed}”, but each is a name of its own"),
    Way.INITIAL: ("initial", "“{query}” and “{listed}” begin with one letter, and one is an initial"),
}


def evidence(match: Match) -> tuple[Evidence, ...]:
    """Return what speaks for and against a match: word by word as asked, then what is left, then the legal form."""
    name = match.asked
    return (*_words(name, match), *_left(name, match), *_numbers(name, match), *_forms(name, match))


def _words(name: Name, match: Match) -> Iterator[Evidence]:
    for asked, listed, _, way in sorted(match.laid.pairs):
        kind, says = SAYS[way]
        query, text = name.words[asked].text, match.row.texts[listed]
        effect = Effect.NEUTRAL if way == Way.OTHER else Effect.FOR
        yield Evidence(kind=kind, query=query, listed=text, effect=effect, text=says.format(query=query, listed=text))


def _left(name: Name, match: Match) -> Iterator[Evidence]:
    asked = " ".join(name.words[at].text for at in match.laid.left_asked)
    listed = " ".join(match.row.texts[at] for at in match.laid.left_listed)
    if asked and listed and match.laid.rejoined >= JOINED_FROM:
        text = f"“{asked}” and “{listed}” are the same letters with other spaces"
        yield Evidence(kind="spacing", query=asked, listed=listed, effect=Effect.FOR, text=text)
    elif asked and listed:
        text = f"“{asked}” stands where the list has “{listed}”"
        yield Evidence(kind="contradiction", query=asked, listed=listed, effect=Effect.AGAINST, text=text)
    elif asked:
        text = f"“{asked}” is not in the listed name"
        yield Evidence(kind="missing", query=asked, listed="", effect=Effect.NEUTRAL, text=text)
    elif listed:
        text = f"“{listed}” of the listed name was not given"
        yield Evidence(kind="missing", query="", listed=listed, effect=Effect.NEUTRAL, text=text)


def _numbers(name: Name, match: Match) -> Iterator[Evidence]:
    if match.observed[Feature.NUMBERS]:
        asked = " ".join(name.words[at].text for at in match.laid.left_asked if name.words[at].is_number)
        listed = " ".join(text for at in match.laid.left_listed if (text := match.row.texts[at]).isdigit())
        said = f"the number {asked or 'absent'} differs from {listed or 'none'}"
        yield Evidence(kind="number", query=asked, listed=listed, effect=Effect.AGAINST, text=said)


def _forms(name: Name, match: Match) -> Iterator[Evidence]:
    asked, listed = _named(name.forms), _named(match.row.forms)
    if not asked or not listed:
        return
    said = match.observed[Feature.FORMS]
    text = f"both are named as {asked}" if said == 1 else f"one is named as {asked}, the other as {listed}"
    effect = {1: Effect.FOR, 3: Effect.AGAINST}.get(said, Effect.NEUTRAL)
    yield Evidence(kind="legal_form", query=asked, listed=listed, effect=effect, text=text)


def _named(forms: int) -> str:
    return ", ".join(legal.form_name(at) for at in range(forms.bit_length()) if forms >> at & 1)
