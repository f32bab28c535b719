"""Names of history as their bearers' languages write them, and how they are written in Latin letters."""
# ruff: noqa: RUF001 - the letters are meant

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.matching import romanise
from comity.matching.romanise import READINGS_MAX, READINGS_MAX_OF, readings, split
from comity.matching.scripts import Script, script_of

SHAPE = re.compile("[a-z0-9]+")
ALPHABETS = {
    Script.LATIN: "abcxyzßäøłı'",
    Script.CYRILLIC: "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўђћјљњџғқңөү",
    Script.ARABIC: "ابتثجحخدذرزسشصضطظعغفقكلمنهويىءآأإةؤئپچژگکیَّـ",
    Script.HEBREW: "אבגדהוזחטיכלמנסעפצקרשתךםןףץ'׳ָ",
    Script.GREEK: "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐ",
    Script.GEORGIAN: "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    Script.ARMENIAN: "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
    Script.HAN: "王李司马歐陽諸葛志强強小龍國〇々克吕女绿",
    Script.HANGUL: "김이박남궁황보정은일성희영철수렬ㄱ",
    Script.KANA: "あいうかきしちつっんゃゅょアイウカヴァティーッン",
    Script.THAI: "กขคงมานะเปรม",
    Script.DEVANAGARI: "कखगजड़नमरलवशसह्ािीुेोंअआइ़",
    Script.OTHER: "ኢትዮጵያ12",
}
words = st.sampled_from(sorted(ALPHABETS)).flatmap(
    lambda script: st.tuples(st.text(ALPHABETS[script], max_size=9), st.just(script))
)


@pytest.fixture(scope="module", autouse=True)
def pinyin() -> None:
    """Loaded before any example, which hypothesis gives a deadline."""
    romanise.warm()


@given(words | st.tuples(st.text(max_size=12), st.sampled_from(Script)))
def test_readings_are_few_and_of_ascii_letters_and_the_same_each_time(word: tuple[str, Script]) -> None:
    found = readings(*word)
    assert len(found) <= READINGS_MAX_OF.get(word[1], READINGS_MAX)
    assert len(set(found)) == len(found)
    assert all(SHAPE.fullmatch(one) for one in found)
    readings.cache_clear()
    assert readings(*word) == found


def test_of_many_readings_the_likeliest_are_kept() -> None:
    assert readings("Жижицкий", Script.CYRILLIC) == ("zhizhitsky", "zhizhitskiy", "zhizhitski", "zhyzhytsky")


@given(words)
def test_parts_of_a_word_are_the_word(word: tuple[str, Script]) -> None:
    token, script = word
    parts = split(token, script)
    assert "".join(parts) == token
    if script not in {Script.HAN, Script.HANGUL}:
        assert parts == (token,)


@pytest.mark.parametrize(
    ("token", "latin"),
    [
        ("Müller", ("muller",)),
        ("Straße", ("strasse",)),
        ("Łódź", ("lodz",)),
        ("O'Higgins", ("ohiggins",)),
        ("Əliyev", ("aliyev",)),
        ("Yıldız", ("yildiz",)),
    ],
)
def test_a_latin_word_has_its_ascii_form(token: str, latin: tuple[str, ...]) -> None:
    assert readings(token, Script.LATIN) == latin


