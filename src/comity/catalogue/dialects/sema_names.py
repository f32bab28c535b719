"""Names as the Canadian list writes them: two languages in one field, and aliases as free text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from comity.catalogue.dialects.languages import language

_FRENCH: Final = re.compile(
    r"[àâçéèêëîïôùûœ]|\b[dl][\u2019']|\b(?:de|des|du|et|la|le|les|pour|institut|banque|agence|garde|navale|iranienne?)\b",
    re.IGNORECASE,
)
_OPENING, _CLOSING = "([«“", ")]»”"
_LEGAL_FORM: Final = re.compile(
    r"(?:co|company|corp|corporation|gmbh|inc|jsc|limited|llc|llp|ltd|lp|ojsc|ooo|pjsc|plc|pte|s\.?a|tov|zao"
    r"|ао|зао|оао|ооо|пао|тов)"  # noqa: RUF001 - Russian and Ukrainian forms
    r"[.\s]*(?:ltd|limited|llc)?\.?",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"(?:alias|a\.?k\.?a\.?)\s*:?\s+", re.IGNORECASE)
_SPOKEN: Final = re.compile(r"([A-Z][a-z]+)\s*:\s*")


class Written(NamedTuple):
    """A name, and the language it is written in where the list says so: ISO 639-3, or empty."""

    text: str
    lang: str = ""


def key(*names: str) -> str:
    """Return a name as the reference has it: without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", " ".join(names).casefold())
    return " ".join(re.sub(r"[^\w]+", " ", "".join(char for char in plain if not unicodedata.combining(char))).split())


def bilingual(text: str) -> list[Written]:
    """Return the name of an entity in English and in French, where it is plainly both: `Hara Institute/Institut Hara`."""
    halves = _apart(text, "/")
    if len(halves) != 2 or _is_french(halves[0]) or not _is_french(halves[1]):  # noqa: PLR2004 - two languages
        return [Written(text)]
    return [Written(halves[0], "eng"), Written(halves[1], "fra")]


def both(text: str) -> list[Written]:
    """Return a word that the list always gives in English and then in French: `General/général`, `Oil Tanker | Pétrolier`."""
    halves = [half.strip() for half in re.split(r"[/|]", text) if half.strip()]
    return (
        [Written(half, lang) for half, lang in zip(halves, ("eng", "fra"), strict=False)]
        if halves[1:]
        else [Written(text)]
    )


def aliases(text: str) -> Iterator[Written]:
    """Yield the aliases that a text gives, divided by semicolons, strokes and commas.

    A comma divides only where another name can begin: not before a legal form (`Veltrona, Ltd.`), and nothing divides in brackets
    or quotation marks.
    """
    halves = bilingual(text) if ";" not in text else [Written(text)]
    for half in halves:
        for part in _apart(half.text, ";/"):
            for piece in _by_commas(part):
                yield _alias(piece, half.lang)


def _alias(piece: str, lang: str) -> Written:
    bare = _LABEL.sub("", piece, count=1) if _LABEL.match(piece) else piece
    spoken = _SPOKEN.match(bare)
    if spoken and language(spoken[1]):
        return Written(bare[spoken.end() :].strip(), language(spoken[1]))
    inner = bare[1:-1]
    return Written(inner if bare[:1] == "(" and bare[-1:] == ")" and not set("()") & set(inner) else bare, lang)


def _by_commas(text: str) -> list[str]:
    names: list[str] = []
    for piece in _apart(text, ","):
        if names and not _begins_a_name(piece):
            names[-1] += f", {piece}"
        else:
            names.append(piece)
    return names


def _begins_a_name(piece: str) -> bool:
    first = piece.lstrip("\"'«“(")[:1]
    begins = first.isalpha() and (first.isupper() or first.lower() == first.upper())
    return (begins or piece.startswith(("the ", "l'", "l\u2019"))) and _LEGAL_FORM.fullmatch(piece) is None


def _apart(text: str, dividers: str) -> list[str]:
    """Divide a text outside of brackets and quotation marks."""
    pieces, depth, quoted = [""], 0, False
    for char in text:
        quoted ^= char == '"'
        depth = max(0, depth + (char in _OPENING) - (char in _CLOSING))
        if char in dividers and not depth and not quoted:
            pieces.append("")
        else:
            pieces[-1] += char
    return [stripped for piece in pieces if (stripped := piece.strip())]


def _is_french(text: str) -> bool:
    return _FRENCH.search(text) is not None
