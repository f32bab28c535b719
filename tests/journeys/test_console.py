"""The console's pages in a real browser, over the bundled fictional lists: what an officer, an analyst and an auditor do in a day.

One node, one server and one browser serve all of these tests; each test that changes something changes something of its own.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page, expect, sync_playwright

from comity.accounts import service as accounts
from comity.accounts.model import Opened, Preferences
from comity.accounts.model.roles import Role
from comity.accounts.service import proof
from comity.edge import populating
from comity.edge.app import create_app
from comity.infra import ledger, settings
from comity.infra.keys import Keys
from comity.infra.worker import Worker
from comity.kit.clock import FakeClock
from comity.lists import service as lists
from comity.lists.model import Status
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import Node, open_node
from comity.register import service as register
from comity.register.model.answers import Search
from support.serving import serve

pytestmark = pytest.mark.browser

NOW = datetime(2024, 11, 22, 12, tzinfo=UTC)
HEIGHT = 900
PASSWORD = "three kettles sing at dawn"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
REFUSED = re.compile("status of (401|403|404|409|422)")
MANY = "Nadhuf al-Dhulmari"
"""Somebody whom all four regimes list."""


def axe_source() -> str:
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.origin is not None
    return next(Path(spec.origin).parent.rglob("axe.min.js")).read_text(encoding="utf-8")


AXE = axe_source()


@dataclass
class Console:
    """The one node of these tests, where it answers, and what its pages complained about."""

    node: Node
    browser: Browser
    address: str
    complaints: list[str] = field(default_factory=list)

    def session(self, name: str, *roles: Role, **wishes: str) -> str:
        """Add a person, and return the secret of a session of theirs."""
        with self.node.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
            person = accounts.add_user(work, name, roles)
            accounts.set_password(work, person.id, PASSWORD)
            accounts.prefer(work, person.id, Preferences(**wishes))  # type: ignore[arg-type]
            opened = accounts.sign_in(work, name, PASSWORD, "192.0.2.1")
        assert isinstance(opened, Opened)
        return opened.secret

    def page(self, secret: str = "", width: int = 1440, **options: object) -> Page:
        """Open a window of its own, signed in or not."""
        context = self.browser.new_context(
            base_url=self.address, viewport={"width": width, "height": HEIGHT}, reduced_motion="reduce", **options
        )  # type: ignore[arg-type]
        if secret:
            context.add_cookies([{"name": accounts.SESSION_COOKIE, "value": secret, "url": self.address}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self._note(said.type, said.text))
        return page

    def entity(self, name: str) -> str:
        """Return the id of the best answer to a name."""
        with self.node.work(OPERATOR, Permission.REGISTER_READ, write=False) as work:
            return register.search(work, self.node.desk, Search(text=name)).results[0].id

    def edition(self, status: Status) -> str:
        """Return the id of an edition that stands so."""
        with self.node.work(OPERATOR, Permission.LISTS_READ, write=False) as work:
            return lists.editions(work, statuses=[status])[-1].id

    def pair(self, place: int) -> str:
        """Return the address of a pair that waits."""
        with self.node.work(OPERATOR, Permission.REGISTER_READ, write=False) as work:
            (pair,), _ = register.candidates(work, 1, place)
        return f"/review/{pair.left}/{pair.right}?place={place}"

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not REFUSED.search(text):
            self.complaints.append(text)


@pytest.fixture(scope="module")
def populated(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> Iterator[Node]:
    """A node that holds every bundled edition, one of them in quarantine."""
    home = tmp_path_factory.mktemp("console") / "node"
    office = settings.NodeSettings(name="Sanctions Office of Meridia", country="QM", kind="sanctions_office")
    settings.write(home, office)
    Keys.create(home / "keys")
    node = open_node(home, FakeClock(NOW))
    shutil.copyfile(empty_file, home / "node.sqlite3")
    for file in sorted(populating.editions(), key=lambda one: one.name):
        list_id = f"{populating.EXERCISE}:{file.name[:2]}"
        with file.open("rb") as stream:
            staged = list(lists.stage(node.desk, list_id, [lists.Received(file.name, stream)]))
        for one in staged:
            read = lists.read(node.desk, one)
            with node.work(OPERATOR, Permission.LISTS_UPDATE) as work:
                lists.take(work, node.desk, read)
    node.publish()
    yield node
    node.close()


@pytest.fixture(scope="module")
def console(populated: Node, chromium: str) -> Iterator[Console]:
    """The console of that node, and a browser before it."""
    kept, swift = proof._hasher, PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    proof._hasher = swift  # type: ignore[misc]
    with serve(create_app(populated)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        yield Console(populated, browser, address)
        browser.close()
    proof._hasher = kept  # type: ignore[misc]


@pytest.fixture(autouse=True)
def nothing_complains(console: Console) -> Iterator[None]:
    """Every test fails on anything that a page's console says."""
    console.complaints.clear()
    yield
    assert console.complaints == []


