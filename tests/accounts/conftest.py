"""People who exist only in these tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from argon2 import PasswordHasher

from comity.accounts import service
from comity.accounts.model import Opened, SignedIn, User
from comity.accounts.model.roles import Role
from comity.accounts.service import proof
from comity.infra.work import Work
from comity.model.actor import Actor, Purpose

PASSWORD = "quiet harbour lamps"
Recruit = Callable[..., User]


@pytest.fixture(autouse=True)
def swift(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hash with argon2id as always, but with little memory and one pass: tests ask what is hashed, not how dearly."""
    monkeypatch.setattr(proof, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    proof.stand_in.cache_clear()
    yield
    proof.stand_in.cache_clear()


@pytest.fixture
def recruit(work: Work) -> Recruit:
    """Add a person who can sign in with `PASSWORD`."""

    def add(name: str, *roles: Role) -> User:
        added = service.add_user(work, name, roles or (Role.ANALYST,))
        service.set_password(work, added.id, PASSWORD)
        return service.user(work, added.id)

    return add


def enter(work: Work, name: str, password: str = PASSWORD, origin: str = "192.0.2.7") -> Opened:
    opened = service.sign_in(work, name, password, origin)
    assert isinstance(opened, Opened)
    return opened


def present(work: Work, opened: Opened) -> SignedIn:
    who = service.session_of(work, opened.secret)
    assert who is not None
    return who


def acting(work: Work, actor: Actor) -> Work:
    """Return a work of somebody else in the same transaction."""
    return Work(work.connection, actor=actor, purpose=Purpose.ADMINISTRATION, permission=work.permission, at=work.at)
