"""Alerts in a real browser: decided by keys alone, confirmed by another person, and never shown to whoever may not know."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from comity.accounts import service as accounts
from comity.accounts.model import Opened, Preferences
from comity.accounts.model.roles import Role
from comity.alerts import service as alerts
from comity.alerts.model.asking import WhichAlerts
from comity.edge.app import create_app
from comity.infra.keys import Keys
from comity.infra.worker import Worker
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import Node
from comity.screening import service as screening
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
        whom = [customer(f"c-{name}", name, "Organization" if "Trading" in name else "Person") for name in names]
        reports = [found(work, node.screening, one) for one in whom]
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


def test_two_people_in_two_browsers_propose_give_back_and_agree(window: Window, office: Node) -> None:
    pia, rowan = window("Pia Hallward", Role.ANALYST), window("Rowan Quill", Role.COMPLIANCE_OFFICER)
    first(pia)
    alert = pia.url.partition("?")[0]
    rowan.goto(alert)
    for key in ("f", "1", "Enter"):
        pia.keyboard.press(key)
    pia.wait_for_url("**after=*")
    for key in ("f", "1", "Enter"):  # the page that Rowan still has open is older than what was decided
        rowan.keyboard.press(key)
    expect(rowan.locator("#errors")).to_contain_text("Somebody decided this meanwhile.")
    rowan.get_by_label("Or say why not").fill("The passport was not compared.")
    rowan.get_by_role("button", name="Give back").click()
    rowan.wait_for_url("**after=*")
    pia.goto(alert)
    expect(pia.locator(".note")).to_contain_text("Rowan Quill gave it back: “The passport was not compared.”")
    for key in ("f", "2", "Enter"):
        pia.keyboard.press(key)
    pia.wait_for_url("**after=*")
    rowan.goto(alert)
    rowan.keyboard.press("Enter")
    rowan.wait_for_url("**after=*")
    pia.goto(alert)
    expect(pia.locator("main .answer")).to_contain_text("False positive")
    expect(pia.locator("#decide")).to_contain_text("confirmed by Rowan Quill")
    with office.work(OPERATOR, Permission.ALERTS_READ, write=False) as work:
        assert alerts.tuning(work).false == 1


def test_an_alert_for_named_reviewers_alone_is_gone_for_a_third(window: Window) -> None:
    pia, rowan = window("Pia Hallward", Role.ANALYST), window("Rowan Quill", Role.COMPLIANCE_OFFICER)
    third = window("Tomas Ferr", Role.ANALYST)
    first(rowan)
    alert = rowan.url.partition("?")[0]
    third.goto("/alerts")
    before = third.locator("main .answer b").first.inner_text()
    rowan.get_by_text("For named reviewers alone").click()
    rowan.get_by_label("Who alone may know of it").fill("Pia Hallward\nRowan Quill")
    rowan.get_by_role("button", name="Change who may know").click()
    expect(rowan.get_by_text("For 2 named reviewers alone")).to_be_visible()
    for page, status in ((pia, 200), (third, 404)):
        answer = page.goto(alert)
        assert answer is not None
        assert answer.status == status
    third.goto("/alerts")
    expect(third.locator("main .answer b").first).to_have_text(str(int(before) - 1))
    expect(third.locator('.rail [href="/alerts"]')).to_contain_text(str(int(before) - 1))


def test_two_selected_alerts_are_compared_by_a_key(window: Window) -> None:
    page = window("Pia Hallward", Role.ANALYST)
    page.goto("/alerts")
    for key in ("j", "x", "j", "x", "c"):
        page.keyboard.press(key)
    page.wait_for_url("**/alerts/compare")
    expect(page.locator("main h1")).to_have_text("Two alerts side by side")
    assert page.locator("table.cmp thead a").count() == 2
    across = [one.bounding_box() for one in page.locator("table.cmp thead th:not(.rel)").all()[1:]]
    assert across[0] is not None
    assert across[1] is not None
    assert abs(across[0]["width"] - across[1]["width"]) <= 1, "what is compared stands in columns of one width"
    assert violations(page) == []


def test_an_answer_leads_to_its_alert(window: Window) -> None:
    page = window("Pia Hallward", Role.ANALYST)
    page.goto("/screen")
    page.get_by_label("Name or number").fill("Oleg Dresnov")
    page.get_by_role("button", name="Screen this name").click()
    page.wait_for_url("**/screen/answers/*")
    answer = page.url
    page.get_by_role("button", name="Open an alert").click()
    page.wait_for_url("**/alerts/a-*")
    alert = page.url
    page.goto(answer)
    expect(page.get_by_role("button", name="Open an alert")).to_have_count(0)
    page.get_by_role("link", name="Go to its alert").click()
    page.wait_for_url(alert)


def test_a_version_is_tried_before_it_is_released_and_names_what_it_loses(window: Window, office: Node) -> None:
    pia, rowan = window("Pia Hallward", Role.ANALYST), window("Rowan Quill", Role.COMPLIANCE_OFFICER)
    first(pia)
    alert = pia.url.partition("?")[0]
    for key in ("t", "1", "Enter"):
        pia.keyboard.press(key)
    pia.wait_for_url("**after=*")
    rowan.goto(alert)
    rowan.keyboard.press("Enter")
    rowan.wait_for_url("**after=*")
    with office.work(OPERATOR, Permission.SCREENING_TUNE) as work:
        wanted = msgspec.structs.replace(screening.profile(work, "customer"), threshold=1.0, thresholds={})
        screening.propose(work, wanted, "Fewer.")
    rowan.goto("/screen/profiles/customer/1")
    expect(rowan.get_by_role("button", name="Release this version")).to_be_disabled()
    rowan.get_by_role("button", name="Try this version").click()
    rowan.wait_for_url("**/screen/trials/*")
    worker = Worker(office.database, office.clock, office.handlers)
    while worker.step():
        pass
    rowan.reload()
    rowan.get_by_role("link", name="See what would change").click()
    rowan.wait_for_url("**/alerts/trials/*")
    expect(rowan.locator("main .answer")).to_contain_text("1 true match would be lost")
    assert rowan.locator("table[data-rows] a").first.get_attribute("href", timeout=1000).startswith("/alerts/a-")  # type: ignore[union-attr]
    assert violations(rowan) == []
    rowan.goto("/screen/profiles/customer/1")
    assert violations(rowan) == []
    expect(rowan.locator("#decide")).to_contain_text("1 true match lost")
    rowan.get_by_role("button", name="Release this version").click()
    expect(rowan.locator("main .answer")).to_contain_text("In force")


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
