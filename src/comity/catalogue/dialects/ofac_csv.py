"""OFAC's CSV family: `sdn.csv` with `alt.csv`, `add.csv` and `sdn_comments.csv`, and the same four for the consolidated list.

No header; the first column is the entry's number, under which all four belong together. Nothing is written `-0- `. The text is
ASCII, without the accents that the XML formats keep. Programmes are joined as `SDGT] [NS-PLC`. A remark of more than a thousand
characters goes on in the comments file, at any letter: without that file the facts before the cut are read, and the entry says
nothing of the rest.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from comity.catalogue.dialects import ofac_remarks as remarks
from comity.catalogue.dialects.ofac_entry import ADDRESSES, ALIASES, OVERFLOW, REMARKS, TEXT, Entry, ListKind
from comity.catalogue.dialects.ofac_remarks import Fact
from comity.lists.model import EditionUnreadable, File, Format, Listed, Opened, Record, tables
from comity.model.claim import ENTRY

PRIMARY = (
    "ent_num", "name", "type", "program", "title", "call_sign", "vessel_type", "tonnage", "grt", "vessel_flag", "vessel_owner",
    "remarks",
)  # fmt: skip
ALIAS = ("ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks")
ADDRESS = ("ent_num", "add_num", "address", "place", "country", "add_remarks")
COMMENT = ("ent_num", "remarks")

NULLS = frozenset({"-0-", "-0"})
"""How nothing is written; the second form is the end of a file that was cut at its last field (2019-01-04)."""
ALIAS_KINDS = {"aka": "a.k.a.", "fka": "f.k.a.", "nka": "n.k.a."}
VESSEL = {
    "call_sign": "Vessel Call Sign",
    "vessel_type": "Vessel Type",
    "tonnage": "Vessel Tonnage",
    "grt": "Vessel Gross Registered Tonnage",
    "vessel_flag": "Vessel Flag",
    "vessel_owner": "Vessel Owner",
}
PROGRAMME_JOINT = "] ["

Rows = dict[str, list[Record]]


def format_(names: tuple[str, str, str, str], list_: ListKind, url: str) -> Format:
    """Return the CSV format of one list, by the names of its four files: entries, aliases, addresses, comments."""
    parts = ((ENTRY, REMARKS, TEXT), (ALIASES,), (ADDRESSES,), (OVERFLOW,))
    widths = (len(PRIMARY), len(ALIAS), len(ADDRESS), len(COMMENT))
    files = tuple(
        File(name=name, url=url + name.upper(), parts=spoken, recognises=_recogniser(width, list_))
        for name, spoken, width in zip(names, parts, widths, strict=True)
    )

    return Format(id="csv", files=files, read=lambda given: _read(given, names, list_))


def _read(given: Mapping[str, Opened], names: tuple[str, str, str, str], list_: ListKind) -> Iterator[Listed]:
    aliases, addresses, comments = (
        _by_entry(given[name], columns) if name in given else None
        for name, columns in zip(names[1:], (ALIAS, ADDRESS, COMMENT), strict=True)
    )
    for record in tables.records(given[names[0]], PRIMARY, header=False):
        yield _entry(record, aliases, addresses, comments, list_)
    for name, rows in ((names[1], aliases), (names[2], addresses)):
        if rows:
            raise EditionUnreadable(
                "the entry is not on the list: the files are not of one publication",
                file=given[name].name,
                record=f"ent_num {next(iter(rows))}",
            )


def _entry(
    record: Record, aliases: Rows | None, addresses: Rows | None, comments: Rows | None, list_: ListKind
) -> Listed:
    reference = record.label = record.take("ent_num")
    name, programmes, title = (_value(record, column) for column in ("name", "program", "title"))
    entry = Entry(record, reference, record.take("type"), programmes.split(PROGRAMME_JOINT) if programmes else ())
    entry.name(name)
    entry.titles(title)
    _print(entry, "name", name, as_said=name)
    _print(entry, "program", programmes, as_said=programmes.partition(PROGRAMME_JOINT)[0])
    _print(entry, "title", title, as_said=title.partition(";")[0])
    for column, kind in VESSEL.items():
        if value := _value(record, column):
            entry.fact(Fact(kind, value))
            _print(entry, column, value, as_said=value.replace(",", "") if column in {"tonnage", "grt"} else value)
    raws = [record.raw]
    raws += _remarks(entry, comments)
    raws += [_alias(entry, row) for row in (aliases.pop(reference, ()) if aliases else ())]
    raws += [_address(entry, row) for row in (addresses.pop(reference, ()) if addresses else ())]
    record.raw = "\r\n".join(raws)
    entry.designate(list_)
    return record.finish(entry.listed())


def _print(entry: Entry, column: str, cell: str, *, as_said: str) -> None:
    """Keep a cell exactly as printed where the claim made of it does not: no change of a row may pass unseen."""
    if cell != " ".join(as_said.split()):
        entry.about.say("summary", f"{column}: {cell}", part=TEXT, original=f"{column}: {cell}")


def _remarks(entry: Entry, comments: Rows | None) -> list[str]:
    """Read the remarks with what continues them, and return the rows of the comments file that do."""
    record = entry.record
    text = record.verbatim("remarks")
    if text.strip() in NULLS:
        return []
    entry.about.tell("summary", text, part=TEXT)
    rest = comments.pop(record.label, []) if comments is not None else []
    if not remarks.is_cut(text):
        if rest:
            record.odd("remarks", "continued, although they end")
    elif rest:
        more = [(row.verbatim("remarks"), row.raw) for row in rest]
        text += "".join(words for words, _ in more)
        entry.about.tell("summary", "".join(words for words, _ in more), part=OVERFLOW)
        entry.remark(text)
        return [raw for _, raw in more]
    else:
        entry.is_complete = False
        if comments is not None:
            record.odd("remarks", "cut short, and not continued")
    entry.remark(text)
    return []


def _alias(entry: Entry, row: Record) -> str:
    row.skip("alt_num")  # the alias's number, which says nothing of it
    kind = row.optional("alt_type")
    entry.record.value_in("alt_type", kind, ALIAS_KINDS)
    entry.alias(ALIAS_KINDS.get(kind, "a.k.a."), _value(row, "alt_name"))
    entry.note(_value(row, "alt_remarks"), ALIASES)
    row.audit()
    return row.raw


def _address(entry: Entry, row: Record) -> str:
    row.skip("add_num")  # the address's number, which says nothing of it
    entry.address(_value(row, "address"), place=_value(row, "place"), country=_value(row, "country"))
    entry.note(_value(row, "add_remarks"), ADDRESSES)
    row.audit()
    return row.raw


def _value(record: Record, column: str) -> str:
    value = record.verbatim(column).strip()
    return "" if value in NULLS else value


def _by_entry(opened: Opened, columns: tuple[str, ...]) -> Rows:
    rows: Rows = defaultdict(list)
    for record in tables.records(opened, columns, header=False):
        rows[record.take("ent_num")].append(record)
    return dict(rows)


def _recogniser(width: int, list_: ListKind) -> Callable[[str, bytes], bool]:
    """Tell the four files by their first row; the two lists have the same four, and only their names tell them apart."""

    def recognises(name: str, start: bytes) -> bool:
        first = start.partition(b"\n")[0].decode("latin-1")
        try:
            row = next(csv.reader([first]), [])
        except csv.Error:  # a spreadsheet or another packed file
            return False
        is_other = ("cons" in name) is (list_ is ListKind.SDN)
        return len(row) == width and row[0].isdigit() and not is_other and (width == len(COMMENT) or "-0-" in first)

    return recognises
