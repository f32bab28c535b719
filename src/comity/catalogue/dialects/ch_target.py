"""Targets of the Swiss list: under which sets of sanctions they stand, since when, and what else is said of them.

A target refers to sets of sanctions, and its addresses to places, by number; both stand beside the targets in the file. Each change
of a target is a *modification* with its dates. The newest by date decides whether the target is listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from comity.catalogue.dialects import ch_identity, ch_law
from comity.catalogue.dialects.ch_identity import Place
from comity.lists.model import About, Designated, Listed, Record
from comity.model.dates import PartialDate

SCHEMATA: Final = {"individual": "Person", "entity": "Organization"}
OBJECTS: Final = {"vessel": "Vessel", "ship": "Vessel", "aircraft": "Airplane"}
SEXES: Final = {"male": "male", "female": "female"}
CHANGES: Final = {"listed": "listed", "amended": "amended", "de-listed": "de-listed"}
TONGUES: Final = ("eng", "ger", "fre", "ita")
"""In which language a programme is named, best first."""

UN_NUMBER: Final = re.compile(r"[A-Z]{2,3}[ie]\.\d{3}")
_ANY, _SAID = ("Person", "Organization", "Vessel", "Airplane"), re.IGNORECASE
FACTS: Final = (
    ("imoNumber", ("Vessel", "Organization"), re.compile(r"IMO(?: number)? ?:? ?(\d{7})\.?", _SAID)),
    (
        "registrationNumber",
        _ANY,
        re.compile(r"(?:state |business )?registration number ?: ?(\d[0-9A-Z/ -]*)\.?", _SAID),
    ),
    ("taxNumber", _ANY[:2], re.compile(r"tax(?:payer)? (?:identification|registration) number ?: ?(\d+)\.?", _SAID)),
    ("swiftBic", _ANY[1:2], re.compile(r"SWIFT(?:/BIC)?(?: code)? ?: ?([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\.?")),
    ("website", _ANY[1:2], re.compile(r"website ?: ?((?:https?://|www\.)\S+)", _SAID)),
    ("email", _ANY[:2], re.compile(r"e-?mail(?: address)? ?: ?(\S+@\S+)", _SAID)),
)
"""Facts that stand in free text, for which kinds of targets, where the text says nothing else; anything more stays a note."""


class Ground(NamedTuple):
    """One set of sanctions within its programme."""

    programme: str
    ordinance: str = ""
    title: str = ""
    origin: str = ""


class Heading(NamedTuple):
    """What targets refer to by number: sets of sanctions, and places."""

    grounds: dict[str, Ground]
    places: dict[str, Place]


class Change(NamedTuple):
    """One modification of a target."""

    on: PartialDate | None
    kind: str
    position: int
    """In the file, where the newest is meant to stand first."""


class Interval(NamedTuple):
    """Since when the present listing stands, when it ended, and whether it did."""

    listed_on: PartialDate | None
    delisted_on: PartialDate | None
    is_over: bool


def heading(records: Iterable[Record]) -> Heading:
    """Read the programmes and places."""
    found = Heading({}, {})
    for record in records:
        number = record.label = record.take("@ssid")
        if record.has("program-key"):
            found.grounds.update(_programme(record))
        else:
            found.places[number] = ch_identity.place(record)
        record.audit()
    return found


def _programme(record: Record) -> Iterator[tuple[str, Ground]]:
    key, ordinance = (_best(record.children(name)) for name in ("program-key", "program-name"))
    origin = record.optional("origin")
    record.skip("@version-date", "@predecessor-version-date")  # of the ordinance's text
    titles: dict[str, list[Record]] = {}
    for element in record.children("sanctions-set"):
        titles.setdefault(element.take("@ssid"), []).append(element)
    for number, elements in titles.items():
        yield number, Ground(key, ordinance, _best(elements), origin)


def _best(elements: list[Record]) -> str:
    texts = {element.optional("@lang"): " ".join(element.text().split()) for element in elements}
    return next((texts[tongue] for tongue in TONGUES if tongue in texts), next(iter(texts.values()), ""))


def target(record: Record, heading: Heading) -> Listed:
    """Read one target."""
    record.label = record.take("@ssid")
    kind = next((kind for kind in ("individual", "entity", "object") if record.has(kind)), "")
    body = record.child(kind)
    if body is None:
        record.odd("target", "neither individual, entity nor object")
        body = Record({}, file=record.file)
    schema = SCHEMATA.get(kind) or body.choose("@object-type", OBJECTS) or "Vehicle"
    about = About(record.label, schema)
    if schema == "Person":
        about.say("gender", body.choose("@sex", SEXES) or "")
    for identity in body.children("identity"):
        ch_identity.identity(about, identity, heading.places)
    _further(about, record, body)
    over = _designations(about, record, body, heading.grounds)
    about.say("topics", "" if over else "sanction")
    return record.finish(about.listed())


def _further(about: About, record: Record, body: Record) -> None:
    for element in body.children("other-information"):
        element.skip("@ssid")
        _other(about, element.text().strip())
    for relation in body.children("relation"):
        relation.skip("@ssid")
        words = (relation.take("@relation-type"), relation.take("@target-id"), *relation.texts("remark"))
        about.say("notes", " ".join(words))
    for number in record.texts("foreign-identifier"):
        about.say("unscId" if UN_NUMBER.fullmatch(number) else "foreignId", number)
    for attribute in record.children("generic-attribute"):
        attribute.skip("@ssid")
        about.say("notes", f"{attribute.optional('@name')}: {attribute.text()}".strip(": "))


def _other(about: About, text: str) -> None:
    for property_, schemata, pattern in FACTS:
        match = pattern.fullmatch(text)
        if match and about.schema in schemata:
            about.identify(property_, match[1])
            return
    about.tell("notes", text)


def _designations(about: About, record: Record, body: Record, grounds: Mapping[str, Ground]) -> bool:
    changes = [_change(element, position) for position, element in enumerate(record.children("modification"))]
    interval = _interval(changes)
    reasons = []
    for element in body.children("justification"):
        element.skip("@ssid")
        reasons.append(element.text().strip())
    for programme, sets in _grounds(record, grounds).items():
        facts = [ch_law.measures(one.ordinance, one.title, is_person=about.schema == "Person") for one in sets]
        measures = {measure.write(): measure for each in facts for measure in each}
        designated = Designated(
            programme=programme,
            authority="United Nations Security Council" if {one.origin for one in sets} == {"UN"} else "",
            legal_basis=tuple(dict.fromkeys(one.ordinance for one in sets if one.ordinance)),
            listed_on=interval.listed_on,
            amended_on=tuple(sorted({change.on for change in changes if change.kind == "amended" and change.on})),
            delisted_on=interval.delisted_on,
            status="de-listed" if interval.is_over else "",
            reasons=tuple(filter(None, reasons)),
            measures=() if interval.is_over else tuple(measures.values()),
        )
        about.designate(designated)
    return interval.is_over


def _grounds(record: Record, known: Mapping[str, Ground]) -> dict[str, list[Ground]]:
    found: dict[str, list[Ground]] = {}
    for number in dict.fromkeys((*record.texts("sanctions-set-id"), *record.texts("@sanctions-set-id"))):
        record.value_in("sanctions-set-id", number, known)
        ground = known.get(number, Ground(f"set {number}"))
        if ground.title and not ch_law.is_known(ground.title):
            record.odd("sanctions-set", ground.title)
        found.setdefault(ground.programme, []).append(ground)
    return found


def _change(element: Record, position: int) -> Change:
    kind = element.choose("@modification-type", CHANGES) or ""
    dates = [element.parse(f"@{name}-date", PartialDate.parse) for name in ("effective", "publication", "enactment")]
    element.skip("added", "removed")  # copies of the target as it was and became: history is told by the editions
    return Change(next(filter(None, dates), None), kind, position)


def _interval(changes: list[Change]) -> Interval:
    """Follow the modifications by date, and where dates are equal or missing from the bottom of the file to its top."""
    now = Interval(None, None, is_over=False)
    for change in sorted(changes, key=lambda one: (one.on or PartialDate.of(1000), -one.position)):
        if change.kind == "de-listed":
            now = now._replace(delisted_on=change.on, is_over=True)
        elif change.kind == "listed" and (now.is_over or now.listed_on is None):
            now = Interval(change.on, None, is_over=False)
        elif now.is_over:
            now = now._replace(delisted_on=None, is_over=False)
    return now
