"""Publishers whose files are broken in every way that we have heard of: what arrives may be anything."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import msgspec

from comity.catalogue.sources import un_consolidated, us_ofac_sdn
from comity.kit.limits import UNPACK_FREE_BYTES, UNPACK_RATIO_MAX
from comity.lists.model import Expect, Source
from support.invented import HERON, NORDHAVN, VOSK, but, document, source, table

ZEROS_BYTES = 2_000_000_000
FEW = Expect(designations=(5, 40), removed_at_once_max=0.2, removed_per_month_max=0.05)
COUNT = 12

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Publication:
    """One list in one format: a good edition, the good one after it, and how records are cut out of its main file."""

    source: Source
    first: Files
    second: Files
    record: re.Pattern[bytes]
    """What one record looks like."""
    dates: tuple[bytes, ...] = ()
    """Dates in a record, each of which may be made absurd."""
    first_on: date | None = None
    second_on: date | None = None

    @property
    def main(self) -> str:
        """The name of the file that says who is on the list."""
        return next(iter(self.second))

    def with_main(self, raw: bytes) -> Files:
        """Return the second edition with another main file."""
        return {**self.second, self.main: raw}


def publications() -> dict[str, Publication]:
    """Return every list and format that is broken here."""
    lenient = msgspec.structs.replace
    return {
        "invented CSV": invented(table, rb"(?m)^QM-[^\n]*\n"),
        "invented XML": invented(document, rb"<entry>.*</entry>"),
        "United Nations": Publication(
            lenient(un_consolidated.SOURCE, expect=FEW),
            {"consolidated.xml": un("2031-01-10")},
            {"consolidated.xml": un("2031-01-11")},
            re.compile(rb"(?s)<INDIVIDUAL>.*?</INDIVIDUAL>\n"),
            (b"2029-03-14", b"1969"),
        ),
        "Treasury CSV": Publication(
            lenient(us_ofac_sdn.SOURCE, expect=FEW),
            sdn("Norway"),
            sdn("Panama"),
            re.compile(rb"(?m)^9\d+,[^\n]*\n"),
            first_on=date(2031, 1, 10),
            second_on=date(2031, 1, 11),
        ),
        "Treasury XML": treasury("xml"),
        "Treasury enhanced XML": treasury("enhanced_xml"),
    }


def invented(write: Callable[..., dict[str, bytes]], record: bytes) -> Publication:
    people = [
        but(one, number=f"QM-{number}", imo="", name=f"{one.name} {'ABCDEFGHIJKL'[number]}", listed="2029-03-14")
        for number, one in enumerate([HERON, NORDHAVN, VOSK] * 4)
    ]
    return Publication(
        source("qm_list", "QM", expect=FEW),
        write(people, "2031-01-10"),
        write(people, "2031-01-11"),
        re.compile(record),
        (b"2029-03-14",),
    )


def un(day: str) -> bytes:
    """Write an edition in the form of the United Nations' list."""
    example = un_consolidated.EXAMPLE.replace(b"2031-11-20T", f"{day}T".encode())
    start, end = example.index(b"<INDIVIDUAL>"), example.index(b"</INDIVIDUALS>")
    people = [
        example[start:end].replace(b"ZZi.001", b"ZZi.%03d" % number).replace(b"9900001", b"%d" % (9_900_001 + number))
        for number in range(COUNT)
    ]
    return b"".join((example[:start], *people, example[end:]))


def sdn(country: str) -> dict[str, bytes]:
    """Write an edition in the form of the Treasury's CSV family, with its end-of-file mark."""
    nothing = ",".join(["-0- "] * 7)
    rows: dict[str, list[str]] = {"sdn.csv": [], "alt.csv": [], "add.csv": []}
    for number in range(COUNT):
        one = 90_001 + number
        remarks = f"DOB {number + 1:02} Mar 1971; nationality {country}; Gender Male."
        rows["sdn.csv"].append(
            f'{one},"DRESNOV {"ABCDEFGHIJKL"[number]}, Oleg","individual","SDGT",{nothing},"{remarks}"'
        )
        rows["alt.csv"].append(f'{one},{one * 10},"aka","DRESNOW {number}, Oleg",-0- ')
        rows["add.csv"].append(f'{one},{one * 10},"1 Havnegata","Bergen","{country}",-0- ')
    return {name: ("".join(f"{row}\r\n" for row in of) + "\x1a").encode() for name, of in rows.items()}


