"""Names, passwords, roles and lifetimes: what is decided without a database."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.accounts.model import (
    SESSION_IDLE,
    SESSION_LIFE,
    Issued,
    Opened,
    Page,
    Session,
    Token,
    TokenState,
    digest_of,
    fit_name,
    fit_password,
    folded,
    is_id,
    is_open,
)
from comity.accounts.model.failures import NameUnfit, PageUnfit, PasswordUnfit, RolesUnfit
from comity.accounts.model.roles import FIRST_ROLES, GRANTABLE, ROLES, Role, fit_roles, narrowed, permissions_of
from comity.model.permission import Permission

AT = datetime(2031, 11, 21, 12, tzinfo=UTC)
roles = st.sets(st.sampled_from(Role), min_size=1)
rights = st.frozensets(st.sampled_from(Permission))


def session(opened: timedelta, seen: timedelta) -> Session:
    return Session(id="session:" + "0" * 16, user_id="user:" + "0" * 16, opened_at=AT - opened, seen_at=AT - seen)


def token(expires: timedelta, revoked: datetime | None = None) -> Token:
    return Token(
        id="token:" + "0" * 16,
        name="nightly",
        user_id=None,
        owner=None,
        permissions=(Permission.LISTS_READ,),
        created_at=AT,
        expires_at=AT + expires,
        used_at=None,
        revoked_at=revoked,
    )


@given(st.text())
def test_a_name_that_is_kept_is_kept_as_it_is(text: str) -> None:
    try:
        kept = fit_name(text)
    except NameUnfit:
        return
    assert fit_name(kept) == kept
    assert kept == kept.strip()
    assert len(kept) <= 80
    assert folded(kept) == folded(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pia Hallward", "pia  hallward "),
        ("STRASSE", "straße"),
        ("\u00c9lo\u00efse", "E\u0301loi\u0308se"),
        ("Ⅳ. Office", "iv. office"),
        ("pia\u200b", "pia"),
    ],
)
def test_spellings_of_one_name_are_one_name(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize("name", ["", "   ", "...", "a\x00b", "a\u202eb", "\u200b", "x" * 81])
def test_unfit_names_are_refused(name: str) -> None:
    with pytest.raises(NameUnfit):
        fit_name(name)


@pytest.mark.parametrize("name", ["Pia", "مريم", "李", "O'Neil-Vare", "x" * 80])
def test_names_of_every_script_are_fit(name: str) -> None:
    assert fit_name(name) == name


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "elevenchars",
        "x" * 129,
        "aaaaaaaaaaaaaaaa",
        "Password1234",
        "CorrectHorseBatteryStaple",
        "pia hallward-vare",
        "\uff30\uff29\uff21 hallward-vare",
    ],
)
def test_unfit_passwords_are_refused(password: str) -> None:
    with pytest.raises(PasswordUnfit):
        fit_password(password, "Pia Hallward-Vare")


@pytest.mark.parametrize("password", ["quiet harbour lamps", "x1" * 64, "كلمة مرور طويلة", "tide " * 5])
def test_long_passwords_of_any_script_are_fit(password: str) -> None:
    assert fit_password(password, "Pia Hallward") == password


@given(st.text(min_size=12, max_size=60))
def test_a_password_is_one_however_it_is_composed(password: str) -> None:
    try:
        kept = fit_password(password, "Pia")
    except PasswordUnfit:
        return
    assert fit_password(unicodedata.normalize("NFD", password), "Pia") == kept


@given(roles, roles)
def test_more_roles_never_take_a_permission_away(some: set[Role], more: set[Role]) -> None:
    assert permissions_of(some) <= permissions_of(some | more)


@given(roles)
def test_roles_are_kept_in_one_order(some: set[Role]) -> None:
    assert fit_roles(sorted(some, key=lambda role: role.value)) == fit_roles(some)
    assert set(fit_roles(some)) == some


def test_a_person_without_a_role_is_refused() -> None:
    with pytest.raises(RolesUnfit):
        fit_roles([])


@given(rights, rights, rights)
def test_a_token_never_exceeds_its_owner_nor_its_grant(
    granted: frozenset[Permission], owner: frozenset[Permission], more: frozenset[Permission]
) -> None:
    held = narrowed(granted, owner)
    assert held - {Permission.SELF} <= granted & owner
    assert Permission.PUBLIC not in held
    assert held <= narrowed(granted | more, owner | more)


def test_every_role_is_defined_and_none_grants_what_belongs_to_all() -> None:
    assert set(ROLES) == set(Role)
    assert frozenset().union(*ROLES.values()) == GRANTABLE


def test_duties_are_separate() -> None:
    decisions = {Permission.REGISTER_DECIDE, Permission.LISTS_DECIDE}
    assert {role for role in Role if ROLES[role] & decisions} == {Role.SANCTIONS_OFFICER}
    assert {role for role in Role if Permission.ACCOUNTS_MANAGE in ROLES[role]} == {Role.ADMINISTRATOR}
    assert Permission.REGISTER_READ not in ROLES[Role.OPERATOR]
    assert ROLES[Role.AUDITOR] == {
        *(Permission.REGISTER_READ, Permission.LISTS_READ, Permission.LEDGER_READ),
        *(Permission.ALERTS_READ, Permission.PAYMENTS_READ, Permission.PORTFOLIOS_READ, Permission.SCREENING_REVIEW),
    }


def test_the_first_person_can_do_everything_on_their_own() -> None:
    assert permissions_of(FIRST_ROLES) == GRANTABLE | {Permission.SELF}


@pytest.mark.parametrize(
    ("opened", "seen", "expected"),
    [
        (timedelta(0), timedelta(0), True),
        (timedelta(hours=7, minutes=59), timedelta(minutes=29), True),
        (timedelta(hours=1), SESSION_IDLE, False),
        (SESSION_LIFE, timedelta(0), False),
    ],
)
def test_a_session_ends_by_age_and_by_idleness(opened: timedelta, seen: timedelta, *, expected: bool) -> None:
    assert is_open(session(opened, seen), AT) is expected


def test_a_token_ends_at_its_instant_and_stays_revoked() -> None:
    assert token(timedelta(seconds=1)).state(AT) is TokenState.VALID
    assert token(timedelta(0)).state(AT) is TokenState.EXPIRED
    assert token(timedelta(days=1), AT).state(AT) is TokenState.REVOKED


@pytest.mark.parametrize(("offset", "limit"), [(-1, 50), (0, 0), (0, 201)])
def test_a_page_beyond_its_bounds_is_refused(offset: int, limit: int) -> None:
    with pytest.raises(PageUnfit):
        Page(offset=offset, limit=limit)


@pytest.mark.parametrize(
    "text", ["user:", "user:0123456789abcdeX", "token:0123456789abcdef", "user:0123456789abcdef\n"]
)
def test_what_is_no_id_of_a_person_is_recognised(text: str) -> None:
    assert not is_id(text, "user")
    assert is_id("user:0123456789abcdef", "user")


def test_secrets_do_not_show_when_printed() -> None:
    assert "s3cret" not in repr(Opened(session_id="session:1", user_id="user:1", secret="s3cret"))
    assert "s3cret" not in repr(Issued(token=token(timedelta(days=1)), secret="s3cret"))


def test_a_digest_is_sha_256_in_hexadecimal() -> None:
    assert (
        digest_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )  # FIPS 180-4's example
