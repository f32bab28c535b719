"""Listed persons, firms and ships that do not exist, and payments in which they, or words like theirs, stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from comity.catalogue import messages
from comity.infra.database import Database
from comity.infra.work import Work
from comity.kit.catalogue import discover
from comity.model.actor import OPERATOR, Purpose
from comity.model.money import Money
from comity.model.permission import Permission
from comity.payments.model import (
    REMITTANCE,
    Chain,
    FieldKind,
    Gathered,
    InMemory,
    MessageKind,
    Named,
    Remittance,
    Role,
    Screened,
    Transfer,
    read,
    screened,
)
from support.invented import DRESNOV, HERON, NORDHAVN, VOSK, Entry, but

KINDS = discover(messages, "MESSAGE", MessageKind)

BANK = Entry(number="QM-20", name="Kavrel Maritime Bank", kind="Company", numbers="swiftBic:KVRLQMQM")
LISTED = (
    but(DRESNOV, numbers="taxNumber:7700118822;idNumber:QM55501"),
    HERON,
    NORDHAVN,
    VOSK,
    BANK,
    Entry(number="QM-21", name="Lumen", kind="Vessel", imo="9319466"),
    Entry(number="QM-22", name="Fortune", kind="Vessel"),
    Entry(number="QM-23", name="Meridian Falcon Shipping", kind="Company", aliases=("Progress",)),
    Entry(number="QM-24", name="Havanova Industrial Combine", kind="Organization", aliases=("Havanova",)),
    Entry(number="QM-25", name="Zorvanek", kind="Organization", numbers="registrationNumber:QM-778812"),
    Entry(number="QM-26", name="May", kind="Person"),
    Entry(number="QM-27", name="Baraka Trading and Construction Group of Kavrel", kind="Company"),
    Entry(number="QM-28", name="Sheikh Talvi Ostrand", kind="Person", born="1966"),
    Entry(
        number="QM-29",
        name="Quellimar Holding",
        kind="Company",
        wallet="bc1qfictionaladdress0000000000000000000000",
        numbers="leiCode:5493001KJTIIGC8Y1R12;ibanCode:GB82WEST12345698765432;bikCode:QZ1234567",
    ),  # the LEI and the IBAN are the examples of ISO 17442 and ISO 13616
)
"""Everybody on the fictional list of these tests."""


@contextmanager
def working(database: Database, at: datetime = datetime(2031, 11, 21, 12, tzinfo=UTC)) -> Iterator[Work]:
    """Open a work on a database, and roll it back."""
    with database.engine.execution_options(write=True).connect() as connection:
        yield Work(
            connection,
            actor=OPERATOR,
            purpose=Purpose.SANCTIONS_IMPLEMENTATION,
            permission=Permission.OPERATE,
            at=at,
        )


def transfers(text: str | bytes, name: str = "example") -> list[Transfer]:
    """Read the transfers of a message."""
    return list(read(KINDS, InMemory(name, text.encode() if isinstance(text, str) else text)))


def paid(*said: tuple[FieldKind, str] | tuple[FieldKind, str, str], role: Role | None = Role.CREDITOR) -> Transfer:
    """Return a transfer that says some texts, each of its kind, and with the scheme of a number if one is given."""
    gathered = Gathered()
    for place, (kind, text, *scheme) in enumerate(said):
        spoken = None if kind in {FieldKind.REMITTANCE, FieldKind.FREE_TEXT, FieldKind.REFERENCE} else role
        group = REMITTANCE if kind is FieldKind.REMITTANCE else None
        gathered.add(screened(kind, text, f"{kind.value}[{place}]", spoken, *scheme), group)
    parties, agents, remittance, texts = gathered.parts()
    return Transfer(
        kind="csv_transfers",
        version="CSV",
        number=1,
        amount=Money(125_000, "EUR"),
        parties=parties,
        agents=agents,
        remittance=remittance,
        texts=texts,
    )


def replanted(one: Any, place: str, text: str) -> Any:
    """Return a transfer, or a part of one, with another text at a place."""
    if isinstance(one, Screened):
        return screened(one.kind, text, place, one.role, one.scheme) if one.place == place else one
    if isinstance(one, tuple):
        return tuple(replanted(part, place, text) for part in one)
    if isinstance(one, Named | Remittance | Chain):
        parts = {name: replanted(getattr(one, name), place, text) for name in one.__struct_fields__}
        return msgspec.structs.replace(one, **parts)
    return one


def names(found: Iterable[object]) -> list[str]:
    """Return who was found, each once, in order."""
    return list(dict.fromkeys(one.listed.caption for one in found))  # type: ignore[attr-defined]


def embedded(folder: Path, empty_file: Path) -> Database:
    """Return a database of its own with every table."""
    file = folder / "filtering.sqlite3"
    file.write_bytes(empty_file.read_bytes())
    return Database.embedded(file)
