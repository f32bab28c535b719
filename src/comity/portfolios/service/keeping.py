"""What a portfolio keeps beside the database: its names keyed by their words, the traces of their answers, and their index.

It tells whom a change can touch, and nothing else: without it, or with one of another run, everybody is asked again. A folder
appears whole, by rename, or not at all; it is named after the run that it belongs to.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from array import array
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from comity.matching import asked, facts, folders, keeping, tracing
from comity.matching.asked import Asked, Askings
from comity.matching.index import Index, Slices
from comity.matching.names import Kind
from comity.matching.scoring import probability
from comity.matching.tracing import Traces
from comity.model import identifiers
from comity.register.model.naming import Named
from comity.screening.model.question import Number
from comity.screening.service import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.portfolios.model.customer import Customer
    from comity.screening.model.profile import Profile
    from comity.screening.model.question import Question
    from comity.screening.service import Opened

NAMES, ENTRIES, HEAD, PART = "names", "entries.json", "head.json", ".part"
FACT_OF: Final = {
    "birth_dates": "birth_date", "countries": "country", "gender": "gender", "addresses": "address", "identifiers": "identifier",
    "incorporated": "incorporated", "built": "built", "vessel_type": "vessel_type", "tonnage": "tonnage",
}  # fmt: skip
"""The fact that each field of a question is compared as."""
POINTS: Final = range(-30_000, 30_001)
INSTITUTION_CHARS: Final = 8
"""Of a BIC that are looked up, as screening does it."""


class Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of which run a folder is, and of which code."""

    run: str
    layout: str


class Book(NamedTuple):
    """Everybody who is asked about, and the names by which they are."""

    customers: Sequence[str]
    """Their ids, in order."""
    askings: Askings
    holders: Slices
    """The customers who bear each name."""
    floors: NDArray[np.int32]
    """For each name the least points of a row that can become an answer to any of its bearers."""
    numbers: NDArray[np.uint32]
    """Sorted checksums of the numbers by which somebody is asked about; whose, stands in `numbering`."""
    numbering: NDArray[np.int32]
    folder: Path | None = None
    """Where it stands on disk, if it does: whoever keeps it again need not write it."""


class Standing(NamedTuple):
    """What a run left behind."""

    book: Book
    traces: Traces
    listed: Index
    entries: frozenset[bytes]
    """What the lists said beside names of everybody who was listed, entry by entry, as it is written."""


class Restated(NamedTuple):
    """Entries of which the lists say something else now than they did."""

    before: tuple[Named, ...]
    now: tuple[Named, ...]

    @property
    def leads(self) -> frozenset[str]:
        """Their leads."""
        return frozenset(one.lead for each in self for one in each)


def book(customers: Iterable[Customer], profile: Profile) -> Book:
    """Key some customers, given in order of id, by their names and numbers."""
    ids: list[str] = []
    names: dict[Asked, int] = {}
    held: list[array[int]] = []
    floors: list[int] = []
    numbers, numbering = array("I"), array("i")
    least = Floor(profile)
    for at, customer in enumerate(customers):
        ids.append(customer.id)
        for question in customer.questions():
            number = names.setdefault(Asked(question.text, KINDS.get(question.schema, Kind.ANY)), len(names))
            if number == len(held):
                held.append(array("i"))
                floors.append(np.iinfo(np.int32).max)
            if not held[number] or held[number][-1] != at:
                held[number].append(at)
            floors[number] = min(floors[number], least.of(question))
            for form in _forms(question):
                numbers.append(crc32(form.encode()))
                numbering.append(at)
    found = np.frombuffer(numbers, dtype=np.uint32) if numbers else np.zeros(0, np.uint32)
    order = np.argsort(found, kind="stable")
    return Book(
        customers=ids,
        askings=asked.build(names),
        holders=_slices(held),
        floors=np.array(floors, dtype=np.int32),
        numbers=found[order],
        numbering=(np.frombuffer(numbering, dtype=np.int32) if numbering else np.zeros(0, np.int32))[order],
    )


def numbered(held: Book, changed: Restated) -> NDArray[np.int32]:
    """Return the customers who have a number that some entries have."""
    forms = {
        form
        for each in changed
        for one in each
        for value in (*(said.value for said in one.identifiers), *(two.partition(":")[2] for two in one.references))
        for form in _cut(value)
    }
    sums = np.array(sorted(crc32(form.encode()) for form in forms), dtype=np.uint32)
    return np.unique(held.numbering[np.isin(held.numbers, sums)])


