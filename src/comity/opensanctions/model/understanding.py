"""What of a client's example can be asked: its names one by one, each with all that is known of the bearer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from comity.model import countries, ftm, identifiers
from comity.model.dates import DateMalformed, PartialDate
from comity.model.entity import COUNTRY_PROPERTIES, DATE_PROPERTIES, NAME_PROPERTIES
from comity.opensanctions.model.schemata import MATCHABLE, THING, kinds
from comity.screening.model.failures import QuestionUnfit
from comity.screening.model.question import FACTS_MAX, GENDERS, NATURES, Further, Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from comity.opensanctions.model.matching import Example

NAMES_MAX: Final = 20
"""Names of one example that are asked about."""

PARTS: Final = ("firstName", "secondName", "middleName", "fatherName", "lastName")
"""Parts of a person's name, in the order in which they make one."""

COUNTRY: Final = "country"
"""The property that says that somebody belongs to a country, and not how."""

UNASKED: Final = frozenset({"programId", "authorityId"})
"""Numbers that are not the bearer's."""


class Understood(NamedTuple):
    """An example as it was understood."""

    schema: str
    properties: dict[str, tuple[str, ...]]
    questions: tuple[Question, ...]
    unfit: str = ""
    """Why nothing is asked."""


def understood(example: Example) -> Understood:
    """Return what can be asked of an example. Raises `SchemaUnknown`.

    Values that are no date or no country in their place are left out, as other servers leave them out; what was taken is in
    `properties`.
    """
    of = kinds(example.schema)
    taken = {name: values for name, given in example.properties.items() if (values := _taken(name, given))}
    asked = example.schema if example.schema in NATURES else ""
    if example.schema != THING and not of & {*MATCHABLE}:
        return Understood(example.schema, taken, (), "Nothing of this schema is looked for by name or number.")
    names = _names(taken)
    numbers = _numbers(taken)
    texts = names or numbers[:1]
    if not texts:
        return Understood(example.schema, taken, (), "There is no name and no number in it.")
    if len(texts) > NAMES_MAX:
        return Understood(example.schema, taken, (), f"There are more than {NAMES_MAX} names in it.")
    try:
        questions = tuple(
            Question.of(
                text,
                asked,
                _first(taken, "birthDate"),
                _countries(taken),
                tuple(one for one in numbers if one != text)[:FACTS_MAX],
                **_further(taken),
            )
            for text in texts
        )
    except QuestionUnfit as unfit:
        return Understood(example.schema, taken, (), unfit.detail)
    return Understood(example.schema, taken, questions)


def _names(taken: Mapping[str, Sequence[str]]) -> list[str]:
    given = [value for name in NAME_PROPERTIES for value in taken.get(name, ())]
    parts = [taken[name][0] for name in PARTS if name in taken]
    return list(dict.fromkeys(given or ([" ".join(parts)] if parts else [])))


def _taken(name: str, given: object) -> tuple[str, ...]:
    values: Iterable[Any] = given if isinstance(given, list | tuple) else (given,)
    texts = (str(one).strip() for one in values if isinstance(one, str | int | float))
    return tuple(dict.fromkeys(form for text in texts if text and (form := _form(name, text))))


def _form(name: str, text: str) -> str:
    """Return a value in its normal form; empty where it is none in its place."""
    if name in COUNTRY_PROPERTIES:
        return countries.code(text) or ""
    if name in DATE_PROPERTIES:
        try:
            return str(PartialDate.parse(text[:10]))
        except DateMalformed:
            return ""
    return text


def _first(taken: Mapping[str, Sequence[str]], *names: str) -> str:
    return next((value for name in names for value in taken.get(name, ())), "")


def _countries(taken: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the countries with how the bearer belongs to each."""
    found = (
        value if name == COUNTRY else f"{name}:{value}" for name in COUNTRY_PROPERTIES for value in taken.get(name, ())
    )
    return tuple(dict.fromkeys(found))[:FACTS_MAX]


def _numbers(taken: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the numbers, each with its type where that is certain: what one list calls a passport another calls an id."""
    certain = identifiers.TYPED - identifiers.ISSUED_BY_COUNTRY
    found = (
        f"{name}:{value}" if name in certain else value
        for name in taken
        if name in (ftm.IDENTIFIERS | identifiers.TYPED) - UNASKED
        for value in taken[name]
    )
    return list(dict.fromkeys(found))


def _further(taken: Mapping[str, Sequence[str]]) -> Further:
    """Return what else is known; a gender or a tonnage that is none in its place is left out."""
    gender, tonnage = _first(taken, "gender").casefold(), _first(taken, "grossRegisteredTonnage", "tonnage")
    return Further(
        gender=gender if gender in GENDERS else "",
        addresses=tuple(taken.get("address", ()))[:FACTS_MAX],
        incorporated=_first(taken, "incorporationDate"),
        built=_first(taken, "buildDate"),
        vessel_type=_first(taken, "type"),
        tonnage=tonnage if tonnage.isdigit() else "",
        other_birth_dates=tuple(taken.get("birthDate", ()))[1:FACTS_MAX],
    )
