"""Payments on hold in a real browser: decided by keys, agreed to by another person, and never shown to whoever may not know."""

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
from comity.edge.app import create_app
from comity.filtering import service as filtering
from comity.infra.keys import Keys
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import Node
from support.invented import SOURCES, load_document
from support.paying import LISTED
from support.serving import serve

pytestmark = pytest.mark.browser

PASSWORD = "three kettles sing at dawn"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MESSAGE = """{1:F01QUAMQMQMAXXX0000000000}{2:I103ZORLQZQZXXXXN}{4:
:20:QM103-1
:23B:CRED
:32A:311121EUR48500,
:50K:/1000200030
OLEG DRESNOV
12 HALCYON STREET
:52A:QUAMQMQM
:57A:ZORLQNQN
:59:/9988
ZEPHYRINE HOLDINGS
:70:BALANCE FOR MV SEA HERON BERTH 4
800 LUMEN NO IRAN NEXUS
:71A:SHA
-}
"""
TABLE = "message_id,amount,currency,debtor_name,creditor_name,remittance\nM-1,20.00,EUR,Rowan Quill,Fen Marlow,cigars from Havana\n"

Window = Callable[..., Page]


def axe_source() -> str:
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.origin is not None
    return next(Path(spec.origin).parent.rglob("axe.min.js")).read_text(encoding="utf-8")


AXE = axe_source()


@pytest.fixture
def bank(node: Node) -> Node:
    """A node with a list in force, and two payments on hold."""
    node.sources = SOURCES
    Keys.create(node.home / "keys")
    with node.work(OPERATOR, Permission.OPERATE) as work:
        load_document(work, node.desk, "2031-01-10", *LISTED)
        filtering.screen_message(work, node.filtering, MESSAGE.encode(), "message.fin")
        filtering.screen_message(work, node.filtering, TABLE.encode(), "table.csv")
    return node


@pytest.fixture(scope="module")
def chrome(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        yield browser
        browser.close()


@pytest.fixture
def window(bank: Node, chrome: Browser) -> Iterator[Window]:
    """Open a window of somebody with some roles; whatever a page complains of fails the test."""
    complaints: list[str] = []

    def open_(name: str, *roles: Role, width: int = 1440, **wishes: str) -> Page:
        with bank.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
            person = accounts.add_user(work, name, roles)
            accounts.set_password(work, person.id, PASSWORD)
            accounts.prefer(work, person.id, Preferences(**wishes))  # type: ignore[arg-type]
            opened = accounts.sign_in(work, name, PASSWORD, "192.0.2.1")
        assert isinstance(opened, Opened)
        context = chrome.new_context(base_url=address, viewport={"width": width, "height": 900})
        context.add_cookies([{"name": accounts.SESSION_COOKIE, "value": opened.secret, "url": address}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    with serve(create_app(bank)) as address:
        yield open_
    assert complaints == []


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    told = page.evaluate(f"axe.run(document, {{runOnly: {json.dumps(RULES)}}})")
    return [f"{one['id']}: {node['html'][:160]}" for one in told["violations"] for node in one["nodes"]]


def held(bank: Node) -> list[str]:
    with bank.work(OPERATOR, Permission.OPERATE, write=False) as work:
        return [one.id for one in sorted(filtering.held(work).payments, key=lambda one: one.version, reverse=True)]


def test_a_territory_is_released_by_keys_and_agreed_to_by_another(bank: Node, window: Window) -> None:
    _, cuba = held(bank)
    page = window("Ana Eyrie", Role.ANALYST)
    page.goto(f"/payments/{cuba}")
    page.keyboard.press("l")
    expect(page.get_by_label("Release")).to_be_checked()
    page.get_by_label("In your words").fill("Made in Zoria; invoice seen.")
    page.get_by_role("button", name="Record").click()
    expect(page.locator(".toast")).to_contain_text("a second person must agree")
    expect(page.get_by_text("You proposed this: another person agrees.").first).to_be_visible()
    other = window("Ben Tarn", Role.COMPLIANCE_OFFICER)
    other.goto(f"/payments/{cuba}")
    other.get_by_label("In your words").fill("Seen.")
    other.get_by_role("button", name="Agree").click()
    expect(other.locator(".answer")).to_contain_text("Released")


def test_what_is_found_is_marked_and_what_is_closed_says_why(bank: Node, window: Window) -> None:
    page = window("Ana Eyrie", Role.ANALYST)
    page.goto(f"/payments/{held(bank)[0]}")
    expect(page.locator("mark")).to_have_count(2)
    expect(page.locator("#decide")).to_contain_text("Rejecting sends money back that may have to be frozen.")
    expect(page.locator("#decide input[value=release]")).to_be_disabled()
    expect(page.locator("#main")).to_contain_text("the text denies a connection")
    expect(page.locator("pre.raw")).to_contain_text(":50K:/1000200030")


@pytest.mark.parametrize("width", [1440, 420])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit(bank: Node, window: Window, width: int, scheme: str) -> None:
    page = window("Ana Eyrie", Role.ANALYST, width=width, scheme=scheme)
    for path in ("/payments", f"/payments/{held(bank)[0]}", f"/payments/{held(bank)[1]}", "/payments/earlier"):
        page.goto(path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path


def test_whoever_may_not_see_payments_is_not_told_that_any_is_held(bank: Node, window: Window) -> None:
    page = window("Cleo Moss", Role.OPERATOR)
    page.goto("/")
    expect(page.get_by_role("link", name="Payments on hold")).to_have_count(0)
    there, absent = (page.goto(f"/payments/{id_}") for id_ in (held(bank)[0], "p-0000000000000001"))
    assert there is not None
    assert absent is not None
    assert (there.status, absent.status) == (404, 404)
