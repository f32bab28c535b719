"""Why a file cannot be taken as an edition. Every failure names the file, the record and the field."""

from __future__ import annotations

from comity.kit.errors import Invalid, Limited


class EditionUnreadable(Invalid):
    """The file is not what its publisher publishes: broken, or in a form that this node does not know yet."""

    code = "lists.unreadable"

    def __init__(self, why: str, *, file: str, record: str = "", field: str = "") -> None:
        where = ", ".join(
            f"{noun} {name}" for noun, name in (("record", record), ("field", field)) if name
        )  # the place as a person would look for it
        super().__init__(f"{file}{': ' + where if where else ''}: {why}", file=file, record=record, field=field)
        self.file, self.record, self.field = file, record, field


class EditionEmpty(EditionUnreadable):
    """The file holds nothing, or no record. Nobody is delisted by an empty download."""

    code = "lists.empty"


class NotThisList(EditionUnreadable):
    """The file is something else: an HTML page, another list, another format."""

    code = "lists.not_this_list"


class PartMissing(EditionUnreadable):
    """The files given do not include the one that says who is on the list."""

    code = "lists.part_missing"


class FieldUnread(EditionUnreadable):
    """A record holds a field that the reader does not know: the publisher changed the format."""

    code = "lists.field_unknown"


class FieldMissing(EditionUnreadable):
    """A record lacks a field that every record has."""

    code = "lists.field_missing"


class ValueMalformed(EditionUnreadable):
    """A field holds a value that cannot be what it claims to be, such as a date in month 13."""

    code = "lists.value_malformed"


class EditionTooLarge(Limited):
    """The file is larger than any official list."""

    code = "lists.too_large"
