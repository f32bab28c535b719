"""Alerts in a real browser: decided by keys alone, confirmed by another person, and never shown to whoever may not know."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from comity.accounts import service as accounts
from comity.accounts.model import Opened, Preferences
from comity.accounts.model.roles import Role
from comity.alerts import service as alerts
from comity.alerts.model.asking import WhichAlerts
from comity.edge.app import create_app
from comity.infra.keys import Keys
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import Node
from support.alerting import customer, found
from support.invented import DRESNOV, EVERYBODY, SOURCES, but, load_document
from support.serving import serve

pytestmark = pytest.mark.browser

PASSWORD = "three kettles sing at dawn"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OBVIOUS_MS = 10_000
"""How long an obvious false positive may take, from its page to the next."""
NAMES = ("Oleg Dresnov", "Ilse Vosk", "Ilsé Vösk", "Nordhavn Trading")

Window = Callable[..., Page]


def axe_source() -> str:
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.origin is not None
    return next(Path(spec.origin).parent.rglob("axe.min.js")).read_text(encoding="utf-8")


AXE = axe_source()


@pytest.fixture
def office(node: Node) -> Node:
    """A node with a list in force, and an alert on each of some customers."""
    node.sources = SOURCES
    Keys.create(node.home / "keys")
    with node.work(OPERATOR, Permission.OPERATE) as work:
        load_document(work, node.desk, "2031-01-10", *EVERYBODY)
    report(node, *NAMES)
    return node


def report(node: Node, *names: str) -> None:
    """Screen customers of these names, and report what was found."""
    with node.work(OPERATOR, Permission.OPERATE) as work:
        reports = [found(work, node.screening, customer(f"c-{name}", name)) for name in names]
        alerts.report(work, node.office, reports)


@pytest.fixture(scope="module")
def chrome(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        yield browser
        browser.close()


@pytest.fixture
def window(office: Node, chrome: Browser) -> Iterator[Window]:
    """Open a window of somebody with some roles; whatever a page complains of fails the test."""
    complaints: list[str] = []

    def open_(name: str, *roles: Role, width: int = 1440, **wishes: str) -> Page:
        with office.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
            person = accounts.add_user(work, name, roles)
            accounts.set_password(work, person.id, PASSWORD)
            accounts.prefer(work, person.id, Preferences(**wishes))  # type: ignore[arg-type]
            opened = accounts.sign_in(work, name, PASSWORD, "192.0.2.1")
        assert isinstance(opened, Opened)
        context = chrome.new_context(
            base_url=address, viewport={"width": width, "height": 900}, reduced_motion="reduce"
        )
        context.add_cookies([{"name": accounts.SESSION_COOKIE, "value": opened.secret, "url": address}])
        page = context.new_page()
        page.set_default_timeout(OBVIOUS_MS)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    with serve(create_app(office)) as address:
        yield open_
    assert complaints == []


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    told = page.evaluate(f"axe.run(document, {{runOnly: {json.dumps(RULES)}}})")
    return [f"{one['id']}: {node['html'][:160]}" for one in told["violations"] for node in one["nodes"]]


def first(page: Page) -> None:
    """Go to the first alert of the queue by keys alone."""
    page.goto("/alerts")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/alerts/a-*")


def test_an_obvious_false_positive_takes_three_keys(window: Window, office: Node) -> None:
    page = window("Pia Hallward", Role.ANALYST)
    first(page)
    here = page.url
    for key in ("f", "1", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url(lambda url: "after=" in url and url.partition("?")[0] != here, timeout=OBVIOUS_MS)
    expect(page.locator(".toast")).to_contain_text("Recorded")
    expect(page.locator("main h1")).to_be_focused()
    with office.work(OPERATOR, Permission.ALERTS_READ, write=False) as work:
        assert alerts.queue(work, WhichAlerts(needs="decision")).total == len(NAMES) - 1
    page.keyboard.press("z")
    page.wait_for_url(f"{here}*")
    expect(page.locator(".toast")).to_contain_text("taken back")


def test_only_the_reasons_of_what_was_chosen_are_shown_and_ticked(window: Window) -> None:
    page = window("Pia Hallward", Role.ANALYST)
    first(page)
    expect(page.locator("fieldset[data-for]:visible")).to_have_count(0)
    page.keyboard.press("t")
    expect(page.locator("fieldset[data-for]:visible")).to_have_count(1)
    page.keyboard.press("1")
    assert (page.locator("[name=reasons]:checked").get_attribute("value") or "").startswith("true_match:")


def test_a_true_match_shows_measure_bound_and_exceptions_and_is_confirmed_by_another(
    window: Window, office: Node
) -> None:
    pia = window("Pia Hallward", Role.ANALYST)
    first(pia)
    alert = pia.url.partition("?")[0]
    expect(pia.locator("#consequences")).to_contain_text("Order 1, art. 2")
    expect(pia.locator("#consequences")).to_contain_text("all in Quamaria")
    for key in ("t", "1", "Enter"):
        pia.keyboard.press(key)
    pia.wait_for_url("**after=*")
    pia.goto(alert)
    expect(pia.get_by_role("button", name="Confirm, go on")).to_be_disabled()
    rowan = window("Rowan Quill", Role.COMPLIANCE_OFFICER)
    rowan.goto("/alerts?needs=second")
    rowan.locator("td a.name").first.click()
    rowan.wait_for_url("**/alerts/a-*")
    rowan.keyboard.press("Enter")
    rowan.wait_for_url("**after=*")
    rowan.goto(alert)
    expect(rowan.locator("main .answer")).to_contain_text("True match")
    with office.work(OPERATOR, Permission.ALERTS_READ, write=False) as work:
        assert alerts.tuning(work).true == 1


def test_what_is_new_since_the_last_decision_is_marked_and_nothing_else(window: Window, office: Node) -> None:
    pia = window("Pia Hallward", Role.ANALYST)
    with office.work(OPERATOR, Permission.ALERTS_READ, write=False) as work:
        row = next(row for row in alerts.every(work, WhichAlerts()) if row.alert.subject.caption == "Oleg Dresnov")
    pia.goto(f"/alerts/{row.alert.id}")
    for key in ("f", "1", "Enter"):
        pia.keyboard.press(key)
    pia.wait_for_url("**after=*")
    with office.work(OPERATOR, Permission.OPERATE) as work:
        rest = [one for one in EVERYBODY if one is not DRESNOV]
        load_document(work, office.desk, "2031-02-10", but(DRESNOV, born="1971-03-15", remark="Retired."), *rest)
    report(office, "Oleg Dresnov")
    pia.goto(f"/alerts/{row.alert.id}")
    expect(pia.locator(".note")).to_contain_text("You have seen this pair before.")
    expect(pia.locator(".cmp .v.possible")).to_have_text(["new"])
    expect(pia.locator(".cmp tr", has=pia.locator(".v.possible"))).to_contain_text("15 Mar 1971")


def test_several_are_decided_together_after_they_were_seen(window: Window, office: Node) -> None:
    page = window("Pia Hallward", Role.ANALYST)
    page.goto("/alerts")
    for row in page.locator("tr", has_text="Vosk").or_(page.locator("tr", has_text="Vösk")).all():
        row.locator("input[type=checkbox]").check()
    page.get_by_role("button", name="Decide together").click()
    expect(page.locator("main h1")).to_have_text("Decide together")
    if page.locator("fieldset#reason").count():
        page.locator("fieldset#reason input").first.check()
        page.get_by_role("button", name="Propose").click()
        page.wait_for_url("**/alerts")
        with office.work(OPERATOR, Permission.ALERTS_READ, write=False) as work:
            assert alerts.queue(work, WhichAlerts(needs="second")).total == 2


def test_whoever_may_not_know_finds_nothing_there(window: Window, office: Node) -> None:
    with office.work(OPERATOR, Permission.ALERTS_READ, write=False) as work:
        there = alerts.queue(work, WhichAlerts()).rows[0].alert.id
    page = window("Mira Orsk", Role.SANCTIONS_OFFICER, Role.OPERATOR)
    said = []
    for path in (f"/alerts/{there}", "/alerts/a-000000000000", "/alerts", "/nowhere"):
        answer = page.goto(path)
        assert answer is not None
        said.append((answer.status, page.locator("main").inner_text()))
    assert len(set(said)) == 1
    assert page.locator(".rail", has_text="Alerts").count() == 0


@pytest.mark.parametrize(
    ("width", "language", "scheme"), [(1440, "en", "light"), (420, "en", "dark"), (1440, "ar", "dark")]
)
def test_no_page_of_alerts_shuts_anybody_out(window: Window, width: int, language: str, scheme: str) -> None:
    page = window("Rowan Quill", Role.COMPLIANCE_OFFICER, width=width, language=language, scheme=scheme)
    page.goto("/alerts")
    alert = page.locator("td a.name").first.get_attribute("href") or ""
    wrong = {}
    for path in ("/alerts", alert, "/alerts/good-guys", "/alerts/statistics", "/alerts/tuning?threshold=0.5"):
        page.goto(path)
        wrong[path] = violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert {path: found_ for path, found_ in wrong.items() if found_} == {}
