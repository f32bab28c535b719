"""What every answer carries, and what each kind of file may be kept for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from comity.accounts.model.roles import Role
from comity.edge.app import create_app
from comity.infra.settings import FILE
from comity.kit.clock import FakeClock
from comity.model.permission import Permission
from comity.node import Node, open_node

Browser = TestClient[Litestar]
SignIn = Callable[..., str]
Cookie = Callable[[str], dict[str, str]]
Tokens = Callable[..., dict[str, str]]

POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ADDRESSES = ["/", "/nowhere", "/v1/nowhere", "/healthz", "/metrics", "/openapi.json", "/ledger/checkpoint"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_answer_is_hardened(browser: Browser, method: str, address: str) -> None:
    headers = browser.request(method, address).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers


def test_pages_are_not_kept(browser: Browser, sign_in: SignIn, cookie: Cookie) -> None:
    assert browser.get("/", headers=cookie(sign_in(Role.ANALYST))).headers["cache-control"] == "no-store"


def test_behind_https_cookies_are_secure_and_nothing_else_is_used(node: Node, clock: FakeClock) -> None:
    (node.home / FILE).write_text((node.home / FILE).read_text() + '\n[web]\npublic_url = "https://node.example"\n')
    secured = open_node(node.home, clock)
    with TestClient(create_app(secured), base_url="https://node.example") as browser:
        answer = browser.get("/nowhere")
    secured.close()
    assert answer.headers["strict-transport-security"].startswith("max-age=")
    assert "__Host-form=" in answer.headers["set-cookie"]
    assert "Secure" in answer.headers["set-cookie"]


def test_an_asset_is_kept_for_ever_under_its_digest(browser: Browser) -> None:
    page = browser.get("/nowhere").text
    address = page.partition('<link rel="stylesheet" href="')[2].partition('"')[0]
    answer = browser.get(address)
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    digest = address.split("/")[2]
    assert browser.get(address.replace(digest, "0" * 12)).headers["cache-control"] == "no-store"


def test_an_asset_travels_packed_only_to_who_can_unpack_it(browser: Browser) -> None:
    packed = browser.get("/assets/x/base.css", headers={"accept-encoding": "gzip"})
    plain = browser.get("/assets/x/base.css", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text


@pytest.mark.parametrize("name", ["nothing.css", "../app.py", "%2e%2e/app.py", "fonts"])
def test_there_are_no_other_assets(browser: Browser, name: str) -> None:
    assert browser.get(f"/assets/x/{name}").status_code == 404


@pytest.fixture
def published(node: Node) -> Path:
    """A published ledger, as far as its files matter here."""
    folder = node.home / "ledger"
    for name in ("checkpoint", "tile/0/000", "tile/0/x001/234.p/17", "tile/entries/000.p/3", "tile/notes", "draft"):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(name.encode())
    (node.home / "secret").write_bytes(b"nobody's")
    return folder


@pytest.mark.parametrize(
    ("name", "media_type", "kept"),
    [
        ("checkpoint", "text/plain; charset=utf-8", "public, max-age=60"),
        ("tile/0/000", "application/octet-stream", "public, max-age=31536000, immutable"),
        ("tile/0/x001/234.p/17", "application/octet-stream", "public, max-age=60"),
        ("tile/entries/000.p/3", "application/octet-stream", "public, max-age=60"),
    ],
)
def test_the_ledger_is_published_as_plain_files(
    browser: Browser, published: Path, name: str, media_type: str, kept: str
) -> None:
    answer = browser.get(f"/ledger/{name}")
    assert (answer.status_code, answer.content) == (200, name.encode())
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == (media_type, kept)


@pytest.mark.parametrize(
    "name",
    ["tile/0/001", "tile/0/0", "tile/0", "tile/notes", "draft", "tile/..%2f..%2fsecret", "tile/%2e%2e/%2e%2e/secret"],
)
def test_no_other_file_leaves_through_the_ledger(browser: Browser, published: Path, name: str) -> None:
    assert browser.get(f"/ledger/{name}").status_code == 404


def test_the_node_says_whether_it_lives_and_can_work(browser: Browser) -> None:
    assert browser.get("/healthz").json() == {"status": "alive"}
    assert browser.get("/readyz").json() == {"status": "ready"}
    assert browser.head("/healthz").status_code == 200


def test_metrics_need_a_token(browser: Browser, token: Tokens) -> None:
    assert browser.get("/metrics").status_code == 401
    assert browser.get("/metrics", headers=token(Permission.LISTS_READ)).status_code == 403
    figures = browser.get("/metrics", headers=token(Permission.OPERATE))
    assert 'comity_requests_total{method="GET",route="/metrics",status="401"} 1.0' in figures.text


def test_a_collector_on_this_machine_needs_none_unless_a_proxy_sends_it(address: str) -> None:
    assert httpx2.get(f"{address}/metrics").status_code == 200
    for header in ("x-forwarded-for", "forwarded", "via", "x-real-ip"):
        assert httpx2.get(f"{address}/metrics", headers={header: "192.0.2.7"}).status_code == 401, header


def test_metrics_name_patterns_and_never_what_was_asked(browser: Browser, token: Tokens) -> None:
    browser.get("/nowhere/at/all")
    assert "nowhere" not in browser.get("/metrics", headers=token(Permission.OPERATE)).text
