"""What is asked: a name or a number, and what else is known of its bearer."""

from __future__ import annotations

import re
from typing import Final, NamedTuple, TypeAlias, TypedDict, Unpack

import msgspec

from comity.kit.limits import SEARCH_TEXT_CHARS_MAX
from comity.model import countries
from comity.model.dates import DateMalformed, PartialDate
from comity.model.entity import COUNTRY_PROPERTIES
from comity.model.identifiers import ISSUED_BY_COUNTRY, TYPED
from comity.screening.model.failures import QuestionUnfit

FACTS_MAX: Final = 20
"""Countries, identifiers, addresses and further birth dates of one question, each."""

REFERENCE: Final = "reference"
"""The type of a publisher's own number of an entry: OFAC's `ent_num`, the UN's `REFERENCE_NUMBER`, the UK's unique id."""
GENDERS: Final = ("female", "male", "other")
RELATIONS: Final = COUNTRY_PROPERTIES
"""How somebody can belong to a country; `country` if nothing closer is known."""

NATURES: Final = {
    "Person": frozenset({"person"}),
    "Organization": frozenset({"organisation"}),
    "Company": frozenset({"organisation"}),
    "PublicBody": frozenset({"organisation"}),
    "LegalEntity": frozenset({"person", "organisation"}),
    "Vessel": frozenset({"vessel"}),
    "Airplane": frozenset({"aircraft"}),
}
"""The schemas that may be asked for, and what something of each may be."""

ANYTHING: Final = frozenset().union(*NATURES.values())


def may_be(asked: str, listed: str) -> bool:
    """Whether something listed under one schema may be what is asked for under another; no schema asks for anything."""
    return bool(NATURES.get(asked, ANYTHING) & NATURES.get(listed, ANYTHING))


class Further(TypedDict, total=False):
    """What else may be known of somebody or something."""

    gender: str
    addresses: tuple[str, ...]
    incorporated: str
    built: str
    vessel_type: str
    tonnage: str
    other_birth_dates: tuple[str, ...]


class Question(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="of", tag="name"):
    """Who or what is asked about. What is not known is left empty, and then speaks neither for nor against anybody."""

    text: str
    """A name in any script, or a number: passport, registration, tax or IMO number, BIC, LEI, wallet address."""
    schema: str = ""
    """What it is: one of `NATURES`; empty if that is not known."""
    birth_date: str = ""
    """A day, month, year or span, as `PartialDate` writes it."""
    countries: tuple[str, ...] = ()
    """Two-letter codes in lower case, with the relation before them where it is known: `no`, `nationality:no`, `flag:pa`."""
    identifiers: tuple[str, ...] = ()
    """Further numbers of the same bearer, as `Number` writes them: `4418 20937`, `leiCode:…`, `passportNumber:no:4418 20937`."""
    gender: str = ""
    """One of `GENDERS`."""
    addresses: tuple[str, ...] = ()
    """Each on one line."""
    incorporated: str = ""
    """When an organisation came into being; a `PartialDate`."""
    built: str = ""
    """When a vessel or an aircraft was built; a `PartialDate`."""
    vessel_type: str = ""
    """In words: `crude oil tanker`."""
    tonnage: str = ""
    """Gross or deadweight, in tonnes."""
    other_birth_dates: tuple[str, ...] = ()
    """What records of the same bearer state beside `birth_date`; whichever agrees best with the lists counts."""

    @classmethod
    def of(
        cls,
        text: str,
        schema: str = "",
        birth_date: str = "",
        countries: tuple[str, ...] = (),
        identifiers: tuple[str, ...] = (),
        **more: Unpack[Further],
    ) -> Question:
        """Read a question from what somebody wrote. Raises `QuestionUnfit`."""
        _whole("name", text)
        _whole("identifier", *identifiers)
        _whole("address", *more.get("addresses", ()))
        _whole("vessel_type", more.get("vessel_type", ""))
        return cls(
            text=_text(text),
            schema=_schema(schema),
            birth_date=_date("birth_date", birth_date),
            countries=tuple(_country(one) for one in countries if one.strip()),
            identifiers=tuple(one.strip() for one in identifiers if one.strip()),
            gender=_gender(more.get("gender", "")),
            addresses=tuple(" ".join(one.split()) for one in more.get("addresses", ()) if one.strip()),
            incorporated=_date("incorporated", more.get("incorporated", "")),
            built=_date("built", more.get("built", "")),
            vessel_type=" ".join(more.get("vessel_type", "").split()),
            tonnage=_tonnage(more.get("tonnage", "")),
            other_birth_dates=tuple(
                filter(None, (_date("birth_date", one) for one in more.get("other_birth_dates", ())))
            ),
        )

    @property
    def birth_dates(self) -> tuple[str, ...]:
        """Every birth date that is stated, once."""
        return tuple(dict.fromkeys(one for one in (self.birth_date, *self.other_birth_dates) if one))

    def __post_init__(self) -> None:
        """Refuse what nobody can look for. Raises `QuestionUnfit`."""
        _text(self.text)
        for field, values in (
            ("country", self.countries),
            ("identifier", self.identifiers),
            ("address", self.addresses),
            ("birth_date", self.other_birth_dates),
        ):
            if len(values) > FACTS_MAX:
                raise QuestionUnfit(
                    field,
                    f"A question has {FACTS_MAX} countries, identifiers, addresses and birth dates at most, each.",
                )
            if any(len(one) > SEARCH_TEXT_CHARS_MAX for one in values):
                raise QuestionUnfit(field, f"One value is longer than {SEARCH_TEXT_CHARS_MAX} characters.")


