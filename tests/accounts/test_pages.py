"""The pages as a browser without scripts uses them: links, forms, cookies, and what comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from litestar.testing import TestClient

from comity.accounts import service
from comity.accounts.model import SESSION_COOKIE
from comity.accounts.model.roles import Role
from comity.edge.app import create_app
from comity.edge.shell import Offers
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import Node

from .conftest import PASSWORD

Browser = TestClient[Any]


@pytest.fixture
def browser(node: Node) -> Iterator[Browser]:
    with TestClient(create_app(node, Offers()), base_url="http://node.test") as client:
        client.follow_redirects = False
        yield client


@pytest.fixture
def pia(node: Node) -> str:
    """The id of an administrator who can sign in with `PASSWORD`."""
    with node.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
        added = service.add_user(work, "Pia Hallward", [Role.ADMINISTRATOR])
        service.set_password(work, added.id, PASSWORD)
    return added.id


def submit(browser: Browser, page: str, action: str, **fields: Any) -> Any:
    """Open a page, fill the mark of its form in, and send the form."""
    shown = browser.get(page)
    mark = re.search(r'name="_csrf_token" value="([^"]+)"', shown.text)
    assert mark is not None, shown.text
    return browser.post(action, data={"_csrf_token": unescape(mark[1]), **fields})


def sign_in(browser: Browser, name: str = "Pia Hallward", password: str = PASSWORD, **more: str) -> Any:
    return submit(browser, "/sign-in", "/sign-in", name=name, password=password, **more)


def test_a_stranger_founds_the_node_and_signs_in(node: Node, browser: Browser) -> None:
    with node.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
        link = f"/welcome/{service.issue_welcome(work)}"
    assert browser.get(link).status_code == 200
    refused = submit(
        browser, link, "/welcome", secret=link.rpartition("/")[2], name="Pia", password="short", again="short"
    )
    assert refused.status_code == 422
    assert "12 to 128 characters" in refused.text
    differing = {"name": "Pia", "password": PASSWORD, "again": "something else"}
    assert submit(browser, link, "/welcome", secret=link.rpartition("/")[2], **differing).status_code == 422
    done = submit(
        browser, link, "/welcome", secret=link.rpartition("/")[2], name="Pia", password=PASSWORD, again=PASSWORD
    )
    assert (done.status_code, done.headers["location"]) == (303, "/sign-in")
    assert browser.get(link).status_code == 404
    assert sign_in(browser, "pia").headers["location"] == "/"
    assert browser.get("/administration/people").status_code == 200


def test_the_session_s_cookie_is_out_of_reach_of_scripts_and_other_sites(pia: str, browser: Browser) -> None:
    cookie = sign_in(browser).headers["set-cookie"]
    assert cookie.startswith(f"{SESSION_COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie  # this node is reached by http, on the machine itself


def test_a_secret_that_somebody_planted_is_not_used(pia: str, browser: Browser) -> None:
    browser.cookies.set(SESSION_COOKIE, "planted", domain="node.test")
    assert f"{SESSION_COOKIE}=planted" not in sign_in(browser).headers["set-cookie"]
    browser.cookies.clear()
    browser.cookies.set(SESSION_COOKIE, "planted")
    assert browser.get("/preferences").status_code == 303


def test_signing_in_again_ends_the_session_that_the_browser_brought(pia: str, browser: Browser) -> None:
    sign_in(browser)
    first = browser.cookies[SESSION_COOKIE]
    sign_in(browser)
    assert browser.cookies[SESSION_COOKIE] != first
    browser.cookies.clear()
    browser.cookies.set(SESSION_COOKIE, first)
    assert browser.get("/preferences").status_code == 303


@pytest.mark.parametrize("name", ["Pia Hallward", "Nobody Here", "Ansa Lind"])
def test_every_failed_sign_in_looks_the_same(node: Node, pia: str, browser: Browser, name: str) -> None:
    with node.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
        service.disable_user(work, service.add_user(work, "Ansa Lind", [Role.ANALYST]).id)
    refused = sign_in(browser, name, "not the password")
    assert refused.status_code == 401
    assert "do not fit together" in refused.text
    assert SESSION_COOKIE not in browser.cookies
    assert "not the password" not in refused.text


def test_failed_sign_ins_are_counted_although_they_are_refused(pia: str, browser: Browser) -> None:
    for _ in range(10):
        sign_in(browser, password="not the password")
    assert sign_in(browser).status_code == 401


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        ("/lists?as_of=2031-11-20", "/lists?as_of=2031-11-20"),
        ("https://elsewhere.test/", "/"),
        ("//elsewhere.test", "/"),
        ("/\\elsewhere.test", "/"),
        ("/\t/elsewhere.test", "/"),
        ("/\r\nset-cookie: a=b", "/"),
        ("", "/"),
    ],
)
def test_signing_in_leads_back_but_never_elsewhere(pia: str, browser: Browser, wanted: str, got: str) -> None:
    assert sign_in(browser, next=wanted).headers["location"] == got


def test_signing_out_ends_the_session(pia: str, browser: Browser) -> None:
    sign_in(browser)
    secret = browser.cookies[SESSION_COOKIE]
    assert submit(browser, "/preferences", "/sign-out").status_code == 303
    browser.cookies.set(SESSION_COOKIE, secret)
    assert browser.get("/preferences").status_code == 303


def test_preferences_shape_the_page(pia: str, browser: Browser) -> None:
    sign_in(browser)
    wanted = {"language": "ar", "scheme": "dark", "density": "compact"}
    assert submit(browser, "/preferences", "/preferences", **wanted).status_code == 303
    page = browser.get("/preferences").text
    assert re.search(r'<html lang="ar" dir="rtl" data-density="compact"[^>]*"dark"', page)
    assert submit(browser, "/preferences", "/preferences", scheme="mauve").status_code == 422


def test_one_changes_one_s_own_password(pia: str, browser: Browser) -> None:
    sign_in(browser)
    form = {"password": "another harbour lamp", "again": "another harbour lamp"}
    assert submit(browser, "/preferences", "/preferences/password", current="wrong", **form).status_code == 422
    assert submit(browser, "/preferences", "/preferences/password", current=PASSWORD, **form).status_code == 303
    assert browser.get("/preferences").status_code == 200
    assert sign_in(browser, password="another harbour lamp").status_code == 303


def test_one_ends_one_s_own_other_sessions(node: Node, pia: str, browser: Browser) -> None:
    with node.work(OPERATOR, Permission.PUBLIC) as work:
        other = service.sign_in(work, "Pia Hallward", PASSWORD, "198.51.100.1")
    sign_in(browser)
    end = re.search(r'action="(/preferences/sessions/[^"]+/end)"', browser.get("/preferences").text)
    assert end is not None
    assert other.session_id in end[1]  # type: ignore[union-attr]
    assert submit(browser, "/preferences", end[1]).status_code == 303
    assert "/end" not in browser.get("/preferences").text


def test_a_person_is_added_with_a_link_and_two_roles(pia: str, browser: Browser) -> None:
    sign_in(browser)
    people = "/administration/people"
    added = submit(browser, people, people, name="Ansa <Lind>", roles=["analyst", "auditor"])
    assert added.status_code == 200
    assert "Ansa &lt;Lind&gt;" in added.text
    link = re.search(r"http://[^/<]+(/welcome/[\w-]+)", added.text)
    assert link is not None
    listed = browser.get(people, params={"role": "auditor"}).text
    assert "Ansa &lt;Lind&gt;" in listed
    assert "Pia Hallward</bdi></b></a>" not in listed
    browser.cookies.clear()
    assert "Ansa &lt;Lind&gt;" in browser.get(link[1]).text


def test_what_was_typed_comes_back_with_its_error(pia: str, browser: Browser) -> None:
    sign_in(browser)
    people = "/administration/people"
    refused = submit(browser, people, people, name="pia hallward", roles="analyst")
    assert refused.status_code == 422
    assert 'value="pia hallward"' in refused.text
    assert re.search(r'value="analyst" checked', refused.text)
    assert submit(browser, people, people, name="Ansa Lind").status_code == 422


def test_roles_and_access_change_and_the_last_administrator_stays(pia: str, browser: Browser) -> None:
    sign_in(browser)
    people = "/administration/people"
    added = submit(browser, people, people, name="Ansa Lind", roles="analyst").text
    page = re.search(rf'action="({people}/user:[0-9a-f]+)/roles"', added)
    assert page is not None
    assert submit(browser, page[1], f"{page[1]}/roles", roles=["auditor", "operator"]).status_code == 303
    assert submit(browser, page[1], f"{page[1]}/disable").status_code == 303
    assert "Enable account" in browser.get(page[1]).text
    assert submit(browser, page[1], f"{page[1]}/enable").status_code == 303
    assert "/welcome/" in submit(browser, page[1], f"{page[1]}/link").text
    own = f"{people}/{pia}"
    assert "Nobody else could manage" in submit(browser, own, f"{own}/disable").text
    assert "Nobody else could manage" in submit(browser, own, f"{own}/roles", roles="analyst").text


def test_a_token_is_shown_once_and_then_works_until_it_is_revoked(pia: str, browser: Browser) -> None:
    sign_in(browser)
    tokens = "/administration/tokens"
    made = submit(browser, tokens, tokens, name="nightly", permissions=["lists.read", "register.read"], days="30")
    secret = re.search(r"cmt_[\w-]{43}", made.text)
    assert secret is not None
    assert secret[0] not in browser.get(tokens).text
    headers = {"authorization": f"ApiKey {secret[0]}"}
    assert browser.get("/v1/whoami", headers=headers).json()["permissions"] == ["self", "register.read", "lists.read"]
    revoke = re.search(rf'action="({tokens}/token:[0-9a-f]+/revoke)"', made.text)
    assert revoke is not None
    assert submit(browser, tokens, revoke[1]).status_code == 303
    assert browser.get("/v1/whoami", headers=headers).status_code == 401


def test_a_token_wider_than_its_maker_is_refused(pia: str, browser: Browser) -> None:
    sign_in(browser)
    tokens = "/administration/tokens"
    refused = submit(browser, tokens, tokens, name="nightly", permissions="lists.decide", days="30")
    assert refused.status_code == 422
    assert "no more than whoever makes it" in refused.text
    assert submit(browser, tokens, tokens, name="nightly", days="30").status_code == 422


def test_people_and_tokens_are_exported_as_json_lines(pia: str, browser: Browser) -> None:
    sign_in(browser)
    submit(browser, "/administration/tokens", "/administration/tokens", name="nightly", permissions="lists.read")
    people, tokens = (browser.get(f"/administration/{what}/export") for what in ("people", "tokens"))
    assert f'"id":"{pia}"' in people.text
    assert '"name":"nightly"' in tokens.text
    assert people.headers["content-disposition"] == 'attachment; filename="people.jsonl"'


@pytest.mark.parametrize("query", ["state=asleep", "role=king", "order=height", "offset=-1"])
def test_a_filter_that_does_not_exist_is_refused(pia: str, browser: Browser, query: str) -> None:
    sign_in(browser)
    assert browser.get(f"/administration/people?{query}").status_code == 422


def test_pages_are_shown_in_their_empty_and_paged_forms(node: Node, pia: str, browser: Browser) -> None:
    with node.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
        for number in range(60):
            service.add_user(work, f"Person {number:02}", [Role.ANALYST])
    sign_in(browser)
    first = browser.get("/administration/people?state=invited").text
    following = re.search(r'href="(/administration/people\?[^"]+)" rel="next"', first)
    assert following is not None
    second = browser.get(unescape(following[1])).text
    assert "Person 59" in second
    assert "Person 49" not in second
    assert 'rel="prev"' in second
    assert "Nobody fits this filter" in browser.get("/administration/people?state=disabled").text
    assert browser.get("/administration/roles").status_code == 200
    assert browser.get("/administration").headers["location"] == "/administration/people"
    assert "No token fits" in browser.get("/administration/tokens").text


def test_administration_is_closed_to_those_without_the_permission(node: Node, browser: Browser) -> None:
    with node.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
        added = service.add_user(work, "Ansa Lind", [Role.ANALYST])
        service.set_password(work, added.id, PASSWORD)
    sign_in(browser, "Ansa Lind")
    for page in ("people", "people/export", f"people/{added.id}", "tokens", "tokens/export", "roles"):
        assert browser.get(f"/administration/{page}").status_code == 403
