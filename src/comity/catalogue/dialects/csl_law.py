"""The thirteen lists that the US Consolidated Screening List repeats: who publishes each, and what an entry of it forbids.

OFAC's lists other than the SDN list repeat all programmes of an entry, also those under which it stands on another list; only the
list's own are its legal basis and say what it forbids. What a row names by directive wins over the tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from comity.catalogue.dialects.ofac_directives import DIRECTIVES
from comity.catalogue.dialects.ofac_programmes import PROGRAMMES, SECURITIES, US_BANKS, Force
from comity.model.measure import Measure, MeasureKind

OFAC, BIS = "Office of Foreign Assets Control", "Bureau of Industry and Security"
STATE_ISN, STATE_PM = (
    "Department of State, Bureau of International Security and Nonproliferation",
    "Department of State, Directorate of Defense Trade Controls",
)
SANCTION, CONTROL, RISK = "sanction", "export.control", "export.risk"
SECTORAL, COMPANIES, IRAN_BANKS, RUSSIA = "UKRAINE-EO13662", "CMIC-EO13959", "561-Related", "RUSSIA-EO14024"
ACCOUNTS = frozenset({MeasureKind.CORRESPONDENT_ACCOUNT, MeasureKind.TRANSACTIONS})
ByProgramme = Mapping[str, tuple[Measure, ...]]
"""What a row names by directive or from a menu, by the programme to which it belongs."""


class Repeated(NamedTuple):
    """One of the lists."""

    authority: str
    topic: str
    title: str


LISTS: dict[str, Repeated] = {
    "SDN": Repeated(OFAC, SANCTION, "Specially Designated Nationals and Blocked Persons List"),
    "SSI": Repeated(OFAC, SANCTION, "Sectoral Sanctions Identifications List"),
    "CAP": Repeated(
        OFAC, SANCTION, "List of Foreign Financial Institutions Subject to Correspondent Account Sanctions"
    ),
    "CMIC": Repeated(OFAC, SANCTION, "Non-SDN Chinese Military-Industrial Complex Companies List"),
    "NS-MBS": Repeated(OFAC, SANCTION, "Non-SDN Menu-Based Sanctions List"),
    "PLC": Repeated(OFAC, SANCTION, "Palestinian Legislative Council List"),
    "FSE": Repeated(OFAC, SANCTION, "Foreign Sanctions Evaders List"),
    "EL": Repeated(BIS, CONTROL, "Entity List, 15 CFR part 744, Supp. No. 4"),
    "MEU": Repeated(BIS, CONTROL, "Military End User List, 15 CFR part 744, Supp. No. 7"),
    "UVL": Repeated(BIS, RISK, "Unverified List, 15 CFR part 744, Supp. No. 6"),
    "DPL": Repeated(BIS, CONTROL, "Denied Persons List"),
    "ISN": Repeated(STATE_ISN, SANCTION, "Nonproliferation Sanctions"),
    "DTC": Repeated(STATE_PM, CONTROL, "AECA Debarred List, 22 CFR 127.7"),
}
"""By the short code that stands in brackets in the `source` column."""


def blocked(code: str, programmes: tuple[str, ...], named: ByProgramme) -> tuple[Measure, ...]:
    """Return what one programme of an entry of the SDN list forbids: a freeze, unless the row names something else."""
    programme = PROGRAMMES[code]
    if programme.force is not Force.NAMED:
        return (*programme.measures, *named.get(code, ()))
    others = (PROGRAMMES.get(other) for other in programmes if other != code)
    is_blocked_besides = any(other and other.blocks and other.force is not Force.NAMED for other in others)
    return named.get(code, ()) if is_blocked_besides else (*programme.measures, *named.get(code, ()))


def restricted(code: str, programmes: tuple[str, ...], named: ByProgramme) -> tuple[Measure, ...]:
    """Return what an entry of one of OFAC's other lists forbids; nothing where neither the row nor the tables say."""
    match code:
        case "SSI":
            return named.get(SECTORAL, ())
        case "CMIC":
            return named.get(COMPANIES, ()) or (SECURITIES,)
        case "CAP":
            return _accounts(programmes, named)
        case "NS-MBS":
            return tuple(measure for home, several in named.items() if home != SECTORAL for measure in several)
        case _:
            own = (PROGRAMMES[programme] for programme in own_programmes(code, programmes))
            return tuple({measure.write(): measure for programme in own for measure in programme.measures}.values())


def own_programmes(code: str, programmes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the programmes of a row that are the list's own; the others are of another list on which the entry stands."""
    own = _OWN.get(code, frozenset(programmes))
    return tuple(programme for programme in programmes if programme in own)


def basis(code: str, programmes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the law of a row's own programmes, each code followed by its instruments."""
    own = own_programmes(code, programmes)
    return tuple(text for code_ in own for text in (code_, *(PROGRAMMES[code_].basis if code_ in PROGRAMMES else ())))


def _accounts(programmes: tuple[str, ...], named: ByProgramme) -> tuple[Measure, ...]:
    found = [measure for measure in named.get(RUSSIA, ()) if measure.kind in ACCOUNTS]
    if RUSSIA in programmes and not found:
        found += DIRECTIVES["EO 14024 Directive 2"].measures
    if IRAN_BANKS in programmes:
        found += PROGRAMMES[IRAN_BANKS].measures
    return tuple(found) or (CONDITIONS,)


CONDITIONS = Measure(
    kind=MeasureKind.CORRESPONDENT_ACCOUNT,
    object="a correspondent account or payable-through account is forbidden or under strict conditions, as the entry states",
    binds=US_BANKS,
    article="List of Foreign Financial Institutions Subject to Correspondent Account or Payable-Through Account Sanctions",
)
_OWN: dict[str, frozenset[str]] = {
    "SSI": frozenset({SECTORAL}),
    "CMIC": frozenset({COMPANIES}),
    "FSE": frozenset({"FSE-IR", "FSE-SY"}),
    "PLC": frozenset({"NS-PLC"}),
    "CAP": frozenset(PROGRAMMES) - {SECTORAL, COMPANIES},
}
