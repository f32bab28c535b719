"""What the rows of one entry of the Treasury's list say together: one row stands there per name, birth date and address.

Rows are brought into an order of their own, primary names first, and every value is said once, so that neither their order nor a
repetition changes what is known. Whatever only the layout of 2022 can say (scripts, grades of aliases, labelled remarks) is in a
part of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.catalogue.dialects import gathered, numbered, ofsi_prose, uk_law
from comity.catalogue.dialects.languages import language
from comity.catalogue.dialects.uk_details import DETAILS, GENDERS, day_of_birth
from comity.lists.model import ValueMalformed
from comity.model import countries
from comity.model.claim import ENTRY

if TYPE_CHECKING:
    from comity.lists.model import About, Record
    from comity.model.dates import PartialDate

Row = Mapping[str, str]

NAME_PARTS: Final = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
SPLIT_NAMES: Final = {"Name 1": "firstName", "Name 2": "secondName", "Name 6": "lastName"}
ADDRESS_LINES: Final = tuple(f"Address {number}" for number in range(1, 7))
ALIAS_TYPES: Final = {
    "prime alias": "name",
    "primary name": "name",
    "primary name variation": "alias",
    "aka": "alias",
    "fka": "previousName",
}
QUALITIES: Final = {"": False, "good": False, "good quality": False, "low": True, "low quality": True}
"""Whether an alias of this quality is a weak one."""


class Papers(NamedTuple):
    """Columns that hold documents: the number, and in the layout of 2022 what else is said of it."""

    property: str
    kind: str
    columns: tuple[tuple[str, str], ...]


PAPERS: Final = (
    Papers("passportNumber", "Passport", (("Passport Number", "Passport Details"), ("Passport Details", ""))),
    Papers(
        "idNumber",
        "National identification",
        (("National Identification Number", "National Identification Details"), ("NI Number", "")),
    ),
)

LABELS: Final = {
    "Email address": "email",
    "Phone number": "phone",
    "Type of entity": "legalForm",
    "UK Sanctions List Ref": "sourceId",
    "Website": "website",
}
"""Labels of remarks whose text is the value of a property, on whatever it is said of; all remarks are kept whole besides."""
ONLY_ON: Final = {
    "email": {"Person", "Organization"},
    "legalForm": {"Organization"},
    "phone": {"Person", "Organization"},
    "website": {"Person", "Organization"},
}
"""Schemata that have a property, where not all have it."""

_BRACKETED: Final = re.compile(r"(.+?)\s*\(([^()]*)\)\.?")
_AS_OF: Final = re.compile(r"(.+?)\s+(as (?:of|at) .+)")
_CITIZENSHIP: Final = re.compile(r"(.+?)\s+(?:citizenship|nationality|national)")
_LOST: Final = re.compile(r"revoked|withdrawn|renounced|until", re.IGNORECASE)


def rows_of(entry: Record, columns: Sequence[str]) -> list[Row]:
    """Take every row of an entry, each once, in an order that does not depend on the file's; the raw text follows it."""
    taken = {row.raw: {column: row.optional(column) for column in columns} for row in gathered.rows(entry)}
    entry.raw = "\n".join(sorted(taken))
    kinds = list(ALIAS_TYPES)
    for kind in sorted({row["Alias Type"].casefold() for row in taken.values()} - ALIAS_TYPES.keys()):
        entry.odd("Alias Type", kind)
        kinds.append(kind)
    return sorted(taken.values(), key=lambda row: (kinds.index(row["Alias Type"].casefold()), *row.values()))


def distinct(rows: Sequence[Row], *columns: str) -> Iterator[tuple[str, ...]]:
    """Yield what stands in some columns, each combination once, without the empty one."""
    found = (tuple(row.get(column, "") for column in columns) for row in rows)
    yield from (values for values in dict.fromkeys(found) if any(values))


def days(rows: Sequence[Row], column: str, entry: Record) -> list[PartialDate]:
    """Return the days of a column in their order. Raises `ValueMalformed`."""
    try:
        return sorted(uk_law.on_day(text) for (text,) in distinct(rows, column))
    except ValueError as error:
        raise ValueMalformed(str(error), file=entry.file, record=entry.label, field=column) from error


def say(about: About, rows: Sequence[Row], entry: Record) -> None:
    """Say everything but the designations."""
    _names(about, rows, entry)
    for values in distinct(rows, *ADDRESS_LINES, "Post/Zip Code", "Country"):
        _address(about, values[:-2], values[-2], values[-1])
    if about.schema == "Person":
        _person(about, rows, entry)
    for papers in PAPERS:
        _documents(about, rows, papers)
    for (remarks,) in distinct(rows, "Other Information"):
        about.tell("notes", remarks)
        _remarks(about, remarks, entry)
    for (day,) in distinct(rows, "UK Sanctions List Date Designated"):
        about.say("notes", f"designated on the UK Sanctions List: {day}", part=DETAILS)


