"""Consolidated list of financial sanctions targets of His Majesty's Treasury (OFSI), closed on 28 January 2026.

Everybody whose assets the United Kingdom froze, as far back as the archives reach; since January 2026 the UK Sanctions List is the
only British list, which repeats the group ID as its OFSI Group ID. One CSV file holds one row per combination of name, birth date
and address; the rows of one target share its Group ID, which is the reference. Two layouts exist: 29 columns, and from February
2022 on 36, which add original scripts, grades of aliases and numbers in columns of their own. The file names the regime only; the
law behind it is in `dialects.ofsi_law`.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time

from comity.catalogue.dialects import gathered, ofsi_entry, ofsi_law, ofsi_prose, uk_law
from comity.catalogue.dialects.uk_details import DETAILS
from comity.lists.model import (
    About,
    Closed,
    Designated,
    Example,
    Expect,
    File,
    Format,
    Head,
    Listed,
    NotThisList,
    Opened,
    Record,
    Source,
    tables,
)
from comity.model.claim import ENTRY, Claim
from comity.model.dates import PartialDate
from comity.model.jurisdiction import Issuer
from comity.model.measure import Measure, MeasureKind

NAME = "ConList.csv"

_NAMES = ("Name 6", "Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Title")
_BORN = ("DOB", "Town of Birth", "Country of Birth", "Nationality")
_ADDRESS = (*ofsi_entry.ADDRESS_LINES, "Post/Zip Code", "Country")
COLUMNS = (
    *_NAMES, *_BORN, "Passport Details", "NI Number", "Position", *_ADDRESS, "Other Information", "Group Type", "Alias Type",
    "Regime", "Listed On", "Last Updated", "Group ID",
)  # fmt: skip
COLUMNS_2022 = (
    *_NAMES, "Name Non-Latin Script", "Non-Latin Script Type", "Non-Latin Script Language", *_BORN, "Passport Number",
    "Passport Details", "National Identification Number", "National Identification Details", "Position", *_ADDRESS,
    "Other Information", "Group Type", "Alias Type", "Alias Quality", "Regime", "Listed On",
    "UK Sanctions List Date Designated", "Last Updated", "Group ID",
)  # fmt: skip

SCHEMATA = {"Individual": "Person", "Entity": "Organization", "Ship": "Vessel"}
ADDED = "Financial sanctions imposed in addition to an asset freeze"
REASONS = "UK Statement of Reasons"
_PUBLISHED = re.compile(r"Last Updated,(\d{2}/\d{2}/\d{4}),*\s*$", re.MULTILINE)
HEAD_BYTES = 200

Printed = Mapping[str, set[str]]
"""At which groups each reference of the United Nations is printed."""


def read(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read the layout of 29 columns."""
    yield from _read(files[NAME], COLUMNS)


def read_2022(files: Mapping[str, Opened]) -> Iterator[Listed]:
    """Read the layout of 36 columns."""
    yield from _read(files[NAME], COLUMNS_2022)


def head(opened: Opened) -> Head:
    """Read when the list was last updated, which is all that the first line says."""
    published = _PUBLISHED.search(opened.head(HEAD_BYTES).decode("cp1252", "replace"))
    day = uk_law.on_day(published[1]).day if published else None
    return Head(published_at=datetime.combine(day, time.min, UTC) if day else None)


def _read(opened: Opened, columns: Sequence[str]) -> Iterator[Listed]:
    published_at, encoding = head(opened).published_at, _encoding(opened)

    def rows() -> Iterator[Record]:
        return tables.records(opened, columns, encoding=encoding, skip_lines=1)

    printed: dict[str, set[str]] = defaultdict(set)

    def group_of(row: Record) -> str:
        group = row.take("Group ID")
        printed[ofsi_prose.un_reference(row.optional("Other Information"))[0]].add(group)
        return group

    for group, entry in gathered.entries(rows, group_of):
        if published_at is None:
            raise NotThisList("the first line does not say when the list was last updated", file=opened.name)
        yield entry.finish(_listed(group, entry, columns, published_at.date(), printed))


def _is_this(start: bytes) -> bool:
    """Return whether a file begins as the list does, in either layout; the list of the Foreign Office begins otherwise."""
    return start.removeprefix(b"\xef\xbb\xbf").startswith(b"Last Updated,")


