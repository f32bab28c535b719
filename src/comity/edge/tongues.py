"""In which script a name is written, and what a browser is told of its language so that it is spoken and set as it should be."""

from __future__ import annotations

import unicodedata
from typing import Final

from babel.core import get_global

from comity.edge import i18n

SCRIPTS: Final = {
    "LATIN": "Latn", "ARABIC": "Arab", "CYRILLIC": "Cyrl", "GREEK": "Grek", "HEBREW": "Hebr", "CJK": "Hani", "HANGUL": "Hang",
    "HIRAGANA": "Jpan", "KATAKANA": "Jpan", "ARMENIAN": "Armn", "GEORGIAN": "Geor", "DEVANAGARI": "Deva", "BENGALI": "Beng",
    "GURMUKHI": "Guru", "GUJARATI": "Gujr", "TAMIL": "Taml", "TELUGU": "Telu", "SINHALA": "Sinh", "THAI": "Thai", "LAO": "Laoo",
    "KHMER": "Khmr", "MYANMAR": "Mymr", "ETHIOPIC": "Ethi", "TIBETAN": "Tibt", "MONGOLIAN": "Mong",
    "SYRIAC": "Syrc", "THAANA": "Thaa",
}  # fmt: skip
"""Scripts by the first word of their characters' names in Unicode: ISO 15924 codes."""

OF_PAGE: Final = {"ar": "Arab"}
"""The script of a page in a language; Latin where it is not named."""


def script(text: str) -> str:
    """Return the ISO 15924 code of the script of a text's first letter; empty where it has none that is known."""
    for char in text:
        if char.isalpha():
            return SCRIPTS.get(unicodedata.name(char, "").partition(" ")[0].removesuffix("-UNIFIED"), "")
    return ""


def tongue(text: str, lang: str = "") -> str:
    """Return what `lang` says of a text: the language that its list states (ISO 639-3), or that only the script is known.

    Empty for a text in the page's own script whose language nobody states: a name is read as the page is.
    """
    if lang:
        short: str = get_global("language_aliases").get(lang, lang).replace("_", "-")
        return short
    found = script(text)
    return f"und-{found}" if found and found != OF_PAGE.get(i18n.current().code, "Latn") else ""


def script_name(text: str) -> str:
    """Return what the reader calls the script of a text: Cyrillic, cyrillique, السيريلية; empty where it is not known."""
    found = script(text)
    name: str = i18n.locale().scripts.get(found, found)
    return name[:1].upper() + name[1:]
