"""Reading one row into a customer, or into every reason why it cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from comity.kit.limits import SEARCH_TEXT_CHARS_MAX
from comity.model import countries
from comity.model.dates import DateMalformed
from comity.model.entity import COUNTRY_PROPERTIES, NAME_PROPERTIES
from comity.portfolios.model import dates
from comity.portfolios.model.columns import is_word
from comity.portfolios.model.customer import DATES, ID_CHARS_MAX, NAMES_MAX, NUMBERS, SCHEMAS, VALUES_MAX, Customer
from comity.portfolios.model.headings import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from comity.portfolios.model.columns import Mapping as Columns
    from comity.portfolios.model.dates import DateOrder

NAME_PARTS: Final = ("firstName", "middleName", "fatherName", "lastName")
GENDERS: Final = {
    "m": "male", "male": "male", "man": "male", "mann": "male", "mannlich": "male", "homme": "male", "h": "male",
    "masculin": "male", "hombre": "male", "masculino": "male", "maschio": "male", "мужской": "male", "муж": "male",
    "м": "male", "ذكر": "male", "男": "male", "f": "female", "female": "female", "woman": "female", "frau": "female",
    "weiblich": "female", "w": "female", "femme": "female", "feminin": "female", "mujer": "female",
    "femenino": "female", "feminino": "female", "femmina": "female", "женский": "female", "жен": "female",
    "ж": "female", "انثى": "female", "أنثى": "female", "女": "female", "other": "other", "x": "other",
    "divers": "other", "d": "other", "autre": "other",
}  # fmt: skip
KINDS: Final = {
    "person": "Person", "individual": "Person", "natural person": "Person", "private": "Person", "p": "Person",
    "naturliche person": "Person", "privatperson": "Person", "privatkunde": "Person", "personne physique": "Person",
    "particulier": "Person", "persona fisica": "Person", "физическое лицо": "Person", "физлицо": "Person",
    "company": "Company", "corporate": "Company", "business": "Company", "firma": "Company", "unternehmen": "Company",
    "juristische person": "Company", "firmenkunde": "Company", "personne morale": "Company", "entreprise": "Company",
    "societe": "Company", "persona juridica": "Company", "empresa": "Company", "persona giuridica": "Company",
    "azienda": "Company", "юридическое лицо": "Company", "юрлицо": "Company", "organization": "Organization",
    "organisation": "Organization", "entity": "LegalEntity", "legal entity": "LegalEntity", "vessel": "Vessel",
    "ship": "Vessel", "schiff": "Vessel", "navire": "Vessel", "aircraft": "Airplane", "airplane": "Airplane",
}  # fmt: skip


class Problem(NamedTuple):
    """A row that cannot be read, and why; it says what sort of value stands there, and never the value."""

    line: int
    column: str
    """As the file calls it."""
    reason: str
    """A stable word: `missing`, `too_long`, `not_a_date`, `ambiguous_date`, …"""
    detail: str
    value_class: str
    """`empty`, `digits`, `letters`, `mixed`, with the number of characters."""


class Row(NamedTuple):
    """A row that can be read."""

    line: int
    customer: Customer


class Reader:
    """Reads rows by one mapping."""

    def __init__(self, mapping: Columns) -> None:
        self._mapping = mapping
        self._columns = {
            target: [name for name, one in mapping.columns.items() if one == target]
            for target in set(mapping.columns.values())
        }

    def read(self, line: int, cells: Mapping[str, str]) -> Row | tuple[Problem, ...]:
        """Return the customer of one row, or what is wrong with it."""
        if any("\0" in cell for cell in cells.values()):
            return (
                Problem(line, "", "broken_row", "A zero (NUL) stands in it, which is no letter of any script.", ""),
            )
        reading = _Reading(line, cells, self._columns, self._mapping)
        customer = reading.customer()
        return Row(line, customer) if customer and not reading.problems else tuple(reading.problems)


class _Reading:
    """One row being read."""

    def __init__(self, line: int, cells: Mapping[str, str], columns: Mapping[str, list[str]], mapping: Columns) -> None:
        self._line, self._cells, self._columns, self._mapping = line, cells, columns, mapping
        self.problems: list[Problem] = []

    def customer(self) -> Customer | None:
        """Return what the row says, as far as it can be read."""
        id_ = self._id()
        schema = self._schema()
        properties = self._names()
        for property_ in self._columns:
            if property_ in DATES:
                properties[property_] = self._each(property_, self._date)
            elif property_ in COUNTRY_PROPERTIES:
                properties[property_] = self._each(property_, self._country)
            elif property_ in NUMBERS or property_ in {"type", "tonnage"}:
                properties[property_] = self._each(property_, self._plain)
        properties["gender"] = self._each("gender", self._gender)
        properties["address"] = self._addresses()
        if not any(properties.get(one) for one in NAME_PROPERTIES):
            self._wrong(self._first("name", *NAME_PARTS), "", "missing", "There is no name.")
        if not id_ or self.problems:
            return None
        known = {name: values for name, values in properties.items() if values}
        return Customer(id=id_, schema=schema, properties=known)

    def _id(self) -> str:
        column = self._first("id")
        text = self._cells.get(column, "").strip()
        if not text:
            self._wrong(column, text, "missing", "There is no id.")
        elif len(text) > ID_CHARS_MAX:
            self._wrong(column, text, "too_long", f"An id has {ID_CHARS_MAX} characters at most.")
        return text

    def _schema(self) -> str:
        column = self._first("schema")
        text = self._cells.get(column, "").strip()
        if not text:
            return self._mapping.schema
        found = text if text in SCHEMAS else KINDS.get(folded(text), "")
        if not found:
            self._wrong(column, text, "unknown_kind", f"What it is, is one of {', '.join(SCHEMAS)}.")
        return found

    def _names(self) -> dict[str, tuple[str, ...]]:
        found = {one: self._each(one, self._name) for one in NAME_PROPERTIES if one in self._columns}
        parts = [value for one in NAME_PARTS for value in self._each(one, self._name)]
        if parts:
            found["name"] = tuple(dict.fromkeys((*found.get("name", ()), " ".join(parts))))
        if sum(map(len, found.values())) > NAMES_MAX:
            self._wrong(self._first("alias", "name"), "", "too_many", f"A customer has {NAMES_MAX} names at most.")
        return found

    def _addresses(self) -> tuple[str, ...]:
        whole = self._each("address", self._plain)
        parts = [value for one in ("street", "postalCode", "city") for value in self._each(one, self._plain)]
        return tuple(dict.fromkeys((*whole, *([", ".join(parts)] if parts else ()))))

    def _each(self, target: str, read: object) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for column in self._columns.get(target, ()):
            cell = self._cells.get(column, "")
            values = cell.split(self._mapping.separator) if self._mapping.separator else [cell]
            for value in values:
                text = " ".join(value.split())
                if text and (said := read(column, text)):  # type: ignore[operator]
                    found[said] = None
        if len(found) > VALUES_MAX:
            self._wrong(self._first(target), "", "too_many", f"There are {VALUES_MAX} values at most.")
        return tuple(found)

    def _name(self, column: str, text: str) -> str:
        if len(text) > SEARCH_TEXT_CHARS_MAX:
            return self._wrong(column, text, "too_long", f"A name has {SEARCH_TEXT_CHARS_MAX} characters at most.")
        if not is_word(text):
            return self._wrong(column, text, "no_letters", "A name has at least one letter or digit.")
        return text

    def _plain(self, column: str, text: str) -> str:
        if len(text) > SEARCH_TEXT_CHARS_MAX:
            return self._wrong(column, text, "too_long", f"A value has {SEARCH_TEXT_CHARS_MAX} characters at most.")
        return text

    def _date(self, column: str, text: str) -> str:
        try:
            return str(dates.read(text, self._mapping.order))
        except DateMalformed:
            order: DateOrder | None = dates.DateOrder.DAY_FIRST
        try:
            dates.read(text, order)
        except DateMalformed:
            return self._wrong(column, text, "not_a_date", "This is no date that can be read: write 1971-03-14.")
        return self._wrong(
            column,
            text,
            "ambiguous_date",
            "Day and month cannot be told apart: say which comes first (--dates day-first or month-first).",
        )

    def _country(self, column: str, text: str) -> str:
        code = countries.code(text)
        return code or self._wrong(column, text, "unknown_country", "A country is an ISO code, or its name.")

    def _gender(self, column: str, text: str) -> str:
        found = GENDERS.get(folded(text), GENDERS.get(text.casefold(), ""))
        return found or self._wrong(column, text, "unknown_gender", "A gender is male, female or other, or left empty.")

    def _first(self, *targets: str) -> str:
        return next((name for one in targets for name in self._columns.get(one, ())), targets[0])

    def _wrong(self, column: str, text: str, reason: str, detail: str) -> str:
        self.problems.append(Problem(self._line, column, reason, detail, value_class(text)))
        return ""


def value_class(text: str) -> str:
    """Return what sort of value stands somewhere, without saying it."""
    if not text.strip():
        return "empty"
    letters, digits = any(map(str.isalpha, text)), any(map(str.isdigit, text))
    sort = "mixed" if letters and digits else "letters" if letters else "digits" if digits else "signs"
    return f"{sort}, {len(text)} characters"


def unique(rows: Iterable[Row | tuple[Problem, ...]], column: str) -> Iterable[Row | tuple[Problem, ...]]:
    """Pass rows on; one whose id was there before is a problem, since nobody could tell which of the two is right."""
    seen: dict[int, int] = {}
    for one in rows:
        if isinstance(one, Row):
            key = hash(one.customer.id)
            if key in seen:
                detail = f"The id stands in line {seen[key]} already."
                yield (Problem(one.line, column, "twice", detail, value_class(one.customer.id)),)
                continue
            seen[key] = one.line
        yield one
