"""What came of comparing a fact, as a sentence that a person can read aloud, with who lists it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.dates import DateMalformed, PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.register.model.naming import Said

NUMBERS: Final = {
    "imoNumber": "IMO number", "leiCode": "LEI", "swiftBic": "BIC", "innCode": "INN", "ogrnCode": "OGRN", "isinCode": "ISIN",
    "publicKey": "wallet address", "mmsi": "MMSI", "registrationNumber": "registration number", "taxNumber": "tax number",
    "passportNumber": "passport number", "idNumber": "identity number", "unscId": "UN reference", "ofsiGroupId": "OFSI group",
    "ofacUid": "OFAC number", "euReference": "EU reference", "callSign": "call sign", "serialNumber": "serial number",
    "uscCode": "unified social credit code", "okpoCode": "OKPO", "vatCode": "VAT number", "dunsCode": "D-U-N-S number",
    "bikCode": "BIK", "ibanCode": "IBAN", "reference": "reference",
}  # fmt: skip
"""What a type of number is called."""

DATES: Final = {"birth_date": "birth date", "incorporated": "date of incorporation", "built": "build date"}
RELATIONS: Final = {
    "nationality": "nationality", "citizenship": "citizenship", "jurisdiction": "registration", "flag": "flag",
    "pastFlags": "former flag", "country": "country", "mainCountry": "country", "birthCountry": "country of birth",
}  # fmt: skip

SAYS: Final = {
    "same_day": "{what} {listed} in both",
    "same_month": "{what} {listed} in both, to the month",
    "same_year_only": "{what}: the year agrees, {query} and {listed}",
    "within_span": "{what} {query} lies within {listed}",
    "about_the_same": "{what} {query} agrees with about {listed}",
    "day_and_month_exchanged": "{what}: day and month exchanged, {query} and {listed}",
    "one_digit_off": "{what}: one digit differs, {query} and {listed}",
    "same_year": "{what}: the year agrees, the day differs, {query} and {listed}",
    "near": "{what} differs a little: {query}, listed {listed}",
    "years_apart": "{what} contradicts: {query}, listed {listed}",
    "far_apart": "{what} contradicts: {query}, listed {listed}",
}
MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def of_fact(fact: str, query: str, listed: Said, outcome: str) -> str:
    """Return the sentence for what came of comparing a fact."""
    source = by(listed.regimes)
    if fact in DATES:
        said = SAYS[outcome].format(what=DATES[fact], query=date(query), listed=date(listed.value))
        return said + source
    if fact == "country":
        return _of_country(query, listed, outcome) + source
    if fact == "identifier":
        what = NUMBERS.get(listed.property, listed.property)
        return f"the {what} {query} differs from the listed {listed.value}{source}"
    what = {"vessel_type": "type of vessel", "address": "address", "gender": "gender", "tonnage": "tonnage"}[fact]
    said = {
        "same": "agrees", "same_place": "agrees", "some_words": "agrees in part", "related": "agrees in part",
    }.get(outcome, "differs")  # fmt: skip
    return f"{what} {said}: “{query}”, listed “{listed.value}”{source}"


def of_number(number: Said, property_: str) -> str:
    """Return the sentence for an equal number."""
    issued = f" of {number.country.upper()}" if number.country else ""
    return f"the {NUMBERS.get(property_, property_)} {number.value}{issued} is the same{by(number.regimes)}"


def type_of(sentence: str) -> str:
    """Return the type of number of which a sentence of `of_number` speaks."""
    return next((one for one, name in NUMBERS.items() if sentence.startswith(f"the {name} ")), "")


def of_weak(listed: Said) -> str:
    """Return the sentence for a name that its publishers call weak."""
    return f"“{listed.value}” is listed as a weak alias{by(listed.regimes)}"


def by(regimes: Iterable[str]) -> str:
    """Return who lists a fact, in brackets; nothing where nobody in particular does."""
    named = ", ".join(regimes)
    return f" ({named})" if named else ""


def date(text: str) -> str:
    """Return a date as it is read: `14 Mar 1971`, `Mar 1971`, `1971`, `1969 to 1972`."""
    try:
        found = PartialDate.parse(text)
    except DateMalformed:
        return text
    return " to ".join(map(_part, text.removesuffix("~").split("/"))) if found else text


def _part(text: str) -> str:
    year, *rest = text.strip().split("-")
    month = MONTHS[int(rest[0]) - 1] if rest else ""
    day = str(int(rest[1])) if len(rest) > 1 else ""
    return " ".join(filter(None, (day, month, year)))


def _of_country(query: str, listed: Said, outcome: str) -> str:
    relation, _, code = query.rpartition(":")
    asked, has = RELATIONS.get(relation, "country"), RELATIONS.get(listed.property, "country")
    if outcome.startswith("same"):
        return f"{has} {code.upper()} in both"
    if outcome.startswith("related"):
        return f"{asked} {code.upper()} is the listed {has}"
    return f"{asked} {code.upper()} differs from the listed {has} {listed.value.upper()}"
