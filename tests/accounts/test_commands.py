"""People and tokens from the machine itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import click
import msgspec
import pytest
from click.testing import CliRunner

from comity.accounts import service
from comity.accounts.commands import COMMANDS
from comity.accounts.model import Opened
from comity.accounts.model import failures as fail
from comity.infra.work import Work
from comity.model.actor import OPERATOR, Purpose
from comity.model.permission import Permission
from comity.node import Node

from .conftest import PASSWORD


@dataclass
class Terminal:
    """A terminal of the operator's."""

    node: Node
    is_json: bool = True
    address: str = "http://node.test"

    def work(self, permission: Permission, *, write: bool = True) -> AbstractContextManager[Work]:
        return self.node.work(OPERATOR, permission, Purpose.ADMINISTRATION, write=write)

    def say(self, value: object, text: str) -> None:
        click.echo(msgspec.json.encode(value).decode() if self.is_json else text)


@pytest.fixture
def comity(node: Node) -> Callable[..., Any]:
    """Run a command and return what it printed, read as JSON; failures come through."""
    root = click.Group(commands=COMMANDS)

    def run(*arguments: str, typed: str = "", text: bool = False) -> Any:
        result = CliRunner().invoke(root, arguments, obj=Terminal(node, is_json=not text), input=typed)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.output if text else json.loads(result.output)

    return run


def test_a_person_is_added_with_a_link(comity: Callable[..., Any], node: Node) -> None:
    added = comity("user", "add", "Ansa Lind", "--role", "analyst", "--role", "auditor")
    assert added["roles"] == ["analyst", "auditor"]
    secret = added["link"].removeprefix("http://node.test/welcome/")
    with node.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
        assert service.welcome_of(work, secret).user_id == added["id"]


def test_a_person_is_added_with_a_password_from_standard_input(comity: Callable[..., Any], node: Node) -> None:
    added = comity("user", "add", "Ansa Lind", "--role", "analyst", "--password-stdin", typed=f"{PASSWORD}\n")
    assert added["link"] is None
    with node.work(OPERATOR, Permission.PUBLIC) as work:
        assert isinstance(service.sign_in(work, "Ansa Lind", PASSWORD, "192.0.2.7"), Opened)


@pytest.mark.parametrize("typed", ["", "short\n", "x1" * 100 + "\n"])
def test_an_unfit_password_adds_nobody(comity: Callable[..., Any], typed: str) -> None:
    with pytest.raises(fail.PasswordUnfit):
        comity("user", "add", "Ansa Lind", "--role", "analyst", "--password-stdin", typed=typed)
    assert comity("user", "list")["total"] == 0


def test_people_are_listed_changed_and_shut_out_by_name(comity: Callable[..., Any]) -> None:
    comity("user", "add", "Ansa Lind", "--role", "analyst")
    assert comity("user", "roles", "ansa lind", "--role", "operator")["roles"] == ["operator"]
    assert comity("user", "disable", "Ansa Lind")["state"] == "disabled"
    assert comity("user", "list", "--state", "disabled", "--role", "operator")["total"] == 1
    assert comity("user", "enable", "Ansa Lind")["state"] == "invited"
    assert comity("user", "link", "Ansa Lind")["link"].startswith("http://node.test/welcome/")
    assert comity("user", "list", text=True) == "Ansa Lind  invited  operator\n1 of 1\n"
    with pytest.raises(fail.UserUnknown):
        comity("user", "disable", "Nobody")


def test_a_token_is_printed_once_and_is_all_that_is_printed(comity: Callable[..., Any], node: Node) -> None:
    secret = comity("token", "create", "nightly", "--permission", "lists.read", "--days", "7", text=True).strip()
    with node.work(OPERATOR, Permission.PUBLIC) as work:
        who = service.token_of(work, secret)
    assert who is not None
    assert who.permissions == {Permission.LISTS_READ, Permission.SELF}
    listed = comity("token", "list", "--state", "valid")
    assert secret not in str(listed)
    token_id = listed["tokens"][0]["id"]
    assert comity("token", "list", text=True).startswith(f"{token_id}  nightly  valid  until 2031-11-28")
    comity("token", "revoke", token_id)
    assert comity("token", "list", "--state", "valid") == {"tokens": [], "total": 0}


def test_a_token_of_a_person_is_no_wider_than_that_person(comity: Callable[..., Any]) -> None:
    comity("user", "add", "Ansa Lind", "--role", "analyst")
    made = comity("token", "create", "nightly", "--permission", "lists.read", "--user", "ansa lind")
    assert made["owner"] == "Ansa Lind"
    with pytest.raises(fail.TokenTooWide):
        comity("token", "create", "nightly", "--permission", "operate", "--user", "ansa lind")


def test_no_secret_is_an_argument() -> None:
    for group in COMMANDS:
        assert isinstance(group, click.Group)
        for command in group.commands.values():
            names = {name for parameter in command.params for name in parameter.opts}
            assert not names & {"--password", "password", "--secret", "secret", "--token"}
