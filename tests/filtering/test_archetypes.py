"""Texts of payments that look like somebody listed and are not, and for each the text that does mean the listed one.

Each line is a false alarm that other filters raise, with the reason why it is one. Its twin is the same text where the listed one
is meant: a filter that finds nothing passes none of these tests.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from comity.filtering.model.verdict import Verdict
from comity.filtering.service import Examiner
from comity.payments.model import FieldKind
from support.paying import names, paid

K = FieldKind
HERON, DRESNOV, BANK, CUBA, IRAN = "Sea Heron", "Oleg Varimovich Dresnov", "Kavrel Maritime Bank", "Cuba", "Iran"


class Archetype(NamedTuple):
    """A false alarm, and its true twin."""

    because: str
    kind: FieldKind
    harmless: str
    twin_kind: FieldKind
    twin: str
    meant: str


A = Archetype
ARCHETYPES = [
    A(
        "a place inside a longer word is not the place",
        K.REMITTANCE,
        "SCUBA GEAR AND TIRANA HOTEL",
        K.REMITTANCE,
        "GEAR FOR CUBA HOTEL",
        CUBA,
    ),
    A("a place inside a word of the address is not the place", K.TOWN, "HAVANOCK", K.TOWN, "HAVANA", CUBA),
    A(
        "a street named after a country",
        K.ADDRESS_LINE,
        "14 CUBA STREET, ZORIA",
        K.ADDRESS_LINE,
        "STREET 14, CUBA",
        CUBA,
    ),
    A(
        "a rum, a brand and not a town",
        K.REMITTANCE,
        "24 BOTTLES HAVANA CLUB",
        K.REMITTANCE,
        "24 BOTTLES FROM HAVANA",
        CUBA,
    ),
    A("a cocktail is not a country", K.REMITTANCE, "BAR TAB 2 CUBA LIBRE", K.REMITTANCE, "BAR TAB CUBA TRIP", CUBA),
    A("a denial of any connection with a country", K.REMITTANCE, "NO IRAN NEXUS", K.REMITTANCE, "GOODS FOR IRAN", IRAN),
    A(
        "a denial in other words",
        K.FREE_TEXT,
        "GOODS ARE NON IRANIAN ORIGIN",
        K.FREE_TEXT,
        "GOODS ARE OF IRANIAN ORIGIN",
        IRAN,
    ),
    A(
        "a denial that sanctions apply",
        K.REMITTANCE,
        "NOT SUBJECT TO IRAN SANCTIONS",
        K.REMITTANCE,
        "SUBJECT TO IRAN SANCTIONS",
        IRAN,
    ),
    A(
        "a general statement on sanctions names nobody",
        K.FREE_TEXT,
        "NOT SUBJECT TO SANCTIONS OR EMBARGO",
        K.FREE_TEXT,
        "EMBARGO GOODS FOR CRIMEA",
        "Crimea and Sevastopol",
    ),
    A("a town of the same name in another country", K.TOWN, "HAVANA", K.TOWN, "HAVANA", CUBA),
    A("a bank's name that holds a country's", K.AGENT_NAME, "CUBA HARBOUR SAVINGS BANK", K.COUNTRY, "CU", CUBA),
    A(
        "a street named after a listed person",
        K.REMITTANCE,
        "RENT 14 OLEG DRESNOV STREET",
        K.REMITTANCE,
        "RENT 14 OLEG DRESNOV, FERRY STREET",
        DRESNOV,
    ),
    A("the same, in the street's own field", K.STREET, "OLEG DRESNOV", K.PARTY_NAME, "OLEG DRESNOV", DRESNOV),
    A(
        "the same, in a line that may be a name",
        K.NAME_OR_ADDRESS,
        "RUE OLEG DRESNOV 14",
        K.NAME_OR_ADDRESS,
        "OLEG DRESNOV",
        DRESNOV,
    ),
    A(
        "a school named after a listed person",
        K.REMITTANCE,
        "FEES OLEG DRESNOV SCHOOL",
        K.REMITTANCE,
        "FEES OLEG DRESNOV",
        DRESNOV,
    ),
    A("a code of another bank that begins alike", K.BIC, "KVRLQNQN", K.BIC, "KVRLQMQMXXX", BANK),
    A("a bank's code inside a word", K.REMITTANCE, "REF XKVRLQMQMX", K.REMITTANCE, "BIC KVRLQMQM", BANK),
    A("an account that reads like a ship's number", K.ACCOUNT, "9074729", K.REMITTANCE, "IMO 9074729", HERON),
    A(
        "an invoice that reads like a ship's number",
        K.REMITTANCE,
        "INVOICE 9074729",
        K.REMITTANCE,
        "INVOICE FOR IMO 9074729",
        HERON,
    ),
    A("a telephone that reads like a ship's number", K.CONTACT, "9074729", K.FREE_TEXT, "SHIP IMO: 9074729", HERON),
    A(
        "an invoice that reads like a passport",
        K.REMITTANCE,
        "INVOICE 4418 20937",
        K.NATIONAL_ID,
        "4418 20937",
        DRESNOV,
    ),
    A(
        "a customer's own number that reads like a passport",
        K.NATIONAL_ID,
        "441820937",
        K.NATIONAL_ID,
        "441820937",
        DRESNOV,
    ),
    A(
        "a sender's reference is nobody's number",
        K.REFERENCE,
        "4418-20937",
        K.REMITTANCE,
        "PASSPORT 4418-20937",
        DRESNOV,
    ),
    A("a sender's reference is no name", K.REFERENCE, "OLEG DRESNOV", K.ACCOUNT_NAME, "OLEG DRESNOV", DRESNOV),
    A("an account that reads like a tax number", K.ACCOUNT, "7700118822", K.REMITTANCE, "INN 7700118822", DRESNOV),
    A(
        "a ship's name that is a common word",
        K.REMITTANCE,
        "GOOD FORTUNE TO YOU ALL",
        K.REMITTANCE,
        "BUNKERS FOR MV FORTUNE",
        "Fortune",
    ),
    A(
        "a ship's name that is a unit of light",
        K.REMITTANCE,
        "LAMPS 800 LUMEN",
        K.REMITTANCE,
        "REPAIR OF THE FERRY LUMEN",
        "Lumen",
    ),
    A("a ship's name within a firm's", K.PARTY_NAME, "FORTUNE", K.PARTY_NAME, "MV FORTUNE", "Fortune"),
    A("a month is nobody's name", K.REMITTANCE, "RENT MAY", K.REMITTANCE, "RENT MAY FOR ILSE VOSK", "Ilse Vosk"),
    A(
        "an everyday word that is somebody's alias",
        K.REMITTANCE,
        "PROGRESS PAYMENT 3",
        K.REMITTANCE,
        "PAYMENT 3 TO PROGRESS JSC",
        "Meridian Falcon Shipping",
    ),
    A(
        "one word of a firm's name",
        K.REMITTANCE,
        "MERIDIAN HOTEL SHIPPING OF LUGGAGE",
        K.REMITTANCE,
        "MERIDIAN FALCON SHIPPING OF LUGGAGE",
        "Meridian Falcon Shipping",
    ),
    A(
        "a firm's legal form and common words",
        K.REMITTANCE,
        "TRADING COMPANY LIMITED",
        K.REMITTANCE,
        "NORDHAVN TRADING LIMITED",
        "Nordhavn Trading",
    ),
    A(
        "a given name alone",
        K.REMITTANCE,
        "BIRTHDAY GIFT FOR ILSE",
        K.REMITTANCE,
        "BIRTHDAY GIFT FOR ILSE VOSK",
        "Ilse Vosk",
    ),
    A("a family name alone", K.REMITTANCE, "LOAN DRESNOV", K.REMITTANCE, "LOAN DRESNOV OLEG", DRESNOV),
    A(
        "two words of a name that stand far apart",
        K.REMITTANCE,
        "OLEG PAID THE RENT FOR MRS VARDA DRESNOV",
        K.REMITTANCE,
        "OLEG V. DRESNOV PAID THE RENT",
        DRESNOV,
    ),
    A("initials are anybody's", K.REMITTANCE, "O V D 2031", K.REMITTANCE, "OLEG VARIMOVICH D RESNOV 2031", DRESNOV),
    A(
        "a form of address and a given name",
        K.REMITTANCE,
        "DEAR SHEIKH TALVI",
        K.REMITTANCE,
        "DEAR TALVI OSTRAND",
        "Sheikh Talvi Ostrand",
    ),
    A(
        "a currency and an amount",
        K.REMITTANCE,
        "EURO 9074729 DOLLAR REAL RAND",
        K.REMITTANCE,
        "EURO FOR SEA HERON",
        HERON,
    ),
    A(
        "words of a ship's name in other company",
        K.REMITTANCE,
        "SEA FREIGHT AND HERON STATUE",
        K.REMITTANCE,
        "FREIGHT SEA HERON STATUE",
        HERON,
    ),
    A("a document number of another kind", K.ORGANISATION_ID, "441820937", K.NATIONAL_ID, "441820937", DRESNOV),
    A(
        "a birth date is evidence, and never a question",
        K.BIRTH_DATE,
        "1971-03-14",
        K.PARTY_NAME,
        "DRESNOV OLEG",
        DRESNOV,
    ),
]

WITH: dict[str, tuple[tuple[FieldKind, str], ...]] = {
    "a town of the same name in another country": ((K.COUNTRY, "US"),),
}
"""What else the harmless payment says."""

SCHEMES = {"a customer's own number that reads like a passport": "CUST"}


def examined(examiner: Examiner, kind: FieldKind, text: str, *more: tuple[FieldKind, str], scheme: str = "") -> Verdict:
    return examiner.examine(paid((kind, text, scheme), *more))


def test_there_are_enough() -> None:
    assert len(ARCHETYPES) >= 35


@pytest.mark.parametrize("one", ARCHETYPES, ids=lambda one: one.because.replace(" ", "-"))
def test_a_false_alarm_is_not_raised(examiner: Examiner, one: Archetype) -> None:
    verdict = examined(
        examiner, one.kind, one.harmless, *WITH.get(one.because, ()), scheme=SCHEMES.get(one.because, "")
    )
    assert names(verdict.hits) == []


@pytest.mark.parametrize("one", ARCHETYPES, ids=lambda one: one.because.replace(" ", "-"))
def test_its_true_twin_is(examiner: Examiner, one: Archetype) -> None:
    assert one.meant in names(examined(examiner, one.twin_kind, one.twin).hits)
