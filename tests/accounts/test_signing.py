"""Signing in, limits on trying, sessions and their end, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from comity.accounts import service, store
from comity.accounts.model import ATTEMPTS_PER_NAME_MAX, SESSIONS_MAX, SignedInKind
from comity.accounts.model import failures as fail
from comity.accounts.model.roles import Role
from comity.accounts.service import proof, signing
from comity.infra.database import Database
from comity.infra.work import Work, begin
from comity.kit.clock import FakeClock
from comity.model.actor import OPERATOR, Purpose
from comity.model.permission import Permission

from .conftest import PASSWORD, Recruit, enter, present

WRONG = "another harbour lamp"


@pytest.fixture
def hashings(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every hash that a password is compared with, in order; the comparison itself stays real."""
    seen: list[str] = []

    def verify(hashed: str, password: str) -> bool:
        seen.append(hashed)
        return proof.verify(hashed, password)

    monkeypatch.setattr(signing, "verify", verify)
    return seen


def fail_to_enter(work: Work, name: str, password: str = WRONG, origin: str = "192.0.2.7") -> fail.SignInFailed:
    refused = service.sign_in(work, name, password, origin)
    assert isinstance(refused, fail.SignInFailed)
    return refused


def lock(work: Work, name: str) -> None:
    for _ in range(ATTEMPTS_PER_NAME_MAX):
        store.count_attempt(work, proof.attempt_key("name", name.casefold()))


def test_a_signed_in_person_is_known_with_roles_and_permissions(work: Work, recruit: Recruit) -> None:
    ansa = recruit("Ansa Lind", Role.AUDITOR)
    who = present(work, enter(work, "  ANSA lind"))
    assert (who.actor.id, who.user_id, who.kind) == (ansa.id, ansa.id, SignedInKind.SESSION)
    assert who.actor.name == "Ansa Lind"
    assert who.roles == (Role.AUDITOR,)
    assert Permission.LEDGER_READ in who.permissions
    assert Permission.ACCOUNTS_MANAGE not in who.permissions
    assert service.user(work, ansa.id).signed_in_at == work.at


def test_every_failure_says_the_same_after_one_hashing(work: Work, recruit: Recruit, hashings: list[str]) -> None:
    ansa = recruit("Ansa Lind")
    recruit("Bela Orm")
    recruit("Cato Vell")
    service.add_user(work, "Dora Quist", [Role.ANALYST])
    service.disable_user(work, ansa.id)
    lock(work, "Bela Orm")
    refusals = [
        fail_to_enter(work, "Nobody Here"),
        fail_to_enter(work, "Cato Vell"),
        fail_to_enter(work, "Ansa Lind", PASSWORD),
        fail_to_enter(work, "Bela Orm", PASSWORD),
        fail_to_enter(work, "Dora Quist", ""),
        fail_to_enter(work, "x" * 5000),
        fail_to_enter(work, "nul\x00 and \ud800"),
    ]
    assert {(type(each), each.kind, each.code, each.detail, str(each.context)) for each in refusals} == {
        (
            fail.SignInFailed,
            fail.SignInFailed.kind,
            "accounts.sign_in_failed",
            "The name and the password do not fit together.",
            "{}",
        )
    }
    assert len(hashings) == len(refusals)
    assert {hashed.split("$")[1:4] == ["argon2id", "v=19", "m=64,t=1,p=1"] for hashed in hashings} == {True}


def test_a_name_rests_after_ten_failures_and_is_free_after_a_quarter_of_an_hour(work: Work, recruit: Recruit) -> None:
    recruit("Ansa Lind")
    for _ in range(ATTEMPTS_PER_NAME_MAX):
        fail_to_enter(work, "Ansa Lind")
    fail_to_enter(work, "ANSA lind", PASSWORD)
    work.at += timedelta(minutes=14)
    fail_to_enter(work, "Ansa Lind", PASSWORD, "198.51.100.1")
    work.at += timedelta(minutes=1)
    enter(work, "Ansa Lind")


def test_signing_in_forgets_earlier_failures(work: Work, recruit: Recruit) -> None:
    recruit("Ansa Lind")
    for _ in range(2):
        for _ in range(ATTEMPTS_PER_NAME_MAX - 1):
            store.count_attempt(work, proof.attempt_key("name", "ansa lind"))
        enter(work, "Ansa Lind")


