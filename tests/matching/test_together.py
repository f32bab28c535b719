"""Many names in arrays: the same integers as one name alone, in any batch and any order."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.matching.test_paths import FAMILY, GIVEN, NATIVE, WORST, damaged, made, told

from comity.matching.building import build
from comity.matching.closeness import closeness
from comity.matching.engine import Engine
from comity.matching.index import Bearer
from comity.matching.names import Kind, parse
from comity.matching.scoring import Score, shipped
from comity.matching.together import asking
from comity.matching.together.asking import Together
from comity.matching.together.closeness import WAY_BITS, Two
from comity.matching.together.closeness import closeness as closeness_of_many
from comity.matching.together.shapes import Library

NATIVE_LISTED = (
    "Олег Дреснов", "Зинаїда Кворбель", "محمد نظيف الظلماري", "عبدالرحمن الخوري", "陈文博", "陈博文", "权赫哲", "권혁철", "권 철혁",
    "אולג דרסנוב", "Ολέγκ Ντρέσνοφ", "ოლეგ დრესნოვი", "Օլեգ Դրեսնով", "オレグ・ドレスノフ", "โอเลก เดรสนอฟ", "ओलेग द्रेस्नोव",
    "Завод Оптического Текстиля", "شركة النسيج البصري", "海洋保险有限公司", "해양보험주식회사",
)  # fmt: skip
LETTERS = "aeghilnorsvz 7.-'дрсновеґ نظيفمحعبدال 陈文博权赫 권혁철 אולגדרס ολεγκ ოლეგ օլեգ オレグ"


def bearers() -> list[Bearer]:
    latin = [Bearer(f"a{at:04}", kind, (text,)) for at, (text, kind) in enumerate(made(1, 900))]
    native = [
        Bearer(f"n{at:04}", kind, (text,))
        for at, (text, kind) in enumerate(product(NATIVE_LISTED, (Kind.PERSON, Kind.ORGANISATION, Kind.ANY)))
    ]
    common = [Bearer(f"c{at:04}", Kind.PERSON, (f"{GIVEN[at % len(GIVEN)]} mohammed {at}",)) for at in range(400)]
    return [*latin, *native, *common]


@pytest.fixture(scope="module")
def alone() -> Engine:
    return Engine(build(bearers()), shipped())


@pytest.fixture(scope="module")
def together(alone: Engine) -> Together:
    return Together(Engine(alone.index, shipped()))


def asked(seed: int, count: int) -> list[tuple[str, Kind]]:
    """Names in every script, damaged, and of whatever they are most of the time."""
    dice = random.Random(seed)
    native = [(damaged(dice, dice.choice(NATIVE + NATIVE_LISTED)), dice.choice(tuple(Kind))) for _ in range(count // 3)]
    common = [
        (damaged(dice, f"{dice.choice(GIVEN)[0]} mohammed {dice.choice(FAMILY)}"), Kind.PERSON)
        for _ in range(count // 20)
    ]
    names = [*made(seed, count), *native, *common, *((text, kind) for text in WORST for kind in Kind)]
    dice.shuffle(names)
    return names


def test_a_batch_says_of_each_of_thousands_of_names_what_it_means_alone(alone: Engine, together: Together) -> None:
    names = asked(5, 1_500)
    for one, found in zip(names, together.ask(names), strict=True):
        assert found == told(alone.ask(*one)), one


def test_no_answer_depends_on_the_batch_or_on_the_order(alone: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    names = asked(6, 200)
    expected = dict(zip(names, Together(alone).ask(names), strict=True))
    for size, at_once in ((1, 1024), (7, 1024), (len(names), 3)):
        monkeypatch.setattr(asking, "AT_ONCE", at_once)
        fresh = Together(Engine(alone.index, shipped()))
        for at in range(0, len(names), size):
            some = names[::-1][at : at + size]
            assert fresh.ask(some) == [expected[one] for one in some]


def test_what_is_forgotten_changes_no_answer(alone: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    names = asked(7, 200)
    expected = Together(alone).ask(names)
    monkeypatch.setattr("comity.matching.together.near.REMEMBERED", 40)
    forgetful = Together(alone)
    assert [forgetful.ask([one])[0] for one in names] == expected


@given(st.lists(st.tuples(st.text(st.sampled_from(LETTERS), max_size=30), st.sampled_from(Kind)), max_size=12))
@settings(max_examples=150, deadline=None)
def test_any_texts_mean_together_what_each_means_alone(
    alone: Engine, together: Together, names: list[tuple[str, Kind]]
) -> None:
    assert together.ask(names) == [told(alone.ask(*one)) for one in names]


def test_without_a_calibration_points_mean_what_they_are(alone: Engine) -> None:
    plain = shipped()
    engine = Engine(alone.index, Score(plain.features, plain.thresholds, plain.points, plain.start))
    names = asked(8, 100)
    assert Together(engine).ask(names) == [told(engine.ask(*one)) for one in names]


def test_an_index_of_nothing_means_nobody() -> None:
    assert Together(Engine(build([]), shipped())).ask([("oleg dresnov", Kind.PERSON), ("", Kind.ANY)]) == [[], []]


def test_every_word_is_as_close_to_every_token_as_one_by_one(alone: Engine) -> None:
    index = alone.index
    names = [parse(text, kind) for text, kind in asked(9, 60)]
    words = list({word.text: word for name in names for word in name.words}.values())
    library = Library(index)
    shapes, texts = library.of(words)
    pairs = np.array(list(product(range(len(words)), range(len(index.tokens)))), np.int64).T
    found = closeness_of_many(Two(shapes, library.tokens, texts, *pairs))
    for word, token, said in zip(*pairs.tolist(), found.tolist(), strict=True):
        close = closeness(words[word], index.shape(token))
        assert divmod(said, 1 << WAY_BITS) == (close.strength, close.way), (words[word].text, index.tokens[token])
