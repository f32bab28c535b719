"""The four regimes: when they publish, under what they list, and what each programme forbids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Regime:
    code: str
    editions: tuple[date, date]
    programmes: dict[str, dict[str, Any]]
    persons: tuple[str, ...]
    """Programmes for persons and organisations; the rest are for ships."""
    ships: str
    number: str
    """How references are made, from a year and a number."""
    first_year: int
    """The year in which the list was begun."""


def _programme(basis: str, *measures: dict[str, Any]) -> dict[str, Any]:
    return {"basis": [basis], "measures": list(measures)}


def _freeze(binds: str, article: str, *exceptions: str) -> dict[str, Any]:
    measure = {"kind": "asset_freeze", "object": "funds and economic resources", "binds": binds, "article": article}
    return measure | ({"exceptions": list(exceptions)} if exceptions else {})


def _travel(binds: str, article: str) -> dict[str, Any]:
    return {"kind": "travel_ban", "object": "entry and transit", "binds": binds, "article": article}


WORLD_ASSEMBLY = Regime(
    code="wa",
    editions=(date(2023, 6, 2), date(2024, 11, 18)),
    programmes={
        "Straits shipping": _programme(
            "World Assembly Resolution 41 (2022)",
            _freeze(
                "all members of the World Assembly", "Res. 41 (2022), para. 6", "Basic needs: Res. 41 (2022), para. 8"
            ),
            _travel("all members of the World Assembly", "Res. 41 (2022), para. 7"),
            {
                "kind": "vessel_port_entry",
                "binds": "all members of the World Assembly",
                "article": "Res. 41 (2022), para. 9",
            },
        ),
        "Counter-proliferation": _programme(
            "World Assembly Resolution 52 (2020)",
            _freeze("all members of the World Assembly", "Res. 52 (2020), para. 3"),
            {
                "kind": "export",
                "object": "machine tools of annex B",
                "binds": "all members of the World Assembly",
                "article": "Res. 52 (2020), para. 5",
            },
        ),
    },
    persons=("Straits shipping", "Counter-proliferation"),
    ships="Straits shipping",
    number="WAi.{n:04}",
    first_year=2020,
)

MERIDIA = Regime(
    code="qm",
    editions=(date(2023, 6, 5), date(2024, 11, 20)),
    programmes={
        "Straits shipping": _programme(
            "Straits Shipping Order 2022/17",
            _freeze(
                "persons in Meridia", "Order 2022/17, art. 3", "Wages of crews, until repatriated: General licence 4"
            ),
            _travel("Meridia", "Order 2022/17, art. 5"),
            {"kind": "director_disqualification", "binds": "persons in Meridia", "article": "Order 2022/17, art. 9"},
            {
                "kind": "vessel_services",
                "object": "chartering, crewing, insuring",
                "binds": "persons in Meridia",
                "article": "Order 2022/17, art. 11",
            },
        ),
        "Foreign interference": _programme(
            "Foreign Interference Act, section 12",
            _freeze("persons in Meridia", "Foreign Interference Act, s. 12(1)"),
            {"kind": "procurement", "binds": "public bodies of Meridia", "article": "Foreign Interference Act, s. 14"},
        ),
    },
    persons=("Straits shipping", "Straits shipping", "Foreign interference"),
    ships="Straits shipping",
    number="MSL-{year}-{n:04}",
    first_year=2022,
)

NORLAND = Regime(
    code="qn",
    editions=(date(2023, 6, 1), date(2024, 11, 19)),
    programmes={
        "Maritime security": _programme(
            "Regulation 88 of 2022",
            _freeze("persons and companies of Norland", "Reg. 88, s. 2"),
            _travel("Norland", "Reg. 88, s. 4"),
            {"kind": "vessel_port_entry", "binds": "ports of Norland", "article": "Reg. 88, s. 6"},
        ),
        "Ostravian debt": _programme(
            "Regulation 40 of 2021",
            {
                "kind": "debt",
                "object": "new debt",
                "parameters": {"maturity_days_max": "30"},
                "binds": "banks of Norland",
                "article": "Reg. 40, s. 1",
                "exceptions": ["Wind-down until 1 March 2022: Reg. 40, s. 9"],
            },
            {
                "kind": "transactions",
                "object": "dealings that finance new debt",
                "binds": "banks of Norland",
                "article": "Reg. 40, s. 2",
            },
        ),
    },
    persons=("Maritime security", "Maritime security", "Ostravian debt"),
    ships="Maritime security",
    number="NSR {series}/{n:03}",
    first_year=2021,
)

OSTRAVIA = Regime(
    code="qo",
    editions=(date(2023, 6, 7), date(2024, 11, 20)),
    programmes={
        "Decree 3007, schedule 2": _programme(
            "Decree 3007 of the State Council",
            _freeze("persons in Ostravia", "Decree 3007, sch. 2, para. 1"),
            _travel("Ostravia", "Decree 3007, sch. 2, para. 3"),
        ),
        "Decree 3007, schedule 4": _programme(
            "Decree 3007 of the State Council",
            {"kind": "vessel_port_entry", "binds": "ports of Ostravia", "article": "Decree 3007, sch. 4, para. 1"},
            {
                "kind": "vessel_services",
                "object": "bunkering, pilotage, repair",
                "binds": "persons in Ostravia",
                "article": "Decree 3007, sch. 4, para. 2",
            },
        ),
        "Decree 2855": _programme(
            "Decree 2855 of the State Council",
            {
                "kind": "export",
                "object": "goods of list 7, without a licence",
                "binds": "exporters of Ostravia",
                "article": "Decree 2855, para. 4",
            },
        ),
    },
    persons=("Decree 3007, schedule 2", "Decree 3007, schedule 2", "Decree 2855"),
    ships="Decree 3007, schedule 4",
    number="3007-{schedule}-{n}",
    first_year=2021,
)

ALL = (WORLD_ASSEMBLY, MERIDIA, NORLAND, OSTRAVIA)
