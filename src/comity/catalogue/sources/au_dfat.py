"""Australia's Consolidated List: targeted financial sanctions, travel bans, arms embargoes and maritime restrictions.

The Department of Foreign Affairs and Trade publishes one spreadsheet and nothing else, one row per name: `1000` is the primary
name, `1000a`, `1000b` are its aliases, and the other columns repeat on each row, not always exactly. Reference: the number without
its letters. Since November 2025 the sheet says which of the four measures apply; before, it had neither those columns nor the
strength of an alias nor the instrument, and everybody on it was under targeted financial sanctions. The Control Date is the day on
which the entry was last edited, never the day of listing, which stands, if anywhere, in the account of the listing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from comity.catalogue.dialects import dfat_law, dfat_prose, gathered, workbook, xlsx
from comity.catalogue.dialects.dfat_law import ARMS, FINANCIAL, MARITIME, TRAVEL
from comity.catalogue.dialects.workbook import Shown
from comity.lists.model import (
    About,
    Designated,
    Every,
    Example,
    Expect,
    File,
    Format,
    Head,
    Listed,
    Opened,
    Record,
    Source,
    Standing,
    tables,
)
from comity.model.claim import Claim
from comity.model.jurisdiction import Issuer

SHEET = "Consolidated List"
UNTIL_2025 = (
    "Reference", "Name of Individual or Entity", "Type", "Name Type", "Date of Birth", "Place of Birth", "Citizenship", "Address",
    "Additional Information", "Listing Information", "Committees", "Control Date",
)  # fmt: skip
COLUMNS = (*UNTIL_2025, "Alias Strength", "IMO Number", "Instrument of Designation", FINANCIAL, TRAVEL, ARMS, MARITIME)
FLATTENED = ("Name", "Alias", "Nationality", "Designation", "Sanction Type", "Source")

SCHEMATA = {"individual": "Person", "entity": "Organization", "vessel": "Vessel"}
NAMES = {
    "primary name": "name",
    "primary": "name",
    "alias": "alias",
    "aka": "alias",
    "original script": "alias",
    "formerly known as": "previousName",
    "previously listed as": "previousName",
}
STRENGTHS = {"strong": "alias", "weak": "weakAlias"}
YES_OR_NO = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def read(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read the sheet, entry by entry."""
    opened = files["Australian_Sanctions_Consolidated_List.xlsx"]

    def rows() -> Iterator[Record]:
        return xlsx.records(opened, (COLUMNS, UNTIL_2025), sheet=SHEET)

    for reference, entry in gathered.entries(rows, _reference):
        yield entry.finish(_entry(reference, entry))


def head(opened: Opened) -> Head:
    """Read when the department saved the workbook, which is the day that its page gives for the list."""
    return Head(published_at=xlsx.modified(opened))


def _reference(row: Record) -> str:
    number = row.parse("Reference", lambda text: re.fullmatch(r"(\d+)\s*[a-z]*", text, re.IGNORECASE))
    return number[1] if number else row.take("Reference")


def _entry(reference: str, entry: Record) -> Listed:
    rows = gathered.rows(entry)
    types = {row.take("Type").lower() for row in rows}
    for unknown in sorted(types - set(SCHEMATA)):
        entry.odd("Type", unknown)
    if len(types) > 1:
        entry.odd("Type", "one entry of two types: " + ", ".join(sorted(types)))
    about = About(reference, SCHEMATA.get(min(types), "LegalEntity"))
    programmes: dict[str, list[tuple[Record, dict[str, bool]]]] = {}
    for row in rows:
        row.skip("Reference")  # read as the key of the entry
        _names(about, row)
        _facts(about, row)
        programmes.setdefault(row.take("Committees"), []).append((row, _measures_of(row)))
    if sum(claim.property == "name" for claim in about.listed().claims) != 1:
        entry.odd("Name Type", "an entry without exactly one primary name")
    for programme, parts in programmes.items():
        about.designate(_designated(reference, programme, parts))
    about.say("topics", "sanction")
    return about.listed()


def _names(about: About, row: Record) -> None:
    kind = row.optional("Name Type").lower()
    row.value_in("Name Type", kind, NAMES)
    strength = row.optional("Alias Strength").lower()
    if strength and strength not in STRENGTHS:
        row.odd("Alias Strength", strength)
    property_ = NAMES.get(kind, "alias")
    if property_ == "alias":
        property_ = STRENGTHS.get(strength, "alias")
    script = "original" if kind == "original script" else ""
    about.say(property_, row.take("Name of Individual or Entity"), script=script)


