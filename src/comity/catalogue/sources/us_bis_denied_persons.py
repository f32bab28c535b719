"""The US Denied Persons List: people and companies whose export privileges the Bureau of Industry and Security has denied by order.

The list has no numbers. Reference: the name up to its first comma, folded to lower case without punctuation, and the earliest
citation of the Federal Register, `rosa ferryman, 95 FR 99403`: the name tells the parties to one order apart, and the order tells
two people of one name apart. Dates are no part of it, because each renewal of a temporary order moves them; the first citation
stays. A party with several addresses has a row for each; its rows are one entity. Until 2025 the list was a tab-separated text;
since then it is a table of five columns, in which name and address stand in one cell: `NAME, street, city, state, country, postal
code`, empty parts included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from comity.catalogue.dialects import federal_register, gathered
from comity.catalogue.dialects import us_export_law as law
from comity.lists.model import (
    About,
    Designated,
    Every,
    Example,
    Expect,
    File,
    Format,
    Listed,
    Opened,
    Record,
    Source,
    tables,
)
from comity.model.claim import ENTRY, Claim
from comity.model.dates import PartialDate
from comity.model.jurisdiction import Issuer

TEXT_COLUMNS = (
    "Name", "Street_Address", "City", "State", "Country", "Postal_Code", "Effective_Date", "Expiration_Date", "Standard_Order",
    "Last_Update", "Action", "FR_Citation",
)  # fmt: skip
TABLE_COLUMNS = (
    "Name_and_Address", "Effective_Date", "Expiration_Date", "Type of Denial", "Appropriate Federal Register Citations",
)  # fmt: skip
BOM = b"\xef\xbb\xbf"
PROGRAMME = "Denied Persons List"
UPDATES = "updates"
"""What only the text says: when a row was last changed, and why."""

STANDARD = {"Y": True, "N": False}
PARTS_OF_ADDRESS = 4
"""City, state, country and postal code end the cell; the street, which may hold commas, stands before them."""

_SANE = re.compile(r"[12]\d{3}-")
_SUFFIX = re.compile(
    r"(?:JR|SR|II|III|IV|INC|LTD|LLC|L\.L\.C|CORP|CO|S\.?A|GMBH|B\.?V|A\.?G|P\.?L\.?C|FZE|FZCO?|S\.?L)\.?\)?",
    re.IGNORECASE,
)


def read_text(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read the tab-separated text."""
    opened = files["dpl.txt"]

    def rows() -> Iterator[Record]:
        return tables.records(opened, TEXT_COLUMNS, delimiter="\t")

    for reference, entry in gathered.entries(rows, lambda row: _reference(row.take("Name"), row.take("FR_Citation"))):
        parts = gathered.rows(entry)
        about = About(reference, "LegalEntity")
        for row in parts:
            about.say("name", row.take("Name"))
            lines = [row.optional(name) for name in ("Street_Address", "City", "State", "Postal_Code")]
            about.address(*lines, country=row.optional("Country"))
            _updated(about, row)
            about.say("notes", row.optional("Action"), part=UPDATES)
        orders = [(row, row.choose("Standard_Order", STANDARD) is not False, row.take("FR_Citation")) for row in parts]
        yield entry.finish(_end(about, orders))


