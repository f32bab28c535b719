"""The entries that the tutorial and the pages tell of, written by hand: first and second edition of each regime."""
# ruff: noqa: RUF001 - other scripts, and typographic apostrophes, are meant

from __future__ import annotations

from datetime import date
from typing import Any

Entry = dict[str, Any]

WITHDRAWN_ON = date(2024, 11, 21)
"""The day of Ostravia's broken edition, from which every ship is missing."""

DRESNOV = "Oleg Varimovich Dresnov"
ORIGINAL = {"name": "Олег Варимович Дреснов", "kind": "alias"}
PASSPORT = [{"kind": "passportNumber", "number": "4418 20937", "country": "QO", "calls": "Passport"}]


def _person(reference: str, name: str, more: list[Entry], facts: Entry, designation: Entry, **rest: Any) -> Entry:
    said = {"reference": reference, "schema": "Person", "names": [{"name": name}, *more], "facts": facts}
    return said | rest | {"designations": [designation]}


def _thing(reference: str, schema: str, names: list[str], facts: Entry, designation: Entry, **rest: Any) -> Entry:
    called = [{"name": names[0]}, *({"name": name, "kind": "previousName"} for name in names[1:])]
    return (
        {"reference": reference, "schema": schema, "names": called, "facts": facts}
        | rest
        | {"designations": [designation]}
    )


def _freight(reference: str, programme: str, listed_on: str) -> Entry:
    entry = _thing(
        reference,
        "Company",
        ["Dresnov & Sons Freight"],
        {"incorporationDate": ["2014"], "country": ["QO"], "sector": ["freight"]},
        {"programme": programme, "listed_on": listed_on, "reasons": ["Is controlled by a listed person."]},
    )
    entry["names"].append({"name": "Дреснов и сыновья", "kind": "alias"})
    return entry


def _ship(reference: str, names: list[str], imo: str, designation: Entry, flag: str = "QO") -> Entry:
    number = [{"kind": "imoNumber", "number": imo, "calls": "IMO"}]
    return _thing(
        reference, "Vessel", names, {"flag": [flag], "type": ["Products tanker"]}, designation, identifiers=number
    )


WA = [
    _person(
        "WAi.0417",
        DRESNOV,
        [ORIGINAL, {"name": "أوليغ دريسنوف", "kind": "alias"}],
        {"birthDate": ["1971"], "nationality": ["QO"]},
        {
            "programme": "Straits shipping",
            "listed_on": "2022-03-14",
            "reasons": ["Hides the owners of ships from their flag states."],
        },
    ),
    _freight("WAi.0418", "Straits shipping", "2022-03-14"),
    _ship(
        "WAi.0431",
        ["Corvina Star", "Drezna Nova"],
        "9999814",
        {"programme": "Straits shipping", "listed_on": "2022-09-01"},
    ),
]

_QM_DRESNOV: Entry = {"programme": "Straits shipping", "listed_on": "2022-03-16"}
_QM_REST = [
    _freight("MSL-2022-0062", "Straits shipping", "2022-03-16"),
    _person(
        "MSL-2022-0077",
        "Mira Orsk",
        [],
        {"birthDate": ["1984-07-09"], "nationality": ["QN"], "gender": ["female"]},
        {"programme": "Foreign interference", "listed_on": "2022-11-30"},
    ),
]
QM = (
    [
        _person("MSL-2022-0061", DRESNOV, [], {"birthDate": ["1971"], "nationality": ["QO"]}, _QM_DRESNOV),
        _ship(
            "MSL-2022-0088",
            ["Drezna Nova"],
            "9999814",
            {"programme": "Straits shipping", "listed_on": "2022-09-05"},
            flag="QM",
        ),
        *_QM_REST,
    ],
    [
        _person(
            "MSL-2022-0061",
            DRESNOV,
            [ORIGINAL, {"name": "Oleh Dresnow", "kind": "weakAlias"}],
            {"birthDate": ["1971-03-14"], "birthPlace": ["Kavrel"], "nationality": ["QO"]},
            {**_QM_DRESNOV, "amended_on": ["2024-11-20"]},
            identifiers=PASSPORT,
            wallets=[{"key": "qm1q8zr0f6xk4w2mfict10nal7", "currency": "QMC"}],
        ),
        _ship(
            "MSL-2022-0088",
            ["Drezna Nova"],
            "9999814",
            {
                "programme": "Straits shipping",
                "listed_on": "2022-09-05",
                "delisted_on": "2023-07-09",
                "status": "de-listed",
            },
            flag="QM",
        ),
        _person(
            "MSL-2023-0104",
            "Varim Olegovich Dresnov",
            [{"name": "Варим О. Дреснов", "kind": "alias"}],
            {"birthDate": ["1944-01-02"], "nationality": ["QO"]},
            {"programme": "Straits shipping", "listed_on": "2023-08-30"},
        ),
        *_QM_REST,
    ],
)

_QN_DRESNOV: Entry = {"programme": "Maritime security", "listed_on": "2022-04-04"}
QN = (
    [
        _person("NSR 88/114", "Oleh Dresnov", [], {"birthDate": ["1969/1972"]}, _QN_DRESNOV),
        _freight("NSR 88/115", "Maritime security", "2022-04-04"),
    ],
    [
        _person(
            "NSR 88/114",
            "Oleh Dresnov",
            [],
            {"birthDate": ["1969/1972"]},
            {**_QN_DRESNOV, "delisted_on": "2024-02-02", "status": "repealed", "basis": ["Regulation 12 of 2024"]},
        ),
        _freight("NSR 88/115", "Maritime security", "2022-04-04"),
    ],
)

_QO_REST = [
    _person(
        "3007-2-04",
        "Zorina Kest",
        [],
        {"birthDate": ["1966-05-21"], "nationality": ["QO"], "gender": ["female"]},
        {"programme": "Decree 3007, schedule 2", "listed_on": "2022-06-30"},
    ),
    _person(
        "3007-2-11",
        "Mira Orsk",
        [{"name": "Мира Орск", "kind": "alias"}],
        {"birthDate": ["1959-12-02"], "nationality": ["QO"], "gender": ["female"]},
        {"programme": "Decree 3007, schedule 2", "listed_on": "2023-01-12"},
    ),
    _ship(
        "3007-4-001", ["Halcyon Drift"], "9999993", {"programme": "Decree 3007, schedule 4", "listed_on": "2022-10-10"}
    ),
    _ship(
        "3007-4-002", ["Corvina Star"], "9999814", {"programme": "Decree 3007, schedule 4", "listed_on": "2022-10-10"}
    ),
]
QO = (
    _QO_REST,
    [
        _person(
            "3007-2-19",
            DRESNOV,
            [ORIGINAL],
            {"birthDate": ["1971-03-13"], "nationality": ["QO"]},
            {"programme": "Decree 3007, schedule 2", "listed_on": "2024-11-07"},
            identifiers=PASSPORT,
        ),
        _freight("3007-2-20", "Decree 3007, schedule 2", "2024-11-07"),
        *_QO_REST,
    ],
)

STORY: dict[str, tuple[list[Entry], list[Entry]]] = {"wa": (WA, WA), "qm": QM, "qn": QN, "qo": QO}


def mended(entry: Entry) -> Entry:
    """Return an entry as the broken edition has it: what it rightly changed beside all that it lost."""
    if entry["reference"] == "3007-2-19":
        return entry | {"facts": entry["facts"] | {"birthDate": ["1971-03-14"]}}
    if entry["reference"] == "3007-2-04":
        return entry | {"names": [*entry["names"], {"name": "Зорина Кест", "kind": "weakAlias"}]}
    return entry
