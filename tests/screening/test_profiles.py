"""Profiles: shipped as data, proposed by one person, released by another, never changed; and what each says is what is followed."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.infra.work import Work
from comity.lists.service import Desk
from comity.model.actor import Actor
from comity.screening import service as screening
from comity.screening.model.failures import FourEyesWanted, ProfileDecided, ProfileSame, ProfileUnfit, ProfileUnknown
from comity.screening.model.profile import FACTS, Profile
from comity.screening.model.question import Question
from comity.screening.model.release import State, differences, read, written
from comity.screening.service import Place
from support.invented import EVERYBODY, VOSK, but, load_document, recorded

PIA, TOMAS = Actor(id="user:pia", name="Pia"), Actor(id="user:tomas", name="Tomas")


def proposed(work: Work, by: Actor = PIA, **changes: object) -> str:
    work.actor = by
    wanted = msgspec.structs.replace(screening.profile(work, "customer"), **changes)
    return screening.propose(work, wanted, "Too many companies.").name


def test_every_shipped_profile_is_read_back_from_its_own_text(work: Work) -> None:
    assert {one.profile.id for one in screening.versions(work)} == {"customer", "licence", "payment"}
    for one in screening.in_force(work):
        assert read(written(one)) == one
        assert one.reasons
        assert one.service_levels
        assert one.purpose.endswith(".")


@given(
    threshold=st.floats(0, 1),
    limit=st.integers(1, 100),
    facts=st.lists(st.sampled_from(FACTS), unique=True),
    title=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
)
def test_whatever_a_profile_says_is_written_and_read_back(
    threshold: float, limit: int, facts: list[str], title: str
) -> None:
    made = Profile(id="own", threshold=threshold, limit=limit, facts=tuple(facts), title=title)
    assert read(written(made)) == made


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id = ", "not TOML"),
        ('id = "Customer"', "id: a profile is called"),
        ('id = "a"\nthreshold = 2', "threshold is a probability"),
        ('id = "a"\nshoe = 1', "shoe"),
        ('id = "a"\nversion = 3', "version: the node numbers"),
        ('id = "a"\nfacts = ["shoe"]', "facts: shoe is not one of"),
        ('id = "a"\n[thresholds]\nship = 0.5', "thresholds: ship is not one of"),
        ('id = "a"\n[[service_levels]]\nprobability = 0.5\nhours = 0', "service_levels"),
    ],
)
def test_a_profile_that_cannot_be_followed_is_refused_by_field(text: str, said: str) -> None:
    with pytest.raises(ProfileUnfit, match=said):
        read(text)


def test_what_one_person_proposes_holds_when_another_has_released_it(work: Work, place: Place) -> None:
    before = screening.profile(work, "customer")
    name = proposed(work, threshold=0.4, thresholds={})
    assert name == "customer 1"
    assert screening.profile(work, "customer") == before
    with pytest.raises(FourEyesWanted):
        screening.release(work, place, name)
    work.actor = TOMAS
    released = screening.release(work, place, name, "a" * 64)
    assert (released.state, released.decided_by, released.backtest) == (State.IN_FORCE, TOMAS.id, "a" * 64)
    assert screening.profile(work, "customer").threshold == 0.4
    assert [one.state for one in screening.versions(work, "customer")] == [State.IN_FORCE, State.SUPERSEDED]
    assert screening.profile(work, "customer 0") == before
    assert screening.profile(work, "customer@1").version == 1
    kinds = [event.kind for event in recorded(work)]
    assert kinds[-2:] == ["screening.profile_proposed", "screening.profile_released"]


def test_a_decided_version_is_decided_once_and_a_later_one_is_not_undone(work: Work, place: Place) -> None:
    first, second = proposed(work, threshold=0.4), proposed(work, threshold=0.5)
    work.actor = TOMAS
    screening.release(work, place, second)
    with pytest.raises(ProfileDecided):
        screening.release(work, place, first)
    assert screening.withdraw(work, first).state is State.WITHDRAWN
    for again in (first, second, "customer"):
        with pytest.raises(ProfileDecided):
            screening.withdraw(work, again)
    with pytest.raises(ProfileSame):
        proposed(work, threshold=0.5)


def test_a_node_has_profiles_of_its_own(work: Work, place: Place) -> None:
    work.actor = PIA
    made = screening.propose(work, Profile(id="trade", title="Trade"), "New line of business.")
    assert made.name == "trade 1"
    with pytest.raises(ProfileUnknown):
        screening.profile(work, "trade")
    work.actor = TOMAS
    screening.release(work, place, "trade 1")
    assert screening.profile(work, "trade").title == "Trade"
    with pytest.raises(ProfileUnknown):
        screening.profile(work, "trade 2")
    with pytest.raises(ProfileUnfit, match="say why"):
        screening.propose(work, Profile(id="trade", limit=3), " ")


def test_only_what_differs_is_told(work: Work) -> None:
    before = screening.profile(work, "customer")
    after = msgspec.structs.replace(before, version=3, limit=7, thresholds={"person": 0.1})
    said = {one.field: (one.before, one.after) for one in differences(before, after)}
    assert said.pop("limit") == ("20", "7")
    assert said.pop("threshold.person") == ("0.25", "0.1")
    assert set(said) == {"threshold.organisation", "threshold.vessel", "threshold.aircraft"}


def test_a_threshold_is_that_of_the_kind_and_of_several_the_lowest() -> None:
    profile = Profile(threshold=0.5, thresholds={"person": 0.2, "vessel": 0.9})
    said = {schema: profile.threshold_of(schema) for schema in ("Person", "Company", "Vessel", "LegalEntity", "Asset")}
    assert said == {"Person": 0.2, "Company": 0.5, "Vessel": 0.9, "LegalEntity": 0.2, "Asset": 0.2}
    assert profile.asking(0.7, 3).threshold_of("Person") == 0.7
    assert profile.asking(None, 3).threshold_of("Person") == 0.2


def test_the_profile_is_part_of_the_digest_of_every_answer(work: Work, desk: Desk, place: Place) -> None:
    load_document(work, desk, "2031-01-10", *EVERYBODY, but(VOSK, number="QM-7", name="Vosk", kind="Vessel", born=""))
    asked = Question.of("Ilse Vosk")
    digests = {screening.screen(work, place, asked, one).answer.digest for one in screening.in_force(work)}
    name = proposed(work, threshold=0.4, thresholds={})
    work.actor = TOMAS
    screening.release(work, place, name)
    digests.add(screening.screen(work, place, asked, screening.profile(work, "customer")).answer.digest)
    assert len(digests) == 4
    people = Profile(threshold=0.0, schemas=("Person",))
    found = screening.screen(work, place, Question.of("Vosk"), people).answer.results  # type: ignore[union-attr]
    assert {one.schema for one in found} == {"Person"}
