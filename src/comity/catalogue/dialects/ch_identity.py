"""Who a target of the Swiss list is: names in parts with their spelling variants, dates, places, documents.

A name is a sequence of ordered parts; each part may be spelt differently in other languages and scripts, and whole names are built
from the variants of one language and script. An address or place of birth refers to a place, which is kept once with its country.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.model.dates import DateMalformed, PartialDate

if TYPE_CHECKING:
    from comity.lists.model import About, Record

BORN: Final = {"Person": "birthDate", "Organization": "incorporationDate"}
HOME: Final = {"Person": "nationality", "Vessel": "flag"}
NAME_TYPES: Final = {"primary-name": "name", "alias": "alias", "formerly-known-as": "previousName"}
QUALITIES: Final = {"good": "good", "low": "low"}
NAME_PARTS: Final = {
    "family-name": "lastName", "given-name": "firstName", "further-given-name": "secondName", "father-name": "fatherName",
    "grand-father-name": "fatherName", "maiden-name": "lastName", "tribal-name": "lastName", "title": "title",
    "suffix": "nameSuffix", "whole-name": "", "other": "",
}  # fmt: skip
"""Where the parts of a person's name are kept beside the name itself."""
UNUSUAL: Final = frozenset({"grand-father-name", "maiden-name", "tribal-name"})
DOCUMENTS: Final = {"passport": "passportNumber", "diplomatic-passport": "passportNumber"}
"""Types of documents that are passports; every other type is an identity number of its kind."""
CURRENT: Final = {"true": "", "false": "former"}
TERMINOLOGICAL: Final = {
    "alb": "sqi", "arm": "hye", "bur": "mya", "chi": "zho", "cze": "ces", "dut": "nld", "fre": "fra", "geo": "kat", "ger": "deu",
    "gre": "ell", "mac": "mkd", "may": "msa", "per": "fas", "rum": "ron", "slo": "slk",
}  # fmt: skip
"""ISO 639-2 has two codes for some languages; the list prints the bibliographic one."""
VARIANTS_MAX = 16
"""Whole names built from the variants of one name in one script; beyond it each variant is tried once."""


class Place(NamedTuple):
    """A place that addresses refer to."""

    lines: tuple[str, ...]
    country: str


Places = Mapping[str, Place]
NOWHERE: Final = Place((), "")


class Variant(NamedTuple):
    """One other spelling of a part of a name."""

    lang: str
    script: str
    text: str


class Part(NamedTuple):
    """One part of a name, with its other spellings."""

    order: int
    kind: str
    value: str
    variants: tuple[Variant, ...]


def place(record: Record) -> Place:
    """Read a place: its location and area, with their variants."""
    names = ("location", "location-variant", "area", "area-variant")
    return Place(tuple(dict.fromkeys(text for name in names for text in record.texts(name))), country(record))


def country(record: Record) -> str:
    """Take the country's name, or its code where there is no name."""
    element = record.child("country")
    if element is None:
        return ""
    code = element.optional("@iso-code")
    return element.text().strip() or code


def identity(about: About, record: Record, places: Places) -> None:
    """Read one identity of a target; what another than the main one says is marked."""
    record.skip("@ssid")
    other = "" if record.optional("@main") != "false" else "another identity"
    for name in record.children("name"):
        _name(about, name, is_main=not other)
    for date in record.children("day-month-year"):
        _date(about, date, other)
    for birth in record.children("place-of-birth"):
        quality, where = _quality(birth), _where(birth, places)
        about.say("birthPlace", ", ".join((*where.lines, where.country)).strip(", "), identity=other, quality=quality)
        about.country("birthCountry", where.country)
    for nationality in record.children("nationality"):
        nationality.skip("@ssid")
        home = HOME.get(about.schema, "country")
        about.country(home, country(nationality), identity=other, quality=_quality(nationality))
    for address in record.children("address"):
        quality, status = _quality(address), address.choose("@current", CURRENT) or ""
        note, where = "; ".join((*address.texts("remark"), *address.texts("remarks"))), _where(address, places)
        about.address(*where.lines, country=where.country, identity=other, quality=quality, status=status, note=note)
    for document in record.children("identification-document"):
        _document(about, document, places)


