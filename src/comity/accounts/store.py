"""The tables of people, sessions, tokens, one-time links and failed sign-ins. No secret is in them, only digests and hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from comity.accounts.model import (
    ATTEMPTS_WINDOW,
    SESSION_IDLE,
    SESSION_LIFE,
    SESSIONS_MAX,
    Preferences,
    Session,
    Token,
    TokenOrder,
    Tokens,
    TokenState,
    User,
    UserOrder,
    Users,
    UserState,
    Welcome,
)
from comity.accounts.model.roles import Role
from comity.infra.columns import Instant, Integer, Json, Text, table
from comity.model.permission import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from comity.accounts.model import WhichTokens, WhichUsers
    from comity.infra.work import Work

users = table(
    "users",
    sa.Column("id", Text, primary_key=True),
    sa.Column("name", Text, nullable=False),
    sa.Column("folded", Text, nullable=False, unique=True),
    sa.Column("password_hash", Text),
    sa.Column("preferences", Json, nullable=False),
    sa.Column("added_at", Instant, nullable=False),
    sa.Column("disabled_at", Instant),
    sa.Column("signed_in_at", Instant),
)
user_roles = table(
    "user_roles",
    sa.Column("user_id", Text, sa.ForeignKey("users.id"), primary_key=True),
    sa.Column("role", Text, primary_key=True),
)
sessions = table(
    "sessions",
    sa.Column("id", Text, primary_key=True),
    sa.Column("digest", Text, nullable=False, unique=True),
    sa.Column("user_id", Text, sa.ForeignKey("users.id"), nullable=False, index=True),
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("seen_at", Instant, nullable=False),
)
tokens = table(
    "tokens",
    sa.Column("id", Text, primary_key=True),
    sa.Column("digest", Text, nullable=False, unique=True),
    sa.Column("name", Text, nullable=False),
    sa.Column("user_id", Text, sa.ForeignKey("users.id"), index=True),
    sa.Column("permissions", Json, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("used_at", Instant),
    sa.Column("revoked_at", Instant),
)
welcomes = table(
    "welcomes",
    sa.Column("digest", Text, primary_key=True),
    sa.Column("user_id", Text, sa.ForeignKey("users.id"), index=True),
    sa.Column("expires_at", Instant, nullable=False),
)
attempts = table(
    "sign_in_attempts",
    sa.Column("key", Text, primary_key=True),
    sa.Column("failures", Integer, nullable=False),
    sa.Column("since", Instant, nullable=False, index=True),
)

_USER_ORDERS = {
    UserOrder.NAME: (users.c.folded,),
    UserOrder.ADDED: (users.c.added_at.desc(), users.c.folded),
    UserOrder.SIGNED_IN: (users.c.signed_in_at.desc().nulls_last(), users.c.folded),
}
_TOKEN_ORDERS = {
    TokenOrder.CREATED: tokens.c.created_at.desc(),
    TokenOrder.USED: tokens.c.used_at.desc().nulls_last(),
    TokenOrder.EXPIRES: tokens.c.expires_at.asc(),
}


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """What a sign-in is judged by."""

    user_id: str
    password_hash: str | None
    is_disabled: bool


def add_user(work: Work, user: User, folded: str) -> bool:
    """Keep a new person without a password; False when the name is taken."""
    values = {
        "id": user.id,
        "name": user.name,
        "folded": folded,
        "preferences": msgspec.to_builtins(user.preferences),
        "added_at": user.added_at,
    }
    added = _insert(work, users).values(values).on_conflict_do_nothing(index_elements=["folded"]).returning(users.c.id)
    if work.connection.execute(added).first() is None:
        return False
    set_roles(work, user.id, user.roles)
    return True


def user(work: Work, user_id: str) -> User | None:
    """Read one person."""
    row = work.connection.execute(sa.select(users).where(users.c.id == user_id)).first()
    return None if row is None else _users(work, [row])[0]


def user_named(work: Work, folded: str) -> User | None:
    """Read the person of a folded name."""
    row = work.connection.execute(sa.select(users).where(users.c.folded == folded)).first()
    return None if row is None else _users(work, [row])[0]


def users_like(work: Work, which: WhichUsers) -> Users:
    """Read the people who fit a filter, in the order asked for."""
    chosen = sa.select(users)
    if which.role is not None:
        chosen = chosen.join(user_roles).where(user_roles.c.role == which.role.value)
    if which.state is not None:
        chosen = chosen.where(_in_state(which.state))
    total = work.connection.execute(sa.select(sa.func.count()).select_from(chosen.subquery())).scalar_one()
    ordered = chosen.order_by(*_USER_ORDERS[which.order]).offset(which.page.offset).limit(which.page.limit)
    return Users(users=_users(work, work.connection.execute(ordered).all()), total=total)


def user_count(work: Work) -> int:
    """Count everybody who was ever added."""
    return work.connection.execute(sa.select(sa.func.count()).select_from(users)).scalar_one()


def administrators(work: Work) -> frozenset[str]:
    """Return the ids of those who can manage the node now, and hold them so until this work ends."""
    chosen = (
        sa.select(users.c.id)
        .join(user_roles)
        .where(user_roles.c.role == Role.ADMINISTRATOR.value, _in_state(UserState.ACTIVE))
        .order_by(users.c.id)
        .with_for_update()
    )
    return frozenset(work.connection.execute(chosen).scalars())


def set_roles(work: Work, user_id: str, roles: Iterable[Role]) -> None:
    """Give a person exactly these roles."""
    work.connection.execute(sa.delete(user_roles).where(user_roles.c.user_id == user_id))
    work.connection.execute(sa.insert(user_roles), [{"user_id": user_id, "role": role.value} for role in roles])


def change_user(work: Work, user_id: str, **values: Any) -> None:
    """Change columns of one person."""
    work.connection.execute(sa.update(users).where(users.c.id == user_id).values(values))


def set_preferences(work: Work, user_id: str, preferences: Preferences) -> None:
    """Keep how a person wants the console."""
    change_user(work, user_id, preferences=msgspec.to_builtins(preferences))


def credentials(work: Work, folded: str) -> Credentials | None:
    """Read what a sign-in under a folded name is judged by."""
    chosen = sa.select(users.c.id, users.c.password_hash, users.c.disabled_at).where(users.c.folded == folded)
    row = work.connection.execute(chosen).first()
    if row is None:
        return None
    return Credentials(user_id=row.id, password_hash=row.password_hash, is_disabled=row.disabled_at is not None)


def count_attempt(work: Work, key: str) -> int:
    """Count one more failure under a key and return how many its window now holds; others wait here until this work ends."""
    fresh = attempts.c.since <= work.at - ATTEMPTS_WINDOW
    counted = (
        _insert(work, attempts)
        .values(key=key, failures=1, since=work.at)
        .on_conflict_do_update(
            index_elements=["key"],
            set_={
                "failures": sa.case((fresh, 1), else_=attempts.c.failures + 1),
                "since": sa.case((fresh, sa.literal(work.at, Instant())), else_=attempts.c.since),
            },
        )
        .returning(attempts.c.failures)
    )
    return int(work.connection.execute(counted).scalar_one())


def uncount_attempt(work: Work, key: str) -> None:
    """Take one failure back: it was none."""
    taken = sa.update(attempts).where(attempts.c.key == key, attempts.c.failures > 0)
    work.connection.execute(taken.values(failures=attempts.c.failures - 1))


def forget_attempts(work: Work, key: str) -> None:
    """Forget the failures under one key, and those whose window is over that nobody else is counting just now."""
    work.connection.execute(sa.delete(attempts).where(attempts.c.key == key))
    over = sa.select(attempts.c.key).where(attempts.c.since <= work.at - ATTEMPTS_WINDOW)
    work.connection.execute(sa.delete(attempts).where(attempts.c.key.in_(over.with_for_update(skip_locked=True))))


def open_session(work: Work, session: Session, digest: str) -> None:
    """Keep a new session; those of the same person that are over, or too many, give way."""
    theirs = sa.select(sessions.c.id).where(sessions.c.user_id == session.user_id)
    kept = (
        theirs.where(sessions.c.opened_at > work.at - SESSION_LIFE, sessions.c.seen_at > work.at - SESSION_IDLE)
        .order_by(sessions.c.seen_at.desc(), sessions.c.id)
        .limit(SESSIONS_MAX - 1)
    )
    staying = list(work.connection.execute(kept).scalars())
    end_sessions(work, session.user_id, keep=staying)
    work.connection.execute(sa.insert(sessions).values(msgspec.structs.asdict(session) | {"digest": digest}))


def session_under(work: Work, digest: str) -> Session | None:
    """Read the session of a secret."""
    row = work.connection.execute(sa.select(sessions).where(sessions.c.digest == digest)).first()
    return None if row is None else _session(row)


def sessions_of(work: Work, user_id: str) -> tuple[Session, ...]:
    """Read a person's sessions, the latest used first."""
    chosen = sa.select(sessions).where(sessions.c.user_id == user_id).order_by(sessions.c.seen_at.desc(), sessions.c.id)
    return tuple(_session(row) for row in work.connection.execute(chosen))


