"""A queue of ten thousand alerts on real lists: how quickly it is reported, looked at and decided.

    python bench/alerts.py [--shared ../shared/data] [--home DIR] [--alerts 10000]

A fresh node loads real editions of three lists. Its customers are invented: given and family names of listed persons, exchanged
between them, with birth dates by lot. Each is screened, and whoever is found is reported. With --home the node is kept, and a
second run measures it again. Prints Markdown.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from comity import node as nodes
from comity.accounts import service as accounts
from comity.accounts.model.roles import Role
from comity.alerts import service as alerts
from comity.alerts.model.answers import Found
from comity.alerts.model.asking import Decide, Order, WhichAlerts
from comity.alerts.model.state import Disposition
from comity.alerts.model.subject import Subject, SubjectKind
from comity.infra.settings import NodeSettings
from comity.lists import service as lists
from comity.lists.model import Status
from comity.model.actor import OPERATOR, Actor
from comity.model.money import Money
from comity.model.permission import Permission
from comity.register import service as register
from comity.screening import service as screening
from comity.screening.model.profile import Profile
from comity.screening.model.question import Question
from comity.screening.service.asking import Asker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from comity.node import Node

EDITIONS = (
    ("us_ofac_sdn", "sanctions/ofac/sdn_csv_history/sdn_2023-06-20.csv.gz", date(2023, 6, 20)),
    ("un_consolidated", "sanctions/un/un_consolidated_2025-11-20.xml.gz", None),
    ("uk_sanctions_list", "sanctions/uk/uk_sanctions_list_2026-02-23.jsonl.gz", date(2026, 2, 23)),
)
BATCH = 500
SECOND = Actor(id="user:second", name="Second person")
LOOKS = 200
PASSWORD = "three kettles sing at dawn"


def load(node: Node, shared: Path) -> None:
    for list_id, name, published in EDITIONS:
        path = shared / name
        (staged,) = lists.stage(node.desk, list_id, [lists.Received(path.name, path.open("rb"))])
        read = lists.read(node.desk, staged)
        with node.work(OPERATOR, Permission.LISTS_UPDATE) as work:
            taken = lists.take(work, node.desk, read, published)
            if taken.status is Status.QUARANTINED:
                lists.release(work, node.desk, taken.edition, "A real edition of the bench.")
    with node.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
        for name, role in (("Pia Hallward", Role.ANALYST), ("Rowan Quill", Role.COMPLIANCE_OFFICER)):
            accounts.set_password(work, accounts.add_user(work, name, [role]).id, PASSWORD)


def customers(node: Node) -> Iterator[Subject]:
    """Yield invented customers: names of listed persons with their parts exchanged."""
    chance = random.Random(7)
    with node.work(OPERATOR, Permission.REGISTER_READ, write=False) as work:
        everybody = register.names_in_force(work, node.desk, work.at.date())
        names = [one.caption.split() for one in everybody if one.schema == "Person"]
    names = [name for name in names if len(name) > 1]
    number = 0
    while True:
        one, other = chance.choice(names), chance.choice(names)
        number += 1
        name = " ".join([*one[:-1], other[-1]] if number % 3 else one)
        born = f"{chance.randint(1945, 2001)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        facts = {"name": (name,), "birthDate": (born,), "nationality": (chance.choice(["de", "ru", "ir", "gb", "sy"]),)}
        yield Subject(kind=SubjectKind.CUSTOMER, id=f"{number:07}", caption=name, schema="Person", properties=facts)


def fill(node: Node, wanted: int) -> tuple[int, float, float]:
    """Report until there are enough alerts; return how many were screened, and the seconds of screening and of reporting."""
    source, chance, screened, asking, reporting, count = customers(node), random.Random(9), 0, 0.0, 0.0, 0
    with node.work(OPERATOR, Permission.SCREENING_ASK, write=False) as work:
        asker = Asker(screening.fresh(work, node.screening), Profile())
    while count < wanted:
        began, found = time.perf_counter(), []
        while len(found) < min(BATCH, wanted - count):
            subject = next(source)
            born, country = subject.properties["birthDate"][0], subject.properties["nationality"][0]
            answer = asker.ask(Question.of(subject.caption, "Person", born, (country,)))
            screened += 1
            if answer.results:
                stake = Money(chance.randint(1_000, 90_000_00), "EUR")
                found.append(
                    Found(subject=subject, answer=answer, screening="s-bench", profile="customer 1", at_stake=stake)
                )
        half = time.perf_counter()
        with node.work(OPERATOR, Permission.SCREENING_ASK) as work:
            alerts.report(work, node.office, found)
        count += len(found)
        asking, reporting = asking + half - began, reporting + time.perf_counter() - half
    return screened, asking, reporting


def timed(act: Callable[[int], object], times: int = LOOKS) -> str:
    taken = []
    for number in range(times):
        began = time.perf_counter()
        act(number)
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return f"{statistics.median(taken):.1f} | {taken[int(len(taken) * 0.99) - 1]:.1f}"


def measure(node: Node) -> None:
    def page(which: WhichAlerts) -> object:
        with node.work(OPERATOR, Permission.ALERTS_READ, write=False) as work:
            return alerts.queue(work, which)

    def look(number: int) -> object:
        with node.work(OPERATOR, Permission.ALERTS_READ) as work:
            row = alerts.queue(work, WhichAlerts(limit=1, offset=number * 7)).rows[0]
            return alerts.show(work, node.office, row.alert.id)

    def decide(_: int) -> object:
        with node.work(OPERATOR, Permission.ALERTS_DECIDE) as work:
            row = alerts.queue(work, WhichAlerts(needs="decision", limit=1)).rows[0]
            said = Decide(hit=row.rank.top, disposition=Disposition.FALSE_POSITIVE, reasons=("other_name",))
            return alerts.decide(work, node.office, said)

    def attempt() -> tuple[int, float]:
        """Confirm what was proposed, and try a version on all of it; return of how many subjects, in how many seconds."""
        with node.work(SECOND, Permission.ALERTS_CONFIRM) as work:
            for row in list(alerts.every(work, WhichAlerts(needs="second"))):
                alerts.confirm(work, row.rank.top)
        with node.work(OPERATOR, Permission.SCREENING_TUNE) as work:
            wanted = msgspec.structs.replace(screening.profile(work, "customer"), threshold=0.6, thresholds={})
            name = screening.propose(work, wanted, "Tried on what was decided.").name
            began = time.perf_counter()
            tried = alerts.attempt(work, node.screening, name, lambda _done, _total: None)
            return tried.subjects, time.perf_counter() - began

    print("| What | p50 ms | p99 ms |\n|---|--:|--:|")
    print(f"| First page of the queue | {timed(lambda _: page(WhichAlerts()))} |")
    print(f"| Page 100, ordered by amount | {timed(lambda _: page(WhichAlerts(order=Order.AMOUNT, offset=5_000)))} |")
    print(f"| One alert with what follows | {timed(look)} |")
    print(f"| One decision | {timed(decide)} |")
    subjects, seconds = attempt()
    print(
        f"\nA version tried on what was decided of {subjects:,} subjects: {seconds:.1f} s ({subjects / seconds:,.0f}/s)."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "data")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--alerts", type=int, default=10_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = asked.home or Path(folder) / "node"
        if (home / "node.toml").exists():
            node = nodes.open_node(home)
        else:
            node = nodes.init(home, NodeSettings(name="Bench Bank", country="QM", kind="bank"))
            load(node, asked.shared)
            screened, asking, reporting = fill(node, asked.alerts)
            print(f"{screened:,} customers screened in {asking:.1f} s; ", end="")
            print(f"{asked.alerts:,} alerts reported in {reporting:.1f} s ({asked.alerts / reporting:,.0f}/s).\n")
        measure(node)
        node.close()


if __name__ == "__main__":
    main()
