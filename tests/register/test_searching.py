"""Finding entities by name in any script, by number, by filter, by day, and by what was known then."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest

from comity.infra.work import Work
from comity.kit.limits import PAGE_ROWS_MAX, SEARCH_TEXT_CHARS_MAX
from comity.lists.service import Desk
from comity.model.designation import Act, ActKind, State
from comity.register import service as register
from comity.register.model.answers import Found, Hit, PageOutOfRange, QuestionTooLong, Search
from comity.register.model.resolution import Verdict
from support.invented import DRESNOV, EVERYBODY, HERON, NORDHAVN, VOSK, but, load_document, load_table

HOUR = timedelta(hours=1)
SCRIPTS = but(
    VOSK, number="QM-9", name="Иван Мельничук", second_name="", aliases=("عبد الرحمن", "伊万"), born="1966-02-01"
)


def found(work: Work, desk: Desk, text: str = "", **rest: object) -> list[str]:
    return [hit.caption for hit in search(work, desk, text, **rest).results]


def search(work: Work, desk: Desk, text: str = "", **rest: object) -> Found:
    return register.search(work, desk, msgspec.structs.replace(Search(text=text), **rest))


def only(answer: Found) -> Hit:
    (hit,) = answer.results
    return hit


@pytest.fixture(autouse=True)
def loaded(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-01-10", *EVERYBODY, SCRIPTS)


@pytest.mark.parametrize(
    "text",
    [
        "Oleg Varimovich Dresnov",
        "dresnov oleg",
        "DRESNOV, Oleg",
        "dresnow",
        "dresnof oleg",
        "dresn",
        "the ferryman",
        "4418 20937",
        "441820937",
        "4418-20937",
        "QM-1",
        "qm 1",
    ],
)
def test_a_person_is_found_by_any_name_spelling_or_number(work: Work, desk: Desk, text: str) -> None:
    assert found(work, desk, text)[0] == "Oleg Varimovich Dresnov"


@pytest.mark.parametrize("text", ["Иван Мельничук", "ivan melnichuk", "عبد الرحمن", "伊万", "yiwan"])
def test_names_are_found_in_their_script_and_in_latin_letters(work: Work, desk: Desk, text: str) -> None:
    assert "Иван Мельничук" in found(work, desk, text)


@pytest.mark.parametrize("text", ["9074729", "IMO 9074729", "sea heron"])
def test_a_ship_is_found_by_its_number_and_its_name(work: Work, desk: Desk, text: str) -> None:
    assert found(work, desk, text) == ["Sea Heron"]


def test_a_wallet_is_found_by_its_address(work: Work, desk: Desk) -> None:
    assert found(work, desk, DRESNOV.wallet) == [DRESNOV.wallet]


@pytest.mark.parametrize("text", ["zzzzzz", "???", " ; ", "0000000", "x"])
def test_what_names_nobody_finds_nobody(work: Work, desk: Desk, text: str) -> None:
    assert found(work, desk, text) == []


def test_the_best_answer_comes_first_with_the_name_that_answered(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-01-11", *EVERYBODY, but(VOSK, number="QM-8", name="Oleg Dresn", aliases=()))
    hits = search(work, desk, "Oleg Dresnow").results
    assert hits[0].caption == "Oleg Varimovich Dresnov"
    assert (hits[0].matched, hits[0].score) == ("Oleg Dresnow", 1.0)
    assert all(0 < hit.score <= 1 for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_without_a_text_the_filters_decide(work: Work, desk: Desk) -> None:
    assert len(found(work, desk)) == 6
    assert found(work, desk, schemas=("Vessel",)) == ["Sea Heron"]
    assert found(work, desk, programmes=("LANTERN",)) == ["Nordhavn Trading"]
    assert found(work, desk, measures=("travel_ban",)) == ["Nordhavn Trading"]
    assert found(work, desk, countries=("no",)) == ["Oleg Varimovich Dresnov"]
    assert found(work, desk, sources=("qn_list",)) == []
    assert found(work, desk, schemas=("Vessel", "Person"), programmes=("LANTERN",)) == []


def test_filters_narrow_a_text(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", but(HERON, number="QN-1", imo="", name="Oleg Maru"), list_id="qn_list")
    assert found(work, desk, "oleg", schemas=("Vessel",)) == ["Oleg Maru"]
    assert found(work, desk, "oleg", sources=("qn_list",)) == ["Oleg Maru"]
    assert found(work, desk, "9074729", sources=("qn_list",)) == []


def test_facets_count_what_answers(work: Work, desk: Desk) -> None:
    facets = search(work, desk).facets
    assert facets["schema"] == {"Person": 3, "CryptoWallet": 1, "Vessel": 1, "Organization": 1}
    assert facets["programme"] == {"HARBOUR": 5, "LANTERN": 1}
    assert facets["country"] == {"no": 1}


def test_pages_follow_each_other(work: Work, desk: Desk) -> None:
    everything = found(work, desk)
    pages = [search(work, desk, limit=2, offset=offset) for offset in (0, 2, 4, 6)]
    assert [hit.caption for page in pages for hit in page.results] == everything
    assert {page.total for page in pages} == {6}


def test_a_question_has_its_limits() -> None:
    Search(text="x" * SEARCH_TEXT_CHARS_MAX, limit=PAGE_ROWS_MAX)
    with pytest.raises(QuestionTooLong):
        Search(text="x" * (SEARCH_TEXT_CHARS_MAX + 1))
    for limit, offset in ((0, 0), (PAGE_ROWS_MAX + 1, 0), (1, -1)):
        with pytest.raises(PageOutOfRange):
            Search(limit=limit, offset=offset)


# --- the legal day ---


def test_every_answer_says_how_it_stood_on_the_day(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-02-10", HERON, NORDHAVN, SCRIPTS)
    days = {"2029-01-01": State.NOT_LISTED, "2031-01-10": State.LISTED, "2031-01-20": State.UNKNOWN, "2031-03-01": State.NOT_LISTED}  # fmt: skip # noqa: E501 - a table
    for day, state in days.items():
        hit = only(search(work, desk, "varimovich", as_of=date.fromisoformat(day)))
        assert hit.state is state, day
    (standing,) = only(search(work, desk, "varimovich", as_of=date(2031, 1, 10))).standing
    assert (standing.code, standing.since) == ("QM", date(2029, 3, 14))


def test_states_can_be_asked_for(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-02-10", HERON, NORDHAVN, SCRIPTS)
    assert set(found(work, desk, states=(State.NOT_LISTED,))) >= {"Oleg Varimovich Dresnov", "Ilse Vosk"}
    assert set(found(work, desk, states=(State.LISTED,))) == {"Sea Heron", "Nordhavn Trading", "Иван Мельничук"}
    assert "Ilse Vosk" in found(work, desk, states=(State.UNKNOWN,), as_of=date(2031, 1, 20))


# --- the known time ---


def test_nobody_is_found_before_they_were_known(work: Work, desk: Desk) -> None:
    assert found(work, desk, "dresnov", known_at=work.at - HOUR) == []
    assert found(work, desk, known_at=work.at - HOUR) == []
    assert len(found(work, desk, known_at=work.at)) == 6


def test_a_name_that_was_published_later_finds_nobody_earlier(work: Work, desk: Desk) -> None:
    earlier = work.at
    work.at += HOUR
    load_document(work, desk, "2031-02-10", *EVERYBODY[1:], but(DRESNOV, name="Otto Berg", passport="77 1", aliases=()))
    assert found(work, desk, "otto berg") == ["Otto Berg"]
    assert found(work, desk, "771") == ["Otto Berg"]
    for text in ("otto berg", "771"):
        assert found(work, desk, text, known_at=earlier) == []
    assert found(work, desk, "ferryman", known_at=earlier) == ["Oleg Varimovich Dresnov"]


def test_filters_ask_for_what_was_known_then(work: Work, desk: Desk) -> None:
    earlier = work.at
    work.at += HOUR
    changed = but(DRESNOV, country="Panama", kind="Organization", passport="")
    load_document(work, desk, "2031-02-10", *EVERYBODY[1:], changed)
    assert found(work, desk, countries=("pa",)) == ["Oleg Varimovich Dresnov"]
    assert found(work, desk, countries=("pa",), known_at=earlier) == []
    assert found(work, desk, countries=("no",), known_at=earlier) == ["Oleg Varimovich Dresnov"]
    assert found(work, desk, "varimovich", schemas=("Person",), known_at=earlier) == ["Oleg Varimovich Dresnov"]
    assert found(work, desk, "varimovich", schemas=("Person",)) == []


def test_acts_are_not_known_before_they_are_entered(work: Work, desk: Desk) -> None:
    earlier = work.at
    work.at += HOUR
    load_document(work, desk, "2031-02-10", HERON, NORDHAVN, SCRIPTS)
    gap, before_act = date(2031, 1, 20), work.at
    work.at += HOUR
    entered = register.enter_act(
        work,
        desk,
        register.resolve_id("qm_list:QM-1"),
        "HARBOUR",
        Act(kind=ActKind.REMOVED, on=date(2031, 1, 15), citation="Gazette 3"),
    )
    states = {
        at: only(search(work, desk, "varimovich", as_of=gap, known_at=at)).state
        for at in (earlier, before_act, work.at, None)
    }
    assert states == {
        earlier: State.LISTED,
        before_act: State.UNKNOWN,
        work.at: State.NOT_LISTED,
        None: State.NOT_LISTED,
    }
    with_act = work.at
    work.at += HOUR
    register.withdraw_act(work, desk, entered.id, "Another Dresnov.")
    for at, state in ((with_act, State.NOT_LISTED), (work.at, State.UNKNOWN), (None, State.UNKNOWN)):
        assert only(search(work, desk, "varimovich", as_of=gap, known_at=at)).state is state


# --- joined entries ---


def test_those_who_are_joined_appear_once(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", but(DRESNOV, number="QN-7", name="Oleg Dresnow"), list_id="qn_list")
    hit = only(search(work, desk, "varimovich dresnow"))
    assert hit.sources == ("qm_list", "qn_list")
    assert {one.code for one in hit.standing} == {"QM", "QN"}
    assert only(search(work, desk, "varimovich", sources=("qn_list",))).id == hit.id
    assert only(search(work, desk, sources=("qn_list",), schemas=("Person",))).id == hit.id
    assert search(work, desk, sources=("qm_list",)).total == 6
    assert search(work, desk, "dresnow", known_at=work.at).total == search(work, desk, "dresnow").total


def test_who_is_listed_somewhere_is_never_shown_as_free(work: Work, desk: Desk) -> None:
    """His own list has dropped him; a list that repeats it has not, and comes before the word that he is free."""
    load_table(work, desk, "2031-01-10", but(DRESNOV, number="QP-7"), list_id="qp_mirror")
    load_table(work, desk, "2031-02-10", *(one for one in EVERYBODY if one is not DRESNOV))
    hit = only(search(work, desk, "varimovich", as_of=date(2031, 3, 1)))
    assert hit.state is State.LISTED
    assert [(one.source, one.state, one.since, one.is_aggregated) for one in hit.standing] == [
        ("qp_mirror", State.LISTED, date(2029, 3, 14), True),
        ("qm_list", State.NOT_LISTED, date(2031, 2, 10), False),
    ]


def test_filters_alone_find_what_was_not_joined_yet(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", but(VOSK, number="QN-7", name="Anna Berg", aliases=()), list_id="qn_list")
    earlier = work.at
    work.at += HOUR
    left, right = register.resolve_id("qm_list:QM-4"), register.resolve_id("qn_list:QN-7")
    register.decide(work, left, right, Verdict.SAME, "She says so herself.")
    assert set(found(work, desk, known_at=earlier)) >= {"Ilse Vosk", "Anna Berg"}
    assert found(work, desk, sources=("qn_list",), known_at=earlier) == ["Anna Berg"]
    assert search(work, desk).total == search(work, desk, known_at=earlier).total - 1
