"""Lists of countries that do not exist, in two formats, with parts; written here as bytes and read as any official list is.

`csv` comes in three files (`entries.csv`, `aliases.csv`, `addresses.csv`) and drops accents; `xml` holds everything in one. The
first line, or the root element, may say when the edition was published and how many entries it holds.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import msgspec
import sqlalchemy as sa
from anyascii import anyascii

from comity.infra import ledger
from comity.infra.blobs import Blobs
from comity.infra.columns import metadata
from comity.infra.work import Work
from comity.kit.limits import PAGE_ROWS_MAX
from comity.lists import service as lists
from comity.lists.model import (
    About,
    Designated,
    EditionUnreadable,
    Every,
    Expect,
    File,
    Format,
    Head,
    Listed,
    Opened,
    Record,
    Source,
    tables,
    xml,
)
from comity.lists.model.answers import Taken
from comity.lists.service import Desk
from comity.model.dates import PartialDate
from comity.model.jurisdiction import Issuer
from comity.model.measure import Measure, MeasureKind
from comity.register import service as register

COLUMNS = (
    "number", "kind", "name", "second_name", "programmes", "listed", "delisted", "status", "born", "country", "passport", "imo",
    "wallet", "numbers", "remark",
)  # fmt: skip
CUT = "(cut)"
"""A remark that says that the record says nothing of its remark."""
PROGRAMMES = {
    "HARBOUR": Measure(kind=MeasureKind.ASSET_FREEZE, binds="all in Quamaria", article="Order 1, art. 2"),
    "LANTERN": Measure(kind=MeasureKind.TRAVEL_BAN, binds="all in Quamaria", article="Order 7, art. 1"),
}
KINDS = {"Person": "Person", "Organization": "Organization", "Company": "Company", "Vessel": "Vessel"}


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a fictional list."""

    number: str
    name: str
    kind: str = "Person"
    second_name: str = ""
    programmes: str = "HARBOUR"
    listed: str = ""
    delisted: str = ""
    status: str = ""
    born: str = ""
    country: str = ""
    passport: str = ""
    imo: str = ""
    wallet: str = ""
    numbers: str = ""
    """Of other kinds: `swiftBic:ZORLQZQZ;leiCode:…`."""
    remark: str = ""
    aliases: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


def but(entry: Entry, **changes: Any) -> Entry:
    """Return the entry with something changed."""
    return msgspec.structs.replace(entry, **changes)


DRESNOV = Entry(
    number="QM-1",
    name="Oleg Varimovich Dresnov",
    listed="2029-03-14",
    born="1971-03-14",
    country="Norway",
    passport="4418 20937",
    wallet="1FictionaLAddressThatNobodyHas",
    remark="Owner of a shipping line.",
    aliases=("Oleg Dresnow", "The Ferryman"),
    addresses=("Quay 7, Kavrel",),
)
HERON = Entry(number="QM-2", name="Sea Heron", kind="Vessel", listed="2029-05-02", imo="9074729")
NORDHAVN = Entry(
    number="QM-3", name="Nordhavn Trading", kind="Organization", programmes="HARBOUR;LANTERN", listed="2030-01-09"
)
VOSK = Entry(number="QM-4", name="Ilse Vosk", born="1980", aliases=("Ilsé Vösk",))
EVERYBODY = (DRESNOV, HERON, NORDHAVN, VOSK)


def table(
    entries: Iterable[Entry], published: str = "", *, parts: str = "aliases addresses", **head: Any
) -> dict[str, bytes]:
    """Write an edition as CSV; `parts` names the further files. `head` may say another `count` and `tag` than the truth."""
    listed = list(entries)
    files = {
        "entries.csv": [[f"{head.get('tag', 'QM')} LIST", instant(published), str(head.get("count", len(listed)))]]
    }
    files["entries.csv"] += [list(COLUMNS), *([getattr(one, name) for name in COLUMNS] for one in listed)]
    for part in parts.split():
        rows = [[one.number, value] for one in listed for value in getattr(one, part)]
        files[f"{part}.csv"] = [["number", part], *rows]
    return {name: write(rows) for name, rows in files.items()}


