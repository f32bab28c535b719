"""One answer on every path: alone and in bulk, in Python and compiled, in this process and in others."""

# ruff: noqa: RUF001 - the letters are meant

from __future__ import annotations

import csv
import gzip
import random
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from os import getpid
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, Indel

from comity.matching import compiled
from comity.matching.building import build
from comity.matching.bulk import WORTH_FROM, ask_many, spread
from comity.matching.engine import Engine, Match
from comity.matching.index import Bearer
from comity.matching.keeping import keep
from comity.matching.names import Kind
from comity.matching.scoring import shipped
from comity.matching.skeleton import agreement
from comity.matching.tracing import Tracer

GIVEN = """
oleg zinaida tamsin jorvik mirela yusuf aleksandr sefa pia ludmila ibrahim guillaume rurik abdul nadhuf chen kwon
""".split()  # noqa: SIM905 - a list of words
FAMILY = """
dresnov quorbel orrelby halmasten costandin qaradhi vyshnitsky anand hallward petrashkova mawardi thevenard wenbo
""".split()  # noqa: SIM905 - a list of words
TRADE = """
Freight Trading Shipyard Optical Textiles Marine Insurance Petroleum 7 9 III Bank of the Western Straits
""".split()  # noqa: SIM905 - a list of words
FORM = ("Ltd", "LLC", "GmbH", "JSC", "S.A.", "Limited Liability Company", "OOO", "Foundation", "")
NATIVE = (
    "Олег Варимович Дреснов", "Зинаида Кворбель", "Людмила Петрашкова", "نظيف الظلماري", "عبد الرحمن المواردي", "يوسف القرضي",
    "陈文博", "陳 文博", "欧阳娜娜", "権田", "ごんだ けいこ", "권혁철", "김 영희", "אולג דרסנוב", "יוסף מוארדי", "Ολέγκ Δρεσνόφ",
    "ოლეგ დრესნოვი", "Օլեգ Դրեսնով", "โอเลก ดรีสนอฟ", "ओलेग ड्रेसनोव", "ব্যাংক", "ООО «Западный пролив»", "西海峡石油有限公司",
    "Oлег Dresnov", "𠮷田", "شركة المضائق الغربية للنفط",
)  # fmt: skip
LETTERS = "".join(sorted({letter for text in NATIVE for letter in text})) + "adeghiklnorsv 7.-'ßİ½"


def damaged(dice: random.Random, text: str) -> str:
    at = dice.randrange(len(text))
    return dice.choice((
        text, text.upper(), text[:at] + text[at + 1 :], text[:at] + "x" + text[at:], text.replace(" ", ""), text.replace("k", "q"),
        " ".join(text.split()[::-1]), " ".join([text[0], *text.split()[1:]]), text + " bin", text[:at] + " " + text[at:],
    ))  # fmt: skip


def made(seed: int, count: int) -> list[tuple[str, Kind]]:
    dice = random.Random(seed)
    found = []
    for _ in range(count):
        kind = dice.choice((Kind.PERSON, Kind.PERSON, Kind.ORGANISATION, Kind.VESSEL, Kind.ANY))
        if kind is Kind.ORGANISATION:
            text = " ".join((dice.choice(FAMILY).title(), *dice.sample(TRADE, dice.randint(1, 3)), dice.choice(FORM)))
        elif dice.random() < 0.3:
            text = dice.choice(NATIVE)
        else:
            text = " ".join((*dice.choices(GIVEN, k=dice.randint(1, 3)), dice.choice(FAMILY)))
        found.append((damaged(dice, text), kind))
    return found


WORST = (
    "x" * 400, " ".join(["oleg"] * 24), " ".join(GIVEN + FAMILY), "a b c d e f g h i j k l m n o p q r s t u v w x",
    "dresnov " * 60, "ab" * 200, "o. d.", "9 7 7", "", "ltd llc gmbh", "d" * 39 + " " + "d" * 41,
)  # fmt: skip


@cache
def listed() -> tuple[Bearer, ...]:
    return tuple(Bearer(f"{at:04}", kind, (text,)) for at, (text, kind) in enumerate(made(1, 900)))