def _encoding(opened: Opened) -> str:
    """Return how the file is written: once in the encoding of Windows, later in UTF-8 with a mark."""
    try:
        with opened.stream() as stream, io.TextIOWrapper(stream, encoding="utf-8") as text:
            for _ in text:
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _listed(group: str, entry: Record, columns: Sequence[str], published_on: date, printed: Printed) -> Listed:
    rows = ofsi_entry.rows_of(entry, columns)
    about = About(group, _schema(rows, entry))
    ofsi_entry.say(about, rows, entry)
    _un_reference(about, rows, printed)
    about.say("ofsiGroupId", group)
    for (regime,) in ofsi_entry.distinct(rows, "Regime"):
        own = [row for row in rows if row["Regime"] == regime]
        about.designate(_designated(own, entry, published_on))
        if reasons := ofsi_prose.labelled(own[0]["Other Information"]).get(REASONS, ""):
            about.designate(Designated(programme=regime, reasons=(reasons,)), part=DETAILS)
    about.say("topics", "sanction")
    return about.listed()


def _un_reference(about: About, rows: Sequence[ofsi_entry.Row], printed: Printed) -> None:
    """Say the reference of the United Nations, unless other groups have it too or it is of another kind: misprints would join."""
    for (remarks,) in ofsi_entry.distinct(rows, "Other Information"):
        reference, written = ofsi_prose.un_reference(remarks)
        is_of_kind = ofsi_prose.is_person(reference) == (about.schema == "Person")
        if reference and is_of_kind and printed[reference] == {about.reference}:
            about.say("unscId", reference, original=written)


def _schema(rows: Sequence[ofsi_entry.Row], entry: Record) -> str:
    kinds = [kind for (kind,) in ofsi_entry.distinct(rows, "Group Type")]
    if len(kinds) != 1 or kinds[0] not in SCHEMATA:
        entry.odd("Group Type", ", ".join(kinds))
    if any(ofsi_law.is_ship(row["Regime"], row["Other Information"]) for row in rows):
        return "Vessel"
    return SCHEMATA.get(kinds[0] if kinds else "", "LegalEntity")


def _designated(rows: Sequence[ofsi_entry.Row], entry: Record, published_on: date) -> Designated:
    regime, group, remarks = (rows[0][column] for column in ("Regime", "Group ID", "Other Information"))
    measures = ofsi_law.measures(regime, group, remarks, published_on)
    if not measures:
        entry.odd("Regime", regime)
    added, unknown = ofsi_law.added(regime, ofsi_prose.labelled(remarks).get(ADDED, ""))
    for name in unknown:
        entry.odd("Other Information", name)
    basis = ofsi_law.basis(regime, published_on)
    return Designated(
        programme=regime,
        legal_basis=(basis,) if basis else (),
        listed_on=next(iter(ofsi_entry.days(rows, "Listed On", entry)), None),
        amended_on=tuple(ofsi_entry.days(rows, "Last Updated", entry)),
        measures=(*measures, *added),
    )


EXAMPLE = """Last Updated,20/11/2031,,,,,,,,,,,,,,,,,,,,,,,,,,,
Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,DOB,Town of Birth,Country of Birth,Nationality,Passport Details,NI Number,\
Position,Address 1,Address 2,Address 3,Address 4,Address 5,Address 6,Post/Zip Code,Country,Other Information,Group Type,\
Alias Type,Regime,Listed On,Last Updated,Group ID
DRESNOV,Uleg,,,,,,00/00/1972,(1) Skaldvik (2) Måløy,Norway,1) Norwegian 2) Yemeni,Passport no. 441820937 (Norwegian passport),\
,Harbour master,4 Quay Row,,,,,Skaldvik,0150,Norway (since 2009),He owns the ferries. UN Ref YEi.901.,Individual,AKA,\
Russia,14/02/2030,03/05/2031,99001
DRESNOV,Oleg,Varimovich,,,,Dr,14/03/1971,(1) Skaldvik (2) Måløy,Norway,1) Norwegian 2) Yemeni,\
Passport no. 441820937 (Norwegian passport),,Harbour master,4 Quay Row,,,,,Skaldvik,0150,Norway (since 2009),\
He owns the ferries. UN Ref YEi.901.,Individual,Prime Alias,Russia,14/02/2030,03/05/2031,99001
HERON LINES,,,,,,,,,,,,,,,,,,,,,Norway,Once of Skaldvik.,Entity,Prime Alias,Iran,03/05/2031,03/05/2031,99002
HERON FERRIES,,,,,,,,,,,,,,,,,,,,,Norway,Once of Skaldvik.,Entity,FKA,Iran,03/05/2031,03/05/2031,99002
""".encode("cp1252")

