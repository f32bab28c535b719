"""After a change of the list only the names that it can touch are asked again, and every answer is what asking everybody gives."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.matching import asked, changing, engine, finding, following, heard, leading, touched, tracing
from comity.matching.asked import Asked
from comity.matching.building import build
from comity.matching.changing import change
from comity.matching.engine import Engine
from comity.matching.index import Bearer, Index
from comity.matching.names import Kind
from comity.matching.observing import Feature
from comity.matching.scoring import Score
from comity.matching.touched import Kept, touch
from comity.matching.tracing import Tracer, Traces

WORDS = [
    "oleg",
    "olek",
    "dresnov",
    "dresnof",
    "varimovich",
    "ivan",
    "ivanov",
    "ivanova",
    "jan",
    "anna",
    "ana",
    "maria",
    "mario",
    "marianna",
    "annamaria",
    "petrov",
    "petr",
    "nordhavn",
    "trading",
    "tradinggmbh",
    "gmbh",
    "ltd",
    "shipping",
    "sea",
    "heron",
    "seaheron",
    "xiao",
    "ming",
    "xiaoming",
    "li",
    "lee",
    "wang",
    "j",
    "o",
    "al",
    "hassan",
    "hasan",
    "hussein",
    "Мельничук",
    "Иван",
    "محمد",
    "王小明",
    "李",
    "김민준",
]
LIMITS = {
    "COMMON_FROM": 3,
    "SHORTEST_ROWS": 2,
    "LOOKED_AT_MAX": 5,
    "ROWS_MAX": 4,
    "OBSERVED_MAX": 2,
    "TRACED": 6,
    "AMONG": 24,
}
"""The limits of the engine, made so small that names of a few words meet every one of them."""
FLOOR = 0
SCORE = Score(
    features=np.array([[Feature.WHOLE, Feature.WHOLE, Feature.CONTRADICTION]], dtype=np.intp),
    thresholds=np.array([[30, 60, 0]], dtype=np.int32),
    points=np.array([[-3_000, 1_000, -3_000, 4_000, -3_000, -1_000, -3_000, 2_000]], dtype=np.int64),
    start=0,
)
"""Three questions: are the names perhaps alike, are they nearly the same, does a word of one stand for another of the other?"""


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine whose every cut is met by a list of twenty names."""
    for module in (changing, engine, finding, following, heard, leading, touched, tracing):
        for name, value in LIMITS.items():
            if hasattr(module, name):
                monkeypatch.setattr(module, name, value)


names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
kinds = st.sampled_from([Kind.PERSON, Kind.ORGANISATION])
bearers = st.lists(
    st.builds(Bearer, st.sampled_from([f"e{at:02}" for at in range(30)]), kinds, st.lists(names, min_size=1, max_size=3)),
    min_size=5, max_size=30, unique_by=lambda one: one.id,
)  # fmt: skip


def answers(of: Engine, wanted: Sequence[Asked], floor: int = FLOOR) -> list[object]:
    index = of.index
    return [
        [
            (match.points, match.row.whole, [index.ids[one] for one in index.bearers.list(match.row.number)])
            for match in of.ask(one.text, one.kind)
            if match.points >= floor
        ]
        for one in wanted
    ]


def assert_alike(traces: Traces, new: Index, wanted: Sequence[Asked]) -> None:
    """Every trace that was followed begins the one that asking again leaves, but for the rows at which nobody has looked yet."""
    fresh, tracer = Traces(len(wanted), 1), Tracer(new, SCORE)
    for at, one in enumerate(wanted):
        tracer.ask(one.text, one.kind)
        tracer.trace(fresh, at)
        if traces.room[at] > 0:
            count, whole = (int((each.rows[at] != tracing.NO_ROW).sum()) for each in (traces, fresh))
            is_whole = traces.from_rank[at] == tracing.ANY
            assert fresh.room[at] > 0
            assert count == whole if is_whole else count >= LIMITS["ROWS_MAX"], one
            assert is_whole or traces.from_rank[at] == traces.ranks[at, count - 1], one
            for name, unsaid in (
                ("rows", None),
                ("ranks", None),
                ("promises", tracing.UNLAID),
                ("points", tracing.UNSCORED),
            ):
                pairs = zip(*(getattr(each, name)[at, :count].tolist() for each in (traces, fresh)), strict=True)
                assert all(ours == theirs or unsaid in {ours, theirs} for ours, theirs in pairs), (one, name)
            assert tracing.UNLAID not in traces.promises[at, : min(count, LIMITS["ROWS_MAX"])].tolist(), one


