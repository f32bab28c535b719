"""Loading, searching, comparing and starting, on real lists: the figures of docs/benchmarks.md.

    python bench/register.py [--shared ../shared/data] [--home DIR] [--only load,search,delta,start]

A fresh node loads every complete real edition, in the order of the table; searches run on the register that results. Peers are
measured beside it where they can be installed from wheels: a scan over the same names with rapidfuzz, which is what several of
them do. Prints Markdown.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from comity import node as nodes
from comity.infra.settings import NodeSettings
from comity.lists import service as lists
from comity.lists.model import Status
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.register import service as register
from comity.register.model.answers import Search

if TYPE_CHECKING:
    from comity.node import Node

SDN = ("sdn", "alt", "add", "sdn_comments")
CONS = ("cons_prim", "cons_alt", "cons_add", "cons_comments")


def editions(shared: Path) -> Iterator[tuple[str, list[Path], date | None]]:
    """Every complete real edition: its list, its files, and its day where the files do not say it."""
    ofac, un = shared / "sanctions/ofac", shared / "sanctions/un"
    for day in ("2019-01", "2021-07"):
        when = {"2019-01": date(2019, 1, 4), "2021-07": date(2021, 7, 7)}[day]
        yield "us_ofac_sdn", [ofac / f"relational_{day}/{name}.csv.gz" for name in SDN], when
    for text in ("2021-08-18", "2022-02-23", "2022-04-12", "2023-06-20"):
        yield "us_ofac_sdn", [ofac / f"sdn_csv_history/sdn_{text}.csv.gz"], date.fromisoformat(text)
    yield "us_ofac_consolidated", [ofac / "CONS_ENHANCED_2025-01-14.xml.gz"], None
    yield "us_ofac_consolidated", [ofac / "consolidated_2025-03-28.xml.gz"], None
    yield "us_ofac_consolidated", [ofac / f"consolidated_2025-12/{name}.csv.gz" for name in CONS], date(2025, 12, 19)
    for text in ("2020-03-20", "2025-04-19", "2025-11-20"):
        yield "un_consolidated", [un / f"un_consolidated_{text}.xml.gz"], None
    rest = shared / "sanctions"
    yield "us_csl", [rest / "us_csl/consolidated_screening_list_2022-05.csv.gz"], date(2022, 5, 16)
    yield "us_bis_denied_persons", [rest / "bis/dpl_2019.txt.gz"], date(2019, 7, 9)
    yield "uk_ofsi_conlist", [rest / "uk/ofsi_conlist_2018-04-13.csv.gz"], None
    yield "uk_sanctions_list", [rest / "uk/uk_sanctions_list_2026-02-23.jsonl.gz"], date(2026, 2, 23)
    yield "ca_sema", [rest / "canada/sema-lmes_2020-04.xml.gz"], date(2020, 4, 15)
    yield "ftm:parteispenden", [shared / "ftm/parteispenden.entities.ftm.json.gz"], date(2024, 5, 1)
    yield "ftm:t1", [shared / "ftm/t1.entities.ftm.json.gz"], date(2024, 6, 1)


def load(home: Path, shared: Path) -> None:
    node = nodes.init(home, NodeSettings(name="Bench", country="QM", kind="sanctions_office"))
    print("## Loading\n")
    print("| Edition | Files | Records | Statements | + | - | ~ | Read s | Take s | Records/s | Decided by |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|")
    began, records = time.perf_counter(), 0
    for list_id, paths, published in editions(shared):
        records += _load_one(node, list_id, paths, published)
    node.publish()
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = (home / "node.sqlite3").stat().st_size / 1e6
    print(f"\nAll: {records:,} records in {seconds:.1f} s ({records / seconds:,.0f}/s), ", end="")
    print(f"peak {peak:,.0f} MB, database {size:,.0f} MB.\n")
    node.close()


def _load_one(node: Node, list_id: str, paths: list[Path], published: date | None) -> int:
    began = time.perf_counter()
    (staged,) = lists.stage(node.desk, list_id, [lists.Received(path.name, path.open("rb")) for path in paths])
    read = lists.read(node.desk, staged)
    half = time.perf_counter()
    with node.work(OPERATOR, Permission.LISTS_UPDATE) as work:
        taken = lists.take(work, node.desk, read, published)
        by = "rule"
        if taken.status is Status.QUARANTINED:
            by = f"person: {taken.reason}"
            taken = lists.release(work, node.desk, taken.edition, "A real edition of the bench.")
    end = time.perf_counter()
    rate = taken.designations / (end - began)
    print(
        f"| {taken.edition} | {len(paths)} | {taken.designations:,} | {read.statements:,} | {taken.added:,} | {taken.removed:,} |"
        f" {taken.changed:,} | {half - began:.1f} | {end - half:.1f} | {rate:,.0f} | {by} |"
    )
    return taken.designations


def search(home: Path) -> None:
    node = nodes.open_node(home)
    names, queries = _queries(node)
    print("## Searching\n")
    print(f"{len(queries):,} queries of seven kinds, fixed seed, one thread, each in a transaction of its own.\n")
    print("| Engine | Kind | Queries | p50 ms | p99 ms | Found first | Found |")
    print("|---|---|--:|--:|--:|--:|--:|")

    def ours(text: str) -> list[str]:
        with node.work(OPERATOR, Permission.REGISTER_READ, write=False) as work:
            return [hit.id for hit in register.search(work, node.desk, Search(text=text)).results]

    _table("comity search", ours, queries)
    keys = list(names)

    def scan(text: str) -> list[str]:
        found = process.extract(text.casefold(), keys, scorer=fuzz.token_sort_ratio, limit=50, score_cutoff=60)
        return [cluster for name, _, _ in found for cluster in names[name]]

    _table("rapidfuzz scan, token sort", scan, queries[::20])
    print()
    node.close()


def _queries(node: Node) -> tuple[dict[str, list[str]], list[tuple[str, str, str]]]:
    """Return every name with its clusters, and (kind, text, cluster that is meant)."""
    import sqlalchemy as sa  # noqa: PLC0415 - the bench looks into the database, which no program does

    with node.database.transaction(write=False) as connection:
        rows = connection.execute(
            sa.text("SELECT n.words, n.value, e.cluster FROM entity_names n JOIN entities e ON e.id = n.entity_id")
        ).all()
    names: dict[str, list[str]] = {}
    for words, _, cluster in rows:
        names.setdefault(words, []).append(cluster)
    dice = random.Random(7)
    chosen = dice.sample([row for row in rows if len(row[0].split()) >= 2], 2100)
    kinds: list[tuple[str, Callable[[str], str]]] = [
        ("as listed", lambda text: text),
        ("two words", lambda text: " ".join(text.split()[:2])),
        ("one word", lambda text: max(text.split(), key=len)),
        ("reversed", lambda text: " ".join(reversed(text.split()))),
        ("typing", lambda text: text[: max(len(text) * 2 // 3, 4)]),
        ("one letter wrong", lambda text: _mistake(text, dice)),
        ("original script", lambda text: text),
    ]
    queries = [
        (kind, change(words), cluster)
        for number, (words, _, cluster) in enumerate(chosen)
        for kind, change in [kinds[number % 6]]
    ]
    scripts = [row for row in rows if not row[1].isascii() and any(ord(char) > 0x0590 for char in row[1])]
    queries += [
        ("original script", value, cluster) for _, value, cluster in dice.sample(scripts, min(300, len(scripts)))
    ]
    return names, queries


def _mistake(text: str, dice: random.Random) -> str:
    place = dice.randrange(1, len(text))
    return text[:place] + dice.choice("abcdefghijklmnopqrstuvwxyz") + text[place + 1 :]


def _table(engine: str, ask: Callable[[str], list[str]], queries: list[tuple[str, str, str]]) -> None:
    for text in ("warm", "up"):
        ask(text)
    results: dict[str, list[tuple[float, bool, bool]]] = {}
    for kind, text, meant in queries:
        began = time.perf_counter()
        found = ask(text)
        took = (time.perf_counter() - began) * 1000
        for name in (kind, "all"):
            results.setdefault(name, []).append((took, found[:1] == [meant], meant in found))
    for kind, of in results.items():
        times = sorted(took for took, _, _ in of)
        p99 = times[min(int(len(times) * 0.99), len(times) - 1)]
        first, any_ = (sum(one[place] for one in of) / len(of) for place in (1, 2))
        print(
            f"| {engine} | {kind} | {len(of):,} | {statistics.median(times):.1f} | {p99:.1f} | {first:.3f} | {any_:.3f} |"
        )


def delta(home: Path) -> None:
    node = nodes.open_node(home)
    print("## Comparing\n\n| What | Changes | s |\n|---|--:|--:|")
    pairs = [
        ("un_consolidated", "2020-03-20", "2025-11-20"),
        ("us_ofac_sdn", "2021-08-18", "2023-06-20"),
        ("us_ofac_sdn", "2019-01-04", "2023-06-20"),
    ]
    for list_id, first, last in pairs:
        began = time.perf_counter()
        with node.work(OPERATOR, Permission.LISTS_READ, write=False) as work:
            count = sum(1 for _ in lists.diff(work, node.desk, f"{list_id}@{first}", f"{list_id}@{last}"))
        print(f"| {list_id}, {first} to {last} | {count:,} | {time.perf_counter() - began:.2f} |")
    began = time.perf_counter()
    with node.work(OPERATOR, Permission.REGISTER_READ, write=False) as work:
        count = sum(1 for _ in register.changes(work, node.desk, datetime(2000, 1, 1, tzinfo=UTC)))
    print(f"| whole register, from nothing to now | {count:,} | {time.perf_counter() - began:.2f} |\n")
    node.close()


def start(home: Path) -> None:
    print("## Starting\n\n| What | s (median of 5) |\n|---|--:|")
    base = [sys.executable, "-c", "from comity.edge.cli import main; main()", "--home", str(home)]
    for what, arguments in (
        ("`comity --help`", [*base[:3], "--help"]),
        ("`comity lists status --json`", [*base, "--json", "lists", "status"]),
        ("`comity search` on the full register", [*base, "search", "bank"]),
    ):
        times = []
        for _ in range(5):
            began = time.perf_counter()
            subprocess.run(arguments, check=True, capture_output=True)
            times.append(time.perf_counter() - began)
        print(f"| {what} | {statistics.median(times):.2f} |")
    print()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared/data")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--only", default="load,search,delta,start")
    given = parser.parse_args()
    home = given.home or Path(tempfile.mkdtemp()) / "node"
    if "load" in given.only and home.exists():
        shutil.rmtree(home)
    steps = {
        "load": lambda: load(home, given.shared),
        "search": lambda: search(home),
        "delta": lambda: delta(home),
        "start": lambda: start(home),
    }
    for name in given.only.split(","):
        steps[name]()


if __name__ == "__main__":
    main()
