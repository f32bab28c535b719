"""The index of the register: made from a ground, kept on disk, opened by any number of processes, never used beyond its ground.

`index/KEY/` holds the index of one ground, and KEY is the digest of that ground and of the code's layouts. A folder appears whole,
by rename, or not at all. What is in force changes: then the key is another, and the index of the old one is not found any more.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from comity import __version__
from comity.kit import json
from comity.lists import service as lists
from comity.lists.model import Status
from comity.matching import compiled, keeping
from comity.matching.building import build, updated
from comity.matching.bulk import processes
from comity.matching.engine import Engine
from comity.matching.index import Bearer, Index
from comity.matching.keeping import IndexUnreadable
from comity.matching.names import Kind, parse
from comity.register import service as register
from comity.register.model.naming import Named
from comity.screening.model.answer import Ground
from comity.screening.service.numbers import Numbers
from comity.screening.service.place import COMPILED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from comity.infra.work import Work
    from comity.matching.index import Row
    from comity.matching.scoring import Score
    from comity.register.model.naming import Said
    from comity.screening.service.place import Place

Words: TypeAlias = tuple[str, ...]

LAYOUT: Final = 3
"""Raised when what is kept beside the names changes."""

NAMES, ENTRIES, HEAD, BORNE = "names", "entries.json", "head.json", "borne.json"
FOLDER, BUILDING = "index", ".building-"
FEW: Final = 4
"""An index is made from the one before where at most one in so many is new, or is called something else."""
OFTEN: Final = 1_000
"""Questions to one index after which a process is one that asks often."""
DAMAGED: Final = (OSError, ValueError, msgspec.DecodeError, IndexUnreadable)
"""What reading a folder raises that is damaged, or gone; bytes that are no text are a `ValueError`."""
LEFTOVERS_KEPT: Final = timedelta(days=1)
"""Another process may still be writing a folder that is younger."""

KINDS: Final = {
    "Person": Kind.PERSON,
    "Organization": Kind.ORGANISATION,
    "Company": Kind.ORGANISATION,
    "PublicBody": Kind.ORGANISATION,
    "Vessel": Kind.VESSEL,
}
"""How the name of something is read, by its schema; what is not here may bear any kind of name."""


class Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an index says of itself."""

    ground: Ground
    digest: str
    """Of its names and of the entries that bear them; ids of clusters, which are chosen at random, have no part in it."""


class Opened:
    """An index that is open, with the entries that its names belong to."""

    def __init__(self, folder: Path, head: Head, score: Score) -> None:
        self.folder = folder
        """Where it is kept, until what is in force changes."""
        self.ground = head.ground
        self.digest = head.digest
        self.lock = Lock()
        """Held while the engine is asked."""
        self.engine = Engine(keeping.opened(folder / NAMES), score)
        self.score = _score_digest(score)
        entries = msgspec.json.decode((folder / ENTRIES).read_bytes(), type=tuple[Named, ...])
        self.entries: Mapping[str, Named] = {one.lead: one for one in entries}
        """By lead."""
        self.numbers = Numbers(entries)
        self._weak: dict[str, dict[Words, Said]] = {}
        self._asked = 0

    @property
    def compiled(self) -> Path:
        """Where compiled code is kept: beside the indexes, in the feature's folder."""
        return self.folder.parents[1] / COMPILED

    def hurry(self) -> None:
        """Count a question; where many come, take the compiled path if it needs no more than to be loaded."""
        self._asked += 1
        if self._asked == OFTEN and compiled.is_kept(self.compiled):
            compiled.speed_up(self.engine, self.compiled)

    def weak(self, entry: Named, row: Row) -> Said | None:
        """Return the weak alias of an entry that a row is; None where a list has that name as a full one."""
        if not entry.weak:
            return None
        if entry.lead not in self._weak:
            kind = KINDS.get(entry.schema, Kind.ANY)
            self._weak[entry.lead] = {_words(said.value, kind): said for said in entry.weak}
        return self._weak[entry.lead].get(tuple(sorted(row.texts)))


def ground(work: Work) -> Ground:
    """Return what every answer rests on now. Raises `GroundAbsent` where no list is in force."""
    accepted = lists.editions(work, statuses=[Status.ACCEPTED])
    learned = register.learned(work)
    instants = [one.decided_at for one in accepted if one.decided_at is not None]
    return Ground(
        editions=tuple(sorted({one.source: one.id for one in accepted}.values())),  # of each list the latest
        as_of=work.at.date(),
        known_at=max([*instants, *([learned.at] if learned.at else ())], default=work.at),
        told=learned.facts + len(accepted),
    )


def fresh(work: Work, place: Place) -> Opened:
    """Return the index of what is in force now, building it if there is none. Raises `GroundAbsent`."""
    wanted = ground(work)
    with place.lock:
        if place.open is None or place.open.ground != wanted:
            place.open = _found(place, wanted) or _built(
                place, wanted, register.names_in_force(work, place.desk, wanted.as_of), _before(place)
            )
            _tidy(place.folder / FOLDER, key(wanted), work.at - LEFTOVERS_KEPT)
        return place.open


def is_fresh(work: Work, place: Place) -> bool:
    """Return whether there is an index of what is in force now."""
    return (place.folder / FOLDER / key(ground(work)) / HEAD).exists()


def former(work: Work, place: Place, wanted: Ground) -> Opened:
    """Return the index of an earlier ground, worked out again from the register. Raises `IndexUnreadable`."""
    with place.lock:
        if place.open is not None and place.open.ground == wanted:
            return place.open
        known = register.names_in_force(work, place.desk, wanted.as_of, wanted.known_at)
        return _found(place, wanted) or _built(place, wanted, known)


