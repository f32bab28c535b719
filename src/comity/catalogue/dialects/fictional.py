"""Entries of lists that do not exist, as JSON lines; the form of the bundled exercise lists.

The first line says of which list and day this is, how many entries follow, and what each programme rests on and forbids:

    {"fictional_list": "qm", "published_at": "2024-11-20T06:00:00Z", "entries": 2, "programmes":
     [{"name": "Straits shipping", "basis": ["Order 2022/17"], "measures": [{"kind": "asset_freeze", "binds": …, "article": …}]}]}

Every further line is one entry with the keys of `Line`. A measure that cannot touch an entry, such as a travel ban for a ship, is
left out. A key that is not named here is refused, at every level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final, Literal

import msgspec

from comity.catalogue.dialects.json_lines import decode, lines
from comity.lists.model import (
    About,
    Designated,
    EditionEmpty,
    EditionUnreadable,
    Head,
    Listed,
    Oddity,
    Opened,
    ValueMalformed,
)
from comity.model.dates import DateMalformed, PartialDate
from comity.model.entity import COUNTRY_PROPERTIES, DATE_PROPERTIES
from comity.model.measure import Measure, MeasureKind

NAME: Final = "fictional.jsonl"
FIRST = re.compile(rb'\s*\{\s*"fictional_list"\s*:')

ONLY: Final = {
    MeasureKind.TRAVEL_BAN: {"Person"},
    MeasureKind.DIRECTOR_DISQUALIFICATION: {"Person"},
    MeasureKind.DEBT: {"Company", "Organization"},
    MeasureKind.VESSEL_PORT_ENTRY: {"Vessel"},
    MeasureKind.VESSEL_SERVICES: {"Vessel"},
    MeasureKind.AIRCRAFT: {"Airplane"},
}
"""Measures that can touch only entries of some kinds."""


class Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Anything of this format: a key that is not named here is refused."""


class Programme(Strict, frozen=True):
    """What a regime lists people under."""

    name: str
    basis: tuple[str, ...]
    measures: tuple[Measure, ...]


class First(Strict, frozen=True):
    """The first line."""

    fictional_list: Literal["qm", "qn", "qo", "wa"]
    published_at: datetime
    entries: int
    programmes: tuple[Programme, ...]


class Name(Strict, frozen=True):
    """One name; `kind` is its FollowTheMoney property."""

    name: str
    kind: Literal["name", "alias", "weakAlias", "previousName"] = "name"
    lang: str = ""


class Facts(Strict, frozen=True, omit_defaults=True, rename="camel"):
    """Values of FollowTheMoney properties. Dates are those of `PartialDate`, countries are codes."""

    first_name: tuple[str, ...] = ()
    last_name: tuple[str, ...] = ()
    gender: tuple[Literal["male", "female", "other"], ...] = ()
    title: tuple[str, ...] = ()
    position: tuple[str, ...] = ()
    birth_date: tuple[str, ...] = ()
    birth_place: tuple[str, ...] = ()
    nationality: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    incorporation_date: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    flag: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    tonnage: tuple[str, ...] = ()
    build_date: tuple[str, ...] = ()
    model: tuple[str, ...] = ()


class Number(Strict, frozen=True):
    """An identifier as printed."""

    kind: Literal["passportNumber", "idNumber", "taxNumber", "registrationNumber", "imoNumber", "mmsi", "serialNumber"]
    number: str
    country: str = ""
    calls: str = ""
    """What the list calls it."""


class Address(Strict, frozen=True):
    """An address in one line."""

    text: str
    country: str = ""


class Wallet(Strict, frozen=True):
    """A wallet that an entry is said to use."""

    key: str
    currency: str


class Designation(Strict, frozen=True):
    """One listing under one programme."""

    programme: str
    listed_on: str
    amended_on: tuple[str, ...] = ()
    delisted_on: str = ""
    status: str = ""
    basis: tuple[str, ...] = ()
    """Acts beside those of the programme."""
    reasons: tuple[str, ...] = ()


