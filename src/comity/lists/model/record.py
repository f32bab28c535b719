"""One record of a list, read strictly: each field is taken by name, and what nobody took is an error.

A publisher that adds an element, renames a column or repeats a value stops the load with the name of the file, the record and the
field, instead of losing what a person was listed for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from comity.lists.model.failures import FieldMissing, FieldUnread, ValueMalformed
from comity.lists.model.listed import Listed, Oddity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

T = TypeVar("T")

TEXT = "#text"
"""The name under which a record keeps the text of its own element; attributes are kept as `@name`."""


class Record:
    """Named fields, each with any number of values; a value is text or, for nested elements, another record."""

    __slots__ = ("_children", "_fields", "_oddities", "file", "label", "path", "raw")

    def __init__(
        self,
        fields: dict[str, list[str | Record]],
        *,
        file: str,
        label: str = "",
        path: str = "",
        raw: str = "",
    ) -> None:
        self._fields = fields
        self._children: list[Record] = []
        self._oddities: list[tuple[str, str]] = []
        self.file = file
        self.label = label
        """Which record this is, as a person would look for it: a reference or a line number."""
        self.path = path
        self.raw = raw
        """The record exactly as published."""

    def take(self, name: str) -> str:
        """Take the one value of a field that every record has, trimmed. Raises `FieldMissing`."""
        value = self.optional(name)
        if not value:
            raise FieldMissing(
                "the field is missing or empty", file=self.file, record=self.label, field=self.path + name
            )
        return value

    def optional(self, name: str) -> str:
        """Take the value of a field that may be absent or empty: then the answer is empty. A repeated field is an error."""
        values = self.texts(name)
        if len(values) > 1:
            raise FieldUnread("the field stands here twice", file=self.file, record=self.label, field=self.path + name)
        return values[0] if values else ""

    def texts(self, name: str) -> list[str]:
        """Take every non-empty value of a field that may repeat, trimmed."""
        taken = self._fields.pop(name, [])
        values: list[str] = []
        for value in taken:
            if not isinstance(value, str):
                value.label, value.path = self.label, f"{self.path}{name}/"
            text = value if isinstance(value, str) else value.text()
            if stripped := text.strip():
                values.append(stripped)
        return values

    def verbatim(self, name: str) -> str:
        """Take the one value of a field exactly as published, white space included; empty where there is none."""
        values = self._fields.pop(name, None)
        if not values:
            return ""
        value = values[0]
        if len(values) > 1 or not isinstance(value, str):
            raise FieldUnread("the field is no single text", file=self.file, record=self.label, field=self.path + name)
        return value

    def text(self) -> str:
        """Take this element's own text, and demand that it holds nothing else."""
        text = "".join(str(value) for value in self._fields.pop(TEXT, []))
        self.audit()
        return text

    def child(self, name: str) -> Record | None:
        """Take a nested record that may be absent."""
        children = self.children(name)
        if len(children) > 1:
            raise FieldUnread("the field stands here twice", file=self.file, record=self.label, field=self.path + name)
        return children[0] if children else None

    def children(self, name: str) -> list[Record]:
        """Take every nested record of a name; each must in its turn be read to the end."""
        taken = self._fields.pop(name, [])
        nested = [
            value if isinstance(value, Record) else Record({TEXT: [value]} if value.strip() else {}, file=self.file)
            for value in taken
        ]
        for one in nested:
            one.label, one.path, one._oddities = self.label, f"{self.path}{name}/", self._oddities  # noqa: SLF001 - the same class
        self._children += nested
        return nested

    def choose(self, name: str, table: Mapping[str, T]) -> T | None:
        """Take a value from a closed table. A value that is not in it is an oddity, which puts the edition in quarantine."""
        value = self.optional(name)
        if value and value not in table:
            self.odd(name, value)
        return table.get(value)

    def value_in(self, name: str, value: str, table: Mapping[str, object]) -> None:
        """Note an oddity where a value that was taken already is not in its closed table."""
        if value not in table:
            self.odd(name, value)

    def has(self, name: str) -> bool:
        """Whether a field is there and not yet taken."""
        return name in self._fields

    def parse(self, name: str, parser: Callable[[str], T]) -> T | None:
        """Take a field that may be empty and read it with a parser. Raises `ValueMalformed` where the parser refuses it."""
        value = self.optional(name)
        if not value:
            return None
        try:
            return parser(value)
        except Exception as error:
            raise ValueMalformed(
                f"{value!r} cannot be read", file=self.file, record=self.label, field=self.path + name
            ) from error

    def odd(self, name: str, value: str) -> None:
        """Note a value that this node does not know: the record is read, the edition waits for a person."""
        self._oddities.append((self.path + name, value))

    def skip(self, *names: str) -> None:
        """Take fields that are known and deliberately not used; the reason stands beside the call."""
        for name in names:
            self._fields.pop(name, None)

    def audit(self) -> None:
        """Demand that every field, at every depth, has been taken. Raises `FieldUnread`, naming the first that was not."""
        for path in self._left():
            raise FieldUnread("the field is not known", file=self.file, record=self.label, field=path)

    def finish(self, listed: Listed) -> Listed:
        """Demand that everything was taken, and return what was read with the record as published and its oddities."""
        self.audit()
        return msgspec.structs.replace(listed, raw=self.raw, oddities=tuple(Oddity(*odd) for odd in self._oddities))

    def _left(self) -> Iterator[str]:
        for name in self._fields:
            yield self.path + name
        for child in self._children:
            yield from child._left()  # noqa: SLF001 - the same class