EXAMPLE_2022 = """Last Updated,20/11/2031,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,
Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,Non-Latin Script Type,Non-Latin Script Language,DOB,\
Town of Birth,Country of Birth,Nationality,Passport Number,Passport Details,National Identification Number,\
National Identification Details,Position,Address 1,Address 2,Address 3,Address 4,Address 5,Address 6,Post/Zip Code,Country,\
Other Information,Group Type,Alias Type,Alias Quality,Regime,Listed On,UK Sanctions List Date Designated,Last Updated,Group ID
HERON LINES,,,,,,,,,,,,,,,,,,,,,,,,,,Norway,Once of Skaldvik.,Entity,Primary Name,,Iran,03/05/2031,,03/05/2031,99002
HERON FERRIES,,,,,,,,,,,,,,,,,,,,,,,,,,Norway,Once of Skaldvik.,Entity,FKA,,Iran,03/05/2031,,03/05/2031,99002
,,,,,,,Хэрон,Cyrillic,Russian,,,,,,,,,,,,,,,,,Norway,Once of Skaldvik.,Entity,AKA,,Iran,03/05/2031,,03/05/2031,99002
The Heron,,,,,,,,,,,,,,,,,,,,,,,,,,Norway,Once of Skaldvik.,Entity,AKA,Low,Iran,03/05/2031,,03/05/2031,99002
GREY HERON,,,,,,,,,,,,,,,,,,,,,,,,,,,(UK Sanctions List Ref):ZZR9003. (UK Statement of Reasons):She carries oil. \
(IMO number):9074729 (Financial sanctions imposed in addition to an asset freeze):Trust services. Date trust services sanctions \
imposed:21/03/2031.,Ship,Primary Name,,Russia,03/05/2031,14/02/2030,03/05/2031,99003
""".encode("utf-8-sig")

RUSSIA, IRAN = "The Russia (Sanctions) (EU Exit) Regulations 2019", "The Iran (Sanctions) Regulations 2023"
ACT = "Sanctions and Anti-Money Laundering Act 2018"


def _frozen(article: str) -> Measure:
    return Measure(
        kind=MeasureKind.ASSET_FREEZE,
        object="funds and economic resources, which may neither be dealt with nor made available",
        binds=uk_law.BINDS,
        article=f"{article}; {ACT}, s. 3",
    )


