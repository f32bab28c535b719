"""Signing in and out, and the sessions between.

Sign-in *returns* its failures instead of raising them, because the attempt that it counts has to be committed. An unknown name, a
wrong password, a disabled person and a name at its limit are answered alike, after the same hashing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.accounts import store
from comity.accounts.model import (
    ATTEMPTS_PER_NAME_MAX,
    ATTEMPTS_PER_ORIGIN_MAX,
    ATTEMPTS_WINDOW,
    NAME_CHARS_MAX,
    SEEN_EVERY,
    Opened,
    Session,
    SignedIn,
    SignedInKind,
    UserState,
    digest_of,
    fit_password,
    folded,
    is_id,
    is_open,
)
from comity.accounts.model import failures as fail
from comity.accounts.model.roles import permissions_of
from comity.accounts.service.people import set_password, user
from comity.accounts.service.proof import attempt_key, hash_password, is_outdated, new_id, new_secret, stand_in, verify
from comity.model.actor import Actor

if TYPE_CHECKING:
    from comity.infra.work import Work


def sign_in(work: Work, name: str, password: str, origin: str) -> Opened | fail.SignInFailed | fail.SignInLimited:
    """Open a session under a new secret, or return why not; `origin` is the address from which somebody tries."""
    by_origin = attempt_key("origin", origin)
    if store.count_attempt(work, by_origin) > ATTEMPTS_PER_ORIGIN_MAX:
        wait_s = int(ATTEMPTS_WINDOW.total_seconds())
        sentence = "Too many sign-ins from this address failed. Try again in a quarter of an hour."
        return fail.SignInLimited(sentence, retry_after_s=wait_s)
    user_id = _prove(work, name, password)
    if not isinstance(user_id, str):
        return user_id
    store.uncount_attempt(work, by_origin)
    opened = Opened(session_id=new_id("session"), user_id=user_id, secret=new_secret())
    session = Session(id=opened.session_id, user_id=user_id, opened_at=work.at, seen_at=work.at)
    store.open_session(work, session, digest_of(opened.secret))
    store.change_user(work, user_id, signed_in_at=work.at)
    work.record("accounts.signed_in", user=user_id, session=session.id)
    return opened


def change_password(work: Work, who: SignedIn, current: str, password: str) -> fail.SignInFailed | None:
    """Change one's own password, proved by the current one; every other session ends. Raises `PasswordUnfit`.

    A wrong current password counts as a failed sign-in, and is returned so that the count is kept.
    """
    whose = user(work, who.user_id or "")
    fit_password(password, whose.name)
    if not isinstance(proved := _prove(work, whose.name, current), str):
        return proved
    set_password(work, whose.id, password, keep=[who.proof_id])
    return None


def sign_out(work: Work, secret: str) -> None:
    """End the session of a secret; an unknown one is over already."""
    session = store.session_under(work, digest_of(secret))
    if session is not None:
        end_session(work, session.user_id, session.id)


def session_of(work: Work, secret: str) -> SignedIn | None:
    """Say who signed in with this secret, and what they may do now; reads only."""
    session = store.session_under(work, digest_of(secret))
    if session is None or not is_open(session, work.at):
        return None
    who = user(work, session.user_id)
    if who.state is not UserState.ACTIVE:
        return None
    return SignedIn(
        actor=Actor(id=who.id, name=who.name),
        user_id=who.id,
        kind=SignedInKind.SESSION,
        proof_id=session.id,
        roles=who.roles,
        permissions=permissions_of(who.roles),
        preferences=who.preferences,
        is_stale=work.at - session.seen_at >= SEEN_EVERY,
    )


def sessions(work: Work, user_id: str) -> tuple[Session, ...]:
    """List a person's open sessions, the latest used first."""
    return tuple(session for session in store.sessions_of(work, user_id) if is_open(session, work.at))


def end_session(work: Work, user_id: str, session_id: str) -> None:
    """End one session of a person. Raises `SessionUnknown`."""
    if not is_id(session_id, "session") or not store.end_session(work, session_id, user_id):
        raise fail.SessionUnknown("There is no such session of yours.")
    work.record("accounts.signed_out", user=user_id, session=session_id)


def mark_seen(work: Work, who: SignedIn) -> None:
    """Note that a session or token is in use; due when `who.is_stale`, in a work that may write."""
    see = store.see_session if who.kind is SignedInKind.SESSION else store.see_token
    see(work, who.proof_id)


def _prove(work: Work, name: str, password: str) -> str | fail.SignInFailed:
    """Return whose name and password these are; every failure costs and says the same, and is counted."""
    key, nobody = attempt_key("name", folded(name)), stand_in()
    tries = store.count_attempt(work, key)
    known = store.credentials(work, folded(name)) if len(name) <= NAME_CHARS_MAX else None
    hashed = (known and known.password_hash) or nobody
    fits = verify(hashed, password)
    if tries == ATTEMPTS_PER_NAME_MAX + 1:
        work.record("accounts.sign_in_limited", user=known and known.user_id)
    if known is None or known.is_disabled or not fits or tries > ATTEMPTS_PER_NAME_MAX:
        return fail.SignInFailed("The name and the password do not fit together.")
    store.forget_attempts(work, key)
    if is_outdated(hashed):
        store.change_user(work, known.user_id, password_hash=hash_password(password))
    return known.user_id
