"""From the fields of a SWIFT payment to transfers: which field says what, in which sequence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

import msgspec

from comity.catalogue.dialects.payment_reading import Fact, Reading, transfer
from comity.catalogue.dialects.swift_fields import Use
from comity.catalogue.dialects.swift_mt import Field, Message, parse
from comity.payments.model import FieldKind, FieldUnknown, Role, Transfer, ValueMalformed, screened

if TYPE_CHECKING:
    from comity.payments.model import Opened

K = FieldKind
SPECIFICATION: Final = "SWIFT Standards MT, categories 1 and 2 (SWIFT User Handbook)"

USER_HEADER: Final = {
    **dict.fromkeys(("103", "111", "113", "119", "423"), None),
    **dict.fromkeys(("106", "108", "121", "424"), K.REFERENCE),
    **dict.fromkeys(("115", "165", "433", "434"), K.FREE_TEXT),
}
"""Fields of the user header, and as what they are screened; codes and times are not."""


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
