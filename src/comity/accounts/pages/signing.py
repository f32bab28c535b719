"""The door and one's own things: signing in and out, one-time links, preferences, password and sessions.

A failure is caught here only where the service raises it before it writes anything; the form then comes back with what was typed.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Literal

import msgspec
from litestar import Controller, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from comity.accounts import service
from comity.accounts.model import (
    PASSWORD_CHARS_MAX,
    PASSWORD_CHARS_MIN,
    SESSION_COOKIE,
    Preferences,
)
from comity.accounts.model import failures as fail
from comity.accounts.pages.asked import Asked, person, public_address, status_of
from comity.infra.work import Work
from comity.kit.errors import Failure
from comity.model.actor import Purpose
from comity.model.permission import Permission


class SignInForm(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody types to sign in, and where they were going."""

    name: str = ""
    password: str = ""
    next: str = "/"


class WelcomeForm(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody types behind a one-time link."""

    secret: str
    name: str = ""
    password: str = ""
    again: str = ""


class PreferencesForm(msgspec.Struct, frozen=True, kw_only=True):
    """How somebody wants the console."""

    language: Literal["", "en", "fr", "ar"] = ""
    scheme: Literal["auto", "light", "dark"] = "auto"
    density: Literal["compact", "regular", "comfortable"] = "regular"
    single_keys: str = ""


class PasswordForm(msgspec.Struct, frozen=True, kw_only=True):
    """A new password, proved by the current one."""

    current: str = ""
    password: str = ""
    again: str = ""


class SigningIn(Controller):
    """The door: signing in, signing out, and one-time links."""

    opt = {"permission": Permission.PUBLIC, "purpose": Purpose.ADMINISTRATION}  # noqa: RUF012 - Litestar's way

    @get("/sign-in", sync_to_thread=False)
    def ask(self, next: FromQuery[str] = "/") -> Template:  # noqa: A002 - as the address says it
        """Ask for name and password."""
        return _sign_in(SignInForm(next=_inside(next)))

    @post("/sign-in", sync_to_thread=True)
    def sign_in(
        self, request: Asked, data: URLEncodedBody[SignInForm], work: NamedDependency[Work]
    ) -> Template | Redirect:
        """Open a new session, and end the one that the browser brought."""
        origin = request.client.host if request.client else ""
        opened = service.sign_in(work, data.name, data.password, origin)
        if isinstance(opened, Failure):
            limited = isinstance(opened, fail.SignInLimited)
            return _sign_in(data, opened, HTTPStatus.TOO_MANY_REQUESTS if limited else HTTPStatus.UNAUTHORIZED)
        service.sign_out(work, request.cookies.get(SESSION_COOKIE, ""))
        return Redirect(_inside(data.next), status_code=303, cookies=[_cookie(request, opened.secret)])

    @post("/sign-out", sync_to_thread=True)
    def sign_out(self, request: Asked, work: NamedDependency[Work]) -> Redirect:
        """End the session of this browser."""
        service.sign_out(work, request.cookies.get(SESSION_COOKIE, ""))
        return Redirect("/sign-in", status_code=303, cookies=[_cookie(request, "", max_age=0)])

    @get("/welcome/{secret:str}", sync_to_thread=True)
    def welcome(self, secret: FromPath[str], work: NamedDependency[Work]) -> Template:
        """Show what a one-time link is good for; only the form uses it up."""
        return _welcome(work, WelcomeForm(secret=secret))

    @post("/welcome", sync_to_thread=True)
    def redeem(self, data: URLEncodedBody[WelcomeForm], work: NamedDependency[Work]) -> Template | Redirect:
        """Use a one-time link up, and lead to the sign-in page."""
        if data.password != data.again:
            return _welcome(work, data, fail.PasswordsDiffer("The two passwords differ."))
        try:
            service.redeem_welcome(work, data.secret, data.name, data.password)
        except (fail.PasswordUnfit, fail.NameUnfit, fail.NameTaken) as failure:
            return _welcome(work, data, failure)
        return Redirect("/sign-in", status_code=303)


class Own(Controller):
    """One's own preferences, password and sessions."""

    path = "/preferences"
    opt = {"permission": Permission.SELF, "purpose": Purpose.ADMINISTRATION}  # noqa: RUF012 - the same

    @get(sync_to_thread=True)
    def show(self, request: Asked, work: NamedDependency[Work]) -> Template:
        """Show how the console is wanted, and where one is signed in."""
        return _preferences(request, work)

    @post(sync_to_thread=True)
    def prefer(self, request: Asked, data: URLEncodedBody[PreferencesForm], work: NamedDependency[Work]) -> Redirect:
        """Keep how the console is wanted."""
        wanted = Preferences(
            language=data.language or None,
            scheme=data.scheme,
            density=data.density,
            single_keys=bool(data.single_keys),
        )
        service.prefer(work, person(request), wanted)
        return Redirect("/preferences", status_code=303)

    @post("/password", sync_to_thread=True)
    def password(
        self, request: Asked, data: URLEncodedBody[PasswordForm], work: NamedDependency[Work]
    ) -> Template | Redirect:
        """Change one's own password; every other session ends."""
        if data.password != data.again:
            return _preferences(request, work, fail.PasswordsDiffer("The two passwords differ."))
        try:
            refused = service.change_password(work, request.user, data.current, data.password)
        except fail.PasswordUnfit as failure:
            return _preferences(request, work, failure)
        return _preferences(request, work, refused) if refused else Redirect("/preferences", status_code=303)

    @post("/sessions/{session_id:str}/end", sync_to_thread=True)
    def end(self, request: Asked, session_id: FromPath[str], work: NamedDependency[Work]) -> Redirect:
        """End one of one's own sessions."""
        service.end_session(work, person(request), session_id)
        return Redirect("/preferences", status_code=303)


def _sign_in(form: SignInForm, failure: Failure | None = None, status: HTTPStatus = HTTPStatus.OK) -> Template:
    kept = {"form": form, "failure": failure}
    return Template("accounts/sign_in.html", context=kept, status_code=status)


def _welcome(work: Work, form: WelcomeForm, failure: Failure | None = None) -> Template:
    context = {
        "welcome": service.welcome_of(work, form.secret),
        "form": form,
        "failure": failure,
        "shortest": PASSWORD_CHARS_MIN,
        "longest": PASSWORD_CHARS_MAX,
    }
    return Template("accounts/welcome.html", context=context, status_code=status_of(failure))


def _preferences(request: Asked, work: Work, failure: Failure | None = None) -> Template:
    context = {
        "wanted": service.preferences(work, person(request)),
        "sessions": service.sessions(work, person(request)),
        "here": request.user.proof_id,
        "failure": failure,
        "shortest": PASSWORD_CHARS_MIN,
        "longest": PASSWORD_CHARS_MAX,
    }
    return Template("accounts/preferences.html", context=context, status_code=status_of(failure))


def _inside(path: str) -> str:
    """Return a path of this console; one that would lead elsewhere is the first page."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() else "/"


def _cookie(request: Asked, value: str, max_age: int | None = None) -> Cookie:
    """Return the session's cookie: unseen by scripts, kept from other sites, and with the browser's session at most."""
    secure = public_address(request).startswith("https://")
    return Cookie(SESSION_COOKIE, value=value, max_age=max_age, secure=secure, httponly=True, samesite="lax")
