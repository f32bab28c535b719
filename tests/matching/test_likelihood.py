"""What a score may depend on, and which way evidence may move it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.matching import calibration
from comity.matching.building import build
from comity.matching.closeness import Way, closeness
from comity.matching.engine import Engine
from comity.matching.index import Bearer
from comity.matching.names import Kind
from comity.matching.observing import GROUPS, OWN_SCRIPT
from comity.matching.rarity import LETTER, RAREST, weight
from comity.matching.scoring import probability, shipped
from comity.matching.scripts import script_of
from comity.matching.spelling import shape

WORDS = (
    "dresnov",
    "quorbel",
    "thorvessi",
    "halmasten",
    "orrelby",
    "maria",
    "ivan",
    "mohammed",
    "lopez",
    "kim",
    "stavnogorsk",
)
CROWD = [Bearer(f"crowd-{at}", Kind.PERSON, (name,)) for at, name in enumerate(
    ("Maria Lopez Dresnov", "Ivan Quorbel", "Kim Halmasten", "Mohammed Orrelby Thorvessi", "Ivan Lopez", "Maria Kim")
)]  # fmt: skip
NAMES = st.lists(st.sampled_from(WORDS), min_size=2, max_size=5, unique=True)


def points(asked: str, listed: str, *crowd: Bearer, kind: Kind = Kind.PERSON) -> int | None:
    """Return what the best answer says for a listed name; None where it is not among the answers."""
    engine = Engine(build([Bearer("meant", kind, (listed,)), *crowd]), shipped())
    ids = engine.index.ids
    for match in engine.ask(asked, kind):
        if "meant" in [ids[at] for at in engine.index.bearers[match.row.number].tolist()]:
            return match.points
    return None


@given(asked=NAMES, listed=NAMES)
@settings(max_examples=60, deadline=None)
def test_a_score_is_of_two_names_and_not_of_the_list_they_stand_in(asked: list[str], listed: list[str]) -> None:
    one, other = " ".join(asked), " ".join(listed)
    among = points(one, other, *CROWD)
    assert among is None or among == points(one, other)


@given(listed=NAMES, data=st.data())
@settings(max_examples=80, deadline=None)
def test_a_word_that_is_no_longer_said_never_makes_a_match_likelier(listed: list[str], data: st.DataObject) -> None:
    gone = data.draw(st.integers(0, len(listed) - 1))
    fewer = [word for at, word in enumerate(listed) if at != gone]
    more, less = points(" ".join(listed), " ".join(listed)), points(" ".join(fewer), " ".join(listed))
    assert more is not None
    assert less is None or less <= more


@given(listed=NAMES, extra=st.sampled_from(WORDS))
@settings(max_examples=80, deadline=None)
def test_a_word_that_the_list_does_not_have_never_makes_a_match_likelier(listed: list[str], extra: str) -> None:
    name = " ".join(listed)
    said = points(f"{name} {extra}", name)
    assert said is None or said <= (points(name, name) or 0)


def test_a_word_weighs_the_same_whatever_list_it_stands_in() -> None:
    index = build(CROWD)
    assert index.weights == [weight(text) for text in index.tokens]


def test_what_many_bear_weighs_less_than_what_nobody_is_known_to_bear() -> None:
    assert weight("dresnov") == RAREST
    assert 0 < weight("maria") < weight("halmasten")
    assert weight("k") == LETTER


def test_what_institutions_are_called_is_as_common_in_every_language() -> None:
    assert weight("للتجارة") <= weight("trading")


@pytest.mark.parametrize(("one", "other"), [("sarah", "salah"), ("евгения", "evgeny"), ("anthony", "antonio")])
def test_two_known_names_are_not_a_slip(one: str, other: str) -> None:
    assert closeness(shape(one, script_of(one)), shape(other, script_of(other))).way is Way.OTHER


@pytest.mark.parametrize(("one", "other"), [("dresnov", "dresmov"), ("sergey", "serhey"), ("евгений", "evgeny")])
def test_a_slip_in_an_unknown_name_is_one(one: str, other: str) -> None:
    assert closeness(shape(one, script_of(one)), shape(other, script_of(other))).way is not Way.OTHER


@pytest.mark.parametrize(
    "listed", ["Kwon Hyok-chol", "KWON Hyokchol", "Kwon Hyuk Chul", "Hyeokcheol Gwon", "Kwon Hyok Chol"]
)
def test_a_korean_name_is_found_however_its_syllables_are_written(listed: str) -> None:
    said = points("권혁철", listed)
    assert said is not None
    assert probability(said) > 0.5


@pytest.mark.parametrize(
    ("asked", "listed"), [("권철혁", "Kwon Hyok Chol"), ("선영 김", "Kim Yong Son"), ("陈博文", "Chen Wenbo")]
)
def test_syllables_in_another_order_are_another_name(asked: str, listed: str) -> None:
    said = points(asked, listed)
    assert said is None or probability(said) < 0.2


def test_a_foreign_name_in_chinese_is_read_word_by_word() -> None:
    said = points("約翰·大衛", "David John")
    assert said is not None
    assert probability(said) > 0.5


@pytest.mark.parametrize("asked", ["I. V. Quorbelson", "E. I. Quorbelson", "U Quorbelson"])
def test_a_letter_before_a_name_is_an_initial_and_no_particle(asked: str) -> None:
    engine = Engine(build(CROWD), shipped())
    assert [one.text for one in engine.parse(asked, Kind.PERSON).words if len(one.text) == 1]


def test_a_particle_at_the_end_of_a_name_is_part_of_it() -> None:
    assert [one.text for one in Engine(build(CROWD), shipped()).parse("Guo Bin", Kind.PERSON).words] == ["guo", "bin"]


def test_no_person_is_a_vessel() -> None:
    engine = Engine(build([Bearer("ship", Kind.VESSEL, ("Maria Quorbel",))]), shipped())
    assert engine.ask("Maria Quorbel", Kind.PERSON) == []
    assert engine.ask("Maria Quorbel", Kind.VESSEL)
    assert engine.ask("Maria Quorbel", Kind.ANY)


@given(low=st.integers(-20_000, 20_000), more=st.integers(0, 5_000))
def test_more_points_never_mean_less(low: int, more: int) -> None:
    said = calibration.shipped()
    for kind in Kind:
        for group in {*GROUPS.values(), OWN_SCRIPT}:
            assert said.meant(kind, group, low) <= said.meant(kind, group, low + more)


def test_the_prior_of_the_table_moves_nothing_and_a_lesser_one_lowers() -> None:
    prior = calibration.shipped().prior
    assert calibration.moved(1_234, prior) == 1_234
    assert calibration.moved(1_234, prior / 10) < 1_234
