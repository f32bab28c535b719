"""Files of payments and what became of each payment in them."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec
import sqlalchemy as sa

from comity.filtering.model.failures import PaymentUnknown
from comity.filtering.model.holding import File, Payment, State
from comity.filtering.model.verdict import Rules, Verdict, read_verdict
from comity.infra.columns import Bytes, Flag, Instant, Integer, Json, Real, Text, table
from comity.model.money import Money
from comity.payments.model import Transfer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from comity.filtering.model.asking import Narrowed
    from comity.infra.work import Work

BATCH: Final = 500
"""Values in one IN (…) clause, and rows in one INSERT."""
ALIKE_MAX: Final = 100
"""Payments of one reference that are looked at."""
KEY_BITS: Final = 63
"""Of the numbers under which payments and questions are kept: among ten million, two alike are one chance in 180,000."""
ID: Final = re.compile("p-([0-7][0-9a-f]{15})")

files = table(
    "payment_files",
    sa.Column("id", Text, primary_key=True),
    sa.Column("sha256", Text, nullable=False),
    sa.Column("name", Text, nullable=False),
    sa.Column("profile", Text, nullable=False),
    sa.Column("began_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    sa.Column("transfers", Integer, nullable=False),
    sa.Column("held", Integer, nullable=False),
    sa.Column("hits", Integer, nullable=False),
    sa.Column("repeated", Integer, nullable=False),
    sa.UniqueConstraint("sha256", "profile", name="uq_payment_files_sha256"),
)

rules_ = table(
    "payment_rules",
    sa.Column("digest", Text, primary_key=True),
    sa.Column("rules", Json, nullable=False),
)

payments = table(
    "payments",
    sa.Column("key", Integer, primary_key=True, autoincrement=False),
    sa.Column("file", Text, sa.ForeignKey("payment_files.id"), nullable=False),
    sa.Column("number", Integer, nullable=False),
    sa.Column("kind", Text, nullable=False),
    sa.Column("version", Text, nullable=False),
    sa.Column("message_id", Text, nullable=False),
    sa.Column("end_to_end_id", Text, nullable=False),
    sa.Column("uetr", Text, nullable=False),
    sa.Column("identity", Integer),
    sa.Column("same_as", Integer),
    sa.Column("amount_minor", Integer),
    sa.Column("currency", Text),
    sa.Column("settles_on", Text),
    sa.Column("is_instant", Flag, nullable=False),
    sa.Column("state", Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("profile", Text, nullable=False),
    sa.Column("rules", Text, sa.ForeignKey("payment_rules.digest"), nullable=False),
    sa.Column("proof", Bytes, nullable=False),
    sa.Column("hits", Integer, nullable=False),
    sa.Column("probability", Real, nullable=False),
    sa.Column("verdict", Bytes),
    sa.Column("transfer", Bytes),
    sa.Column("lists", Text, nullable=False, server_default=""),
    sa.Index("ix_payments_state", "state", "at", "number", "key"),
    sa.Index("ix_payments_file", "file", "number"),
    sa.Index("ix_payments_identity", "identity"),
    sa.Index("ix_payments_uetr", "uetr"),
    sa.Index("ix_payments_end_to_end", "end_to_end_id"),
)


class Row(NamedTuple):
    """A payment as it is written."""

    payment: Payment
    identity: int | None
    rules: str
    proof: bytes
    verdict: bytes | None
    """None where nothing was found nor seen."""
    transfer: bytes | None
    lists: str = ""
    """Who lists those who may be meant, each between spaces."""


class Kept(NamedTuple):
    """A payment with what a replay and a page need."""

    payment: Payment
    rules: Rules
    proof: bytes
    verdict: Verdict | None
    transfer: Transfer | None


def key_of(*parts: object) -> int:
    """Return the number under which something is kept, made from what it is."""
    made = hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()
    return int.from_bytes(made[:8], "big") >> (64 - KEY_BITS)


def id_of(key: int) -> str:
    """Return a payment's id: `p-` and sixteen hexadecimal digits."""
    return f"p-{key:016x}"


def key(id_: str) -> int:
    """Return the number of a payment. Raises `PaymentUnknown`."""
    found = ID.fullmatch(id_)
    if found is None:
        raise PaymentUnknown("There is no payment with this id.")
    return int(found[1], 16)


