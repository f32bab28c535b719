"""Editions and the records in them, as published.

A record is kept once, under the hash of what was read from it; a span says in which editions it stood. Spans are a run-length
coding over all accepted editions of a list in the order of publication: which record stood in which edition can be read back
exactly, whatever the order in which the editions came.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa

from comity.infra import database, jobs
from comity.infra.columns import Bytes, Instant, Json, Text, table
from comity.lists.model import Counts, Edition, Listed, Span, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from comity.infra.work import Work

editions = table(
    "editions",
    sa.Column("id", Text, primary_key=True),
    sa.Column("source", Text, nullable=False),
    sa.Column("key", Text, nullable=False),
    sa.Column("format", Text, nullable=False),
    sa.Column("files", Json, nullable=False),
    sa.Column("parts", Json, nullable=False),
    sa.Column("published_at", Instant, nullable=False),
    sa.Column("fetched_at", Instant, nullable=False),
    sa.Column("sha256", Text, nullable=False),
    sa.Column("counts", Json, nullable=False),
    sa.Column("status", Text, nullable=False),
    sa.Column("reasons", Json, nullable=False),
    sa.Column("decided_at", Instant),
    sa.Column("decided_by", Text, nullable=False),
    sa.Column("decision", Text, nullable=False),
    sa.UniqueConstraint("source", "key"),
)

records = table(
    "list_records",
    sa.Column("digest", Bytes, primary_key=True),
    sa.Column("body", Bytes, nullable=False),
)

record_spans = table(
    "list_record_spans",
    sa.Column("source", Text, primary_key=True),
    sa.Column("reference", Text, primary_key=True),
    sa.Column("since_key", Text, primary_key=True),
    sa.Column("until_key", Text),
    sa.Column("digest", Bytes, nullable=False),
)

checks = table(
    "list_checks",
    sa.Column("source", Text, primary_key=True),
    sa.Column("checked_at", Instant, nullable=False),
    sa.Column("outcome", Text, nullable=False),
    sa.Column("detail", Text, nullable=False),
    sa.Column("validators", Json, nullable=False),
)

BATCH = 500
"""Values in one IN (…) clause; both engines take more, neither is faster with more."""

_KEEP = sa.text("INSERT INTO list_records (digest, body) VALUES (:digest, :body) ON CONFLICT (digest) DO NOTHING")
"""Two lists may hold the same record, and be loaded at the same time."""

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Listed)


def pack(listed: Listed) -> bytes:
    """Return the bytes under whose hash a record is kept."""
    return _ENCODER.encode(listed)


def squeeze(body: bytes) -> bytes:
    """Compress a packed record, as it is kept."""
    return zlib.compress(body, 1)


def unpack_body(squeezed: bytes) -> Listed:
    """Read a kept record."""
    return _DECODER.decode(zlib.decompress(squeezed))


def alone(work: Work, source: str) -> None:
    """Wait until no other work changes this list, and keep others waiting until this one ends."""
    database.alone(work.connection, f"list {source}")


def insert_edition(work: Work, edition: Edition) -> None:
    """Add an edition."""
    work.connection.execute(editions.insert().values(**_row(edition)))


def replace_edition(work: Work, edition: Edition) -> None:
    """Write an edition's new state over its old one."""
    work.connection.execute(editions.update().where(editions.c.id == edition.id).values(**_row(edition)))


def edition(work: Work, id_: str) -> Edition | None:
    """Return one edition by id, or by any beginning of an id that fits only one."""
    exact = editions.c.id == id_
    rows = work.connection.execute(
        editions.select().where(exact | editions.c.id.startswith(id_, autoescape=True)).limit(3)
    )
    found = [_edition(row) for row in rows]
    return next((one for one in found if one.id == id_), found[0] if len(found) == 1 else None)


def find_editions(
    work: Work, *, source: str | None = None, sha256: str | None = None, statuses: Collection[Status] = ()
) -> list[Edition]:
    """Return editions in the order of publication, by list."""
    query = editions.select().order_by(editions.c.source, editions.c.key)
    if source is not None:
        query = query.where(editions.c.source == source)
    if sha256 is not None:
        query = query.where(editions.c.sha256 == sha256)
    if statuses:
        query = query.where(editions.c.status.in_([status.value for status in statuses]))
    return [_edition(row) for row in work.connection.execute(query)]


def current(work: Work) -> list[Edition]:
    """Return the edition in force of every list, and those in quarantine, in the order of publication."""
    accepted = editions.c.status == Status.ACCEPTED.value
    last = sa.select(editions.c.source, sa.func.max(editions.c.key).label("key")).where(accepted)
    newest = last.group_by(editions.c.source).subquery()
    in_force = accepted & (editions.c.source == newest.c.source) & (editions.c.key == newest.c.key)
    waiting = editions.c.status == Status.QUARANTINED.value
    query = editions.select().outerjoin(newest, editions.c.source == newest.c.source).where(in_force | waiting)
    rows = work.connection.execute(query.order_by(editions.c.source, editions.c.key))
    return [_edition(row) for row in rows]


def count_accepted(work: Work) -> dict[str, int]:
    """Return how many editions of each list were accepted."""
    query = sa.select(editions.c.source, sa.func.count()).where(editions.c.status == Status.ACCEPTED.value)
    return {row[0]: row[1] for row in work.connection.execute(query.group_by(editions.c.source))}


