"""What one OFAC entry names beside its programmes: directives, items from menus of sanctions, and the days on which they bind.

The tables of directives and menus say what the names mean; dates in the entry win over them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from comity.catalogue.dialects.ofac_directives import DIRECTIVES, EFFECTIVE
from comity.catalogue.dialects.ofac_menus import MENUS, Menu

if TYPE_CHECKING:
    from comity.model.dates import PartialDate
    from comity.model.measure import Measure

SECTION_11 = "section 11 of executive order 14024"
"""Whoever is blocked under E.O. 14024 is marked with it: the section threatens foreign banks that deal with the blocked."""

_ITEM = re.compile(r"(?P<item>.+?)[. ]*(?: Sec[.]? ?(?P<section>\d+\(?[\w()]*))?\.?")
_ORDER = re.compile(r"Executive Order (\d+) Directive (?:Determination|Information)")
_SUBJECT = re.compile(r"Subject to Directive (\w+)")
_DATED = re.compile(r"(Listing|Effective|Purchase/Sales For Divestment) Date \((.+)\)")


class Named:
    """What one entry names, gathered item by item."""

    def __init__(self) -> None:
        self._directives: dict[str, None] = {}
        self._dates: dict[str, dict[str, PartialDate]] = defaultdict(dict)
        self._items: list[tuple[Menu, tuple[Measure, ...]]] = []

    def take(self, kind: str, value: str) -> bool:
        """Take what the entry says under a heading; False where the tables do not know it."""
        if menu := MENUS.get(kind):
            return self._pick(menu, value)
        if (order := _ORDER.fullmatch(kind)) and (subject := _SUBJECT.match(value)):
            name = f"EO {order[1]} Directive {subject[1]}"
            self._directives[name] = None
            return name in DIRECTIVES
        return False

    def date(self, kind: str, when: PartialDate) -> bool:
        """Take a date of listing, effect or divestment; False where the directive is not known."""
        match = _DATED.fullmatch(kind)
        if match is None or match[2] not in DIRECTIVES:
            return False
        self._directives[match[2]] = None
        self._dates[match[2]][match[1]] = when
        return True

    def measures(self, programmes: tuple[str, ...]) -> dict[str, tuple[Measure, ...]]:
        """Return what the entry names, by the programme to which it belongs."""
        found: dict[str, list[Measure]] = defaultdict(list)
        for name in sorted(self._directives.keys() & DIRECTIVES.keys()):
            directive = DIRECTIVES[name]
            found[_home(directive.programmes, programmes)] += [
                self._dated(name, measure) for measure in directive.measures
            ]
        for menu, measures in self._items:
            found[_home(menu.programmes, programmes)] += measures
        return {programme: tuple(measures) for programme, measures in found.items()}

    def listed_on(self, programmes: tuple[str, ...]) -> dict[str, PartialDate]:
        """Return the first listing date that the entry gives under each programme."""
        found: dict[str, PartialDate] = {}
        for name, dates in self._dates.items():
            if "Listing" in dates:
                programme = _home(DIRECTIVES[name].programmes, programmes)
                found[programme] = min(dates["Listing"], found.get(programme, dates["Listing"]))
        return found

    def _pick(self, menu: Menu, value: str) -> bool:
        match = _ITEM.fullmatch(" ".join(value.split()))
        item = match["item"].lower() if match else ""
        if match is None or item not in menu.items:
            return False
        section = match["section"] or ""
        self._items.append((menu, tuple(_cited(measure, section) for measure in menu.items[item])))
        return True

    def _dated(self, name: str, measure: Measure) -> Measure:
        dates = {event: when.day for event, when in self._dates.get(name, {}).items() if when.day}
        effective = dates.get("Effective")
        parameters = {key: value for key, value in measure.parameters.items() if value != EFFECTIVE}
        if effective and len(parameters) < len(measure.parameters):
            parameters["issued_since"] = effective.isoformat()
        exceptions = measure.exceptions
        if divest := dates.get("Purchase/Sales For Divestment"):
            parameters["divestment_until"] = divest.isoformat()
            exceptions = ("purchases or sales made solely to divest, until that day: E.O. 13959, section 1(c)",)
        return replace(measure, parameters=parameters, since=measure.since or effective, exceptions=exceptions)


def _home(preferred: tuple[str, ...], programmes: tuple[str, ...]) -> str:
    """Return the programme of an entry to which something named in it belongs: the first preferred one, or the first of all."""
    return next((programme for programme in preferred if programme in programmes), min(programmes))


def _cited(measure: Measure, section: str) -> Measure:
    return replace(measure, article=measure.article + section) if measure.article.endswith("section ") else measure