def follow(editions: Sequence[Index], wanted: Sequence[Asked], restated: Sequence[set[str]] = ()) -> list[int]:
    """Follow the answers through editions, compare each with asking everybody, and return how many were asked each time."""
    askings = asked.build(wanted)
    traces = Traces(len(wanted), len(askings.words))
    tracer = Tracer(editions[0], SCORE)
    traces.count(editions[0], askings)
    found: list[object] = []
    for at, one in enumerate(wanted):
        found += answers(tracer, [one])
        tracer.trace(traces, at)
    floors = np.full(len(wanted), FLOOR, dtype=np.int32)
    again_each = []
    for number, (old, new) in enumerate(itertools.pairwise(editions)):
        said = restated[number] if restated else set()
        again = touch(Kept(askings, traces, floors), change(old, new), SCORE, said).again.tolist()
        tracer = Tracer(new, SCORE)
        for at in again:
            (found[at],) = answers(tracer, [wanted[at]])
            tracer.trace(traces, at)
        assert found == answers(Engine(new, SCORE), wanted)
        assert_alike(traces, new, wanted)
        again_each.append(len(again))
    return again_each


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    first=bearers,
    changes=st.lists(st.tuples(st.sets(st.integers(0, 29)), bearers), min_size=1, max_size=3),
    wanted=st.lists(st.builds(Asked, names, kinds), min_size=1, max_size=12, unique=True),
)
@pytest.mark.usefixtures("narrow")
def test_following_a_change_gives_what_asking_everybody_gives(
    first: list[Bearer], changes: list[tuple[set[int], list[Bearer]]], wanted: list[Asked]
) -> None:
    listed = {one.id: one for one in first}
    editions = [build(listed.values())]
    for removed, put in changes:
        listed = {id_: one for id_, one in listed.items() if int(id_[1:]) not in removed}
        listed |= {one.id: one for one in put[:4]}
        editions.append(build(listed.values()))
    follow(editions, wanted)


def test_a_change_of_one_entry_touches_few_of_many_names() -> None:
    dice = random.Random(7)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "or", "il")]
    word = lambda: "".join(dice.choices(syllables, k=3))  # noqa: E731 - said once
    listed = [Bearer(f"e{at:04}", Kind.PERSON, (f"{word()} {word()}",)) for at in range(1_500)]
    wanted = [Asked(f"{word()} {word()}", Kind.PERSON) for _ in range(600)]
    more = Bearer("new", Kind.PERSON, (f"{word()} {wanted[5].text.split()[1]}",))
    (again,) = follow([build(listed), build([*listed, more])], wanted)
    assert again < len(wanted) // 20


def test_whoever_is_said_to_be_something_else_is_asked_again_where_likely() -> None:
    listed = [Bearer("a", Kind.PERSON, ("Oleg Dresnov",)), Bearer("b", Kind.PERSON, ("Rowan Quill",))]
    wanted = [Asked("Oleg Dresnov", Kind.PERSON), Asked("Rowan Quill", Kind.PERSON), Asked("Xq Zzyxwq", Kind.PERSON)]
    index = build(listed)
    assert follow([index, index], wanted, [{"a"}]) == [1]
    assert follow([index, index], wanted, [set()]) == [0]


def test_a_company_to_which_a_legal_word_might_be_glued_is_asked_again_only_if_the_list_learns_the_rest() -> None:
    dice = random.Random(5)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "or", "il")]
    word = lambda: "".join(dice.choices(syllables, k=3))  # noqa: E731 - said once
    listed = [Bearer(f"e{at:04}", Kind.ORGANISATION, (f"{word()} {word()} trading",)) for at in range(200)]
    wanted = [Asked(f"{word()} {word()}gmbh trading", Kind.ORGANISATION) for _ in range(40)]
    assert asked.build(wanted).loose.all()
    other = Bearer("new", Kind.ORGANISATION, (f"{word()} {word()} trading",))
    rest = wanted[7].text.split()[1].removesuffix("gmbh")
    come = (other, *(Bearer(id_, Kind.ORGANISATION, (f"{rest} {word()}",)) for id_ in ("rest", "rest again")))
    few, one, two = follow([build([*listed, *come[:count]]) for count in range(4)], wanted)
    assert few < len(wanted) // 4
    assert one >= 1
    assert two >= 1


@pytest.mark.usefixtures("narrow")
def test_a_row_that_half_of_a_word_leads_to_no_longer_leaves_the_answer() -> None:
    """Half of an unknown word leads to the first rows of the other: a row that comes before them pushes the last one out."""
    texts = ("heron", "sea wan", "sea wei", "sea yang", "sea zhou")
    listed = [Bearer(text, Kind.ORGANISATION, (text,)) for text in texts]
    come = Bearer("new", Kind.ORGANISATION, ("sea xiao",))
    wanted = [Asked("shipping seaheron", Kind.ORGANISATION), Asked("rowan quill", Kind.ORGANISATION)]
    there, back = follow([build(listed), build([*listed, come]), build(listed)], wanted)
    assert (there, back) == (1, 1)


@pytest.mark.usefixtures("narrow")
def test_two_words_that_are_one_common_word_lead_to_its_first_rows() -> None:
    """A common word stands for itself in its shortest rows; one that a name has twice leads as far as two do."""
    one = Bearer("one", Kind.PERSON, ("dresnof", "oleg dresnof", "oleg oleg dresnof"))
    two, three = (Bearer(id_, Kind.PERSON, ("oleg",)) for id_ in ("two", "three"))
    came = [one, two, Bearer("three", Kind.PERSON, ("dresnov dresnof",))]
    shared = [*came, Bearer("four", Kind.PERSON, ("dresnof oleg",))]
    follow([build([one, two, three]), build(came), build(shared)], [Asked("dresnov dresnov", Kind.PERSON)])
