"""One answer on every path: alone and in bulk, in Python and compiled, in this process and in others."""

from __future__ import annotations

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
from rapidfuzz.distance import Indel

from comity.matching import compiled
from comity.matching.building import build
from comity.matching.bulk import WORTH_FROM, ask_many, spread
from comity.matching.engine import Engine, Match
from comity.matching.index import Bearer
from comity.matching.keeping import keep
from comity.matching.names import Kind
from comity.matching.scoring import shipped
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
    "Олег Варимович Дреснов", "Зинаида Кворбель", "نظيف الظلماري", "عبد الرحمن", "陈文博", "権田", "권혁철", "אולג דרסנוב",
    "Ολέγκ",
)  # fmt: skip


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
        elif dice.random() < 0.15:
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


def test_compiled_says_the_same_of_thousands_of_names(plain: Engine, quick: Engine) -> None:
    for text, kind in [*made(2, 3_000), *((text, kind) for text in WORST for kind in Kind)]:
        assert quick.ask(text, kind) == plain.ask(text, kind), (text, kind)


@given(st.text(st.sampled_from("adeghiklnorsv 7.-'"), max_size=40), st.sampled_from(Kind))
@settings(max_examples=400, deadline=None)
def test_compiled_says_the_same_of_any_text(plain: Engine, quick: Engine, text: str, kind: Kind) -> None:
    assert quick.ask(text, kind) == plain.ask(text, kind)


@given(st.text("abc ", max_size=90), st.text("abc ", max_size=90))
@settings(max_examples=300, deadline=None)
@pytest.mark.usefixtures("quick")
def test_compiled_finds_texts_as_alike(left: str, right: str) -> None:
    alike = import_module("comity.matching.compiled.texts").alike  # numba may not be there
    mine = alike(np.frombuffer(left.encode(), np.uint8), np.frombuffer(right.encode(), np.uint8))
    assert mine == int(Indel.normalized_similarity(left, right) * 100)


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