def spelt(parts: Sequence[Part], lang: str, script: str) -> Iterator[str]:
    """Build the whole names of one language and script; in Latin letters a part without a variant stays as it is."""
    found = [[one.text for one in part.variants if (one.lang, one.script) == (lang, script)] for part in parts]
    if script in {"", "LATN"}:
        found = [texts or [part.value] for texts, part in zip(found, parts, strict=True)]
    choices = [texts for texts in found if texts]
    count = 1
    for texts in choices:
        count *= len(texts)
    if count <= VARIANTS_MAX:
        yield from (" ".join(each) for each in product(*choices))
        return
    for at, texts in enumerate(choices):
        for text in texts:
            yield " ".join(text if index == at else others[0] for index, others in enumerate(choices))


def _name(about: About, name: Record, *, is_main: bool) -> None:
    name.skip("@ssid")
    kind, is_low = name.choose("@name-type", NAME_TYPES) or "alias", bool(_quality(name))
    kind = "weakAlias" if is_low else "alias" if kind == "name" and not is_main else kind
    lang = _language(name, name.optional("@lang"))
    parts = sorted((_part(element) for element in name.children("name-part")), key=lambda part: part.order)
    named = [part for part in parts if part.kind != "title"]
    about.say(kind, " ".join(part.value for part in named), lang=lang)
    for part in parts:
        property_ = NAME_PARTS.get(part.kind, "")
        if about.schema == "Person" and property_ and not is_low:
            about.say(property_, part.value, kind=part.kind if part.kind in UNUSUAL else "")
    for tongue, script in dict.fromkeys((one.lang, one.script) for part in named for one in part.variants):
        for whole in spelt(named, tongue, script):
            about.say("alias" if kind == "name" else kind, whole, lang=_language(name, tongue), script=script)


def _part(element: Record) -> Part:
    kind = element.take("@name-part-type")
    element.value_in("@name-part-type", kind, NAME_PARTS)
    variants = []
    for variant in element.children("spelling-variant"):
        variant.skip("@spelling-variant-type")  # `not-defined`, or by which rule it was transcribed
        lang, script = variant.optional("@lang"), variant.optional("@script")
        variants.append(Variant(lang, script, " ".join(variant.text().split())))
    return Part(element.parse("@order", int) or 0, kind, element.optional("value"), tuple(variants))


def _language(record: Record, code: str) -> str:
    code = code.lower()
    if code and not re.fullmatch(r"[a-z]{3}", code):
        record.odd("@lang", code)
    return TERMINOLOGICAL.get(code, code)


def _quality(record: Record) -> str:
    """Take the quality of a fact; good is what every fact is supposed to be."""
    return "low" if record.choose("@quality", QUALITIES) == "low" else ""


def _where(record: Record, places: Places) -> Place:
    """Take an address or place, completed by the place that it refers to."""
    record.skip("@ssid")
    number = record.optional("@place-id")
    if number:
        record.value_in("@place-id", number, places)  # an excerpt lacks its places: a person should know
    known = places.get(number, NOWHERE)
    box = record.optional("p-o-box")
    own = [record.optional("c-o"), record.optional("address-details"), box and f"P.O. Box {box}"]
    own += [record.optional(name) for name in ("zip-code", "location", "area")]
    return Place(tuple(filter(None, (*own, *known.lines))), country(record) or known.country)


def _date(about: About, date: Record, other: str) -> None:
    date.skip("@ssid")
    year, month, day = (date.optional(f"@{name}") for name in ("year", "month", "day"))
    calendar, quality = date.optional("@calendar"), _quality(date)
    try:
        when = PartialDate.of(int(year), int(month) if month else None, int(day) if day else None)
    except (DateMalformed, ValueError):
        when = None
    if when is None or calendar not in {"", "Gregorian"}:
        about.say("notes", f"date: {'-'.join(filter(None, (year, month, day)))} {calendar}")
    else:
        about.on(BORN.get(about.schema, "buildDate"), when, identity=other, quality=quality)


def _document(about: About, document: Record, places: Places) -> None:
    document.skip("@ssid")
    kind, issuer, issue = (
        document.optional("@document-type"),
        document.child("issuer"),
        document.child("place-of-issue"),
    )
    code = issuer.optional("@code") if issuer else ""
    where = _where(issue, places) if issue else NOWHERE
    usual = "registrationNumber" if about.schema not in BORN else "idNumber"
    about.identify(
        DOCUMENTS.get(kind, usual) if about.schema == "Person" else usual,
        document.optional("number"),
        country=(issuer.text().strip() if issuer else "") or code,
        kind=kind,
        issued_on=document.optional("date-of-issue"),
        valid_until=document.optional("expiry-date"),
        issued_in=", ".join((*where.lines, where.country)).strip(", "),
        note="; ".join(document.texts("remark")),
    )
