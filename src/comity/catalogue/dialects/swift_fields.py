"""What a field of a SWIFT payment may be read for: a reference, an amount, somebody in a role, running text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from comity.catalogue.dialects import swift_party
from comity.catalogue.dialects.payment_reading import Fact, Reading
from comity.catalogue.dialects.swift_mt import Field, readings
from comity.payments.model import (
    REMITTANCE,
    FieldKind,
    Role,
    ValueMalformed,
    screened,
)

K = FieldKind
Use = Callable[[Field, Reading], None]
"""What a field is read for; what it says goes into the reading."""

_AMOUNT = re.compile(r"(\d{6})?([A-Z]{3})([\d,]+)", re.ASCII)
_DAY = re.compile(r"\d{6}", re.ASCII)
_CODE = re.compile(r"/([A-Z0-9]{1,8})/(.*)")
_REASON = re.compile(r"[A-Z]{2}\d{2}", re.ASCII)
_INSTITUTION = re.compile(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
CENTURY_TURNS: Final = 80
"""Years of two digits from here on belong to the twentieth century."""

BEARERS: Final = {"OUR": "DEBT", "SHA": "SHAR", "BEN": "CRED"}
"""Who bears the charges, in the words of ISO 20022."""


_REFERENCES: Final = frozenset({"ROC", "RFB", "INV", "IPI", "TSU", "MREF", "TREF"})
"""Codes before a reference; with blanks in it, or without a digit, it is taken for text all the same."""

_FACTS: Final = {
    "ROC": "end_to_end_id",
    "MREF": "original_message_id",
    "TREF": "original_end_to_end_id",
    "SVCLVL": "service_level",
    "LOCINS": "local_instrument",
}
_PREVIOUS: Final = (
    Role.PREVIOUS_INSTRUCTING_AGENT_1,
    Role.PREVIOUS_INSTRUCTING_AGENT_2,
    Role.PREVIOUS_INSTRUCTING_AGENT_3,
)


def reference(fact: str = "") -> Use:
    """Read a reference."""

    def use(field: Field, into: Reading) -> None:
        text = "/".join(line for line in field.lines if line)
        if text:
            into.gathered.add(screened(K.REFERENCE, text, field.place(1, len(field.lines))))
            _keep(into, fact, text, field)

    return use


def code(fact: str = "") -> Use:
    """Read a code, a rate or a time, which is not screened."""

    def use(field: Field, into: Reading) -> None:
        _keep(into, fact, BEARERS.get(field.lines[0], field.lines[0]), field)

    return use


def money(fact: str) -> Use:
    """Read an amount, with the day of its settlement where the field has one."""

    def use(field: Field, into: Reading) -> None:
        found = _AMOUNT.fullmatch(field.lines[0].strip())
        if found is None or len(field.lines) > 1:
            raise ValueMalformed("holds no amount with its currency", field=field.place(1))
        if found.group(1):
            _keep(into, "settles_on", _iso(found.group(1), field), field)
        into.facts.setdefault(fact, []).append(Fact(found.group(3), field.place(1), found.group(2)))

    return use


def day(fact: str = "settles_on") -> Use:
    """Read a day."""

    def use(field: Field, into: Reading) -> None:
        if _DAY.fullmatch(field.lines[0]) is None:
            raise ValueMalformed("holds no day", field=field.place(1))
        _keep(into, fact, _iso(field.lines[0], field), field)

    return use


def institution(role: Role) -> Use:
    """Read an institution in a role."""

    def use(field: Field, into: Reading) -> None:
        into.gathered.agents.add(role)
        for one in swift_party.institution(field, role):
            into.gathered.add(one)

    return use


def customer(role: Role) -> Use:
    """Read a customer in a role."""

    def use(field: Field, into: Reading) -> None:
        for one in swift_party.customer(field, role):
            into.gathered.add(one)

    return use


def account(role: Role) -> Use:
    """Read the account of whoever plays a role."""

    def use(field: Field, into: Reading) -> None:
        for number, line in enumerate(field.lines, 1):
            for one in swift_party.account(line, field.place(number), role):
                into.gathered.add(one)

    return use


def instruction(field: Field, into: Reading) -> None:
    """Read a code that words may follow (`PHOB/+999 1234`)."""
    for number, line in enumerate(field.lines, 1):
        words = line.partition("/")[2] if number == 1 else line
        if words.strip():
            into.gathered.add(screened(K.FREE_TEXT, words.strip(), field.place(number)))


def remittance(field: Field, into: Reading) -> None:
    """Read what the payer tells the payee."""
    for heading, lines in _items(field):
        _say(field, lines, K.REFERENCE if _refers(heading, lines) else K.REMITTANCE, into, REMITTANCE)
        _note(heading, lines, field, into)


def narrative(field: Field, into: Reading) -> None:
    """Read what the sender tells the receiver, or an authority."""
    for heading, lines in _items(field):
        text = lines[0][1].strip()
        if heading in {"INS", "INTA"} and len(lines) == 1 and _INSTITUTION.fullmatch(text):
            role = next((one for one in _PREVIOUS if one not in into.gathered.groups), Role.FURTHER_AGENT)
            role = role if heading == "INS" else Role.FURTHER_AGENT
            into.gathered.add(screened(K.BIC, text, field.place(lines[0][0]), role))
            into.gathered.agents.add(role)
            continue
        if _REASON.fullmatch(heading):
            into.facts.setdefault("reason", []).append(Fact(heading, field.place(lines[0][0])))
        _say(field, lines, K.REFERENCE if _refers(heading, lines) else K.FREE_TEXT, into)
        _note(heading, lines, field, into)


def _items(field: Field) -> list[tuple[str, list[tuple[int, str]]]]:
    """Divide running text at its codes (`/INS/…`); a line that begins with two slashes continues, and text in any case."""
    items: list[tuple[str, list[tuple[int, str]]]] = []
    for number, line in enumerate(field.lines, 1):
        found = _CODE.fullmatch(line)
        if found is not None:
            items.append((found.group(1), [(number, found.group(2))]))
        elif items and (line.startswith("//") or items[-1][0] not in _REFERENCES):
            items[-1][1].append((number, line.removeprefix("//")))
        else:
            items.append(("", [(number, line)]))
    return items


def _refers(heading: str, lines: list[tuple[int, str]]) -> bool:
    text = lines[0][1].strip()
    return heading in _REFERENCES and len(lines) == 1 and " " not in text and any(one.isdigit() for one in text)


def _say(field: Field, lines: list[tuple[int, str]], kind: FieldKind, into: Reading, group: str | None = None) -> None:
    place = field.place(lines[0][0], lines[-1][0])
    for text in readings(field, lines):
        into.gathered.add(screened(kind, text, place), group)


def _note(heading: str, lines: list[tuple[int, str]], field: Field, into: Reading) -> None:
    text = "".join(line for _, line in lines).strip()
    if text and (fact := _FACTS.get(heading)):
        found = into.facts.setdefault(fact, [])
        if fact == "service_level" or not found:
            found.append(Fact(text, field.place(lines[0][0])))


def _keep(into: Reading, fact: str, text: str, field: Field) -> None:
    if fact:
        into.facts.setdefault(fact, []).append(Fact(text, field.place(1)))


def _iso(text: str, field: Field) -> str:
    year = int(text[:2])
    try:
        return date(year + (1900 if year >= CENTURY_TURNS else 2000), int(text[2:4]), int(text[4:])).isoformat()
    except ValueError as error:
        raise ValueMalformed(f"{text!r} is no day", field=field.place(1)) from error
