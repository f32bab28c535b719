"""Hangul: the Revised Romanization (2000), McCune-Reischauer (1939), the North's habits, and how families write their names."""

from __future__ import annotations

import unicodedata
from typing import Final

_FIRST: Final = 0xAC00
_SYLLABLES: Final = 11_172
_VOWELS: Final = 21
_CODAS: Final = 28

_REVISED_ONSETS: Final = (
    "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h",
)  # fmt: skip
_NORTHERN_ONSETS: Final = (
    "k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "ch", "tch", "ch", "kh", "th", "ph", "h",
)  # fmt: skip
_VOICED: Final = {"k": "g", "t": "d", "p": "b", "ch": "j"}
_REVISED_VOWELS: Final = (
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i",
)  # fmt: skip
_NORTHERN_VOWELS: Final = (
    "a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "u", "ui", "i",
)  # fmt: skip
_SCHOOL_VOWELS: Final = (
    "a", "ae", "ya", "yae", "eo", "e", "you", "ye", "o", "wa", "wae", "oi", "yo", "oo", "wo", "we", "wi", "yoo", "eu", "ui", "i",
)  # fmt: skip
_PASSPORT_VOWELS: Final = (
    "a", "ae", "ya", "yae", "eo", "e", "yu", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i",
)  # fmt: skip
"""How South Koreans write their own names: Young-soo, Hyun-jun."""
_REVISED_CODAS: Final = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p",
    "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t",
)  # fmt: skip
_LIQUID: Final = 8
_R: Final = 5
_H: Final = 18
_J: Final = 12
_SILENT: Final = 11
_NG: Final = 21

FAMILY_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "김": ("kim", "gim"),
    "이": ("lee", "yi", "rhee", "i"),
    "리": ("ri", "lee", "rhee"),
    "박": ("park", "pak", "bak"),
    "최": ("choi", "choe", "che"),
    "정": ("jung", "chung", "jeong", "chong"),
    "강": ("kang", "gang"),
    "조": ("cho", "jo"),
    "윤": ("yoon", "yun", "youn"),
    "장": ("jang", "chang"),
    "임": ("lim", "im", "rim", "yim"),
    "림": ("rim", "lim"),
    "한": ("han", "hahn"),
    "오": ("oh", "o"),
    "서": ("seo", "suh", "so"),
    "신": ("shin", "sin"),
    "권": ("kwon", "gwon"),
    "황": ("hwang",),
    "안": ("ahn", "an"),
    "송": ("song",),
    "류": ("ryu", "yu", "ryoo"),
    "유": ("yoo", "yu", "you"),
    "전": ("jeon", "chun", "jun", "chon"),
    "홍": ("hong",),
    "고": ("ko", "go", "koh"),
    "문": ("moon", "mun"),
    "양": ("yang",),
    "량": ("ryang", "yang"),
    "손": ("son", "sohn"),
    "배": ("bae", "pae"),
    "백": ("baek", "paek", "paik"),
    "허": ("heo", "huh", "ho", "hur"),
    "남": ("nam",),
    "심": ("shim", "sim"),
    "노": ("noh", "no", "roh"),
    "로": ("ro", "roh"),
    "하": ("ha",),
    "곽": ("kwak", "gwak"),
    "성": ("sung", "seong", "song"),
    "차": ("cha",),
    "주": ("joo", "ju", "chu"),
    "우": ("woo", "u"),
    "구": ("koo", "gu", "ku"),
    "민": ("min",),
    "나": ("na", "ra"),
    "라": ("ra", "na"),
    "진": ("jin", "chin"),
    "지": ("ji", "chi"),
    "엄": ("um", "eom", "om"),
    "채": ("chae",),
    "원": ("won",),
    "천": ("cheon", "chun", "chon"),
    "방": ("bang", "pang"),
    "공": ("kong", "gong"),
    "현": ("hyun", "hyeon", "hyon"),
    "함": ("ham",),
    "변": ("byun", "byeon", "pyon"),
    "염": ("yeom", "yum"),
    "렴": ("ryom", "yeom"),
    "여": ("yeo", "yuh"),
    "려": ("ryo", "yeo"),
    "추": ("choo", "chu"),
    "도": ("do", "to"),
    "소": ("so",),
    "석": ("seok", "suk", "sok"),
    "선": ("sun", "seon", "son"),
    "설": ("seol", "sul", "sol"),
    "마": ("ma",),
    "길": ("gil", "kil"),
    "연": ("yeon", "youn"),
    "련": ("ryon", "yeon"),
    "위": ("wi",),
    "표": ("pyo",),
    "명": ("myung", "myeong", "myong"),
    "기": ("ki", "gi"),
    "반": ("ban", "pan"),
    "왕": ("wang",),
    "금": ("keum", "geum", "kum"),
    "옥": ("ok",),
    "육": ("yook", "yuk"),
    "인": ("in",),
    "맹": ("maeng",),
    "제": ("je", "che"),
    "모": ("mo",),
    "탁": ("tak",),
    "국": ("kook", "guk", "kuk"),
    "어": ("eo",),
    "은": ("eun", "un"),
    "편": ("pyun", "pyeon"),
    "용": ("yong",),
    "룡": ("ryong", "yong"),
    "예": ("ye",),
    "봉": ("bong", "pong"),
    "사": ("sa",),
    "부": ("boo", "bu", "pu"),
    "태": ("tae",),
    "동": ("dong", "tong"),
    "계": ("kye", "gye"),
    "남궁": ("namgung", "namkung"),
    "황보": ("hwangbo",),
    "제갈": ("jegal", "chegal"),
    "사공": ("sagong",),
    "선우": ("sunwoo", "seonu", "sonu"),
    "독고": ("dokgo", "tokko"),
    "동방": ("dongbang",),
    "서문": ("seomun",),
}
"""Family names as their bearers write them, North and South; the two-syllable ones last."""

