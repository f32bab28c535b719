"""A version of a profile is tried on what was decided: what it would lose is named, and no release goes without."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.accounts import service as accounts
from comity.accounts.model.roles import Role as RoleOf
from comity.alerts import service as alerts
from comity.alerts.model.asking import Decide
from comity.alerts.model.failures import TrialUnknown
from comity.alerts.model.state import Disposition
from comity.alerts.model.trying import NAMES_MAX, questions
from comity.alerts.service import Office
from comity.infra.keys import Keys
from comity.infra.work import Work
from comity.infra.worker import Worker
from comity.lists.service import Desk
from comity.model.actor import OPERATOR, Actor, ActorKind
from comity.model.permission import Permission
from comity.node import Node
from comity.screening import service as screening
from comity.screening.model.failures import BacktestWanted, FourEyesWanted
from comity.screening.model.question import FACTS_MAX
from comity.screening.model.release import State
from comity.screening.service import Deciders, Place
from support.alerting import Report, customer, found
from support.invented import EVERYBODY, SOURCES, load_document, recorded

ANSA, PIA = (Actor(id=f"user:{name}", name=name, kind=ActorKind.PERSON) for name in ("ansa", "pia"))
NAMES = ("Oleg Dresnov", "Ilse Vosk")
"""A true match, and a false positive."""


@pytest.fixture
def place(tmp_path: Path, desk: Desk) -> Place:
    """Where these tests screen: a place that is told what was decided."""
    return Place(desk, tmp_path / "screening", deciders=Deciders(tried=alerts.tried))


def decide(work: Work, office: Office, hit: str, alert: str, disposition: Disposition) -> None:
    """Decide a hit, with two persons where it needs them."""
    work.actor = ANSA
    shown = alerts.show(work, office, alert, hit)
    said = Decide(
        hit=hit,
        disposition=disposition,
        reasons=(shown.reasons[disposition][0].id,),
        measures=shown.consequences.digest,
    )
    if alerts.decide(work, office, said).is_undecided:
        work.actor = PIA
        alerts.confirm(work, hit)


@pytest.fixture
def decided(work: Work, office: Office, report: Report) -> tuple[str, str]:
    """The hits of a true match and of a false positive, both settled."""
    hits = []
    for name, disposition in zip(NAMES, (Disposition.TRUE_MATCH, Disposition.FALSE_POSITIVE), strict=True):
        reported = report(customer(f"c-{name}", name))
        (hit,) = reported.opened
        decide(work, office, hit, reported.alert, disposition)
        hits.append(hit)
    return hits[0], hits[1]


def test_a_true_match_for_named_reviewers_alone_is_counted_for_all_and_named_to_them(
    work: Work, office: Office, place: Place, decided: tuple[str, str]
) -> None:
    members = [accounts.add_user(work, name, [RoleOf.COMPLIANCE_OFFICER]) for name in ("Ilva", "Rowan")]
    kept = alerts.keep_trial(work, alerts.attempt(work, place, propose(work, threshold=1.0, thresholds={}), quiet))
    lost = alerts.trial(work, kept).lost
    assert [one.hit for one in lost] == [decided[0]]
    work.actor = OPERATOR
    alerts.restrict(work, lost[0].alert, [one.id for one in members])
    again = alerts.keep_trial(
        work, alerts.attempt(work, place, propose(work, threshold=1.0, thresholds={}, limit=9), quiet)
    )
    for digest in (kept, again):
        work.actor = ANSA
        told = alerts.trial(work, digest)
        assert (told.total("true_lost"), told.lost) == (1, ())
        assert lost[0].alert not in msgspec.json.encode(told).decode()
        work.actor = Actor(id=members[0].id, name="Ilva", kind=ActorKind.PERSON)
        assert [one.hit for one in alerts.trial(work, digest).lost] == [decided[0]]


def propose(work: Work, **changes: object) -> str:
    """Propose another version of the profile of customers, in Ansa's name."""
    work.actor = ANSA
    wanted = msgspec.structs.replace(screening.profile(work, "customer"), **changes)
    return screening.propose(work, wanted, "Fewer.").name


def quiet(_done: int, _total: int | None) -> None:
    pass


def test_what_a_version_would_lose_and_avoid_is_named(work: Work, place: Place, decided: tuple[str, str]) -> None:
    name = propose(work, threshold=1.0, thresholds={})
    tried = alerts.attempt(work, place, name, quiet)
    assert (tried.profile, tried.against, tried.subjects) == (name, "customer 0", 2)
    assert [(one.hit, one.after) for one in tried.lost] == [(decided[0], None)]
    assert {one.hit for one in tried.changed} == set(decided)
    assert (tried.total("true_lost"), tried.total("false_avoided")) == (1, 1)
    assert (tried.total("true_kept"), tried.total("false_kept"), tried.absent) == (0, 0, 0)


def test_a_version_that_finds_the_same_changes_nothing(work: Work, place: Place, decided: tuple[str, str]) -> None:
    name = propose(work, title="Customers and their owners")
    tried = alerts.attempt(work, place, name, quiet)
    assert (tried.changed, tried.decisions) == ((), len(decided))
    assert (tried.total("true_kept"), tried.total("false_kept"), tried.total("new")) == (1, 1, 0)


def test_what_only_the_proposed_version_finds_is_gained_or_new(
    work: Work, place: Place, decided: tuple[str, str]
) -> None:
    name = propose(work, threshold=1.0, thresholds={})
    digest = alerts.keep_trial(work, alerts.attempt(work, place, name, quiet))
    work.actor = PIA
    screening.release(work, place, name, digest)
    back = propose(work, threshold=0.3, thresholds={})
    tried = alerts.attempt(work, place, back, quiet)
    assert (tried.against, tried.total("true_gained"), tried.total("false_added"), tried.lost) == (name, 1, 1, ())
    assert len(decided) == tried.decisions


