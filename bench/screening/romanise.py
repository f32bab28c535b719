"""How the publishers of lists write Korean and Chinese names in Latin letters: several ways each, one of them drawn by lot.

Written for the bench alone, from the published systems (Revised Romanisation 2000, McCune-Reischauer without its marks, as the DPRK
and the lists write it; pinyin; Wade-Giles without its marks), so that no engine is measured by its own table.
"""

from __future__ import annotations

import random
import re

from pypinyin import Style, lazy_pinyin

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
REVISED = ("g kk n d tt r m b pp s ss  j jj ch k t p h".split(" "), "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split())
NORTHERN = ("k kk n t tt r m p pp s ss  ch tch ch k t p h".split(" "), "a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i".split())
FINALS = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ")
VOICED = {"k": "g", "t": "d", "p": "b", "ch": "j"}

FAMILY_SOUTH = {
    "김": "Kim", "이": "Lee Yi Rhee", "박": "Park Pak", "최": "Choi Choe", "정": "Jung Jeong Chung", "강": "Kang", "조": "Cho Jo",
    "윤": "Yoon Yun", "장": "Jang Chang", "임": "Lim Im", "한": "Han", "오": "Oh", "서": "Seo Suh", "신": "Shin Sin", "권": "Kwon",
    "황": "Hwang", "안": "Ahn An", "송": "Song", "유": "Yoo Yu", "홍": "Hong", "전": "Jeon Chun", "고": "Ko Go", "문": "Moon Mun",
    "양": "Yang", "손": "Son Sohn", "배": "Bae Pae", "백": "Baek Paik", "허": "Heo Hur", "남": "Nam", "심": "Shim Sim", "노": "Noh Roh",
    "하": "Ha", "곽": "Kwak", "성": "Sung Seong", "차": "Cha", "주": "Joo Chu", "우": "Woo", "구": "Koo Ku", "민": "Min", "진": "Jin Chin",
}  # fmt: skip
FAMILY_NORTH = {
    "김": "Kim", "리": "Ri", "박": "Pak", "최": "Choe", "정": "Jong", "강": "Kang", "조": "Jo", "윤": "Yun", "장": "Jang", "림": "Rim",
    "한": "Han", "오": "O", "서": "So", "신": "Sin", "권": "Kwon", "황": "Hwang", "안": "An", "송": "Song", "류": "Ryu", "홍": "Hong",
    "전": "Jon", "고": "Ko", "문": "Mun", "량": "Ryang", "손": "Son", "배": "Pae", "백": "Paek", "허": "Ho", "남": "Nam", "심": "Sim",
    "로": "Ro", "하": "Ha", "곽": "Kwak", "성": "Song", "차": "Cha", "주": "Ju", "우": "U", "구": "Ku", "민": "Min", "진": "Jin",
}  # fmt: skip
NORTH_OF = {"이": "리", "임": "림", "유": "류", "양": "량", "노": "로"}

WADE = (
    (r"^zhi$", "chih"), (r"^chi$", "chih"), (r"^shi$", "shih"), (r"^ri$", "jih"), (r"^zi$", "tzu"), (r"^ci$", "tzu"), (r"^si$", "ssu"),
    (r"^you$", "yu"), (r"^ye$", "yeh"), (r"^yan$", "yen"), (r"^er$", "erh"), (r"^zh", "ch"), (r"^q", "ch"), (r"^j", "ch"), (r"^x", "hs"),
    (r"^z", "ts"), (r"^c(?!h)", "ts"), (r"^r", "j"), (r"^b", "p"), (r"^d", "t"), (r"^g", "k"), (r"ong$", "ung"),
    (r"(?<![kh])uo$|(?<=ch)uo$", "o"), (r"ian$", "ien"), (r"(?<=[a-z])ie$", "ieh"), (r"ue$", "ueh"), (r"^he$", "ho"), (r"^ke$", "ko"), (r"ui$", "ui"),
)  # fmt: skip
CANTONESE = {
    "陈": "Chan", "黄": "Wong", "李": "Lee", "林": "Lam", "张": "Cheung", "王": "Wong", "吴": "Ng", "刘": "Lau", "梁": "Leung", "郑": "Cheng",
    "周": "Chow", "何": "Ho", "罗": "Law", "郭": "Kwok", "谢": "Tse", "马": "Ma", "徐": "Tsui", "杨": "Yeung", "朱": "Chu", "叶": "Yip",
}  # fmt: skip


def korean(name: str, dice: random.Random, *, north: bool) -> str:
    """Write a Korean name of a family syllable and given syllables in Latin letters."""
    families = FAMILY_NORTH if north else FAMILY_SOUTH
    family = dice.choice(families[name[0]].split())
    syllables = [hangul(letter, north=north) for letter in name[1:]]
    if north:
        syllables = [voiced(one, before) for one, before in zip(syllables, ["x", *syllables], strict=False)]
    joint = dice.choice([" ", "-", ""] if not north else [" ", " ", "-", "-", ""])
    given = joint.join(syllables).capitalize() if joint != " " else " ".join(each.capitalize() for each in syllables)
    return f"{family.upper() if dice.random() < 0.5 else family} {given}"


def hangul(letter: str, *, north: bool) -> str:
    code = ord(letter) - 0xAC00
    heads, vowels = NORTHERN if north else REVISED
    return heads[code // 588] + vowels[code % 588 // 28] + FINALS[code % 28]


def voiced(syllable: str, before: str) -> str:
    """Return a northern syllable as it sounds behind a vowel or a nasal, which is how most of the lists' spellings write it."""
    if before[-1] not in "aeioumnlg":
        return syllable
    head = re.match(r"(ch|k|t|p)(?![kthp])", syllable)
    return VOICED[head[1]] + syllable[len(head[1]) :] if head else syllable


def chinese(family: str, given: str, dice: random.Random) -> tuple[str, str]:
    """Write a Chinese name in Latin letters; return it with the system: pinyin (mainland), Wade-Giles (Taiwan), Hong Kong."""
    sounds = lazy_pinyin(family + given, style=Style.NORMAL, v_to_u=False)
    head, rest = sounds[: len(family)], [sound.replace("v", "u") for sound in sounds[len(family) :]]
    lot = dice.random()
    if lot < 0.7:
        name = "".join(rest).capitalize() if dice.random() < 0.8 else " ".join(each.capitalize() for each in rest)
        return f"{_cased(''.join(head), dice)} {name}", "pinyin"
    if lot < 0.85 or family not in CANTONESE:
        return f"{_cased(wade(''.join(head)), dice)} {'-'.join(map(wade, rest)).title()}", "Wade-Giles"
    return f"{CANTONESE[family]} {' '.join(each.capitalize() for each in rest)}", "Hong Kong family name"


def wade(sound: str) -> str:
    """Return the Wade-Giles spelling of a pinyin syllable, without apostrophes."""
    for pattern, instead in WADE:
        if re.search(pattern, sound):
            sound = re.sub(pattern, instead, sound)
            if pattern.endswith("$") and pattern.startswith("^"):
                break
    return sound


def _cased(text: str, dice: random.Random) -> str:
    return text.upper() if dice.random() < 0.4 else text.capitalize()
