"""Screening a file of payments: in batches, each kept in one transaction with how far the file has come.

Killed at any moment, a run goes on where its last transaction ended: no payment is screened twice, and none is lost. Memory stays
in proportion to one batch, whatever the length of the file.
"""

from __future__ import annotations

import hashlib
import io
import secrets
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from comity.filtering.model.asking import TERRITORY
from comity.filtering.model.enquiry import Way, plan
from comity.filtering.model.failures import MessageOfTooMany
from comity.filtering.model.holding import File, Payment, State
from comity.filtering.model.outcome import Outcome
from comity.filtering.model.verdict import verdict_bytes
from comity.filtering.service import judging
from comity.filtering.service.examining import Examined, Examiner
from comity.filtering.service.reporting import report
from comity.filtering.store import asked, payments
from comity.filtering.store.payments import Row, id_of, key_of
from comity.infra.blobs import Blobs
from comity.payments.model import Transfer, read
from comity.screening import service as screening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from comity.filtering.model.verdict import Verdict
    from comity.filtering.service.place import Place
    from comity.infra.work import Work

FILE_BYTES_MAX: Final = 20_000_000_000
"""A file of payments: about ten million of them."""
BATCH: Final = 200
"""Payments that are kept in one transaction."""
MESSAGE_PAYMENTS_MAX: Final = 1_000
"""Payments of a message that is screened while somebody waits for the answer."""
NAME_CHARS_MAX: Final = 200
PROFILE: Final = "payment"
"""By which profile payments are screened when nothing is said."""


class Run(NamedTuple):
    """A file that is being screened, and whoever examines it."""

    file: File
    examiner: Examiner


class Kept(NamedTuple):
    """The blob of a file, as a reader of messages opens it."""

    name: str
    blobs: Blobs
    sha256: str

    def head(self, length: int) -> bytes:
        """Return the first bytes."""
        with self.blobs.open(self.sha256) as file:
            return file.read(length)

    def stream(self) -> BinaryIO:
        """Open it from the beginning."""
        return self.blobs.open(self.sha256)


def keep_file(place: Place, path: Path) -> str:
    """Keep a file's bytes, and return their hash. The file itself is read no more."""
    with path.open("rb") as file:
        return place.blobs.put(file, FILE_BYTES_MAX).sha256


def begin(work: Work, place: Place, sha256: str, name: str, profile: str = PROFILE) -> Run:
    """Begin to screen a kept file, or go on where that broke off; a file that was screened to its end is returned as it ended.

    Raises `GroundAbsent` where no list is in force, `ProfileUnknown`.
    """
    wanted = screening.profile(work, profile)
    examiner = Examiner(screening.inspector(work, place.screening, wanted))
    found = payments.find_file(work, sha256, wanted.name)
    if found is not None:
        payments.add_rules(work, examiner.rules)
        return Run(found, examiner)
    made = File(
        id=f"f-{secrets.token_hex(8)}",
        sha256=sha256,
        name=Path(name).name[:NAME_CHARS_MAX],
        profile=wanted.name,
        began_at=work.at,
        ended_at=None,
        transfers=0,
        held=0,
        hits=0,
        repeated=0,
    )
    payments.write_file(work, made)
    payments.add_rules(work, examiner.rules)
    work.record("filtering.file_begun", file=made.id, sha256=sha256, profile=made.profile, digest=examiner.digest)
    return Run(made, examiner)


def examine(place: Place, run: Run, told: Callable[[int], None] = lambda _done: None) -> Iterator[list[Examined]]:
    """Yield what is left of a file, examined, in batches to be kept; `told` hears how many payments are done.

    Raises what reading raises, naming file, transaction and field; the batches before it stand.
    """
    left = islice(_transfers(place, run.file), run.file.transfers, None)
    done = run.file.transfers
    while part := tuple(islice(left, BATCH)):
        yield [_examined(run.examiner, one) for one in part]
        done += len(part)
        told(done)


def keep(work: Work, place: Place, run: Run, batch: list[Examined]) -> File:
    """Keep one batch, tell alerts what was found, and return how far the file has come.

    A batch that was kept by a run that broke off, or by another run at the same time, changes nothing.
    """
    now = payments.file(work, run.file.id)
    assert now is not None, "a run has begun"
    new = [one for one in batch if one.transfer.number > now.transfers]
    if not new:
        return now
    rows = _rows(work, place, run, new)
    payments.add(work, rows)
    asked.add(work, _questions(now.id, new))
    report(work, place, run.file.profile, [(row.payment, one) for row, one in zip(rows, new, strict=True)])
    done = msgspec.structs.replace(
        now,
        transfers=new[-1].transfer.number,
        held=now.held + sum(row.payment.state is State.HELD for row in rows),
        hits=now.hits + sum(row.payment.hits for row in rows),
        repeated=now.repeated + sum(bool(row.payment.same_as) for row in rows),
    )
    payments.write_file(work, done)
    return done


