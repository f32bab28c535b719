"""What is asked: a name or a number with what else is known of its bearer, and how much likeness is worth an answer."""

from __future__ import annotations

from typing import Final, TypeAlias

import msgspec

from comity.kit.limits import SEARCH_TEXT_CHARS_MAX
from comity.model import countries
from comity.model.dates import DateMalformed, PartialDate
from comity.screening.model.failures import ProfileUnfit, QuestionUnfit

THRESHOLD_DEFAULT: Final = 0.25
"""About one ordinary name of a hundred is shown at this probability, and ninety-seven of a hundred listed ones written otherwise
(`docs/benchmarks.md`)."""
MATCHES_DEFAULT: Final = 10
MATCHES_MAX: Final = 100
"""Matches in one answer."""

FACTS_MAX: Final = 20
"""Countries, and identifiers, of one question."""

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


class Question(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="of", tag="name"):
    """Who or what is asked about."""

    text: str
    """A name in any script, or a number: passport, registration, tax or IMO number, BIC, LEI, wallet address."""
    schema: str = ""
    """What it is: one of `NATURES`; empty if that is not known."""
    birth_date: str = ""
    """A day, month, year or span, as `PartialDate` writes it."""
    countries: tuple[str, ...] = ()
    """Two-letter codes in lower case."""
    identifiers: tuple[str, ...] = ()
    """Further numbers of the same bearer."""

    @classmethod
    def of(
        cls,
        text: str,
        schema: str = "",
        birth_date: str = "",
        countries: tuple[str, ...] = (),
        identifiers: tuple[str, ...] = (),
    ) -> Question:
        """Read a question from what somebody wrote. Raises `QuestionUnfit`."""
        return cls(
            text=_text(text),
            schema=_schema(schema),
            birth_date=_birth_date(birth_date),
            countries=tuple(_country(one) for one in countries if one.strip()),
            identifiers=tuple(one.strip() for one in identifiers if one.strip()),
        )

    def __post_init__(self) -> None:
        """Refuse what nobody can look for. Raises `QuestionUnfit`."""
        _text(self.text)
        if max(len(self.countries), len(self.identifiers)) > FACTS_MAX:
            raise QuestionUnfit(
                "identifier", f"A question has {FACTS_MAX} countries and {FACTS_MAX} identifiers at most."
            )
        if any(len(one) > SEARCH_TEXT_CHARS_MAX for one in self.identifiers):
            raise QuestionUnfit("identifier", f"An identifier is longer than {SEARCH_TEXT_CHARS_MAX} characters.")


class Batch(msgspec.Struct, frozen=True, kw_only=True, tag_field="of", tag="file"):
    """A file of names that was asked about; it is kept under its hash."""

    sha256: str
    rows: int


Asked: TypeAlias = Question | Batch


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """How much likeness is worth an answer, and how many matches one answer has."""

    threshold: float = THRESHOLD_DEFAULT
    """The least probability of a match."""
    limit: int = MATCHES_DEFAULT
    """Matches at most, the likeliest."""

    def __post_init__(self) -> None:
        """Refuse what is no probability or no number of matches. Raises `ProfileUnfit`."""
        if not 0 <= self.threshold <= 1:
            raise ProfileUnfit("A threshold is a probability: from 0 to 1.")
        if not 1 <= self.limit <= MATCHES_MAX:
            raise ProfileUnfit(f"An answer has between 1 and {MATCHES_MAX} matches.")


def _text(text: str) -> str:
    found = text.strip()
    if not any(char.isalnum() for char in found):
        raise QuestionUnfit("name", "A name or number has at least one letter or digit.")
    if len(found) > SEARCH_TEXT_CHARS_MAX:
        raise QuestionUnfit("name", f"A name is longer than {SEARCH_TEXT_CHARS_MAX} characters.")
    return found


def _schema(text: str) -> str:
    found = text.strip()
    if found and found not in NATURES:
        raise QuestionUnfit("schema", f"A schema is one of {', '.join(NATURES)}, or left out.")
    return found


def _birth_date(text: str) -> str:
    try:
        return str(PartialDate.parse(text)) if text.strip() else ""
    except DateMalformed as error:
        raise QuestionUnfit(
            "birth_date", "A birth date is a day, a month or a year, as 1971-03-14, 1971-03 or 1971."
        ) from error


def _country(text: str) -> str:
    code = countries.code(text.strip())
    if code is None:
        raise QuestionUnfit("country", "A country is a two-letter code, as in ISO 3166-1, or an English name.")
    return code
