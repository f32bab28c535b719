"""Finding and scoring names: what is listed is found, however it is written, and the same answer comes by every path."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.matching.building import build
from comity.matching.engine import Engine, Match
from comity.matching.evidence import Effect, evidence
from comity.matching.index import Bearer, Index
from comity.matching.keeping import IndexUnreadable, head, keep, opened
from comity.matching.names import Kind, parse
from comity.matching.scoring import probability, shipped

PEOPLE = (
    "Oleg Varimovich Dresnov", "Zinaida Quorbel", "Nadhuf al-Dhulmari", "Abdul Rahman Thorvessi", "Tamsin Orrelby",
    "Jorvik Halmasten",
    "Mirela Costandin", "Yusuf bin Harith Qaradhi", "Aleksandr Vyshnitsky", "Sefa Anand", "Pia Hallward", "Kwon Hyok Chol",
    "Ludmila Petrashkova", "Ibrahim Nasr al-Din Mawardi", "Guillaume Thevenard", "Bartholomew Quill", "Chen Wenbo",
    "Rurik Stavnogorsky",
)  # fmt: skip
COMPANIES = (
    "Dresnov & Sons Freight Ltd", "Nordhavn Trading LLC", "Quorbel Marine Insurance S.A.",
    "Thorvessi Petroleum JSC", "Halmasten Shipyard 7",
    "Bank of the Western Straits", "Orrelby Textiles GmbH", "Stavnogorsk Optical Plant",
)  # fmt: skip


def listed(names: tuple[str, ...], kind: Kind) -> list[Bearer]:
    return [Bearer(f"{kind.name.lower()}-{at:02}", kind, (name,)) for at, name in enumerate(names)]


LOOKED_AT = 0.2
EVERYBODY = [*listed(PEOPLE, Kind.PERSON), *listed(COMPANIES, Kind.ORGANISATION)]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(build(EVERYBODY), shipped())


def ids(engine: Engine, match: Match) -> list[str]:
    return [engine.index.ids[at] for at in engine.index.bearers[match.row.number].tolist()]


def best(engine: Engine, text: str, kind: Kind = Kind.PERSON) -> str:
    """Return the id of the likeliest answer, if it is likely enough for a person to look at."""
    found = engine.ask(text, kind)
    return ids(engine, found[0])[0] if found and probability(found[0].points) > LOOKED_AT else ""


@pytest.mark.parametrize("bearer", EVERYBODY, ids=lambda bearer: bearer.names[0])
def test_a_listed_name_matches_itself(engine: Engine, bearer: Bearer) -> None:
    found = engine.ask(bearer.names[0], bearer.kind)
    assert bearer.id in ids(engine, found[0])
    assert probability(found[0].points) > 0.8


@pytest.mark.parametrize(
    "text",
    [
        "Abu Ali",
        "Mullah Jalal",
        "احمد ضیا آغا",
        "Ahmad",
        "Kim Chol Su",
        "Bank",
        "A B",
        "Trading Company Ltd",
        "李明",
        "A.B.",
    ],
)
@pytest.mark.parametrize("kind", [Kind.PERSON, Kind.ORGANISATION])
def test_a_name_of_common_words_matches_itself_too(text: str, kind: Kind) -> None:
    engine = Engine(build([*EVERYBODY, Bearer("x", kind, (text,))]), shipped())
    (first, *_) = engine.ask(text, kind)
    assert ids(engine, first) == ["x"]
    assert probability(first.points) > 0.8


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("DRESNOV, Oleg", 0), ("Oleg Dresnow", 0), ("Олег Варимович Дреснов", 0), ("O. V. Dresnov", 0), ("Oleg Dresnvo", 0),
        ("Zinaida Kvorbel", 1), ("Nadhuf Dhulmari", 2), ("Nadhuf Al Dhulmari", 2), ("Abd al-Rahman Thorvessi", 3),
        ("Abdurrahman Thorvesi", 3),
        ("TamsinORRELBY", 4), ("Halmasten Jorvik", 5), ("Yousef ben Harith Karadhi", 7), ("Alexander Vyshnitskiy", 8),
        ("Александр Вышницкий", 8), ("Ibrahim Nasruddin Mawardi", 13), ("Wen-Bo Chen", 16), ("陈文博", 16), ("Kwon Hyokchol", 11),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(engine: Engine, text: str, meant: int) -> None:
    assert best(engine, text) == f"person-{meant:02}"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Dresnov and Sons Freight Limited", 0), ("NORDHAVN TRADING OOO", 1), ("Quorbel Marine Insurance", 2),
        ("JSC Thorvessi Petrolium", 3),
        ("Halmasten Shipyard No. 7", 4), ("Halmasten Shipyard VII", 4),
        ("Orrelby Textiles Gesellschaft mit beschränkter Haftung", 6),
        ("Ставногорский оптический завод", 7),
    ],
)  # fmt: skip
def test_a_company_is_found_whatever_its_form_is_called(engine: Engine, text: str, meant: int) -> None:
    assert best(engine, text, Kind.ORGANISATION) == f"organisation-{meant:02}"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Oleg Bramwick", Kind.PERSON), ("Varimovich", Kind.PERSON), ("Zinaida Petrova", Kind.PERSON),
        ("Maria Gonzales", Kind.PERSON),
        ("Sefa Anandakrishnan Pillai", Kind.PERSON), ("John", Kind.PERSON), ("Halmasten Shipyard 9", Kind.ORGANISATION),
        ("Trading LLC", Kind.ORGANISATION), ("Bank", Kind.ORGANISATION), ("Eastern Insurance Services Ltd", Kind.ORGANISATION),
    ],
)  # fmt: skip
def test_who_shares_a_part_of_a_name_is_not_taken_for_its_bearer(engine: Engine, text: str, kind: Kind) -> None:
    found = engine.ask(text, kind)
    assert not found or probability(found[0].points) < 0.5


@pytest.mark.parametrize("text", ["", "   ", "…", "١٢٣", "🙂", "\x00", "a", "-" * 1000, "x" * 100_000, "\u200f\u202e"])
def test_whatever_is_asked_is_answered(engine: Engine, text: str) -> None:
    for kind in Kind:
        assert isinstance(engine.ask(text, kind), list)


@given(st.text(max_size=60), st.sampled_from(Kind))
@settings(max_examples=300, deadline=None)
def test_any_text_at_all_is_answered(text: str, kind: Kind) -> None:
    for match in Engine(BUILT, shipped()).ask(text, kind):
        assert all(isinstance(value, int) for value in match.observed)


BUILT = build(EVERYBODY)


# --- the same by every path ---


def told(engine: Engine, texts: list[str]) -> list[list[tuple[int, int]]]:
    return [[(match.row.number, match.points) for match in engine.ask(text)] for text in texts]


ASKED = [
    "Oleg Dresnov",
    "Дреснов",
    "Nordhavn",
    "Abdulrahman Thorvessi",
    "Wen Bo Chen",
    "Jorvik",
    "Quorbel Insurance",
    "zzz",
]


def test_an_answer_does_not_depend_on_what_else_is_asked() -> None:
    alone = [told(Engine(BUILT, shipped()), [text])[0] for text in ASKED]
    for order in list(permutations(range(len(ASKED))))[:: 40_320 // 12]:
        engine = Engine(BUILT, shipped())
        answers = told(engine, [ASKED[at] for at in order])
        assert {at: answers[place] for place, at in enumerate(order)} == dict(enumerate(alone))


def test_a_list_in_any_order_makes_the_same_index(tmp_path: Path) -> None:
    digests = {
        keep(build(order), tmp_path / "index") for order in (EVERYBODY, EVERYBODY[::-1], EVERYBODY[5:] + EVERYBODY[:5])
    }
    assert len(digests) == 1


def test_an_index_on_disk_answers_as_the_one_in_memory(engine: Engine, tmp_path: Path) -> None:
    keep(engine.index, tmp_path / "index")
    assert told(Engine(opened(tmp_path / "index"), shipped()), ASKED) == told(engine, ASKED)


PROGRAM = """
import json, sys
from pathlib import Path
from comity.matching.engine import Engine
from comity.matching.keeping import opened
from comity.matching.scoring import shipped
engine = Engine(opened(Path(sys.argv[1])), shipped())
print(json.dumps([[(match.row.number, match.points) for match in engine.ask(text)] for text in json.loads(sys.argv[2])]))
"""


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_another_process_gives_the_same_answer(engine: Engine, tmp_path: Path, seed: str) -> None:
    keep(engine.index, tmp_path / "index")
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "index"), json.dumps(ASKED)]
    done = subprocess.run(command, check=True, capture_output=True, env=environment, timeout=120)
    assert [[tuple(pair) for pair in answer] for answer in json.loads(done.stdout)] == told(engine, ASKED)


# --- an index on disk ---


def test_a_folder_without_an_index_is_refused(tmp_path: Path) -> None:
    assert head(tmp_path) is None
    with pytest.raises(IndexUnreadable):
        opened(tmp_path)


@pytest.mark.parametrize("file", ["keys.npy", "rows_starts.npy", "tokens.npy"])
def test_an_index_that_lacks_a_file_is_refused(engine: Engine, tmp_path: Path, file: str) -> None:
    keep(engine.index, tmp_path / "index")
    (tmp_path / "index" / file).unlink()
    with pytest.raises(IndexUnreadable):
        opened(tmp_path / "index")


def test_an_index_is_replaced_whole(engine: Engine, tmp_path: Path) -> None:
    keep(engine.index, tmp_path / "index")
    old = opened(tmp_path / "index")
    smaller = build(EVERYBODY[:3])
    digest = keep(smaller, tmp_path / "index")
    found = head(tmp_path / "index")
    assert found is not None
    assert found.digest == digest
    assert told(Engine(old, shipped()), ASKED) == told(engine, ASKED), "who has it open keeps what they opened"
    assert len(opened(tmp_path / "index").ids) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index"]


# --- more names, more evidence ---

WORD = st.text("abdeghiklmnorstuvz", min_size=4, max_size=9)
NAME = st.lists(WORD, min_size=2, max_size=4).map(" ".join)


@given(NAME, st.lists(NAME, max_size=5))
@settings(max_examples=60, deadline=None)
def test_another_alias_takes_nobody_away(name: str, aliases: list[str]) -> None:
    bearers = [*EVERYBODY, Bearer("x", Kind.PERSON, (name, *aliases))]
    engine = Engine(build(bearers), shipped())
    found = engine.ask(name, Kind.PERSON)
    assert "x" in ids(engine, found[0])
    assert found[0].points > 0


@given(st.sampled_from(PEOPLE), WORD)
@settings(max_examples=60, deadline=None)
def test_a_word_exchanged_for_another_never_makes_a_match_likelier(name: str, other: str) -> None:
    engine = Engine(BUILT, shipped())
    words = name.split()
    row = next(match for match in engine.ask(name, Kind.PERSON) if match.row.whole == parse(name, Kind.PERSON).whole)
    changed = " ".join([*words[:-1], other])
    points = [match.points for match in engine.ask(changed, Kind.PERSON) if match.row.number == row.row.number]
    assert not points or points[0] <= row.points


# --- evidence ---


def read_aloud(engine: Engine, text: str, kind: Kind = Kind.PERSON) -> list[tuple[str, Effect]]:
    match = engine.ask(text, kind)[0]
    return [(one.kind, one.effect) for one in evidence(match)]


def test_evidence_names_what_agrees_what_is_missing_and_what_contradicts(engine: Engine) -> None:
    assert read_aloud(engine, "Oleg Dresnow") == [
        ("same_word", Effect.FOR),
        ("spelling", Effect.FOR),
        ("missing", Effect.NEUTRAL),
    ]
    assert ("contradiction", Effect.AGAINST) in read_aloud(engine, "Tamsin Birchwood")
    assert ("legal_form", Effect.FOR) in read_aloud(engine, "Nordhavn Trading OOO", Kind.ORGANISATION)
    assert ("legal_form", Effect.AGAINST) in read_aloud(engine, "Nordhavn Trading Foundation", Kind.ORGANISATION)
    assert ("number", Effect.AGAINST) in read_aloud(engine, "Halmasten Shipyard 9", Kind.ORGANISATION)
    assert ("initial", Effect.FOR) in read_aloud(engine, "O. V. Dresnov")
    assert ("other_script", Effect.FOR) in read_aloud(engine, "Олег Дреснов")


def test_evidence_is_a_sentence_with_both_words(engine: Engine) -> None:
    (first, *_) = evidence(engine.ask("Olge Dresnov", Kind.PERSON)[0])
    assert "“olge”" in first.text
    assert "“oleg”" in first.text


def test_the_index_holds_each_name_once() -> None:
    index: Index = build(
        [*EVERYBODY, Bearer("twin", Kind.PERSON, ("DRESNOV Oleg Varimovich", "Oleg Varimovich Dresnov"))]
    )
    (row,) = [at for at, whole in enumerate(index.wholes) if whole == "dresnov oleg varimovich"]
    assert [index.ids[at] for at in index.bearers[row].tolist()] == ["person-00", "twin"]


def test_evidence_is_of_the_words_that_were_compared_where_a_legal_form_was_glued_to_one(engine: Engine) -> None:
    (first, *_) = engine.ask("Trading NordhavnLLC", Kind.ORGANISATION)
    assert [one.query for one in evidence(first)] == ["trading", "nordhavn", "limited company"]