def find_file(work: Work, sha256: str, profile: str) -> File | None:
    """Return a file by its content, if it was begun under a profile."""
    row = work.connection.execute(
        files.select().where(files.c.sha256 == sha256, files.c.profile == profile)
    ).one_or_none()
    return None if row is None else File(**dict(row._mapping))


def file(work: Work, id_: str) -> File | None:
    """Return a file by its id."""
    row = work.connection.execute(files.select().where(files.c.id == id_)).one_or_none()
    return None if row is None else File(**dict(row._mapping))


def write_file(work: Work, one: File) -> None:
    """Keep a file, or how far it has come."""
    values = msgspec.structs.asdict(one)
    done = work.connection.execute(files.update().where(files.c.id == one.id).values(values))
    if not done.rowcount:
        work.connection.execute(files.insert().values(values))


def add_rules(work: Work, rules: Rules) -> None:
    """Keep what verdicts depend on, once."""
    if not work.connection.execute(sa.select(rules_.c.digest).where(rules_.c.digest == rules.digest)).first():
        work.connection.execute(rules_.insert().values(digest=rules.digest, rules=msgspec.to_builtins(rules)))


def known(work: Work, identities: Collection[int]) -> dict[int, int]:
    """Return which of some identities were screened before, and the first payment of each."""
    found: dict[int, int] = {}
    for part in _parts(sorted(set(identities))):
        query = sa.select(payments.c.identity, payments.c.key, payments.c.at).where(payments.c.identity.in_(part))
        for row in work.connection.execute(query.order_by(payments.c.at.desc(), payments.c.key.desc())):
            found[row.identity] = row.key
    return found


def add(work: Work, rows: Iterable[Row]) -> None:
    """Keep payments."""
    values = [_values(row) for row in rows]
    for part in _parts(values):
        work.connection.execute(payments.insert(), part)


def find(work: Work, id_: str) -> Kept:
    """Return a payment by its id. Raises `PaymentUnknown`."""
    query = sa.select(payments, rules_.c.rules.label("rules_")).join(rules_, rules_.c.digest == payments.c.rules)
    row = work.connection.execute(query.where(payments.c.key == key(id_))).one_or_none()
    if row is None:
        raise PaymentUnknown("There is no payment with this id.")
    verdict = read_verdict(bytes(row.verdict)) if row.verdict is not None else None
    transfer = msgspec.msgpack.decode(bytes(row.transfer), type=Transfer) if row.transfer is not None else None
    return Kept(_payment(row), msgspec.convert(row.rules_, Rules), bytes(row.proof), verdict, transfer)


def verdicts(work: Work, ids: Collection[str]) -> dict[str, Verdict]:
    """Return the verdicts of some payments in which something was found or seen, by id."""
    found: dict[str, Verdict] = {}
    for part in _parts(sorted(map(key, ids))):
        query = sa.select(payments.c.key, payments.c.verdict).where(
            payments.c.key.in_(part), payments.c.verdict.is_not(None)
        )
        found |= {id_of(row.key): read_verdict(bytes(row.verdict)) for row in work.connection.execute(query)}
    return found


def set_state(work: Work, id_: str, state: State) -> None:
    """Move a payment to another state."""
    work.connection.execute(payments.update().where(payments.c.key == key(id_)).values(state=state.value))


def listed(
    work: Work, where: Mapping[str, object], limit: int, offset: int, narrowed: Narrowed | None = None
) -> tuple[list[Payment], int]:
    """Return payments that meet every given column and whatever else is asked, the oldest first, and how many there are in all."""
    met = [payments.c[name] == value for name, value in where.items()]
    met += list(_met(narrowed)) if narrowed else []
    count = work.connection.execute(sa.select(sa.func.count()).select_from(payments).where(*met)).scalar_one()
    query = (
        payments.select()
        .where(*met)
        .order_by(payments.c.at, payments.c.number, payments.c.key)
        .limit(limit)
        .offset(offset)
    )
    return [_payment(row) for row in work.connection.execute(query)], int(count)


