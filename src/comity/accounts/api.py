"""Who asks, the roles, the people and the tokens of this node, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Controller, delete, get, post, put
from litestar.connection import Request
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from comity.accounts import service
from comity.accounts.model import (
    WELCOME_LIFE,
    NewToken,
    Page,
    Preferences,
    SignedIn,
    SignedInKind,
    Token,
    TokenOrder,
    Tokens,
    TokenState,
    User,
    UserOrder,
    Users,
    UserState,
    WhichTokens,
    WhichUsers,
)
from comity.accounts.model.roles import ROLES, Role
from comity.infra.work import Work
from comity.kit.limits import PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX
from comity.model.actor import Purpose
from comity.model.permission import Permission

OFFSET_MAX = 1_000_000
Offset = Annotated[int, QueryParameter(ge=0, le=OFFSET_MAX)]
Limit = Annotated[int, QueryParameter(ge=1, le=PAGE_ROWS_MAX)]


class Whoami(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, and what they may do now."""

    id: str
    name: str
    kind: SignedInKind
    user_id: str | None
    permissions: tuple[Permission, ...]
    preferences: Preferences


class RoleShown(msgspec.Struct, frozen=True, kw_only=True):
    """A role and what it may do."""

    id: Role
    permissions: tuple[Permission, ...]


class NewUser(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person to be added."""

    name: str
    roles: frozenset[Role]


class NewRoles(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The roles that a person shall hold."""

    roles: frozenset[Role]


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A one-time link to the page on which a person chooses a password; it is shown this once."""

    path: str
    expires_at: datetime


class IssuedToken(msgspec.Struct, frozen=True, kw_only=True):
    """A new token with its secret, which is shown this once."""

    token: Token
    secret: str


class Access(Controller):
    """Who asks, and which roles there are."""

    path = "/v1"

    @get("/whoami", permission=Permission.SELF, sync_to_thread=False)
    def whoami(self, request: Request[SignedIn, Any, Any]) -> Whoami:
        """Say who asks, and what they may do now."""
        who = request.user
        return Whoami(
            id=who.actor.id,
            name=who.actor.name,
            kind=who.kind,
            user_id=who.user_id,
            permissions=_in_order(who.permissions),
            preferences=who.preferences,
        )

    @get("/roles", permission=Permission.SELF, sync_to_thread=False)
    def roles(self) -> list[RoleShown]:
        """List the roles of this software with their permissions."""
        return [RoleShown(id=role, permissions=_in_order(held)) for role, held in ROLES.items()]


class People(Controller):
    """The people who may use this node."""

    path = "/v1/users"
    opt = {"permission": Permission.ACCOUNTS_MANAGE, "purpose": Purpose.ADMINISTRATION}  # noqa: RUF012 - Litestar's way

    @get(sync_to_thread=True)
    def list_(
        self,
        work: NamedDependency[Work],
        role: FromQuery[Role | None] = None,
        in_state: Annotated[UserState | None, QueryParameter(name="state")] = None,
        order: FromQuery[UserOrder] = UserOrder.NAME,
        offset: Offset = 0,
        limit: Limit = PAGE_ROWS_DEFAULT,
    ) -> Users:
        """List people: by name, or those last added or last signed in first."""
        page = Page(offset=offset, limit=limit)
        return service.users(work, WhichUsers(role=role, state=in_state, order=order, page=page))

    @post(sync_to_thread=True)
    def add(self, data: JSONBody[NewUser], work: NamedDependency[Work]) -> User:
        """Add a person, who then needs a link to choose a password."""
        return service.add_user(work, data.name, data.roles)

    @get("/{user_id:str}", sync_to_thread=True)
    def show(self, user_id: FromPath[str], work: NamedDependency[Work]) -> User:
        """Show one person."""
        return service.user(work, user_id)

    @put("/{user_id:str}/roles", sync_to_thread=True)
    def roles(self, user_id: FromPath[str], data: JSONBody[NewRoles], work: NamedDependency[Work]) -> User:
        """Give a person exactly these roles."""
        return service.change_roles(work, user_id, data.roles)

    @post("/{user_id:str}/disable", status_code=200, sync_to_thread=True)
    def disable(self, user_id: FromPath[str], work: NamedDependency[Work]) -> User:
        """Shut a person out: sessions end, and tokens are revoked for good."""
        return service.disable_user(work, user_id)

    @post("/{user_id:str}/enable", status_code=200, sync_to_thread=True)
    def enable(self, user_id: FromPath[str], work: NamedDependency[Work]) -> User:
        """Let a disabled person in again."""
        return service.enable_user(work, user_id)

    @post("/{user_id:str}/link", sync_to_thread=True)
    def link(self, user_id: FromPath[str], work: NamedDependency[Work]) -> Link:
        """Make a one-time link with which the person chooses a new password."""
        secret = service.issue_welcome(work, user_id)
        return Link(path=f"/welcome/{secret}", expires_at=work.at + WELCOME_LIFE)


class TokensOfPrograms(Controller):
    """The tokens with which programs ask."""

    path = "/v1/tokens"
    opt = {"permission": Permission.ACCOUNTS_MANAGE, "purpose": Purpose.ADMINISTRATION}  # noqa: RUF012 - the same

    @get(sync_to_thread=True)
    def list_(
        self,
        work: NamedDependency[Work],
        in_state: Annotated[TokenState | None, QueryParameter(name="state")] = None,
        order: FromQuery[TokenOrder] = TokenOrder.CREATED,
        offset: Offset = 0,
        limit: Limit = PAGE_ROWS_DEFAULT,
    ) -> Tokens:
        """List tokens: the newest, the last used, or the next to end first."""
        return service.tokens(work, WhichTokens(state=in_state, order=order, page=Page(offset=offset, limit=limit)))

    @post(sync_to_thread=True)
    def create(self, data: JSONBody[NewToken], work: NamedDependency[Work]) -> IssuedToken:
        """Make a token that may do no more than whoever asks."""
        issued = service.create_token(work, data)
        return IssuedToken(token=issued.token, secret=issued.secret)

    @delete("/{token_id:str}", sync_to_thread=True)
    def revoke(self, token_id: FromPath[str], work: NamedDependency[Work]) -> None:
        """Make a token useless for good."""
        service.revoke_token(work, token_id)


CONTROLLERS = (Access, People, TokensOfPrograms)


def _in_order(permissions: frozenset[Permission]) -> tuple[Permission, ...]:
    return tuple(right for right in Permission if right in permissions)