NAME_SYLLABLES: Final = range(2, 5)
"""How long an unspaced name of a person is."""


def readings(token: str) -> tuple[str, ...]:
    """Return how a word in Hangul is written in Latin letters, the likeliest first; as a family name before all."""
    syllables = _split(token)
    revised = _revised(syllables)
    found = (
        *FAMILY_NAMES.get(token, ()),
        revised,
        _northern(syllables, voicing=True),
        _own(syllables, _PASSPORT_VOWELS),
        _northern(syllables, voicing=False),
        _soft(_northern(syllables, voicing=True), syllables),
        _own(syllables, _SCHOOL_VOWELS),
        "k" + revised[1:] if revised[:1] == "g" else revised,
    )
    return tuple(dict.fromkeys(found))


def split(token: str) -> tuple[str, ...]:
    """Return family and given name of a word of two to four syllables that begins with a family name; else the word."""
    token = unicodedata.normalize("NFC", token)
    if len(token) not in NAME_SYLLABLES:
        return (token,)
    if token[2:] and token[:2] in FAMILY_NAMES:
        return token[:2], token[2:]
    if len(token) + 1 in NAME_SYLLABLES and token[0] in FAMILY_NAMES:
        return token[0], token[1:]
    return (token,)


def _split(token: str) -> list[tuple[int, int, int]]:
    """Return each syllable's onset, vowel and coda by number; what is no syllable is left out."""
    found = []
    for letter in token:
        at = ord(letter) - _FIRST
        if 0 <= at < _SYLLABLES:
            found.append((at // (_VOWELS * _CODAS), at // _CODAS % _VOWELS, at % _CODAS))
    return found


def _revised(syllables: list[tuple[int, int, int]]) -> str:
    parts: list[str] = []
    before = 0
    for onset, vowel, coda in syllables:
        first = _REVISED_ONSETS[onset]
        if onset == _R and before == _LIQUID:
            first = "l"
        parts += (first, _REVISED_VOWELS[vowel], _REVISED_CODAS[coda])
        before = coda
    return "".join(parts)


def _own(syllables: list[tuple[int, int, int]], vowels: tuple[str, ...]) -> str:
    """Return a reading that South Koreans choose for themselves: u for the open o of eo before a consonant, ee after h."""
    parts: list[str] = []
    for onset, vowel, coda in syllables:
        sound = vowels[vowel]
        if sound == "eo" and coda:
            sound = "u"
        if sound == "ui" and onset == _H:
            sound = "ee"
        if sound == "yu" and onset == _SILENT and coda == _NG:
            sound = "you"
        first = _REVISED_ONSETS[onset]
        if first == "g" and not parts:
            first = "k"
        elif first == "s" and sound == "i" and vowels is _SCHOOL_VOWELS:
            first = "sh"
        parts += (first, sound, _REVISED_CODAS[coda])
    return "".join(parts)


def _soft(northern: str, syllables: list[tuple[int, int, int]]) -> str:
    """Return a northern reading with a plain j at its beginning, as the North writes Jong and Ju; else as it is."""
    return "j" + northern[2:] if syllables and syllables[0][0] == _J else northern


def _northern(syllables: list[tuple[int, int, int]], *, voicing: bool) -> str:
    """Return McCune-Reischauer without its signs; without voicing, as the North writes it."""
    parts: list[str] = []
    before = -1
    for onset, vowel, coda in syllables:
        first = _NORTHERN_ONSETS[onset]
        sounding = before >= 0 and (before == 0 or _REVISED_CODAS[before] in {"n", "m", "l", "ng"})
        if voicing and sounding:
            first = _VOICED.get(first, first)
        if first in {"kh", "th", "ph"} and voicing:
            first = first[0]
        if onset == _R and before == _LIQUID:
            first = "l"
        parts += (first, _NORTHERN_VOWELS[vowel], _REVISED_CODAS[coda])
        before = coda
    return "".join(parts)
