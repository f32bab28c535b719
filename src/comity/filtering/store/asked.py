"""The distinct questions that past payments asked, and which payment asked which: what a look-back asks again.

Names, numbers and texts repeat from payment to payment, so that a million payments ask far fewer questions; each stands once, under
a number made from what it asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from comity.filtering.model.enquiry import Way
from comity.filtering.store.payments import BATCH, key_of
from comity.infra.columns import Integer, Text, table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from typing import Any

    from comity.filtering.model.enquiry import Enquiry
    from comity.infra.work import Work

PAGE: Final = 20_000
"""Questions that are in memory at once."""

questions = table(
    "payment_questions",
    sa.Column("key", Integer, primary_key=True, autoincrement=False),
    sa.Column("way", Text, nullable=False),
    sa.Column("text", Text, nullable=False),
    sa.Column("kinds", Text, nullable=False),
    sa.Index("ix_payment_questions_way", "way", "key"),
)

asked = table(
    "payment_asked",
    sa.Column("question", Integer, sa.ForeignKey("payment_questions.key"), primary_key=True, autoincrement=False),
    sa.Column("payment", Integer, sa.ForeignKey("payments.key"), primary_key=True, autoincrement=False),
)


class Asked(NamedTuple):
    """One distinct question."""

    key: int
    way: Way
    text: str
    kinds: frozenset[str]
    """For a number: with which kinds of numbers it is compared."""


def question_of(enquiry: Enquiry) -> Asked:
    """Return the question that an enquiry asks: the same whatever the case of its letters, and whatever else the message says."""
    text = " ".join(enquiry.text.split())
    kinds = ",".join(sorted(enquiry.kinds))
    return Asked(key_of(enquiry.way.value, text.casefold(), kinds), enquiry.way, text, enquiry.kinds)


def add(work: Work, pairs: Iterable[tuple[Asked, int]]) -> None:
    """Keep which payments asked which questions."""
    held = list(dict.fromkeys(pairs))
    distinct = {one.key: one for one, _ in held}
    rows = [
        {"key": one.key, "way": one.way.value, "text": one.text, "kinds": ",".join(sorted(one.kinds))}
        for one in distinct.values()
    ]
    _insert(work, questions, rows)
    links = {(one.key, payment) for one, payment in held}
    _insert(work, asked, [{"question": question, "payment": payment} for question, payment in sorted(links)])


def pages(work: Work, way: Way) -> Iterator[list[Asked]]:
    """Yield every question of one way, in pages, in order of its number."""
    last = -1
    while True:
        query = questions.select().where(questions.c.way == way.value, questions.c.key > last)
        rows = work.connection.execute(query.order_by(questions.c.key).limit(PAGE)).all()
        if not rows:
            return
        yield [Asked(row.key, way, row.text, frozenset(filter(None, row.kinds.split(",")))) for row in rows]
        last = rows[-1].key


def count(work: Work) -> int:
    """Return how many distinct questions there are."""
    return int(work.connection.execute(sa.select(sa.func.count()).select_from(questions)).scalar_one())


def payments_of(work: Work, question_keys: Collection[int]) -> dict[int, list[int]]:
    """Return the payments that asked some questions, by question."""
    found: dict[int, list[int]] = {}
    ordered = sorted(set(question_keys))
    for at in range(0, len(ordered), BATCH):
        query = asked.select().where(asked.c.question.in_(ordered[at : at + BATCH]))
        for row in work.connection.execute(query.order_by(asked.c.question, asked.c.payment)):
            found.setdefault(row.question, []).append(row.payment)
    return found


def _insert(work: Work, rows: sa.Table, values: Sequence[dict[str, Any]]) -> None:
    """Insert what is not there yet."""
    insert = postgresql.insert if work.connection.dialect.name == "postgresql" else sqlite.insert
    for at in range(0, len(values), BATCH):
        work.connection.execute(insert(rows).on_conflict_do_nothing(), values[at : at + BATCH])
