"""The programmes of the US Treasury's Office of Foreign Assets Control: under which law each stands, and what it forbids.

Every code that the lists have carried since 2019, and those announced since. Sources: OFAC's "Program Tag Definitions" and the
parts of 31 CFR chapter V; where a programme has no part of its own the executive order or the act is cited. A code that is
missing here puts an edition in quarantine, because nobody has said yet what it forbids.
"""

from __future__ import annotations

from enum import Enum

import msgspec

from comity.model.measure import Measure, MeasureKind

US_PERSONS, US_BANKS = "US persons", "US financial institutions"


class Force(Enum):
    """How a programme's code alone decides what is forbidden."""

    BLOCKS = "blocks"
    """It carries the measures of the table, on either list."""
    BLOCKS_IF_SDN = "blocks_if_sdn"
    """On the SDN list it blocks; elsewhere it carries what the entry names, and blocks where the entry names nothing."""
    NAMED = "named"
    """It carries what the entry names from a menu or by a directive, and the table's measures where the entry names nothing."""


class Programme(msgspec.Struct, frozen=True, kw_only=True):
    """One programme, as its code on the lists stands for it."""

    basis: tuple[str, ...]
    """The instruments, the one under which persons are designated first."""
    measures: tuple[Measure, ...]
    force: Force = Force.BLOCKS

    @property
    def blocks(self) -> bool:
        """Whether its own measures include a freeze."""
        return any(measure.kind is MeasureKind.ASSET_FREEZE for measure in self.measures)


def _blocks(order: str, part: int | None = None, *, at: str = "201", force: Force = Force.BLOCKS) -> Programme:
    basis = (order, f"31 CFR part {part}") if part else (order,)
    article = f"{order}; 31 CFR {part}.{at}" if part else order
    return Programme(basis=basis, measures=(freeze(article),), force=force)


def freeze(article: str, *exceptions: str) -> Measure:
    """Return the blocking of property and interests in property, by the provision that orders it."""
    return Measure(
        kind=MeasureKind.ASSET_FREEZE,
        object="property and interests in property",
        binds=US_PERSONS,
        article=article,
        exceptions=exceptions,
    )


def _marks(basis: str, meaning: str) -> Programme:
    return Programme(basis=(basis,), measures=(Measure(kind=MeasureKind.NONE, object=meaning, article=basis),))


_SECONDARY = (
    "marks the entry only: foreign banks that deal with it risk their correspondent accounts in the United States"
)

_EVADER = Programme(
    basis=("E.O. 13608",),
    measures=(
        Measure(
            kind=MeasureKind.TRANSACTIONS,
            object="transactions or dealings in goods, services or technology for the United States or with US persons",
            binds=US_PERSONS,
            article="E.O. 13608, section 1",
        ),
    ),
)

_LEGISLATOR = Programme(
    basis=("General License 4 of 12 April 2006", "31 CFR parts 594, 595 and 597"),
    measures=(
        Measure(
            kind=MeasureKind.REJECT,
            object="transactions with the member of the Palestinian Legislative Council",
            binds=US_BANKS,
            article="General License 4 of 12 April 2006, section (b), under 31 CFR parts 594, 595 and 597",
        ),
    ),
)

_TERRORIST_ORGANISATION = Programme(
    basis=("Immigration and Nationality Act, section 219 (8 U.S.C. 1189)", "31 CFR part 597"),
    measures=(
        Measure(
            kind=MeasureKind.ASSET_FREEZE,
            object="funds in which the organisation has an interest",
            binds=US_BANKS,
            article="18 U.S.C. 2339B(a)(2); 31 CFR 597.201",
        ),
    ),
)

_CORRESPONDENT = Programme(
    basis=("CISADA, section 104(c)", "31 CFR part 561"),
    measures=(
        Measure(
            kind=MeasureKind.CORRESPONDENT_ACCOUNT,
            object="opening or maintaining a correspondent account or a payable-through account",
            binds=US_BANKS,
            article="31 CFR 561.201(c)",
        ),
    ),
)

