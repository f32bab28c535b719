"""People and tokens, from the machine itself: `comity user …` and `comity token …`."""

from __future__ import annotations

import sys
from typing import Protocol

import click
import msgspec

from comity.accounts import service
from comity.accounts.model import (
    PASSWORD_CHARS_MAX,
    TOKEN_DAYS_DEFAULT,
    TOKEN_DAYS_MAX,
    NewToken,
    Page,
    TokenState,
    UserState,
    WhichTokens,
    WhichUsers,
)
from comity.accounts.model.roles import GRANTABLE, Role
from comity.infra.terminal import Terminal
from comity.kit.limits import PAGE_ROWS_MAX
from comity.model.permission import Permission

MANAGE = Permission.ACCOUNTS_MANAGE


class Console(Terminal, Protocol):
    """A terminal that knows where people reach its node."""

    @property
    def address(self) -> str:
        """Where people reach this node, without a slash at the end."""
        ...


ROLES = click.Choice([role.value for role in Role])
STATES = click.Choice([state.value for state in UserState])
TOKEN_STATES = click.Choice([state.value for state in TokenState])
RIGHTS = click.Choice([right.value for right in Permission if right in GRANTABLE])
OFFSET = click.option("--offset", type=click.IntRange(0), default=0, help="Begin after this many rows.")
LIMIT = click.option("--limit", type=click.IntRange(1, PAGE_ROWS_MAX), default=PAGE_ROWS_MAX, help="Rows at most.")


@click.group("user")
def user() -> None:
    """People who may use this node."""


@user.command("add")
@click.argument("name")
@click.option("--role", "roles", type=ROLES, multiple=True, required=True, help="A role; may be repeated.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of making a link.")
@click.pass_obj
def add(console: Console, name: str, roles: tuple[str, ...], password_stdin: bool) -> None:  # noqa: FBT001 - click's way
    """Add a person, and print a one-time link with which they choose a password.

    \b
    comity user add "Pia Hallward" --role sanctions_officer
    """  # noqa: D301 - a backslash and a b, as click reads them
    password = sys.stdin.readline(PASSWORD_CHARS_MAX + 2).rstrip("\r\n") if password_stdin else ""
    with console.work(MANAGE) as work:
        added = service.add_user(work, name, map(Role, roles))
        if password_stdin:
            service.set_password(work, added.id, password)
            secret = None
        else:
            secret = service.issue_welcome(work, added.id)
    address = secret and _link(console, secret)
    console.say(
        {"id": added.id, "name": added.name, "roles": roles, "link": address},
        address or f"{added.name} can sign in now.",
    )


@user.command("list")
@click.option("--role", type=ROLES, help="Only people with this role.")
@click.option("--state", type=STATES, help="Only people in this state.")
@OFFSET
@LIMIT
@click.pass_obj
def list_users(console: Console, role: str | None, state: str | None, offset: int, limit: int) -> None:
    """List people by name.

    \b
    comity user list --state invited
    """  # noqa: D301 - a backslash and a b, as click reads them
    page = Page(offset=offset, limit=limit)
    which = WhichUsers(role=Role(role) if role else None, state=UserState(state) if state else None, page=page)
    with console.work(MANAGE, write=False) as work:
        found = service.users(work, which)
    rows = [[who.name, who.state.value, ", ".join(role.value for role in who.roles)] for who in found.users]
    console.say(msgspec.to_builtins(found), _table(rows, found.total))


@user.command("disable")
@click.argument("name")
@click.pass_obj
def disable(console: Console, name: str) -> None:
    """Shut a person out: sessions end, and tokens are revoked for good.

    \b
    comity user disable "Pia Hallward"
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(MANAGE) as work:
        changed = service.disable_user(work, service.user_named(work, name).id)
    console.say(msgspec.to_builtins(changed), f"{changed.name} is shut out.")


@user.command("enable")
@click.argument("name")
@click.pass_obj
def enable(console: Console, name: str) -> None:
    """Let a disabled person in again.

    \b
    comity user enable "Pia Hallward"
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(MANAGE) as work:
        changed = service.enable_user(work, service.user_named(work, name).id)
    console.say(msgspec.to_builtins(changed), f"{changed.name} is let in again.")


