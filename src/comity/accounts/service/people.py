"""People: their accounts, roles, passwords, one-time links and preferences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.accounts import store
from comity.accounts.model import (
    USERS_MAX,
    WELCOME_LIFE,
    Preferences,
    User,
    UserState,
    Welcome,
    digest_of,
    fit_name,
    fit_password,
    folded,
    is_id,
)
from comity.accounts.model import failures as fail
from comity.accounts.model.roles import FIRST_ROLES, Role, fit_roles
from comity.accounts.service.proof import attempt_key, hash_password, new_id, new_secret

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.accounts.model import Users, WhichUsers
    from comity.infra.work import Work


def issue_welcome(work: Work, user_id: str | None = None) -> str:
    """Return the secret of a one-time link for a person's password, or for the first administrator; earlier ones are over.

    Raises `UserUnknown`, `UserDisabled`, `AlreadyFounded`.
    """
    if user_id is None:
        _refuse_second_founding(work)
    elif user(work, user_id).state is UserState.DISABLED:
        raise fail.UserDisabled("The account is disabled. Enable it first.")
    secret = new_secret()
    welcome = Welcome(user_id=user_id, name=None, expires_at=work.at + WELCOME_LIFE)
    store.put_welcome(work, digest_of(secret), welcome)
    work.record("accounts.welcome_issued", user=user_id)
    return secret


def welcome_of(work: Work, secret: str) -> Welcome:
    """Say what a one-time link is good for, without using it. Raises `WelcomeUnknown`."""
    welcome = store.welcome_under(work, digest_of(secret))
    if welcome is None:
        raise fail.WelcomeUnknown("This link was used, has expired, or never was.")
    return welcome


def redeem_welcome(work: Work, secret: str, name: str, password: str) -> User:
    """Use a one-time link up: set the person's password, or create the first administrator under `name`.

    Raises `WelcomeUnknown`, `PasswordUnfit`, `NameUnfit`, `NameTaken`, `AlreadyFounded`.
    """
    welcome = welcome_of(work, secret)
    if welcome.user_id is None:
        _refuse_second_founding(work)
    fit_password(password, welcome.name or name)
    user_id = welcome.user_id or add_user(work, name, FIRST_ROLES).id
    if not store.take_welcome(work, digest_of(secret)):  # somebody was quicker: this work must not be committed
        raise fail.WelcomeUnknown("This link was used, has expired, or never was.")
    work.record("accounts.welcome_redeemed", user=user_id)
    set_password(work, user_id, password)
    return user(work, user_id)


def add_user(work: Work, name: str, roles: Iterable[Role]) -> User:
    """Add a person, who cannot sign in before a password is set. Raises `NameUnfit`, `NameTaken`, `RolesUnfit`, `TooMany`."""
    if store.user_count(work) >= USERS_MAX:
        raise fail.TooMany(f"A node holds at most {USERS_MAX} people.")
    added = User(
        id=new_id("user"),
        name=fit_name(name),
        state=UserState.INVITED,
        roles=fit_roles(roles),
        added_at=work.at,
        signed_in_at=None,
        preferences=Preferences(),
    )
    if not store.add_user(work, added, folded(added.name)):
        raise fail.NameTaken("Somebody on this node has this name already.")
    work.record("accounts.user_added", user=added.id, roles=[role.value for role in added.roles])
    return added


def user(work: Work, user_id: str) -> User:
    """Read one person. Raises `UserUnknown`."""
    found = store.user(work, user_id) if is_id(user_id, "user") else None
    if found is None:
        raise fail.UserUnknown("There is no such person.")
    return found


def user_named(work: Work, name: str) -> User:
    """Read the person of a name, in any spelling of it. Raises `UserUnknown`."""
    found = store.user_named(work, folded(name))
    if found is None:
        raise fail.UserUnknown("There is no such person.")
    return found


def users(work: Work, which: WhichUsers) -> Users:
    """List people, by name."""
    return store.users_like(work, which)


def change_roles(work: Work, user_id: str, roles: Iterable[Role]) -> User:
    """Give a person exactly these roles, from their next request on. Raises `UserUnknown`, `RolesUnfit`, `LastAdministrator`."""
    before, wanted = user(work, user_id), fit_roles(roles)
    if Role.ADMINISTRATOR not in wanted:
        _keep_an_administrator(work, user_id)
    if wanted != before.roles:
        store.set_roles(work, user_id, wanted)
        work.record("accounts.roles_changed", user=user_id, roles=[role.value for role in wanted])
    return user(work, user_id)


def disable_user(work: Work, user_id: str) -> User:
    """Shut a person out: sessions end, tokens are revoked for good, links are over. Raises `UserUnknown`, `LastAdministrator`."""
    if user(work, user_id).state is not UserState.DISABLED:
        _keep_an_administrator(work, user_id)
        store.change_user(work, user_id, disabled_at=work.at)
        store.drop_welcomes(work, user_id)
        ended, revoked = store.end_sessions(work, user_id), store.revoke_tokens_of(work, user_id)
        work.record("accounts.user_disabled", user=user_id, sessions_ended=ended, tokens_revoked=list(revoked))
    return user(work, user_id)


def enable_user(work: Work, user_id: str) -> User:
    """Let a disabled person in again, with the password they had. Raises `UserUnknown`."""
    if user(work, user_id).state is UserState.DISABLED:
        store.change_user(work, user_id, disabled_at=None)
        work.record("accounts.user_enabled", user=user_id)
    return user(work, user_id)


def set_password(work: Work, user_id: str, password: str, keep: Iterable[str] = ()) -> None:
    """Set a person's password; their sessions end, but those to keep. Raises `UserUnknown`, `PasswordUnfit`."""
    whose = user(work, user_id)
    hashed = hash_password(fit_password(password, whose.name))
    store.change_user(work, user_id, password_hash=hashed)
    store.drop_welcomes(work, user_id)
    store.forget_attempts(work, attempt_key("name", folded(whose.name)))
    ended = store.end_sessions(work, user_id, keep)
    work.record("accounts.password_set", user=user_id, sessions_ended=ended)


def preferences(work: Work, user_id: str) -> Preferences:
    """Return how a person wants the console. Raises `UserUnknown`."""
    return user(work, user_id).preferences


def prefer(work: Work, user_id: str, wanted: Preferences) -> None:
    """Keep how a person wants the console. Raises `UserUnknown`."""
    if user(work, user_id).preferences != wanted:
        store.set_preferences(work, user_id, wanted)
        work.record("accounts.preferences_changed", user=user_id)


def _refuse_second_founding(work: Work) -> None:
    if store.administrators(work):
        raise fail.AlreadyFounded("This node has an administrator, who adds further people.")


def _keep_an_administrator(work: Work, without: str) -> None:
    if store.administrators(work) == {without}:
        raise fail.LastAdministrator("Nobody else could manage this node. Make somebody else an administrator first.")
