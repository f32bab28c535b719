"""Tokens: who may make one, what it may do, and how it ends, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from comity.accounts import service, store
from comity.accounts.model import (
    NewToken,
    Page,
    SignedIn,
    SignedInKind,
    Token,
    TokenOrder,
    TokenState,
    User,
    WhichTokens,
)
from comity.accounts.model import failures as fail
from comity.accounts.model.roles import Role
from comity.infra.work import Work
from comity.model.actor import Actor, ActorKind
from comity.model.permission import Permission

from .conftest import Recruit, acting, enter, present

READ, UPDATE = Permission.LISTS_READ, Permission.LISTS_UPDATE


def wanted(*permissions: Permission, days: int = 90, name: str = "nightly", user_id: str | None = None) -> NewToken:
    return NewToken(name=name, permissions=frozenset(permissions), days=days, user_id=user_id)


def person(user: User) -> Actor:
    return Actor(id=user.id, name=user.name)


def used(work: Work, secret: str) -> SignedIn:
    who = service.token_of(work, secret)
    assert who is not None
    return who


def test_a_token_acts_for_whoever_made_it(work: Work, recruit: Recruit) -> None:
    ansa = recruit("Ansa Lind", Role.OPERATOR)
    issued = service.create_token(acting(work, person(ansa)), wanted(READ, UPDATE))
    who = used(work, issued.secret)
    assert (who.actor.id, who.actor.kind, who.user_id) == (issued.token.id, ActorKind.TOKEN, ansa.id)
    assert who.kind is SignedInKind.TOKEN
    assert who.permissions == {READ, UPDATE, Permission.SELF}


def test_its_secret_has_its_form_and_is_not_kept(work: Work) -> None:
    issued = service.create_token(work, wanted(READ))
    assert issued.secret.startswith("cmt_")
    assert len(issued.secret) == 4 + 43
    assert issued.secret not in repr(work.connection.execute(sa.select(store.tokens)).all())
    for other in ("", issued.secret[:-1], issued.secret[4:], issued.token.id, "cmt_\x00"):
        assert service.token_of(work, other) is None


def test_nobody_gives_a_token_more_than_they_may_do(work: Work, recruit: Recruit) -> None:
    ansa = recruit("Ansa Lind", Role.ANALYST)
    with pytest.raises(fail.TokenTooWide):
        service.create_token(acting(work, person(ansa)), wanted(READ, UPDATE))


def test_a_token_made_for_another_is_no_wider_than_either(work: Work, recruit: Recruit) -> None:
    pia, ansa = recruit("Pia Hallward", Role.ADMINISTRATOR), recruit("Ansa Lind", Role.OPERATOR)
    for right in (Permission.OPERATE, Permission.REGISTER_READ):
        with pytest.raises(fail.TokenTooWide):
            service.create_token(acting(work, person(pia)), wanted(right, user_id=ansa.id))
    issued = service.create_token(acting(work, person(pia)), wanted(READ, user_id=ansa.id))
    assert issued.token.owner == "Ansa Lind"


def test_a_token_makes_no_token_wider_than_itself(work: Work, recruit: Recruit) -> None:
    pia = recruit("Pia Hallward", Role.ADMINISTRATOR)
    rights = Permission.ACCOUNTS_MANAGE, READ
    maker = used(work, service.create_token(acting(work, person(pia)), wanted(*rights)).secret)
    made = service.create_token(acting(work, maker.actor), wanted(READ))
    assert made.token.user_id == pia.id
    with pytest.raises(fail.TokenTooWide):
        service.create_token(acting(work, maker.actor), wanted(Permission.LEDGER_READ))


def test_a_token_narrows_and_widens_with_its_owner_but_never_beyond_its_grant(work: Work, recruit: Recruit) -> None:
    ansa = recruit("Ansa Lind", Role.OPERATOR)
    secret = service.create_token(acting(work, person(ansa)), wanted(READ, UPDATE)).secret
    service.change_roles(work, ansa.id, [Role.ANALYST])
    assert used(work, secret).permissions == {READ, Permission.SELF}
    service.change_roles(work, ansa.id, [Role.SANCTIONS_OFFICER])
    assert used(work, secret).permissions == {READ, UPDATE, Permission.SELF}


def test_tokens_of_a_disabled_person_are_over_for_good(work: Work, recruit: Recruit) -> None:
    ansa = recruit("Ansa Lind", Role.OPERATOR)
    secret = service.create_token(acting(work, person(ansa)), wanted(READ)).secret
    service.disable_user(work, ansa.id)
    assert service.token_of(work, secret) is None
    with pytest.raises(fail.UserDisabled):
        service.create_token(work, wanted(READ, user_id=ansa.id))
    service.enable_user(work, ansa.id)
    assert service.token_of(work, secret) is None


def test_the_operator_at_the_machine_makes_tokens_of_nobody(work: Work) -> None:
    issued = service.create_token(work, wanted(Permission.OPERATE))
    assert issued.token.user_id is None
    assert used(work, issued.secret).permissions == {Permission.OPERATE, Permission.SELF}


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_token_without_a_fit_end_is_refused(work: Work, days: int) -> None:
    with pytest.raises(fail.TokenUnfit):
        service.create_token(work, wanted(READ, days=days))


@pytest.mark.parametrize("permissions", [(), (Permission.PUBLIC,), (Permission.SELF, READ)])
def test_a_token_names_only_what_can_be_granted(work: Work, permissions: tuple[Permission, ...]) -> None:
    with pytest.raises(fail.TokenUnfit):
        service.create_token(work, wanted(*permissions))


def test_a_token_ends_at_its_expiry(work: Work) -> None:
    secret = service.create_token(work, wanted(READ, days=1)).secret
    work.at += timedelta(days=1) - timedelta(microseconds=1)
    used(work, secret)
    work.at += timedelta(microseconds=1)
    assert service.token_of(work, secret) is None


def test_a_revoked_token_is_over_at_once_and_is_revoked_once(work: Work) -> None:
    issued = service.create_token(work, wanted(READ))
    service.revoke_token(work, issued.token.id)
    assert service.token_of(work, issued.secret) is None
    for token_id in (issued.token.id, "token:0123456789abcdef", "\x00"):
        with pytest.raises(fail.TokenUnknown):
            service.revoke_token(work, token_id)


def test_use_is_noted_at_most_once_a_minute(work: Work) -> None:
    secret = service.create_token(work, wanted(READ)).secret
    who = used(work, secret)
    assert who.is_stale
    service.mark_seen(work, who)
    assert not used(work, secret).is_stale
    assert service.tokens(work, WhichTokens()).tokens[0].used_at == work.at
    work.at += timedelta(minutes=1)
    assert used(work, secret).is_stale


def test_an_owner_holds_a_limited_number_of_tokens(work: Work) -> None:
    for _ in range(100):
        last = service.create_token(work, wanted(READ)).token
    with pytest.raises(fail.TooMany):
        service.create_token(work, wanted(READ))
    service.revoke_token(work, last.id)
    service.create_token(work, wanted(READ))


def test_tokens_are_filtered_sorted_and_paged(work: Work) -> None:
    def create(name: str, days: int) -> Token:
        work.at += timedelta(minutes=1)
        return service.create_token(work, wanted(READ, name=name, days=days)).token

    def names(**which: object) -> list[str]:
        return [each.name for each in service.tokens(work, WhichTokens(**which)).tokens]  # type: ignore[arg-type]

    create("short", 1)
    service.revoke_token(work, create("gone", 30).id)
    create("long", 90)
    work.at += timedelta(days=2)
    assert names() == ["long", "gone", "short"]
    assert names(order=TokenOrder.EXPIRES) == ["short", "gone", "long"]
    assert [names(state=state) for state in TokenState] == [["long"], ["short"], ["gone"]]
    assert names(page=Page(offset=2, limit=2)) == ["short"]


def test_events_about_tokens_hold_no_name_and_no_secret(work: Work, recruit: Recruit) -> None:
    ansa = recruit("Ansa Lind", Role.OPERATOR)
    issued = service.create_token(acting(work, person(ansa)), wanted(READ, name="Nightly Screening"))
    service.revoke_token(work, issued.token.id)
    written = repr(work._events)
    assert "accounts.token_revoked" in written
    for hidden in ("Ansa", "Nightly", issued.secret):
        assert hidden not in written


def test_a_session_gives_a_person_s_own_permissions_to_a_token(work: Work, recruit: Recruit) -> None:
    recruit("Ansa Lind", Role.AUDITOR)
    who = present(work, enter(work, "Ansa Lind"))
    made = service.create_token(acting(work, who.actor), wanted(Permission.LEDGER_READ))
    assert used(work, made.secret).permissions == {Permission.LEDGER_READ, Permission.SELF}