@pytest.fixture(scope="module")
def plain() -> Engine:
    return Engine(build(listed()), shipped())


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where compiled code is kept, for this run of the tests and the next."""
    return tmp_path_factory.getbasetemp().parent / "compiled"


@pytest.fixture(scope="module")
def quick(plain: Engine, code: Path) -> Engine:
    engine = Engine(plain.index, shipped())
    if not compiled.speed_up(engine, code):
        pytest.skip("the extra `compiled` is not installed")
    return engine


def told(found: Sequence[Match]) -> list[tuple[int, int]]:
    return [(match.row.number, match.points) for match in found]


def spelled(found: Sequence[Match]) -> list[object]:
    """Everything that is said of the rows."""
    return [(one.points, one.asked, one.row.number, one.laid, one.observed) for one in found]


def test_compiled_says_the_same_of_thousands_of_names(plain: Engine, quick: Engine) -> None:
    for text, kind in [*made(2, 3_000), *((text, kind) for text in WORST for kind in Kind)]:
        assert spelled(quick.ask(text, kind)) == spelled(plain.ask(text, kind)), (text, kind)


@given(st.text(st.sampled_from("adeghiklnorsv 7.-'"), max_size=40), st.sampled_from(Kind))
@settings(max_examples=400, deadline=None)
def test_compiled_says_the_same_of_any_text(plain: Engine, quick: Engine, text: str, kind: Kind) -> None:
    assert spelled(quick.ask(text, kind)) == spelled(plain.ask(text, kind))


@given(
    st.sampled_from(NATIVE), st.lists(st.tuples(st.integers(0, 40), st.sampled_from(LETTERS))), st.sampled_from(Kind)
)
@settings(max_examples=600, deadline=None)
def test_compiled_says_the_same_in_every_script(
    plain: Engine, quick: Engine, text: str, damage: list[tuple[int, str]], kind: Kind
) -> None:
    for at, letter in damage:
        text = text[:at] + letter + text[at + 1 :]
    assert spelled(quick.ask(text, kind)) == spelled(plain.ask(text, kind))


def test_compiled_says_the_same_of_real_names(shared: Path, code: Path) -> None:
    """Persons of the world in their own scripts, of whom one in ten is listed; a damaged one of each ten is asked."""
    with gzip.open(shared / "names" / "yente_negatives_global.csv.gz", "rt", encoding="utf-8") as file:
        names = [row["full_name"] for row in csv.DictReader(file)]
    plain = Engine(build(Bearer(f"{at:04}", Kind.PERSON, (text,)) for at, text in enumerate(names[::10])), shipped())
    quick = Engine(plain.index, shipped())
    if not compiled.speed_up(quick, code):
        pytest.skip("the extra `compiled` is not installed")
    dice = random.Random(6)
    for text in [*names[5::20], *(damaged(dice, text) for text in names[::40])]:
        assert spelled(quick.ask(text, Kind.PERSON)) == spelled(plain.ask(text, Kind.PERSON)), text


def test_compiled_says_of_many_names_what_it_says_of_each(plain: Engine, quick: Engine) -> None:
    assert quick.quick
    asked = [*made(5, 700), *((text, Kind.ANY) for text in WORST)]
    names = [plain.parse(*one) for one in asked]
    expected = [told(plain.ask(*one)) for one in asked]
    assert quick.quick.ask_many(names) == expected
    assert quick.quick.ask_many(names[::-1]) == expected[::-1]
    assert quick.quick.ask_many([]) == []


@given(st.text(st.sampled_from("abcжд陈𠮷 "), max_size=200), st.text(st.sampled_from("abcжд陈𠮷 "), max_size=200))
@settings(max_examples=300, deadline=None)
@pytest.mark.usefixtures("quick")
def test_compiled_finds_texts_as_alike(left: str, right: str) -> None:
    texts = import_module("comity.matching.compiled.texts")  # numba may not be there
    (one, count), (other, many) = map(_codes, (left, right))
    assert texts.alike(one, count, other, many) == int(Indel.normalized_similarity(left, right) * 100)


@given(st.text("abcж", max_size=12), st.text("abcж", max_size=12))
@settings(max_examples=500, deadline=None)
@pytest.mark.usefixtures("quick")
def test_compiled_counts_slips_and_sounds_as_they_are(left: str, right: str) -> None:
    texts, sounds = map(import_module, ("comity.matching.compiled.texts", "comity.matching.compiled.sounds"))
    (one, count), (other, many) = map(_codes, (left, right))
    if abs(count - many) <= 2:
        expected = OSA.distance(left, right, score_cutoff=2)
        assert texts.slips(one, count, other, many, np.zeros((3, 64), np.int64)) == expected
    left, right = left.replace("ж", "h"), right.replace("ж", "v")
    parts = [np.frombuffer(bytearray(each.encode() + b" "), np.uint8) for each in (left, right)]
    for least in (0, 50, 60, 80):
        one, other = (parts[0], (0, len(left))), (parts[1], (0, len(right)))
        mine = sounds.agreement(one, other, least, np.zeros((3, 64), np.int64))
        assert mine == agreement(left, right, least)


def _codes(text: str) -> tuple[NDArray[np.uint32], int]:
    codes = np.frombuffer(bytearray((text + " ").encode("utf-32-le")), np.uint32)
    return codes, len(text)


def test_a_name_is_answered_alone_as_after_any_others(plain: Engine) -> None:
    asked = made(3, 200)
    fresh = [told(Engine(plain.index, shipped()).ask(*one)) for one in asked[:40]]
    for order in (asked, asked[::-1]):
        answers = {one: told(plain.ask(*one)) for one in order}
        assert [answers[one] for one in asked[:40]] == fresh


@pytest.mark.usefixtures("quick")
def test_several_processes_say_the_same_in_the_same_order(plain: Engine, code: Path, tmp_path: Path) -> None:
    keep(plain.index, tmp_path / "index")
    asked = made(4, WORTH_FROM + 600)
    expected = [told(plain.ask(*one)) for one in asked]
    assert list(ask_many(tmp_path / "index", shipped(), iter(asked), 1)) == expected
    assert list(ask_many(tmp_path / "index", shipped(), iter(asked), 2)) == expected
    assert list(ask_many(tmp_path / "index", shipped(), iter(asked), 2, code)) == expected


def _squares() -> object:
    return _square


def _square(numbers: Sequence[int]) -> list[int]:
    for number in numbers:
        if number < 0:
            raise ValueError(number)
    return [number * number for number in numbers]


def test_questions_are_not_taken_far_ahead_of_their_answers() -> None:
    taken = 0

    def source() -> object:
        nonlocal taken
        for number in range(100_000):
            taken = number
            yield number

    answers = spread(_squares, source(), 2)
    assert [next(answers) for _ in range(5)] == [0, 1, 4, 9, 16]
    assert taken < WORTH_FROM + 4_000
    answers.close()


def test_what_fails_in_another_process_fails_here() -> None:
    with pytest.raises(ValueError, match="-1"):
        list(spread(_squares, [*range(WORTH_FROM), -1], 2))


def test_who_wants_the_answers_asks_too_while_the_next_is_not_there() -> None:
    answers = list(spread(_numbered, range(WORTH_FROM), 2, batch=100))
    assert [number for number, _ in answers] == list(range(WORTH_FROM))
    assert getpid() in {process for _, process in answers}


def _numbered() -> object:
    return _number


def _number(numbers: Sequence[int]) -> list[tuple[int, int]]:
    return [(number, getpid()) for number in numbers]


@pytest.mark.usefixtures("quick")
def test_where_nothing_can_be_kept_the_plain_path_is_taken(plain: Engine, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    engine = Engine(plain.index, shipped())
    assert not compiled.speed_up(engine, tmp_path / "file")
    assert engine.quick is None
    assert engine.ask("oleg dresnov")


def test_an_engine_that_leaves_traces_is_never_sped_up(tmp_path: Path) -> None:
    index = build([Bearer("a", Kind.PERSON, ["Oleg Dresnov"])])
    plain, tracer = Engine(index, shipped()), Tracer(index, shipped())
    assert compiled.speed_up(plain, tmp_path)
    assert not compiled.speed_up(tracer, tmp_path)
    assert tracer.quick is None