def _met(asked: Narrowed) -> Iterator[Any]:
    """Yield the conditions of what a list is narrowed to."""
    if asked.list:
        yield payments.c.lists.contains(f" {asked.list} ", autoescape=True)
    if asked.since:
        yield payments.c.at >= datetime.combine(asked.since, time.min, tzinfo=UTC)
    if asked.until:
        yield payments.c.at <= datetime.combine(asked.until, time.max, tzinfo=UTC)
    if asked.currency:
        yield payments.c.currency == asked.currency
    if asked.least_minor is not None:
        yield payments.c.amount_minor >= asked.least_minor
    if asked.most_minor is not None:
        yield payments.c.amount_minor <= asked.most_minor
    if asked.probability:
        yield payments.c.probability >= asked.probability
    if asked.is_instant:
        yield payments.c.is_instant == sa.true()


def told_of(work: Work, state: str) -> tuple[list[str], list[str]]:
    """Return which lists the payments of a state tell of, and in which currencies they are, where something was found."""
    own = payments.c.state == state
    said = work.connection.execute(sa.select(payments.c.lists).where(own, payments.c.hits > 0).distinct()).scalars()
    money = work.connection.execute(sa.select(payments.c.currency).where(own, payments.c.hits > 0).distinct()).scalars()
    return sorted({one for lists in said for one in lists.split()}), sorted(one for one in money if one)


def alike(work: Work, uetr: str, end_to_end_id: str) -> list[Payment]:
    """Return the payments of one UETR or, where there is none, of one end-to-end identification; the oldest first."""
    own = payments.c.uetr == uetr if uetr else payments.c.end_to_end_id == end_to_end_id
    query = payments.select().where(own).order_by(payments.c.at, payments.c.number, payments.c.key).limit(ALIKE_MAX)
    return [_payment(row) for row in work.connection.execute(query)] if uetr or end_to_end_id else []


def in_order(work: Work, file: str, limit: int, offset: int) -> list[Payment]:
    """Return the payments of a file, in its order."""
    query = payments.select().where(payments.c.file == file, payments.c.number > offset)
    return [_payment(row) for row in work.connection.execute(query.order_by(payments.c.number).limit(limit))]


def are_any(work: Work) -> bool:
    """Return whether any payment was ever screened."""
    return work.connection.execute(sa.select(payments.c.key).limit(1)).first() is not None


def counted(work: Work) -> list[tuple[str, int, int, int]]:
    """Return, by profile, how many payments were screened, how many had a hit, and how many hits there were."""
    stopped = sa.func.sum(sa.case((payments.c.hits > 0, 1), else_=0))
    query = sa.select(payments.c.profile, sa.func.count(), stopped, sa.func.sum(payments.c.hits))
    rows = work.connection.execute(query.group_by(payments.c.profile).order_by(payments.c.profile))
    return [(profile, int(count), int(held), int(hits)) for profile, count, held, hits in rows]


def _values(row: Row) -> dict[str, Any]:
    one = row.payment
    return {
        **{name: getattr(one, name) for name in ("file", "number", "kind", "version", "message_id", "end_to_end_id", "uetr")},
        **{name: getattr(one, name) for name in ("is_instant", "at", "profile", "hits", "probability")},
        "key": key(one.id),
        "identity": row.identity,
        "same_as": key(one.same_as) if one.same_as else None,
        "amount_minor": one.amount.minor if one.amount else None,
        "currency": one.amount.currency if one.amount else None,
        "settles_on": one.settles_on.isoformat() if one.settles_on else None,
        "state": one.state.value,
        "rules": row.rules,
        "proof": row.proof,
        "verdict": row.verdict,
        "transfer": row.transfer,
        "lists": row.lists,
    }  # fmt: skip


def _payment(row: Any) -> Payment:
    return Payment(
        id=id_of(row.key),
        file=row.file,
        number=row.number,
        kind=row.kind,
        version=row.version,
        message_id=row.message_id,
        end_to_end_id=row.end_to_end_id,
        uetr=row.uetr,
        amount=None if row.amount_minor is None else Money(row.amount_minor, row.currency),
        settles_on=date.fromisoformat(row.settles_on) if row.settles_on else None,
        is_instant=row.is_instant,
        state=State(row.state),
        at=row.at,
        profile=row.profile,
        hits=row.hits,
        probability=row.probability,
        same_as="" if row.same_as is None else id_of(row.same_as),
    )


def _parts(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[at : at + BATCH] for at in range(0, len(values), BATCH))
