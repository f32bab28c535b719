"""What columns of customer files are called, in the languages in which such files come: a table, not rules."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

FILE: Final = "headings.tsv"


def folded(heading: str) -> str:
    """Return a heading without case, accents and punctuation, and with single spaces; `dateOfBirth` is `date of birth`."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    plain = unicodedata.normalize("NFKD", apart.casefold())
    bare = "".join(" " if not char.isalnum() else char for char in plain if not unicodedata.combining(char))
    return " ".join(bare.replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("\u0131", "i").split())


@cache
def table() -> dict[str, str]:
    """Return the property of every heading, folded; where two have one spelling the first in the file has it."""
    found: dict[str, str] = {}
    text = (files("comity.portfolios") / FILE).read_text(encoding="utf-8")
    for property_, spellings in (line.split("\t") for line in text.splitlines() if not line.startswith("#")):
        for spelling in (property_, *spellings.split(",")):
            found.setdefault(folded(spelling), property_)
    return found


def property_of(heading: str) -> str:
    """Return the property that a heading names; empty if none."""
    plain = folded(heading)
    return table().get(plain) or table().get(re.sub(r" ?\d+$", "", plain), "")
