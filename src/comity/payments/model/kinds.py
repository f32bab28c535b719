"""A message kind: which messages it reads, and how. One file of the catalogue each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from comity.lists.model import Opened
from comity.model.money import Money
from comity.payments.model import files
from comity.payments.model.failures import KindUnknown, located
from comity.payments.model.files import Announced, Standard
from comity.payments.model.screened import FieldKind
from comity.payments.model.transfer import Transfer


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """What an example promises of one of its transfers."""

    end_to_end_id: str = ""
    amount: Money | None
    fields: tuple[tuple[str, FieldKind, str], ...]
    """Everything that is screened: place, kind and text; in any order."""


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """A small invented message, and what it says."""

    text: str
    yields: tuple[Expected, ...]


class MessageKind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of payment message."""

    id: str
    title: str
    standard: Standard
    names: tuple[str, ...]
    """What its messages call themselves, every version: `pacs.008.001.08`, `MT103`."""
    read: Callable[[Opened], Iterator[Transfer]]
    """Read a file of this kind lazily: of a SWIFT kind one message, otherwise any number of transactions."""
    specification: str
    """Where its form is defined."""
    examples: tuple[Example, ...]


def family(name: str) -> str:
    """Return a message's name without its version: `pacs.008.001` of `pacs.008.001.08`."""
    return name.rpartition(".")[0] or name


def find(kinds: Mapping[str, MessageKind], named: Announced, file: str = "") -> MessageKind:
    """Return the kind that reads such messages. Raises `KindUnknown`, which names the version where only that is unknown."""
    for kind in kinds.values():
        if named.name in kind.names:
            return kind
    versions = [name for kind in kinds.values() for name in kind.names if family(name) == family(named.name)]
    if versions:
        raise KindUnknown(f"{named.name}: this version is not known; {versions[0]} to {versions[-1]} are", file=file)
    raise KindUnknown(f"{named.name} is no kind of payment message that this node reads", file=file)


def read(kinds: Mapping[str, MessageKind], opened: Opened) -> Iterator[Transfer]:
    """Yield the transfers of a file of any known kind, numbered through; memory is bounded by one of them.

    Raises `MessageUnreadable` and what derives from it, naming file, transaction and field, and `MessageTooLarge`.
    """
    return located(opened.name, _read(kinds, opened))


def _read(kinds: Mapping[str, MessageKind], opened: Opened) -> Iterator[Transfer]:
    named = files.announced(opened)
    if named.standard is not Standard.SWIFT_MT:
        yield from find(kinds, named, opened.name).read(opened)
        return
    number = 0
    for message in files.messages(opened):
        kind = find(kinds, files.announced(message))
        for number, transfer in enumerate(kind.read(message), number + 1):  # noqa: B020 - numbered through
            yield msgspec.structs.replace(transfer, number=number)
