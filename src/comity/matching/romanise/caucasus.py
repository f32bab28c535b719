"""Georgian and Armenian.

Tables: the national system of Georgia (2002) and BGN/PCGN 1981 for Armenian, without their signs; Western Armenian exchanges the
voiced and the voiceless stops, so that one letter is b in Yerevan and p in Beirut.
"""
# ruff: noqa: RUF001 - the letters are meant

from __future__ import annotations

from typing import Final

_MODERN: Final = {
    "ა": "a", "ბ": "b", "გ": "g", "დ": "d", "ე": "e", "ვ": "v", "ზ": "z", "თ": "t", "ი": "i", "კ": "k", "ლ": "l", "მ": "m",
    "ნ": "n", "ო": "o", "პ": "p", "ჟ": "zh", "რ": "r", "ს": "s", "ტ": "t", "უ": "u", "ფ": "p", "ქ": "k", "ღ": "gh",
    "ყ": "q", "შ": "sh", "ჩ": "ch", "ც": "ts", "ძ": "dz", "წ": "ts", "ჭ": "ch", "ხ": "kh", "ჯ": "j", "ჰ": "h",
    "ჱ": "e", "ჲ": "i", "ჳ": "u", "ჴ": "kh", "ჵ": "o", "ჶ": "f",
}  # fmt: skip
_FOLDED: Final = {chr(ord(letter) + 0x1C90 - 0x10D0): latin for letter, latin in _MODERN.items()}
"""The capitals of Georgian, whose case mapping folds to the letters above only in newer Unicode data."""

_GEORGIAN: Final = str.maketrans({**_MODERN, **_FOLDED})
_GEORGIAN_VIA_RUSSIAN: Final = str.maketrans({**_MODERN, **_FOLDED, "ყ": "k", "ღ": "g", "ჯ": "dzh", "ფ": "f"})

_YEREVAN: Final = {
    "ա": "a", "բ": "b", "գ": "g", "դ": "d", "ե": "e", "զ": "z", "է": "e", "ը": "y", "թ": "t", "ժ": "zh", "ի": "i", "լ": "l",
    "խ": "kh", "ծ": "ts", "կ": "k", "հ": "h", "ձ": "dz", "ղ": "gh", "ճ": "ch", "մ": "m", "յ": "y", "ն": "n", "շ": "sh",
    "ո": "o", "չ": "ch", "պ": "p", "ջ": "j", "ռ": "r", "ս": "s", "վ": "v", "տ": "t", "ր": "r", "ց": "ts", "ւ": "v",
    "փ": "p", "ք": "k", "օ": "o", "ֆ": "f", "և": "ev",
}  # fmt: skip
_ARMENIAN: Final = str.maketrans(_YEREVAN)
_ARMENIAN_VIA_RUSSIAN: Final = str.maketrans({**_YEREVAN, "խ": "h", "ղ": "g", "ջ": "dj"})
_WESTERN: Final = str.maketrans(
    {**_YEREVAN, "բ": "p", "գ": "k", "դ": "t", "ձ": "ts", "ջ": "ch", "պ": "b", "կ": "g", "տ": "d", "ծ": "dz", "ճ": "j"}
)


def georgian(token: str) -> tuple[str, ...]:
    """Return how a Georgian word is written in Latin letters, the likeliest first."""
    return tuple(dict.fromkeys((token.translate(_GEORGIAN), token.translate(_GEORGIAN_VIA_RUSSIAN))))


def armenian(token: str) -> tuple[str, ...]:
    """Return how an Armenian word is written in Latin letters, the likeliest first: Eastern, Western, by way of Russian."""
    token = token.replace("ու", "u").replace("եւ", "և")
    if token.startswith("ո"):
        token = "vo" + token[1:]
    full = "ye" + token[1:] if token.startswith("ե") else token
    found = (full.translate(_ARMENIAN), token.translate(_WESTERN), token.translate(_ARMENIAN_VIA_RUSSIAN))
    return tuple(dict.fromkeys(found))
