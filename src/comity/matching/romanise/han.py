"""Han characters as Chinese names: Hanyu Pinyin (ISO 7098), Wade-Giles, and the Cantonese spellings of Hong Kong.

A family name may be read otherwise than the same character elsewhere. The family names are those in use today, with the compound
ones. Pinyin of a character comes from pypinyin, which is loaded when the first Han name comes, or by `warm`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Final, cast

from comity.matching.romanise.cantonese import CANTONESE, FAMILY_SPELLINGS, SIMPLE

NAME_CHARS: Final = range(2, 5)
"""How long an unspaced name of a person is."""

_READ_OTHERWISE: Final = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "任": "ren", "朴": "piao", "盖": "ge",
    "尉": "wei", "缪": "miao", "翟": "zhai", "覃": "qin", "纪": "ji", "华": "hua", "乐": "yue", "种": "chong", "秘": "bi",
    "冼": "xian", "燕": "yan", "员": "yun", "召": "shao", "黑": "he", "繁": "po", "宁": "ning", "那": "na", "隗": "wei",
    "牟": "mu", "薄": "bo", "卜": "bu", "柏": "bai", "句": "gou", "祭": "zhai", "葛": "ge", "洗": "xian", "沈": "shen",
    "呂": "lv", "吕": "lv", "万": "wan", "石": "shi", "车": "che", "叶": "ye", "过": "guo", "应": "ying", "幺": "yao",
    "尉迟": "yuchi", "万俟": "moqi", "长孙": "zhangsun", "澹台": "tantai", "令狐": "linghu", "鲜于": "xianyu", "单于": "chanyu",
}  # fmt: skip

_COMPOUND: Final = frozenset(
    {
        "诸葛", "司马", "欧阳", "上官", "皇甫", "东方", "公孙", "慕容", "夏侯", "司徒", "宇文", "闻人", "西门", "南宫",
        "端木", "独孤", "轩辕", "拓跋", "尉迟", "万俟", "长孙", "澹台", "令狐", "鲜于", "单于", "司空", "公羊", "东郭",
        "百里", "呼延", "申屠", "太史", "钟离", "赫连", "濮阳", "淳于", "太叔", "仲孙", "闾丘", "第五", "爱新觉罗",
        "叶赫那拉",
    }
)  # fmt: skip

_FAMILY: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔"
    "伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙"
    "鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞"
    "姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘"
    "满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜"
    "羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富"
    "尧闭由萧阎傅谯侴"
)

_SPLIT_FIRST: Final = (
    "zh",
    "ch",
    "sh",
    "b",
    "p",
    "m",
    "f",
    "d",
    "t",
    "n",
    "l",
    "g",
    "k",
    "h",
    "j",
    "q",
    "x",
    "r",
    "z",
    "c",
    "s",
)
_WADE_FIRST: Final = {
    "b": "p", "d": "t", "g": "k", "j": "ch", "q": "ch", "x": "hs", "zh": "ch", "z": "ts", "c": "ts", "r": "j",
}  # fmt: skip
_WADE_WHOLE: Final = {
    "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "szu", "er": "erh", "e": "o",
    "ge": "ko", "ke": "ko", "he": "ho", "yi": "i", "you": "yu", "yan": "yen", "ye": "yeh", "guo": "kuo", "kuo": "kuo",
    "huo": "huo", "shuo": "shuo", "gui": "kuei", "kui": "kuei", "yong": "yung", "xu": "hsu", "yue": "yueh", "lv": "lu",
}  # fmt: skip
_WADE_REST: Final = {
    "ong": "ung",
    "iong": "iung",
    "ian": "ien",
    "ie": "ieh",
    "ue": "ueh",
    "uo": "o",
    "ui": "ui",
    "iu": "iu",
    "e": "e",
}

_TONES: Final = str.maketrans(
    {
        **dict.fromkeys("āáǎàɑ", "a"), **dict.fromkeys("ēéěèê", "e"), **dict.fromkeys("īíǐì", "i"),
        **dict.fromkeys("ōóǒò", "o"), **dict.fromkeys("ūúǔù", "u"), **dict.fromkeys("üǖǘǚǜ", "v"),
        **dict.fromkeys("ńňǹ", "n"), "ḿ": "m", "̄": None, "̌": None, "̀": None,
    }
)  # fmt: skip


@cache
def warm() -> dict[int, str]:
    """Load the table of pinyin, some tenths of a second once, and return it: a character's readings by its code."""
    constants = import_module("pypinyin.constants")
    return cast("dict[int, str]", constants.PINYIN_DICT)


def readings(token: str) -> tuple[str, ...]:
    """Return how a word in Han characters is written in Latin letters, read as Chinese, the likeliest first."""
    simple = token.translate(SIMPLE)
    syllables = [_pinyin(character) for character in token]
    family = _READ_OTHERWISE.get(simple)
    spelt = FAMILY_SPELLINGS.get(simple, ())
    pinyin = family or "".join(syllables)
    wade = _wade(family) if family and len(simple) == 1 else "".join([_wade(one) for one in syllables])
    cantonese = [CANTONESE.get(character) for character in simple]
    other = () if None in cantonese else ("".join(cast("list[str]", cantonese)),)
    found = (pinyin, wade, "".join(syllables), *spelt, *other)
    return tuple(dict.fromkeys(_typed(one) for one in found if one))


def split(token: str) -> tuple[str, ...]:
    """Return family and given name of a word of two to four characters that begins with a family name; else the word.

    Of four characters the family name has two: a compound one, or a husband's before a wife's own.
    """
    if len(token) not in NAME_CHARS:
        return (token,)
    simple = token.translate(SIMPLE)
    if simple[:2] in _COMPOUND:
        return (token[:2], token[2:]) if token[2:] else (token,)
    if simple[0] in _FAMILY and len(token) + 1 in NAME_CHARS:
        return token[0], token[1:]
    return (token,)


@cache
def _pinyin(character: str) -> str:
    return warm().get(ord(character), "").split(",")[0].translate(_TONES)


def _typed(latin: str) -> str:
    """Return pinyin as passports have it, where the u with two dots is typed yu after l and n."""
    return latin.replace("v", "yu") if latin in {"lv", "nv"} else latin.replace("v", "u")


@cache
def _wade(pinyin: str) -> str:
    """Return a syllable of pinyin in Wade-Giles without its apostrophes and dots."""
    whole = _WADE_WHOLE.get(pinyin)
    if whole is not None:
        return whole
    first = next((one for one in _SPLIT_FIRST if pinyin.startswith(one)), "")
    rest = pinyin[len(first) :]
    return _WADE_FIRST.get(first, first) + _WADE_REST.get(rest, rest)