def screen_message(work: Work, place: Place, raw: bytes, name: str, profile: str = PROFILE) -> File:
    """Screen a message of a few payments at once, in this one transaction: all of it is kept, or nothing.

    Raises what reading and `begin` raise, and `MessageOfTooMany`.
    """
    sha256 = place.blobs.put(io.BytesIO(raw), len(raw)).sha256
    run = begin(work, place, sha256, name, profile)
    for number, batch in enumerate(examine(place, run), 1):
        if number * BATCH > MESSAGE_PAYMENTS_MAX:
            raise MessageOfTooMany(
                f"At once, at most {MESSAGE_PAYMENTS_MAX:,} payments are screened. See: comity payments screen"
            )
        keep(work, place, run, batch)
    return end(work, run.file.id)


def end(work: Work, file: str) -> File:
    """Say that a file was screened to its end."""
    now = payments.file(work, file)
    assert now is not None, "a run has begun"
    if now.ended_at is None:
        now = msgspec.structs.replace(now, ended_at=work.at)
        payments.write_file(work, now)
        work.record(
            "filtering.file_screened", file=now.id, transfers=now.transfers, held=now.held, hits=now.hits,
            repeated=now.repeated,
        )  # fmt: skip
    return now


def transfer_of(place: Place, file: File, number: int) -> Transfer:
    """Read one payment of a kept file again."""
    return next(islice(_transfers(place, file), number - 1, None))


def _transfers(place: Place, file: File) -> Iterator[Transfer]:
    return read(place.kinds, Kept(file.name, place.blobs, file.sha256))  # type: ignore[arg-type]


def _examined(examiner: Examiner, transfer: Transfer) -> Examined:
    verdict = examiner.examine(transfer)
    return Examined(transfer, verdict, hashlib.sha256(verdict_bytes(verdict)).digest())


def _rows(work: Work, place: Place, run: Run, batch: list[Examined]) -> list[Row]:
    identities = [_identity(one.transfer) for one in batch]
    first = payments.known(work, [one for one in identities if one is not None])
    rows = []
    for one, identity in zip(batch, identities, strict=True):
        key = key_of(run.file.id, one.transfer.number)
        same_as = "" if identity is None or identity not in first else id_of(first[identity])
        if identity is not None:
            first.setdefault(identity, key)
        told = one.verdict.hits or one.verdict.seen
        outcome = judging.at_first(work, place, one.transfer, one.verdict)
        state = State.HELD if outcome is not Outcome.RELEASE else State.PASSED
        rows.append(
            Row(
                payment=_payment(work, run.file, one, (id_of(key), same_as, state)),
                identity=identity,
                rules=one.verdict.digest,
                proof=one.proof,
                verdict=verdict_bytes(one.verdict) if told else None,
                transfer=msgspec.msgpack.encode(one.transfer) if one.verdict.hits else None,
                lists=_lists(one.verdict),
            )
        )
    return rows


def _lists(verdict: Verdict) -> str:
    """Return who lists those who may be meant, each between spaces; for a territory that word stands."""
    told = {
        TERRITORY if hit.odds is None else reference.rpartition(":")[0]
        for hit in verdict.hits
        for reference in hit.listed.references
    }
    return f" {' '.join(sorted(told))} " if told else ""


def _payment(work: Work, file: File, one: Examined, known: tuple[str, str, State]) -> Payment:
    id_, same_as, state = known
    transfer, spoken = one.transfer, one.transfer.original
    return Payment(
        id=id_,
        file=file.id,
        number=transfer.number,
        kind=transfer.kind,
        version=transfer.version,
        message_id=transfer.message_id,
        end_to_end_id=transfer.end_to_end_id or (spoken.end_to_end_id if spoken else ""),
        uetr=transfer.uetr or (spoken.uetr if spoken else ""),
        amount=transfer.amount,
        settles_on=transfer.settles_on,
        is_instant=transfer.is_instant,
        state=state,
        at=work.at,
        profile=file.profile,
        hits=len(one.verdict.hits),
        probability=max((hit.probability for hit in one.verdict.hits), default=0.0),
        same_as=same_as,
    )


def _identity(transfer: Transfer) -> int | None:
    """Return by what a payment is recognised when it comes again: its UETR, or the sender's own numbers; None without either."""
    if transfer.uetr:
        return key_of(transfer.kind, transfer.uetr.casefold())
    numbers = (transfer.message_id, transfer.instruction_id, transfer.transaction_id, transfer.end_to_end_id)
    if not transfer.message_id:
        return None
    amount = (transfer.amount.minor, transfer.amount.currency) if transfer.amount else ()
    return key_of(transfer.kind, *numbers, *amount, transfer.settles_on)


def _questions(file: str, batch: list[Examined]) -> Iterator[tuple[asked.Asked, int]]:
    for one in batch:
        key = key_of(file, one.transfer.number)
        for enquiry in plan(one.transfer):
            if enquiry.way is not Way.TERRITORY:
                yield asked.question_of(enquiry), key
