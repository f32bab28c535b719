"""The administration of people, roles and tokens.

A failure is caught here only where the service raises it before it writes anything; the form then comes back with what was typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING, Annotated, TypeVar
from urllib.parse import urlencode

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter, URLEncodedBody
from litestar.response import Redirect, Template

from comity.accounts import service
from comity.accounts.model import (
    TOKEN_DAYS_DEFAULT,
    TOKEN_DAYS_MAX,
    WELCOME_LIFE,
    Issued,
    NewToken,
    Page,
    Token,
    TokenOrder,
    TokenState,
    User,
    UserOrder,
    UserState,
    WhichTokens,
    WhichUsers,
)
from comity.accounts.model import failures as fail
from comity.accounts.model.roles import GRANTABLE, ROLES, Role
from comity.accounts.pages.asked import Asked, public_address, status_of
from comity.infra.work import Work
from comity.kit.limits import PAGE_ROWS_MAX
from comity.model.actor import Purpose
from comity.model.permission import Permission

if TYPE_CHECKING:
    from comity.kit.errors import Failure

PEOPLE = "/administration/people"
TOKENS = "/administration/tokens"
ADMINISTRATION = {"permission": Permission.ACCOUNTS_MANAGE, "purpose": Purpose.ADMINISTRATION}

InState = Annotated[str, QueryParameter(name="state")]  # `state` itself is a word of Litestar's
Choice = TypeVar("Choice", bound=Enum)
Ticked = tuple[str, ...] | str
"""Boxes of one name in a form: one alone arrives as text."""


class PersonForm(msgspec.Struct, frozen=True, kw_only=True):
    """A person to add, or the roles that one shall hold."""

    name: str = ""
    roles: Ticked = ()


class TokenForm(msgspec.Struct, frozen=True, kw_only=True):
    """A token to make."""

    name: str = ""
    permissions: Ticked = ()
    days: int = TOKEN_DAYS_DEFAULT


class People(Controller):
    """Who may use this node, and in which roles."""

    path = "/administration"
    opt = ADMINISTRATION

    @get(sync_to_thread=False)
    def enter(self) -> Redirect:
        """Lead to the people, with whom administration begins."""
        return Redirect(PEOPLE, status_code=303)

    @get("/people", sync_to_thread=True)
    def people(
        self,
        work: NamedDependency[Work],
        role: FromQuery[str] = "",
        in_state: InState = "",
        order: FromQuery[str] = "name",
        offset: FromQuery[int] = 0,
    ) -> Template:
        """List the people of this node."""
        which = WhichUsers(
            role=_chosen(Role, role),
            state=_chosen(UserState, in_state),
            order=_chosen(UserOrder, order) or UserOrder.NAME,
            page=Page(offset=offset),
        )
        return _people(work, which)

    @get("/people/export", sync_to_thread=True)
    def export(self, work: NamedDependency[Work]) -> Response[bytes]:
        """Hand out everybody, as JSON lines."""
        return _lines("people.jsonl", list(_everybody(work)))

    @post("/people", sync_to_thread=True)
    def add(self, request: Asked, data: URLEncodedBody[PersonForm], work: NamedDependency[Work]) -> Template:
        """Add a person, and show the link with which they choose a password."""
        try:
            added = service.add_user(work, data.name, _all_chosen(Role, data.roles))
        except (fail.NameUnfit, fail.NameTaken, fail.RolesUnfit) as failure:
            return _people(work, WhichUsers(), failure, data)
        return _person(work, added, link=_link(request, service.issue_welcome(work, added.id)))

    @get("/people/{user_id:str}", sync_to_thread=True)
    def person(self, user_id: FromPath[str], work: NamedDependency[Work]) -> Template:
        """Show one person."""
        return _person(work, service.user(work, user_id))

    @post("/people/{user_id:str}/roles", sync_to_thread=True)
    def roles(
        self, user_id: FromPath[str], data: URLEncodedBody[PersonForm], work: NamedDependency[Work]
    ) -> Template | Redirect:
        """Give a person exactly these roles."""
        try:
            service.change_roles(work, user_id, _all_chosen(Role, data.roles))
        except (fail.RolesUnfit, fail.LastAdministrator) as failure:
            return _person(work, service.user(work, user_id), failure)
        return Redirect(f"{PEOPLE}/{user_id}", status_code=303)

    @post("/people/{user_id:str}/disable", sync_to_thread=True)
    def disable(self, user_id: FromPath[str], work: NamedDependency[Work]) -> Template | Redirect:
        """Shut a person out."""
        try:
            service.disable_user(work, user_id)
        except fail.LastAdministrator as failure:
            return _person(work, service.user(work, user_id), failure)
        return Redirect(f"{PEOPLE}/{user_id}", status_code=303)

    @post("/people/{user_id:str}/enable", sync_to_thread=True)
    def enable(self, user_id: FromPath[str], work: NamedDependency[Work]) -> Redirect:
        """Let a disabled person in again."""
        service.enable_user(work, user_id)
        return Redirect(f"{PEOPLE}/{user_id}", status_code=303)

    @post("/people/{user_id:str}/link", sync_to_thread=True)
    def link(self, request: Asked, user_id: FromPath[str], work: NamedDependency[Work]) -> Template:
        """Make a one-time link for a new password, and show it this once."""
        secret = service.issue_welcome(work, user_id)
        return _person(work, service.user(work, user_id), link=_link(request, secret))

    @get("/roles", sync_to_thread=False)
    def what_roles_may(self) -> Template:
        """Show what each role may do."""
        rights = [right for right in Permission if right in GRANTABLE]
        return Template("accounts/roles.html", context={"roles": ROLES, "rights": rights})


class TokensOfPrograms(Controller):
    """The tokens with which programs ask."""

    path = TOKENS
    opt = ADMINISTRATION

    @get(sync_to_thread=True)
    def tokens(
        self,
        request: Asked,
        work: NamedDependency[Work],
        in_state: InState = "",
        order: FromQuery[str] = "created",
        offset: FromQuery[int] = 0,
    ) -> Template:
        """List the tokens of this node."""
        which = WhichTokens(
            state=_chosen(TokenState, in_state),
            order=_chosen(TokenOrder, order) or TokenOrder.CREATED,
            page=Page(offset=offset),
        )
        return _tokens(request, work, which)

    @get("/export", sync_to_thread=True)
    def export(self, work: NamedDependency[Work]) -> Response[bytes]:
        """Hand out every token but its secret, as JSON lines."""
        return _lines("tokens.jsonl", list(_every_token(work)))

    @post(sync_to_thread=True)
    def create(self, request: Asked, data: URLEncodedBody[TokenForm], work: NamedDependency[Work]) -> Template:
        """Make a token, and show it this once."""
        rights = frozenset(_all_chosen(Permission, data.permissions))
        try:
            issued = service.create_token(work, NewToken(name=data.name, permissions=rights, days=data.days))
        except (fail.NameUnfit, fail.TokenUnfit, fail.TokenTooWide, fail.TooMany) as failure:
            return _tokens(request, work, WhichTokens(), failure=failure, form=data)
        return _tokens(request, work, WhichTokens(), issued=issued)

    @post("/{token_id:str}/revoke", sync_to_thread=True)
    def revoke(self, token_id: FromPath[str], work: NamedDependency[Work]) -> Redirect:
        """Make a token useless for good."""
        service.revoke_token(work, token_id)
        return Redirect(TOKENS, status_code=303)


def _people(work: Work, which: WhichUsers, failure: Failure | None = None, form: PersonForm | None = None) -> Template:
    counts = {state: service.users(work, WhichUsers(state=state, page=Page(limit=1))).total for state in UserState}
    context = {
        "which": which,
        "found": service.users(work, which),
        "counts": counts,
        "roles": tuple(Role),
        "failure": failure,
        "form": form or PersonForm(),
        "address": _address(PEOPLE, role=which.role, state=which.state, order=which.order),
    }
    return Template("accounts/people.html", context=context, status_code=status_of(failure))


def _person(work: Work, whose: User, failure: Failure | None = None, link: str = "") -> Template:
    context = {
        "person": whose,
        "roles": tuple(Role),
        "failure": failure,
        "link": link,
        "until": work.at + WELCOME_LIFE,
        "sessions": service.sessions(work, whose.id),
    }
    return Template("accounts/person.html", context=context, status_code=status_of(failure))


def _tokens(
    request: Asked,
    work: Work,
    which: WhichTokens,
    *,
    issued: Issued | None = None,
    failure: Failure | None = None,
    form: TokenForm | None = None,
) -> Template:
    counts = {state: service.tokens(work, WhichTokens(state=state, page=Page(limit=1))).total for state in TokenState}
    context = {
        "which": which,
        "found": service.tokens(work, which),
        "counts": counts,
        "at_now": work.at,
        "rights": [right for right in Permission if right in request.user.permissions & GRANTABLE],
        "issued": issued,
        "failure": failure,
        "form": form or TokenForm(),
        "days_max": TOKEN_DAYS_MAX,
        "address": _address(TOKENS, state=which.state, order=which.order),
    }
    return Template("accounts/tokens.html", context=context, status_code=status_of(failure))


def _everybody(work: Work) -> Iterator[User]:
    total, offset = 1, 0
    while offset < total:
        found = service.users(work, WhichUsers(page=Page(offset=offset, limit=PAGE_ROWS_MAX)))
        yield from found.users
        total, offset = found.total, offset + PAGE_ROWS_MAX


def _every_token(work: Work) -> Iterator[Token]:
    total, offset = 1, 0
    while offset < total:
        found = service.tokens(work, WhichTokens(page=Page(offset=offset, limit=PAGE_ROWS_MAX)))
        yield from found.tokens
        total, offset = found.total, offset + PAGE_ROWS_MAX


def _lines(name: str, rows: list[User] | list[Token]) -> Response[bytes]:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(msgspec.json.Encoder().encode_lines(rows), media_type="application/jsonl", headers=headers)


def _chosen(choices: type[Choice], value: str) -> Choice | None:
    try:
        return choices(value) if value else None
    except ValueError as error:
        raise fail.PageUnfit("There is no such filter.") from error


def _all_chosen(choices: type[Choice], ticked: Ticked) -> list[Choice]:
    values = (ticked,) if isinstance(ticked, str) else ticked
    return [found for value in values if (found := _chosen(choices, value)) is not None]


def _address(path: str, **filters: Enum | None) -> str:
    """Return an address with its filters, ready for one more parameter."""
    said = {name: value.value for name, value in filters.items() if value is not None}
    return f"{path}?{urlencode(said)}&" if said else f"{path}?"


def _link(request: Asked, secret: str) -> str:
    return f"{public_address(request) or str(request.base_url).rstrip('/')}/welcome/{secret}"