@user.command("roles")
@click.argument("name")
@click.option("--role", "roles", type=ROLES, multiple=True, required=True, help="A role; may be repeated.")
@click.pass_obj
def change_roles(console: Console, name: str, roles: tuple[str, ...]) -> None:
    """Give a person exactly these roles.

    \b
    comity user roles "Pia Hallward" --role analyst --role auditor
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(MANAGE) as work:
        changed = service.change_roles(work, service.user_named(work, name).id, map(Role, roles))
    held = ", ".join(role.value for role in changed.roles)
    console.say(msgspec.to_builtins(changed), f"{changed.name} is now: {held}.")


@user.command("link")
@click.argument("name")
@click.pass_obj
def link(console: Console, name: str) -> None:
    """Print a one-time link with which a person chooses a new password.

    \b
    comity user link "Pia Hallward"
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(MANAGE) as work:
        address = _link(console, service.issue_welcome(work, service.user_named(work, name).id))
    console.say({"link": address}, address)


@click.group("token")
def token() -> None:
    """Tokens with which programs ask."""


@token.command("create")
@click.argument("name")
@click.option(
    "--permission", "rights", type=RIGHTS, multiple=True, required=True, help="What it may do; may be repeated."
)
@click.option("--days", type=click.IntRange(1, TOKEN_DAYS_MAX), default=TOKEN_DAYS_DEFAULT, help="How long it lasts.")
@click.option("--user", "owner", help="The person for whom it acts; without one, for the operator of the node.")
@click.pass_obj
def create(console: Console, name: str, rights: tuple[str, ...], days: int, owner: str | None) -> None:
    """Make a token called NAME, and print it this once.

    \b
    comity token create screening --permission register.read --days 90
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(MANAGE) as work:
        owner_id = service.user_named(work, owner).id if owner else None
        wanted = NewToken(name=name, permissions=frozenset(map(Permission, rights)), days=days, user_id=owner_id)
        issued = service.create_token(work, wanted)
    console.say(msgspec.to_builtins(issued.token) | {"secret": issued.secret}, issued.secret)


@token.command("list")
@click.option("--state", type=TOKEN_STATES, help="Only tokens in this state.")
@OFFSET
@LIMIT
@click.pass_obj
def list_tokens(console: Console, state: str | None, offset: int, limit: int) -> None:
    """List tokens, the newest first.

    \b
    comity token list --state valid
    """  # noqa: D301 - a backslash and a b, as click reads them
    which = WhichTokens(state=TokenState(state) if state else None, page=Page(offset=offset, limit=limit))
    with console.work(MANAGE, write=False) as work:
        found, at = service.tokens(work, which), work.at
    rows = [[each.id, each.name, each.state(at).value, f"until {each.expires_at:%Y-%m-%d}"] for each in found.tokens]
    console.say(msgspec.to_builtins(found), _table(rows, found.total))


@token.command("revoke")
@click.argument("token_id")
@click.pass_obj
def revoke(console: Console, token_id: str) -> None:
    """Make a token useless for good.

    \b
    comity token revoke token:5f0c2b7d19e3a846
    """  # noqa: D301 - a backslash and a b, as click reads them
    with console.work(MANAGE) as work:
        service.revoke_token(work, token_id)
    console.say({"id": token_id}, f"{token_id} is revoked.")


COMMANDS: tuple[click.Command, ...] = (user, token)


def _link(console: Console, secret: str) -> str:
    return f"{console.address}/welcome/{secret}"


def _table(rows: list[list[str]], total: int) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([*lines, f"{len(rows)} of {total}"])
