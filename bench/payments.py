"""Screening payments against real lists: speed, how many are stopped, memory, and a look back over many.

    python bench/payments.py [--payments 20000] [--past 1000000] [--cache DIR] [--parts speed,rate,samples,memory,past]

The lists are the United Nations' of November 2025 and the United States' SDN list of July 2021 that are shared, loaded into a
node of its own. Ordinary payments are invented: names of ordinary people and firms (`screening/negatives.py`, the half that
is reported), everyday purposes, one bank of a few hundred on either side. A stopped one of them is a false alarm. Prints Markdown.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).resolve().parent))

import msgspec

from comity.filtering import service as filtering
from comity.filtering.model.enquiry import Way
from comity.filtering.model.holding import File, Payment, State
from comity.filtering.store import asked, payments
from comity.filtering.store.asked import Asked
from comity.filtering.store.payments import Row, id_of, key_of
from comity.model.actor import OPERATOR
from comity.model.money import Money
from comity.model.permission import Permission
from comity.node import Node, open_node
from comity.payments.model import MessageUnreadable, read
from comity.screening import service as screening
from screening import negatives, queries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.filtering.service.running import Run

PURPOSES = (
    "INVOICE {n} DATED {d} MARCH", "RENT {m} APARTMENT {n}", "SALARY {m} 2026", "PROGRESS PAYMENT {d} PROJECT ALPHA",
    "CONSULTING SERVICES Q{q} AS PER CONTRACT {n}", "FAMILY SUPPORT", "TUITION FEES SPRING SEMESTER STUDENT {n}",
    "FREIGHT CHARGES CONTAINER {n} HAMBURG SINGAPORE", "SPARE PARTS ORDER {n} PARTIAL DELIVERY", "INSURANCE PREMIUM POLICY {n}",
    "LOAN REPAYMENT INSTALMENT {d} OF 60", "MEDICAL TREATMENT HOSPITAL BILL {n}", "PURCHASE OF STEEL PIPES PROFORMA {n}",
    "DONATION SUMMER CAMP", "HOTEL AND FLIGHT BOOKING {n}", "DIVIDEND {m} GLOBAL STAR FUND", "LEGAL FEES CASE {n}",
    "SOFTWARE LICENCE RENEWAL {n} NOT SUBJECT TO SANCTIONS", "CUSTOMS DUTIES DECLARATION {n} NO IRAN NEXUS",
)  # fmt: skip
MONTHS = "JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER".split()  # noqa: SIM905
TOWNS = ("Berlin", "Lyon", "Milano", "Leeds", "Denver", "Osaka", "Pune", "Accra", "Lima", "Izmir", "Gdansk", "Porto")
HEAD = (
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf><GrpHdr><MsgId>B</MsgId>'
    "<CreDtTm>2026-03-01T10:00:00Z</CreDtTm><NbOfTxs>1</NbOfTxs><SttlmInf><SttlmMtd>CLRG</SttlmMtd></SttlmInf></GrpHdr>"
)
TAIL = "</FIToFICstmrCdtTrf></Document>"


class Ordinary:
    """Invented ordinary payments, the same each time."""

    def __init__(self, shared: Path, cache: Path, seed: int = 5) -> None:
        material = queries.make(shared, cache)
        found = [one for one in negatives.make(shared, material.listed) if not one.hard and one.split == "report"]
        self.names = [one.text for one in found if one.group.endswith("Latin")]
        self.dice = random.Random(seed)
        letters = "ABCDEFGHKLMNPRSTUVW"
        self.banks = [
            "".join(self.dice.choices(letters, k=4)) + self.dice.choice(("DE", "FR", "GB", "US", "IT", "JP")) + "2L"
            for _ in range(400)
        ]

    def purpose(self) -> str:
        dice = self.dice
        text = dice.choice(PURPOSES)
        return text.format(
            n=dice.randrange(10_000, 9_999_999), d=dice.randrange(1, 29), m=dice.choice(MONTHS), q=dice.randrange(1, 5)
        )

    def transactions(self, count: int) -> Iterator[str]:
        """Yield pacs.008 transactions."""
        dice = self.dice
        for number in range(count):
            debtor, creditor = dice.choice(self.names), dice.choice(self.names)
            one, other = dice.choice(self.banks), dice.choice(self.banks)
            yield (
                f"<CdtTrfTxInf><PmtId><EndToEndId>E{number}</EndToEndId><TxId>T{number}</TxId></PmtId>"
                f'<IntrBkSttlmAmt Ccy="EUR">{dice.randrange(10, 90_000)}.00</IntrBkSttlmAmt><ChrgBr>SLEV</ChrgBr>'
                f"<Dbtr><Nm>{escape(debtor)[:140]}</Nm><PstlAdr><TwnNm>{dice.choice(TOWNS)}</TwnNm><Ctry>DE</Ctry></PstlAdr></Dbtr>"
                f"<DbtrAcct><Id><Othr><Id>{dice.randrange(10**9, 10**10)}</Id></Othr></Id></DbtrAcct>"
                f"<DbtrAgt><FinInstnId><BICFI>{one}</BICFI></FinInstnId></DbtrAgt>"
                f"<CdtrAgt><FinInstnId><BICFI>{other}</BICFI></FinInstnId></CdtrAgt>"
                f"<Cdtr><Nm>{escape(creditor)[:140]}</Nm></Cdtr>"
                f"<CdtrAcct><Id><Othr><Id>{dice.randrange(10**9, 10**10)}</Id></Othr></Id></CdtrAcct>"
                f"<RmtInf><Ustrd>{self.purpose()}</Ustrd></RmtInf></CdtTrfTxInf>"
            )

    def file(self, path: Path, count: int) -> Path:
        with path.open("w", encoding="utf-8") as out:
            out.write(HEAD)
            out.writelines(self.transactions(count))
            out.write(TAIL)
        return path


def home(shared: Path, cache: Path) -> Path:
    """Return a node with the lists in force, made once."""
    folder = cache / "home"
    if folder.exists():
        return folder
    program = [str(Path(sys.executable).with_name("comity")), "--home", str(folder)]
    ofac = shared / "sanctions/ofac/relational_2021-07"
    parts = [
        option for name in ("sdn", "alt", "add", "sdn_comments") for option in ("--file", str(ofac / f"{name}.csv.gz"))
    ]
    un = str(shared / "sanctions/un/un_consolidated_2025-11-20.xml.gz")
    for command in (
        ["init", "--name", "Bench", "--country", "QM", "--kind", "bank"],
        ["lists", "update", "un_consolidated", "--file", un],
        ["lists", "update", "us_ofac_sdn", *parts, "--published", "2021-07-10"],
    ):
        subprocess.run([*program, *command], check=True, capture_output=True)
    return folder


def opened(folder: Path) -> Node:
    node = open_node(folder)
    node.prepare()
    return node


def examiner(node: Node) -> filtering.Examiner:
    with node.work(OPERATOR, Permission.OPERATE, write=False) as work:
        return filtering.Examiner(screening.inspector(work, node.screening, screening.profile(work, "payment")))


def speed(node: Node, path: Path, count: int) -> list[str]:
    """Read, then read and examine, in one process; CPU seconds."""
    kinds, lines = node.filtering.kinds, []
    began = time.process_time()
    transfers = list(read(kinds, filtering_file(path)))
    lines.append(f"| reading, before matching | {count / (time.process_time() - began):,.0f} |")
    ours = examiner(node)
    for label in ("examining, names met for the first time", "examining, names met before"):
        began = time.process_time()
        stopped = sum(bool(ours.examine(one).hits) for one in transfers)
        lines.append(f"| {label} | {count / (time.process_time() - began):,.0f} |")
    return [
        "| step | payments/s |",
        "|---|--:|",
        *lines,
        "",
        f"Stopped: {stopped * 10_000 / count:,.1f} of 10,000 ordinary payments.",
    ]


class filtering_file:  # noqa: N801 - a file as readers open it
    """A file on disk, as readers of messages open one."""

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, path.name

    def head(self, length: int) -> bytes:
        with self.path.open("rb") as file:
            return file.read(length)

    def stream(self):  # noqa: ANN201
        return self.path.open("rb")


def false_alarms(node: Node, path: Path) -> list[str]:
    """Show what stops ordinary payments, by the way in which it was found."""
    ours, found, seen = examiner(node), {}, 0
    for one in read(node.filtering.kinds, filtering_file(path)):
        verdict = ours.examine(one)
        seen += len(verdict.seen)
        for hit in verdict.hits:
            found.setdefault(hit.way.value, []).append(f"{hit.text} → {hit.listed.caption} ({hit.probability:.2f})")
    lines = [f"- {way}: {len(texts)}; for example {'; '.join(texts[:4])}" for way, texts in sorted(found.items())]
    return [*lines, f"- seen without an alert: {seen}"]


def samples(node: Node, shared: Path) -> list[str]:
    """Examine every shared sample that is a payment."""
    ours, read_, refused, stopped, transfers = examiner(node), 0, 0, [], 0
    for path in sorted((shared / "messages").rglob("*")):
        if path.suffix not in {".xml", ".fin"}:
            continue
        try:
            found = list(read(node.filtering.kinds, filtering_file(path)))
        except MessageUnreadable:
            refused += 1
            continue
        read_ += 1
        transfers += len(found)
        stopped += [
            f"{hit.way.value}: {hit.text} → {hit.listed.caption} ({hit.probability:.2f})"
            for one in found
            for hit in ours.examine(one).hits
        ]
    return [
        f"{read_} samples with {transfers} payments ({refused} files are no payment that is read); {len(stopped)} hits.",
        *(f"- {one}" for one in stopped),
    ]


def memory(node: Node, path: Path, count: int) -> list[str]:
    """Screen a large file as the command does, in a process of its own; print its peak."""
    program = f"""
