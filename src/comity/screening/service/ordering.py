"""What is done in the background: screening a file that somebody uploaded, and asking again on the editions of an old answer."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from comity.infra import jobs
from comity.infra.jobs import JobAbsent
from comity.model.actor import Actor
from comity.model.permission import Permission
from comity.screening.model.table import Problem
from comity.screening.service import profiles, screening
from comity.screening.service.files import FILE_BYTES_MAX, examine_all, screen_file

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from typing import BinaryIO

    from comity.infra.jobs import Job
    from comity.infra.work import Work
    from comity.infra.worker import Progress
    from comity.screening.model.profile import Profile
    from comity.screening.service.place import Place

FILE: Final = "screening.file"
"""The job that screens a file."""
REPLAY: Final = "screening.replay"
"""The job that asks again on the editions of a kept answer."""


class Node(Protocol):
    """Where these jobs run."""

    @property
    def screening(self) -> Place:
        """What the services of this feature need."""
        ...

    def work(self, permission: Permission, *, write: bool = True) -> AbstractContextManager[Work]:
        """Begin a unit of work of the node itself."""
        ...


class Received(NamedTuple):
    """An uploaded file: whose rows can be asked about, or which rows cannot."""

    sha256: str
    rows: int
    problems: Sequence[Problem]


def receive(place: Place, stream: BinaryIO) -> Received:
    """Keep an uploaded file under its hash, and look at every row of it. Raises `FileUnfit` where it is no such file."""
    kept = place.blobs.put(stream, FILE_BYTES_MAX)
    count, problems = examine_all(lambda: place.blobs.open(kept.sha256))
    return Received(kept.sha256, count, problems)


def order_file(work: Work, received: Received, profile: Profile) -> str:
    """Order that a received file is screened under a version of a profile, and return the job's id."""
    assert not received.problems, "every row can be asked about"
    payload = {"sha256": received.sha256, "profile": profile.name, "actor": work.actor.id}
    job = work.enqueue(FILE, payload)
    work.record("screening.file_ordered", job=job, sha256=received.sha256, rows=received.rows, profile=profile.name)
    return job


def order_replay(work: Work, screening_id: str) -> str:
    """Order that an answer is asked for again, and return the job's id. Raises `AnswerUnknown`."""
    screening.permitted(work, screening_id)
    job = work.enqueue(REPLAY, {"screening": screening_id, "actor": work.actor.id})
    work.record("screening.replay_ordered", job=job, screening=screening_id)
    return job


def ordered(work: Work, job_id: str) -> Job:
    """Return a job that this actor ordered. Raises `JobAbsent`, whatever else stands under that id."""
    job = jobs.find(work.connection, job_id)
    if job.kind not in {FILE, REPLAY} or job.payload.get("actor") != work.actor.id:
        raise JobAbsent("There is no such job.")
    return job


def run_file(node: Node, job: Job, progress: Progress) -> dict[str, str | int]:
    """Screen an ordered file, keep the answer in the name of whoever ordered it, and return its id and its counts."""
    place = node.screening
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "names.csv", Path(folder) / "answers.csv"
        with place.blobs.open(job.payload["sha256"]) as stored, source.open("wb") as copy:
            shutil.copyfileobj(stored, copy)
        with node.work(Permission.SCREENING_ASK, write=False) as work:
            wanted = profiles.profile(work, job.payload["profile"])
            read = screen_file(work, place, (source, target), wanted, progress)
    with node.work(Permission.SCREENING_ASK) as work:
        work.actor = Actor(id=job.payload["actor"], name="")
        kept = screening.keep(work, read).id
    return {"screening": kept, "rows": read.answer.rows, "matched": read.answer.matched}


def run_replay(node: Node, job: Job) -> bytes:
    """Ask again on the editions of a kept answer, and return the bytes. Raises `ReplayDiffers`."""
    with node.work(Permission.SCREENING_ASK, write=False) as work:
        return screening.replay(work, node.screening, job.payload["screening"])
