"""The US Consolidated Screening List: thirteen lists of the Departments of Commerce, State and the Treasury in one table.

It repeats other lists and is no regime of its own. Each record names its list (`SDN`, `EL`, `DPL`, …), and OFAC's entries carry
OFAC's number, by which they are joined with OFAC's own lists. Reference: the list's code, then

- for OFAC's lists the entity number: `SSI:99017`;
- for the others, which have no number, the name, folded to lower case without punctuation: `EL:dresnov trading`. The same name in
  several rows is one entity with several addresses. On the lists of persons (`DPL`, `DTC`) the earliest citation of the Federal
  Register follows, because two people may have one name, and an order tells them apart: `DTC:oleg dresnov, 84 FR 99001`.

The column `_id` is no reference: it is OFAC's number, which may stand on several lists, or else a hash of the row, which was SHA-1
in 2022, is SHA-224 or MD5 today, and was absent in 2019. Rows that repeat one another are one record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from comity.catalogue.dialects import csl_rows, federal_register, gathered
from comity.catalogue.dialects import us_export_law as law
from comity.catalogue.dialects.csl_law import LISTS
from comity.catalogue.dialects.ofac_directives import DIRECTIVES
from comity.catalogue.dialects.ofac_programmes import PROGRAMMES
from comity.lists.model import (
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
from comity.model.claim import Claim
from comity.model.jurisdiction import Issuer

if TYPE_CHECKING:
    from comity.model.measure import Measure

COLUMNS_2019 = (
    "source", "entity_number", "type", "programs", "name", "title", "addresses", "federal_register_notice", "start_date",
    "end_date", "standard_order", "license_requirement", "license_policy", "call_sign", "vessel_type", "gross_tonnage",
    "gross_registered_tonnage", "vessel_flag", "vessel_owner", "remarks", "source_list_url", "alt_names", "citizenships",
    "dates_of_birth", "nationalities", "places_of_birth", "source_information_url", "ids",
)  # fmt: skip
COLUMNS = ("_id", *COLUMNS_2019)
BOM = b"\xef\xbb\xbf"
PERSONS = frozenset({"DPL", "DTC"})
"""Lists of people among which a name is not enough."""


def read(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read the table as it has been published since 2021."""
    yield from _entries(files["consolidated.csv"], COLUMNS)