def test_an_address_is_limited_whatever_names_it_tries(work: Work, recruit: Recruit, hashings: list[str]) -> None:
    recruit("Ansa Lind")
    for _ in range(100):
        store.count_attempt(work, proof.attempt_key("origin", "192.0.2.7"))
    refused = service.sign_in(work, "Ansa Lind", PASSWORD, "192.0.2.7")
    assert isinstance(refused, fail.SignInLimited)
    assert refused.context == {"retry_after_s": 900}
    assert hashings == []
    enter(work, "Ansa Lind", origin="198.51.100.1")


def test_people_behind_one_address_who_sign_in_do_not_count_against_it(work: Work, recruit: Recruit) -> None:
    recruit("Ansa Lind")
    for _ in range(99):
        store.count_attempt(work, proof.attempt_key("origin", "192.0.2.7"))
    for _ in range(3):
        enter(work, "Ansa Lind")


def test_failures_that_are_counted_survive_the_end_of_their_work(database: Database, clock: FakeClock) -> None:
    ground = {"actor": OPERATOR, "purpose": Purpose.ADMINISTRATION, "permission": Permission.PUBLIC}
    for _ in range(3):
        with begin(database, clock, **ground) as work:  # type: ignore[arg-type]
            fail_to_enter(work, "Ansa Lind")
    with database.transaction(write=False) as connection:
        assert connection.execute(sa.select(store.attempts.c.failures)).scalars().all() == [3, 3]


def test_neither_names_nor_addresses_that_were_tried_are_kept(work: Work) -> None:
    fail_to_enter(work, "quiet harbour lamps")
    kept = work.connection.execute(sa.select(store.attempts.c.key)).scalars().all()
    assert all(len(key) == 64 and set(key) <= set("0123456789abcdef") for key in kept)


def test_every_sign_in_has_its_own_secret_that_is_not_kept(work: Work, recruit: Recruit) -> None:
    recruit("Ansa Lind")
    first, second = enter(work, "Ansa Lind"), enter(work, "Ansa Lind")
    assert first.secret != second.secret
    assert first.session_id != second.session_id
    kept = repr(work.connection.execute(sa.select(store.sessions)).all())
    assert first.secret not in kept
    assert second.secret not in kept


@pytest.mark.parametrize("secret", ["", "guessed", "\x00", "\ud800", "session:0123456789abcdef"])
def test_no_other_secret_opens_a_session(work: Work, recruit: Recruit, secret: str) -> None:
    recruit("Ansa Lind")
    opened = enter(work, "Ansa Lind")
    assert service.session_of(work, secret) is None
    assert service.session_of(work, opened.session_id) is None


def test_a_session_lives_while_it_is_used_and_never_longer_than_a_working_day(work: Work, recruit: Recruit) -> None:
    recruit("Ansa Lind")
    opened = enter(work, "Ansa Lind")
    for _ in range(16):
        who = present(work, opened)
        service.mark_seen(work, who)
        work.at += timedelta(minutes=29)
    assert service.session_of(work, opened.secret) is not None
    service.mark_seen(work, present(work, opened))
    work.at += timedelta(minutes=16)
    assert service.session_of(work, opened.secret) is None


def test_an_idle_session_ends(work: Work, recruit: Recruit) -> None:
    recruit("Ansa Lind")
    opened = enter(work, "Ansa Lind")
    work.at += timedelta(minutes=30)
    assert service.session_of(work, opened.secret) is None


def test_use_is_due_to_be_noted_once_a_minute(work: Work, recruit: Recruit) -> None:
    recruit("Ansa Lind")
    opened = enter(work, "Ansa Lind")
    assert not present(work, opened).is_stale
    work.at += timedelta(minutes=1)
    who = present(work, opened)
    assert who.is_stale
    service.mark_seen(work, who)
    assert not present(work, opened).is_stale


def test_signing_out_ends_this_session_only_and_may_be_repeated(work: Work, recruit: Recruit) -> None:
    recruit("Ansa Lind")
    first, second = enter(work, "Ansa Lind"), enter(work, "Ansa Lind")
    service.sign_out(work, first.secret)
    service.sign_out(work, first.secret)
    assert service.session_of(work, first.secret) is None
    assert service.session_of(work, second.secret) is not None


