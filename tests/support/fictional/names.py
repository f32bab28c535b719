"""Invented names in four scripts. Whoever finds a real person's or company's name here should replace it."""
# ruff: noqa: RUF001 - other scripts, and typographic apostrophes, are meant

from __future__ import annotations

# Ostravia (QO): Latin with a Cyrillic form made from it.
OSTRAVIAN_HE = ("Ilvar", "Tavor", "Dovran", "Yestan", "Koril", "Senmir", "Bravin", "Zhelmir", "Orvan", "Melko")
OSTRAVIAN_SHE = ("Mirata", "Yelka", "Sevira", "Dorina", "Talmira", "Zhelka", "Orvana", "Kovila")
OSTRAVIAN_FATHERS = ("Varim", "Tavor", "Dovran", "Koril", "Bravin", "Senmir", "Orvan", "Zhelmir")
OSTRAVIAN_FAMILIES = (
    "Kestran",
    "Vadrelko",
    "Porvanil",
    "Tulmenko",
    "Brevkas",
    "Orlizhan",
    "Skavrin",
    "Dolmetan",
    "Yarushkal",
    "Metrovun",
    "Chelvanik",
    "Grustavo",
    "Zhovrel",
    "Kalmizhek",
    "Drozhvan",
    "Umretko",
    "Levrosha",
    "Tsavrin",
    "Khodrevan",
    "Shturmel",
)
CYRILLIC = {
    "shch": "щ",
    "zh": "ж",
    "kh": "х",
    "ts": "ц",
    "ch": "ч",
    "sh": "ш",
    "ya": "я",
    "yu": "ю",
    "ye": "е",
    "a": "а",
    "b": "б",
    "v": "в",
    "g": "г",
    "d": "д",
    "e": "е",
    "z": "з",
    "i": "и",
    "k": "к",
    "l": "л",
    "m": "м",
    "n": "н",
    "o": "о",
    "p": "п",
    "r": "р",
    "s": "с",
    "t": "т",
    "u": "у",
    "f": "ф",
    "y": "ы",
}

# Qarzad (QR): Latin, Arabic, and the way in which another authority romanises it.
QARZADI_GIVEN = (
    ("Sahmir", "سهمير", "Sahmeer"),
    ("Nadhuf", "نذوف", "Nathouf"),
    ("Rajwal", "رجوال", "Ragwal"),
    ("Tahmun", "تهمون", "Tahmoon"),
    ("Washir", "وشير", "Wachir"),
    ("Dhulam", "ذلام", "Zulam"),
)
QARZADI_FAMILIES = (
    ("al-Qarzubi", "القرزوبي", "El Karzoubi"),
    ("al-Dhulmari", "الذلماري", "El Zulmari"),
    ("al-Washquri", "الوشقوري", "El Wachkouri"),
    ("al-Ghandhumi", "الغندهومي", "El Gandhoumi"),
    ("al-Tazmuri", "التزموري", "El Tazmouri"),
    ("al-Shahbuqi", "الشهبوقي", "El Chahbouki"),
)

# Tuolan (QS): Latin, Han.
TUOLAN_FAMILIES = (("Tuolan", "陀岚"), ("Jidu", "霁渡"), ("Yanzhou", "砚洲"), ("Lingye", "翎野"), ("Cangmo", "沧墨"))
TUOLAN_GIVEN = (
    ("Weiqi", "苇祺"),
    ("Zhouche", "舟澈"),
    ("Mosheng", "墨笙"),
    ("Tinglan", "汀澜"),
    ("Xuyin", "煦寅"),
    ("Heruo", "河若"),
)

# Meridia (QM) and Norland (QN).
MERIDIAN_GIVEN = ("Torvin", "Ansgerd", "Brinna", "Calder", "Hesper", "Isolm", "Jorund", "Pellamy", "Wystan", "Orsola")
MERIDIAN_FAMILIES = (
    "Quillmark",
    "Tarnholt",
    "Ostermoor",
    "Vellhaven",
    "Brackwyn",
    "Sundhallow",
    "Kjelmarn",
    "Draymoss",
    "Wexgarth",
    "Halvorund",
    "Norvayne",
    "Fennick-Vale",
    "Aldrasund",
    "Carrowmast",
    "Ebbenquist",
)

PLACES = {
    "QM": ("Port Aurel", "Sennet Cross", "Hallow Quay"),
    "QN": ("Skaldvik", "Tarn Bay", "Nordhavel"),
    "QO": ("Kavrel", "Dolvets", "Zhelograd"),
    "QR": ("Madinat Qarzub", "Washqur"),
    "QS": ("Tuolan Harbour", "Yanzhou New Town"),
}
STREETS = ("Halcyon Street", "Chandlers’ Row", "Quay Road", "Mint Lane", "Observatory Hill", "Ropewalk")
POSITIONS = (
    "Director of a freight company",
    "Deputy minister",
    "Commander of a coastal brigade",
    "Owner of a trading house",
    "Head of a procurement office",
    "Shipmaster",
    "Member of a state council",
    "Broker",
)
REASONS = (
    "Provides ships for deliveries that the embargo forbids.",
    "Procures machine tools for a weapons programme.",
    "Hides the owners of ships from their flag states.",
    "Finances armed groups in the Straits.",
    "Runs a yard in which ships change their names.",
    "Is controlled by a listed person.",
)

