"""What a list, a source, a format and an edition are; how records are read strictly; when an edition is not to be trusted."""

from comity.lists.model import tables, xml
from comity.lists.model.change import Change, Op, PropertyChange, compare, whole
from comity.lists.model.edition import (
    Counts,
    Edition,
    EditionChange,
    Status,
    edition_id,
    edition_key,
    fingerprint,
    judge,
)
from comity.lists.model.failures import (
    EditionEmpty,
    EditionTooLarge,
    EditionUnreadable,
    FieldMissing,
    FieldUnread,
    NotThisList,
    PartMissing,
    ValueMalformed,
)
from comity.lists.model.listed import About, Designated, Listed, Oddity
from comity.lists.model.record import Record
from comity.lists.model.source import (
    Closed,
    Every,
    Example,
    Expect,
    File,
    Format,
    Head,
    InMemory,
    Opened,
    Source,
    Standing,
)
from comity.lists.model.spans import Span, weave

__all__ = [
    "About",
    "Change",
    "Closed",
    "Counts",
    "Designated",
    "Edition",
    "EditionChange",
    "EditionEmpty",
    "EditionTooLarge",
    "EditionUnreadable",
    "Every",
    "Example",
    "Expect",
    "FieldMissing",
    "FieldUnread",
    "File",
    "Format",
    "Head",
    "InMemory",
    "Listed",
    "NotThisList",
    "Oddity",
    "Op",
    "Opened",
    "PartMissing",
    "PropertyChange",
    "Record",
    "Source",
    "Span",
    "Standing",
    "Status",
    "ValueMalformed",
    "compare",
    "edition_id",
    "edition_key",
    "fingerprint",
    "judge",
    "tables",
    "weave",
    "whole",
    "xml",
]