def test_nobody_ends_the_session_of_another(work: Work, recruit: Recruit) -> None:
    recruit("Ansa Lind")
    bela, opened = recruit("Bela Orm"), enter(work, "Ansa Lind")
    for session_id in (opened.session_id, "session:0123456789abcdef", "\x00"):
        with pytest.raises(fail.SessionUnknown):
            service.end_session(work, bela.id, session_id)
    assert [each.id for each in service.sessions(work, present(work, opened).actor.id)] == [opened.session_id]


def test_the_longest_unused_session_gives_way(work: Work, recruit: Recruit) -> None:
    ansa = recruit("Ansa Lind")
    first = enter(work, "Ansa Lind")
    for number in range(SESSIONS_MAX):
        work.at += timedelta(seconds=1)
        session = store.Session(id=f"session:{number:016x}", user_id=ansa.id, opened_at=work.at, seen_at=work.at)
        store.open_session(work, session, f"{number:064x}")
    assert service.session_of(work, first.secret) is None
    assert len(service.sessions(work, ansa.id)) == SESSIONS_MAX


def test_a_changed_password_ends_every_other_session(work: Work, recruit: Recruit) -> None:
    recruit("Ansa Lind")
    here, elsewhere = enter(work, "Ansa Lind"), enter(work, "Ansa Lind")
    who = present(work, here)
    with pytest.raises(fail.PasswordUnfit):
        service.change_password(work, who, PASSWORD, "short")
    assert isinstance(service.change_password(work, who, "not the current", WRONG), fail.SignInFailed)
    assert service.change_password(work, who, PASSWORD, WRONG) is None
    assert service.session_of(work, here.secret) is not None
    assert service.session_of(work, elsewhere.secret) is None
    enter(work, "Ansa Lind", WRONG)


def test_guessing_the_current_password_is_limited_like_signing_in(work: Work, recruit: Recruit) -> None:
    recruit("Ansa Lind")
    who = present(work, enter(work, "Ansa Lind"))
    lock(work, "Ansa Lind")
    assert isinstance(service.change_password(work, who, PASSWORD, WRONG), fail.SignInFailed)


def test_a_hash_of_other_parameters_is_renewed_at_sign_in(
    work: Work, recruit: Recruit, monkeypatch: pytest.MonkeyPatch
) -> None:
    recruit("Ansa Lind")
    monkeypatch.setattr(proof, "_hasher", PasswordHasher(time_cost=2, memory_cost=64, parallelism=1))
    enter(work, "Ansa Lind")
    renewed = work.connection.execute(sa.select(store.users.c.password_hash)).scalar_one()
    assert renewed.startswith("$argon2id$v=19$m=64,t=2,p=1$")
    enter(work, "Ansa Lind")


def test_passwords_are_hashed_as_rfc_9106_recommends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    hashed = proof.hash_password(PASSWORD)
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")  # section 4, the second recommended option
    assert proof.verify(hashed, PASSWORD)
    assert not proof.verify(hashed, WRONG)


def test_a_reset_password_frees_a_name_that_rests(work: Work, recruit: Recruit) -> None:
    ansa = recruit("Ansa Lind")
    lock(work, "Ansa Lind")
    service.redeem_welcome(work, service.issue_welcome(work, ansa.id), "", WRONG)
    enter(work, "Ansa Lind", WRONG)


def test_trying_many_times_at_once_is_no_way_round_the_limit(database: Database, clock: FakeClock) -> None:
    ground = {"actor": OPERATOR, "purpose": Purpose.ADMINISTRATION, "permission": Permission.PUBLIC}
    with begin(database, clock, **ground) as work:  # type: ignore[arg-type]
        service.set_password(work, service.add_user(work, "Ansa Lind", [Role.ANALYST]).id, PASSWORD)

    def attempt(number: int) -> None:
        with begin(database, clock, **ground) as work:  # type: ignore[arg-type]
            fail_to_enter(work, "Ansa Lind", origin=f"192.0.2.{number}")

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(attempt, range(ATTEMPTS_PER_NAME_MAX)))
    with begin(database, clock, **ground) as work:  # type: ignore[arg-type]
        fail_to_enter(work, "Ansa Lind", PASSWORD)


def test_reaching_the_limit_is_in_the_ledger_once(work: Work, recruit: Recruit) -> None:
    ansa = recruit("Ansa Lind")
    lock(work, "Ansa Lind")
    for _ in range(3):
        fail_to_enter(work, "Ansa Lind")
    limited = [event for event in work._events if event.kind == "accounts.sign_in_limited"]
    assert [event.facts for event in limited] == [{"user": ansa.id}]