def keep_records(work: Work, bodies: Mapping[bytes, bytes]) -> None:
    """Keep squeezed record bodies by digest; those that are here already are left as they are."""
    known = _known(work, bodies)
    fresh = sorted(digest for digest in bodies if digest not in known)  # two works wait for each other in one order
    if fresh:
        work.connection.execute(_KEEP, [{"digest": digest, "body": bodies[digest]} for digest in fresh])


def read_records(work: Work, digests: Collection[bytes]) -> Iterator[tuple[bytes, Listed]]:
    """Yield records by digest, in no order."""
    for batch in _batches(digests):
        query = records.select().where(records.c.digest.in_(batch))
        for digest, body in work.connection.execute(query):
            yield digest, unpack_body(body)


def standing(work: Work, source: str, key: str) -> dict[str, Span]:
    """Return the records that stand in the edition with a key, by reference."""
    in_force = (record_spans.c.since_key <= key) & (
        record_spans.c.until_key.is_(None) | (record_spans.c.until_key > key)
    )
    return {span.reference: span for span in _spans(work, (record_spans.c.source == source) & in_force)}


def references(work: Work, source: str) -> set[str]:
    """Return every reference that any accepted edition of a list has ever held."""
    query = sa.select(record_spans.c.reference).where(record_spans.c.source == source).distinct()
    return set(work.connection.execute(query).scalars())


def turning(work: Work, source: str, key: str) -> set[str]:
    """Return the references whose record begins or ends at an edition."""
    at = (record_spans.c.source == source) & ((record_spans.c.since_key == key) | (record_spans.c.until_key == key))
    return set(work.connection.execute(sa.select(record_spans.c.reference).where(at)).scalars())


def history(work: Work, source: str, references: Collection[str]) -> dict[str, list[Span]]:
    """Return every span of some references, oldest first."""
    found: dict[str, list[Span]] = {reference: [] for reference in references}
    for batch in _batches(references):
        where = (record_spans.c.source == source) & record_spans.c.reference.in_(batch)
        for span in _spans(work, where):
            found[span.reference].append(span)
    return found


def replace_spans(work: Work, source: str, spans: Mapping[str, list[Span]]) -> None:
    """Write the spans of some references over whatever was there."""
    for batch in _batches(spans):
        where = (record_spans.c.source == source) & record_spans.c.reference.in_(batch)
        work.connection.execute(record_spans.delete().where(where))
    rows = [
        {
            "source": source,
            "reference": span.reference,
            "since_key": span.since,
            "until_key": span.until,
            "digest": span.digest,
        }
        for of_one in spans.values()
        for span in of_one
    ]
    if rows:
        work.connection.execute(record_spans.insert(), rows)


def count_standing(work: Work, source: str, key: str) -> int:
    """Return how many records stand in an edition."""
    return len(standing(work, source, key))


def read_check(work: Work, source: str) -> dict[str, Any] | None:
    """Return when a list was last asked for, and with which result."""
    return read_checks(work).get(source)


def read_checks(work: Work) -> dict[str, dict[str, Any]]:
    """Return when each list was last asked for, and with which result."""
    return {row.source: dict(row._mapping) for row in work.connection.execute(checks.select())}


def write_check(
    work: Work, source: str, *, at: datetime, outcome: str, detail: str, validators: Mapping[str, str]
) -> None:
    """Note that a list was asked for."""
    work.connection.execute(checks.delete().where(checks.c.source == source))
    work.connection.execute(
        checks.insert().values(
            source=source, checked_at=at, outcome=outcome, detail=detail, validators=dict(validators)
        )
    )


def _known(work: Work, digests: Collection[bytes]) -> set[bytes]:
    return {
        digest
        for batch in _batches(digests)
        for (digest,) in work.connection.execute(sa.select(records.c.digest).where(records.c.digest.in_(batch)))
    }


def _spans(work: Work, where: sa.ColumnElement[bool]) -> Iterator[Span]:
    columns = (record_spans.c.reference, record_spans.c.since_key, record_spans.c.until_key, record_spans.c.digest)
    for row in work.connection.execute(sa.select(*columns).where(where).order_by(*columns[:2])):
        yield Span(*row)


def _batches(values: Iterable[Any]) -> Iterator[list[Any]]:
    listed = list(values)
    for start in range(0, len(listed), BATCH):
        yield listed[start : start + BATCH]


def _row(one: Edition) -> dict[str, Any]:
    return {
        **msgspec.structs.asdict(one),
        "parts": list(one.parts),
        "counts": msgspec.to_builtins(one.counts),
        "status": one.status.value,
        "reasons": list(one.reasons),
    }


def _edition(row: Any) -> Edition:
    values = dict(row._mapping)
    values["parts"], values["reasons"] = tuple(values["parts"]), tuple(values["reasons"])
    values["counts"] = msgspec.convert(values["counts"], Counts)
    values["status"] = Status(values["status"])
    return Edition(**values)


def orders(work: Work, kinds: Collection[str]) -> list[jobs.Job]:
    """Return the jobs of some kinds that are due or under way."""
    found = jobs.latest(work.connection, (jobs.State.WAITING, jobs.State.RUNNING), kinds)
    return [job for job in found if job.state is jobs.State.RUNNING or job.due <= work.at]
