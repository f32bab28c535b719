"""Following a portfolio through real changes of the lists: the figures of docs/benchmarks.md.

    python bench/portfolio.py [--customers 100000] [--changes 1,2,3,4,5] [--each] [--import-rows 1000000]

The list: every party of the United States, United Nations, European Union and United Kingdom lists that are shared, with
their birth dates and countries. It goes through three of OFAC's daily updates (`sdn_csv_history`), from one edition of the UN
list to another, and through the last month of designations of the UK list, one after the other. Of the EU's list one edition
is shared, so that it stays what it is. The customers: people of all countries with the shared ordinary names of all scripts
recombined, four in five of them with birth date and nationality; one in twelve is a company; a hundred bear a listed name.

Before the first change everybody is asked. After each only those are asked whom it can touch, with what that needs
beside: opening what the last run left, comparing the lists, telling who is touched, leaving what the next run needs. After the
last (with `--each` after each) everybody is asked once more, and every result is compared. Everybody is asked without leaving
traces, so that this takes no longer than it must. Time is CPU time of one process. Prints Markdown.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import random
import resource
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).resolve().parent))

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from comity.infra import settings
from comity.kit.clock import SystemClock
from comity.matching.asked import Asked
from comity.matching.changing import change
from comity.matching.engine import Engine
from comity.matching.names import Kind
from comity.matching.scoring import shipped
from comity.matching.touched import Kept, touch
from comity.matching.tracing import Tracer, Traces
from comity.model import countries
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import init
from comity.portfolios import service as portfolios
from comity.portfolios.model import columns
from comity.portfolios.model.customer import Customer
from comity.portfolios.model.portfolio import Given, Mode
from comity.portfolios.service import keeping
from comity.register.model.naming import Named, Said
from comity.screening import service as screening
from comity.screening.model.answer import Ground
from comity.screening.service import indexing
from screening import lists, negatives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.portfolios.service.keeping import Book
    from comity.screening.service import Opened
    from screening.names import Listed

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
DAYS = ("2023-05-19", "2023-05-24", "2023-05-25")
UN_EDITIONS = ("2025-04-19", "2025-11-20")
UK_MONTH = "/02/2026"
"""The last month in which the shared UK list has designations."""
LISTED = 100
"""Customers who bear a listed name; of every other of them the bank knows what the list says."""
COMPANIES_EACH = 12
UNKNOWN_EACH = 5
"""One customer of so many is a company; of one of so many people nothing but the name is known."""


class Edition(NamedTuple):
    """The list as it stood, and what had changed it."""

    said: str
    named: dict[str, Named]


def editions() -> Iterator[Edition]:
    """Yield the list before the first change, and after each."""
    eu, uk, new = list(lists.eu(SHARED)), list(lists.uk(SHARED)), _designated(UK_MONTH)
    un = [list(lists.un(SHARED, day)) for day in UN_EDITIONS]
    days = list(_ofac_days())
    rest = [*eu, *(one for one in uk if new.isdisjoint(one.refs))]
    for at, day in enumerate(("before", *DAYS)):
        yield _edition(f"OFAC {day}", [*_ofac(days[at]), *un[0], *rest])
    yield _edition(f"UN {UN_EDITIONS[0]} to {UN_EDITIONS[1]}", [*_ofac(days[-1]), *un[1], *rest])
    yield _edition("UK, designations of 2026-02", [*_ofac(days[-1]), *un[1], *eu, *uk])


def _designated(month: str) -> frozenset[str]:
    """Return the references of those whom the UK list has designated in a month."""
    with gzip.open(
        SHARED / "sanctions" / "uk" / "uk_sanctions_list_2026-02-23.jsonl.gz", "rt", encoding="utf-8"
    ) as file:
        rows = [json.loads(line) for line in file]
    return frozenset(f"uk_sanctions_list:{row['unique_id']}" for row in rows if row["date_designated"].endswith(month))


def _edition(said: str, listed: list[Listed]) -> Edition:
    return Edition(said, {one.id: named(one) for one in listed if one.names or one.native})


def _ofac_days() -> Iterator[dict[str, list[str]]]:
    """Yield the rows of the SDN list before the first update, and after each, by number: later updates are taken back."""
    folder = SHARED / "sanctions" / "ofac" / "sdn_csv_history"
    with gzip.open(folder / "sdn_2023-06-20.csv.gz", "rt", encoding="utf-8") as file:
        rows = {row[0]: row for row in csv.reader(file) if len(row) > 1}
    with gzip.open(folder / "sdn_deltas.jsonl.gz", "rt", encoding="utf-8") as file:
        updates = [json.loads(line) for line in file]
    found = []
    for update in sorted(updates, key=lambda one: str(one["date"]), reverse=True):
        if update["date"][:10] in DAYS:
            found.append(dict(rows))
        if update["date"][:10] < DAYS[0]:
            break
        for row in update["added"]:
            rows.pop(row[0], None)
        rows |= {row[0]: row for row in update["removed"]}
        rows |= {one["ent_num"]: one["before"] for one in update["changed"]}
    yield dict(rows)
    yield from reversed(found)


def _ofac(rows: dict[str, list[str]]) -> Iterator[Listed]:
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows(rows.values())
    return lists.ofac(SHARED, file.getvalue().encode())


def named(one: Listed) -> Named:
    country = "nationality" if one.schema == "Person" else "country"
    facts = [Said("birthDate", value) for value in one.birth_dates] + [Said(country, value) for value in one.countries]
    return Named(
        lead=one.id,
        id=one.id,
        schema=one.schema,
        caption=(*one.names, *one.native)[0],
        names=tuple(sorted({*one.names, *one.native})),
        weak=tuple(sorted(Said("weakAlias", name) for name in one.weak)),
        identifiers=(),
        facts=tuple(sorted(facts)),
        references=one.refs,
    )


def customers(listed: list[Named], count: int) -> list[Customer]:
    with gzip.open(SHARED / "names" / "yente_negatives_global.csv.gz", "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    dice = random.Random(11)
    companies = list(dict.fromkeys(text for text, _ in negatives.companies(dice)))[: count // COMPANIES_EACH]
    some = [_customer("Company", text, dice) for text in companies]
    some += [_borne(one, at) for at, one in enumerate(dice.sample(listed, LISTED))]
    while len(some) < count:  # a given name of one, a family name of a neighbour: the file is sorted by country
        at = dice.randrange(len(rows) - 40)
        one, other = rows[at], rows[at + dice.randrange(40)]
        some.append(_customer("Person", f"{one['first_name']} {other['last_name']}", dice, one))
    dice.shuffle(some)
    return [msgspec.structs.replace(one, id=f"c{at:07}") for at, one in enumerate(some)]


def _customer(schema: str, name: str, dice: random.Random, row: dict[str, str] | None = None) -> Customer:
    properties = {"name": (name,)}
    if row and dice.randrange(UNKNOWN_EACH):
        properties["birthDate"] = (row["date_of_birth"],)
        if code := countries.code(row["nationality"]):
            properties["nationality"] = (code,)
    return Customer(id="", schema=schema, properties=properties)


def _borne(one: Named, at: int) -> Customer:
    known = {} if at % 2 else {said.property: (said.value,) for said in one.facts}
    return Customer(id="", schema=one.schema, properties={"name": (one.names[0],), **known})


def opened(folder: Path, one: Edition) -> Opened:
    ground = Ground(editions=(one.said,), as_of=date(2026, 1, 1), known_at=datetime(2026, 1, 1, tzinfo=UTC), told=0)
    place: Any = SimpleNamespace(score=shipped())
    folder.mkdir()
    return indexing.apart(folder, place, ground, tuple(one.named.values()))


class Asking:
    """A portfolio that is asked about, and what is found of everybody."""

    def __init__(self, folder: Path, everybody: list[Customer]) -> None:
        self._folder, self._everybody = folder, everybody
        self._profile = screening.shipped()["customer"]
        self.found: list[str] = [""] * len(everybody)

    def begin(self, on: Opened) -> None:
        """Ask everybody, with traces, and leave them as a run does."""
        held = keeping.book(self._everybody, self._profile)
        traces = Traces(len(held.askings.texts), len(held.askings.words))
        traces.count(on.engine.index, held.askings)
        self._ask(on, held, traces, range(len(self._everybody)))
        keeping.keep(self._folder, on.digest, held, traces, on)

    def follow(self, before: str, on: Opened) -> tuple[int, float, float]:
        """Ask whom a change can touch; return how many, and the seconds to tell and in all."""
        began = time.process_time()
        left = keeping.standing(self._folder, before)
        assert left is not None
        restated = keeping.restated(left, on)
        made = change(left.listed, on.engine.index)
        asking = Kept(left.book.askings, left.traces, left.book.floors)
        touched = touch(asking, made, on.engine.score, restated.leads)
        numbers = set(keeping.numbered(left.book, restated).tolist())
        wanted = sorted(numbers.union(at for name in touched.again.tolist() for at in left.book.holders.list(name)))
        told = time.process_time() - began
        self._ask(on, left.book, left.traces, wanted)
        keeping.keep(self._folder, on.digest, left.book, left.traces, on)
        spent = time.process_time() - began
        return len(wanted), told, spent

    def whole(self, on: Opened) -> tuple[float, int]:
        """Ask everybody; return the seconds, and of how many something else is found than was."""
        on.engine = Engine(on.engine.index, on.engine.score)
        asker = screening.Asker(on, self._profile)
        began = time.process_time()
        found = [_found(asker, one) for one in self._everybody]
        return time.process_time() - began, sum(one != was for one, was in zip(found, self.found, strict=True))

    def _ask(self, on: Opened, held: Book, traces: Traces, wanted: Any) -> None:
        on.engine = tracer = Tracer(on.engine.index, on.engine.score)
        asker = screening.Asker(on, self._profile)
        for at in wanted:
            one = self._everybody[at]
            self.found[at] = _found(asker, one)
            number = held.askings.number(Asked(one.caption, screening.KINDS.get(one.schema, Kind.ANY)))
            assert number is not None
            tracer.trace(traces, number)


def _found(asker: screening.Asker, one: Customer) -> str:
    (question,) = one.questions()
    return repr(asker.ask(question).results)


def follow(folder: Path, count: int, changes: set[int], *, each: bool) -> None:
    """Follow the changes, and print a row for each."""
    steps = [one for at, one in enumerate(editions()) if at == min(changes) - 1 or at in changes]
    was = steps[0]
    everybody = customers(list(was.named.values()), count)
    asking = Asking(folder / "portfolio", everybody)
    on = opened(folder / "0", was)
    asking.begin(on)
    sys.stdout.write(f"\n{len(everybody):,} customers, {len(on.engine.index.wholes):,} listed names\n")
    head = (
        "Change", "Entries that came, went, changed", "Asked again", "s to tell", "s in all", "s for everybody", "Times faster",
        "Results that differ",
    )  # fmt: skip
    sys.stdout.write(f"\n| {' | '.join(head)} |\n|{'---|' * len(head)}\n")
    for at, now in enumerate(steps[1:], start=1):
        before, on = on.digest, opened(folder / str(at), now)
        again, told, spent = asking.follow(before, on)
        cells = [now.said, _entries(was, now), f"{again:,}", f"{told:.2f}", f"{spent:.2f}"]
        if each or now is steps[-1]:
            full, differ = asking.whole(on)
            cells += [f"{full:.1f}", f"{full / spent:.0f}", f"{differ}"]
        sys.stdout.write(f"| {' | '.join(cells)} |\n")
        sys.stdout.flush()
        was = now
    sys.stdout.write(f"\nMemory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB.\n")


def _entries(was: Edition, now: Edition) -> str:
    both = was.named.keys() & now.named.keys()
    changed = sum(was.named[one] != now.named[one] for one in both)
    return f"{len(now.named) - len(both)}, {len(was.named) - len(both)}, {changed}"


def take(rows: int) -> None:
    """Read and take a file of customers into a node, and print how quick that was."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "customers.csv"
        dice = random.Random(3)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["customer id", "first name", "last name", "date of birth", "nationality"])
            writer.writerows(
                (at, f"Rowan{at % 997}", f"Quill{at}", f"19{dice.randrange(10, 99)}-03-14", "no") for at in range(rows)
            )
        node = init(Path(folder) / "node", settings.NodeSettings(name="Bank", country="QM", kind="bank"))
        node.clock = SystemClock()
        with node.work(OPERATOR, Permission.PORTFOLIOS_MANAGE) as work:
            one = portfolios.create(work, "retail", "Retail")
        began = time.monotonic()
        sha256 = portfolios.keep(node.blobs, path)
        looked = portfolios.look(node.blobs, sha256, one)
        mapping = columns.mapping(looked.columns, schema="Person", order=None)
        given = Given(
            portfolio="retail", name="customers.csv", sha256=sha256, form=looked.form, mapping=mapping, mode=Mode.FULL
        )
        examined = portfolios.examine(node.books, given, lambda _done, _total: None)
        read = time.monotonic() - began
        with node.work(OPERATOR, Permission.PORTFOLIOS_MANAGE) as work:
            portfolios.take(work, node.books, examined, lambda _done, _total: None, accept=False)
        whole = time.monotonic() - began
        node.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"\n{rows:,} rows: read {read:.0f} s, read and taken {whole:.0f} s ({rows / whole:,.0f} rows/s), "
        f"{memory:,.0f} MB at most.\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--changes", default="1,2,3,4,5")
    parser.add_argument("--each", action="store_true")
    parser.add_argument("--import-rows", type=int, default=0)
    given = parser.parse_args()
    if given.import_rows:
        take(given.import_rows)
    if given.customers:
        with tempfile.TemporaryDirectory() as folder:
            follow(Path(folder), given.customers, set(map(int, given.changes.split(","))), each=given.each)


if __name__ == "__main__":
    main()
