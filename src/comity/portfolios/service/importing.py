"""Taking customers in: a file is read to its end before anything of it is taken, and it is taken whole or not at all.

Where rows cannot be read nothing is taken until a person has seen the error report and accepts the others, or discards the import.
A file that would end many customers waits in the same way: it may have broken off between two rows. And while a row cannot be read
nobody is ended, for it may be anybody's.
"""

from __future__ import annotations

import csv
import io
import secrets
import tempfile
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from comity.portfolios.model.failures import ImportSettled, ImportUnfit, ImportUnknown
from comity.portfolios.model.portfolio import Counts, Given, Import, ImportState, Mode, is_many
from comity.portfolios.model.rows import Row
from comity.portfolios.service import ordering, reading
from comity.portfolios.service.listing import find
from comity.portfolios.store import customers, portfolios

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from comity.infra.work import Work
    from comity.portfolios.model.customer import Customer
    from comity.portfolios.service.books import Books

BATCH: Final = 2_000
"""Customers that are compared and stored at a time."""
TOLD_EVERY: Final = 5_000
REPORT: Final = ("line", "column", "reason", "detail", "value")
"""Columns of an error report; `value` says what sort of value stands there, and never which."""
REPORT_BYTES_MAX: Final = 1_000_000_000


class Examined(NamedTuple):
    """What reading a file to its end came to."""

    given: Given
    counts: Counts
    report: str
    """The hash of the error report; empty where every row can be read."""
    ids: frozenset[str]
    """The customers whose rows can be read."""


def examine(books: Books, given: Given, told: Callable[[int, int | None], None]) -> Examined:
    """Read a kept file to its end, and write down every row that cannot be read. Raises `ImportUnfit`, `MappingUnfit`."""
    given.mapping.complete()
    rows, fit = 0, set()
    with tempfile.TemporaryFile() as raw:
        text = io.TextIOWrapper(raw, encoding="utf-8", newline="", write_through=True)
        report = csv.writer(text, lineterminator="\n")
        report.writerow(REPORT)
        for one in reading.rows(books.blobs, given.sha256, given.form, given.mapping):
            rows += 1
            if isinstance(one, Row):
                fit.add(one.customer.id)
            else:
                report.writerows((problem.line, _safe(problem.column), *problem[2:]) for problem in one)
            if rows % TOLD_EVERY == 0:
                told(rows, None)
        if not rows:
            raise ImportUnfit("There are no rows in the file.")
        report_sha256 = _kept(books, raw) if len(fit) < rows else ""
        text.detach()
    return Examined(given, Counts(rows=rows, fit=len(fit)), report_sha256, frozenset(fit))


def take(
    work: Work, books: Books, examined: Examined, told: Callable[[int, int | None], None], *, accept: bool
) -> Import:
    """Take a file into its portfolio, if few are ended, and every row can be read or `accept` says to take the others.

    Else it waits for a person. Raises `PortfolioUnknown`.
    """
    given = examined.given
    portfolios.alone(work, given.portfolio)
    find(work, given.portfolio)
    one = Import(
        id=f"i-{secrets.token_hex(6)}",
        portfolio=given.portfolio,
        at=work.at,
        actor=work.actor.id,
        file=given.name,
        sha256=given.sha256,
        form=given.form,
        mapping=given.mapping,
        mode=given.mode,
        state=ImportState.WAITING,
        counts=examined.counts,
        report=examined.report,
    )
    standing = _ending(work, one)
    ended = len(standing - examined.ids)
    if (examined.counts.unfit and not accept) or is_many(ended, len(standing)):
        return _waits(work, one, ended)
    return _taken(work, books, one, told)


def accept(work: Work, books: Books, id_: str, told: Callable[[int, int | None], None]) -> Import:
    """Take the rows of a waiting import that can be read; where all can, end whoever is not among them.

    Raises `ImportUnknown`, `ImportSettled`.
    """
    return _taken(work, books, _waiting(work, id_), told)


def discard(work: Work, id_: str) -> Import:
    """Discard a waiting import; nothing of it was taken. Raises `ImportUnknown`, `ImportSettled`."""
    one = msgspec.structs.replace(_waiting(work, id_), state=ImportState.DISCARDED)
    portfolios.put_import(work, one)
    work.record("portfolios.import_discarded", portfolio=one.portfolio, import_id=one.id)
    return one


