"""The rows of the US Consolidated Screening List, read: those of OFAC's lists, and those of the lists that only name and cite.

A column that a list never fills must stay empty: what it would mean there, nobody has said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from comity.catalogue.dialects import csl_ids, csl_law, ofac_remarks
from comity.catalogue.dialects import us_export_law as law
from comity.catalogue.dialects.csl_law import LISTS, OFAC
from comity.catalogue.dialects.ofac_programmes import PROGRAMMES
from comity.lists.model import About, Designated, Record
from comity.model.dates import PartialDate

SCHEMATA = {"Individual": "Person", "Entity": "Organization", "Vessel": "Vessel", "Aircraft": "Airplane"}
COMPANIES, MENU = "CMIC", "NS-MBS"
"""The list of companies with securities in trade, and the one whose entries say what was picked from a menu."""

KNOWN = {**PROGRAMMES, "MBS": None}
"""Programme codes; `MBS` marks whatever stands on the menu-based list."""

LAWS = {**law.NONPROLIFERATION, "": None}
STANDARD = {"Y": True, "y": True, "N": False}
ACTS = (
    "federal_register_notice",
    "start_date",
    "end_date",
    "standard_order",
    "license_requirement",
    "license_policy",
)
SHIP = {
    "call_sign": "callSign",
    "vessel_type": "type",
    "gross_tonnage": "tonnage",
    "gross_registered_tonnage": "grossRegisteredTonnage",
    "vessel_owner": "owner",
}
PERSON = {"title": "position", "places_of_birth": "birthPlace"}
COUNTRIES = {"citizenships": "citizenship", "nationalities": "nationality", "vessel_flag": "flag"}
FACTS = (*SHIP, *PERSON, *COUNTRIES, "dates_of_birth", "ids")
"""Columns of OFAC's lists only."""

_SANE = re.compile(r"[12]\d{3}-")


def treasury(reference: str, code: str, number: str, rows: list[Record]) -> About:
    """Read the rows that give one entry of one of OFAC's lists; usually there is one."""
    kinds = [row.take("type") for row in rows]
    rows[0].value_in("type", kinds[0], SCHEMATA)
    about = About(reference, "Company" if code == COMPANIES else SCHEMATA.get(kinds[0], "Organization"))
    about.say("ofacUid", number)
    facts = csl_ids.Facts(rows[0], about)
    programmes: dict[str, None] = {}
    for row in rows:
        _names(about, row)
        _addresses(about, row)
        _facts(about, row)
        for item in csl_ids.items(row.optional("ids")):
            facts.say(item)
        about.say("notes", row.optional("remarks"))
        programmes |= dict.fromkeys(_several(row, "programs"))
        _demand_nothing(row, *ACTS)
    for programme in programmes:
        about.say("program", programme)
        rows[0].value_in("programs", programme, KNOWN)
    if len({claim.value for claim in about.listed().claims if claim.property == "name"}) > 1 or len(set(kinds)) > 1:
        rows[0].odd("entity_number", "one number for two entries of a list")
    about.designate(*_listings(code, number, tuple(programmes), facts))
    about.link(facts.wallets())
    return about


def _listings(code: str, number: str, programmes: tuple[str, ...], facts: csl_ids.Facts) -> Iterator[Designated]:
    if code != "SDN":
        dates = facts.named.listed_on((*PROGRAMMES,))
        own = dates if code == MENU else csl_law.own_programmes(code, programmes)
        yield Designated(
            programme=code,
            reference=number,
            authority=OFAC,
            legal_basis=csl_law.basis(code, programmes),
            listed_on=min((dates[programme] for programme in own if programme in dates), default=None),
            measures=csl_law.restricted(code, programmes, facts.named.measures((*PROGRAMMES,))),
        )
        return
    named = facts.named.measures(programmes)
    for programme in programmes:
        known = PROGRAMMES.get(programme)
        yield Designated(
            programme=f"SDN {programme}",
            reference=number,
            authority=OFAC,
            legal_basis=known.basis if known else (),
            measures=csl_law.blocked(programme, programmes, named) if known else (),
        )