@pytest.mark.parametrize(
    ("token", "first", "others"),
    [
        ("Толстой", "tolstoy", "tolstoi"),
        ("Достоевский", "dostoevsky", "dostoyevskiy"),
        ("Евгений", "evgeny", "yevgeniy"),
        ("Прокофьев", "prokofev", "prokofiev"),
        ("Александр", "aleksandr", "alexandr"),
        ("Михаил", "mikhail", "mihail"),
        ("Щедрин", "shchedrin", ""),
        ("Шевченко", "shevchenko", ""),
        ("Григорій", "hryhoriy", "hryhorii grigoriy"),
        ("Сергій", "serhiy", "sergiy"),
        ("Быкаў", "bykaw", "bykau"),
        ("Вук", "vuk", ""),
        ("Ђорђе", "djordje", ""),
        ("Његош", "njegos", "nyegosh"),
        ("Абай", "abay", "abai"),
        ("Шоқан", "shoqan", "shokan"),
        ("Нацумэ", "natsume", ""),
        ("Мусаси", "musasi", "musashi"),
        ("محفوظ", "mahfuz", ""),
        ("خليل", "khalil", ""),
        ("ابن", "ibn", ""),
        ("خلدون", "khaldun", ""),
        ("إبراهيم", "ibrahim", "ebrahim"),
        ("مُحَمَّد", "mohammad", "muhammad mohamed"),
        ("الحسن", "hassan", "hasan"),
        ("فاطمة", "fatima", "fatemeh"),
        ("فاطمه", "fatima", "fatemeh"),
        ("رضا", "reza", "rida"),
        ("پرویز", "parviz", ""),
        ("عبدالقادر", "abdulqadir", "abdqadir"),
        ("דוד", "david", ""),
        ("אברהם", "avraham", "abraham"),
        ("יצחק", "yitzhak", "isaac"),
        ("Παπαδόπουλος", "papadopoulos", ""),
        ("Μπουμπουλίνα", "boumpoulina", "bubulina"),
        ("Ευριπίδης", "evripidis", ""),
        ("Ευφροσύνη", "effrosyni", ""),
        ("Χρήστος", "christos", "hristos"),
        ("რუსთაველი", "rustaveli", ""),
        ("ჭავჭავაძე", "chavchavadze", ""),
        ("ჯავახიშვილი", "javakhishvili", "dzhavakhishvili"),
        ("Կոմիտաս", "komitas", "gomidas"),
        ("Հակոբ", "hakob", "hagop"),
        ("Ոսկան", "voskan", ""),
        ("गांधी", "gandhi", ""),
        ("जवाहरलाल", "javahralal", "javaharalal"),
        ("ज़ाकिर", "zakir", ""),
        ("ばしょう", "basho", "bashou"),
        ("ムラサキ", "murasaki", ""),
        ("きょうと", "kyoto", "kyouto"),
        ("ホッカイドー", "hokkaido", ""),
    ],
)
def test_names_are_read_as_standards_and_as_people_write_them(token: str, first: str, others: str) -> None:
    found = readings(token, script_of(token))
    assert found[0] == first
    assert set(others.split()) <= set(found)


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("毛", "mao"),
        ("澤東", "zedong tsetung"),
        ("鲁", "lu"),
        ("迅", "xun hsun"),
        ("孫", "sun suen"),
        ("李", "li lee"),
        ("小龍", "xiaolong siulung hsiaolung"),
        ("曾", "zeng tsang tseng"),
        ("单", "shan"),
        ("吕", "lyu lu lui"),
        ("诸葛", "zhuge chukot"),
        ("歐陽", "ouyang auyeung"),
        ("介石", "jieshi chiehshih"),
        ("陳", "chen chan tan"),
    ],
)
def test_chinese_names_are_read_in_pinyin_by_wade_and_giles_and_in_hong_kong(token: str, expected: str) -> None:
    found = readings(token, Script.HAN)
    spelt = expected.split()
    assert found[0] == spelt[0]
    assert set(spelt) <= set(found)


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("김", "kim gim"),
        ("이", "lee yi rhee"),
        ("리", "ri lee"),
        ("박", "park pak"),
        ("최", "choi choe"),
        ("세종", "sejong"),
        ("순신", "sunsin"),
        ("중근", "junggeun chunggun"),
        ("덕혜", "deokhye tokhye"),
        ("을령", "eullyeong ullyong"),
        ("영희", "yeonghui yonghui younghee"),
    ],
)
def test_korean_names_are_read_as_the_south_the_north_and_families_write_them(token: str, expected: str) -> None:
    assert set(expected.split()) <= set(readings(token, Script.HANGUL))


@pytest.mark.parametrize(
    ("token", "script", "parts"),
    [
        ("鲁迅", Script.HAN, ("鲁", "迅")),
        ("李小龍", Script.HAN, ("李", "小龍")),
        ("司馬遷", Script.HAN, ("司馬", "遷")),
        ("诸葛亮", Script.HAN, ("诸葛", "亮")),
        ("歐陽修", Script.HAN, ("歐陽", "修")),
        ("司马", Script.HAN, ("司马",)),
        ("王", Script.HAN, ("王",)),
        ("北方船舶公司", Script.HAN, ("北方船舶公司",)),
        ("안중근", Script.HANGUL, ("안", "중근")),
        ("김구", Script.HANGUL, ("김", "구")),
        ("남궁억", Script.HANGUL, ("남궁", "억")),
        ("대한무역회사", Script.HANGUL, ("대한무역회사",)),
        ("Толстой", Script.CYRILLIC, ("Толстой",)),
        ("kim", Script.LATIN, ("kim",)),
    ],
)
def test_family_and_given_name_are_told_apart(token: str, script: Script, parts: tuple[str, ...]) -> None:
    assert split(token, script) == parts


def test_presentation_forms_and_decomposed_letters_are_the_plain_ones() -> None:
    assert readings("\ufee3\ufea4\ufee4\ufeaa", Script.ARABIC) == readings("محمد", Script.ARABIC)
    assert readings("Толсто\u0438\u0306", Script.CYRILLIC) == readings("Толстой", Script.CYRILLIC)
    assert readings("\uff80\uff85\uff76", Script.KANA) == ("tanaka",)
    assert readings("\u1100\u1175\u11b7", Script.HANGUL) == readings("김", Script.HANGUL)