def find_import(work: Work, id_: str) -> Import:
    """Return an import. Raises `ImportUnknown`."""
    one = portfolios.find_import(work, id_)
    if one is None:
        raise ImportUnknown("There is no import with this id.")
    return one


def report(work: Work, books: Books, id_: str) -> BinaryIO:
    """Open the error report of an import: CSV, a line for each thing that cannot be read. Raises `ImportUnknown`."""
    one = find_import(work, id_)
    if not one.report:
        raise ImportUnknown("Every row of this import could be read: it has no error report.")
    return books.blobs.open(one.report)


def _ending(work: Work, one: Import) -> set[str]:
    """Return the customers whom a file ends if they are not in it: a row that cannot be read may be anybody's."""
    is_whole = one.mode is Mode.FULL and not one.counts.unfit
    return customers.ids(work, one.portfolio) if is_whole else set()


def _waits(work: Work, one: Import, ended: int) -> Import:
    waiting = msgspec.structs.replace(one, counts=msgspec.structs.replace(one.counts, ended=ended))
    portfolios.put_import(work, waiting)
    facts = {"rows": waiting.counts.rows, "unfit": waiting.counts.unfit, "ended": ended}
    work.record("portfolios.import_waits", portfolio=one.portfolio, import_id=one.id, **facts)
    return waiting


def _taken(work: Work, books: Books, one: Import, told: Callable[[int, int | None], None]) -> Import:
    gone = _ending(work, one)
    counts, done = one.counts, 0
    fit = (row.customer for row in reading.rows(books.blobs, one.sha256, one.form, one.mapping) if isinstance(row, Row))
    while some := tuple(islice(fit, BATCH)):
        added, changed = _stored(work, one, some)
        gone.difference_update(each.id for each in some)
        counts = msgspec.structs.replace(
            counts,
            added=counts.added + added,
            changed=counts.changed + changed,
            unchanged=counts.unchanged + len(some) - added - changed,
        )
        done += len(some)
        told(done, one.counts.fit)
    ended = customers.end(work, one.portfolio, sorted(gone))
    taken = msgspec.structs.replace(one, state=ImportState.TAKEN, counts=msgspec.structs.replace(counts, ended=ended))
    portfolios.put_import(work, taken)
    portfolios.remember(work, one.portfolio, one.mapping)
    _noted(work, taken)
    ordering.order(work, one.portfolio)
    return taken


def _stored(work: Work, one: Import, some: tuple[Customer, ...]) -> tuple[int, int]:
    """Store what is new of some customers, and return how many are new and how many changed; one who was ended is new again."""
    stands = customers.standing(work, one.portfolio, [each.id for each in some])
    fresh, other = [], []
    for each in some:
        was = stands.get(each.id)
        if was is None or was.is_ended:
            fresh.append(each)
        elif was.digest != each.digest:
            other.append(each)
    known = [each.id for each in chain(fresh, other) if each.id in stands]
    customers.supersede(work, one.portfolio, known)
    numbered = ((each, stands[each.id].version + 1 if each.id in stands else 1) for each in chain(fresh, other))
    customers.add(work, one.portfolio, numbered, one.id)
    return len(fresh), len(other)


def _noted(work: Work, one: Import) -> None:
    counts = msgspec.to_builtins(one.counts)
    work.record(
        "portfolios.imported",
        portfolio=one.portfolio,
        import_id=one.id,
        sha256=one.sha256,
        mode=one.mode.value,
        unfit=one.counts.unfit,
        **counts,
    )


def _waiting(work: Work, id_: str) -> Import:
    one = find_import(work, id_)
    portfolios.alone(work, one.portfolio)
    one = find_import(work, id_)
    if one.state is not ImportState.WAITING:
        raise ImportSettled("This import has been taken or discarded already.")
    return one


def _kept(books: Books, raw: BinaryIO) -> str:
    raw.seek(0)
    return books.blobs.put(raw, REPORT_BYTES_MAX).sha256


def _safe(text: str) -> str:
    """Return a heading that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text
