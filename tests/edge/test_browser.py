"""The console in a real browser: accessible, obedient to its own policy, and usable by keys alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from comity.accounts import service as accounts
from comity.accounts.model import Preferences
from comity.accounts.model.roles import Role
from comity.edge.app import create_app
from comity.edge.auth import is_program
from comity.edge.places import Count
from comity.edge.refusals import MACHINES
from comity.edge.shell import Around, Ground, ListGround, Offers
from comity.edge.work_queue import HomeItem, News
from comity.node import Node

pytestmark = pytest.mark.browser

NOW = datetime(2031, 11, 21, 12, tzinfo=UTC)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PASSWORD = "three kettles sing at dawn"
WAYS = [(language, scheme) for language in ("en", "fr", "ar") for scheme in ("light", "dark")]

SignIn = Callable[..., str]


def axe_source() -> str:
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.origin is not None
    return next(Path(spec.origin).parent.rglob("axe.min.js")).read_text(encoding="utf-8")


AXE = axe_source()
OFFERS = Offers(
    around=lambda _work, _held: Around(
        ground=Ground(
            lists=(
                ListGround(label="WA", titles=("World Assembly Consolidated",), published_on=date(2031, 11, 18)),
                ListGround(label="QM", titles=("Meridia", "Meridia, vessels"), published_on=date(2030, 11, 20)),
            ),
            quarantined=(ListGround(label="QO", titles=("Ostravia",), published_on=date(2031, 11, 21)),),
            ledger_size=184_220,
        ),
        counts={"home": Count(2, is_late=True), "administration": Count(14)},
    ),
    items=(
        lambda _work, _held: (
            HomeItem(
                title="Release or reject the edition",
                path="/keys",
                about="Ostravia",
                due_at=NOW - timedelta(hours=2),
                label="clear",
            ),
            HomeItem(
                title="Are these one person?", path="/preferences", about="M. Orsk · ميرا أورسك", label="amber-strict"
            ),
        ),
    ),
    news=(
        lambda _work, _held: (
            News(verdict="possible", word="Quarantined", title="QO", path="/keys", text="Nobody was delisted.", at=NOW),
        ),
    ),
)


@pytest.fixture
def application(node: Node) -> Litestar:
    """The application with something on every part of its shell."""
    return create_app(node, OFFERS)


@pytest.fixture(scope="module")
def chrome(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        yield browser
        browser.close()


@pytest.fixture
def page_of(chrome: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open a browser of its own, with a session or without, and fail on anything that it complains about."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_(secret: str = "", **options: object) -> Page:
        context = chrome.new_context(base_url=address, viewport={"width": 1440, "height": 900}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        if secret:
            context.add_cookies([{"name": accounts.SESSION_COOKIE, "value": secret, "url": address}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [one for one in complaints if "status of 404" not in one and "status of 403" not in one] == []


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate(f"axe.run(document, {{runOnly: {json.dumps(RULES)}}})")
    return [f"{one['id']}: {node['html'][:160]}" for one in found["violations"] for node in one["nodes"]]


@pytest.mark.parametrize(("language", "scheme"), WAYS)
def test_no_page_of_the_shell_shuts_anybody_out(
    page_of: Callable[..., Page], sign_in: SignIn, language: str, scheme: str
) -> None:
    page = page_of(sign_in(*Role, preferences=Preferences(language=language, scheme=scheme)))  # type: ignore[arg-type]
    for path in ("/", "/keys", "/nowhere", "/?as_of=2031-10-01&known_at=2031-10-03T09:00Z"):
        page.goto(path)
        assert violations(page) == [], path
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    assert violations(page) == [], "keys"


def plain_pages(application: Litestar) -> list[str]:
    """Return every page that has an address of its own, whoever made it."""
    return sorted(
        route.path
        for route in application.routes
        if isinstance(route, HTTPRoute) and "GET" in route.route_handler_map and "{" not in route.path
        if not is_program(route.path) and route.path not in MACHINES and not route.path.startswith("/ledger/")
        if not route.path.endswith("/export")  # a file, not a page
    )


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ar", "dark")])
def test_no_page_of_any_feature_shuts_anybody_out(
    page_of: Callable[..., Page], sign_in: SignIn, application: Litestar, language: str, scheme: str
) -> None:
    page = page_of(sign_in(*Role, preferences=Preferences(language=language, scheme=scheme)))  # type: ignore[arg-type]
    found = {path: violations(page) for path in plain_pages(application) if page.goto(path)}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert {"/", "/lists", "/search", "/review", "/administration"} <= found.keys()


@pytest.mark.parametrize(("language", "scheme"), WAYS)
def test_the_door_shuts_nobody_out(page_of: Callable[..., Page], language: str, scheme: str) -> None:
    page = page_of(locale=language, color_scheme=scheme)
    page.goto("/sign-in")
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert violations(page) == []


def test_a_narrow_screen_keeps_everything_and_scrolls_one_way(page_of: Callable[..., Page], sign_in: SignIn) -> None:
    page = page_of(sign_in(*Role))
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_text("Menu").click()
    expect(page.get_by_role("link", name="Administration").last).to_be_visible()
    assert violations(page) == []


def test_a_person_signs_in_and_out_without_scripts(page_of: Callable[..., Page], sign_in: SignIn) -> None:
    sign_in(Role.ANALYST, name="Rowan Quill")
    page = page_of(java_script_enabled=False)
    page.goto("/keys")
    assert page.url.endswith("/sign-in?next=/keys")
    page.fill("[name=name]", "Rowan Quill")
    page.fill("[name=password]", PASSWORD)
    page.locator("main button").click()
    assert page.url.endswith("/keys")
    page.locator(".rail button", has_text="Sign out").click()
    assert page.url.endswith("/sign-in")


def test_keys_find_their_way(page_of: Callable[..., Page], sign_in: SignIn) -> None:
    page = page_of(sign_in(*Role))
    page.goto("/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("tr.on a")).to_have_text("Are these one person?")
    page.keyboard.press("k")
    expect(page.locator("tr.on a")).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator("tr.on")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/keys")
    page.keyboard.press("g")
    page.keyboard.press("q")
    page.wait_for_url("**/")


def test_search_takes_the_focus_and_escape_leaves_it(page_of: Callable[..., Page], sign_in: SignIn) -> None:
    page = page_of(sign_in(*Role))
    page.goto("/")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("j?g")
    assert page.locator("#q").input_value() == "j?g"
    page.keyboard.press("Escape")
    expect(page.locator("#q")).not_to_be_focused()


def test_whoever_switched_single_keys_off_is_left_in_peace(page_of: Callable[..., Page], sign_in: SignIn) -> None:
    page = page_of(sign_in(*Role, preferences=Preferences(single_keys=False)))
    page.goto("/")
    page.keyboard.press("j")
    assert page.locator("tr.on").count() == 0
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog#keys")).not_to_be_visible()


def test_the_past_is_entered_by_a_form_and_carried_by_every_link(page_of: Callable[..., Page], sign_in: SignIn) -> None:
    page = page_of(sign_in(*Role))
    page.goto("/")
    page.locator(".times > summary").click()
    page.fill("#as_of", "2031-10-01")
    page.get_by_role("button", name="Read as of then").click()
    page.wait_for_url("**/?as_of=2031-10-01*")
    expect(page.locator(".bar.past")).to_contain_text("In law 1 Oct 2031 · known now")
    assert "as_of=2031-10-01" in (page.locator(".rail li a").last.get_attribute("href") or "")
    page.get_by_role("link", name="Back to now").click()
    assert "as_of" not in page.url


def test_what_a_name_says_cannot_run(page_of: Callable[..., Page], sign_in: SignIn) -> None:
    page = page_of(sign_in(Role.ANALYST, name="<b onclick=alert(1)>Mira</b>"))
    page.goto("/")
    expect(page.locator(".rail .who b").first).to_have_text("<b onclick=alert(1)>Mira</b>")