def _names(about: About, rows: Sequence[Row], entry: Record) -> None:
    for *names, kind, quality in distinct(rows, *NAME_PARTS, "Alias Type", "Alias Quality"):
        entry.value_in("Alias Quality", quality.casefold(), QUALITIES)
        property_ = ALIAS_TYPES.get(kind.casefold(), "alias")
        is_weak = property_ == "alias" and QUALITIES.get(quality.casefold(), False)
        about.say("weakAlias" if is_weak else property_, " ".join(names), part=DETAILS if is_weak else ENTRY)
        if property_ == "name" and names[0] and about.schema == "Person":
            for part, name in zip(NAME_PARTS, names, strict=True):
                about.say(SPLIT_NAMES.get(part, "middleName"), name)
    columns = ("Name Non-Latin Script", "Non-Latin Script Type", "Non-Latin Script Language")
    for name, script, spoken in distinct(rows, *columns):
        lang = language(spoken)
        about.say("alias", name, part=DETAILS, lang=lang, script=script, language="" if lang else spoken)


def _address(about: About, lines: Sequence[str], code: str, country: str) -> None:
    name, note = _with_note(country)
    if any(lines) or code:
        about.address(*lines, code, country=name, postal_code=code, note=note)
    else:
        _country(about, "country", country)


def _person(about: About, rows: Sequence[Row], entry: Record) -> None:
    for column, property_ in (("Title", "title"), ("Position", "position")):
        for (text,) in distinct(rows, column):
            for value in numbered.values(text):
                about.say(property_, value)
    for (text,) in distinct(rows, "DOB"):
        when = day_of_birth(text)
        about.on("birthDate", when)
        if when is None:
            about.say("notes", f"born: {text}")
            entry.odd("DOB", text)
    for town, country in distinct(rows, "Town of Birth", "Country of Birth"):
        _birth_places(about, numbered.pieces(town), numbered.pieces(country))
    for (text,) in distinct(rows, "Nationality"):
        for value in numbered.values(text):
            _country(about, "nationality", value)


def _birth_places(about: About, towns: Mapping[int, str], lands: Mapping[int, str]) -> None:
    """Say birth places; the numbers of towns and of countries belong together, and a country without a number to every town."""
    for number in sorted({*towns, *lands}):
        land = lands.get(number, lands.get(numbered.ALL, ""))
        if number in towns or numbered.ALL not in lands or not towns:
            about.say("birthPlace", ", ".join(filter(None, (towns.get(number, ""), land))))
    for land in lands.values():
        _country(about, "birthCountry", land)


def _country(about: About, property_: str, text: str) -> None:
    """Say a country with what is said of it besides; as a note if it cannot be told, or if it is a nationality that was lost."""
    name, note = _with_note(text)
    if countries.code(name) is None or _LOST.search(note):
        about.say("notes", f"{property_}: {text}")
    else:
        about.country(property_, name, note=note)


def _with_note(text: str) -> tuple[str, str]:
    """Return a country, and what stands beside it: `Pakistan (as at Apr 2009)`."""
    if countries.code(text) is not None:
        return text, ""
    match = _BRACKETED.fullmatch(text) or _AS_OF.fullmatch(text)
    name, note = match.groups() if match else (text, "")
    citizen = _CITIZENSHIP.fullmatch(name)
    name = citizen[1] if citizen else name
    return (name, note) if countries.code(name) is not None else (text, "")


def _documents(about: About, rows: Sequence[Row], papers: Papers) -> None:
    number_column, details_column = next(pair for pair in papers.columns if pair[0] in rows[0])
    for number, details in distinct(rows, number_column, details_column):
        for document in ofsi_prose.documents(number, details):
            if about.schema != "Person" or not document.number:
                about.say("notes", "; ".join(filter(None, (papers.kind, document.number, document.note))))
                continue
            about.identify(
                papers.property, document.number, country=document.country, kind=papers.kind, note=document.note
            )


def _remarks(about: About, remarks: str, entry: Record) -> None:
    if about.schema == "Vessel":
        for property_, numbers in ofsi_prose.ship_numbers(remarks).items():
            for number in numbers:
                about.identify(property_, number)
    labelled = ofsi_prose.labelled(remarks)
    for label, property_ in LABELS.items():
        if about.schema in ONLY_ON.get(property_, {about.schema}):
            for value in numbered.values(labelled.get(label, "")):
                about.say(property_, value.rstrip("."), part=DETAILS)
    gender = labelled.get("Gender", "").rstrip(".")
    if gender and gender not in GENDERS:
        entry.odd("Other Information (Gender)", gender)
    if about.schema == "Person":
        about.say("gender", GENDERS.get(gender, ""), part=DETAILS)