PERSON = (
    Claim(property="name", value="Oleg Varimovich DRESNOV"),
    Claim(property="firstName", value="Oleg"),
    Claim(property="secondName", value="Varimovich"),
    Claim(property="lastName", value="DRESNOV"),
    Claim(property="alias", value="Uleg DRESNOV"),
    Claim(
        property="address",
        value="4 Quay Row, Skaldvik, 0150, Norway",
        detail={"country": "no", "postal_code": "0150", "note": "since 2009"},
    ),
    Claim(property="country", value="no", original="Norway"),
    Claim(property="title", value="Dr"),
    Claim(property="position", value="Harbour master"),
    Claim(property="birthDate", value="1971-03-14"),
    Claim(property="birthDate", value="1972"),
    Claim(property="birthPlace", value="Skaldvik, Norway"),
    Claim(property="birthPlace", value="Måløy, Norway"),
    Claim(property="birthCountry", value="no", original="Norway"),
    Claim(property="nationality", value="no", original="Norwegian"),
    Claim(property="nationality", value="ye", original="Yemeni"),
    Claim(
        property="passportNumber",
        value="441820937",
        detail={"country": "no", "kind": "Passport", "note": "Norwegian passport"},
    ),
    Claim(property="notes", value="He owns the ferries. UN Ref YEi.901."),
    Claim(property="unscId", value="YEi.901"),
    Claim(property="ofsiGroupId", value="99001"),
    *Designated(
        programme="Russia",
        legal_basis=(f"{ACT}, s. 1",),
        listed_on=PartialDate.parse("2030-02-14"),
        amended_on=(PartialDate.parse("2031-05-03"),),
        measures=(_frozen(f"{RUSSIA}, regs. 11 to 15"),),
    ).claims(),
    Claim(property="topics", value="sanction"),
)
LINES = (
    Claim(property="name", value="HERON LINES"),
    Claim(property="previousName", value="HERON FERRIES"),
    Claim(property="country", value="no", original="Norway"),
    Claim(property="notes", value="Once of Skaldvik."),
    Claim(property="ofsiGroupId", value="99002"),
    *Designated(
        programme="Iran",
        legal_basis=(f"{ACT}, s. 1",),
        listed_on=PartialDate.parse("2031-05-03"),
        amended_on=(PartialDate.parse("2031-05-03"),),
        measures=(_frozen(IRAN),),
    ).claims(),
    Claim(property="topics", value="sanction"),
)
WEAK = Claim(property="weakAlias", value="The Heron", part=DETAILS)
CYRILLIC = Claim(property="alias", value="Хэрон", part=DETAILS, lang="rus", detail={"script": "Cyrillic"})
SHIP = (
    Claim(property="name", value="GREY HERON"),
    Claim(
        property="notes",
        value="(UK Sanctions List Ref):ZZR9003. (UK Statement of Reasons):She carries oil. (IMO number):9074729 "
        "(Financial sanctions imposed in addition to an asset freeze):Trust services. "
        "Date trust services sanctions imposed:21/03/2031.",
    ),
    Claim(property="imoNumber", value="9074729", detail={"check_digit": "right"}),
    Claim(property="sourceId", value="ZZR9003", part=DETAILS),
    Claim(property="notes", value="designated on the UK Sanctions List: 14/02/2030", part=DETAILS),
    Claim(property="ofsiGroupId", value="99003"),
    *Designated(
        programme="Russia",
        legal_basis=(f"{ACT}, s. 1",),
        listed_on=PartialDate.parse("2031-05-03"),
        amended_on=(PartialDate.parse("2031-05-03"),),
        measures=(
            _frozen(f"{RUSSIA}, regs. 11 to 15"),
            Measure(
                kind=MeasureKind.TRUST_SERVICES,
                object="trust services to or for the benefit of the designated person",
                binds=uk_law.BINDS,
                since=date(2031, 3, 21),
                article=f"{RUSSIA}, reg. 18C; {ACT}, s. 3",
            ),
        ),
    ).claims(),
    *Designated(programme="Russia", reasons=("She carries oil.",)).claims(DETAILS)[1:],
    Claim(property="topics", value="sanction"),
)

SOURCE = Source(
    id="uk_ofsi_conlist",
    title="UK Consolidated List of Financial Sanctions Targets",
    issuer=Issuer(
        code="GB",
        name="United Kingdom",
        authority="HM Treasury, Office of Financial Sanctions Implementation",
    ),
    homepage="https://www.gov.uk/government/publications/financial-sanctions-consolidated-list-of-targets",
    licence="Open Government Licence v3.0",
    formats=(
        Format(
            id="csv_2022",
            files=(
                File(
                    name=NAME,
                    parts=(ENTRY, DETAILS),
                    recognises=lambda _name, start: _is_this(start) and b"Name Non-Latin Script" in start,
                ),
            ),
            read=read_2022,
            head=head,
        ),
        Format(
            id="csv",
            files=(File(name=NAME, recognises=lambda _name, start: _is_this(start) and b"NI Number" in start),),
            read=read,
            head=head,
        ),
    ),
    schedule=Closed(on=date(2026, 1, 28), successor="uk_sanctions_list"),
    expect=Expect(designations=(1_500, 8_000)),
    examples=(
        Example(
            format="csv_2022",
            files={NAME: EXAMPLE_2022},
            yields=(
                Listed(
                    reference="99002", schema="Organization", claims=(LINES[0], WEAK, LINES[1], CYRILLIC, *LINES[2:])
                ),
                Listed(reference="99003", schema="Vessel", claims=SHIP),
            ),
        ),
        Example(
            format="csv",
            files={NAME: EXAMPLE},
            yields=(
                Listed(reference="99001", schema="Person", claims=PERSON),
                Listed(reference="99002", schema="Organization", claims=LINES),
            ),
        ),
    ),
)