def _facts(about: About, row: Record) -> None:
    is_person = about.schema == "Person"
    dates, unread = dfat_prose.births(row.optional("Date of Birth"))
    for when in dates:
        if is_person:
            about.on("birthDate", when)
    for text in unread if is_person else [*map(str, dates), *unread]:
        about.say("notes", f"date of birth: {text}")
    for place in dfat_prose.several(row.optional("Place of Birth")):
        about.say("birthPlace" if is_person else "notes", place if is_person else f"place of birth: {place}")
    for text in row.optional("Citizenship").split(";"):
        for name in dfat_prose.several(text):
            about.country("citizenship" if is_person else "country", name)
    for address in dfat_prose.several(row.optional("Address")):
        about.address(address)
    if is_person:
        about.say("notes", row.optional("IMO Number"))
    else:
        about.identify("imoNumber", row.optional("IMO Number"))
    _remarks(about, row.optional("Additional Information"))
    about.on("modifiedAt", row.parse("Control Date", dfat_prose.day))


def _remarks(about: About, text: str) -> None:
    about.say("notes", text)
    if own := re.match(
        r"\(?([A-Z]{2}[ei]\.\d{3})\b", text
    ):  # the UN's number, where the text begins with the entry's own
        about.say("unscId", own[1])


def _measures_of(row: Record) -> dict[str, bool]:
    """Take which measures the row names; before November 2025 the list was one of targeted financial sanctions."""
    if not row.has(FINANCIAL):
        return {FINANCIAL: True}
    flags: dict[str, bool] = {}
    for name in (FINANCIAL, TRAVEL, ARMS, MARITIME):
        text = row.optional(name).lower()
        if text and text not in YES_OR_NO:
            row.odd(name, text)
        flags[name] = YES_OR_NO.get(text, False)
    return flags


def _designated(reference: str, programme: str, parts: list[tuple[Record, dict[str, bool]]]) -> Designated:
    accounts = [row.optional("Listing Information") for row, _ in parts]
    instruments = [row.optional("Instrument of Designation") for row, _ in parts]
    told = [dfat_prose.listing(account) for account in accounts]
    if not dfat_law.knows(programme):
        parts[0][0].odd("Committees", programme)
    basis = dict.fromkeys(" ".join(text.split()) for text in (*instruments, *accounts) if text)
    measures = dfat_law.measures(programme, next(filter(None, instruments), ""))
    named = {name for _, flags in parts for name, applies in flags.items() if applies}
    return Designated(
        programme=programme,
        reference=reference,
        legal_basis=tuple(basis),
        listed_on=min((listed for listed, _ in told if listed), default=None),
        amended_on=tuple(sorted({when for _, amended in told for when in amended})),
        measures=tuple(measure for name, several in measures.items() if name in named for measure in several),
    )


