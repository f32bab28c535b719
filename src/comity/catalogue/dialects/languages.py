"""Languages by the English names that lists give them."""

from __future__ import annotations

from typing import Final

LANGUAGES: Final[dict[str, str]] = {
    "arabic": "ara", "armenian": "hye", "azerbaijani": "aze", "belarusian": "bel", "belarussian": "bel", "bosnian": "bos",
    "bulgarian": "bul", "burmese": "mya", "chinese": "zho", "dari": "prs", "english": "eng", "farsi": "fas", "french": "fra",
    "georgian": "kat", "greek": "ell", "hebrew": "heb", "japanese": "jpn", "kazakh": "kaz", "korean": "kor", "kurdish": "kur",
    "kyrgyz": "kir", "macedonian": "mkd", "moldovan": "ron", "pashto": "pus", "persian": "fas", "romanian": "ron",
    "romanian; moldavian; moldovan": "ron", "russian": "rus", "serbian": "srp", "spanish": "spa", "tajik": "tgk",
    "turkish": "tur", "turkmen": "tuk", "ukrainian": "ukr", "urdu": "urd", "uzbek": "uzb",
}  # fmt: skip
"""ISO 639-3 codes by name in lower case."""


def language(name: str) -> str:
    """Return the ISO 639-3 code of a language, or nothing for a name that is not known."""
    return LANGUAGES.get(" ".join(name.casefold().split()), "")