def end_sessions(work: Work, user_id: str, keep: Iterable[str] = ()) -> int:
    """End a person's sessions but those to keep, and return how many ended."""
    chosen = sessions.c.user_id == user_id, sessions.c.id.not_in(list(keep))
    return work.connection.execute(sa.delete(sessions).where(*chosen)).rowcount


def end_session(work: Work, session_id: str, user_id: str) -> bool:
    """End one session of a person; False when there is none."""
    chosen = sessions.c.id == session_id, sessions.c.user_id == user_id
    return work.connection.execute(sa.delete(sessions).where(*chosen)).rowcount > 0


def see_session(work: Work, session_id: str) -> None:
    """Note that a session is used now."""
    work.connection.execute(sa.update(sessions).where(sessions.c.id == session_id).values(seen_at=work.at))


def add_token(work: Work, token: Token, digest: str) -> None:
    """Keep a new token."""
    values = msgspec.structs.asdict(token) | {"digest": digest, "permissions": msgspec.to_builtins(token.permissions)}
    del values["owner"]
    work.connection.execute(sa.insert(tokens).values(values))


def token(work: Work, token_id: str) -> Token | None:
    """Read one token."""
    return next((_token(row) for row in work.connection.execute(_owned().where(tokens.c.id == token_id))), None)


