"""Screening a file of names, row by row: memory stays in proportion to one row, whatever the length of the file."""

from __future__ import annotations

import csv
import hashlib
import io
import tempfile
from array import array
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from comity.screening.model.answer import Read, Screened
from comity.screening.model.question import Batch
from comity.screening.model.table import (
    ANSWERED,
    PROBLEMS_MAX,
    PROBLEMS_SHOWN,
    Problem,
    answered,
    refused,
    rows,
    shared,
)
from comity.screening.service.asking import Asker
from comity.screening.service.indexing import fresh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import BinaryIO

    from comity.infra.work import Work
    from comity.screening.model.profile import Profile
    from comity.screening.model.table import Row
    from comity.screening.service.place import Place

FILE_BYTES_MAX: Final = 2_000_000_000
"""A file of names, and the file of its answers."""

TOLD_EVERY: Final = 100
"""Rows between two words on how far it is."""


def examine(source: Path) -> int:
    """Return how many rows a file of names has. Raises `FileUnfit`, which names every place that cannot be asked about."""
    count, problems = examine_all(lambda: source.open("rb"), source.name)
    if problems:
        raise refused(problems[:PROBLEMS_SHOWN], len(problems), source.name)
    return count


def examine_all(opened: Callable[[], BinaryIO], name: str = "") -> tuple[int, list[Problem]]:
    """Return how many rows a file of names has, and every place in it that cannot be asked about. Raises `FileUnfit`.

    A row whose id another has cannot be: nobody could tell their answers apart. Eight bytes are remembered of each id; where two
    are alike, the file is read again, and the ids themselves are compared.
    """
    count, ids = 0, array("q")
    problems: list[Problem] = []
    with opened() as file:
        for count, one in enumerate(rows(file), 1):  # noqa: B007 - the last count is wanted
            if isinstance(one, Problem):
                _take(problems, one, name)
            else:
                ids.append(hash(one.id))
    if alike := _alike(ids):
        with opened() as file:
            for one in shared(rows(file), alike):
                _take(problems, one, name)
    return count, sorted(problems)


def _take(problems: list[Problem], one: Problem, name: str) -> None:
    problems.append(one)
    if len(problems) > PROBLEMS_MAX:
        raise refused(problems[:PROBLEMS_SHOWN], len(problems), name)


def _alike(hashes: array[int]) -> frozenset[int]:
    """Return the hashes that are there several times."""
    ordered = np.sort(np.frombuffer(hashes, np.int64))
    return frozenset(ordered[1:][ordered[1:] == ordered[:-1]].tolist())


def screen_file(
    work: Work, place: Place, paths: tuple[Path, Path], profile: Profile, told: Callable[[int, int | None], None]
) -> Read:
    """Screen one file into another, which must not be there, and return what `keep` stores of it.

    `told` learns how many rows are answered, of how many. Both files are kept by their hashes, so that the answer can be
    replayed. Raises `FileUnfit`, `GroundAbsent`.
    """
    source, target = paths
    count = examine(source)
    asker = Asker(fresh(work, place), profile)
    with source.open("rb") as file:
        kept = place.blobs.put(file, FILE_BYTES_MAX)
    with place.blobs.open(
        kept.sha256
    ) as file:  # what is kept is what is asked about, even if somebody writes into the file
        answer = _written(asker, (file, count), target, lambda row: told(row, count))
    with target.open("rb") as file:
        place.blobs.put(file, FILE_BYTES_MAX)
    return Read(batch=Batch(sha256=kept.sha256, rows=answer.rows), answer=answer, setting=asker.setting)


def again(place: Place, asker: Asker, batch: Batch, then: Screened) -> Screened:
    """Screen a kept file again, calling clusters by the ids that they had then."""
    with place.blobs.open(then.sha256) as file:
        called = _called(file)
    with tempfile.TemporaryDirectory() as folder, place.blobs.open(batch.sha256) as file:
        return _written(asker, (file, batch.rows), Path(folder) / "answers.csv", lambda _row: None, called)


def _written(
    asker: Asker,
    source: tuple[BinaryIO, int],
    target: Path,
    told: Callable[[int], None],
    called: Mapping[str, str] | None = None,
) -> Screened:
    file, count = source
    number = matched = matches = 0
    asked, read = tee(_asked(file))
    with target.open("x", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(ANSWERED)
        answers = asker.ask_many((row.question for row in asked), count)
        for number, (row, answer) in enumerate(zip(read, answers, strict=True), 1):
            writer.writerows(answered(row.id, answer, called or {}))
            matched += bool(answer.results)
            matches += len(answer.results)
            if number % TOLD_EVERY == 0:
                told(number)
    with target.open("rb") as written:
        sha256 = hashlib.file_digest(written, "sha256").hexdigest()
    return Screened(
        editions=asker.setting.ground.editions,
        digest=asker.digest,
        rows=number,
        matched=matched,
        matches=matches,
        sha256=sha256,
    )


def _asked(file: BinaryIO) -> Iterator[Row]:
    for row in rows(file):
        assert not isinstance(row, Problem), "the file was examined"
        yield row


def _called(file: BinaryIO) -> dict[str, str]:
    """Return the id of each matched entity, by its references, from a file of answers."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    found = {row["references"]: row["entity_id"] for row in csv.DictReader(text) if row["entity_id"]}
    text.detach()
    return found