def keep(folder: Path, run: str, held: Book, traces: Traces, opened: Opened) -> None:
    """Put what a run leaves behind into a portfolio's folder, in the place of the former run's."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=folder, prefix=".building-"))
    try:
        _put_book(beside, held)
        traces.keep(beside)
        _link(opened.folder / NAMES, beside / NAMES)
        _link_file(opened.folder / ENTRIES, beside / ENTRIES)
        (beside / HEAD).write_bytes(msgspec.json.encode(Head(run=run, layout=keeping.layout())))
        beside.rename(folder / run)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _put_book(beside: Path, held: Book) -> None:
    if held.folder is not None:
        for path in held.folder.glob("*.npy"):
            if not path.name.startswith(tracing.PREFIX):
                _link_file(path, beside / path.name)
        return
    folders.put_texts(beside, "customers", held.customers)
    asked.keep(held.askings, beside)
    folders.put_slices(beside, "holders", held.holders)
    for name in ("floors", "numbers", "numbering"):
        folders.put(beside, name, getattr(held, name))


class Part(NamedTuple):
    """The traces of a whole run that is under way."""

    traces: Traces
    was_there: bool
    """Whether a process that was killed left them, as far as it had come."""


def part(folder: Path, run: str, held: Book, fresh: Traces) -> Part:
    """Return the traces of a run that is under way, on disk; those that a killed process left, if they are of the same names."""
    place = folder / f"{run}{PART}"
    of = Head(run=_digest(held), layout=keeping.layout())
    try:
        if msgspec.json.decode((place / HEAD).read_bytes(), type=Head) == of:
            return Part(tracing.reopened(place), was_there=True)
    except (OSError, ValueError, msgspec.DecodeError):
        pass
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    fresh.keep(place)
    (place / HEAD).write_bytes(msgspec.json.encode(of))
    return Part(tracing.reopened(place), was_there=False)


def _digest(held: Book) -> str:
    made = sha256()
    for one in (*held.customers, *held.askings.texts):
        made.update(one.encode() + b"\0")
    return made.hexdigest()


def standing(folder: Path, run: str) -> Standing | None:
    """Return what a run left behind; None where it is not here, not whole, or of other code."""
    place = folder / run
    try:
        head = msgspec.json.decode((place / HEAD).read_bytes(), type=Head)
        if head != Head(run=run, layout=keeping.layout()):
            return None
        held = Book(
            customers=folders.texts(place, "customers"),
            askings=asked.opened(place),
            holders=folders.slices(place, "holders"),
            floors=folders.array(place, "floors"),
            numbers=folders.array(place, "numbers"),
            numbering=folders.array(place, "numbering"),
            folder=place,
        )
        return Standing(held, tracing.opened(place), keeping.opened(place / NAMES), _entries(place / ENTRIES))
    except (OSError, ValueError, KeyError, msgspec.DecodeError, keeping.IndexUnreadable):
        return None


def restated(left: Standing, opened: Opened) -> Restated:
    """Return the entries of which something else is said beside their names than when a run was made."""
    now = _entries(opened.folder / ENTRIES)
    return Restated(_named(left.entries - now), _named(now - left.entries))


def _entries(path: Path) -> frozenset[bytes]:
    """Return the entries of an index as they are written: those that are the same need not be read."""
    return frozenset(map(bytes, msgspec.json.decode(path.read_bytes(), type=list[msgspec.Raw])))


def _named(entries: Iterable[bytes]) -> tuple[Named, ...]:
    return tuple(msgspec.json.decode(one, type=Named) for one in sorted(entries))


def tidy(folder: Path, kept: str) -> None:
    """Remove what former runs, and killed processes, left behind."""
    for path in folder.iterdir() if folder.exists() else ():
        if path.name != kept:
            shutil.rmtree(path, ignore_errors=True)


class Floor:
    """The least points of a name that can become an answer: the lowest threshold, less all that facts could add."""

    def __init__(self, profile: Profile) -> None:
        lowest = min([profile.threshold, *profile.thresholds.values()])
        self._threshold = next((one for one in POINTS if round(probability(one), 6) >= lowest), POINTS[-1])
        table = facts.shipped()
        self._most = {fact: max([0, *table.points.get(fact, {}).values()]) for fact in profile.facts}

    def of(self, question: Question) -> int:
        """Return them for one question: what it does not know adds nothing."""
        known = [fact for field, fact in FACT_OF.items() if getattr(question, field)]
        return self._threshold - sum(self._most.get(fact, 0) for fact in known)


def _forms(question: Question) -> set[str]:
    return {form for text in (question.text, *question.identifiers) for form in _cut(Number.parse(text).value)}


def _cut(value: str) -> tuple[str, ...]:
    bare = identifiers.bare(value)
    return bare, bare.removeprefix("IMO"), bare[:INSTITUTION_CHARS]


def _slices(lists: list[array[int]]) -> Slices:
    starts = np.zeros(len(lists) + 1, dtype=np.int64)
    np.cumsum([len(one) for one in lists], out=starts[1:])
    return Slices(starts, np.frombuffer(b"".join(one.tobytes() for one in lists), dtype=np.int32))


def _link(source: Path, target: Path) -> None:
    target.mkdir()
    for path in source.iterdir():
        _link_file(path, target / path.name)


def _link_file(source: Path, target: Path) -> None:
    """Have a file a second time without its bytes, where the file system can; they are never written again."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