def token_under(work: Work, digest: str) -> Token | None:
    """Read the token of a secret."""
    return next((_token(row) for row in work.connection.execute(_owned().where(tokens.c.digest == digest))), None)


def tokens_like(work: Work, which: WhichTokens) -> Tokens:
    """Read the tokens that fit a filter, in the order asked for."""
    chosen = _owned()
    if which.state is not None:
        chosen = chosen.where(_token_in_state(which.state, work.at))
    total = work.connection.execute(sa.select(sa.func.count()).select_from(chosen.subquery())).scalar_one()
    ordered = chosen.order_by(_TOKEN_ORDERS[which.order], tokens.c.id)
    ordered = ordered.offset(which.page.offset).limit(which.page.limit)
    return Tokens(tokens=tuple(_token(row) for row in work.connection.execute(ordered)), total=total)


def valid_token_count(work: Work, user_id: str | None) -> int:
    """Count the tokens in force that act for a person, or for the operator."""
    chosen = sa.select(sa.func.count()).where(
        tokens.c.user_id.is_not_distinct_from(user_id), _token_in_state(TokenState.VALID, work.at)
    )
    return work.connection.execute(chosen).scalar_one()


def revoke_token(work: Work, token_id: str) -> bool:
    """Revoke a token; False when it is revoked already."""
    return bool(_revoke(work, tokens.c.id == token_id))


def revoke_tokens_of(work: Work, user_id: str) -> tuple[str, ...]:
    """Revoke every token of a person, and return the ids of those that were not yet revoked."""
    return _revoke(work, tokens.c.user_id == user_id)