def test_an_undecided_pair_that_only_one_version_finds_is_counted_apart(
    work: Work, office: Office, place: Place, decided: tuple[str, str]
) -> None:
    two = customer("c-two", "Oleg Dresnov", alias=("Ilse Vosk",))
    asked = found(work, place, two)
    other = found(work, place, customer("c-other", "Ilse Vosk"))
    both = msgspec.structs.replace(asked.answer, results=(*asked.answer.results, *other.answer.results))
    (reported,) = alerts.report(work, office, [msgspec.structs.replace(asked, answer=both)])
    decide(work, office, reported.opened[0], reported.alert, Disposition.TRUE_MATCH)
    tried = alerts.attempt(work, place, propose(work, threshold=1.0, thresholds={}), quiet)
    assert (tried.total("true_lost"), tried.total("dropped"), len(decided)) == (2, 1, 2)


def test_a_decided_pair_that_nobody_lists_any_more_is_told_and_not_counted(
    work: Work, desk: Desk, place: Place, decided: tuple[str, str]
) -> None:
    load_document(work, desk, "2031-02-10", *(one for one in EVERYBODY if "DRESNOV" not in one.name.upper()))
    tried = alerts.attempt(work, place, propose(work, threshold=1.0, thresholds={}), quiet)
    assert (tried.absent, tried.lost, tried.total("false_avoided")) == (1, (), 1)
    assert decided[0] not in {one.hit for one in tried.changed}


def test_no_version_is_released_untried_where_people_have_decided(
    work: Work, place: Place, decided: tuple[str, str]
) -> None:
    name = propose(work, threshold=0.4, thresholds={})
    other = propose(work, threshold=0.41, thresholds={})
    elsewhere = alerts.keep_trial(work, alerts.attempt(work, place, other, quiet))
    work.actor = PIA
    for digest in ("", "a" * 64, elsewhere):
        with pytest.raises(BacktestWanted):
            screening.release(work, place, name, digest)
    digest = alerts.keep_trial(work, alerts.attempt(work, place, name, quiet))
    known = screening.trials(work, place, name)
    assert (known.decisions, [one.digest for one in known.tried]) == (len(decided), [digest])
    work.actor = ANSA
    with pytest.raises(FourEyesWanted):
        screening.release(work, place, name, digest)
    work.actor = PIA
    released = screening.release(work, place, name, digest)
    assert (released.state, released.backtest) == (State.IN_FORCE, digest)


def test_a_profile_under_which_nobody_decided_is_released_as_before(
    work: Work, place: Place, decided: tuple[str, str]
) -> None:
    work.actor = ANSA
    wanted = msgspec.structs.replace(screening.profile(work, "payment"), threshold=0.9, thresholds={})
    name = screening.propose(work, wanted, "Fewer.").name
    work.actor = PIA
    assert screening.release(work, place, name).state is State.IN_FORCE
    assert decided


def test_a_trial_is_kept_under_its_digest_and_recorded_without_names(
    work: Work, place: Place, decided: tuple[str, str]
) -> None:
    tried = alerts.attempt(work, place, propose(work, threshold=1.0, thresholds={}), quiet)
    digest = alerts.keep_trial(work, tried)
    assert alerts.keep_trial(work, tried) == digest
    assert alerts.trial(work, digest) == tried
    assert alerts.trial(work, digest).digest == digest
    event = recorded(work)[-1]
    assert (event.kind, event.facts["lost"], event.facts["digest"]) == ("alerts.tried", 1, digest)
    with pytest.raises(TrialUnknown):
        alerts.trial(work, "a" * 64)
    assert decided


def test_a_trial_that_was_ordered_is_run_in_the_background(node: Node) -> None:
    node.sources = SOURCES
    Keys.create(node.home / "keys")
    with node.work(ANSA, Permission.OPERATE) as work:
        load_document(work, node.desk, "2031-01-10", *EVERYBODY)
        (reported,) = alerts.report(work, node.office, [found(work, node.screening, customer())])
        decide(work, node.office, reported.opened[0], reported.alert, Disposition.TRUE_MATCH)
        name = propose(work, threshold=1.0, thresholds={})
        job = alerts.order_trial(work, name)
        assert alerts.order_trial(work, name) == job
    worker = Worker(node.database, node.clock, node.handlers)
    while worker.step():
        pass
    with node.work(OPERATOR, Permission.ALERTS_READ, write=False) as work:
        digest = alerts.ordered_trial(work, job).result["trial"]
        assert [one.hit for one in alerts.trial(work, digest).lost] == [reported.opened[0]]
        assert screening.trials(work, node.screening, name).tried[0].digest == digest


# --- what is asked again ---


def test_everything_that_is_known_of_a_subject_is_asked_for_each_of_its_names() -> None:
    asked = questions(
        customer(
            "c-1", "Oleg Dresnov", alias=("O. Dresnov",), birthDate=("1971",), nationality=("no",), country=("se",)
        )
    )
    assert [one.text for one in asked] == ["Oleg Dresnov", "O. Dresnov"]
    assert {one.birth_date for one in asked} == {"1971"}
    assert set(asked[0].countries) == {"nationality:no", "se"}


@given(st.lists(st.text("abcdef", min_size=1, max_size=8), max_size=40))
def test_however_much_is_known_it_can_be_asked(values: list[str]) -> None:
    many = tuple(values)
    asked = questions(customer("c-1", "Oleg", alias=many, passportNumber=many, address=many))
    assert 1 <= len(asked) <= NAMES_MAX
    assert all(len(one.identifiers) <= FACTS_MAX and len(one.addresses) <= FACTS_MAX for one in asked)
