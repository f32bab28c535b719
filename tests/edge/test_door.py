"""Who gets in, with what, and how the others are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec
import pytest
from litestar import Controller, Litestar, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody
from litestar.testing import TestClient

from comity.accounts import service as accounts
from comity.accounts.model.roles import Role
from comity.edge import auth
from comity.infra.work import Work
from comity.kit.errors import Limited, NotFound
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import Node

Browser = TestClient[Litestar]
SignIn = Callable[..., str]
Cookie = Callable[[str], dict[str, str]]
Tokens = Callable[..., dict[str, str]]
PAGE = {"accept": "text/html"}


class Kettle(Limited):
    """A failure with a time after which to come back."""

    code = "test.kettle"


class Filling(msgspec.Struct, forbid_unknown_fields=True):
    """What goes into a kettle."""

    litres: float
    kind: Literal["water", "milk"] = "water"
    label: str = ""

    def __post_init__(self) -> None:
        if self.label:
            raise ValueError(f"{self.label} is no label")


class Rooms(Controller):
    """Addresses that no feature has, to try the door with."""

    @get("/room", permission=Permission.LEDGER_READ, sync_to_thread=True)
    def room(self, work: NamedDependency[Work]) -> str:
        return f"{work.actor.name} {work.permission.value} {work.purpose.value}"

    @get("/hidden", permission=Permission.LEDGER_READ, secret=True, sync_to_thread=False)
    def hidden(self) -> str:
        return "a secret"

    @get("/forgotten", sync_to_thread=False)
    def forgotten(self) -> str:
        return "a route whose author forgot its permission"

    @get("/v1/room", permission=Permission.LEDGER_READ, sync_to_thread=True)
    def for_programs(self, work: NamedDependency[Work]) -> dict[str, str]:
        return {"actor": work.actor.id}

    @get("/v1/kettle", permission=Permission.PUBLIC, sync_to_thread=False)
    def kettle(self) -> None:
        raise Kettle("It boils only so often.", retry_after_s=30)

    @get("/when", permission=Permission.PUBLIC, sync_to_thread=False)
    def when(self, as_of: FromQuery[date | None] = None, known_at: FromQuery[datetime | None] = None) -> str:
        return f"{as_of} {known_at}"

    @get("/v1/broken", permission=Permission.PUBLIC, sync_to_thread=False)
    def broken(self) -> None:
        raise RuntimeError("Mira Orsk")

    @get("/broken", permission=Permission.PUBLIC, sync_to_thread=False)
    def broken_page(self) -> None:
        raise RuntimeError("Mira Orsk")

    @get("/gone", permission=Permission.SELF, sync_to_thread=True)
    def gone(self, work: NamedDependency[Work]) -> None:
        raise Gone("There is nothing here.", looked=work.at)

    @post("/v1/room", permission=Permission.LEDGER_READ, sync_to_thread=True)
    def write(self, work: NamedDependency[Work]) -> None:
        work.record("test.written", n=1)

    @post("/v1/kettle", permission=Permission.LEDGER_READ, sync_to_thread=False)
    def fill(self, data: JSONBody[Filling]) -> float:
        return data.litres

    @post("/room", permission=Permission.SELF, sync_to_thread=False)
    def form(self) -> str:
        return "taken"


class Gone(NotFound):
    """An object of a feature that is not there."""

    code = "test.gone"


@pytest.fixture
def application(application: Litestar) -> Litestar:
    """The application, with rooms to try doors with."""
    application.register(Rooms)
    application.state[auth.PARAMETERS] = {
        **application.state[auth.PARAMETERS],
        ("/v1/room", "GET"): frozenset({"page"}),
    }
    return application


def test_a_stranger_at_a_page_is_led_to_sign_in_and_back(browser: Browser) -> None:
    answer = browser.get("/room?as_of=2031-10-01", headers=PAGE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/room%3Fas_of%3D2031-10-01")


def test_a_stranger_at_the_first_page_is_led_to_sign_in_alone(browser: Browser) -> None:
    assert browser.get("/").headers["location"] == "/sign-in"


def test_a_part_of_a_page_leads_the_whole_page_to_sign_in(browser: Browser) -> None:
    answer = browser.get("/room", headers={"hx-request": "true", "hx-current-url": "http://testserver.local/lists"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/sign-in?next=/lists")


def test_a_stranger_at_the_api_is_asked_for_a_token(browser: Browser) -> None:
    answer = browser.get("/v1/room")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "sign_in.needed"


def test_whoever_holds_the_permission_gets_in(browser: Browser, sign_in: SignIn, cookie: Cookie) -> None:
    answer = browser.get("/room", headers=cookie(sign_in(Role.AUDITOR)))
    assert (answer.status_code, answer.text) == (200, "Pia Hallward ledger.read sanctions_implementation")


def test_whoever_lacks_it_is_told_so(browser: Browser, sign_in: SignIn, cookie: Cookie) -> None:
    answer = browser.get("/room", headers=cookie(sign_in(Role.ANALYST)))
    assert answer.status_code == 403
    assert "not yours to do" in answer.text


def test_where_existence_is_secret_denied_is_absent(browser: Browser, sign_in: SignIn) -> None:
    browser.cookies.set(accounts.SESSION_COOKIE, sign_in(Role.ANALYST))
    browser.get("/keys")  # now the mark for forms is the same on every page
    denied, absent = browser.get("/hidden"), browser.get("/absent")
    assert (denied.status_code, denied.text) == (absent.status_code, absent.text.replace("/absent", "/hidden"))
    assert denied.status_code == 404


def test_absent_objects_and_absent_addresses_look_alike_but_for_their_code(browser: Browser, sign_in: SignIn) -> None:
    browser.cookies.set(accounts.SESSION_COOKIE, sign_in(Role.ANALYST))
    browser.get("/keys")
    gone, absent = browser.get("/gone"), browser.get("/absent")
    assert gone.text.replace("test.gone", "address.unknown").replace("/gone", "/absent") == absent.text


def test_an_address_without_a_permission_is_closed_to_everybody(
    browser: Browser, sign_in: SignIn, cookie: Cookie
) -> None:
    assert browser.get("/forgotten", headers=cookie(sign_in(*Role))).status_code == 403


def test_a_token_opens_the_api(browser: Browser, token: Tokens) -> None:
    answer = browser.get("/v1/room", headers=token(Permission.LEDGER_READ))
    assert answer.status_code == 200
    assert answer.json()["actor"].startswith("token:")


def test_a_token_may_be_shown_as_an_api_key(browser: Browser, token: Tokens) -> None:
    secret = token(Permission.LEDGER_READ)["authorization"].removeprefix("Bearer ")
    assert browser.get("/v1/room", headers={"authorization": f"ApiKey {secret}"}).status_code == 200
    assert browser.get("/v1/room", headers={"authorization": f"Basic {secret}"}).status_code == 401


def test_a_token_without_the_permission_is_refused(browser: Browser, token: Tokens) -> None:
    answer = browser.get("/v1/room", headers=token(Permission.LISTS_READ))
    assert (answer.status_code, answer.json()["code"]) == (403, "right.missing")


def test_a_session_cookie_opens_no_api(browser: Browser, sign_in: SignIn, cookie: Cookie) -> None:
    assert browser.get("/v1/room", headers=cookie(sign_in(Role.AUDITOR))).status_code == 401


def test_a_token_opens_no_page(browser: Browser, token: Tokens) -> None:
    assert browser.get("/room", headers=token(Permission.LEDGER_READ)).status_code == 303


def test_a_misspelt_filter_of_the_api_is_refused(browser: Browser, token: Tokens) -> None:
    who = token(Permission.LEDGER_READ)
    assert browser.get("/v1/room?page=2", headers=who).status_code == 200
    answer = browser.get("/v1/room?pgae=2&name=Orsk", headers=who)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["name", "pgae"]
    assert "Orsk" not in answer.text


def test_a_limit_says_when_to_come_back(browser: Browser) -> None:
    answer = browser.get("/v1/kettle")
    assert (answer.status_code, answer.headers["retry-after"], answer.json()["code"]) == (429, "30", "test.kettle")


@pytest.mark.parametrize("address", ["/broken", "/v1/broken"])
def test_a_bug_is_answered_with_a_number_and_nothing_else(browser: Browser, address: str) -> None:
    answer = browser.get(address)
    assert answer.status_code == 500
    assert "Orsk" not in answer.text
    assert "incident" in answer.text


def test_a_write_reaches_the_ledger_and_a_reader_writes_nothing(browser: Browser, node: Node, token: Tokens) -> None:
    who = token(Permission.LEDGER_READ)
    from comity.infra.ledger import size  # noqa: PLC0415 - beside what it counts

    def count() -> int:
        with node.database.transaction(write=False) as connection:
            return size(connection)

    before = count()
    assert browser.get("/v1/room", headers=who).status_code == 200
    assert count() == before
    assert browser.post("/v1/room", headers=who).status_code == 201
    assert count() == before + 1


def test_a_reader_does_not_wait_for_a_writer(browser: Browser, node: Node, token: Tokens) -> None:
    who = token(Permission.LEDGER_READ)
    browser.get("/v1/room", headers=who)  # the first use of a token is noted, which is a write
    with node.work(OPERATOR, Permission.LISTS_UPDATE):
        assert browser.get("/v1/room", headers=who).status_code == 200


def test_what_was_wrong_is_named_and_never_repeated(browser: Browser, token: Tokens) -> None:
    who = token(Permission.LEDGER_READ)
    answer = browser.post("/v1/kettle", headers=who, json={"litres": "Mira Orsk", "kind": "Mira Orsk"})
    assert answer.status_code == 422
    assert answer.json()["code"] == "request.invalid"
    assert [error["field"] for error in answer.json()["errors"]] == ["litres"]
    assert "Orsk" not in answer.text
    answer = browser.post("/v1/kettle", headers=who, json={"litres": 1, "kind": "Mira Orsk"})
    assert "Orsk" not in answer.text
    assert "known here" in answer.text
    answer = browser.post("/v1/kettle", headers=who, json={"litres": 1, "label": "Mira Orsk"})
    assert (answer.status_code, "Orsk" in answer.text) == (422, False)


def test_a_time_left_empty_reaches_no_handler(browser: Browser) -> None:
    assert browser.get("/when?as_of=2031-10-01&known_at=").text == "2031-10-01 None"


@pytest.mark.parametrize("body", ["", "{", '{"litres": 1} x', "[]", "null"])
def test_a_body_that_is_none_is_refused_in_our_words(browser: Browser, token: Tokens, body: str) -> None:
    who = token(Permission.LEDGER_READ)
    answer = browser.post("/v1/kettle", headers={**who, "content-type": "application/json"}, content=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")


def test_the_use_of_a_session_is_noted_after_the_answer(
    browser: Browser, node: Node, sign_in: SignIn, cookie: Cookie
) -> None:
    secret = sign_in(Role.ANALYST)
    node.clock.advance(timedelta(minutes=20))  # type: ignore[attr-defined]
    assert browser.get("/room", headers=cookie(secret)).status_code == 403
    node.clock.advance(timedelta(minutes=20))  # type: ignore[attr-defined]
    assert browser.get("/room", headers=cookie(secret)).status_code == 403, "idle for 20 minutes only"


def test_a_form_needs_the_mark_of_its_page(browser: Browser, sign_in: SignIn) -> None:
    browser.cookies.set(accounts.SESSION_COOKIE, sign_in(Role.ANALYST))
    assert browser.post("/room", data={}).status_code == 403
    page = browser.get("/keys").text
    mark = page.partition('name="_csrf_token" value="')[2].partition('"')[0]
    assert browser.post("/room", data={"_csrf_token": mark}).text == "taken"
    assert (
        browser.post("/room", data={"_csrf_token": mark[:-1] + ("1" if mark.endswith("0") else "0")}).status_code == 403
    )


def test_a_form_of_another_site_is_refused_even_with_a_mark(browser: Browser, sign_in: SignIn) -> None:
    browser.cookies.set(accounts.SESSION_COOKIE, sign_in(Role.ANALYST))
    mark = browser.get("/keys").text.partition('name="_csrf_token" value="')[2].partition('"')[0]
    answer = browser.post("/room", data={"_csrf_token": mark}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


def test_a_body_larger_than_the_limit_is_refused(browser: Browser, token: Tokens) -> None:
    who = token(Permission.LEDGER_READ)
    answer = browser.post("/v1/room", headers=who, content=b"x" * 1_000_001)
    assert answer.status_code in {201, 413}  # a handler that takes no body does not read it


def test_the_type_of_a_problem_is_an_address_that_explains_it(browser: Browser) -> None:
    problem = browser.get("/v1/room").json()
    page = browser.get(problem["type"])
    assert page.status_code == 200
    assert "This address needs a signed-in person, or a token." in page.text
    assert "405" in browser.get(browser.delete("/v1/room").json()["type"]).text
    assert "500" in browser.get("/problems/incident").text
    assert browser.get("/problems/made.up").status_code == 404


def test_a_method_that_an_address_does_not_know(browser: Browser, token: Tokens) -> None:
    answer = browser.delete("/v1/room", headers=token(Permission.LEDGER_READ))
    assert (answer.status_code, answer.json()["code"]) == (405, "request.method")
