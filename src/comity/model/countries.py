"""Countries by whatever name a list gives them.

Names come from the Unicode CLDR through Babel in the languages that lists use; `ALIASES` adds the official names of the United
Nations, old states and the spellings that real lists contain. The answer is the code of FollowTheMoney's country type: ISO 3166-1
alpha-2 in lower case, and a few codes for places and former states beyond it (https://followthemoney.tech/explorer/types/country).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from babel import Locale
from babel.core import get_global

from comity.model.demonyms import DEMONYMS

LANGUAGES: Final = ("en", "fr", "de", "es", "ar", "ru")
"""Languages whose country names are understood."""

ALIASES: Final[dict[str, str]] = {
    "democratic people's republic of korea": "kp",
    "democratic people's republic of korea (north korea)": "kp",
    "people's republic of china": "cn",
    "prc": "cn",
    "islamic republic of pakistan": "pk",
    "islamic republic of afghanistan": "af",
    "arab republic of egypt": "eg",
    "republic of lebanon": "lb",
    "republic of yemen": "ye",
    "state of israel": "il",
    "rpdc": "kp",
    "dprk": "kp",
    "korea, north": "kp",
    "republic of korea": "kr",
    "korea, south": "kr",
    "democratic republic of the congo": "cd",
    "congo (democratic republic)": "cd",
    "congo, democratic republic of the": "cd",
    "drc": "cd",
    "iran (islamic republic of)": "ir",
    "islamic republic of iran": "ir",
    "syrian arab republic": "sy",
    "libyan arab jamahiriya": "ly",
    "union of the comoros": "km",
    "the netherlands": "nl",
    "guinea bissau": "gw",
    "russian federation": "ru",
    "united republic of tanzania": "tz",
    "united kingdom of great britain and northern ireland": "gb",
    "uk": "gb",
    "great britain": "gb",
    "united states of america": "us",
    "usa": "us",
    "venezuela (bolivarian republic of)": "ve",
    "bolivia (plurinational state of)": "bo",
    "republic of moldova": "md",
    "state of palestine": "ps",
    "palestine": "ps",
    "palestinian": "ps",
    "palestinian territory, occupied": "ps",
    "occupied palestinian territories": "ps",
    "lao people's democratic republic": "la",
    "viet nam": "vn",
    "burma": "mm",
    "myanmar": "mm",
    "sultanate of oman": "om",
    "cote d'ivoire": "ci",
    "ivory coast": "ci",
    "the gambia": "gm",
    "gambia, the": "gm",
    "bahamas, the": "bs",
    "turkey": "tr",
    "macedonia, the former yugoslav republic of": "mk",
    "macedonia": "mk",
    "swaziland": "sz",
    "cape verde": "cv",
    "czech republic": "cz",
    "holy see": "va",
    "brunei darussalam": "bn",
    "hong kong": "hk",
    "macau": "mo",
    "macao": "mo",
    "taiwan": "tw",
    "kosovo": "xk",
    "ussr": "suhh",
    "soviet union": "suhh",
    "union of soviet socialist republics": "suhh",
    "yugoslavia": "yucs",
    "czechoslovakia": "cshh",
    "east germany": "dd",
    "region: crimea": "ua-cri",
    "crimea": "ua-cri",
    "region: gaza": "ps",
    "gaza": "ps",
    "west bank": "ps",
    "virgin islands, british": "vg",
    "virgin islands, u.s": "vi",
    "saint kitts and nevis": "kn",
    "saint vincent and the grenadines": "vc",
    "st. vincent and the grenadines": "vc",
    "congo, republic of the": "cg",
    "cote d ivoire": "ci",
    "north macedonia, the republic of": "mk",
    "man, isle of": "im",
    "region: west bank": "ps",
    "cabo verde. previously cape verde": "cv",
    "eritrean": "er",
}
"""Spellings beyond CLDR, folded as `fold` does."""

_INVENTED: Final = re.compile("q[m-z]")
"""Codes that ISO 3166-1 leaves to its users: here, those of countries that do not exist, for exercises and tests."""


@lru_cache(maxsize=8_192)
def code(text: str) -> str | None:
    """Return the code of a country given by name, by the adjective or by ISO code, or None if it cannot be told."""
    folded = fold(text)
    return folded if is_invented(folded) else _table().get(folded)


def is_invented(code_: str) -> bool:
    """Whether a code is that of no real country: one of `qm` to `qz`, which FollowTheMoney does not know either."""
    return _INVENTED.fullmatch(code_) is not None


def name(code_: str, language: str = "en") -> str:
    """Return a country's name in a language; a code that CLDR does not know, or an invented one, is its own name."""
    if is_invented(code_):
        return code_.upper()
    return str(Locale.parse(language).territories.get(code_.upper(), code_.upper()))


def fold(text: str) -> str:
    """Return a country name without case, accents, outer brackets and repeated spaces."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"\s+", " ", bare.replace("\u2019", "'").replace(" & ", " and ")).strip(" .,;()")


@cache
def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for language in LANGUAGES:
        for code_, label in Locale.parse(language).territories.items():
            if len(code_) == 2 and code_.isalpha() and code_ not in {"EA", "EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}:  # noqa: PLR2004
                table.setdefault(fold(label), code_.lower())
                table.setdefault(code_.lower(), code_.lower())
    for alpha3, codes in get_global("territory_aliases").items():
        if len(alpha3) == 3 and alpha3.isalpha() and len(codes) == 1 and codes[0].lower() in table:  # noqa: PLR2004
            table.setdefault(alpha3.lower(), codes[0].lower())
    return DEMONYMS | table | {fold(alias): code_ for alias, code_ in ALIASES.items()}
