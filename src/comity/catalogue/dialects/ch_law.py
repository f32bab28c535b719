"""What the sanctions sets of the Swiss list forbid, by the words of their titles.

Each ordinance under the Embargo Act (SR 946.231) lists its targets in sets, and the set's title names the measure and often the
article: `article 12 -- Restrictions on named individuals and entities`, `Financial measures, annex 2`. The title is therefore the
provision that is cited, with its ordinance; two sets whose titles leave something open are read by the ordinance itself. A title in
which no phrase is known makes the edition wait for a person.
"""

from __future__ import annotations

import re
from typing import Final

from comity.model.measure import Measure, MeasureKind

BINDS: Final = "anyone in Switzerland"
FUNDS: Final = "funds and economic resources"

FREEZE: Final = re.compile(
    r"financial (sanction|measure|restriction)|asset freeze|(freezing|blocking) of (assets|funds)|named individuals and entities"
    r"|finanzsanktion|finanzmassnahm|sperrung|sanctions financi[eè]res|gel des avoirs|blocage|sanzioni finanziarie|blocco"
)
TRAVEL: Final = re.compile(
    r"travel (ban|restriction|sanction)|(entry|admission).{0,20}transit|restrictions on admission|reisesanktion|durchreise"
    r"|sanctions de voyage|interdiction d.entr[eé]e|interdiction de s[eé]jour|sanzioni di viaggio|divieto di entrata"
)
CAPITAL: Final = re.compile(
    r"money and capital market|capital market|geld- und kapitalmarkt|march[eé].{0,12} capitaux|mercato .{0,12}capitali"
)
VESSEL: Final = re.compile(r"vessel|schiff|navire|bateau|nave\b|navi\b")
ARMS: Final = re.compile(r"arms embargo|war material|r[uü]stungsg[uü]ter|mat[eé]riel de guerre|materiale bellico")
DEPOSITS: Final = re.compile(r"deposit|einlagen")
TRANSACTIONS: Final = re.compile(r"transaction|transaktion")
MESSAGING: Final = re.compile(r"(financial |payment )?messaging|swift|zahlungsverkehrs?daten")
GOODS: Final = re.compile(r"export|dual-use|goods and technolog|ausfuhr|doppelt verwendbar|double usage|beni")
RELATIONS: Final = re.compile(r"new business relation|neuer? gesch[aä]ftsbeziehung|nouvelles relations d.affaires")
MEDIA: Final = re.compile(r"broadcast|media (content|outlet)|sendeverbot|diffusion de contenus")

BELARUS: Final = "Ordinance of 16 March 2022 on measures against Belarus (SR 946.231.116.9)"
KOREA: Final = (
    "Ordinance of 18 May 2016 on measures against the Democratic People's Republic of Korea (SR 946.231.127.6)"
)


def measures(ordinance: str, title: str, *, is_person: bool) -> tuple[Measure, ...]:
    """Return what a set forbids; nothing where its title says nothing that is known. Bans on travel touch persons only."""
    words = title.casefold()
    where = f"{ordinance}, {title}"
    found = [
        *(
            (Measure(kind=kind, object=FUNDS, binds=BINDS, article=where) for kind in FROZEN)
            if FREEZE.search(words)
            else ()
        ),
        *(
            (Measure(kind=MeasureKind.TRAVEL_BAN, binds=BINDS, article=where),)
            if is_person and TRAVEL.search(words)
            else ()
        ),
        *(_capital(ordinance, where) if CAPITAL.search(words) else ()),
        *((_vessel(ordinance, title, where),) if VESSEL.search(words) else ()),
        *(
            Measure(kind=kind, object=title, binds=BINDS, article=where)
            for kind, phrase in OTHERS
            if phrase.search(words)
        ),
    ]
    return tuple(found)


def is_known(title: str) -> bool:
    """Whether anything in a set's title tells what it forbids."""
    phrases = (FREEZE, TRAVEL, CAPITAL, VESSEL, *(phrase for _, phrase in OTHERS))
    return any(phrase.search(title.casefold()) for phrase in phrases)


FROZEN: Final = (MeasureKind.ASSET_FREEZE, MeasureKind.NO_FUNDS)
OTHERS: Final = (
    (MeasureKind.ARMS_EMBARGO, ARMS),
    (MeasureKind.LOANS, DEPOSITS),
    (MeasureKind.TRANSACTIONS, TRANSACTIONS),
    (MeasureKind.SERVICES, MESSAGING),
    (MeasureKind.EXPORT, GOODS),
    (MeasureKind.OTHER, RELATIONS),
    (MeasureKind.INTERNET_SERVICES, MEDIA),
)
"""Measures that the title states in words of its own, which are kept as their object."""


def _capital(ordinance: str, where: str) -> tuple[Measure, ...]:
    """Return what touches the capital market: on Belarus beyond 90 days; elsewhere the bounds stand in the ordinance alone."""
    if "belarus" not in ordinance.casefold():
        return (
            Measure(kind=MeasureKind.SECURITIES, object="financial instruments", binds=BINDS, article=where),
            Measure(kind=MeasureKind.LOANS, object="loans", binds=BINDS, article=where),
        )
    bound = {"maturity_days_max": "90"}
    return (
        Measure(
            kind=MeasureKind.SECURITIES,
            object="financial instruments issued after 29 June 2021",
            parameters=bound,
            binds=BINDS,
            article=f"{BELARUS}, Art. 16",
        ),
        Measure(kind=MeasureKind.LOANS, object="loans", parameters=bound, binds=BINDS, article=f"{BELARUS}, Art. 17"),
    )


def _vessel(ordinance: str, title: str, where: str) -> Measure:
    """Return what touches a vessel: those of annex 6 on North Korea are blocked as economic resources (FINMA, 19 May 2016)."""
    if "korea" in ordinance.casefold():
        return Measure(
            kind=MeasureKind.ASSET_FREEZE,
            object="the vessel, as an economic resource",
            binds=BINDS,
            article=f"{KOREA}, annex 6",
        )
    return Measure(kind=MeasureKind.OTHER, object=title, binds=BINDS, article=where)