def read_2019(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read the older table, which has no `_id`."""
    yield from _entries(files["csl.csv"], COLUMNS_2019)


def _entries(opened: Opened, columns: tuple[str, ...]) -> Iterator[Listed]:
    for reference, entry in gathered.entries(lambda: tables.records(opened, columns), _reference):
        yield entry.finish(_entry(reference, gathered.rows(entry)))


def _reference(row: Record) -> str:
    code = _code(row)
    if number := row.optional("entity_number"):
        return f"{code}:{number}"
    name = re.sub(r"[\W_]+", " ", row.take("name").casefold()).strip()
    order = federal_register.first(row.optional("federal_register_notice")) if code in PERSONS else ""
    return f"{code}:{name}, {order}" if order else f"{code}:{name}"


def _code(row: Record) -> str:
    """Return the code in brackets: `Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department`."""
    source = row.take("source")
    code = (re.findall(r"\(([^()]+)\)", source) or [source])[0].removesuffix(" List")
    row.value_in("source", code, LISTS)
    return str(code)


def _entry(reference: str, rows: list[Record]) -> Listed:
    code, number = _code(rows[0]), rows[0].optional("entity_number")
    for row in rows:
        row.skip("source", "entity_number")  # the reference
        row.skip("_id")  # the number again, or a hash of the row
        row.skip("source_list_url", "source_information_url")  # one pair of links for each list
    about = csl_rows.treasury(reference, code, number, rows) if number else csl_rows.others(reference, code, rows)
    about.say("topics", LISTS[code].topic if code in LISTS else "sanction")
    return about.listed()


SOURCES = {
    "SDN": "Specially Designated Nationals (SDN) - Treasury Department",
    "SSI": "Sectoral Sanctions Identifications List (SSI) - Treasury Department",
    "CAP": "Capta List (CAP) - Treasury Department",
    "EL": "Entity List (EL) - Bureau of Industry and Security",
    "DPL": "Denied Persons List (DPL) - Bureau of Industry and Security",
}
BANK = {
    "_id": "99020", "entity_number": "99020", "type": "Entity", "programs": "UKRAINE-EO13662; RUSSIA-EO14024",
    "name": "DRESNOV BANK",
    "ids": "NO, 993-66, Registration Number; Subject to Directive 3, Executive Order 13662 Directive Determination -",
}  # fmt: skip
WORKS = {
    "name": "Varimovich Steel Works",
    "license_requirement": "For all items subject to the EAR.  (See §744.11 of the EAR)",
}
ROWS: list[dict[str, str]] = [
    {"source": SOURCES["CAP"], **BANK, "source_list_url": "https://example.org/a"},
    {"source": SOURCES["EL"], **WORKS, "_id": "5e0f" * 10, "addresses": "1 Quay Road, Bergen, NO", "start_date": "2030-03-16",
     "federal_register_notice": "95 FR 99794", "license_policy": "Presumption of denial.",
     "alt_names": "VSW; and Varimovich Group"},
    {"source": SOURCES["CAP"], **BANK, "source_list_url": "https://example.org/b"},
    {"source": SOURCES["SDN"], "_id": "99017", "entity_number": "99017", "type": "Individual", "programs": "SDGT",
     "name": "DRESNOV, Oleg", "title": "Minister of Ferries", "addresses": "Calle Falsa 9, Arica, CL; Tromso",
     "nationalities": "NO", "alt_names": "DRESNOV, Olaf", "dates_of_birth": "1966-02-13; circa 1967",
     "places_of_birth": "Bergen, Norway", "ids": "NO, 2031-01-02, 2021-01-03, X99366, Passport; Male, Gender"},
    {"source": SOURCES["EL"], **WORKS, "_id": "7a1b" * 10, "addresses": "Santiago, CL", "start_date": "0029-11-13",
     "federal_register_notice": "94 FR 99538", "license_policy": "Presumption of denial"},
    {"source": SOURCES["SSI"], **BANK},
    {"source": SOURCES["DPL"], "_id": "9c2d" * 10, "name": "ROSA  FERRYMAN", "addresses": "LAREDO, TX, 78043",
     "federal_register_notice": "96 F.R. 99404 10/7/2031, 95 F.R.99403 3/1/2030", "start_date": "2030-02-26",
     "end_date": "2040-02-26", "standard_order": "Y", "remarks": "FR NOTICE ADDED"},
]  # fmt: skip


def _example(columns: tuple[str, ...]) -> bytes:
    table = [columns, *([row.get(column, "") for column in columns] for row in ROWS)]
    return "".join(f"{tables.write_row(row)}\n" for row in table).encode()


def _facts(about: str, *facts: tuple[str, str], measures: tuple[Measure, ...]) -> tuple[Claim, ...]:
    said = [("programme", about), *facts, *(("measure", measure.write()) for measure in measures)]
    return tuple(Claim(property=name, value=value, about=about) for name, value in said)


def _bank(code: str, basis: tuple[str, ...], measures: tuple[Measure, ...]) -> Listed:
    treasury = (("reference", "99020"), ("authority", "Office of Foreign Assets Control"))
    return Listed(
        reference=f"{code}:99020",
        schema="Organization",
        claims=(
            Claim(property="ofacUid", value="99020"),
            Claim(property="name", value="DRESNOV BANK"),
            Claim(
                property="registrationNumber",
                value="993-66",
                detail={"country": "no", "kind": "Registration Number"},
            ),
            Claim(property="notes", value="Executive Order 13662 Directive Determination: Subject to Directive 3"),
            Claim(property="program", value="UKRAINE-EO13662"),
            Claim(property="program", value="RUSSIA-EO14024"),
            *_facts(code, *treasury, *(("legalBasis", text) for text in basis), measures=measures),
            Claim(property="topics", value="sanction"),
        ),
    )


PERSON = Listed(
    reference="SDN:99017",
    schema="Person",
    claims=(
        Claim(property="ofacUid", value="99017"),
        Claim(property="name", value="DRESNOV, Oleg"),
        Claim(property="firstName", value="Oleg"),
        Claim(property="lastName", value="DRESNOV"),
        Claim(property="alias", value="DRESNOV, Olaf"),
        Claim(property="address", value="Calle Falsa 9, Arica, CL", detail={"country": "cl"}),
        Claim(property="country", value="cl", original="CL"),
        Claim(property="address", value="Tromso"),
        Claim(property="position", value="Minister of Ferries"),
        Claim(property="birthPlace", value="Bergen, Norway"),
        Claim(property="nationality", value="no", original="NO"),
        Claim(property="birthDate", value="1966-02-13"),
        Claim(property="birthDate", value="1967~"),
        Claim(
            property="passportNumber",
            value="X99366",
            detail={"country": "no", "kind": "Passport", "expires_on": "2031-01-02", "issued_on": "2021-01-03"},
        ),
        Claim(property="gender", value="male"),
        Claim(property="program", value="SDGT"),
        *_facts(
            "SDN SDGT",
            ("reference", "99017"),
            ("authority", "Office of Foreign Assets Control"),
            ("legalBasis", "E.O. 13224, as amended by E.O. 13886"),
            ("legalBasis", "31 CFR part 594"),
            measures=PROGRAMMES["SDGT"].measures,
        ),
        Claim(property="topics", value="sanction"),
    ),
)
STEEL = Listed(
    reference="EL:varimovich steel works",
    schema="LegalEntity",
    claims=(
        Claim(property="name", value="Varimovich Steel Works"),
        Claim(property="alias", value="VSW"),
        Claim(property="alias", value="Varimovich Group"),
        Claim(property="address", value="1 Quay Road, Bergen, NO", detail={"country": "no"}),
        Claim(property="country", value="no", original="NO"),
        Claim(property="address", value="Santiago, CL", detail={"country": "cl"}),
        Claim(property="country", value="cl", original="CL"),
        Claim(property="notes", value="start_date: 0029-11-13"),
        *_facts(
            "EL",
            ("authority", "Bureau of Industry and Security"),
            ("legalBasis", "95 FR 99794"),
            ("legalBasis", "94 FR 99538"),
            ("listedOn", "2030-03-16"),
            measures=(
                law.entity("For all items subject to the EAR. (See §744.11 of the EAR)", "Presumption of denial."),
                law.entity("For all items subject to the EAR. (See §744.11 of the EAR)", "Presumption of denial"),
            ),
        ),
        Claim(property="topics", value="export.control"),
    ),
)
DENIED = Listed(
    reference="DPL:rosa ferryman, 95 FR 99403",
    schema="LegalEntity",
    claims=(
        Claim(property="name", value="ROSA FERRYMAN"),
        Claim(property="address", value="LAREDO, TX, 78043"),
        Claim(property="notes", value="FR NOTICE ADDED"),
        *_facts(
            "DPL",
            ("authority", "Bureau of Industry and Security"),
            ("legalBasis", "96 F.R. 99404 10/7/2031, 95 F.R.99403 3/1/2030"),
            ("listedOn", "2030-02-26"),
            measures=(law.denial(date(2040, 2, 26), is_standard=True),),
        ),
        Claim(property="topics", value="export.control"),
    ),
)
YIELDS = (
    _bank(
        "CAP",
        ("RUSSIA-EO14024", "E.O. 14024", "31 CFR part 587"),
        DIRECTIVES["EO 14024 Directive 2"].measures,
    ),
    PERSON,
    STEEL,
    _bank(
        "SSI",
        ("UKRAINE-EO13662", "E.O. 13662", "31 CFR part 589"),
        DIRECTIVES["EO 13662 Directive 3"].measures,
    ),
    DENIED,
)

SOURCE = Source(
    id="us_csl",
    title="US Consolidated Screening List",
    issuer=Issuer(code="US", name="United States", authority="International Trade Administration"),
    homepage="https://www.trade.gov/consolidated-screening-list",
    licence="US Government work, public domain in the United States",
    formats=(
        Format(
            id="csv",
            files=(
                File(
                    name="consolidated.csv",
                    url="https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv",
                    recognises=lambda _name, start: start.removeprefix(BOM).startswith(
                        b"_id,source,entity_number,type,"
                    ),
                ),
            ),
            read=read,
        ),
        Format(
            id="csv_2019",
            files=(
                File(
                    name="csl.csv",
                    recognises=lambda _name, start: start.removeprefix(BOM).startswith(b"source,entity_number,type,"),
                ),
            ),
            read=read_2019,
        ),
    ),
    schedule=Every(hours=6, overdue_days=30),
    expect=Expect(designations=(9_000, 80_000), removed_at_once_max=0.05, removed_per_month_max=0.03),
    says="It repeats entries of thirteen other US lists, and forbids nothing that they do not forbid.",
    aggregates=True,
    examples=(
        Example(format="csv", files={"consolidated.csv": _example(COLUMNS)}, yields=YIELDS),
        Example(format="csv_2019", files={"csl.csv": _example(COLUMNS_2019)}, yields=YIELDS),
    ),
)