def see_token(work: Work, token_id: str) -> None:
    """Note that a token is used now."""
    work.connection.execute(sa.update(tokens).where(tokens.c.id == token_id).values(used_at=work.at))


def put_welcome(work: Work, digest: str, welcome: Welcome) -> None:
    """Keep a one-time link; earlier ones for the same end are over."""
    drop_welcomes(work, welcome.user_id)
    kept = {"digest": digest, "user_id": welcome.user_id, "expires_at": welcome.expires_at}
    work.connection.execute(sa.insert(welcomes).values(kept))


def welcome_under(work: Work, digest: str) -> Welcome | None:
    """Read the one-time link of a secret, if its time is not over."""
    chosen = sa.select(welcomes, users.c.name).outerjoin(users).where(welcomes.c.digest == digest)
    row = work.connection.execute(chosen.where(welcomes.c.expires_at > work.at)).first()
    return None if row is None else Welcome(user_id=row.user_id, name=row.name, expires_at=row.expires_at)


def take_welcome(work: Work, digest: str) -> bool:
    """Use a one-time link up; False when somebody else just did."""
    return work.connection.execute(sa.delete(welcomes).where(welcomes.c.digest == digest)).rowcount == 1


def drop_welcomes(work: Work, user_id: str | None) -> None:
    """Make every one-time link of a person, or for the first administrator, useless."""
    work.connection.execute(sa.delete(welcomes).where(welcomes.c.user_id.is_not_distinct_from(user_id)))


def _insert(work: Work, into: sa.Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(into) if work.connection.dialect.name == "sqlite" else postgresql.insert(into)


def _in_state(state: UserState) -> sa.ColumnElement[bool]:
    enabled = users.c.disabled_at.is_(None)
    if state is UserState.DISABLED:
        return users.c.disabled_at.is_not(None)
    chosen = users.c.password_hash.is_(None) if state is UserState.INVITED else users.c.password_hash.is_not(None)
    return sa.and_(enabled, chosen)


def _token_in_state(state: TokenState, at: datetime) -> sa.ColumnElement[bool]:
    if state is TokenState.REVOKED:
        return tokens.c.revoked_at.is_not(None)
    timely = tokens.c.expires_at > at if state is TokenState.VALID else tokens.c.expires_at <= at
    return sa.and_(tokens.c.revoked_at.is_(None), timely)


def _users(work: Work, rows: Iterable[sa.Row[Any]]) -> tuple[User, ...]:
    rows = list(rows)
    chosen = sa.select(user_roles).where(user_roles.c.user_id.in_([row.id for row in rows]))
    held = {(row.user_id, row.role) for row in work.connection.execute(chosen)}
    return tuple(
        User(
            id=row.id,
            name=row.name,
            state=_state(row),
            roles=tuple(role for role in Role if (row.id, role.value) in held),
            added_at=row.added_at,
            signed_in_at=row.signed_in_at,
            preferences=msgspec.convert(row.preferences, Preferences),
        )
        for row in rows
    )


def _state(row: sa.Row[Any]) -> UserState:
    if row.disabled_at is not None:
        return UserState.DISABLED
    return UserState.INVITED if row.password_hash is None else UserState.ACTIVE


def _session(row: sa.Row[Any]) -> Session:
    return Session(id=row.id, user_id=row.user_id, opened_at=row.opened_at, seen_at=row.seen_at)


def _revoke(work: Work, chosen: sa.ColumnElement[bool]) -> tuple[str, ...]:
    revoked = sa.update(tokens).where(tokens.c.revoked_at.is_(None), chosen).values(revoked_at=work.at)
    return tuple(work.connection.execute(revoked.returning(tokens.c.id)).scalars())


def _owned() -> sa.Select[Any]:
    return sa.select(tokens, users.c.name.label("owner")).outerjoin(users)


def _token(row: sa.Row[Any]) -> Token:
    granted = {Permission(value) for value in row.permissions}
    values = {name: getattr(row, name) for name in Token.__struct_fields__ if name != "permissions"}
    return Token(permissions=tuple(right for right in Permission if right in granted), **values)