import resource
from pathlib import Path
sys_path = {str(Path(__file__).resolve().parent)!r}
import sys; sys.path.insert(0, sys_path)
import payments as bench
node = bench.opened(Path({str(node.home)!r}))
before = bench.examiner(node) and resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
import time; began = time.process_time()
bench.screen(node, Path({str(path)!r}))
print(before // 1024, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, round(time.process_time() - began, 1))
"""
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout.split()
    size = path.stat().st_size / 1e6
    return [
        (
            f"A file of {count:,} payments ({size:,.0f} MB), kept, screened and stored: peak {said[1]} MB, of which {said[0]} MB "
            f"with the index alone; {count / float(said[2]):,.0f} payments/s."
        )
    ]


def screen(node: Node, path: Path) -> File:
    place = node.filtering
    sha256 = filtering.keep_file(place, path)
    with node.work(OPERATOR, Permission.PAYMENTS_SCREEN) as work:
        run = filtering.begin(work, place, sha256, path.name)
    for batch in filtering.examine(place, run):
        with node.work(OPERATOR, Permission.PAYMENTS_SCREEN) as work:
            filtering.keep(work, place, run, batch)
    with node.work(OPERATOR, Permission.PAYMENTS_SCREEN) as work:
        return filtering.end(work, run.file.id)


def past(node: Node, ordinary: Ordinary, count: int) -> list[str]:
    """Keep many past payments, plant one with somebody who is listed later, and look back."""
    planted = "Zephyrin Aldomar Quellec"
    with node.work(OPERATOR, Permission.PAYMENTS_SCREEN) as work:
        run = filtering.begin(work, node.filtering, key_text("past", count), "past", "payment")
        before = screening.ground(work)
    if not run.file.transfers:
        _keep_past(node, ordinary, run, count, planted)
    new = ("Zephirin Aldomar Quellec",)
    began, cpu = time.perf_counter(), time.process_time()
    with node.work(OPERATOR, Permission.PAYMENTS_SCREEN, write=False) as work:
        found = look_for(work, node, new)
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    with node.work(OPERATOR, Permission.PAYMENTS_SCREEN, write=False) as work:
        questions = asked.count(work)
    assert any("QUELLEC" in text.upper() for text in found), "the planted dealing was found"
    return [
        (
            f"{count:,} past payments asked {questions:,} distinct questions ({before.as_of}); one new name: {len(found)} texts "
            f"to be asked again, in {cpu:,.0f} s of CPU ({took:,.0f} s)."
        )
    ]


def key_text(*parts: object) -> str:
    return f"{key_of(*parts):064x}"


def _keep_past(node: Node, ordinary: Ordinary, run: Run, count: int, planted: str) -> None:
    dice, step = ordinary.dice, 20_000
    for since in range(0, count, step):
        with node.work(OPERATOR, Permission.PAYMENTS_SCREEN) as work:
            rows, pairs = [], []
            for number in range(since + 1, min(since + step, count) + 1):
                key = key_of(run.file.id, number)
                debtor, creditor = dice.choice(ordinary.names), dice.choice(ordinary.names) + f" {dice.randrange(40)}"
                creditor = planted if number == count // 2 else creditor
                texts = ((Way.NAME, debtor), (Way.NAME, creditor), (Way.MENTION, ordinary.purpose()))
                pairs += [
                    (Asked(key_of(way.value, text.casefold(), ""), way, text, frozenset()), key) for way, text in texts
                ]
                one = Payment(
                    id=id_of(key), file=run.file.id, number=number, kind="pacs_008", version="pacs.008.001.08", message_id="B",
                    end_to_end_id=f"E{number}", uetr="", amount=Money(1000, "EUR"), settles_on=None, is_instant=False,
                    state=State.PASSED, at=work.at, profile=run.file.profile, hits=0, probability=0.0, same_as="",
                )  # fmt: skip
                rows.append(Row(one, None, run.examiner.digest, b"\0" * 32, None, None))
            payments.add(work, rows)
            asked.add(work, pairs)
            payments.write_file(work, msgspec.structs.replace(run.file, transfers=since + step))


def look_for(work: object, node: Node, names: tuple[str, ...]) -> list[str]:
    """Put every past question to an index of some new names, as a look back does."""
    from comity.filtering.service.lookback import CANDIDATE, _candidates  # noqa: PLC0415
    from comity.register.model.naming import Named  # noqa: PLC0415

    profile = screening.profile(work, "payment").asking(threshold=CANDIDATE)
    new = (
        Named(
            lead="e-new",
            id="e-new",
            schema="Person",
            caption=names[0],
            names=names,
            identifiers=(),
            references=("x:1",),
        ),
    )
    with screening.inspector_among(node.screening, screening.ground(work), new, profile) as small:
        return [one.text for page in _candidates(work, small, lambda _done: None) for one in page]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared/data")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "payments-bench")
    parser.add_argument("--payments", type=int, default=20_000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--past", type=int, default=1_000_000)
    parser.add_argument("--parts", default="speed,rate,samples,memory,past")
    given = parser.parse_args()
    given.cache.mkdir(parents=True, exist_ok=True)
    node = opened(home(given.shared, given.cache))
    ordinary = Ordinary(given.shared, given.cache)
    small = ordinary.file(given.cache / "ordinary.xml", given.payments)
    parts = given.parts.split(",")
    print(f"\n{given.payments:,} ordinary payments.\n")
    for name, run in (
        ("speed", lambda: speed(node, small, given.payments)),
        ("rate", lambda: false_alarms(node, small)),
        ("samples", lambda: samples(node, given.shared)),
        ("memory", lambda: memory(node, ordinary.file(given.cache / "large.xml", given.large), given.large)),
        ("past", lambda: past(node, ordinary, given.past)),
    ):
        if name in parts:
            print(f"\n## {name}\n", *run(), sep="\n", flush=True)


if __name__ == "__main__":
    main()