def read_flattened(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read a third party's table of names, one row each, without references: for comparison only."""
    for row in tables.records(files["flattened.csv"], FLATTENED):
        about = About(row.label, "LegalEntity")
        about.say("name", row.take("Name"))
        for column, property_ in (("Alias", "alias"), ("Nationality", "country"), ("Designation", "notes")):
            value = row.optional(column)
            if value == "None":  # as the third party writes an empty cell
                continue
            if property_ == "country":
                about.country(property_, value)
            else:
                about.say(property_, value)
        programme = row.take("Sanction Type")
        about.designate(Designated(programme=programme, measures=dfat_law.measures(programme)[FINANCIAL]))
        row.skip("Source")  # "Australia", or a piece of the designation that was cut off
        yield row.finish(about.listed())


REPEATED = ("Norway; Chile", "a) Lot 4, Quay Road, Tromsø b) Calle Falsa 9, Arica", "ZZi.044. Ship's agent.")
LISTING = "Listed on 25 Jan. 2029 (amended on 3 Sep. 2030)"
DECLARATION = "Charter of the United Nations (Sanctions—Quamaria) Regulations 2028"
EXAMPLE: list[list[workbook.Cell]] = [
    [*UNTIL_2025[:4], "Alias Strength", *UNTIL_2025[4:10], "IMO Number", *UNTIL_2025[10:], *COLUMNS[-5:]],
    [9001, "Oleg DRESNOV", "Individual", "Primary Name", "", Shown(date(1962, 8, 24)), "Bergen, Norway", *REPEATED, LISTING, "",
     "9999 (Quamaria)", Shown(date(2031, 4, 14)), DECLARATION, 1, 1, 0, 0],
    ["9001b", "The Ferryman", "Individual", "Alias", "Weak", "Approximately 1963", "Bergen, Norway", *REPEATED, LISTING, "",
     "9999 (Quamaria)", Shown(date(2031, 4, 14)), DECLARATION, 1, 1, 0, 0],
    ["9002", "MV DRESNOVKA", "vessel", "Primary Name", "", "", "", "", "", "", "Autonomous Sanctions (Quamaria) List 2030",
     9999993, "Autonomous (Quamaria)", Shown(date(2031, 5, 1), "mmm-yy"), "", False, False, False, True],
    ["9001a", "Олег ДРЕСНОВ", "Individual", "Original Script", "", Shown(date(1962, 8, 24)), "Bergen, Norway", *REPEATED, LISTING,
     "", "9999 (Quamaria)", Shown(date(2031, 4, 14)), DECLARATION, 1, 1, 0, 0],
]  # fmt: skip
FERRYMAN = Listed(
    reference="9001",
    schema="Person",
    claims=(
        Claim(property="name", value="Oleg DRESNOV"),
        Claim(property="birthDate", value="1962-08-24"),
        Claim(property="birthPlace", value="Bergen, Norway"),
        Claim(property="citizenship", value="no", original="Norway"),
        Claim(property="citizenship", value="cl", original="Chile"),
        Claim(property="address", value="Lot 4, Quay Road, Tromsø"),
        Claim(property="address", value="Calle Falsa 9, Arica"),
        Claim(property="notes", value="ZZi.044. Ship's agent."),
        Claim(property="unscId", value="ZZi.044"),
        Claim(property="modifiedAt", value="2031-04-14"),
        Claim(property="weakAlias", value="The Ferryman"),
        Claim(property="birthDate", value="1963~"),
        Claim(property="alias", value="Олег ДРЕСНОВ", detail={"script": "original"}),
        Claim(property="programme", value="9999 (Quamaria)", about="9999 (Quamaria)"),
        Claim(property="reference", value="9001", about="9999 (Quamaria)"),
        Claim(property="legalBasis", value=DECLARATION, about="9999 (Quamaria)"),
        Claim(property="legalBasis", value=LISTING, about="9999 (Quamaria)"),
        Claim(property="listedOn", value="2029-01-25", about="9999 (Quamaria)"),
        Claim(property="amendedOn", value="2030-09-03", about="9999 (Quamaria)"),
        Claim(
            property="measure",
            value=f'{{"article":"Charter of the United Nations Act 1945; {DECLARATION}",'
            f'"binds":"{dfat_law.BINDS}","kind":"asset_freeze","object":"{dfat_law.DEALING}"}}',
            about="9999 (Quamaria)",
        ),
        Claim(
            property="measure",
            value=f'{{"article":"Charter of the United Nations Act 1945; {DECLARATION}",'
            f'"binds":"{dfat_law.BINDS}","kind":"no_funds","object":"{dfat_law.GIVING}"}}',
            about="9999 (Quamaria)",
        ),
        Claim(
            property="measure",
            value='{"article":"Migration (United Nations Security Council Resolutions) Regulations 2007","binds":"the person",'
            f'"kind":"travel_ban","object":"{dfat_law.JOURNEYS}"}}',
            about="9999 (Quamaria)",
        ),
        Claim(property="topics", value="sanction"),
    ),
)
SHIP = Listed(
    reference="9002",
    schema="Vessel",
    claims=(
        Claim(property="name", value="MV DRESNOVKA"),
        Claim(property="imoNumber", value="9999993", detail={"check_digit": "right"}),
        Claim(property="modifiedAt", value="2031-05"),
        Claim(property="programme", value="Autonomous (Quamaria)", about="Autonomous (Quamaria)"),
        Claim(property="reference", value="9002", about="Autonomous (Quamaria)"),
        Claim(property="legalBasis", value="Autonomous Sanctions (Quamaria) List 2030", about="Autonomous (Quamaria)"),
        Claim(
            property="measure",
            value='{"article":"Autonomous Sanctions Regulations 2011, regs. 8 and 16","binds":"whoever controls the ship",'
            f'"kind":"vessel_port_entry","object":"{dfat_law.PORTS}"}}',
            about="Autonomous (Quamaria)",
        ),
        Claim(property="topics", value="sanction"),
    ),
)

SOURCE = Source(
    id="au_dfat",
    title="Australian Sanctions Consolidated List",
    issuer=Issuer(
        code="AU", name="Australia", authority="Australian Sanctions Office, Department of Foreign Affairs and Trade"
    ),
    homepage="https://www.dfat.gov.au/international-relations/security/sanctions/consolidated-list",
    licence="Creative Commons Attribution 4.0, Department of Foreign Affairs and Trade",
    formats=(
        Format(
            id="xlsx",
            files=(
                File(
                    name="Australian_Sanctions_Consolidated_List.xlsx",
                    url="https://www.dfat.gov.au/sites/default/files/Australian_Sanctions_Consolidated_List.xlsx",
                    recognises=lambda name, start: (
                        start.startswith(xlsx.MAGIC) and name.endswith(".xlsx") and "consolidated" in name
                    ),
                ),
            ),
            read=read,
            head=head,
        ),
        Format(
            id="flattened",
            files=(
                File(
                    name="flattened.csv",
                    recognises=lambda _name, start: start.startswith(",".join(FLATTENED).encode()),
                ),
            ),
            read=read_flattened,
            standing=Standing.DERIVED,
        ),
    ),
    schedule=Every(hours=6, overdue_days=45),
    expect=Expect(designations=(2_500, 8_000), removed_at_once_max=0.03, removed_per_month_max=0.02),
    examples=(
        Example(
            format="xlsx",
            files={"Australian_Sanctions_Consolidated_List.xlsx": workbook.write({SHEET: EXAMPLE})},
            yields=(SHIP, FERRYMAN),
        ),
    ),
)