def write(rows: Iterable[Iterable[str]]) -> bytes:
    """Write rows as CSV, without accents."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([anyascii(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def document(entries: Iterable[Entry], published: str = "", **head: Any) -> dict[str, bytes]:
    """Write an edition as XML, which holds every part in one file."""
    listed = list(entries)
    tag = str(head.get("tag", "QM")).lower()
    lines = [f"<{tag}_list published={quoteattr(instant(published))} count='{head.get('count', len(listed))}'>"]
    for one in listed:
        values = [(name, getattr(one, name)) for name in COLUMNS]
        values += [("alias", text) for text in one.aliases] + [("address", text) for text in one.addresses]
        lines.append(
            "<entry>" + "".join(f"<{name}>{escape(value)}</{name}>" for name, value in values if value) + "</entry>"
        )
    return {"list.xml": "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *lines, f"</{tag}_list>"]).encode()}


def instant(text: str) -> str:
    """Write a day as its morning; an instant stays as it is."""
    return f"{text}T08:00:00Z" if len(text) == len("2031-01-10") else text


# --- reading ---


def _by_number(opened: Opened | None, part: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for record in tables.records(opened, ("number", part)) if opened else ():
        found[record.take("number")].append(record.take(part))
    return found


def _read_table(files: Mapping[str, Opened]) -> Iterator[Listed]:
    aliases, addresses = (_by_number(files.get(f"{part}.csv"), part) for part in ("aliases", "addresses"))
    for record in tables.records(files["entries.csv"], COLUMNS, skip_lines=1):
        number = record.take("number")
        yield _listed(record, number, aliases.pop(number, []), addresses.pop(number, []))
    for number in (*aliases, *addresses):
        raise EditionUnreadable("the entry is not on the list", file=files["entries.csv"].name, record=number)


def _read_document(files: Mapping[str, Opened], tag: str) -> Iterator[Listed]:
    for record in xml.records(files["list.xml"], root=f"{tag.lower()}_list", at=("entry",)):
        number = record.take("number")
        yield _listed(record, number, record.texts("alias"), record.texts("address"))


def _listed(record: Record, number: str, aliases: list[str], addresses: list[str]) -> Listed:
    record.label = number
    about = About(number, record.choose("kind", KINDS) or "LegalEntity")
    about.say("name", record.take("name"))
    about.say("name", record.optional("second_name"))
    about.on("birthDate", record.parse("born", PartialDate.parse))
    about.country("nationality" if about.schema == "Person" else "country", record.optional("country"))
    about.identify("passportNumber", record.optional("passport"), country="Norway")
    about.identify("imoNumber", record.optional("imo"))
    for kind, _, value in (one.partition(":") for one in record.optional("numbers").split(";")):
        about.identify(kind, value)
    remark, wallet = record.optional("remark"), record.optional("wallet")
    about.say("notes", "" if remark == CUT else remark, part="remarks")
    about.silence(*(["remarks"] if remark == CUT else []))
    for alias in aliases:
        about.say("alias", alias, part="aliases")
    for address in addresses:
        about.address(address, part="addresses")
    about.designate(*_designated(record))
    about.link(_wallets(number, wallet))
    return record.finish(about.listed())


def _designated(record: Record) -> Iterator[Designated]:
    dates = [record.parse(name, PartialDate.parse) for name in ("listed", "delisted")]
    status = record.optional("status")
    for programme in record.take("programmes").split(";"):
        record.value_in("programmes", programme, PROGRAMMES)
        measures = (PROGRAMMES[programme],) if programme in PROGRAMMES else ()
        yield Designated(
            programme=programme, listed_on=dates[0], delisted_on=dates[1], status=status, measures=measures
        )


def _wallets(number: str, key: str) -> Iterator[Listed]:
    if key:
        about = About(f"{number}/wallet/{key}", "CryptoWallet")
        about.identify("publicKey", key, part="remarks")
        about.say("currency", "XBT", part="remarks")
        yield about.listed()


def _head(published: str, count: str, opened: Opened) -> Head:
    try:
        at = datetime.fromisoformat(published).astimezone(UTC) if published else None
        return Head(published_at=at, count=int(count) if count else None)
    except ValueError as error:
        raise EditionUnreadable(str(error), file=opened.name, record="heading") from error


def _table_head(opened: Opened) -> Head:
    tag, published, count = opened.head(200).decode("utf-8", "replace").splitlines()[0].split(",")
    if not tag.endswith(" LIST"):
        raise EditionUnreadable("the first line is no heading", file=opened.name)
    return _head(published, count, opened)


def _document_head(opened: Opened, tag: str) -> Head:
    heading = xml.heading(opened, root=f"{tag.lower()}_list", until=("entry",))
    return _head(heading.optional("@published"), heading.optional("@count"), opened)


def source(id_: str, tag: str, *, aggregates: bool = False, expect: Expect | None = None, url: str = "") -> Source:
    """Make one fictional source; `tag` is its country and the word by which its files are recognised."""

    def begins(*start: str) -> Any:
        return lambda _, head: head.startswith(tuple(one.encode() for one in start))

    return Source(
        id=id_,
        title=f"List of {tag} (fictional)",
        issuer=Issuer(code=tag, name=f"Land {tag}", authority=f"Office of {tag}"),
        homepage="https://list.invalid/",
        licence="invented",
        formats=(
            Format(
                id="xml",
                files=(
                    File(
                        name="list.xml",
                        url=url and f"{url}/list.xml",
                        parts=("entry", "remarks", "aliases", "addresses"),
                        recognises=lambda _, head: f"<{tag.lower()}_list".encode() in head,
                    ),
                ),
                read=lambda files: _read_document(files, tag),
                head=lambda opened: _document_head(opened, tag),
            ),
            Format(
                id="csv",
                files=(
                    File(name="entries.csv", parts=("entry", "remarks"), recognises=begins(f"{tag} LIST,")),
                    File(name="aliases.csv", parts=("aliases",), recognises=begins("number,aliases")),
                    File(name="addresses.csv", parts=("addresses",), recognises=begins("number,addresses")),
                ),
                read=_read_table,
                head=_table_head,
            ),
        ),
        schedule=Every(hours=6),
        expect=expect or Expect(designations=(1, 40), removed_at_once_max=0.5, removed_per_month_max=0.25),
        examples=(),
        aggregates=aggregates,
    )


SOURCES = {
    "qm_list": source("qm_list", "QM"),
    "qn_list": source("qn_list", "QN"),
    "qo_list": source("qo_list", "QO"),
    "qp_mirror": source("qp_mirror", "QP", aggregates=True),
}


# --- loading ---


def desk_in(folder: Path, sources: Mapping[str, Source] | None = None) -> Desk:
    """Return what the services need, over the fictional sources, with a register that follows."""

    def follow(work: Work, edition: Any, references: Any) -> int:
        return register.follow(work, desk.source(edition.source), edition.source, references)

    desk = Desk(sources=sources or SOURCES, blobs=Blobs(folder / "blobs"), follow=follow)
    return desk


def stage(desk: Desk, list_id: str, files: Mapping[str, bytes]) -> list[lists.Staged]:
    """Keep and recognise files as if they had just arrived."""
    return lists.stage(desk, list_id, [lists.Received(name, io.BytesIO(raw)) for name, raw in files.items()])


def load(
    work: Work, desk: Desk, list_id: str, files: Mapping[str, bytes], published: date | datetime | None = None
) -> Taken:
    """Load one edition, as every surface does: stage, read, take. A person says a day of publication, a server an instant."""
    (staged,) = stage(desk, list_id, files)
    return lists.take(work, desk, lists.read(desk, staged), published)


def tag_of(list_id: str) -> str:
    """Return the word by which a list's files are recognised."""
    return list_id.removesuffix("_list").removesuffix("_mirror").upper()


