"""Words that ordinary names are made of: common names of the United States, and what companies call themselves, by script."""

from __future__ import annotations

from pathlib import Path


def entries(name: str) -> dict[str, list[str]]:
    """Return a file of words beside this one, by its keys: `[KEY]`, then entries divided by `|`, of which `~` is an empty one."""
    found: dict[str, list[str]] = {}
    key = ""
    for line in Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            key = line.strip("[]")
            found[key] = []
        elif not line.startswith("#"):
            found[key] += ["" if word == "~" else word for word in line.rstrip("|").split("|")]
    return found


_WORDS = entries("vocabulary")
GIVEN, FAMILY, STEMS, TRADES, FORMS, PLACES = (
    _WORDS[key] for key in ("GIVEN", "FAMILY", "STEMS", "TRADES", "FORMS", "PLACES")
)
CYRILLIC, ARABIC, HANGUL = (
    tuple(_WORDS[f"{name} {part}"] for part in ("STEMS", "TRADES", "FORMS"))
    for name in ("CYRILLIC", "ARABIC", "HANGUL")
)
HAN = tuple(_WORDS[f"HAN {part}"] for part in ("PLACES", "STEMS", "TRADES"))
