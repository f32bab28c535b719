"""A source: one official list, where it is published, in which formats, and what is expected of it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from typing import BinaryIO, Protocol

import msgspec

from comity.lists.model.listed import Listed
from comity.model.claim import ENTRY
from comity.model.jurisdiction import Issuer


class Opened(Protocol):
    """One file of an edition, unpacked; it may be read any number of times."""

    name: str
    """The file's name, as it appears in errors."""

    def stream(self) -> BinaryIO:
        """Open it from the beginning."""
        ...

    def head(self, count: int) -> bytes:
        """Return its first bytes."""
        ...


class InMemory:
    """A file that is held in memory: an example, a test, an upload."""

    def __init__(self, name: str, raw: bytes) -> None:
        self.name, self._raw = name, raw

    def stream(self) -> BinaryIO:
        """Open it from the beginning."""
        return io.BytesIO(self._raw)

    def head(self, count: int) -> bytes:
        """Return its first bytes."""
        return self._raw[:count]


class Standing(Enum):
    """How a format relates to the publisher's own file."""

    OFFICIAL = "official"
    """The publisher's own format."""
    TRANSCRIBED = "transcribed"
    """A complete transcription of an official file, field by field, by somebody else: taken, and said to be so."""
    DERIVED = "derived"
    """Flattened or selected by a third party: read for comparison, never taken into a register."""
    PARTIAL = "partial"
    """A delta, which says nothing of what it does not name: read, never an edition by itself."""


class File(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a format."""

    name: str
    """The publisher's name for it: `sdn.csv`."""
    url: str = ""
    """Its official address; empty where there is none to fetch from."""
    parts: tuple[str, ...] = (ENTRY,)
    """What it speaks of: an edition without this file says nothing about these parts."""
    recognises: Callable[[str, bytes], bool]
    """Whether a file of this name (lower case, unpacked) that begins with these bytes is this one."""


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What a file says about itself."""

    published_at: datetime | None = None
    """When it was published, aware; None where the file does not say, so that a person or the server must."""
    count: int | None = None
    """How many records it says it holds."""
    dataset: str = ""
    """Of which dataset of its source it says it is an edition; empty where it does not say."""


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """One form in which a list is published: one file or several that belong together."""

    id: str
    """`xml`, `csv`, `enhanced_xml`."""
    files: tuple[File, ...]
    """The first is the one that says who is on the list; the others may be missing."""
    read: Callable[[Mapping[str, Opened]], Iterator[Listed]]
    """Read a set of files, by their names in `files`, strictly and lazily."""
    head: Callable[[Opened], Head] = lambda _: Head()
    """Read what the first file says about itself."""
    standing: Standing = Standing.OFFICIAL

    @property
    def parts(self) -> frozenset[str]:
        """Everything that a complete set of files speaks of."""
        return frozenset(part for file in self.files for part in file.parts)

    def recognise(self, name: str, head: bytes) -> File | None:
        """Return which of the files this is."""
        return next((file for file in self.files if file.recognises(name.lower(), head)), None)


class Every(msgspec.Struct, frozen=True, tag="every"):
    """How often the publisher is asked for a new edition, and after how long without one a person should look."""

    hours: int
    overdue_days: int = 60
    """Days without a new edition after which the list is shown as overdue; quiet lists have large values."""

    @property
    def interval(self) -> timedelta:
        """The time between two checks."""
        return timedelta(hours=self.hours)


class Closed(msgspec.Struct, frozen=True, tag="closed"):
    """The list is no longer published: it is history, and its age is no alarm."""

    on: date
    successor: str = ""
    """The source that took over."""


class Expect(msgspec.Struct, frozen=True, kw_only=True):
    """What a sound edition looks like; anything else waits for a person."""

    designations: tuple[int, int]
    """The fewest and the most records that an edition may hold."""
    removed_at_once_max: float = 0.05
    """The largest share of records that may vanish between two editions, however close."""
    removed_per_month_max: float = 0.05
    """How much further that share may grow with each month (30 days) between the two editions."""


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """A small fictional edition in one of the formats, and what it means."""

    format: str
    files: dict[str, bytes]
    """By the file names of the format."""
    yields: tuple[Listed, ...]
    """What reading it gives, `raw` left empty."""


class Dataset(msgspec.Struct, frozen=True, kw_only=True):
    """One of several lists that are published in one form, each by its own authority."""

    title: str
    issuer: Issuer


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One official list, or one form in which several are published."""

    id: str
    title: str
    issuer: Issuer
    homepage: str
    licence: str
    """Under which terms the publisher lets the file be used."""
    formats: tuple[Format, ...]
    schedule: Every | Closed
    expect: Expect
    examples: tuple[Example, ...]
    says: str = ""
    """What being on this list means, in one sentence, if it is not a prohibition of its own."""
    aggregates: bool = False
    """Whether it repeats other authorities' lists. It then adds facts, and never a second regime."""
    has_datasets: bool = False
    """Whether it is loaded under a dataset name: one of `datasets`, or, where there are none, any that a person gives."""
    datasets: dict[str, Dataset] = {}
    """The lists that there are of this form, by the name after the colon: `exercise:qm`."""

    @property
    def lists(self) -> tuple[str, ...]:
        """The ids under which it may be loaded; `NAME` stands for what a person chooses."""
        return tuple(f"{self.id}:{name}" for name in self.datasets or ["NAME"]) if self.has_datasets else (self.id,)

    def holds(self, dataset: str) -> bool:
        """Whether there is such a dataset of it; the empty name is the list that has none."""
        return bool(dataset) is self.has_datasets and (not self.datasets or dataset in self.datasets)

    def of(self, dataset: str) -> Source:
        """Return the source as it is for one of its datasets: with that list's title and issuer."""
        if not dataset:
            return self
        known = self.datasets.get(dataset) or Dataset(title=f"{self.title}: {dataset}", issuer=self.issuer)
        return msgspec.structs.replace(self, title=known.title, issuer=known.issuer)

    def format(self, id_: str) -> Format:
        """Return one of its formats by id."""
        return next(format_ for format_ in self.formats if format_.id == id_)

    @property
    def is_current(self) -> bool:
        """Whether new editions are still published."""
        return isinstance(self.schedule, Every)