def read_table(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read the table of five columns."""
    opened = files["dpl.csv"]

    def rows() -> Iterator[Record]:
        return tables.records(opened, TABLE_COLUMNS)

    def key(row: Record) -> str:
        name, _ = _split(row.take(TABLE_COLUMNS[0]))
        return _reference(name, row.take(TABLE_COLUMNS[4]))

    for reference, entry in gathered.entries(rows, key):
        about = About(reference, "LegalEntity")
        orders = []
        for row in gathered.rows(entry):
            name, (*lines, country) = _split(row.take(TABLE_COLUMNS[0]))
            about.say("name", name)
            about.address(*lines, country=country)
            is_standard = "non" not in row.optional("Type of Denial").lower()
            orders.append((row, is_standard, row.take(TABLE_COLUMNS[4])))
        yield entry.finish(_end(about, orders))


def _updated(about: About, row: Record) -> None:
    """Say when a row was last changed; a year such as 3017, which the list does print, is kept as a note."""
    when = row.parse("Last_Update", lambda text: PartialDate.parse(text) if _SANE.match(text) else text)
    if isinstance(when, PartialDate):
        about.on("modifiedAt", when, part=UPDATES)
    elif when:
        about.say("notes", f"last update: {when}", part=UPDATES)


def _split(cell: str) -> tuple[str, list[str]]:
    """Return the name, and street, city, state, postal code and country."""
    name, *rest = [part.strip() for part in cell.split(",")]
    while rest and _SUFFIX.fullmatch(rest[0]):
        name = f"{name}, {rest.pop(0)}"
    if len(rest) < PARTS_OF_ADDRESS:
        return name, [", ".join(rest), ""]
    city, state, country, postal_code = rest[-PARTS_OF_ADDRESS:]
    return name, [", ".join(rest[:-PARTS_OF_ADDRESS]), city, state, postal_code, country]


def _reference(name: str, citations: str) -> str:
    folded = re.sub(r"[\W_]+", " ", name.partition(",")[0].casefold()).strip()
    order = federal_register.first(citations)
    return f"{folded}, {order}" if order else folded


def _end(about: About, orders: list[tuple[Record, bool, str]]) -> Listed:
    effective: set[PartialDate] = set()
    expiring: dict[date | None, bool] = {}
    for row, is_standard, _ in orders:
        effective.update(filter(None, [row.parse("Effective_Date", _day)]))
        end = row.parse("Expiration_Date", _day)
        expiring[end.day if end else None] = is_standard
    about.designate(
        Designated(
            programme=PROGRAMME,
            legal_basis=tuple(dict.fromkeys(citations for _, _, citations in orders)),
            listed_on=min(effective, default=None),
            amended_on=tuple(sorted(effective)[1:]),
            measures=tuple(law.denial(until, is_standard=standard) for until, standard in expiring.items()),
        )
    )
    about.say("topics", "export.control")
    return about.listed()


def _day(text: str) -> PartialDate:
    month, day, year = text.split("/")
    return PartialDate.of(int(year), int(month), int(day))


CITED = "96 F.R. 99404 10/7/2031, 95 F.R.99403 3/1/2030"
TEXT_ROWS = (
    TEXT_COLUMNS,
    (" ROSA FERRYMAN", "9 CALLE FALSA, UNIT 2", "ARICA", "", "CL", "99366", "02/26/2030", "02/26/2040", "Y", "2031-10-08",
     "FR NOTICE ADDED", CITED),
    ("DRESNOV SHIPPING, LTD.", "", "BERGEN", "", "NO", "", "12/01/1981", "", "N", "2001-08-01", "", "46 F.R. 99803 9/8/81"),
    ("ROSA  FERRYMAN", "1 QUAY ROAD", "LAREDO", "TX", "US", "78043", "02/26/2030", "02/26/2040", "Y", "2031-10-09", "",
     "95 F.R. 99403 3/1/2030"),
)  # fmt: skip
TEXT = "\n".join("\t".join(f'"{cell}"' for cell in row) for row in TEXT_ROWS)
TABLE = f"""Name_and_Address,Effective_Date,Expiration_Date,Type of Denial,Appropriate Federal Register Citations
"ROSA FERRYMAN, 9 CALLE FALSA, UNIT 2, ARICA, , CL, 99366",2/26/2030,2/26/2040,Standard,"{CITED}"
"DRESNOV SHIPPING, LTD., , BERGEN, , NO, ",12/1/1981,,Non-Standard,46 F.R. 99803 9/8/81
"ROSA FERRYMAN, 1 QUAY ROAD, LAREDO, TX, US, 78043",2/26/2030,2/26/2040,Standard,95 F.R. 99403 3/1/2030
"""
PRIVILEGES = '"kind":"export_privileges","object":"any part in an export from the United States of items subject to the EAR, by the'
DENIED_UNTIL_2040 = (
    '{"article":"15 CFR 736.2(b)(4) and 764.2(k); part 764, Supp. No. 1",'
    '"binds":"the denied person, and whoever deals with it in items subject to the EAR",'
    f'{PRIVILEGES} person or for its benefit","until":"2040-02-26"}}'
)
DENIED_WITHOUT_TERM = (
    '{"article":"15 CFR 736.2(b)(4) and 764.2(k); non-standard terms, in the order itself",'
    '"binds":"the denied person, and whoever deals with it in items subject to the EAR",'
    f'{PRIVILEGES} person or for its benefit"}}'
)


def _said(*facts: tuple[str, str]) -> tuple[Claim, ...]:
    return tuple(Claim(property=name, value=value, about="Denied Persons List") for name, value in facts)


def _yields(shipping: tuple[Claim, ...] = (), ferryman: tuple[Claim, ...] = ()) -> tuple[Listed, ...]:
    """Return what both examples mean, with the updates that only one of them tells."""
    return (
        Listed(
            reference="dresnov shipping, 46 FR 99803",
            schema="LegalEntity",
            claims=(
                Claim(property="name", value="DRESNOV SHIPPING, LTD."),
                Claim(property="address", value="BERGEN, NO", detail={"country": "no"}),
                Claim(property="country", value="no", original="NO"),
                *shipping,
                *_said(
                    ("programme", "Denied Persons List"),
                    ("legalBasis", "46 F.R. 99803 9/8/81"),
                    ("listedOn", "1981-12-01"),
                    ("measure", DENIED_WITHOUT_TERM),
                ),
                Claim(property="topics", value="export.control"),
            ),
        ),
        Listed(
            reference="rosa ferryman, 95 FR 99403",
            schema="LegalEntity",
            claims=(
                Claim(property="name", value="ROSA FERRYMAN"),
                Claim(
                    property="address",
                    value="9 CALLE FALSA, UNIT 2, ARICA, 99366, CL",
                    detail={"country": "cl"},
                ),
                Claim(property="country", value="cl", original="CL"),
                *ferryman[:2],
                Claim(property="address", value="1 QUAY ROAD, LAREDO, TX, 78043, US", detail={"country": "us"}),
                Claim(property="country", value="us", original="US"),
                *ferryman[2:],
                *_said(
                    ("programme", "Denied Persons List"),
                    ("legalBasis", CITED),
                    ("legalBasis", "95 F.R. 99403 3/1/2030"),
                    ("listedOn", "2030-02-26"),
                    ("measure", DENIED_UNTIL_2040),
                ),
                Claim(property="topics", value="export.control"),
            ),
        ),
    )


SOURCE = Source(
    id="us_bis_denied_persons",
    title="US Denied Persons List",
    issuer=Issuer(code="US", name="United States", authority="Bureau of Industry and Security"),
    homepage="https://www.bis.gov/licensing/end-user-guidance/denied-persons-list-dpl",
    licence="US Government work, public domain in the United States",
    formats=(
        Format(
            id="csv",
            files=(
                File(
                    # Its address holds the day of the edition; the homepage links it as "Export as CSV".
                    name="dpl.csv",
                    recognises=lambda _name, start: (
                        start.removeprefix(BOM).replace(b'"', b"").startswith(b"Name_and_Address,")
                    ),
                ),
            ),
            read=read_table,
        ),
        Format(
            id="text",
            files=(
                File(
                    name="dpl.txt",
                    parts=(ENTRY, UPDATES),
                    recognises=lambda _name, start: start.removeprefix(BOM).startswith(b'"Name"\t"Street_Address"\t'),
                ),
            ),
            read=read_text,
        ),
    ),
    schedule=Every(hours=24, overdue_days=60),
    expect=Expect(designations=(250, 2_000), removed_at_once_max=0.05, removed_per_month_max=0.02),
    examples=(
        Example(format="csv", files={"dpl.csv": TABLE.encode()}, yields=_yields()),
        Example(
            format="text",
            files={"dpl.txt": TEXT.encode()},
            yields=_yields(
                (Claim(property="modifiedAt", value="2001-08-01", part="updates"),),
                (
                    Claim(property="modifiedAt", value="2031-10-08", part="updates"),
                    Claim(property="notes", value="FR NOTICE ADDED", part="updates"),
                    Claim(property="modifiedAt", value="2031-10-09", part="updates"),
                ),
            ),
        ),
    ),
)