def apart(folder: Path, place: Place, of: Ground, named: tuple[Named, ...]) -> Opened:
    """Build an index of some of those who are in force into a folder, and open it."""
    _write(folder, of, named)
    return Opened(folder, msgspec.json.decode((folder / HEAD).read_bytes(), type=Head), place.score)


def forget(place: Place, gone: Ground) -> None:
    """Remove the index of an earlier ground; whoever has it open keeps what they opened."""
    if place.open is None or place.open.ground != gone:
        shutil.rmtree(place.folder / FOLDER / key(gone), ignore_errors=True)


def key(of: Ground) -> str:
    """Return the name of the folder of a ground; another version of the software builds its own."""
    return json.digest((of, LAYOUT, keeping.layout(), __version__))[:32]


def reopened(folder: Path, score: Score) -> Opened:
    """Open an index that another process has open, by its folder. Raises `IndexUnreadable`, and `OSError` where it is gone."""
    return Opened(folder, msgspec.json.decode((folder / HEAD).read_bytes(), type=Head), score)


def _found(place: Place, wanted: Ground) -> Opened | None:
    folder = place.folder / FOLDER / key(wanted)
    try:
        opened = reopened(folder, place.score)
    except DAMAGED:
        shutil.rmtree(folder, ignore_errors=True)
        return None
    return opened if opened.ground == wanted else None


def _before(place: Place) -> Path | None:
    """Return the folder of a ground before this one, if any is kept: that which this process has open, or else any."""
    if place.open is not None:
        return place.open.folder
    kept = sorted((place.folder / FOLDER).glob("[!.]*"))
    return next((folder for folder in kept if keeping.head(folder / NAMES)), None)


def _built(place: Place, wanted: Ground, named: Iterable[Named], before: Path | None = None) -> Opened:
    """Build an index beside its place and rename it into it; where another process was quicker, theirs is the same."""
    root = place.folder / FOLDER
    root.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=root, prefix=BUILDING))
    try:
        _write(beside, wanted, tuple(named), before)
        if not (root / key(wanted)).exists():
            _move(beside, root / key(wanted))
        opened = _found(place, wanted)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    if opened is None:
        raise IndexUnreadable("The index that was just built cannot be read.")
    return opened


def _write(folder: Path, wanted: Ground, named: tuple[Named, ...], before: Path | None = None) -> None:
    bearers = {one.lead: Bearer(one.lead, KINDS.get(one.schema, Kind.ANY), one.names) for one in named}
    said = {lead: _digest(one) for lead, one in bearers.items()}
    names = keeping.keep(_index(bearers, said, before), folder / NAMES)
    (folder / BORNE).write_bytes(msgspec.json.encode(said))
    named = tuple(map(_weak_alone, named))
    borne = [msgspec.structs.replace(one, id="") for one in named]
    (folder / ENTRIES).write_bytes(msgspec.json.encode([msgspec.structs.replace(one, names=()) for one in named]))
    digest = hashlib.sha256(names.encode() + msgspec.json.encode(borne)).hexdigest()
    (folder / HEAD).write_bytes(msgspec.json.encode(Head(ground=wanted, digest=digest)))
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _index(bearers: Mapping[str, Bearer], said: Mapping[str, str], before: Path | None) -> Index:
    """Return the index of those who bear names: from that of the ground before, of which little has changed, if there is one.

    `said` is the digest of what each is called. Either way gives the same, byte for byte.
    """
    known: Mapping[str, str] = {}
    if before is not None:
        with suppress(*DAMAGED):
            known = msgspec.json.decode((before / BORNE).read_bytes(), type=dict[str, str])
    changed = [one for lead, one in bearers.items() if known.get(lead) != said[lead]]
    if before is not None and len(changed) * FEW < len(bearers):
        with suppress(IndexUnreadable):
            return updated(keeping.verified(before / NAMES), known.keys() - bearers.keys(), changed)
    return build(bearers.values(), processes())


def _digest(one: Bearer) -> str:
    return hashlib.sha256(msgspec.json.encode((one.kind, one.names))).hexdigest()


def _weak_alone(one: Named) -> Named:
    """Leave out of the weak aliases those that are spellings of a name which some list has as a full one."""
    if not one.weak:
        return one
    kind, weak = KINDS.get(one.schema, Kind.ANY), {said.value for said in one.weak}
    full = {_words(name, kind) for name in one.names if name not in weak}
    return msgspec.structs.replace(one, weak=tuple(said for said in one.weak if _words(said.value, kind) not in full))


def _words(name: str, kind: Kind) -> Words:
    return tuple(sorted(word.text for word in parse(name, kind).words))


def _move(beside: Path, folder: Path) -> None:
    try:
        beside.rename(folder)
    except OSError:
        if not folder.exists():
            raise


def _tidy(root: Path, kept: str, before: datetime) -> None:
    """Remove the indexes of former grounds, and what killed processes left half-built."""
    for path in root.iterdir():
        is_building = path.name.startswith(BUILDING) and not _is_older(path, before)
        if path.name != kept and not is_building:
            shutil.rmtree(path, ignore_errors=True)


def _is_older(path: Path, than: datetime) -> bool:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) < than
    except FileNotFoundError:
        return False


def _score_digest(score: Score) -> str:
    made = hashlib.sha256()
    for array in (score.features, score.thresholds, score.points):
        made.update(repr((array.shape, array.dtype.str)).encode() + array.tobytes())
    made.update(json.canonical((score.start, score.calibration)))
    return made.hexdigest()