def treasury(form: str) -> Publication:
    """Take the Treasury's own example in one of its XML formats; it holds too few records to be cut."""
    (example,) = (one for one in us_ofac_sdn.SOURCE.examples if one.format == form)
    ((name, raw),) = example.files.items()
    expect = Expect(designations=(1, 5), removed_at_once_max=0.2)
    later = raw.replace(b"03/28/2031", b"03/29/2031").replace(b"2031-03-28T", b"2031-03-29T")
    assert later != raw
    return Publication(
        msgspec.structs.replace(us_ofac_sdn.SOURCE, expect=expect), {name: raw}, {name: later}, re.compile(rb"\A\Z")
    )


# --- breaking ---

HTML = b"<!DOCTYPE html>\n<html lang=en><head><title>Maintenance</title></head><body>Please try again.</body></html>\n"
LAUGHS = (
    b'<!DOCTYPE lolz [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(10))
    + b"]>"
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def breakages(one: Publication) -> Iterator[tuple[str, Files]]:
    """Yield each way in which the second edition may arrive broken, by what was done to it."""
    raw = one.second[one.main]
    whole_files = [*_whole(raw), *_packed(one.main, raw)]
    whole_files += _xml(raw) if raw.lstrip().startswith(b"<") else _table(raw)
    whole_files += _records(one, raw)
    for kind, broken in whole_files:
        yield kind, one.with_main(broken)
    yield from _sets(one)


def _whole(raw: bytes) -> Iterator[tuple[str, bytes]]:
    text = raw.decode()
    yield "empty", b""
    yield "blank", b" \r\n\r\n\x1a"
    yield "zeros", bytes(10_000)
    yield "a web page", HTML
    yield "a web page without its type", HTML.split(b"\n", 1)[1]
    yield "an error as JSON", json.dumps({"error": "too many requests"}).encode()
    yield "a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + raw
    yield "a program", b"\x7fELF" + bytes(range(256)) * 20
    yield "UTF-16", text.encode("utf-16")
    yield "UTF-16 without a mark", text.encode("utf-16-le")
    yield "UTF-32", text.encode("utf-32")
    yield "EBCDIC", text.replace("\ufeff", "").encode("cp500", "replace")
    yield "a letter in Latin-1", re.sub(rb"(?i)(heron|oleg)", b"\xd8leg", raw)
    yield "half a letter at the end", raw + "é".encode()[:1]
    yield "a zero among the letters", raw.replace(b"e", b"\x00", 40)
    yield "a zero near the end", raw[: len(raw) * 9 // 10] + b"\x00" + raw[len(raw) * 9 // 10 :]
    for tenth in range(1, 10):
        yield f"cut after {tenth} tenths", raw[: len(raw) * tenth // 10]
    yield "twice in one file", raw + raw


def _packed(name: str, raw: bytes) -> Iterator[tuple[str, bytes]]:
    packed = gzip.compress(raw)
    yield "gzip cut short", packed[: len(packed) // 2]
    yield "gzip damaged", packed[:40] + bytes([packed[40] ^ 0xFF]) + packed[41:]
    yield "gzip in gzip", gzip.compress(packed)
    yield "a gzip bomb", gzip.compress(raw + bytes(UNPACK_FREE_BYTES + UNPACK_RATIO_MAX * 60_000))
    yield "a zip bomb", zipped((name, bytes(UNPACK_FREE_BYTES + UNPACK_RATIO_MAX * 60_000)))
    yield "an empty zip", zipped()
    yield "a zip cut short", zipped((name, raw))[:-30]
    yield "a zip in a zip", zipped(("inner.zip", zipped((name, raw))))
    yield (
        "a zip that climbs out",
        zipped(("../../../tmp/comity-was-here", b"x"), (f"/etc/{name}", raw[: len(raw) // 2])),
    )
    yield "a zip of strange files", zipped(("readme.txt", b"Thank you."), (name, raw))


def _xml(raw: bytes) -> Iterator[tuple[str, bytes]]:
    root = re.search(rb"<[A-Za-z_]+[^?>]*>", raw)
    assert root is not None
    yield "a document type", raw.replace(root[0], b"<!DOCTYPE list>" + root[0], 1)
    yield "a billion laughs", raw.replace(root[0], LAUGHS + root[0] + b"&k;", 1)
    yield "a billion laughs in an attribute", raw.replace(root[0], LAUGHS + root[0][:-1] + b' x="&k;">', 1)
    yield "a file of ours", raw.replace(root[0], OUTSIDE + root[0] + b"&e;", 1)
    yield "no root element", root[0].join(raw.split(root[0])[1:]) + b"<a/>"
    yield "an unknown element", raw.replace(root[0], root[0] + b"<surprise>x</surprise>", 1)
    yield "unknown text", raw.replace(b"><", b">surprise<", 30)
    yield "another root element", raw.replace(root[0][1:8], b"WRONG_" + root[0][1:8])
    yield (
        "an encoding that does not exist",
        re.sub(rb"\A(<\?xml.*?\?>)?", b'<?xml version="1.0" encoding="x-none"?>', raw),
    )
    yield "a wrong encoding", re.sub(rb"\A(<\?xml.*?\?>)?", b'<?xml version="1.0" encoding="UTF-16"?>', raw)
    yield "a hundred thousand levels", raw.replace(root[0], root[0] + b"<a>" * 100_000, 1)
    yield "a tag that is never closed", raw.replace(b"</", b"<", 1)
    yield "an ampersand", raw.replace(b"</", b" & </", 1)
    yield "something after the end", raw + b"<more/>"


def _table(raw: bytes) -> Iterator[tuple[str, bytes]]:
    lines = raw.splitlines(keepends=True)
    middle = len(lines) // 2

    def with_line(line: bytes) -> bytes:
        return b"".join((*lines[:middle], line, *lines[middle + 1 :]))

    yield "one column less", with_line(lines[middle].rpartition(b",")[0] + b"\r\n")
    yield "one column more", with_line(lines[middle].rstrip(b"\r\n") + b",x\r\n")
    yield "a column less in every line", b"".join(line.rpartition(b",")[0] + b"\r\n" for line in lines)
    yield "a quotation mark that is never closed", with_line(b'"' + lines[middle])
    yield "a field beyond all measure", with_line(lines[middle].replace(b",", b"," + b"x" * 2_000_000, 1))
    yield "another separator", raw.replace(b",", b";")


def _records(one: Publication, raw: bytes) -> Iterator[tuple[str, bytes]]:
    found = one.record.findall(raw)
    if len(found) < COUNT:
        return
    yield "a record twice", raw.replace(found[3], found[3] * 2)
    yield "the last record again", raw.replace(found[-1], found[0] + found[-1])
    yield "half the records", _without(raw, found[::2])
    yield "all records but one", _without(raw, found[1:])
    yield "no record", _without(raw, found)
    for stated in one.dates:
        for absurd in (b"-" + stated, b"2029-13-45", b"0000-00-00", b"99999-01-01", b"yesterday", b"31/12/2029 25:61"):
            yield f"{stated.decode()} became {absurd.decode()}", raw.replace(stated, absurd, 1)


def _without(raw: bytes, records: list[bytes]) -> bytes:
    for record in records:
        raw = raw.replace(record, b"", 1)
    return raw


def _sets(one: Publication) -> Iterator[tuple[str, Files]]:
    others = [name for name in one.second if name != one.main]
    yield (
        "another list",
        {one.main: un("2031-01-11") if one.source.id == "qm_list" else b"QM LIST,2031-01-11T08:00:00Z,0\r\n"},
    )
    if others:
        yield "parts without the list itself", {name: one.second[name] for name in others}
        part = others[0]
        lines = one.second[part].splitlines(keepends=True)
        stranger = re.sub(rb"(?m)^(QM-|9)\d+", rb"\g<1>7777", lines[-2] if lines[-1] == b"\x1a" else lines[-1])
        yield "a part of another publication", {**one.second, part: b"".join((*lines[:-1], stranger))}
        yield "a part that is a web page", {**one.second, part: HTML}
        yield "a part that is empty", {**one.second, part: b""}
        yield "a part that is cut", {**one.second, part: one.second[part][: len(one.second[part]) * 4 // 10 + 3]}


def zipped(*files: tuple[str, bytes]) -> bytes:
    """Pack files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()


def bomb() -> bytes:
    """Pack two gigabytes of zeros, in one stream, within milliseconds."""
    import zlib  # noqa: PLC0415 - nowhere else here

    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    block = packer.compress(bytes(10_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + block * (ZEROS_BYTES // 10_000_000) + packer.flush()
