"""`comity start` as a process of its own: it answers, lets the first administrator in, and ends when it is told to, or not."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from .conftest import PROGRAM, TIMEOUT_S, Comity

PASSWORD = "three kettles sing at dawn"
NAME = "Pia Hallward"


@dataclass(frozen=True)
class Server:
    """A server that has said where it answers."""

    process: subprocess.Popen[str]
    lines: list[dict[str, Any]]
    """What it printed, as JSON; the last line says where it answers."""

    @property
    def address(self) -> str:
        found: str = self.lines[-1]["address"]
        return found

    def end(self, how: signal.Signals) -> tuple[int, str]:
        """Send it a signal; return its exit code and what it printed on standard error."""
        self.process.send_signal(how)
        _, err = self.process.communicate(timeout=TIMEOUT_S)
        return self.process.returncode, err


Start = Callable[..., Server]


@pytest.fixture
def start(environment: dict[str, str]) -> Iterator[Start]:
    """Start the server of a node, and wait until it says that it answers."""
    processes: list[subprocess.Popen[str]] = []

    def begin(node: Comity, *arguments: str) -> Server:
        process = subprocess.Popen(
            [PROGRAM, "--home", node.home, "--json", "start", "--port", "0", *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip
        processes.append(process)
        hurry = threading.Timer(TIMEOUT_S, process.kill)
        hurry.start()
        assert process.stdout is not None
        lines: list[dict[str, Any]] = []
        for line in process.stdout:
            lines.append(json.loads(line))
            if "address" in lines[-1]:
                break
        hurry.cancel()
        assert lines, process.communicate()[1]
        return Server(process, lines)

    yield begin
    for process in processes:
        process.kill()
        process.communicate()


def sign_in(browser: httpx2.Client, welcome: str) -> None:
    """Choose a password through the one-time link, and sign in with it."""
    page = browser.get(welcome)
    assert page.status_code == 200
    secret = welcome.rpartition("/")[2]
    form = {"name": NAME, "password": PASSWORD, "again": PASSWORD, "secret": secret, "_csrf_token": _mark(page.text)}
    assert browser.post("/welcome", data=form).headers["location"] == "/sign-in"
    door = browser.get("/sign-in")
    entered = browser.post("/sign-in", data={"name": NAME, "password": PASSWORD, "_csrf_token": _mark(door.text)})
    assert (entered.status_code, entered.headers["location"]) == (303, "/")


def _mark(page: str) -> str:
    found = re.search(r'name="_csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_it_answers_lets_the_first_administrator_in_and_ends_when_told(node: Comity, start: Start) -> None:
    server = start(node)
    (announced,) = server.lines
    assert announced.keys() == {"address", "welcome"}
    assert announced["welcome"].startswith(f"{server.address}/welcome/")
    with httpx2.Client(base_url=server.address) as browser:
        assert browser.get("/healthz").json() == {"status": "alive"}
        assert browser.get("/").headers["location"].startswith("/sign-in")
        sign_in(browser, announced["welcome"])
        home = browser.get("/")
        assert home.status_code == 200
        assert "Sanctions Office of Meridia" in home.text
        assert browser.get(announced["welcome"]).status_code == 404
    code, err = server.end(signal.SIGTERM)
    assert code == 0
    assert "Traceback" not in err
    assert NAME not in err

    again = start(node)
    assert again.lines == [{"address": again.address, "welcome": None}]
    assert again.end(signal.SIGINT)[0] == 0


def test_a_server_that_was_killed_starts_again(node: Comity, start: Start) -> None:
    first = start(node, "--host", "0.0.0.0")
    assert first.address.startswith("http://localhost:")
    assert first.end(signal.SIGKILL)[0] == -signal.SIGKILL
    second = start(node)
    assert httpx2.get(f"{second.address}/readyz").status_code == 200
    verified = node.json("ledger", "verify").value
    assert verified["size"] >= 2
    assert second.end(signal.SIGTERM)[0] == 0


def test_the_first_start_has_something_to_show_and_says_that_it_is_fictional(
    node: Comity, start: Start, fictional: dict[str, Any]
) -> None:
    first = start(node, "--populate")
    *taken, announced = first.lines
    assert {one["source"] for one in taken} == {"exercise:qm", "exercise:qn", "exercise:qo", "exercise:wa"}
    assert [one["status"] for one in taken].count("quarantined") == 1
    assert [one["status"] for one in taken].count("accepted") == len(fictional) - 1
    with httpx2.Client(base_url=first.address) as browser:
        sign_in(browser, announced["welcome"])
        assert browser.get("/lists").text.count("(fictional, for exercise)") >= 4
        entity = node.json("search", "dresnov", "--source", "exercise:wa").value["results"][0]["id"]
        assert "(fictional, for exercise)" in browser.get(f"/entities/{entity}").text
    _, err = first.end(signal.SIGTERM)
    refused = [json.loads(line) for line in err.splitlines() if '"code":"outbound.failed"' in line]
    assert len(refused) >= 10
    assert {"un_consolidated", "us_ofac_sdn"} <= {one["detail"].partition(":")[0] for one in refused}

    second = start(node, "--populate")
    assert second.lines == [{"address": second.address, "welcome": None}]
    assert second.end(signal.SIGTERM)[0] == 0


def test_a_first_start_that_broke_off_is_taken_up_again(node: Comity, start: Start, fictional: dict[str, Any]) -> None:
    node("lists", "update", "exercise:qm", "--file", str(fictional["qm-2023-06-05"]))
    *taken, _ = start(node, "--populate").lines
    assert [one["status"] for one in taken].count("unchanged") == 1
    assert len(taken) == len(fictional)


@pytest.mark.parametrize(
    ("host", "port", "code", "problem"),
    [("127.0.0.1", None, 75, "server.port_taken"), ("192.0.2.1", "0", 2, "server.address_unusable")],
    ids=["a port that is taken", "an address of another machine"],
)
def test_an_address_that_cannot_be_had_is_said_at_once(
    host: str, port: str | None, code: int, problem: str, node: Comity
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        given = port or str(other.getsockname()[1])
        said = node.json("start", "--host", host, "--port", given, code=code)
    assert said.problem["code"] == problem


def test_a_node_that_is_there_is_never_made_anew(node: Comity) -> None:
    before = (node.home / "node.toml").read_bytes(), (node.home / "keys" / "log.pem").read_bytes()
    again: Sequence[str] = ("init", "--name", "Another", "--country", "QN", "--kind", "bank")
    assert node.json(*again, code=75).problem["code"] == "node.exists"
    assert before == ((node.home / "node.toml").read_bytes(), (node.home / "keys" / "log.pem").read_bytes())
