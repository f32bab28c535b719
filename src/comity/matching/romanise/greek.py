"""Greek: ELOT 743 / ISO 843 as passports have it, by sound, and as the ancient names are written."""
# ruff: noqa: RUF001 - the letters are meant

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

_DIAERESIS: Final = "ϊϋΐΰ"

_PLAIN: Final = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l", "μ": "m",
    "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps",
    "ω": "o",
}  # fmt: skip
_PASSPORT: Final = str.maketrans(_PLAIN)
_BY_SOUND: Final = str.maketrans({**_PLAIN, "υ": "i", "χ": "h", "ξ": "ks", "γ": "g", "κ": "k"})
_ANCIENT: Final = str.maketrans({**_PLAIN, "β": "b", "η": "e", "φ": "ph", "χ": "ch", "κ": "k"})

_DIGRAPHS: Final = (
    ("ου", "u"), ("αυ", "av"), ("ευ", "ev"), ("ηυ", "iv"), ("γγ", "ng"), ("γξ", "nx"), ("γχ", "nch"),
)  # fmt: skip
_STOPS: Final = (("μπ", "b", "mp"), ("ντ", "d", "nt"), ("γκ", "g", "gk"))
_MUTE: Final = frozenset("θκξπστφχψ")


def readings(token: str) -> tuple[str, ...]:
    """Return how a Greek word is written in Latin letters, the likeliest first."""
    letters = _bare(token)
    for pair, sound in _DIGRAPHS:
        if pair in letters:
            letters = letters.replace(pair, _before_mute(letters, pair, sound))
    passport, by_sound = letters.replace("u", "ou"), letters
    for pair, stop, spelt in _STOPS:
        if pair in letters:
            passport = _stops(passport, pair, stop, spelt)
            by_sound = by_sound.replace(pair, stop)
    ancient = letters.replace("αι", "ae").replace("οι", "oe")
    found = (
        passport.translate(_PASSPORT),
        by_sound.replace("αι", "e").replace("ει", "i").replace("οι", "i").translate(_BY_SOUND),
        by_sound.translate(_PASSPORT),
        ancient.translate(_ANCIENT),
    )
    return tuple(dict.fromkeys(found))


def _before_mute(letters: str, pair: str, sound: str) -> str:
    """Return av, ev and iv as af, ef and if where a voiceless consonant or nothing follows the first of them."""
    if not sound.endswith("v"):
        return sound
    after = letters[letters.index(pair) + 2 :][:1]
    return sound[0] + "f" if not after or after in _MUTE else sound


def _stops(letters: str, pair: str, stop: str, spelt: str) -> str:
    """Return the letters with a pair that says one stop: so at the beginning of a word, and as spelt inside it."""
    first = stop + letters[2:] if letters.startswith(pair) else letters
    return first.replace(pair, spelt)


@lru_cache(4_096)
def _base(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


def _bare(token: str) -> str:
    if any(letter in _DIAERESIS for letter in token):
        token = token.replace("ϊ", "i").replace("ΐ", "i").replace("ϋ", "y").replace("ΰ", "y")
    return "".join([_base(letter) for letter in token if letter != "\u0301"])
