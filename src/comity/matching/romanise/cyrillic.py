"""Cyrillic, by language: a letter says which one a word is in, and where none does, Russian is read first and Ukrainian after it.

Tables: BGN/PCGN 1947 (Russian), 2019 (Ukrainian), 1979 (Belarusian); ICAO Doc 9303 part 3 (passports); Gaj's Latin alphabet without
its signs (Serbian, Macedonian); BGN/PCGN for Kazakh, Kyrgyz, Tajik and Uzbek; the Polivanov system for Japanese names in Russian.
"""
# ruff: noqa: RUF001 - the letters are meant

from __future__ import annotations

import re
from typing import Final

_PLAIN: Final = {
    **dict(zip("абвгдезийклмнопрстуфы", "abvgdeziyklmnoprstufy", strict=True)),
    "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "ё": "e", "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "u", "ѣ": "e", "ѳ": "f", "ѵ": "i",
    "ә": "a", "ғ": "gh", "қ": "q", "ң": "ng", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "ҳ": "h", "ҷ": "j", "ӣ": "i", "ӯ": "u",
    "җ": "j", "ҝ": "g", "ҹ": "j", "ӏ": "", "ҥ": "ng", "ҡ": "q", "ҫ": "s", "ҙ": "z", "ӑ": "a", "ӗ": "e", "ӳ": "u", "ӓ": "a",
    "ђ": "dj", "ћ": "c", "ј": "j", "љ": "lj", "њ": "nj", "џ": "dz", "ѓ": "gj", "ќ": "kj", "ѕ": "dz", "ѐ": "e", "ѝ": "i",
}  # fmt: skip


def _table(changes: dict[str, str]) -> dict[int, str]:
    return str.maketrans({**_PLAIN, **changes})


_SHORT: Final = _table({})
_FULL: Final = _table({"ё": "yo", "ғ": "g", "қ": "k"})
_POPULAR: Final = _table({"й": "i", "ё": "yo", "ү": "ue", "қ": "k", "ғ": "g", "ї": "i", "є": "e"})
_PASSPORT: Final = _table({"ю": "iu", "я": "ia", "й": "i", "ъ": "ie"})
_WESTERN_SLAVIC: Final = _table({"х": "h", "ц": "c", "ч": "c", "ш": "s", "ж": "z", "й": "j", "ю": "ju", "я": "ja"})
_UKRAINIAN: Final = _table({"г": "h", "и": "y"})
_UKRAINIAN_PASSPORT: Final = _table(
    {"г": "h", "и": "y", "й": "i", "ї": "i", "є": "ie", "ю": "iu", "я": "ia", "щ": "shch"}
)
_UKRAINIAN_AS_RUSSIAN: Final = _table({"є": "e", "ї": "i"})
_BELARUSIAN: Final = _table({"г": "h", "ў": "w"})
_SERBIAN: Final = _table({"х": "h", "ц": "c", "ч": "c", "ш": "s", "ж": "z", "џ": "dz"})
_SERBIAN_BY_SOUND: Final = _table({"х": "h", "ћ": "ch", "џ": "dzh", "ј": "y", "љ": "ly", "њ": "ny", "ђ": "dj"})

_OF_UKRAINIAN: Final = frozenset("іїєґ")
_OF_BELARUSIAN: Final = frozenset("ў")
_OF_SERBIAN: Final = frozenset("ђћјљњџѓќѕ")
_OF_ASIA: Final = frozenset("әғқңөұүһҳҷӣӯҡҫҙ")

_AFTER_VOWEL: Final = re.compile("(?<=[аеёиоуыэюяьъ])е")
_POLIVANOV: Final = re.compile(
    "(?:(?:(?:[кгсмнрхбпд]|т(?!у)|дз)?(?:[аиуэоеюя]|ё)|цу|фу|ва|ё|йо)(?:н(?![аиуэоеяюё])|м(?=[бмп])|сс|кк|тт|пп|й)?)+"
)
_HEPBURN: Final = (
    ("дзи", "ji"), ("дзя", "ja"), ("дзю", "ju"), ("дзё", "jo"), ("си", "shi"), ("ся", "sha"), ("сю", "shu"), ("сё", "sho"),
    ("ти", "chi"), ("тя", "cha"), ("тю", "chu"), ("тё", "cho"), ("дз", "z"), ("х", "h"), ("ё", "yo"),
)  # fmt: skip


def readings(token: str) -> tuple[str, ...]:
    """Return how a Cyrillic word is written in Latin letters, the likeliest first."""
    letters = frozenset(token)
    if letters & _OF_SERBIAN:
        return _distinct((token.translate(_SERBIAN), token.translate(_SERBIAN_BY_SOUND), token.translate(_SHORT)))
    if letters & _OF_ASIA:
        return _distinct((_short(token), _full(token), _popular(token), token.translate(_PASSPORT)))
    if letters & _OF_BELARUSIAN:
        return _distinct((token.translate(_BELARUSIAN), _short(token), _full(token)))
    if letters & _OF_UKRAINIAN:
        return _distinct(
            (
                _short(token, _UKRAINIAN),
                token.translate(_UKRAINIAN_PASSPORT),
                _short(token, _UKRAINIAN_AS_RUSSIAN),
                _full(token),
            )
        )
    return _distinct((_short(token), _full(token), _popular(token), *_fourth(token, letters)))


def _short(token: str, table: dict[int, str] = _SHORT) -> str:
    if token.endswith(("ий", "ый")):
        return token[:-2].translate(table) + "y"
    return token.translate(table)


def _full(token: str) -> str:
    if "е" in token:
        token = _AFTER_VOWEL.sub("ye", "ye" + token[1:] if token[0] == "е" else token)
    return token.translate(_FULL)


def _popular(token: str) -> str:
    if token.endswith(("ий", "ый")):
        token = token[:-1]
    return token.replace("кс", "x").replace("дж", "j").replace("ия", "иа").replace("ье", "ие").translate(_POPULAR)


def _fourth(token: str, letters: frozenset[str]) -> tuple[str, ...]:
    if _POLIVANOV.fullmatch(token) and any(one in token for one, _ in _HEPBURN):
        for sound, latin in _HEPBURN:
            token = token.replace(sound, latin)
        return (token.translate(_SHORT),)
    if "х" in letters:
        return (_popular(token.replace("х", "һ")),)
    if "г" in letters or "и" in letters:
        return (_short(token, _UKRAINIAN), token.translate(_WESTERN_SLAVIC))
    return (token.translate(_WESTERN_SLAVIC), token.translate(_PASSPORT))


def _distinct(found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in found if one))
