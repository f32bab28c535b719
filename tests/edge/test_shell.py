"""What stands round a page: the shell by reader, by time, and the part of a page that htmx asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import anyio
import jinja2
import pytest
from litestar import Litestar
from litestar.exceptions import HTTPException
from litestar.testing import TestClient

from comity.accounts.model import Preferences
from comity.accounts.model.roles import Role
from comity.edge import security
from comity.edge.security import Door

Browser = TestClient[Litestar]
SignIn = Callable[..., str]
Cookie = Callable[[str], dict[str, str]]


@pytest.fixture
def page(browser: Browser, sign_in: SignIn, cookie: Cookie) -> Callable[..., str]:
    """Read the first page as somebody with these roles and preferences."""

    def read(*roles: Role, path: str = "/", preferences: Preferences | None = None, **headers: str) -> str:
        who = cookie(sign_in(*roles, preferences=preferences))
        return browser.get(path, headers={**who, **headers}).text

    return read


def test_a_page_says_whose_node_it_is_and_who_reads_it(page: Callable[..., str]) -> None:
    found = page(Role.AUDITOR)
    assert "Sanctions Office of Quamaria" in found
    assert "<bdi>Pia Hallward</bdi>" in found
    assert "Auditor" in found


def test_the_rail_shows_what_the_person_may_enter(page: Callable[..., str]) -> None:
    assert 'href="/administration"' in page(Role.ADMINISTRATOR)


def test_the_rail_hides_what_the_person_may_not(page: Callable[..., str]) -> None:
    assert 'href="/administration"' not in page(Role.ANALYST)


def test_preferences_shape_the_page(page: Callable[..., str]) -> None:
    found = page(
        Role.ANALYST,
        preferences=Preferences(language="ar", scheme="dark", density="compact", single_keys=False),
    )
    html = found.partition("<html")[2].partition(">")[0]
    for attribute in ('lang="ar"', 'dir="rtl"', 'data-density="compact"', 'data-scheme="dark"'):
        assert attribute in html
    assert 'data-keys="off"' in found
    assert "قائمة العمل" in found


def test_a_browser_says_the_language_of_who_has_chosen_none(browser: Browser) -> None:
    assert '<html lang="fr"' in browser.get("/nowhere", headers={"accept-language": "fr-CH, en;q=0.5"}).text


def test_the_past_is_announced_and_carried_along(page: Callable[..., str]) -> None:
    found = page(Role.ADMINISTRATOR, path="/?as_of=2031-10-01&known_at=2031-10-03T09:00")
    assert 'class="bar past"' in found
    assert 'href="/administration?as_of=2031-10-01&amp;known_at=2031-10-03T09%3A00Z"' in found


def test_a_time_that_is_none_is_refused_on_a_page_of_now(browser: Browser, sign_in: SignIn, cookie: Cookie) -> None:
    answer = browser.get("/?as_of=yesterday", headers=cookie(sign_in(Role.ANALYST)))
    assert answer.status_code == 422
    assert "request.invalid" in answer.text
    assert 'class="bar"' in answer.text


def test_a_part_of_a_page_is_its_main_part_alone(page: Callable[..., str]) -> None:
    part = page(Role.ANALYST, **{"hx-request": "true", "hx-request-type": "partial"})
    assert part.lstrip().startswith("<title>")
    assert "<h1>" in part
    assert "<html" not in part
    assert "rail" not in part


def test_a_new_node_says_what_to_do_first(page: Callable[..., str]) -> None:
    found = page(Role.SANCTIONS_OFFICER)
    assert "This node holds no list yet." in found
    assert "Load the first list" in found


def test_who_cannot_do_it_is_told_who_can(page: Callable[..., str]) -> None:
    found = page(Role.ANALYST)
    assert "Load the first list" not in found
    assert "can load them" in found


def test_no_page_of_the_shell_needs_what_the_policy_forbids(page: Callable[..., str]) -> None:
    found = page(Role.ADMINISTRATOR)
    assert re.findall(r"<[^>]*\s(style|on\w+|hx-on[\w:-]*)=", found) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)", found) == []
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//', found) == []


def test_the_search_box_sends_names_in_the_body(page: Callable[..., str]) -> None:
    assert 'role="search" method="post"' in page(Role.ANALYST)


def test_an_error_page_lets_one_sign_out(browser: Browser, sign_in: SignIn, cookie: Cookie) -> None:
    found = browser.get("/nowhere", headers=cookie(sign_in(Role.ANALYST))).text
    assert re.search(r'action="/sign-out"><input type="hidden" name="_csrf_token" value="\w{40,}"', found)


def test_a_template_that_names_nothing_fails_loudly(application: Litestar) -> None:
    engine = application.template_engine
    assert engine is not None
    environment: jinja2.Environment = engine.engine  # type: ignore[attr-defined]
    with pytest.raises(jinja2.UndefinedError):
        environment.from_string("{{ nothing }}").render()


def test_every_value_is_escaped(application: Litestar) -> None:
    engine = application.template_engine
    assert engine is not None
    environment: jinja2.Environment = engine.engine  # type: ignore[attr-defined]
    source = '{% import "ui/text.html" as text %}{{ text.verdict("match", word) }}{{ _("for %(owner)s", owner=word) }}'
    assert "<b>" not in environment.from_string(source).render(word="<b>")


def test_a_body_that_never_comes_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(security, "BODY_S_MAX", 0.01)

    async def reads_its_body(_scope: Any, receive: Any, _send: Any) -> None:
        await receive()

    async def silence() -> Any:
        await anyio.sleep_forever()

    scope: Any = {"type": "http", "method": "GET", "headers": [], "query_string": b""}
    with pytest.raises(HTTPException) as refused:
        anyio.run(Door(reads_its_body), scope, silence, silence)
    assert refused.value.status_code == 408