def load_table(work: Work, desk: Desk, published: str, *entries: Entry, list_id: str = "qm_list", **how: Any) -> Taken:
    """Load some entries as a CSV edition of a day."""
    return load(work, desk, list_id, table(entries, published, tag=tag_of(list_id), **how))


def load_document(
    work: Work, desk: Desk, published: str, *entries: Entry, list_id: str = "qm_list", **how: Any
) -> Taken:
    """Load some entries as an XML edition of a day."""
    return load(work, desk, list_id, document(entries, published, tag=tag_of(list_id), **how))


# --- looking ---


def recorded(work: Work) -> list[ledger.Event]:
    """Return what stands in the ledger, this work's own events too, oldest first."""
    work.finish()
    return [entry.event for entry in reversed(ledger.read(work.connection, limit=PAGE_ROWS_MAX)) if entry.event]


LEGAL = (
    "list_record_spans", "entities", "statements", "entity_names", "entity_tokens", "entity_identifiers", "entity_facets",
    "vocabulary",
)  # fmt: skip
"""The tables of the legal view: all that the register answers from, times of knowledge aside."""


def legal_view(work: Work) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the legal view, in a fixed order; editions without the times at which they became known."""
    view = {name: _rows(work, sa.select(metadata.tables[name])) for name in LEGAL}
    editions = metadata.tables["editions"]
    known = {"fetched_at", "decided_at", "decided_by", "decision", "reasons"}
    columns = [column for column in editions.columns if column.name not in known]
    view["editions"] = _rows(work, sa.select(*columns).where(editions.c.status == "accepted"))
    return view


def _rows(work: Work, query: Any) -> list[tuple[Any, ...]]:
    return sorted((tuple(row) for row in work.connection.execute(query)), key=repr)
