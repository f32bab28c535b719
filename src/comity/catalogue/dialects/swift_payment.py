"""From the fields of a SWIFT payment to transfers: which field says what, in which sequence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec

from comity.catalogue.dialects import swift_party
from comity.catalogue.dialects.payment_reading import Fact, Reading, transfer
from comity.catalogue.dialects.swift_mt import Field, Message, parse, readings
from comity.payments.model import (
    REMITTANCE,
    FieldKind,
    FieldUnknown,
    Role,
    Transfer,
    ValueMalformed,
    screened,
)

if TYPE_CHECKING:
    from comity.payments.model import Opened

K = FieldKind
SPECIFICATION: Final = "SWIFT Standards MT, categories 1 and 2 (SWIFT User Handbook)"

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

USER_HEADER: Final = {
    **dict.fromkeys(("103", "111", "113", "119", "423"), None),
    **dict.fromkeys(("106", "108", "121", "424"), K.REFERENCE),
    **dict.fromkeys(("115", "165", "433", "434"), K.FREE_TEXT),
}
"""Fields of the user header, and as what they are screened; codes and times are not."""

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


# --- what a field may be read for


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


# --- the messages


def tags(number: str, options: str, use: Use) -> dict[str, Use]:
    """Say what a field is read for, under each of its option letters; `-` is none."""
    return {f"{number}{option.strip('-')}": use for option in options}


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """How one type of message is built."""

    kind: str
    names: tuple[str, ...]
    first: Mapping[str, Use]
    """The fields of the only sequence, or of the first one."""
    second: Mapping[str, Use] = {}
    begins: str = ""
    """The number of the field with which a second sequence begins."""
    repeats: bool = False
    """Whether each second sequence is a transfer of its own, under the first; otherwise it is the payment beneath."""
    needed: tuple[str, ...]
    """The numbers of the fields without which there is no such message."""
    needed_below: tuple[str, ...] = ()
    """The same for each second sequence."""


def read(layout: Layout, opened: Opened) -> Iterator[Transfer]:
    """Yield the transfers of one message. Raises `MessageUnreadable` and what derives from it."""
    message = parse(opened)
    if message.name not in layout.names:
        raise FieldUnknown(f"the message is a {message.name}")
    around = Reading()
    _header(message, around)
    sequences = _sequences(layout, message)
    _demand(layout.needed, sequences[0])
    if layout.needed_below and len(sequences) == 1:
        _demand(layout.needed_below, [])
    for number, reading in enumerate(_readings(layout, around, sequences), 1):
        yield transfer(layout.kind, message.name, number, reading)


def _demand(numbers: tuple[str, ...], fields: list[Field]) -> None:
    there = {field.number for field in fields}
    for number in numbers:
        if number not in there:
            raise ValueMalformed("the field is missing", field=f":{number}:")


def _sequences(layout: Layout, message: Message) -> list[list[Field]]:
    sequences: list[list[Field]] = [[]]
    for field in message.fields:
        begins = bool(layout.begins) and field.tag.startswith(layout.begins)
        if begins and (len(sequences) == 1 or (layout.repeats and field.tag == layout.begins)):
            sequences.append([])
        sequences[-1].append(field)
    return sequences


def _readings(layout: Layout, around: Reading, sequences: list[list[Field]]) -> Iterator[Reading]:
    first, *further = sequences
    _use(layout.first, first, around)
    if not layout.repeats:
        if further:
            _demand(layout.needed_below, further[0])
            _use(layout.second, further[0], around.apart.setdefault("underlying", Reading()))
        yield around
        return
    for sequence in further:
        _demand(layout.needed_below, sequence)
        reading = Reading()
        reading.extend(around)
        own = Reading()
        _use(layout.second, sequence, own)
        reading.extend(own)
        yield reading


def _use(table: Mapping[str, Use], fields: list[Field], into: Reading) -> None:
    for field in fields:
        use = table.get(field.tag)
        if use is None:
            raise FieldUnknown("the field is not known here", field=field.place(1))
        use(field, into)


def _header(message: Message, into: Reading) -> None:
    for role, named in ((Role.SENDER, message.sender), (Role.RECEIVER, message.receiver)):
        if named is not None:
            into.gathered.add(screened(K.BIC, named.bic, named.place, role))
    for tag, text in message.user.items():
        if tag not in USER_HEADER:
            raise FieldUnknown("the field is not known here", field=f"{{3:}}/{tag}")
        kind = USER_HEADER[tag]
        if kind is not None:
            into.gathered.add(screened(kind, text, f"{{3:}}/{tag}"))
        if tag in {"119", "121"}:
            fact = "uetr" if tag == "121" else "service"
            into.facts[fact] = [Fact(".cov" if text == "COV" else text, f"{{3:}}/{tag}")]