@pytest.fixture(scope="module")
def secret_of_officer(console: Console) -> str:
    """A session of a sanctions officer who may also read the ledger."""
    return console.session("Pia Hallward", Role.SANCTIONS_OFFICER, Role.AUDITOR, scheme="light")


@pytest.fixture
def officer(console: Console, secret_of_officer: str) -> Iterator[Page]:
    """That officer's window."""
    page = console.page(secret_of_officer)
    yield page
    page.context.close()


def violations(page: Page, rules: Sequence[str] = RULES) -> list[str]:
    """Return what axe finds on a page that is seen whole: the ground line covers part of what one scrolls past."""
    window = page.viewport_size
    assert window is not None
    whole: int = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": window["width"], "height": max(whole, HEIGHT)})
    found = page.evaluate(
        f"axe.run(document, {{runOnly: {json.dumps(rules)}, resultTypes: ['violations'], preload: false}})"
    )
    page.set_viewport_size({"width": window["width"], "height": HEIGHT})
    return [f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]]


def in_both_schemes(page: Page) -> list[str]:
    """Return what axe finds in light, and what is too pale in dark: nothing else of a page depends on its colours."""
    page.evaluate(AXE)
    page.emulate_media(color_scheme="light")
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    return [*found, *violations(page, ["color-contrast"])]


def is_wider_than_its_window(page: Page) -> bool:
    wide: bool = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wide


def look_for(page: Page, text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("fr", 420), ("ar", 1440)])
def test_no_page_shuts_anybody_out(console: Console, language: str, width: int) -> None:
    page = console.page(console.session(f"Reader of {language}", *Role, language=language), width)
    entity, waits, stands = console.entity(MANY), console.edition(Status.QUARANTINED), console.edition(Status.ACCEPTED)
    whole = f"/entities/{entity}"
    paths = (
        "/", "/search", "/search?schema=Vessel&state=listed", whole, f"{whole}?as_of=2023-07-01", f"{whole}/changes",
        f"{whole}/statements?property=name&property=measure", f"{whole}/records", f"{whole}/joins", f"{whole}/acts", "/lists",
        "/lists/exercise:qo", f"/editions/{waits}", f"/editions/{stands}?op=removed", "/review?source=exercise:wa&offset=50",
        console.pair(0), "/ledger?kind=accounts.user_added", "/ledger/entries/3",
    )  # fmt: skip
    for path in paths:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        assert in_both_schemes(page) == [], path
        assert not is_wider_than_its_window(page), path
    look_for(page, "oleg dresnov")
    assert in_both_schemes(page) == [], "answers to a name"