SECURITIES = Measure(
    kind=MeasureKind.SECURITIES,
    object="purchase or sale of publicly traded securities, of their derivatives, and of securities that give exposure to them",
    binds=US_PERSONS,
    article="E.O. 13959, section 1(a), as amended by E.O. 14032",
)
"""What the list of Chinese military-industrial companies forbids; the dates stand in each entry."""

PROGRAMMES: dict[str, Programme] = {
    "561-Related": _CORRESPONDENT,
    "BALKANS": _blocks("E.O. 13219, as amended by E.O. 13304", 588),
    "BALKANS-EO14033": _blocks("E.O. 14033", 588),
    "BELARUS": _blocks("E.O. 13405", 548),
    "BELARUS-EO": _blocks("E.O. 14038", 548),
    "BELARUS-EO14038": _blocks("E.O. 14038", 548),
    "BPI-RUSSIA-EO14024": _blocks("E.O. 14024, pending investigation", 587),
    "BPI-SUDAN-14098": _blocks("E.O. 14098, pending investigation"),
    "BURMA-EO14014": _blocks("E.O. 14014", 525, force=Force.BLOCKS_IF_SDN),
    "BURUNDI": _blocks("E.O. 13712", 554),
    "CAATSA - IRAN": _blocks("CAATSA, title I (sections 104 to 107)"),
    "CAATSA - RUSSIA": _blocks("CAATSA, title II (sections 224, 228 and 231)", force=Force.NAMED),
    "CAR": _blocks("E.O. 13667", 553),
    "CMIC-EO13959": Programme(
        basis=("E.O. 13959, as amended by E.O. 14032", "31 CFR part 586"), measures=(SECURITIES,), force=Force.NAMED
    ),
    "CUBA": _blocks("Trading With the Enemy Act, section 5(b)", 515),
    "CYBER2": _blocks("E.O. 13694, as amended by E.O. 13757", 578),
    "CYBER3": _blocks("E.O. 13694, as amended by E.O. 13757 and E.O. 14144", 578),
    "CYBER4": _blocks("E.O. 13694, as amended by E.O. 13757, E.O. 14144 and E.O. 14306", 578),
    "DARFUR": _blocks("E.O. 13400", 546),
    "DPRK": _blocks("E.O. 13551", 510),
    "DPRK-NKSPEA": _blocks("North Korea Sanctions and Policy Enhancement Act of 2016", 510),
    "DPRK2": _blocks("E.O. 13687", 510),
    "DPRK3": _blocks("E.O. 13722", 510),
    "DPRK4": _blocks("E.O. 13810", 510),
    "DRCONGO": _blocks("E.O. 13413, as amended by E.O. 13671", 547),
    "ELECTION-EO13848": _blocks("E.O. 13848", 579),
    "ETHIOPIA-EO14046": _blocks("E.O. 14046", 550),
    "FSE-IR": _EVADER,
    "FSE-SY": _EVADER,
    "FTO": _TERRORIST_ORGANISATION,
    "GLOMAG": _blocks("E.O. 13818", 583),
    "HIFPAA": _blocks("Hizballah International Financing Prevention Act of 2015, as amended, title I"),
    "HK-EO13936": _blocks("E.O. 13936", 585),
    "HOSTAGES-EO14078": _blocks("E.O. 14078", 526),
    "HRIT-IR": _blocks("E.O. 13606"),
    "HRIT-SY": _blocks("E.O. 13606"),
    "ICC-EO14203": _blocks("E.O. 14203", 528),
    "IFCA": _blocks("Iran Freedom and Counter-Proliferation Act of 2012", force=Force.NAMED),
    "IFSR": _marks("31 CFR part 561", _SECONDARY),
    "ILLICIT-DRUGS-EO": _blocks("E.O. 14059", 599, force=Force.BLOCKS_IF_SDN),
    "ILLICIT-DRUGS-EO14059": _blocks("E.O. 14059", 599, force=Force.BLOCKS_IF_SDN),
    "IRAN": _blocks("E.O. 13599", 560, at="211"),
    "IRAN-CON-ARMS-EO": _blocks("E.O. 13949"),
    "IRAN-EO13846": _blocks("E.O. 13846", force=Force.NAMED),
    "IRAN-EO13871": _blocks("E.O. 13871"),
    "IRAN-EO13876": _blocks("E.O. 13876"),
    "IRAN-EO13902": _blocks("E.O. 13902"),
    "IRAN-HR": _blocks("E.O. 13553", 562),
    "IRAN-TRA": _blocks("Iran Threat Reduction and Syria Human Rights Act of 2012; E.O. 13628"),
    "IRAQ2": _blocks("E.O. 13315, as amended by E.O. 13350", 576),
    "IRAQ3": _blocks("E.O. 13438", 576),
    "IRGC": _marks("31 CFR part 561", _SECONDARY),
    "ISA": _marks(
        "Iran Sanctions Act of 1996, section 6",
        "marks the entry only: sanctions that the Secretary of State selects from a menu, which the list does not name",
    ),
    "LEBANON": _blocks("E.O. 13441", 549),
    "LIBYA2": _blocks("E.O. 13566", 570),
    "LIBYA3": _blocks("E.O. 13726", 570),
    "MAGNIT": _blocks("Sergei Magnitsky Rule of Law Accountability Act of 2012, section 406", 584),
    "MALI-EO13882": _blocks("E.O. 13882", 555),
    "NICARAGUA": _blocks("E.O. 13851", 582),
    "NICARAGUA-NHRAA": _blocks("Nicaragua Human Rights and Anticorruption Act of 2018, section 5", 582),
    "NPWMD": _blocks("E.O. 13382", 544),
    "NS-PLC": _LEGISLATOR,
    "PAARSSR-EO13894": _blocks("E.O. 13894, as amended", 569),
    "PEESA": _blocks("Protecting Europe's Energy Security Act of 2019, as amended", force=Force.NAMED),
    "PEESA-EO": _blocks("E.O. 14039", force=Force.NAMED),
    "PEESA-EO14039": _blocks("E.O. 14039", force=Force.NAMED),
    "RUSSIA-EO14024": _blocks("E.O. 14024", 587, force=Force.BLOCKS_IF_SDN),
    "RUSSIA-EO14065": _blocks("E.O. 14065"),
    "SDGT": _blocks("E.O. 13224, as amended by E.O. 13886", 594),
    "SDNT": _blocks("E.O. 12978", 536),
    "SDNTK": _blocks("Foreign Narcotics Kingpin Designation Act (21 U.S.C. 1904)", 598, at="202"),
    "SDT": _blocks("E.O. 12947", 595),
    "SOMALIA": _blocks("E.O. 13536, as amended by E.O. 13620", 551),
    "SOUTH SUDAN": _blocks("E.O. 13664", 558),
    "SSIDES": _blocks(
        "Support for the Sovereignty, Integrity, Democracy, and Economic Stability of Ukraine Act of 2014"
    ),
    "SUDAN-EO14098": _blocks("E.O. 14098"),
    "SYRIA": _blocks("E.O. 13338, 13399, 13460, 13572, 13573 or 13582", 542),
    "SYRIA-CAESAR": _blocks("Caesar Syria Civilian Protection Act of 2019"),
    "SYRIA-EO13894": _blocks("E.O. 13894", 569),
    "TCO": _blocks("E.O. 13581, as amended by E.O. 13863", 590),
    "UHRPA": _blocks("Uyghur Human Rights Policy Act of 2020"),
    "UKRAINE-EO13660": _blocks("E.O. 13660", 589),
    "UKRAINE-EO13661": _blocks("E.O. 13661", 589),
    "UKRAINE-EO13662": _blocks("E.O. 13662", 589, force=Force.NAMED),
    "UKRAINE-EO13685": _blocks("E.O. 13685", 589),
    "VENEZUELA": _blocks("E.O. 13692", 591),
    "VENEZUELA-EO13850": _blocks("E.O. 13850", 591),
    "VENEZUELA-EO13884": _blocks("E.O. 13884", 591),
    "WEST-BANK-EO14115": _blocks("E.O. 14115"),
    "YEMEN": _blocks("E.O. 13611", 552),
    "ZIMBABWE": _blocks("E.O. 13288, E.O. 13391 or E.O. 13469", 541),
}
"""Each code's law and measures (https://ofac.treasury.gov/specially-designated-nationals-list-sdn-list/program-tag-definitions-for-ofac-sanctions-lists)."""