def others(reference: str, code: str, rows: list[Record]) -> About:
    """Read the rows of one name on a list of the Departments of Commerce or State, each with its act."""
    about = About(reference, "LegalEntity")
    acts: dict[str, list[Designated]] = {}
    for row in rows:
        _names(about, row)
        _addresses(about, row)
        about.say("notes", row.optional("remarks"))
        laws = _several(row, "programs") or [""]
        designated = _act(about, code, row)
        for name in laws:
            acts.setdefault(name, []).append(designated)
            row.value_in("programs", name, LAWS)
        _demand_nothing(row, "type", *FACTS)
    about.designate(*(_joined(code, name, several) for name, several in acts.items()))
    return about


def _act(about: About, code: str, row: Record) -> Designated:
    requirement, policy = (" ".join(row.optional(f"license_{name}").split()) for name in ("requirement", "policy"))
    start, end = _day(about, row, "start_date"), _day(about, row, "end_date")
    is_standard = row.choose("standard_order", STANDARD) is not False
    measures = {
        "DPL": (law.denial(end.day if end else None, is_standard=is_standard),),
        "EL": (law.entity(requirement, policy),),
        "MEU": (law.military_end_user(requirement, policy),),
        "UVL": law.UNVERIFIED,
        "DTC": law.DEBARRED,
    }
    notice = row.optional("federal_register_notice")
    return Designated(
        programme=code, legal_basis=(notice,) if notice else (), listed_on=start, measures=measures.get(code, ())
    )


def _joined(code: str, name: str, acts: list[Designated]) -> Designated:
    """Return the acts of one programme as one designation: the first day is that of listing, the others amend."""
    days = sorted({act.listed_on for act in acts if act.listed_on})
    measures = (
        law.NONPROLIFERATION.get(name, ()) if name else tuple(measure for act in acts for measure in act.measures)
    )
    return Designated(
        programme=f"{code} {name}".strip(),
        authority=LISTS[code].authority if code in LISTS else "",
        legal_basis=tuple(dict.fromkeys(notice for act in acts for notice in act.legal_basis)),
        listed_on=days[0] if days else None,
        amended_on=tuple(days[1:]),
        measures=tuple({measure.write(): measure for measure in measures}.values()),
    )


def _names(about: About, row: Record) -> None:
    name = row.take("name")
    about.say("name", name)
    if about.schema == "Person" and "," in name:
        last, _, first = name.partition(",")
        about.say("firstName", first)
        about.say("lastName", last)
    for alias in _several(row, "alt_names"):
        about.say("alias", alias.removeprefix("and "))


def _addresses(about: About, row: Record) -> None:
    """Say the addresses, which end with the country's code, or with nothing where the list knows none."""
    for address in _several(row, "addresses"):
        lines, _, last = address.rpartition(", ")
        if re.fullmatch(r"[A-Z]{2}", last):
            about.address(lines, country=last)
        else:
            about.address(address)


def _facts(about: About, row: Record) -> None:
    """Say what the columns for persons and ships hold, or note it where the schema has no place for it."""
    fitting = {"Person": set(PERSON.values()), "Vessel": set(SHIP.values()) - {"owner"}}.get(about.schema, set())
    for column, property_ in {**SHIP, **PERSON}.items():
        for value in _several(row, column):
            if property_ in fitting:
                about.say(property_, value)
            else:
                about.say("notes", f"{property_}: {value}")
    for column, property_ in COUNTRIES.items():
        for country in _several(row, column):
            about.country(property_ if about.schema == "Person" or property_ == "flag" else "country", country)
    for when in row.parse("dates_of_birth", lambda cell: [_birth(text) for text in _items(cell)]) or []:
        about.on("birthDate", when)


def _birth(text: str) -> PartialDate:
    return ofac_remarks.date(text) or PartialDate.parse(text)


def _day(about: About, row: Record, column: str) -> PartialDate | None:
    """Take a day; one of the year 0017, which the list does print, is kept as a note."""
    when = row.parse(column, lambda text: PartialDate.parse(text) if _SANE.match(text) else text)
    if isinstance(when, str):
        about.say("notes", f"{column}: {when}")
        return None
    return when


def _several(row: Record, column: str) -> list[str]:
    return _items(row.optional(column))


def _items(cell: str) -> list[str]:
    return [text for text in re.split(r";\s+|;$", cell) if text]


def _demand_nothing(row: Record, *columns: str) -> None:
    for column in columns:
        if text := row.optional(column):
            row.odd(column, text)
