"""Parties and institutions in SWIFT messages, option by option (SWIFT Standards, category 1: fields 50 to 59).

Only option F says which line is a name and which an address; in the others the first line is taken for the name, and the next ones
may continue it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from comity.catalogue.dialects.swift_mt import LINE_CHARS, readings
from comity.payments.model import FieldKind, FieldUnknown, Role, Screened, screened

if TYPE_CHECKING:
    from comity.catalogue.dialects.swift_mt import Field

K = FieldKind

_CLEARING = re.compile(r"//([A-Z]{2})(.*)")
_ACCOUNT = re.compile(r"/(?:[CD]/)?(.*)")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{8,30}", re.ASCII)
_CODED = re.compile(r"(ARNU|CCPT|CUST|DRLC|EMPL|NIDN|SOSE|TXID)/([A-Z]{2})/(.*)")
_STRUCTURED = re.compile(r"([1-8])/(.*)")
_BIC_ALONE: Final = frozenset({"50C", "50G"})
"""Fields that hold an identifier code without the letter A."""

_COUNTRY_FIRST = re.compile(r"([A-Z]{2})(?:/(.*))?")


def account(line: str, place: str, role: Role | None) -> Iterator[Screened]:
    """Read the line that begins with a slash: a clearing code, an IBAN or another number; with blanks in it, it is text."""
    if (clearing := _CLEARING.fullmatch(line)) is not None:
        yield screened(K.CLEARING_ID, clearing.group(2) or clearing.group(1), place, role, clearing.group(1))
        return
    found = _ACCOUNT.fullmatch(line)
    text = (found.group(1) if found else line).strip("/ ") or line.strip("/ ")
    if text:
        kind = K.FREE_TEXT if " " in text else K.IBAN if _IBAN.fullmatch(text) else K.ACCOUNT
        yield screened(kind, text, place, role)


def institution(field: Field, role: Role) -> Iterator[Screened]:
    """Read an institution: A (BIC), B (location), C (account or clearing code), D (name and address)."""
    yield from _described(field, role, K.AGENT_NAME)


def customer(field: Field, role: Role) -> Iterator[Screened]:
    """Read a customer: A, C and G (BIC), F (structured), K, H or no letter (name and address), L (an identifier)."""
    if field.option == "F":
        yield from _structured(field, role)
    else:
        yield from _described(field, role, K.PARTY_NAME)


def _described(field: Field, role: Role, name: FieldKind) -> Iterator[Screened]:
    lines = [(number, line) for number, line in enumerate(field.lines, 1) if line.strip()]
    if lines and lines[0][1].startswith("/"):
        number, line = lines.pop(0)
        yield from account(line, field.place(number), role)
    if not lines:
        return
    if field.tag in _BIC_ALONE or field.option == "A":
        yield screened(K.BIC, lines[0][1].strip(), field.place(lines[0][0]), role)
        if len(lines) > 1:
            raise FieldUnknown("a line follows the identifier code", field=field.place(lines[1][0]))
    elif field.option == "B":
        yield from (screened(K.NAME_OR_ADDRESS, line.strip(), field.place(number), role) for number, line in lines)
    else:
        yield from _name_and_address(field, lines, role, name)


def _name_and_address(field: Field, lines: list[tuple[int, str]], role: Role, name: FieldKind) -> Iterator[Screened]:
    (first, line), *rest = lines
    yield screened(name, line.strip(), field.place(first), role)
    if rest and len(line) >= LINE_CHARS:  # a full line may break the name
        for text in readings(field, lines[:2]):
            yield screened(name, text, field.place(first, rest[0][0]), role)
    yield from (screened(K.NAME_OR_ADDRESS, other.strip(), field.place(number), role) for number, other in rest)


def _structured(field: Field, role: Role) -> Iterator[Screened]:
    names: list[tuple[int, str]] = []
    for number, line in enumerate(field.lines, 1):
        place = field.place(number)
        if (found := _STRUCTURED.fullmatch(line)) is not None:
            if found.group(1) == "1":
                names.append((number, found.group(2)))
            else:
                yield from _line(found.group(1), found.group(2).strip(), place, role)
        elif number == 1 and line.startswith("/"):
            yield from account(line, place, role)
        elif number == 1 and (coded := _CODED.fullmatch(line)) is not None:
            yield screened(K.COUNTRY, coded.group(2), place, role)
            yield screened(K.NATIONAL_ID, coded.group(3).rpartition("/")[2], place, role, coded.group(1))
            yield from _issuer(coded.group(3).rpartition("/")[0], place, role)
        elif line.strip():
            raise FieldUnknown("the line says none of the eight things that option F knows", field=place)
    yield from _names(field, names, role)


def _names(field: Field, names: list[tuple[int, str]], role: Role) -> Iterator[Screened]:
    if names:
        place = field.place(names[0][0], names[-1][0])
        yield from (screened(K.PARTY_NAME, text, place, role) for text in readings(field, names))


_KINDS: Final = {"2": K.STREET, "4": K.BIRTH_DATE, "8": K.FREE_TEXT}


def _line(code: str, text: str, place: str, role: Role) -> Iterator[Screened]:
    """Read a numbered line: address, country and town, birth date, birth place, customer and national numbers, more."""
    if not text:
        return
    if code in _KINDS:
        yield screened(_KINDS[code], text, place, role)
        return
    found = _COUNTRY_FIRST.fullmatch(text)
    country, rest = (found.group(1), found.group(2) or "") if found else ("", text)
    if code == "5":
        yield from (screened(K.BIRTH_PLACE, part, place, role) for part in (rest, country) if part)
        return
    if country:
        yield screened(K.COUNTRY, country, place, role)
    if code == "3" and rest:
        yield screened(K.TOWN, rest, place, role)
    elif rest:
        issuer, _, number = rest.rpartition("/")
        yield screened(K.NATIONAL_ID, number, place, role, "CUST" if code == "6" else "NIDN")
        yield from _issuer(issuer, place, role)


def _issuer(text: str, place: str, role: Role) -> Iterator[Screened]:
    if text:
        yield screened(K.REFERENCE, text, place, role)