COMPANIES = (
    ("Veltrona Reagents", "QN", "Company", "chemicals"),
    ("Skaldvik Deepwater Logistics", "QN", "Company", "freight"),
    ("Orlizhan Metals Combine", "QO", "Company", "metals"),
    ("Kavrel Dredging and Salvage", "QO", "Company", "shipping"),
    ("Porvanil Machine Works", "QO", "Company", "machine tools"),
    ("Tarn Bay Marine Fuels", "QN", "Company", "fuel"),
    ("Washqur Pearl Exchange", "QR", "Company", "finance"),
    ("Qarzub Relief Purse", "QR", "Organization", "charity"),
    ("Sons of the Third Lantern", "QR", "Organization", "armed group"),
    ("Straits Free Column", "QO", "Organization", "armed group"),
    ("Deliesinuo Trading", "QS", "Company", "trade"),
    ("Yanzhou Optic Foundry", "QS", "Company", "optics"),
    ("Lingye Bearings", "QS", "Company", "bearings"),
    ("Hallow Quay Ship Registry", "QM", "Company", "ship registry"),
    ("Sennet Cross Drone Yard", "QM", "Company", "aviation"),
    ("Brackwyn Freight Forwarding", "QM", "Company", "freight"),
    ("Institute Four of Zhelograd", "QO", "Organization", "research"),
    ("Dolvets Rocket Motors", "QO", "Company", "propulsion"),
    ("Umretko Crew Agency", "QO", "Company", "crewing"),
    ("Aldrasund Insurance Club", "QN", "Company", "insurance"),
    ("Jidu Silicon Wafers", "QS", "Company", "semiconductors"),
    ("Cangmo Cable Laying", "QS", "Company", "cables"),
    ("Tazmuri Gold Counter", "QR", "Company", "gold"),
    ("Shahbuqi Travel and Cargo", "QR", "Company", "travel"),
    ("Northern Convoy Command", "QO", "Organization", "state body"),
    ("Tsavrin Explosives", "QO", "Company", "explosives"),
    ("Wexgarth Aero Parts", "QM", "Company", "aviation"),
    ("Kjelmarn Cold Storage", "QN", "Company", "storage"),
    ("Coastal Brigade of Kavrel", "QO", "Organization", "armed force"),
    ("State Reserve Fund of Ostravia", "QO", "Organization", "finance"),
    ("Drozhvan Air Bridge", "QO", "Company", "aviation"),
    ("Levrosha Paper and Print", "QO", "Company", "forgery"),
    ("Madinat Qarzub Wheat Board", "QR", "Organization", "trade"),
    ("Ebbenquist Subsea Survey", "QN", "Company", "survey"),
)
HAN = {
    "Deliesinuo Trading": "德列斯诺贸易",
    "Yanzhou Optic Foundry": "砚洲光学铸造厂",
    "Lingye Bearings": "翎野轴承",
    "Jidu Silicon Wafers": "霁渡硅片",
    "Cangmo Cable Laying": "沧墨海缆",
}
ARABIC = {
    "Washqur Pearl Exchange": "صرافة لؤلؤ وشقور",
    "Qarzub Relief Purse": "صندوق قرزوب للإغاثة",
    "Sons of the Third Lantern": "أبناء القنديل الثالث",
    "Tazmuri Gold Counter": "ذهب التزموري",
    "Shahbuqi Travel and Cargo": "الشهبوقي للسفر والشحن",
}

SHIPS = (
    ("Grey Heron of Kavrel", "Crude oil tanker"),
    ("Ninth Wave Quilla", "Bulk carrier"),
    ("Orlizhan Dawn", "General cargo"),
    ("Tulmenko Star", "Crude oil tanker"),
    ("Skavrin Patience", "Products tanker"),
    ("Lantern of Dolvets", "General cargo"),
    ("Metrovun Trader", "Container ship"),
    ("Quiet Umretka", "Products tanker"),
    ("Brevkas Fortune", "Bulk carrier"),
    ("Yarushkal Pearl", "Crude oil tanker"),
    ("Zhovrel Courier", "Ro-ro cargo"),
    ("Chelvanik Breeze", "Products tanker"),
)


def cyrillic(latin: str) -> str:
    """Return an Ostravian name in its own script."""
    rest, out = latin.lower(), ""
    while rest:
        step = next((size for size in (4, 2, 1) if rest[:size] in CYRILLIC), 0)
        out += CYRILLIC[rest[:step]] if step else rest[0]
        rest = rest[step or 1 :]
    return " ".join(word.capitalize() for word in out.split())
