"""Following a portfolio through real changes of the lists: the figures of docs/benchmarks.md.

    python bench/portfolio.py --cache DIR [--customers 100000] [--days 2023-05-24,2023-05-19] [--import-rows 1000000]

The list: every party of the United States, United Nations, European Union and United Kingdom lists that are shared. A change:
the list before one of OFAC's daily updates (`sdn_csv_history`), and after. The customers: names recombined from the shared
ordinary names of all scripts, and a hundred listed ones. After each change everybody is asked, and then only whom the change
can touch; every answer is compared. Time is CPU time of one process. Prints Markdown.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from typing import TYPE_CHECKING

import numpy as np

from comity.infra import settings
from comity.kit.clock import SystemClock
from comity.matching import asked
from comity.matching.asked import Asked
from comity.matching.building import build
from comity.matching.changing import change
from comity.matching.engine import Engine
from comity.matching.index import Bearer, Index
from comity.matching.names import Kind
from comity.matching.scoring import shipped
from comity.matching.touched import Kept, touch
from comity.matching.tracing import Tracer, Traces
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import init
from comity.portfolios import service as portfolios
from comity.portfolios.model import columns
from comity.portfolios.model.portfolio import Given, Mode
from screening import queries

if TYPE_CHECKING:
    from screening.names import Listed

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
KINDS = {"Person": Kind.PERSON, "Vessel": Kind.VESSEL}
FLOOR = -4_000
"""Points that facts could lift over the threshold of the customer profile: a date and two countries that agree."""
LISTED = 100
"""Customers who bear a listed name."""


def customers(listed: list[Listed], count: int) -> list[Asked]:
    """Return as many different names as are wanted."""
    with gzip.open(SHARED / "names" / "yente_negatives_global.csv.gz", "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    dice = random.Random(11)
    found = {Asked(row["full_name"], Kind.PERSON): None for row in rows}
    while (
        len(found) < count - LISTED
    ):  # a given name of one, a family name of a neighbour: the file is sorted by country
        at = dice.randrange(len(rows) - 40)
        one, other = rows[at], rows[at + dice.randrange(40)]
        found[Asked(f"{one['first_name']} {other['last_name']}", Kind.PERSON)] = None
    some = list(found)[: count - LISTED] + [
        Asked(one.names[0], bearer(one).kind) for one in dice.sample(listed, LISTED)
    ]
    dice.shuffle(some)
    return list(dict.fromkeys(some))


def bearer(one: Listed) -> Bearer:
    return Bearer(one.id, KINDS.get(one.schema, Kind.ORGANISATION), (*one.names, *one.native))


def before(listed: list[Listed], day: str) -> tuple[list[Bearer], set[str], str]:
    """Return the list before one of OFAC's updates, who was changed by it, and what it was."""
    with gzip.open(
        SHARED / "sanctions" / "ofac" / "sdn_csv_history" / "sdn_deltas.jsonl.gz", "rt", encoding="utf-8"
    ) as file:
        update = next(one for line in file if (one := json.loads(line))["date"].startswith(day))
    added = {f"ofac:{row[0]}" for row in update["added"]}
    known = {one.id for one in listed}
    old = [bearer(one) for one in listed if one.id not in added]
    kinds = {"individual": Kind.PERSON, "vessel": Kind.VESSEL}
    old += [
        Bearer(f"ofac:{row[0]}", kinds.get(row[2], Kind.ORGANISATION), (row[1],))
        for row in update["removed"]
        if f"ofac:{row[0]}" not in known
    ]
    changed = {f"ofac:{_number(one)}" for one in update["changed"]}
    said = f"{len(added & known)} added, {len(update['removed'])} removed, {len(changed)} changed"
    return old, changed, said


def _number(changed: object) -> str:
    row = next(iter(changed.values())) if isinstance(changed, dict) else changed[0]  # type: ignore[index]
    return str(row[0] if isinstance(row, list) else row)


def answers(engine: Engine, one: Asked) -> list[tuple[int, str]]:
    index = engine.index
    return [
        (match.points, index.wholes[match.row.number])
        for match in engine.ask(one.text, one.kind)
        if match.points >= FLOOR
    ]


def follow(old: Index, new: Index, wanted: list[Asked], restated: set[str]) -> list[str]:
    """Ask everybody on the old list, follow the change, ask everybody on the new one; return a row of the table."""
    askings = asked.build(wanted)
    traces = Traces(len(wanted), len(askings.words))
    traces.count(old, askings)
    tracer, found = Tracer(old, shipped()), []
    for at, one in enumerate(wanted):
        found.append(answers(tracer, one))
        tracer.trace(traces, at)
    kept = Kept(askings, traces, np.full(len(wanted), FLOOR, dtype=np.int32))
    began = time.process_time()
    touched = touch(kept, change(old, new), shipped(), restated)
    told = time.process_time() - began
    tracer = Tracer(new, shipped())
    for at in touched.again.tolist():
        found[at] = answers(tracer, wanted[at])
        tracer.trace(traces, at)
    delta = time.process_time() - began
    engine = Engine(new, shipped())
    began = time.process_time()
    whole = [answers(engine, one) for one in wanted]
    full = time.process_time() - began
    differ = sum(one != other for one, other in zip(found, whole, strict=True))
    return [f"{len(touched.again):,}", f"{told:.2f}", f"{delta:.2f}", f"{full:.1f}", f"{full / delta:.0f}", f"{differ}"]


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
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--days", default="2023-05-24,2023-05-19")
    parser.add_argument("--import-rows", type=int, default=0)
    given = parser.parse_args()
    if given.import_rows:
        take(given.import_rows)
    listed = queries.make(SHARED, given.cache).listed
    wanted = customers(listed, given.customers)
    new = build(bearer(one) for one in listed)
    head = (
        "Update",
        "Entries",
        "Rows that came and went",
        "Asked again",
        "s to tell",
        "s in all",
        "s for everybody",
        "Times faster",
        "Answers that differ",
    )
    sys.stdout.write(
        f"\n{len(wanted):,} customers, {len(new.wholes):,} listed names\n\n| {' | '.join(head)} |\n|{'---|' * len(head)}\n"
    )
    for day in given.days.split(","):
        entries, restated, said = before(listed, day)
        old = build(entries)
        made = change(old, new)
        rows = f"{len(made.added)} and {len(made.gone)}"
        sys.stdout.write(f"| OFAC {day} | {said} | {rows} | {' | '.join(follow(old, new, wanted, restated))} |\n")
        sys.stdout.flush()
    sys.stdout.write(f"\nMemory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB.\n")


if __name__ == "__main__":
    main()