def test_a_person_signs_in_searches_and_opens_an_entity_by_keys_alone(console: Console) -> None:
    console.session("Rowan Quill", Role.ANALYST)
    page = console.page()
    page.goto("/search")
    page.focus("[name=name]")
    page.keyboard.type("Rowan Quill")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{console.address}/search")
    look_for(page, "oleg dresnov")
    page.keyboard.press("j")
    expect(page.locator("tr.on a.name")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/entities/*")
    expect(page.locator(".head .answer")).to_contain_text("Listed by")


def test_a_filter_stands_in_the_address_and_a_name_never_does(officer: Page) -> None:
    officer.goto("/search?schema=Vessel")
    before = officer.locator("#answer tbody tr").count()
    officer.get_by_label("World Assembly").check()
    officer.wait_for_url("**/search?source=exercise*schema=Vessel*")
    expect(officer.locator(".chip")).to_have_count(2)
    assert 0 < officer.locator("#answer tbody tr").count() < before
    officer.locator(".chip", has_text="World Assembly").click()
    expect(officer.locator("#answer tbody tr")).to_have_count(before)
    look_for(officer, "dresnov")
    officer.get_by_label("Person", exact=False).first.check()
    expect(officer.locator(".chip")).to_have_text(re.compile("Person"))
    assert "dresnov" not in officer.url
    assert "dresnov" in (officer.locator("#q").input_value())


def test_history_is_read_and_nothing_can_be_decided_in_it(console: Console, officer: Page) -> None:
    entity = console.entity(MANY)
    officer.goto(f"/entities/{entity}")
    expect(officer.locator(".head .answer")).to_contain_text("Listed by 4 of 4 regimes today")
    officer.locator(".times > summary").click()
    officer.fill("#as_of", "2022-01-15")
    officer.get_by_role("button", name="Read as of then").click()
    expect(officer.locator(".bar.past")).to_contain_text("In law 15 Jan 2022")
    expect(officer.locator(".head .answer")).not_to_contain_text("today")
    officer.get_by_role("link", name="Dated acts").click()
    expect(officer.get_by_role("button", name="Enter act")).to_be_disabled()
    expect(officer.locator("form.panel")).to_contain_text("nothing can be decided here")
    officer.get_by_role("link", name="Back to now").click()
    expect(officer.get_by_role("button", name="Enter act")).to_be_enabled()


def test_an_act_is_refused_with_its_reason_then_entered_and_withdrawn(console: Console, officer: Page) -> None:
    officer.goto(f"/entities/{console.entity('Zorina Kest')}/acts")
    officer.fill("#on", "2024-11-20")
    officer.fill("#citation", "Decree 3009, art. 1")
    officer.get_by_role("button", name="Enter act").click()
    expect(officer.locator("#errors")).to_be_focused()
    expect(officer.locator("#on-e")).to_contain_text("an accepted edition says otherwise")
    assert officer.input_value("#citation") == "Decree 3009, art. 1"
    officer.fill("#on", "2024-11-22")
    officer.get_by_role("button", name="Enter act").click()
    expect(officer.locator("table")).to_contain_text("Decree 3009, art. 1")
    officer.get_by_text("Withdraw act").first.click()
    officer.get_by_label("Why the entry was wrong").fill("It concerns a namesake.")
    officer.get_by_role("button", name="Withdraw act").click()
    expect(officer.locator("table")).to_contain_text("It concerns a namesake.")


def test_a_pair_is_decided_and_taken_back_by_keys(console: Console, officer: Page) -> None:
    pair = console.pair(2)
    officer.goto(pair)
    decided = officer.locator("h1").inner_text()
    officer.keyboard.press("Enter")
    assert officer.url.endswith(pair), "Enter records nothing before something is chosen"
    officer.locator("h1").click()
    officer.keyboard.press("d")
    officer.keyboard.press("5")
    expect(officer.get_by_role("radio", name="Different")).to_be_checked()
    expect(officer.get_by_label("a relative or a namesake")).to_be_checked()
    officer.locator("h1").click()
    officer.keyboard.press("Enter")
    officer.wait_for_url("**&after=j-*")
    expect(officer.locator("h1")).to_be_focused()
    assert officer.locator("h1").inner_text() != decided
    expect(officer.get_by_role("status").first).to_contain_text("Recorded: they are different.")
    officer.keyboard.press("z")
    officer.wait_for_url("**?after=j-*")
    expect(officer.locator("h1")).to_have_text(decided)
    expect(officer.get_by_role("status").first).to_contain_text("The judgement was taken back")


def test_a_decision_without_a_reason_comes_back(console: Console, officer: Page) -> None:
    officer.goto(console.pair(3))
    officer.get_by_role("radio", name="The same").check()
    officer.get_by_role("button", name="Record").click()
    expect(officer.locator("#note-e")).to_contain_text("Say why")
    expect(officer.get_by_role("radio", name="The same")).to_be_checked()


def test_an_edition_is_compared_and_released_beside_what_it_would_change(console: Console, officer: Page) -> None:
    officer.goto("/lists")
    officer.get_by_role("link", name="See what it would change, and decide").click()
    expect(officer.locator(".note.possible")).to_contain_text("nobody was delisted")
    officer.get_by_role("checkbox", name="Removed").check()
    officer.wait_for_url("**op=removed*")
    expect(officer.locator("#answer tbody tr")).to_have_count(11)
    with officer.expect_download() as download:
        officer.get_by_role("link", name="FtM delta").click()
    operations = [json.loads(line) for line in download.value.path().read_text(encoding="utf-8").splitlines()]
    assert {one["op"] for one in operations} == {"MOD", "DEL"}
    officer.get_by_label("Why", exact=True).fill("Schedule 4 was repealed; the State Council confirms it.")
    officer.get_by_role("button", name="Release into force").click()
    expect(officer.locator(".head .answer")).to_contain_text("in force")
    expect(officer.locator(".grounds").first).to_contain_text("Schedule 4 was repealed")
    with console.node.work(OPERATOR, Permission.LISTS_READ, write=False) as work:
        assert lists.editions(work, statuses=[Status.QUARANTINED]) == []


def test_editions_of_two_lists_are_not_compared(console: Console, officer: Page) -> None:
    with console.node.work(OPERATOR, Permission.LISTS_READ, write=False) as work:
        one, other = (lists.editions(work, f"exercise:{code}")[0].id for code in ("qm", "qn"))
    for path in (
        f"/editions/{one}?against={other}",
        f"/editions/{one}/delta?against={other}",
        f"/editions/{one}/ftm?against={other}",
    ):
        answer = officer.goto(path)
        assert answer is not None
        assert answer.status == 404, path


def test_a_file_that_is_no_list_is_refused_at_the_form(officer: Page, tmp_path: Path) -> None:
    file = tmp_path / "list.jsonl"
    file.write_text("<html><title>503</title></html>", encoding="utf-8")
    officer.goto("/lists/exercise:qm")
    officer.set_input_files("#files", file)
    officer.get_by_role("button", name="Load edition").click()
    expect(officer.locator("#errors")).to_be_focused()
    expect(officer.locator("#files-e")).to_contain_text("list.jsonl")
    expect(officer.locator(".head .answer")).to_contain_text("70 records are in force")


def test_a_file_that_is_given_is_loaded_in_the_background(console: Console, officer: Page, tmp_path: Path) -> None:
    (before,) = (one for one in populating.editions() if one.name == "wa-2024-11-18.jsonl")
    file = tmp_path / "wa-2024-11-21.jsonl"
    file.write_text(before.read_text(encoding="utf-8").replace("2024-11-18T", "2024-11-21T", 1), encoding="utf-8")
    officer.goto("/lists/exercise:wa")
    officer.set_input_files("#files", file)
    officer.get_by_role("button", name="Load edition").click()
    expect(officer.locator("#orders")).to_contain_text("wa-2024-11-21.jsonl")
    expect(officer.locator("#orders")).to_contain_text("1 waits for its turn")
    assert in_both_schemes(officer) == []
    loading = {lists.LOAD: console.node.handlers[lists.LOAD]}
    assert Worker(console.node.database, console.node.clock, loading).step()
    expect(officer.locator(".head .answer")).to_contain_text(
        "as published on 21 Nov 2024"
    )  # the page follows by itself
    expect(officer.locator("#orders")).to_be_empty()


def test_asking_the_publishers_says_that_they_are_asked(officer: Page) -> None:
    officer.goto("/lists")
    officer.get_by_role("button", name="Check all now").click()
    expect(officer.locator("main")).to_contain_text("publishers are being asked")
    expect(officer.locator("#orders > div")).to_have_count(1)
    expect(officer.locator("#orders > div")).to_contain_text("wait for their turn")
    expect(officer.locator("#orders p > span", has_text="Security Council")).to_have_count(1)


def test_an_entry_of_the_ledger_is_proved_by_what_is_downloaded(console: Console, officer: Page) -> None:
    officer.goto("/ledger")
    expect(officer.locator("main")).to_contain_text("comity ledger verify")
    officer.select_option("#kind", "lists.edition_quarantined")
    officer.wait_for_url("**kind=lists.edition_quarantined*")
    expect(officer.locator("#answer tbody tr")).to_have_count(1)
    officer.locator("#answer a.name").click()
    index = int(officer.locator("h1 .id").inner_text())
    with officer.expect_download() as download:
        officer.get_by_role("link", name="Proof with the event").click()
    key = ledger.log_key(console.node.keys.log.public_key())
    raw = download.value.path().read_bytes()
    with console.node.work(OPERATOR, Permission.LEDGER_READ, write=False) as work:
        leaf = ledger.entry(work.connection, index).leaf
        opening = ledger.opening(work.connection, index)
    proven = ledger.check(raw, leaf, key)
    assert (proven.index, proven.extra) == (index, opening)


def test_reading_and_filtering_need_no_script(console: Console) -> None:
    page = console.page(console.session("Sefa Anand", Role.ANALYST), java_script_enabled=False)
    page.goto("/search?schema=Vessel")
    page.locator("[name=source][value='exercise:wa']").check()
    page.get_by_role("button", name="Filter").click()
    assert "source=exercise%3Awa" in page.url
    page.locator("a.name").first.click()
    page.get_by_role("link", name=re.compile("Statements")).click()
    assert page.locator("#answer tbody tr").count() > 3
