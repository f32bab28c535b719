"""How each kind of failure is answered, decided once: to a program by a status, to a terminal by an exit code.

Everything else about a failure (its code, its sentence) comes from the failure itself. The answer to a program is a problem
document (RFC 9457); nothing in it but `detail` and the names of fields comes from what was asked, and never the values.
"""

from __future__ import annotations

from http import HTTPStatus
from inspect import getdoc
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from comity.kit.errors import Denied, Failure, Invalid, Kind, NotFound, Unproven

if TYPE_CHECKING:
    from collections.abc import Mapping


class Answer(NamedTuple):
    """What one kind of failure means outside: an HTTP status, a process exit code (sysexits.h) and a title."""

    status: int
    exit_code: int
    title: str


ANSWERS: Final[Mapping[Kind, Answer]] = MappingProxyType(
    {
        Kind.INVALID: Answer(422, 2, "You asked wrongly"),
        Kind.UNPROVEN: Answer(401, 77, "We do not know who you are"),
        Kind.DENIED: Answer(403, 77, "You may not do this"),
        Kind.NOT_FOUND: Answer(404, 66, "There is nothing here"),
        Kind.CONFLICT: Answer(409, 75, "True a moment ago, not now"),
        Kind.REFUSED: Answer(409, 1, "Refused, with a ground"),
        Kind.LIMITED: Answer(429, 75, "A limit was reached"),
        Kind.UNAVAILABLE: Answer(503, 75, "Something that we depend on is down"),
        Kind.CORRUPT: Answer(500, 70, "Data contradicts itself"),
    }
)
"""The one table; `kit/errors.py` shows it beside its tree."""

MEDIA_TYPE: Final = "application/problem+json"
INCIDENT: Final = "incident"
"""The code of what nobody expected: a bug. Its number is in the log, with everything that led to it."""


class AddressUnknown(NotFound):
    """No page, resource or file has this address, or it is not for you to see."""

    code = "address.unknown"


class SignInNeeded(Unproven):
    """This address needs a signed-in person, or a token."""

    code = "sign_in.needed"


class RightMissing(Denied):
    """The person or token is known, and lacks the permission that this address names."""

    code = "right.missing"


class FormStale(Denied):
    """A form was sent without the mark that this node gave to its page: it is too old, or comes from elsewhere."""

    code = "form.stale"


class FieldError(msgspec.Struct, frozen=True):
    """What is wrong with one field or parameter."""

    field: str
    """Its name, or its path in the body: `$.programme[0]`."""
    reason: str
    """The rule that it breaks; never the value."""


PROTOCOL: Final[Mapping[int, tuple[str, str]]] = MappingProxyType(
    {
        405: ("request.method", "This address does not know that method."),
        408: ("request.slow", "The request took too long to arrive."),
        413: ("request.too_large", "The body is larger than this address takes."),
        415: ("request.media_type", "This address does not take that media type."),
    }
)
"""What the protocol refuses before a handler is reached: by status, with code and sentence."""


class RequestInvalid(Invalid):
    """A parameter or a field of the request is missing, unknown or of the wrong form; `errors` name them."""

    code = "request.invalid"

    def __init__(self, detail: str, *, errors: tuple[FieldError, ...] = ()) -> None:
        super().__init__(detail)
        self.errors = errors


class UnknownParameters(RequestInvalid):
    """The address carries parameters that it does not know; a misspelt filter must not widen an answer."""

    code = "request.unknown_parameters"

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        super().__init__("The address carries parameters that are not known here.", errors=errors)


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A problem document (RFC 9457)."""

    type: str
    """`/problems/` and the code."""
    title: str
    """What the kind of failure means."""
    status: int
    """The HTTP status, repeated."""
    code: str
    """Stable, documented; programs decide by it."""
    detail: str = ""
    """A sentence that is safe to show."""
    errors: tuple[FieldError, ...] = ()
    """The fields at fault, where a request was wrong."""
    incident: str = ""
    """The number under which an unexpected failure stands in this node's log."""


def problem(failure: Failure) -> Problem:
    """Say a failure as a problem document."""
    answer = ANSWERS[failure.kind]
    return Problem(
        type=f"/problems/{failure.code}",
        title=answer.title,
        status=answer.status,
        code=failure.code,
        detail=failure.detail,
        errors=getattr(failure, "errors", ()),
    )


def incident(number: str) -> Problem:
    """Say that something unexpected happened, and under which number it was logged."""
    return Problem(
        type=f"/problems/{INCIDENT}",
        title="Something broke here",
        status=500,
        code=INCIDENT,
        detail="This is a fault of the node. Nothing of this request was kept.",
        incident=number,
    )


def protocol(status: int) -> Problem:
    """Say what the protocol refuses."""
    code, detail = PROTOCOL[status]
    title = HTTPStatus(status).phrase
    return Problem(type=f"/problems/{code}", title=title, status=status, code=code, detail=detail)


def exit_code(failure: Failure) -> int:
    """Return the exit code of a process that ends with this failure."""
    return ANSWERS[failure.kind].exit_code


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """What a code means, for who looks it up."""

    code: str
    meaning: str
    title: str
    status: int
    exit_code: int | None
    """None where no command can end so."""


def explain(code: str) -> Explained | None:
    """Say what a problem's code means; None for one that is not used."""
    failure = known().get(code)
    if failure is not None:
        answer, meaning = ANSWERS[failure.kind], getdoc(failure) or ""
        return Explained(
            code=code, meaning=meaning, title=answer.title, status=answer.status, exit_code=answer.exit_code
        )
    others = {incident("").code: incident("")} | {PROTOCOL[status][0]: protocol(status) for status in PROTOCOL}
    said = others.get(code)
    if said is None:
        return None
    return Explained(code=code, meaning=said.detail, title=said.title, status=said.status, exit_code=None)


def known() -> dict[str, type[Failure]]:
    """Return every failure that can be met, by its code: those of all modules imported so far."""
    found: dict[str, type[Failure]] = {}
    waiting: list[type[Failure]] = [Failure]
    while waiting:
        for child in waiting.pop().__subclasses__():
            found.setdefault(child.code, child)
            waiting.append(child)
    return dict(sorted(found.items()))
