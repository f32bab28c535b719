"""Screening one name or number against everybody in force: found, cleared, stored, recorded, and replayed to the byte."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.infra.work import Work
from comity.kit import json
from comity.lists.service import Desk
from comity.model.designation import Act, ActKind
from comity.register import service as register
from comity.register.model.resolution import Verdict
from comity.screening import service as screening
from comity.screening.model.answer import AnyAnswer, Cleared, Matched, Screening, answer_bytes
from comity.screening.model.failures import AnswerUnknown, GroundAbsent, ReplayDiffers
from comity.screening.model.profile import Profile
from comity.screening.model.question import Question
from comity.screening.service import Place
from comity.screening.store.screenings import screenings
from support.invented import DRESNOV, EVERYBODY, HERON, NORDHAVN, VOSK, but, load_document, load_table, recorded

HOUR = timedelta(hours=1)
CYRILLIC = but(VOSK, number="QM-9", name="Иван Мельничук", aliases=("Ivan Melnychuk",), born="1966")


@pytest.fixture(autouse=True)
def loaded(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-01-10", *EVERYBODY, CYRILLIC)


def ask(work: Work, place: Place, text: str, schema: str = "", **more: object) -> Screening:
    profile = Profile(**{name: more.pop(name) for name in ("threshold", "limit") if name in more})  # type: ignore[arg-type]
    return screening.screen(work, place, Question.of(text, schema, **more), profile)  # type: ignore[arg-type]


def captions(answer: AnyAnswer) -> list[str]:
    assert isinstance(answer, Cleared | Matched)
    return [one.caption for one in answer.results]


@pytest.mark.parametrize("entry", [*EVERYBODY, CYRILLIC], ids=lambda entry: entry.number)
def test_every_listed_name_is_its_own_match(work: Work, desk: Desk, place: Place, entry: object) -> None:
    names = {one.caption: one.names for one in register.names_in_force(work, desk, work.at.date())}
    for name in names[entry.name]:  # type: ignore[attr-defined]
        assert entry.name in captions(ask(work, place, name).answer), name  # type: ignore[attr-defined]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd"]), min_size=1, max_size=12))
def test_a_name_that_nobody_bears_is_cleared_or_refused_and_never_breaks(work: Work, place: Place, name: str) -> None:
    answer = ask(work, place, f"{name} qqxz").answer
    assert answer.editions == screening.ground(work).editions


def test_a_match_has_its_evidence_its_references_and_its_probability(work: Work, place: Place) -> None:
    (one,) = ask(work, place, "oleg DRESNOV varimovich").answer.results  # type: ignore[union-attr]
    assert (one.caption, one.schema, one.references) == (DRESNOV.name, "Person", ("qm_list:QM-1",))
    assert one.id == register.resolve_id("qm_list:QM-1")
    assert one.probability == pytest.approx(1 / (1 + 2.718281828**-4), abs=1e-6)
    assert [(said.kind, said.effect.value) for said in one.evidence] == [("same_word", "for")] * 3
    assert {said.query for said in one.evidence} == {"oleg", "dresnov", "varimovich"}


def test_who_is_not_listed_is_cleared_against_named_editions(work: Work, place: Place) -> None:
    load_document(work, place.desk, "2031-02-10", VOSK, list_id="qp_mirror")
    answer = ask(work, place, "Rowan Quill").answer
    assert isinstance(answer, Cleared)
    assert [one.split("@")[0] for one in answer.editions] == ["qm_list", "qp_mirror"]
    assert len(answer.digest) == 64


def test_a_kind_that_was_asked_for_leaves_the_others_out(work: Work, place: Place) -> None:
    assert captions(ask(work, place, "Sea Heron", "Vessel").answer) == ["Sea Heron"]
    assert captions(ask(work, place, "Sea Heron", "Person").answer) == []


def test_threshold_and_limit_hold(work: Work, place: Place) -> None:
    load_document(work, place.desk, "2031-02-10", *EVERYBODY, but(VOSK, number="QM-7", name="Ilse Vosk Ilse"))
    assert len(ask(work, place, "Ilse Vosk", threshold=0.1).answer.results) == 2  # type: ignore[union-attr]
    assert len(ask(work, place, "Ilse Vosk", threshold=0.1, limit=1).answer.results) == 1  # type: ignore[union-attr]
    assert ask(work, place, "Ilse Vosk", threshold=0.99).answer.results == ()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("number", "caption", "kind"),
    [
        ("9074729", HERON.name, "IMO number"),
        ("IMO 9074729", HERON.name, "IMO number"),
        ("4418-20937", DRESNOV.name, "passport number"),
        ("1FictionaLAddressThatNobodyHas", DRESNOV.name, "wallet address"),
    ],
)
def test_a_question_that_is_a_number_finds_whose_it_is(
    work: Work, place: Place, number: str, caption: str, kind: str
) -> None:
    (one,) = ask(work, place, number).answer.results  # type: ignore[union-attr]
    assert (one.caption, one.probability) == (caption, 1.0)
    assert [said.kind for said in one.evidence] == ["identifier"]
    assert one.evidence[0].text.startswith(f"the {kind} ")


def test_a_number_beside_another_name_finds_whose_it_is(work: Work, place: Place) -> None:
    assert captions(ask(work, place, "Rowan Quill", identifiers=("4418 20937",)).answer) == [DRESNOV.name]
    assert captions(ask(work, place, "Rowan Quill", identifiers=("1 2 3",)).answer) == []


def test_a_wallet_address_with_other_capitals_is_another(work: Work, place: Place) -> None:
    assert captions(ask(work, place, "1fictionaladdressthatnobodyhas").answer) == []


def test_an_answer_is_kept_and_the_ledger_knows_no_name(work: Work, place: Place) -> None:
    asked = ask(work, place, "Oleg Varimovich Dresnov", "Person", birth_date="1971", countries=("no",))
    assert screening.find(work, asked.id) == asked
    assert asked.asked == Question(text=DRESNOV.name, schema="Person", birth_date="1971", countries=("no",))
    event = recorded(work)[-1]
    assert (event.kind, event.facts["matches"], event.facts["rows"]) == ("screening.asked", 1, 1)
    assert event.facts["digest"] == asked.answer.digest
    assert "dresnov" not in str(event).casefold()


def test_what_was_never_asked_is_not_there(work: Work, place: Place) -> None:
    with pytest.raises(AnswerUnknown):
        screening.find(work, "s-0000000000000000")
    with pytest.raises(AnswerUnknown):
        screening.replay(work, place, "s-0000000000000000")


def test_the_digest_tells_what_the_answer_depends_on(work: Work, place: Place) -> None:
    digests = {
        ask(work, place, "Ilse Vosk").answer.digest,
        ask(work, place, "Sea Heron").answer.digest,
    }
    assert len(digests) == 1, "the same setting, whatever is asked"
    digests.add(ask(work, place, "Ilse Vosk", threshold=0.6).answer.digest)
    work.at += timedelta(days=1)
    digests.add(ask(work, place, "Ilse Vosk").answer.digest)
    load_document(work, place.desk, "2031-03-10", *EVERYBODY)
    digests.add(ask(work, place, "Ilse Vosk").answer.digest)
    assert len(digests) == 4


def test_an_outdated_index_is_never_asked(work: Work, place: Place) -> None:
    assert captions(ask(work, place, "Rowan Quill").answer) == []
    work.at += HOUR
    load_document(work, place.desk, "2031-02-10", *EVERYBODY, but(VOSK, number="QM-8", name="Rowan Quill"))
    assert not screening.is_fresh(work, place)
    assert captions(ask(work, place, "Rowan Quill").answer) == ["Rowan Quill"]
    work.at += HOUR
    act = Act(kind=ActKind.ANNULLED, on=date(2031, 3, 1), citation="Case 12")
    register.enter_act(work, place.desk, register.resolve_id("qm_list:QM-8"), "HARBOUR", act)
    assert captions(ask(work, place, "Rowan Quill").answer) == []
    folders = list((place.folder / "index").iterdir())
    assert len(folders) == 1, "the indexes of former grounds are gone"


def test_a_replay_after_three_newer_editions_and_a_join_is_the_same_to_the_byte(
    work: Work, desk: Desk, place: Place
) -> None:
    load_document(work, desk, "2031-01-12", but(VOSK, number="QP-8", name="Elsa Wosk", aliases=()), list_id="qp_mirror")
    pair = (register.resolve_id("qm_list:QM-4"), register.resolve_id("qp_mirror:QP-8"))
    judgement = register.decide(work, *pair, Verdict.SAME, "The same seal.")
    asked = [ask(work, place, text) for text in ("Ilse Vosk", "Oleg Varimovich Dresnov", "9074729", "Rowan Quill")]
    raw = [answer_bytes(one.answer) for one in asked]
    for day in ("2031-02-10", "2031-03-10", "2031-04-10"):
        work.at += timedelta(days=40)
        load_table(work, desk, day, HERON, but(VOSK, name=f"Ilse Vosk {day[5:7]}"), NORDHAVN)
    register.undo(work, judgement.id, "Another seal.")
    assert captions(ask(work, place, "Oleg Varimovich Dresnov").answer) == []
    assert [screening.replay(work, place, one.id) for one in asked] == raw
    assert [json.canonical(msgspec.json.decode(one)) for one in raw] == raw
    assert len(list((place.folder / "index").iterdir())) == 1, "what was worked out again is not kept"


def test_a_stored_answer_that_was_tampered_with_is_told(work: Work, place: Place) -> None:
    asked = ask(work, place, "Oleg Varimovich Dresnov")
    other = msgspec.structs.replace(asked.answer, digest="0" * 64)
    work.connection.execute(screenings.update().values(answer=answer_bytes(other)))
    with pytest.raises(ReplayDiffers, match="evidence may be damaged"):
        screening.replay(work, place, asked.id)


def test_a_replay_by_another_score_says_so(work: Work, desk: Desk, place: Place) -> None:
    asked = ask(work, place, "Oleg Varimovich Dresnov")
    score = place.score
    other = Place(desk, place.folder, lambda: type(score)(score.features, score.thresholds, score.points, 1))
    with pytest.raises(ReplayDiffers, match="what differs is the score"):
        screening.replay(work, other, asked.id)


class TestWithoutLists:
    """A node on which nothing is in force."""

    @pytest.fixture(autouse=True)
    def loaded(self) -> None:
        """Load nothing."""

    def test_nobody_is_cleared(self, work: Work, place: Place) -> None:
        with pytest.raises(GroundAbsent):
            ask(work, place, "Rowan Quill")
