"""What the European Union's asset-freezing regulations forbid, by the programme code of its financial sanctions list.

Each regulation freezes all funds and economic resources of whoever its annexes list, and forbids to make any available to them. It
binds within the Union, its nationals and bodies everywhere, and business done in the Union. Entry bans stand in the Council's
decisions, which the list does not carry. Where two frameworks share a code the list does not say which of them holds an entry, and
both are cited. Sources: EUR-Lex, the consolidated text of each regulation; https://www.sanctionsmap.eu.
"""

from __future__ import annotations

from typing import Final

from comity.model.measure import Measure, MeasureKind

BINDS: Final = "anyone in the EU, EU nationals, bodies of a member state, and business done in the EU"
OBJECT: Final = "funds and economic resources"

_ACTS: Final[dict[str, tuple[str, str, str]]] = {
    # code: (framework regulation, provision that freezes, provision that forbids making available)
    "AFG": ("Regulation (EU) No 753/2011 (Taliban)", "Art. 3(1)", "Art. 3(2)"),
    "BDI": ("Regulation (EU) 2015/1755 (Burundi)", "Art. 2(1)", "Art. 2(2)"),
    "BLR": ("Regulation (EC) No 765/2006 (Belarus)", "Art. 2(1)", "Art. 2(2)"),
    "CAF": ("Regulation (EU) No 224/2014 (Central African Republic)", "Art. 5(1)", "Art. 5(2)"),
    "CHEM": ("Regulation (EU) 2018/1542 (chemical weapons)", "Art. 2(1)", "Art. 2(2)"),
    "CIV": ("Regulation (EC) No 560/2005 (Côte d'Ivoire)", "Art. 2(1)", "Art. 2(2)"),
    "COD": ("Regulation (EC) No 1183/2005 (Democratic Republic of the Congo)", "Art. 2(1)", "Art. 2(2)"),
    "CYB": ("Regulation (EU) 2019/796 (cyber-attacks)", "Art. 3(1)", "Art. 3(2)"),
    "EGY": ("Regulation (EU) No 270/2011 (Egypt)", "Art. 2(1)", "Art. 2(2)"),
    "ERI": ("Regulation (EU) No 667/2010 (Eritrea)", "", ""),
    "EUAQ": ("Regulation (EU) 2016/1686 (ISIL (Da'esh) and Al-Qaida, autonomous)", "Art. 2(1)", "Art. 2(2)"),
    "GIN": ("Regulation (EU) No 1284/2009 (Guinea)", "Art. 6(1)", "Art. 6(2)"),
    "GNB": ("Regulation (EU) No 377/2012 (Guinea-Bissau)", "Art. 2(1)", "Art. 2(2)"),
    "GTM": ("Regulation (EU) 2024/287 (Guatemala)", "", ""),
    "HAM": ("Regulation (EU) 2024/386 (Hamas and Palestinian Islamic Jihad)", "", ""),
    "HR": ("Regulation (EU) 2020/1998 (serious human rights violations)", "Art. 3(1)", "Art. 3(2)"),
    "HTI": ("Regulation (EU) 2022/2309 (Haiti)", "", ""),
    "IRN": (
        "Regulation (EU) No 359/2011 (human rights), No 267/2012 (proliferation) or (EU) 2023/1529 (military support; all Iran)",
        "Art. 2(1) of No 359/2011 or Art. 23(1) and (2) of No 267/2012, or (EU) 2023/1529",
        "Art. 2(2) of No 359/2011 or Art. 23(3) of No 267/2012, or (EU) 2023/1529",
    ),
    "IRQ": ("Regulation (EC) No 1210/2003 (Iraq)", "Art. 4(1) and (2)", "Art. 4(3) and (4)"),
    "LBN": ("Regulation (EU) 2021/1275 (Lebanon) or (EC) No 305/2006 (Hariri assassination)", "Art. 2(1)", "Art. 2(2)"),
    "LBY": ("Regulation (EU) 2016/44 (Libya)", "Art. 5(1)", "Art. 5(2)"),
    "MDA": ("Regulation (EU) 2023/888 (Moldova)", "Art. 2(1)", "Art. 2(2)"),
    "MLI": ("Regulation (EU) 2017/1770 (Mali)", "Art. 2(1)", "Art. 2(2)"),
    "MMR": ("Regulation (EU) No 401/2013 (Myanmar)", "Art. 4a(1)", "Art. 4a(2)"),
    "NER": ("Regulation (EU) 2023/2406 (Niger)", "", ""),
    "NIC": ("Regulation (EU) 2019/1716 (Nicaragua)", "Art. 2(1)", "Art. 2(2)"),
    "PRK": ("Regulation (EU) 2017/1509 (Democratic People's Republic of Korea)", "Art. 34", "Art. 34"),
    "RUS": ("Regulation (EU) 2024/1485 (situation in Russia)", "", ""),
    "RUSDA": ("Regulation (EU) 2024/2642 (Russia, destabilising activities)", "Art. 2(1)", "Art. 2(2)"),
    "SDN": ("Regulation (EU) No 747/2014 (Sudan)", "Art. 5(1)", "Art. 5(2)"),
    "SDNZ": ("Regulation (EU) 2023/2147 (Sudan, stability and transition)", "", ""),
    "SOM": ("Regulation (EU) No 356/2010 (Somalia)", "Art. 2(1)", "Art. 2(2)"),
    "SSD": ("Regulation (EU) 2015/735 (South Sudan)", "Art. 5(1)", "Art. 5(2)"),
    "SYR": ("Regulation (EU) No 36/2012 (Syria)", "Art. 14(1)", "Art. 14(2)"),
    "TAQA": ("Regulation (EC) No 881/2002 (ISIL (Da'esh) and Al-Qaida)", "Art. 2(1)", "Art. 2(2)"),
    "TERR": ("Regulation (EC) No 2580/2001 (terrorism)", "Art. 2(1)(a)", "Art. 2(1)(b)"),
    "TUN": ("Regulation (EU) No 101/2011 (Tunisia)", "Art. 2(1)", "Art. 2(2)"),
    "TUR": ("Regulation (EU) 2019/1890 (drilling in the Eastern Mediterranean)", "Art. 2(1)", "Art. 2(2)"),
    "UKR": (
        "Regulation (EU) No 269/2014 (territorial integrity of Ukraine) or No 208/2014 (misappropriation of Ukrainian state funds)",
        "Art. 2(1)",
        "Art. 2(2)",
    ),
    "VEN": ("Regulation (EU) 2017/2063 (Venezuela)", "Art. 8(1)", "Art. 8(2)"),
    "YEM": ("Regulation (EU) No 1352/2014 (Yemen)", "Art. 2(1)", "Art. 2(2)"),
    "ZWE": ("Regulation (EC) No 314/2004 (Zimbabwe)", "Art. 6(1)", "Art. 6(2)"),
}


def _regime(framework: str, freezes: str, forbids: str) -> tuple[str, tuple[Measure, ...]]:
    cited = [", ".join(filter(None, (framework, provision))) for provision in (freezes, forbids)]
    return framework, (
        Measure(kind=MeasureKind.ASSET_FREEZE, object=OBJECT, binds=BINDS, article=cited[0]),
        Measure(kind=MeasureKind.NO_FUNDS, object=OBJECT, binds=BINDS, article=cited[1]),
    )


REGIMES: Final = {code: _regime(*act) for code, act in _ACTS.items()}
"""By programme code: the framework regulation, and its measures with their provisions."""
