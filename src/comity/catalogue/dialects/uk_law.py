"""What the sanctions that British lists name forbid, and by which provision.

The list of the Foreign Office says of each designation which sanctions it carries; the Sanctions and Anti-Money Laundering Act 2018
says which section allows each of them, and the regulations of each regime impose them. Provisions are given where they have been
looked up (https://www.legislation.gov.uk); otherwise the regulations are cited as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, NamedTuple

from comity.model.dates import PartialDate
from comity.model.measure import Measure, MeasureKind

ACT: Final = "Sanctions and Anti-Money Laundering Act 2018"
BINDS: Final = "UK persons anywhere, and anyone in the United Kingdom"
"""Section 21 of the Act."""


class Forbids(NamedTuple):
    """One prohibition that a sanction brings."""

    kind: MeasureKind
    object: str
    section: str
    """Of the Act; or another act with its section."""


FUNDS = "funds and economic resources, which may neither be dealt with nor made available"
ARMS = "military goods and technology, and services related to them"
DIRECTORS = "s. 3A; Company Directors Disqualification Act 1986, s. 11A"
TRANSPORTED = "ships owned, controlled, chartered or operated by the designated person"

SANCTIONS: Final[dict[str, tuple[Forbids, ...]]] = {
    "asset freeze": (Forbids(MeasureKind.ASSET_FREEZE, FUNDS, "s. 3"),),
    "travel ban": (Forbids(MeasureKind.TRAVEL_BAN, "", "s. 4; Immigration Act 1971, s. 8B"),),
    "arms embargo": (Forbids(MeasureKind.ARMS_EMBARGO, ARMS, "s. 5"),),
    "targeted arms embargo": (Forbids(MeasureKind.ARMS_EMBARGO, ARMS, "s. 5"),),
    "director disqualification sanction": (
        Forbids(MeasureKind.DIRECTOR_DISQUALIFICATION, "acting as a director of a company", DIRECTORS),
    ),
    "trust services sanctions": (
        Forbids(MeasureKind.TRUST_SERVICES, "trust services to or for the benefit of the designated person", "s. 3"),
    ),
    "prohibition on correspondent banking relationships and processing payments": (
        Forbids(
            MeasureKind.CORRESPONDENT_ACCOUNT, "correspondent banking relationships and processing payments", "s. 3"
        ),
    ),
    "prohibition on correspondent banking and sterling clearing": (
        Forbids(MeasureKind.CORRESPONDENT_ACCOUNT, "correspondent banking and sterling clearing", "s. 3"),
    ),
    "prohibition on correspondent banking and clearing": (
        Forbids(MeasureKind.CORRESPONDENT_ACCOUNT, "correspondent banking and clearing", "s. 3"),
    ),
    "internet services sanctions": (
        Forbids(MeasureKind.INTERNET_SERVICES, "content, sites and applications of the designated person", "s. 1"),
    ),
    "technical assistance related to aircraft": (
        Forbids(MeasureKind.SERVICES, "technical assistance relating to aircraft or ships", "s. 5"),
    ),
    "transport sanctions": (
        Forbids(MeasureKind.VESSEL_PORT_ENTRY, TRANSPORTED, "s. 7"),
        Forbids(MeasureKind.VESSEL_DEFLAG, TRANSPORTED, "s. 7"),
        Forbids(MeasureKind.VESSEL_IMPOUND, TRANSPORTED, "s. 7"),
        Forbids(MeasureKind.AIRCRAFT, "aircraft owned, chartered or operated by the designated person", "s. 6"),
    ),
    "shipping sanctions": (
        Forbids(MeasureKind.VESSEL_PORT_ENTRY, "the specified ship", "s. 7"),
        Forbids(MeasureKind.VESSEL_DEFLAG, "the specified ship", "s. 7"),
        Forbids(MeasureKind.VESSEL_IMPOUND, "the specified ship", "s. 7"),
    ),
    "prohibition of port entry": (Forbids(MeasureKind.VESSEL_PORT_ENTRY, "", "s. 7"),),
    "de-flag": (Forbids(MeasureKind.VESSEL_DEFLAG, "registration of the ship in the United Kingdom", "s. 7"),),
    "chartering of ships": (Forbids(MeasureKind.VESSEL_SERVICES, "chartering of ships", "s. 7"),),
    "prevention of chartering of ships": (Forbids(MeasureKind.VESSEL_SERVICES, "chartering of ships", "s. 7"),),
    "prevention of chartering of ships and aircraft": (
        Forbids(MeasureKind.VESSEL_SERVICES, "chartering of ships and aircraft", "ss. 6 and 7"),
    ),
    "crew servicing of ships and aircraft": (
        Forbids(MeasureKind.VESSEL_SERVICES, "crew services for ships and aircraft", "ss. 6 and 7"),
    ),
    "prevention of business arrangements": (
        Forbids(MeasureKind.OTHER, "joint ventures and other business arrangements with the designated person", "s. 3"),
    ),
    "closure of representative offices": (
        Forbids(
            MeasureKind.OTHER, "representative offices, branches and subsidiaries of the designated person", "s. 3"
        ),
    ),
}
"""By the name under which the list gives a sanction, in lower case, without the reference to its notes that may follow."""

RUSSIA, NORTH_KOREA, HUMAN_RIGHTS = (
    "The Russia (Sanctions) (EU Exit) Regulations 2019",
    "The Democratic People's Republic of Korea (Sanctions) (EU Exit) Regulations 2019",
    "The Global Human Rights Sanctions Regulations 2020",
)

PROVISIONS: Final[dict[str, dict[str, str]]] = {
    RUSSIA: {
        "asset freeze": "regs. 11 to 15",
        "prohibition on correspondent banking relationships and processing payments": "reg. 17A",
        "prohibition on correspondent banking and sterling clearing": "reg. 17A",
        "prohibition on correspondent banking and clearing": "reg. 17A",
        "trust services sanctions": "reg. 18C",
        "travel ban": "reg. 20",
        "internet services sanctions": "reg. 54A",
    },
    NORTH_KOREA: {
        "asset freeze": "regs. 13 to 17",
        "prohibition of port entry": "reg. 72",
        "de-flag": "reg. 77",
    },
    HUMAN_RIGHTS: {"asset freeze": "regs. 11 to 15"},
}
"""The regulations by which a regime imposes a sanction."""

REGIMES: Final[dict[str, str]] = {
    "Afghanistan": "The Afghanistan (Sanctions) (EU Exit) Regulations 2020",
    "Belarus": "The Republic of Belarus (Sanctions) (EU Exit) Regulations 2019",
    "Bosnia and Herzegovina": "The Bosnia and Herzegovina (Sanctions) (EU Exit) Regulations 2020",
    "Burundi": "The Burundi (Sanctions) Regulations 2021",
    "Central African Republic": "The Central African Republic (Sanctions) (EU Exit) Regulations 2020",
    "Chemical Weapons": "The Chemical Weapons (Sanctions) (EU Exit) Regulations 2019",
    "Counter-Terrorism (Domestic)": "The Counter-Terrorism (Sanctions) (EU Exit) Regulations 2019",
    "Counter-Terrorism (International)": "The Counter-Terrorism (International Sanctions) (EU Exit) Regulations 2019",
    "Cyber": "The Cyber (Sanctions) (EU Exit) Regulations 2020",
    "Democratic People's Republic of Korea": NORTH_KOREA,
    "Democratic Republic of the Congo": "The Democratic Republic of the Congo (Sanctions) (EU Exit) Regulations 2019",
    "Global Anti-Corruption": "The Global Anti-Corruption Sanctions Regulations 2021",
    "Global Human Rights": HUMAN_RIGHTS,
    "Global Irregular Migration": (
        "The Global Irregular Migration and Trafficking in Persons Sanctions Regulations 2025"
    ),
    "Guinea": "The Guinea (Sanctions) (EU Exit) Regulations 2019",
    "Guinea-Bissau": "The Republic of Guinea-Bissau (Sanctions) (EU Exit) Regulations 2019",
    "Haiti": "The Haiti (Sanctions) Regulations 2022",
    "ISIL (Da'esh) and Al-Qaida": (
        "The ISIL (Da'esh) and Al-Qaida (United Nations Sanctions) (EU Exit) Regulations 2019"
    ),
    "Iran": "The Iran (Sanctions) Regulations 2023",
    "Iran (Human Rights)": "The Iran (Sanctions) (Human Rights) (EU Exit) Regulations 2019",
    "Iran (Nuclear)": "The Iran (Sanctions) (Nuclear) (EU Exit) Regulations 2019",
    "Iraq": "The Iraq (Sanctions) (EU Exit) Regulations 2020",
    "Lebanon": "The Lebanon (Sanctions) (EU Exit) Regulations 2020",
    "Lebanon (Assassination of Rafiq Hariri and others)": (
        "The Lebanon (Sanctions) (Assassination of Rafiq Hariri and others) (EU Exit) Regulations 2020"
    ),
    "Libya": "The Libya (Sanctions) (EU Exit) Regulations 2020",
    "Mali": "The Mali (Sanctions) (EU Exit) Regulations 2020",
    "Misappropriation": "The Misappropriation (Sanctions) (EU Exit) Regulations 2020",
    "Myanmar": "The Myanmar (Sanctions) Regulations 2021",
    "Nicaragua": "The Nicaragua (Sanctions) (EU Exit) Regulations 2020",
    "Russia": RUSSIA,
    "Somalia": "The Somalia (Sanctions) (EU Exit) Regulations 2020",
    "South Sudan": "The South Sudan (Sanctions) (EU Exit) Regulations 2019",
    "Sudan": "The Sudan (Sanctions) (EU Exit) Regulations 2020",
    "Syria": "The Syria (Sanctions) (EU Exit) Regulations 2019",
    "Unauthorised Drilling Activities in the Eastern Mediterranean": (
        "The Unauthorised Drilling Activities in the Eastern Mediterranean (Sanctions) (EU Exit) Regulations 2020"
    ),
    "Venezuela": "The Venezuela (Sanctions) (EU Exit) Regulations 2019",
    "Yemen": "The Yemen (Sanctions) (EU Exit) Regulations 2020",
    "Zimbabwe": "The Zimbabwe (Sanctions) (EU Exit) Regulations 2019",
}
"""The regulations of each regime, by the short name that the Treasury gives it."""

_IMPOSED: Final = re.compile(r"\bThe ([A-Za-z ]{8,80}?) (?:was|were) imposed on (\d{2}/\d{2}/\d{4})")


def fold(title: str) -> str:
    """Return the title of regulations, or the name of a regime, as the tables are looked up by, however a list spells it."""
    plain = " ".join(title.replace("\u2019", "'").casefold().split()).removeprefix("the ")
    return plain.replace("al-qaeda", "al-qaida")


TITLES: Final = frozenset(map(fold, REGIMES.values()))
"""Every title that is known, folded."""
_REGIMES: Final = {fold(name): title for name, title in REGIMES.items()}
_PROVISIONS: Final = {fold(title): provisions for title, provisions in PROVISIONS.items()}


def regulations(regime: str) -> str:
    """Return the title of a regime's regulations, or nothing for a regime that is not known."""
    return _REGIMES.get(fold(regime), "")


def sanction(text: str) -> str:
    """Return the name of a sanction as `SANCTIONS` has it: `Transport sanctions: see "Other information"` is one of them."""
    return " ".join(text.partition(":")[0].casefold().split())


def imposed(text: str) -> dict[str, date]:
    """Return since when sanctions apply that were imposed after the designation, where a note says so."""
    return {sanction(name): day for name, on in _IMPOSED.findall(text) if (day := on_day(on).day) is not None}


def on_day(text: str) -> PartialDate:
    """Read a day as British lists write it. Raises `ValueError`."""
    day = datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
    return PartialDate(day, day)


def measures(name: str, title: str, since: Mapping[str, date]) -> tuple[Measure, ...]:
    """Return what a sanction forbids under the regulations of this title; nothing for a name that is not known."""
    provision = _PROVISIONS.get(fold(title), {}).get(name, "")
    cited = f"{title}, {provision}" if provision else title
    return tuple(
        Measure(
            kind=forbids.kind,
            object=forbids.object,
            binds=BINDS,
            since=since.get(name),
            article=f"{cited}; {ACT}, {forbids.section}",
        )
        for forbids in SANCTIONS.get(name, ())
    )
