"""People, one-time links, passwords and preferences, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from comity.accounts import service
from comity.accounts.model import Page, Preferences, UserOrder, UserState, WhichUsers
from comity.accounts.model import failures as fail
from comity.accounts.model.roles import FIRST_ROLES, Role
from comity.infra.database import Database
from comity.infra.work import Work, begin
from comity.kit.clock import FakeClock
from comity.model.actor import OPERATOR, Purpose
from comity.model.permission import Permission

from .conftest import PASSWORD, Recruit, enter, present


def test_the_first_administrator_comes_in_by_a_one_time_link(work: Work) -> None:
    secret = service.issue_welcome(work)
    assert service.welcome_of(work, secret).user_id is None
    founder = service.redeem_welcome(work, secret, "Pia Hallward", PASSWORD)
    assert founder.state is UserState.ACTIVE
    assert founder.roles == FIRST_ROLES
    assert present(work, enter(work, "Pia Hallward")).user_id == founder.id


def test_a_one_time_link_works_once(work: Work) -> None:
    secret = service.issue_welcome(work, service.add_user(work, "Ansa Lind", [Role.ANALYST]).id)
    service.redeem_welcome(work, secret, "", PASSWORD)
    with pytest.raises(fail.WelcomeUnknown):
        service.redeem_welcome(work, secret, "", "another harbour lamp")


def test_a_one_time_link_ends_after_an_hour(work: Work) -> None:
    secret = service.issue_welcome(work)
    work.at += timedelta(minutes=59)
    service.welcome_of(work, secret)
    work.at += timedelta(minutes=1)
    with pytest.raises(fail.WelcomeUnknown):
        service.redeem_welcome(work, secret, "Pia Hallward", PASSWORD)


def test_a_newer_link_makes_the_older_one_useless(work: Work) -> None:
    older, newer = service.issue_welcome(work), service.issue_welcome(work)
    with pytest.raises(fail.WelcomeUnknown):
        service.welcome_of(work, older)
    service.welcome_of(work, newer)


def test_a_refused_redemption_does_not_use_the_link_up(work: Work) -> None:
    service.add_user(work, "Ansa Lind", [Role.ANALYST])
    secret = service.issue_welcome(work)
    for name, password, failure in (
        ("Pia Hallward", "short", fail.PasswordUnfit),
        ("", PASSWORD, fail.NameUnfit),
        ("ansa lind", PASSWORD, fail.NameTaken),
    ):
        with pytest.raises(failure):
            service.redeem_welcome(work, secret, name, password)
    assert service.redeem_welcome(work, secret, "Pia Hallward", PASSWORD).name == "Pia Hallward"


def test_nobody_founds_a_node_twice(work: Work) -> None:
    first = service.issue_welcome(work)
    service.redeem_welcome(work, first, "Pia Hallward", PASSWORD)
    with pytest.raises(fail.AlreadyFounded):
        service.issue_welcome(work)


def test_a_link_that_resets_a_password_ends_every_session(work: Work, recruit: Recruit) -> None:
    ansa = recruit("Ansa Lind")
    opened = enter(work, "Ansa Lind")
    service.redeem_welcome(work, service.issue_welcome(work, ansa.id), "", "another harbour lamp")
    assert service.session_of(work, opened.secret) is None
    assert isinstance(service.sign_in(work, "Ansa Lind", PASSWORD, "192.0.2.7"), fail.SignInFailed)
    enter(work, "Ansa Lind", "another harbour lamp")


@pytest.mark.parametrize("name", ["Ansa Lind", "ANSA  LIND", "ansa\u200b lind"])
def test_a_name_is_taken_in_every_spelling(work: Work, name: str) -> None:
    service.add_user(work, "Ansa Lind", [Role.ANALYST])
    with pytest.raises((fail.NameTaken, fail.NameUnfit)):
        service.add_user(work, name, [Role.ANALYST])


def test_people_are_filtered_sorted_and_paged(work: Work, recruit: Recruit) -> None:
    service.add_user(work, "Cato Vell", [Role.AUDITOR])
    recruit("ansa lind", Role.ANALYST, Role.AUDITOR)
    recruit("Bela Orm", Role.ADMINISTRATOR)
    work.at += timedelta(minutes=1)
    enter(work, "Bela Orm")

    def names(**which: object) -> list[str]:
        return [who.name for who in service.users(work, WhichUsers(**which)).users]  # type: ignore[arg-type]

    assert names() == ["ansa lind", "Bela Orm", "Cato Vell"]
    assert names(role=Role.AUDITOR) == ["ansa lind", "Cato Vell"]
    assert names(state=UserState.INVITED) == ["Cato Vell"]
    assert names(order=UserOrder.SIGNED_IN) == ["Bela Orm", "ansa lind", "Cato Vell"]
    assert names(page=Page(offset=1, limit=1)) == ["Bela Orm"]
    assert service.users(work, WhichUsers(page=Page(offset=1, limit=1))).total == 3


def test_new_roles_hold_from_the_next_request_on(work: Work, recruit: Recruit) -> None:
    ansa, opened = recruit("Ansa Lind", Role.ANALYST), enter(work, "Ansa Lind")
    assert Permission.LISTS_DECIDE not in present(work, opened).permissions
    service.change_roles(work, ansa.id, [Role.SANCTIONS_OFFICER])
    assert Permission.LISTS_DECIDE in present(work, opened).permissions


def test_the_last_administrator_stays(work: Work, recruit: Recruit) -> None:
    pia = recruit("Pia Hallward", Role.ADMINISTRATOR)
    service.add_user(work, "Invited only", [Role.ADMINISTRATOR])
    with pytest.raises(fail.LastAdministrator):
        service.disable_user(work, pia.id)
    with pytest.raises(fail.LastAdministrator):
        service.change_roles(work, pia.id, [Role.ANALYST])
    recruit("Bela Orm", Role.ADMINISTRATOR)
    assert service.disable_user(work, pia.id).state is UserState.DISABLED


def test_a_disabled_person_is_out_at_once(work: Work, recruit: Recruit) -> None:
    ansa = recruit("Ansa Lind")
    opened, link = enter(work, "Ansa Lind"), service.issue_welcome(work, ansa.id)
    service.disable_user(work, ansa.id)
    assert service.session_of(work, opened.secret) is None
    with pytest.raises(fail.WelcomeUnknown):
        service.redeem_welcome(work, link, "", PASSWORD)
    with pytest.raises(fail.UserDisabled):
        service.issue_welcome(work, ansa.id)
    assert service.enable_user(work, ansa.id).state is UserState.ACTIVE
    enter(work, "Ansa Lind")


def test_preferences_are_kept(work: Work, recruit: Recruit) -> None:
    ansa = recruit("Ansa Lind")
    wanted = Preferences(language="ar", scheme="dark", density="compact", single_keys=False)
    service.prefer(work, ansa.id, wanted)
    assert service.preferences(work, ansa.id) == wanted
    assert present(work, enter(work, "Ansa Lind")).preferences == wanted


@pytest.mark.parametrize("user_id", ["user:0123456789abcdef", "user:\x00", "\ud800", "", "token:0123456789abcdef"])
def test_an_unknown_person_is_not_found(work: Work, user_id: str) -> None:
    with pytest.raises(fail.UserUnknown):
        service.user(work, user_id)


def test_a_link_that_several_use_at_once_serves_one_of_them(database: Database, clock: FakeClock) -> None:
    ground = {"actor": OPERATOR, "purpose": Purpose.ADMINISTRATION, "permission": Permission.PUBLIC}
    with begin(database, clock, **ground) as work:  # type: ignore[arg-type]
        secret = service.issue_welcome(work, service.add_user(work, "Ansa Lind", [Role.ANALYST]).id)

    def redeem(number: int) -> bool:
        try:
            with begin(database, clock, **ground) as work:  # type: ignore[arg-type]
                service.redeem_welcome(work, secret, "", f"quiet harbour lamp {number}")
        except fail.WelcomeUnknown:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(redeem, range(4))).count(True) == 1


def test_everything_is_in_the_ledger_and_no_name_is(database: Database, clock: FakeClock) -> None:
    ground = {"actor": OPERATOR, "purpose": Purpose.ADMINISTRATION, "permission": Permission.ACCOUNTS_MANAGE}
    with begin(database, clock, **ground) as work:  # type: ignore[arg-type]
        ansa = service.add_user(work, "Ansa Lind", [Role.ADMINISTRATOR])
        service.redeem_welcome(work, service.issue_welcome(work, ansa.id), "", PASSWORD)
        service.add_user(work, "Bela Orm", [Role.ADMINISTRATOR])
        enter(work, "Ansa Lind")
        service.change_roles(work, ansa.id, [Role.AUDITOR, Role.ADMINISTRATOR])
        service.prefer(work, ansa.id, Preferences(scheme="dark"))
        written = repr(work._events)
    for kind in ("user_added", "welcome_issued", "welcome_redeemed", "password_set", "signed_in", "roles_changed"):
        assert f"accounts.{kind}" in written
    assert ansa.id in written
    for secret in ("Ansa", "Lind", "Bela", "Orm", PASSWORD):
        assert secret.casefold() not in written.casefold()
