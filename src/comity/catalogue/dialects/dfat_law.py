"""What an Australian listing forbids: the four measures that the Consolidated List names, under the law of each programme.

Autonomous programmes stand under the Autonomous Sanctions Regulations 2011: designation and declaration in regulations 6 (of a
country) and 6A (thematic), prohibitions in 12, 14, 15 and 16. Resolution 1373 stands under part 4 of the Charter of the United
Nations Act 1945 itself; every other committee of the Security Council under regulations of its own made under that Act, which the
list names as the instrument of designation (https://www.legislation.gov.au/F2011L02673, https://www.legislation.gov.au/C1945A00032).
"""

from __future__ import annotations

import re

from comity.model.measure import Measure, MeasureKind

FINANCIAL, TRAVEL, ARMS, MARITIME = (
    "Targeted Financial Sanction",
    "Travel Ban",
    "Arms Embargo",
    "Maritime Restriction",
)
"""The measures, by the names of the list's columns."""

REGULATIONS, ACT = "Autonomous Sanctions Regulations 2011", "Charter of the United Nations Act 1945"
ENTRY = "Migration (United Nations Security Council Resolutions) Regulations 2007"
BINDS = "persons in Australia, Australian citizens and Australian bodies corporate, wherever they are"
DEALING = "using or dealing with assets that it owns or controls"
GIVING = "making an asset available to it or for its benefit, directly or indirectly"
JOURNEYS = "travel to, entry into and stay in Australia"
WEAPONS = "arms or related matériel, and services for them"
PORTS = (
    "entry of the ship into Australia or an Australian port, and its stay there, against a direction of the Minister"
)
RESTRICTION = "maritime restriction, as the Security Council's resolution and the regulations that apply it state"

_AUTONOMOUS, _TERRORISM, _NATIONS = (
    re.compile(r"Autonomous \(.+\)"),
    re.compile(r"1373\b.*"),
    re.compile(r"\d{3,4}\b.*"),
)


def knows(programme: str) -> bool:
    """Whether a programme stands under one of the two systems; the list names it by its committee or as autonomous."""
    return any(kind.fullmatch(programme) for kind in (_AUTONOMOUS, _NATIONS))


def measures(programme: str, instrument: str = "") -> dict[str, tuple[Measure, ...]]:
    """Return what each of the four measures forbids under a programme, whose instrument the list may name."""
    if _AUTONOMOUS.fullmatch(programme):
        designation = "reg. 6A" if "Thematic" in programme else "reg. 6"
        dealing, giving, travel, arms, ports = (
            f"{REGULATIONS}, {at}" for at in ("reg. 15", "reg. 14", designation, "regs. 4 and 12", "regs. 8 and 16")
        )
        ship = Measure(
            kind=MeasureKind.VESSEL_PORT_ENTRY, object=PORTS, binds="whoever controls the ship", article=ports
        )
    else:
        dealing = giving = arms = ports = "; ".join(filter(None, (ACT, " ".join(instrument.split()))))
        travel = ENTRY
        if _TERRORISM.fullmatch(programme):
            dealing, giving = f"{ACT}, s. 20", f"{ACT}, s. 21"
        ship = Measure(kind=MeasureKind.OTHER, object=RESTRICTION, binds=BINDS, article=ports)
    return {
        FINANCIAL: (
            Measure(kind=MeasureKind.ASSET_FREEZE, object=DEALING, binds=BINDS, article=dealing),
            Measure(kind=MeasureKind.NO_FUNDS, object=GIVING, binds=BINDS, article=giving),
        ),
        TRAVEL: (Measure(kind=MeasureKind.TRAVEL_BAN, object=JOURNEYS, binds="the person", article=travel),),
        ARMS: (Measure(kind=MeasureKind.ARMS_EMBARGO, object=WEAPONS, binds=BINDS, article=arms),),
        MARITIME: (ship,),
    }
