"""What a Canadian listing forbids: the regulations of each regime under the Special Economic Measures Act, and their schedules.

Most schedules name persons with whom all dealings are prohibited, which is the Canadian freeze. Three schedules of the regulations
on Russia mean something else: two forbid new long-term debt or shares of companies, one bars ships
(https://laws-lois.justice.gc.ca).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from comity.model.measure import Measure, MeasureKind

BINDS: Final = "persons in Canada and Canadians outside Canada"
ACT: Final = "Special Economic Measures Act, S.C. 1992, c. 17, s. 4(1)"
OFFICIALS_ACT: Final = "Justice for Victims of Corrupt Foreign Officials Act, S.C. 2017, c. 21, s. 4(3)"
IMMIGRATION: Final = "Immigration and Refugee Protection Act, S.C. 2001, c. 27"
INADMISSIBLE_FROM: Final = date(2023, 6, 22)
"""From here everybody listed under the Special Economic Measures Act is inadmissible (S.C. 2023, c. 19)."""

DEALINGS: Final = (
    "property held by or for the person, transactions related to it, goods made available, "
    "and financial or related services to or for the person"
)


class Regime(NamedTuple):
    """One set of regulations."""

    name: str
    """The key of the designation; the regime keeps it when the list renames it."""
    regulations: str
    section: str = "s. 3"
    """Which forbids all dealings."""
    act: str = ACT


def _economic(country: str, number: str = "", section: str = "s. 3", *, name: str = "") -> Regime:
    title = f"Special Economic Measures ({country}) Regulations"
    return Regime(name or country, f"{title}, {number}" if number else title, section)


MYANMAR: Final = _economic("Burma", "SOR/2007-285", name="Myanmar (Burma)")
RUSSIA: Final = _economic("Russia", "SOR/2014-58")
OFFICIALS: Final = Regime(
    "Justice for Victims of Corrupt Foreign Officials",
    "Justice for Victims of Corrupt Foreign Officials Regulations, SOR/2017-233",
    "s. 2",
    OFFICIALS_ACT,
)

REGIMES: Final[dict[str, Regime]] = {
    "belarus": _economic("Belarus", "SOR/2020-214"),
    "burma": MYANMAR,
    "china": _economic("People's Republic of China", "SOR/2021-49", name="China"),
    "extremist settler violence": _economic("Extremist Settler Violence"),
    "guatemala": _economic("Guatemala", "SOR/2024-23"),
    "haiti": _economic("Haiti", "SOR/2022-226"),
    "hamas terrorist attacks": _economic("Hamas Terrorist Attacks", "SOR/2024-17"),
    "iran": _economic("Iran", "SOR/2010-165"),
    "justice for victims of corrupt foreign officials regulations (jvcfor)": OFFICIALS,
    "moldova": _economic("Moldova", "SOR/2023-109"),
    "myanmar": MYANMAR,
    "myanmar (burma)": MYANMAR,
    "nicaragua": _economic("Nicaragua", "SOR/2019-232"),
    "people's republic of china": _economic("People's Republic of China", "SOR/2021-49", name="China"),
    "russia": RUSSIA,
    "south sudan": _economic("South Sudan", "SOR/2014-235"),
    "sri lanka": _economic("Sri Lanka", "SOR/2023-2"),
    "sudan": _economic("Sudan", "SOR/2024-61"),
    "syria": _economic("Syria", "SOR/2011-114"),
    "ukraine": _economic("Ukraine", "SOR/2014-60"),
    "venezuela": _economic("Venezuela", "SOR/2017-204"),
    "zimbabwe": _economic("Zimbabwe", "SOR/2008-248", "s. 6"),
}
"""By the English name that the list gives each regime, folded."""

_RUSSIAN: Final = f"{RUSSIA.regulations}, s. "
SPECIAL: Final[dict[str, tuple[Measure, ...]]] = {
    "1.1": (
        Measure(
            kind=MeasureKind.VESSEL_PORT_ENTRY,
            object="docking in Canada, and passage through Canada",
            binds=BINDS,
            article=f"{_RUSSIAN}3.04(1); {ACT}",
        ),
        Measure(
            kind=MeasureKind.VESSEL_SERVICES,
            object="services for the benefit of the ship",
            binds=BINDS,
            since=date(2025, 6, 13),
            article=f"{_RUSSIAN}3.04(2); {ACT}",
        ),
    ),
    "2": (
        Measure(
            kind=MeasureKind.DEBT,
            object="new debt",
            parameters={"maturity_days_max": "30"},
            binds=BINDS,
            article=f"{_RUSSIAN}3.1(1); {ACT}",
        ),
        Measure(
            kind=MeasureKind.EQUITY,
            object="new securities",
            binds=BINDS,
            article=f"{_RUSSIAN}3.2(1); {ACT}",
        ),
    ),
    "3": (
        Measure(
            kind=MeasureKind.DEBT,
            object="new debt",
            parameters={"maturity_days_max": "90"},
            binds=BINDS,
            article=f"{_RUSSIAN}3.1(1.1); {ACT}",
        ),
    ),
}
"""What the schedules of the regulations on Russia forbid that are no freeze."""

_FREEZING: Final = re.compile(r"(?:1(?:, Part \d(?:\.\d)?)?|Part \d(?:\.\d)?|N/A)?")
TWO_SCHEDULES: Final = frozenset({"Iran", "Myanmar (Burma)", "Syria"})
"""Regimes whose second schedule once named the natural persons."""


def regime(country: str) -> Regime | None:
    """Return the regime that a record belongs to; the list writes its name in English and French (`Russia / Russie`)."""
    english = re.split(r"\s[/|]\s", country)[0]
    return REGIMES.get(" ".join(english.replace("\u2019", "'").casefold().split()))


def programme(of: Regime, schedule: str) -> str:
    """Return the key of a designation: schedules that forbid something of their own are programmes of their own."""
    return f"{of.name}, Schedule {schedule}" if of is RUSSIA and schedule in SPECIAL else of.name


def measures(of: Regime, schedule: str, *, is_person: bool) -> tuple[Measure, ...]:
    """Return what a schedule of a regime forbids; nothing for a schedule that is not known."""
    if of is RUSSIA and schedule in SPECIAL:
        return SPECIAL[schedule]
    if _FREEZING.fullmatch(schedule) is None and not (schedule == "2" and of.name in TWO_SCHEDULES):
        return ()
    article = f"{of.regulations}, {of.section}; {of.act}"
    freeze = Measure(kind=MeasureKind.ASSET_FREEZE, object=DEALINGS, binds=BINDS, article=article)
    return (freeze, *_inadmissible(of)) if is_person else (freeze,)


def _inadmissible(of: Regime) -> tuple[Measure, ...]:
    today = Measure(
        kind=MeasureKind.TRAVEL_BAN, binds="Canada", since=INADMISSIBLE_FROM, article=f"{IMMIGRATION}, s. 35.1(1)"
    )
    if of is not OFFICIALS:
        return (today,)
    before = Measure(
        kind=MeasureKind.TRAVEL_BAN, binds="Canada", until=INADMISSIBLE_FROM, article=f"{IMMIGRATION}, s. 35(1)(e)"
    )
    return before, today
