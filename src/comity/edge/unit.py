"""One request is one unit of work: begun before its handler, committed before its answer, or rolled back without a trace."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from anyio import CancelScope, to_thread
from litestar.connection import Request

from comity.alerts.service import Office
from comity.edge import i18n, shell
from comity.edge.auth import is_program
from comity.filtering.service import Place as Filtering
from comity.infra.work import Reading, Work
from comity.lists.service import Desk
from comity.model.actor import Actor, ActorKind, Purpose
from comity.model.permission import Permission
from comity.portfolios.service import Books
from comity.screening.service import Place

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from comity.node import Node

STRANGER: Final = Actor(id="anonymous", name="Somebody who has not signed in", kind=ActorKind.PERSON)
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that only read, unless their handler says `write=True`."""


async def provide_work(request: Request[Any, Any, Any]) -> AsyncIterator[Work]:
    """Open the work of a request, with the permission and the purpose that its handler names.

    The database is waited for in a thread, never on the event loop. On pages the shell is read in the same transaction.
    """
    scope = _scope(request)
    work = await to_thread.run_sync(_begin, request, scope)
    try:
        yield work
    except BaseException as error:
        with CancelScope(shield=True):
            await to_thread.run_sync(scope.__exit__, type(error), error, error.__traceback__)
        raise
    else:
        with CancelScope(shield=True):
            await to_thread.run_sync(scope.__exit__, None, None, None)


def provide_desk(request: Request[Any, Any, Any]) -> Desk:
    """Hand over what the services of the lists need beside a work: the catalogue and the files of this node."""
    node: Node = request.app.state[shell.NODE]
    return node.desk


def provide_screening(request: Request[Any, Any, Any]) -> Place:
    """Hand over what the services of screening need beside a work: the lists, and where the index is kept."""
    node: Node = request.app.state[shell.NODE]
    return node.screening


def provide_office(request: Request[Any, Any, Any]) -> Office:
    """Hand over what deciding alerts needs beside a work: the lists, and when the office works."""
    node: Node = request.app.state[shell.NODE]
    return node.office


def provide_filtering(request: Request[Any, Any, Any]) -> Filtering:
    """Hand over what screening payments needs beside a work: the lists, the kinds of messages, and which law binds."""
    node: Node = request.app.state[shell.NODE]
    return node.filtering


def provide_books(request: Request[Any, Any, Any]) -> Books:
    """Hand over what the services of portfolios need beside a work."""
    node: Node = request.app.state[shell.NODE]
    return node.books


def provide_served_at(request: Request[Any, Any, Any]) -> str:
    """Hand over the address by which this node was asked, for links in an answer: behind https, the one that the settings name."""
    node: Node = request.app.state[shell.NODE]
    public = node.settings.web.public_url.rstrip("/")
    asked = request.base_url
    return public if urlsplit(public).netloc == asked.netloc else str(asked).rstrip("/")


def provide_reading(request: Request[Any, Any, Any]) -> Reading:
    """Hand over a way to open further works that only read, for a stream that goes on after the answer has begun."""
    return lambda: _scope(request)


async def speak(request: Request[Any, Any, Any]) -> None:
    """Choose the language of the answer, before anything is said."""
    i18n.speak(shell.reader(request).language)


def _scope(request: Request[Any, Any, Any]) -> AbstractContextManager[Work]:
    node: Node = request.app.state[shell.NODE]
    opt: dict[str, Any] = request.scope["route_handler"].opt
    signed = request.scope.get("user")
    return node.work(
        signed.actor if signed else STRANGER,
        opt.get("permission", Permission.PUBLIC),
        opt.get("purpose", Purpose.SANCTIONS_IMPLEMENTATION),
        write=opt.get("write", request.method not in SAFE),
    )


def _begin(request: Request[Any, Any, Any], scope: AbstractContextManager[Work]) -> Work:
    work = scope.__enter__()
    try:
        if not is_program(request.url.path):
            shell.furnish(request, work)
    except BaseException as error:
        scope.__exit__(type(error), error, error.__traceback__)
        raise
    return work
