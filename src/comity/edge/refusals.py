"""How failures leave the house: a problem document to a program, a page of the console to a person.

A failure says what it may itself; what Litestar refuses is said in our own words, because its own repeat the address with its
query. Anything else is a bug: it is logged whole and answered with the number under which it stands in the log.
"""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

import msgspec
import structlog
from litestar import Response
from litestar.connection import Request
from litestar.enums import MediaType
from litestar.exceptions import HTTPException
from litestar.response import Redirect, Template

from comity.edge import foreign, i18n, shell
from comity.edge.auth import is_program
from comity.edge.problems import (
    ANSWERS,
    MEDIA_TYPE,
    PROTOCOL,
    AddressUnknown,
    FieldError,
    FormStale,
    Problem,
    RequestInvalid,
    SignInNeeded,
    incident,
    problem,
    protocol,
)
from comity.kit.errors import Failure, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

log = structlog.get_logger(__name__)

SIGN_IN: Final = "/sign-in"
MACHINES: Final = ("/healthz", "/readyz", "/openapi.json")
INCIDENT_BYTES: Final = 5
ERRORS_MAX: Final = 20
FALLBACK: Final = "<!doctype html><title>Comity</title><p>Something broke here. It was logged as incident {}.</p>"


def on_failure(request: Request[Any, Any, Any], failure: Failure) -> Response[Any]:
    """Answer an expected failure."""
    i18n.speak(shell.reader(request).language)
    log.info("refused", code=failure.code, route=request.scope.get("path_template"), **_loggable(failure.context))
    if isinstance(failure, SignInNeeded) and not _is_machine(request):
        return _to_sign_in(request)
    headers = {}
    if failure.kind is Kind.UNPROVEN and is_program(request.url.path):
        headers["www-authenticate"] = 'Bearer realm="comity"'
    if "retry_after_s" in failure.context:
        headers["retry-after"] = str(failure.context["retry_after_s"])
    return _answer(request, _said(request, failure), headers, failure.kind)


def on_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """Answer what Litestar refuses, in our own words."""
    if error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return on_bug(request, error)
    if error.status_code in PROTOCOL:
        i18n.speak(shell.reader(request).language)
        return _answer(request, protocol(error.status_code), dict(error.headers or {}), Kind.INVALID)
    return on_failure(request, _as_failure(error))


def on_bug(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Answer what nobody expected with a number, and log it whole."""
    number = secrets.token_hex(INCIDENT_BYTES)
    log.error("incident", incident=number, route=request.scope.get("path_template"), exc_info=error)
    try:
        return _answer(request, incident(number), {}, Kind.CORRUPT)
    except Exception as worse:
        log.critical("incident_unanswerable", incident=number, exc_info=worse)
        return Response(FALLBACK.format(number), status_code=500, media_type=MediaType.HTML)


HANDLERS: Final[Mapping[Any, Any]] = {Failure: on_failure, HTTPException: on_http, Exception: on_bug}


def _said(request: Request[Any, Any, Any], failure: Failure) -> Problem:
    """Say a failure; clients of the foreign protocol tell what it cannot do (400) from what it cannot read (422)."""
    said = problem(failure)
    is_unread = failure.kind is not Kind.INVALID or isinstance(failure, RequestInvalid)
    if is_unread or not request.url.path.startswith(f"{foreign.PATH}/"):
        return said
    return msgspec.structs.replace(said, status=HTTPStatus.BAD_REQUEST)


def _answer(
    request: Request[Any, Any, Any], said: Problem, headers: dict[str, str], kind: Kind
) -> Response[bytes] | Response[str]:
    if _is_machine(request):
        raw = msgspec.json.encode(said)
        return Response(raw, status_code=said.status, headers=headers, media_type=MEDIA_TYPE)
    engine = request.app.template_engine
    assert engine is not None
    shell.furnish(request)  # afresh: what is denied looks like what is absent, counts and all
    answer = Template("error.html", context={"problem": said, "kind": kind.value})
    page = engine.get_template("error.html").render(**answer.create_template_context(request))
    return Response(page, status_code=said.status, headers=headers, media_type=MediaType.HTML)


def _is_machine(request: Request[Any, Any, Any]) -> bool:
    path = request.url.path
    return is_program(path) or path in MACHINES


def _to_sign_in(request: Request[Any, Any, Any]) -> Response[Any]:
    """Lead a stranger to the sign-in page, and from there back to the page that was asked for."""
    if request.headers.get("hx-request"):
        back = urlsplit(request.headers.get("hx-current-url", ""))
        return Response(b"", status_code=401, headers={"hx-redirect": _sign_in_then(back.path, back.query)})
    if request.method in {"GET", "HEAD"}:
        return Redirect(_sign_in_then(request.url.path, request.url.query), status_code=303)
    return Redirect(SIGN_IN, status_code=303)


def _sign_in_then(path: str, query: str) -> str:
    back = f"{path}?{query}" if query else path
    return SIGN_IN if back in {"", "/"} else f"{SIGN_IN}?next={quote(back)}"


def _as_failure(error: HTTPException) -> Failure:
    if error.status_code == HTTPStatus.NOT_FOUND:
        return AddressUnknown("There is nothing here.")
    if error.status_code == HTTPStatus.UNAUTHORIZED:
        return SignInNeeded("Sign in first.")
    if error.status_code == HTTPStatus.FORBIDDEN:
        return FormStale("This form was opened too long ago, or not on this node. Nothing was changed.")
    return RequestInvalid("The request is not of the form that this address takes.", errors=_errors(error))


def _errors(error: HTTPException) -> tuple[FieldError, ...]:
    found = error.extra if isinstance(error.extra, list) else []
    return tuple(
        FieldError(str(one.get("key") or "body"), _reason(str(one.get("message", ""))))
        for one in found[:ERRORS_MAX]
        if isinstance(one, dict)
    )


def _reason(message: str) -> str:
    """Return msgspec's sentence about a field where it names types and fields; one that could repeat a value is not passed on."""
    if message.startswith("Invalid enum value"):
        return "It is none of the values that are known here."
    return message if message.startswith(("Expected ", "Object ")) else "It is missing or malformed."


def _loggable(context: Mapping[str, object]) -> dict[str, str]:
    return {f"context_{name}": str(value) for name, value in context.items()}


assert all(answer.status in {s.value for s in HTTPStatus} for answer in ANSWERS.values())
