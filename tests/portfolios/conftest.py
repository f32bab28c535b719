"""What tests of portfolios share: the invented list in force, books over it, and files of customers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from comity.alerts.service import Office
from comity.infra.database import Database
from comity.infra.work import Work, begin
from comity.kit.clock import FakeClock
from comity.lists.service import Desk
from comity.model.actor import OPERATOR, Purpose
from comity.model.permission import Permission
from comity.portfolios import service as portfolios
from comity.portfolios.model import columns
from comity.portfolios.model.dates import DateOrder
from comity.portfolios.model.portfolio import Given, Import, Mode, Run
from comity.portfolios.service import Books
from comity.screening.service import Place as Screening
from support.invented import EVERYBODY, load_document

Take = Callable[..., Import]
HEADER = "Kundennummer;Vorname;Nachname;Geburtsdatum;Staatsangehörigkeit\n"


class Place:
    """Where runs run in these tests: works of the operator, each committed."""

    def __init__(self, database: Database, clock: FakeClock, books: Books) -> None:
        self._database, self.clock, self.books = database, clock, books

    def work(self, permission: Permission, *, write: bool = True) -> AbstractContextManager[Work]:
        return _begun(self._database, self.clock, permission, write=write)

    def run(self, portfolio: str = "retail", *, whole: bool = False) -> Run:
        """Screen a minute later."""
        self.clock.advance(timedelta(minutes=1))
        return portfolios.run(self, portfolio, lambda _done, _total: None, whole=whole)


@contextmanager
def _begun(database: Database, clock: FakeClock, permission: Permission, *, write: bool) -> Iterator[Work]:
    purpose = Purpose.SANCTIONS_IMPLEMENTATION
    with begin(database, clock, actor=OPERATOR, purpose=purpose, permission=permission, write=write) as work:
        yield work


@pytest.fixture
def books(tmp_path: Path, desk: Desk) -> Books:
    return Books(Screening(desk, tmp_path / "screening"), Office(desk), tmp_path / "portfolios")


@pytest.fixture
def place(database: Database, clock: FakeClock, books: Books, desk: Desk) -> Place:
    """A node with the invented list in force and an empty portfolio."""
    made = Place(database, clock, books)
    with made.work(Permission.OPERATE) as work:
        load_document(work, desk, "2031-01-10", *EVERYBODY)
        portfolios.create(work, "retail", "Retail customers")
    return made


@pytest.fixture
def take(place: Place, tmp_path: Path) -> Take:
    """Read a text, or bytes, into the portfolio as the command does."""

    def taken(
        raw: str | bytes,
        *,
        mode: Mode = Mode.FULL,
        accept: bool = False,
        said: dict[str, str] | None = None,
        **more: str,
    ) -> Import:
        path = tmp_path / "customers"
        path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
        with place.work(Permission.PORTFOLIOS_READ, write=False) as work:
            one = portfolios.find(work, "retail")
        sha256 = portfolios.keep(place.books.blobs, path)
        looked = portfolios.look(place.books.blobs, sha256, one, encoding=more.get("encoding", ""))
        found = columns.corrected(looked.columns, said or {})
        order = DateOrder(more["order"]) if "order" in more else one.mapping.order if one.mapping else None
        made = columns.mapping(
            found, schema=more.get("schema", "Person"), order=order, separator=more.get("separator", "")
        )
        given = Given(
            portfolio="retail", name="customers.csv", sha256=sha256, form=looked.form, mapping=made, mode=mode
        )
        examined = portfolios.examine(place.books, given, lambda _done, _total: None)
        with place.work(Permission.PORTFOLIOS_MANAGE) as work:
            return portfolios.take(work, place.books, examined, lambda _done, _total: None, accept=accept)

    return taken