class Line(Strict, frozen=True):
    """One entry."""

    reference: str
    schema: Literal["Person", "Organization", "Company", "Vessel", "Airplane"]
    names: tuple[Name, ...]
    designations: tuple[Designation, ...]
    facts: Facts = Facts()
    identifiers: tuple[Number, ...] = ()
    addresses: tuple[Address, ...] = ()
    wallets: tuple[Wallet, ...] = ()
    notes: tuple[str, ...] = ()


def recognises(_name: str, start: bytes) -> bool:
    """Whether a file begins as these lists do."""
    return FIRST.match(start) is not None


def head(opened: Opened) -> Head:
    """Read the first line."""
    first, _ = _open(opened)
    return Head(published_at=first.published_at.astimezone(UTC), count=first.entries, dataset=first.fictional_list)


def read(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read an edition, entry by entry."""
    opened = files[NAME]
    first, rest = _open(opened)
    programmes = {programme.name: programme for programme in first.programmes}
    for number, raw in rest:
        line, text = decode(raw, Line, number, opened)
        try:
            yield msgspec.structs.replace(_listed(line, programmes), raw=text)
        except DateMalformed as error:
            raise ValueMalformed(str(error), file=opened.name, record=line.reference) from error


def _open(opened: Opened) -> tuple[First, Iterator[tuple[int, bytes]]]:
    rest = lines(opened)
    found = next(rest, None)
    if found is None:
        raise EditionEmpty("the file is empty", file=opened.name)
    first, _ = decode(found[1], First, found[0], opened)
    if first.published_at.tzinfo is None:
        raise EditionUnreadable("the time has no zone", file=opened.name, record="line 1", field="published_at")
    return first, rest


def _listed(line: Line, programmes: Mapping[str, Programme]) -> Listed:
    about = About(line.reference, line.schema)
    for name in line.names:
        about.say(name.kind, name.name, lang=name.lang)
    facts: dict[str, list[str]] = msgspec.to_builtins(line.facts)
    for property_, values in facts.items():
        for value in values:
            _say(about, property_, value)
    for one in line.identifiers:
        about.identify(one.kind, one.number, country=one.country, kind=one.calls)
    for address in line.addresses:
        about.address(address.text, country=address.country)
    for note in line.notes:
        about.tell("notes", note)
    about.designate(*(_designated(one, line.schema, programmes.get(one.programme)) for one in line.designations))
    about.link(_wallet(line.reference, wallet) for wallet in line.wallets)
    if any(not one.delisted_on for one in line.designations):
        about.say("topics", "sanction")
    odd = tuple(Oddity("programme", one.programme) for one in line.designations if one.programme not in programmes)
    return msgspec.structs.replace(about.listed(), oddities=odd)


def _say(about: About, property_: str, value: str) -> None:
    if property_ in COUNTRY_PROPERTIES:
        about.country(property_, value)
    elif property_ in DATE_PROPERTIES:
        about.on(property_, PartialDate.parse(value))
    else:
        about.say(property_, value)


def _designated(one: Designation, schema: str, programme: Programme | None) -> Designated:
    measures = programme.measures if programme and not one.delisted_on else ()
    return Designated(
        programme=one.programme,
        legal_basis=(*(programme.basis if programme else ()), *one.basis),
        listed_on=PartialDate.parse(one.listed_on),
        amended_on=tuple(PartialDate.parse(on) for on in one.amended_on),
        delisted_on=PartialDate.parse(one.delisted_on) if one.delisted_on else None,
        status=one.status,
        reasons=one.reasons,
        measures=tuple(measure for measure in measures if schema in ONLY.get(measure.kind, {schema})),
    )


def _wallet(reference: str, wallet: Wallet) -> Listed:
    about = About(f"{reference}/wallet/{wallet.key}", "CryptoWallet")
    about.identify("publicKey", wallet.key)
    about.say("currency", wallet.currency)
    about.say("topics", "sanction")
    return about.listed()
