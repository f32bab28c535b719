"""Invented parties, where real original-script names are too few: the Latin name is listed, the native one asked.

Every part is a real name. Korean and Chinese persons: given and family names from the ordinary persons of the shared
data, written in Latin letters by the bench's own romanisation. Han-foreign persons: Western given and family names with
their Chinese forms from Wikidata. Hebrew persons: whole names with their Hebrew form from Wikidata.
"""

from __future__ import annotations

import csv
import gzip
import io
import random
from collections.abc import Iterator
from pathlib import Path

from screening import romanise
from screening.names import Listed, bag, script, words

FAMILIES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖田董袁潘于蒋蔣蔡余杜叶葉程苏蘇"
    "魏吕呂丁任沈姚卢盧姜崔钟鐘谭譚陆陸汪范金石廖贾賈夏韦韋付方白邹鄒孟熊秦邱江尹薛闫阎段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴武戴莫孔向汤湯"
)
EACH = 250


def ordinary(shared: Path) -> list[dict[str, str]]:
    """Return the ordinary persons of the shared data, as they stand."""
    text = gzip.decompress((shared / "names/yente_negatives_global.csv.gz").read_bytes()).decode()
    return list(csv.DictReader(io.StringIO(text)))


def load(shared: Path, seed: int = 31) -> list[Listed]:
    """Return every added party; the native name is what a query asks for. Another seed draws others."""
    people = ordinary(shared)
    made = [
        *_korean(people, random.Random(seed)),
        *_chinese(people, random.Random(seed + 1)),
        *_foreign(shared, random.Random(seed + 2)),
        *_hebrew(shared, random.Random(seed + 3)),
    ]
    return list({bag(each.names[0]): each for each in reversed(made)}.values())[::-1]


def _party(way: str, number: int, latin: str, native: str) -> Listed:
    return Listed(
        id=f"made-{way}:{number}",
        schema="Person",
        names=(latin,),
        native=(native,),
        split="report" if number % 2 else "fit",
    )


def _korean(people: list[dict[str, str]], dice: random.Random) -> Iterator[Listed]:
    rows = [row for row in people if script(row["full_name"]) == "Hangul" and not row["middle_name"]]
    rows = [row for row in rows if row["last_name"] in romanise.FAMILY_SOUTH and len(row["first_name"]) == 2]
    for number, row in enumerate(dice.sample(rows, EACH)):
        north = number % 4 < 2
        family = romanise.NORTH_OF.get(row["last_name"], row["last_name"]) if north else row["last_name"]
        native = family + row["first_name"]
        yield _party("hangul", number, romanise.korean(native, dice, north=north), native)


def _chinese(people: list[dict[str, str]], dice: random.Random) -> Iterator[Listed]:
    rows = [row for row in people if row["last_name"] in FAMILIES and not row["middle_name"]]
    rows = [row for row in rows if script(row["first_name"]) == "Han" and len(row["first_name"]) <= 2]
    for number, row in enumerate(dice.sample(rows, EACH)):
        latin, _ = romanise.chinese(row["last_name"], row["first_name"], dice)
        yield _party("han", number, latin, row["last_name"] + row["first_name"])


def _foreign(shared: Path, dice: random.Random) -> Iterator[Listed]:
    text = gzip.decompress((shared / "names/transliteration/wd_chinese_80.tsv.gz").read_bytes()).decode()
    rows = [line.split("\t") for line in text.splitlines()]
    known = [(latin, native.replace(" ", "")) for latin, native, count in rows if 3 <= int(count) <= 30]
    parts = [
        (latin, native) for latin, native in known if 5 <= len(latin) <= 11 and len(native) >= 2 and latin.isalpha()
    ]
    for number in range(EACH):
        (given, first), (family, last) = dice.sample(parts, 2)
        yield _party("foreign", number, f"{given.capitalize()} {family.upper()}", f"{first}·{last}")


def _hebrew(shared: Path, dice: random.Random) -> Iterator[Listed]:
    for number, (latin, native) in enumerate(dice.sample(hebrew_names(shared), EACH)):
        yield _party("hebrew", number, latin, native)


def hebrew_names(shared: Path) -> list[tuple[str, str]]:
    """Return whole names of two words with their Hebrew form."""
    text = gzip.decompress((shared / "names/transliteration/wd_hebrew.tsv.gz").read_bytes()).decode()
    pairs = [line.split("\t")[:2] for line in text.splitlines()]
    return [
        (latin, native)
        for latin, native in pairs
        if len(words(latin)) == len(native.split()) == 2
        and len(latin) >= 11
        and not set(native) & set(",()")
        and script(native) == "Hebrew"
    ]
