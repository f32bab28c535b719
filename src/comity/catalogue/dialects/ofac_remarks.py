"""The language of OFAC's remarks: facts separated by semicolons, each a kind and a value, some with a country and days of validity.

`DOB circa 1951; POB Tripoli, Libya; Passport 4418 (Norway) issued 14 Dec 2005 expires 13 Dec 2010; a.k.a. 'THE FERRYMAN';
Linked To: …`. The CSV files hold everything in this form; the XML formats hold the facts one by one and only what is left as
remarks. A name in single quotes is a weak alias. `alt.` before a fact says only that there is another of its kind.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from comity.catalogue.dialects.ofac_kinds import KINDS, How
from comity.model import countries
from comity.model.dates import DateMalformed, PartialDate

CUT_CHARS = 1_000
"""A remark of this length goes on in the comments file, at any letter; a shorter one ends with a full stop."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_DAY = re.compile(r"(?:(?:(\d{1,2}) )?([A-Z][a-z]{2})[a-z]* )?(\d{4})")
_SPAN = re.compile(r"(.+?)(?: to |-)(.+)")
_TAIL = re.compile(r"(.*?)(?: \(([^()]+)\))?(?: issued (.+?))?(?: expires (.+?))?")
_BRACKETS = re.compile(r"(.+) \(([^()]+)\)")
_ABBREVIATION = re.compile(r".*(?:\b[A-Za-z]{1,3}\.){2,}")
_WEAK = re.compile(r"(?:alt\. )?([afn]\.k\.a\.) '(.*)'")
_LINKED = re.compile(r"\((Linked To: .*)\)")


class Fact(NamedTuple):
    """One fact of an entry, by its kind as all formats name it."""

    kind: str
    value: str
    country: str = ""
    """Who issued a document, in the list's words."""
    issued: str = ""
    expires: str = ""
    """Dates in the normal form of `PartialDate`."""


class WeakAlias(NamedTuple):
    """A name of low quality, with what it is called: a.k.a., f.k.a. or n.k.a."""

    kind: str
    name: str


def is_cut(text: str) -> bool:
    """Whether a remark as it stands in its file breaks off and must be continued."""
    return len(text) >= CUT_CHARS or not text.rstrip().endswith(".")


def complete(text: str) -> str:
    """Return what stands before the fact at which a remark breaks off."""
    return text.rpartition("; ")[0]


def facts(text: str) -> Iterator[Fact | WeakAlias | str]:
    """Yield what a remark says, item by item; free text as it stands, in the form of `ended`."""
    body = text.strip()
    for item in (body[:-1] if body.endswith("'.") else body).split("; "):
        if stripped := item.strip():
            yield read(stripped)


@lru_cache(maxsize=16_384)
def read(item: str) -> Fact | WeakAlias | str:
    """Read one item of a remark."""
    if weak := _WEAK.fullmatch(item):
        return WeakAlias(weak[1], weak[2])
    if linked := _LINKED.fullmatch(item):
        item = linked[1]
    while item.startswith("alt. "):
        item = item[5:]
    for kind in _BY_WORD.get(item.partition(" ")[0].rstrip(":"), ()):
        if item.startswith(kind) and item[len(kind) : len(kind) + 1] in {" ", ":"}:
            value = ended(item[len(kind) :].lstrip(" :").removeprefix("- "))
            if value:
                return document(kind, value) if KINDS[kind][0] is How.DOCUMENT else Fact(kind, value)
    return ended(item)


def document(kind: str, value: str) -> Fact:
    """Read a document's number with the country in brackets and the days of issue and expiry behind it."""
    match = _TAIL.fullmatch(value)
    if match is None or not match[1]:
        return Fact(kind, value)
    number, country, issued, expires = (group or "" for group in match.groups())
    return numbered(kind, number, country, issued, expires)


def numbered(kind: str, number: str, country: str, issued: str, expires: str) -> Fact:
    """Return a document's fact; what stands in brackets behind a number is its country where it is one."""
    if not country and (tail := _BRACKETS.fullmatch(number)) and countries.code(tail[2]):
        number, country = tail.groups()
    elif country and countries.code(country) is None:
        number, country = f"{number} ({country})", ""
    return Fact(kind, number, country, written(issued), written(expires))


def written(text: str) -> str:
    """Return a date in its normal form where it is one, and otherwise as it stands."""
    when = date(text) if text else None
    return str(when) if when else text


@lru_cache(maxsize=65_536)
def date(text: str) -> PartialDate | None:
    """Read a date as OFAC writes it: `12 Feb 1961`, `Sep 1938`, `circa 1951`, `1929 to 1930`; None where it is none."""
    body = text.strip().rstrip(".")
    circa = body.startswith("circa ")
    body = body.removeprefix("circa ")
    try:
        if single := _single(body):
            return PartialDate(single.first, single.last, circa)
        span = _SPAN.fullmatch(body)
        ends = [_single(end) for end in span.groups()] if span else []
        if len(ends) == 2 and ends[0] and ends[1]:  # noqa: PLR2004 - a span has two ends
            return PartialDate.between(ends[0], ends[1], circa=circa)
    except DateMalformed:
        return None
    return None


def ended(text: str) -> str:
    """Return free text without the full stop that ends a remark; one that belongs to an abbreviation such as `S.A.` stays.

    A list's last words cannot be told from an abbreviation by the full stop alone, so that all formats are read by the same rule.
    """
    body = text.strip()
    if not body.endswith("."):
        return body
    return body if _ABBREVIATION.fullmatch(body) else body[:-1].rstrip()


def _single(text: str) -> PartialDate | None:
    match = _DAY.fullmatch(text.strip())
    if match is None or (match[2] and match[2] not in MONTHS):
        return None
    month = MONTHS.index(match[2]) + 1 if match[2] else None
    return PartialDate.of(int(match[3]), month, int(match[1]) if match[1] else None)


def _by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for kind in KINDS:
        found[kind.partition(" ")[0]].append(kind)
    return {word: tuple(sorted(kinds, key=len, reverse=True)) for word, kinds in found.items()}


_BY_WORD = _by_word()
"""Kinds by their first word, the longest first."""
