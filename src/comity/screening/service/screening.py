"""Screening one name: asked, stored, shown again, and replayed."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import msgspec

from comity import __version__
from comity.model.permission import Permission
from comity.screening.model.answer import Matched, Screened, Screening, answer_bytes
from comity.screening.model.failures import AnswerUnknown, ReplayDiffers
from comity.screening.model.history import History, matches_of, rows_of
from comity.screening.model.profile import Profile
from comity.screening.model.question import Batch
from comity.screening.service import files
from comity.screening.service.asking import Asker
from comity.screening.service.indexing import forget, former, fresh
from comity.screening.store import screenings as store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.infra.work import Work
    from comity.screening.model.answer import Answer, AnyAnswer, Read, Setting
    from comity.screening.model.history import Looked
    from comity.screening.model.question import Asked, Question
    from comity.screening.service.place import Place
    from comity.screening.store.screenings import Stored

NOTHING_BUT_DEFAULTS = Profile()
ABSENT: Final = "There is no screening with this id."
"""Said of what is not there and of what is not one's to see, so that the one tells nothing of the other."""


def screen(work: Work, place: Place, question: Question, profile: Profile = NOTHING_BUT_DEFAULTS) -> Screening:
    """Ask whether a name or number belongs to anybody in force now, and keep the answer. Raises `GroundAbsent`."""
    asker = Asker(fresh(work, place), profile)
    return _kept(work, question, asker.ask(question), asker.setting)


def screen_each(
    work: Work, place: Place, questions: Sequence[Question], profile: Profile = NOTHING_BUT_DEFAULTS
) -> list[Screening]:
    """Ask about several names or numbers on the same ground, and keep every answer by itself. Raises `GroundAbsent`."""
    asker = Asker(fresh(work, place), profile)
    return [_kept(work, one, asker.ask(one), asker.setting) for one in questions]


def keep(work: Work, read: Read) -> Screening:
    """Keep the answer to a file of names."""
    return _kept(work, read.batch, read.answer, read.setting)


def keep_answer(work: Work, asked: Question, answer: Answer, made: Setting) -> Screening:
    """Keep what an `Asker` answered, so that it can be replayed."""
    return _kept(work, asked, answer, made)


def find(work: Work, id_: str) -> Screening:
    """Return a screening as it was stored, for the node's own use; whoever shows it to somebody asks `read`.

    Raises `AnswerUnknown`.
    """
    return _stored(work, id_).screening


def setting(work: Work, id_: str) -> Setting:
    """Return everything that a stored answer depends on beside its question. Raises `AnswerUnknown`."""
    return _stored(work, id_).setting


def read(work: Work, id_: str) -> Stored:
    """Return a screening for somebody to look at, and record that it was read: one's own, or anybody's by `screening.review`.

    Raises `AnswerUnknown`, also for somebody else's that one may not see.
    """
    stored = permitted(work, id_)
    work.record("screening.read", screening=id_, by_its_asker=stored.screening.actor == work.actor.id)
    return stored


def permitted(work: Work, id_: str) -> Stored:
    """Return a screening that whoever asks may see, for what is recorded otherwise. Raises `AnswerUnknown`, as `read` does."""
    stored = _stored(work, id_)
    if stored.screening.actor != work.actor.id and work.permission is not Permission.SCREENING_REVIEW:
        raise AnswerUnknown(ABSENT)
    return stored


def review(work: Work, asked: Looked, window: slice) -> History:
    """Return some of the screenings of anybody that fit, the latest first, and record that they were listed."""
    assert work.permission is Permission.SCREENING_REVIEW, "what others ask is not everybody's to see"
    found = history(work, asked, window)
    work.record("screening.listed", of=asked.actor or "everybody", rows=len(found.results))
    return found


def history(work: Work, asked: Looked, window: slice) -> History:
    """Return some of the screenings that fit, the latest first, and how many do. It names nobody."""
    return History(total=store.count(work, asked), results=tuple(store.history(work, asked, window)))


def replay(work: Work, place: Place, id_: str) -> bytes:
    """Ask again on the ground of a stored answer, and return the bytes that come out: those that were stored.

    The index is worked out again from the register as it was known then, for the day of the law then. What cannot be worked out,
    the random id of a cluster, is taken from the record. Raises `AnswerUnknown`, and `ReplayDiffers` where other bytes come out.
    """
    stored = _stored(work, id_)
    then = stored.setting
    asker = Asker(former(work, place, then.ground), then.profile)
    asked, answer = stored.screening.asked, stored.screening.answer
    if isinstance(asked, Batch) and isinstance(answer, Screened):
        raw = answer_bytes(files.again(place, asker, asked, answer))
    else:
        assert not isinstance(asked, Batch), "a file is answered by a file"
        assert not isinstance(answer, Screened), "and a name by a name"
        raw = answer_bytes(_again(asker, asked, answer))
    forget(place, then.ground)
    if raw != stored.raw:
        why = _why(then, asker.setting)
        raise ReplayDiffers(
            f"Asked again on the editions of then, the answer is another than the one that was stored: {why}"
        )
    return raw


def _again(asker: Asker, asked: Question, then: Answer) -> Answer:
    answer = asker.ask(asked)
    if not isinstance(answer, Matched):
        return answer
    called = {one.references: one.id for one in then.results}
    results = tuple(msgspec.structs.replace(one, id=called.get(one.references, one.id)) for one in answer.results)
    return msgspec.structs.replace(answer, results=results)


def _why(then: Setting, now: Setting) -> str:
    if then.version != now.version:
        return f"it was given by version {then.version}, and this is {__version__}."
    names = ("index", "layout", "score")
    changed = [name for name in names if getattr(then, name) != getattr(now, name)]
    return f"what differs is the {', the '.join(changed)}." if changed else "the evidence may be damaged."


def _kept(work: Work, asked: Asked, answer: AnyAnswer, made: Setting) -> Screening:
    screening = Screening(id=f"s-{secrets.token_hex(8)}", at=work.at, actor=work.actor.id, asked=asked, answer=answer)
    raw = store.add(work, screening, made)
    work.record(
        "screening.asked",
        screening=screening.id,
        rows=rows_of(asked),
        matches=matches_of(answer),
        digest=answer.digest,
        answer=sha256(raw).hexdigest(),
    )
    return screening


def _stored(work: Work, id_: str) -> store.Stored:
    stored = store.find(work, id_)
    if stored is None:
        raise AnswerUnknown(ABSENT)
    return stored
