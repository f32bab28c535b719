"""Tokens: what programs show to prove for whom they act."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from comity.accounts import store
from comity.accounts.model import (
    SEEN_EVERY,
    TOKEN_DAYS_MAX,
    TOKEN_PREFIX,
    TOKENS_MAX,
    Issued,
    Preferences,
    SignedIn,
    SignedInKind,
    Token,
    TokenState,
    UserState,
    digest_of,
    fit_name,
    is_id,
)
from comity.accounts.model import failures as fail
from comity.accounts.model.roles import GRANTABLE, narrowed, permissions_of
from comity.accounts.service.people import user
from comity.accounts.service.proof import new_id, new_secret
from comity.model.actor import Actor, ActorKind
from comity.model.permission import Permission

if TYPE_CHECKING:
    from comity.accounts.model import NewToken, Tokens, User, WhichTokens
    from comity.infra.work import Work


def create_token(work: Work, wanted: NewToken) -> Issued:
    """Make a token that may do no more than whoever asks and whoever it acts for; its secret is shown this once.

    Raises `NameUnfit`, `TokenUnfit`, `TokenTooWide`, `TooMany`, `UserUnknown`, `UserDisabled`.
    """
    owner = _owner(work, wanted)
    owner_id = None if owner is None else owner.id
    if store.valid_token_count(work, owner_id) >= TOKENS_MAX:
        raise fail.TooMany(f"One owner holds at most {TOKENS_MAX} tokens in force. Revoke one first.")
    token = Token(
        id=new_id("token"),
        name=fit_name(wanted.name),
        user_id=owner_id,
        owner=None if owner is None else owner.name,
        permissions=tuple(right for right in Permission if right in wanted.permissions),
        created_at=work.at,
        expires_at=work.at + timedelta(days=wanted.days),
        used_at=None,
        revoked_at=None,
    )
    secret = TOKEN_PREFIX + new_secret()
    store.add_token(work, token, digest_of(secret))
    work.record(
        "accounts.token_created",
        token=token.id,
        user=owner_id,
        permissions=[right.value for right in token.permissions],
        days=wanted.days,
    )
    return Issued(token=token, secret=secret)


def tokens(work: Work, which: WhichTokens) -> Tokens:
    """List tokens, the newest first."""
    return store.tokens_like(work, which)


def revoke_token(work: Work, token_id: str) -> None:
    """Make a token useless for good. Raises `TokenUnknown`."""
    if not is_id(token_id, "token") or not store.revoke_token(work, token_id):
        raise fail.TokenUnknown("There is no such token, or it was revoked already.")
    work.record("accounts.token_revoked", token=token_id)


def token_of(work: Work, secret: str) -> SignedIn | None:
    """Say for whom a program acts with this token, and what it may do now; reads only."""
    token = store.token_under(work, digest_of(secret))
    if token is None or token.state(work.at) is not TokenState.VALID:
        return None
    owner = user(work, token.user_id) if token.user_id else None
    if owner is not None and owner.state is UserState.DISABLED:
        return None
    return SignedIn(
        actor=Actor(id=token.id, name=token.name, kind=ActorKind.TOKEN),
        user_id=token.user_id,
        kind=SignedInKind.TOKEN,
        proof_id=token.id,
        roles=(),
        permissions=_rights(token, owner),
        preferences=owner.preferences if owner else Preferences(),
        is_stale=token.used_at is None or work.at - token.used_at >= SEEN_EVERY,
    )


def _owner(work: Work, wanted: NewToken) -> User | None:
    """Return for whom a wanted token will act, once it is no wider than that person and whoever asks."""
    asker_id, rights = _asker(work)
    owner_id = wanted.user_id or asker_id
    owner = user(work, owner_id) if owner_id else None
    if owner is not None and owner.state is UserState.DISABLED:
        raise fail.UserDisabled("The account is disabled. Enable it first.")
    _check_token(wanted, rights if owner is None else rights & permissions_of(owner.roles))
    return owner


def _rights(token: Token, owner: User | None) -> frozenset[Permission]:
    return narrowed(token.permissions, GRANTABLE if owner is None else permissions_of(owner.roles))


def _asker(work: Work) -> tuple[str | None, frozenset[Permission]]:
    """Return for whom this work's actor acts, and what they may give away."""
    if work.actor.kind is ActorKind.NODE:
        return None, GRANTABLE
    if work.actor.kind is ActorKind.PERSON:
        return work.actor.id, permissions_of(user(work, work.actor.id).roles)
    token = store.token(work, work.actor.id)
    if token is None:
        raise fail.TokenUnknown("There is no such token, or it was revoked already.")
    return token.user_id, _rights(token, user(work, token.user_id) if token.user_id else None)


def _check_token(wanted: NewToken, rights: frozenset[Permission]) -> None:
    if not 1 <= wanted.days <= TOKEN_DAYS_MAX:
        raise fail.TokenUnfit(f"A token lasts 1 to {TOKEN_DAYS_MAX} days.")
    if not wanted.permissions or not wanted.permissions <= GRANTABLE:
        raise fail.TokenUnfit("A token names at least one permission, and only such as can be granted.")
    if not wanted.permissions <= rights:
        raise fail.TokenTooWide("A token may do no more than whoever makes it and whoever it acts for.")
