"""What an entry of the Treasury's consolidated list forbids, and by which law.

The list names only the regime. Until the end of 2020 most regimes were regulations of the European Union; from then on they are
regulations under the Sanctions and Anti-Money Laundering Act 2018, which `uk_law` cites. Every entry is a freeze, except for ships
that may only not enter port or not carry oil.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final

import msgspec

from comity.catalogue.dialects import uk_law
from comity.model.measure import Measure, MeasureKind

EXIT_ON: Final = date(2020, 12, 31)
"""Regulations of the Union cease to apply at 23:00 on this day, and those under the Act of 2018 begin."""

BINDS: Final = "persons in the United Kingdom, and UK nationals and bodies anywhere"
FUNDS: Final = "funds and economic resources, which may neither be dealt with nor made available"
FREEZE, PORT = MeasureKind.ASSET_FREEZE, MeasureKind.VESSEL_PORT_ENTRY

BEFORE_EXIT: Final[dict[str, str]] = {
    "Afghanistan": "Regulation (EU) No 753/2011, art. 3",
    "Belarus": "Regulation (EC) No 765/2006, art. 2",
    "Bosnia and Herzegovina": "Decision 2011/173/CFSP",
    "Burundi": "Regulation (EU) 2015/1755, art. 2",
    "Central African Republic": "Regulation (EU) No 224/2014, art. 5",
    "Chemical Weapons": "Regulation (EU) 2018/1542",
    "Cyber": "Regulation (EU) 2019/796",
    "Democratic Republic of the Congo": "Regulation (EC) No 1183/2005, art. 2",
    "Egypt": "Regulation (EU) No 270/2011, art. 2",
    "Iran (human rights)": "Regulation (EU) No 359/2011, art. 2",
    "Iran (nuclear proliferation)": "Regulation (EU) No 267/2012, arts. 23 and 23a",
    "Iraq": "Regulation (EC) No 1210/2003, art. 4",
    "Libya": "Regulation (EU) 2016/44, art. 5",
    "Mali": "Regulation (EU) 2017/1770",
    "Nicaragua": "Regulation (EU) 2019/1716",
    "North Korea (Democratic People's Republic of Korea)": "Regulation (EU) 2017/1509, art. 34",
    "Republic of Guinea": "Regulation (EU) No 1284/2009",
    "Republic of Guinea-Bissau": "Regulation (EU) No 377/2012, art. 2",
    "Somalia": "Regulation (EU) No 356/2010, art. 2",
    "South Sudan": "Regulation (EU) 2015/735, art. 5",
    "Sudan": "Regulation (EU) No 747/2014, art. 5",
    "Syria": "Regulation (EU) No 36/2012, art. 14",
    "Terrorism and Terrorist Financing": (
        "Terrorist Asset-Freezing etc. Act 2010, ss. 11 to 15; Regulation (EC) No 2580/2001, art. 2"
    ),
    "The ISIL (Da'esh) and Al-Qaida organisations": "Regulation (EC) No 881/2002, art. 2",
    "Tunisia": "Regulation (EU) No 101/2011, art. 2",
    "UK Freezing Orders": "Anti-terrorism, Crime and Security Act 2001, s. 4",
    "Ukraine (Misappropriation)": "Regulation (EU) No 208/2014, art. 2",
    "Ukraine (Sovereignty)": "Regulation (EU) No 269/2014, art. 2",
    "Unauthorised Drilling Activities in the Eastern Mediterranean": "Regulation (EU) 2019/1890",
    "Venezuela": "Regulation (EU) 2017/2063, art. 8",
    "Yemen": "Regulation (EU) No 1352/2014, art. 2",
    "Zimbabwe": "Regulation (EC) No 314/2004, art. 6",
}
"""The law by which each regime froze, before (https://www.legislation.gov.uk, https://eur-lex.europa.eu)."""

ACT_BEFORE_EXIT: Final = frozenset({"Global Human Rights"})
"""Regimes under the Act of 2018 that began before the rest (6 July 2020)."""

_BEFORE_EXIT: Final = {uk_law.fold(name): law for name, law in BEFORE_EXIT.items()}
_ACT_BEFORE_EXIT: Final = frozenset(map(uk_law.fold, ACT_BEFORE_EXIT))

PORT_LAW: Final = "Regulation (EU) 2017/1509, art. 39(1)(g)"
PORT_ONLY: Final = frozenset({"13554", "13555", "13556", "13557", "13576", "13577", "13578", "13579"})
"""Ships that the Security Council's committee barred from ports in October and December 2017, and did not freeze. The UK Sanctions
List says the same of them (DPR0075 to DPR0078, DPR0092 to DPR0095); of those barred in March 2018 it says that they are frozen."""
FREEZE_ONLY: Final = frozenset({"13660", "13661"})
"""Ships frozen in March 2018 as property of others, and not barred from ports (DPR0109, DPR0110)."""

OIL_LAW: Final = "Regulation (EU) 2016/44, art. 15"
OIL: Final = "loading, carrying or discharging petroleum that was illicitly exported from Libya"
_VALID: Final = re.compile(r"valid from (\d{1,2} \w+ \d{4}) to (\d{1,2} \w+ \d{4})")

_LIMITED: Final = re.compile(r"Asset freeze applies only to ([^(]+?)\s*\(")
_NOT_FROZEN: Final = re.compile(
    r"Funds or financial assets or economic resources received on or after 23 May 2003 [^.]*"
)


_ADDED_SINCE: Final = re.compile(r"Date (.+?) imposed:\s*(\d{2}/\d{2}/\d{4})")
_ADDED: Final = {"trust services": "trust services sanctions"}
"""Names of sanctions beside the freeze that differ from those of the UK Sanctions List."""


def is_ship(regime: str, remarks: str) -> bool:
    """Whether an entry that the old layout calls an entity is a ship: it is barred from ports, or from carrying Libyan oil."""
    return "IMO" in remarks and ("Annex XIV" in remarks or regime.strip() == "Libya")


def basis(regime: str, published_on: date) -> str:
    """Return the instrument under which a regime designates, or nothing for a regime that is not known."""
    law = _before_exit(regime, published_on)
    return law.partition(", art")[0] or (f"{uk_law.ACT}, s. 1" if uk_law.regulations(regime) else "")


def measures(regime: str, group: str, remarks: str, published_on: date) -> tuple[Measure, ...]:
    """Return what an entry forbids under a regime; nothing for a regime that is not known."""
    law = _before_exit(regime, published_on)
    if not law:
        title = uk_law.regulations(regime)
        return uk_law.measures("asset freeze", title, {}) if title else ()
    if is_ship(regime, remarks):
        return _ship(group, law) if "Annex XIV" in remarks else _oil(remarks)
    return (_freeze(law, remarks),)


def added(regime: str, text: str) -> tuple[tuple[Measure, ...], list[str]]:
    """Return what a remark says to be forbidden beside the freeze, and the names of sanctions that are not known.

    `Trust services. Date trust services sanctions imposed:21/03/2023.`
    """
    since = {uk_law.sanction(name): uk_law.on_day(day).first for name, day in _ADDED_SINCE.findall(text)}
    named = [name for part in _ADDED_SINCE.sub("", text).split(".") if (name := uk_law.sanction(part))]
    names = [_ADDED.get(name, name) for name in named]
    found = [uk_law.measures(name, uk_law.regulations(regime), since) for name in names]
    unknown = [name for name, forbidden in zip(names, found, strict=True) if not forbidden]
    return tuple(measure for forbidden in found for measure in forbidden), unknown


def _before_exit(regime: str, published_on: date) -> str:
    folded = uk_law.fold(regime)
    return "" if published_on >= EXIT_ON or folded in _ACT_BEFORE_EXIT else _BEFORE_EXIT.get(folded, "")


def _freeze(law: str, remarks: str = "") -> Measure:
    limited, not_frozen = _LIMITED.search(remarks), _NOT_FROZEN.search(remarks)
    return Measure(
        kind=FREEZE,
        object=limited[1] if limited else FUNDS,
        binds=BINDS,
        article=law,
        exceptions=(not_frozen[0],) if not_frozen else (),
    )


def _ship(group: str, law: str) -> tuple[Measure, ...]:
    """Return what a ship of Annex XIV may not: the annex bars it from ports, and most of them are frozen as well."""
    port = Measure(kind=PORT, binds=BINDS, article=PORT_LAW)
    if group in PORT_ONLY:
        return (port,)
    return (_freeze(law),) if group in FREEZE_ONLY else (_freeze(law), port)


def _oil(remarks: str) -> tuple[Measure, ...]:
    """Return what a ship may not that the Security Council designated under resolution 2146 (2014), as long as that is valid."""
    valid = _VALID.search(remarks)
    since, until = (_day(valid[1]), _day(valid[2]) + timedelta(days=1)) if valid else (None, None)
    carry = Measure(kind=MeasureKind.OTHER, object=OIL, binds=BINDS, article=OIL_LAW, since=since, until=until)
    return carry, msgspec.structs.replace(carry, kind=PORT, object="")


def _day(text: str) -> date:
    return datetime.strptime(text, "%d %B %Y").date()  # noqa: DTZ007 - a day has no zone