class Number(NamedTuple):
    """A number as it is asked about: with its type and issuing country where they are known."""

    value: str
    property: str = ""
    """A FollowTheMoney property of `TYPED`, or `reference`; empty if the number may be of any type."""
    country: str = ""
    """Of the issuer, for types that countries issue."""

    @classmethod
    def parse(cls, text: str) -> Number:
        """Read `VALUE`, `TYPE:VALUE` or `TYPE:COUNTRY:VALUE`; what does not begin with a type is a value as it stands."""
        property_, colon, rest = text.strip().partition(":")
        if not colon or property_ not in {*TYPED, REFERENCE} or not rest.strip():
            return cls(text.strip())
        country, colon, value = rest.partition(":")
        if colon and property_ in ISSUED_BY_COUNTRY and (code := countries.code(country.strip())) and value.strip():
            return cls(value.strip(), property_, code)
        return cls(rest.strip(), property_)


class Batch(msgspec.Struct, frozen=True, kw_only=True, tag_field="of", tag="file"):
    """A file of names that was asked about; it is kept under its hash."""

    sha256: str
    rows: int


Asked: TypeAlias = Question | Batch


def _text(text: str) -> str:
    found = text.strip()
    if not any(char.isalnum() for char in found):
        raise QuestionUnfit("name", "A name or number has at least one letter or digit.")
    if len(found) > SEARCH_TEXT_CHARS_MAX:
        raise QuestionUnfit("name", f"A name is longer than {SEARCH_TEXT_CHARS_MAX} characters.")
    return found


def _whole(field: str, *values: str) -> None:
    if any("\0" in one for one in values):
        raise QuestionUnfit(field, "A zero (NUL) stands in it, which is no letter of any script.")


def _schema(text: str) -> str:
    found = text.strip()
    if found and found not in NATURES:
        raise QuestionUnfit("schema", f"A schema is one of {', '.join(NATURES)}, or left out.")
    return found


def _date(field: str, text: str) -> str:
    try:
        return str(PartialDate.parse(text)) if text.strip() else ""
    except DateMalformed as error:
        raise QuestionUnfit(field, "A date is a day, a month or a year, as 1971-03-14, 1971-03 or 1971.") from error


def _country(text: str) -> str:
    relation, colon, name = text.strip().rpartition(":")
    code = countries.code(name.strip())
    if code is None or (colon and relation not in RELATIONS):
        raise QuestionUnfit(
            "country",
            "A country is a two-letter code, as in ISO 3166-1, or an English name; before it may stand one of "
            f"{', '.join(RELATIONS)}, and a colon.",
        )
    return f"{relation}:{code}" if colon and relation != "country" else code


def _gender(text: str) -> str:
    found = text.strip().casefold()
    found = {"f": "female", "m": "male"}.get(found, found)
    if found and found not in GENDERS:
        raise QuestionUnfit("gender", f"A gender is one of {', '.join(GENDERS)}, or left out.")
    return found


def _tonnage(text: str) -> str:
    found = re.sub(r"[\s,'\u2019]|t$", "", text.strip())
    if found and not found.isdigit():
        raise QuestionUnfit("tonnage", "A tonnage is a whole number of tonnes.")
    return found
