"""Who there is: persons, companies, ships and aircraft, each known to some of the four regimes."""
# ruff: noqa: RUF001 - other scripts, and typographic apostrophes, are meant

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from support.fictional import names
from support.fictional.chance import day, digits, happens, imo, number, pick, wallet

REGIMES = ("wa", "qm", "qn", "qo")
SETS = (
    ("wa",),
    ("wa", "qm"),
    ("wa", "qo"),
    ("wa", "qm", "qn"),
    REGIMES,
    ("qm",),
    ("qo",),
    ("qn",),
    ("qm", "qn"),
    ("qn", "qo"),
    ("qm", "qn", "qo"),
)
PERSONS = 88


@dataclass(frozen=True)
class Being:
    """Somebody or something, as it really is; each list knows some of it."""

    key: str
    schema: str
    name: str
    country: str
    regimes: tuple[str, ...]
    script: str = ""
    """The name in its own script."""
    loose: str = ""
    """The name as another authority spells it."""
    born: date | None = None
    facts: dict[str, str] = field(default_factory=dict)
    numbers: tuple[tuple[str, str, str], ...] = ()
    """Kind, number, what it is called."""
    wallets: tuple[tuple[str, str], ...] = ()


def beings() -> Iterator[Being]:
    for index in range(PERSONS):
        yield _person(f"person {index}")
    for name, country, schema, sector in names.COMPANIES:
        yield _company(name, country, schema, sector)
    for name, kind in names.SHIPS:
        yield _ship(name, kind)
    for name, model in (("Drozhvan air freighter QO-4417", "AN-Q26"), ("Wexgarth jet QM-DRM", "Calder 600")):
        tail = name.rpartition(" ")[2]
        yield Being(
            key=name,
            schema="Airplane",
            name=name,
            country=tail[:2],
            regimes=("qm", "qn"),
            facts={"model": model, "buildDate": "2011"},
            numbers=(
                ("registrationNumber", tail, "Tail number"),
                ("serialNumber", digits(name, 5), "Manufacturer’s number"),
            ),
        )


def _person(key: str) -> Being:
    woman = happens(f"{key} she", 25)
    culture = pick(f"{key} culture", ("QO", "QO", "QO", "QR", "QS", "QM", "QN"))
    name, script, loose = _name(key, culture, woman=woman)
    passport = ("passportNumber", f"{digits(key, 4)} {digits(key + 'b', 5)}", "Passport")
    return Being(
        key=key,
        schema="Person",
        name=name,
        script=script,
        loose=loose,
        country=culture,
        regimes=pick(f"{key} regimes", SETS),
        born=day(f"{key} born", date(1945, 1, 1), date(1994, 12, 31)),
        facts={"gender": "female" if woman else "male", "position": pick(f"{key} position", names.POSITIONS)},
        numbers=(passport,) if happens(f"{key} passport", 75) else (),
        wallets=(("BTC", wallet(f"fictional {key}")),) if happens(f"{key} wallet", 7) else (),
    )


def _name(key: str, culture: str, *, woman: bool) -> tuple[str, str, str]:
    if culture == "QR":
        given, family = pick(f"{key} given", names.QARZADI_GIVEN), pick(f"{key} family", names.QARZADI_FAMILIES)
        return f"{given[0]} {family[0]}", f"{given[1]} {family[1]}", f"{given[2]} {family[2]}"
    if culture == "QS":
        own, house = pick(f"{key} given", names.TUOLAN_GIVEN), pick(f"{key} family", names.TUOLAN_FAMILIES)
        return f"{house[0]} {own[0]}", f"{house[1]}{own[1]}", f"{own[0]} {house[0]}"
    if culture == "QO":
        called = pick(f"{key} given", names.OSTRAVIAN_SHE if woman else names.OSTRAVIAN_HE)
        father = pick(f"{key} father", names.OSTRAVIAN_FATHERS) + ("ovna" if woman else "ovich")
        clan = pick(f"{key} family", names.OSTRAVIAN_FAMILIES)
        whole = f"{called} {father} {clan}"
        return whole, names.cyrillic(whole), f"{called} {clan}".replace("v", "w").replace("zh", "j").replace("Zh", "J")
    first = pick(f"{key} given", names.MERIDIAN_GIVEN)
    middle = pick(f"{key} middle", names.MERIDIAN_GIVEN)
    last = pick(f"{key} family", names.MERIDIAN_FAMILIES)
    return f"{first} {middle} {last}", "", f"{first[0]}. {last}"


def _company(name: str, country: str, schema: str, sector: str) -> Being:
    script = names.HAN.get(name) or names.ARABIC.get(name, "")
    return Being(
        key=name,
        schema=schema,
        name=f"{name} {pick(name, ('Ltd', 'JSC', 'FZE', 'Co.'))}" if schema == "Company" else name,
        script=script,
        loose=name,
        country=country,
        regimes=pick(f"{name} regimes", SETS),
        facts={"sector": sector, "incorporationDate": str(2000 + number(name, 21))},
        numbers=(("registrationNumber", f"{country}-{digits(name, 7)}", "Company register"),)
        if schema == "Company"
        else (),
        wallets=(("BTC", wallet(f"fictional {name}")),) if sector in {"armed group", "finance"} else (),
    )


def _ship(name: str, kind: str) -> Being:
    return Being(
        key=name,
        schema="Vessel",
        name=name,
        country="QO",
        loose=f"{name.split(maxsplit=1)[0]} II",
        regimes=pick(f"{name} regimes", (("qo",), ("qo", "qm"), ("qo", "wa"), ("qo", "qm", "qn"))),
        facts={
            "type": kind,
            "flag": pick(f"{name} flag", ("QO", "QT", "QR")),
            "tonnage": str(20_000 + 500 * number(name, 200)),
        },
        numbers=(("imoNumber", imo(name), "IMO"),),
    )
