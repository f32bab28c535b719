"""Logs name things, never persons."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from comity.infra import logs

NAME = "Zinaida Quorbel"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    written = io.StringIO()
    logs.configure(written)
    yield written
    structlog.reset_defaults()
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    logging.getLogger("uvicorn.error").setLevel(logging.NOTSET)


def entries(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_entry_is_one_json_object_with_its_instant(stream: io.StringIO) -> None:
    structlog.get_logger().info("edition.accepted", source="qm_list", edition="e1", count=3, seconds=0.5)
    (entry,) = entries(stream)
    assert entry.pop("at").endswith("Z")
    assert entry == {
        "event": "edition.accepted",
        "level": "info",
        "source": "qm_list",
        "edition": "e1",
        "count": 3,
        "seconds": 0.5,
    }


def test_a_key_that_is_not_allowed_is_dropped_and_named(stream: io.StringIO) -> None:
    structlog.get_logger().bind(person=NAME).info("searched", query=NAME, count=1)
    (entry,) = entries(stream)
    assert NAME not in stream.getvalue()
    assert entry["dropped"] == ["person", "query"]
    assert entry["count"] == 1


def test_an_address_is_written_without_its_query(stream: io.StringIO) -> None:
    structlog.get_logger().info("answered", path=f"/search?q={NAME}#{NAME}", status=200)
    assert entries(stream)[0]["path"] == "/search"


def test_a_text_is_cut(stream: io.StringIO) -> None:
    structlog.get_logger().info("answered", code="x" * 1_000)
    assert len(entries(stream)[0]["code"]) == logs.VALUE_CHARS_MAX


def fail() -> None:
    try:
        int(NAME)
    except ValueError as error:
        raise LookupError(NAME) from error


def test_a_traceback_says_where_and_what_kind_but_not_the_words(stream: io.StringIO) -> None:
    try:
        fail()
    except LookupError:
        structlog.get_logger().exception("bug", incident="i1")
    (entry,) = entries(stream)
    assert NAME not in stream.getvalue()
    assert [line for line in entry["exception"] if not line.startswith(" ")] == [
        "builtins.LookupError",
        "builtins.ValueError",
    ]
    assert any(line.endswith(" fail") for line in entry["exception"])


def test_debug_is_not_written(stream: io.StringIO) -> None:
    structlog.get_logger().debug("detail")
    assert entries(stream) == []


def test_a_librarys_message_is_dropped_unless_it_is_known_to_be_harmless(stream: io.StringIO) -> None:
    logging.getLogger("some.library").warning("cannot store %s", NAME)
    logging.getLogger("some.library").info("chatter")
    logging.getLogger("uvicorn.error").info("Uvicorn running on http://127.0.0.1:8400")
    logging.getLogger("uvicorn.access").info("GET /search?q=%s", NAME)
    logging.getLogger("httpx2").info("GET /search?q=%s", NAME)
    said = [(entry["logger"], entry.get("message")) for entry in entries(stream)]
    assert said == [("some.library", None), ("uvicorn.error", "Uvicorn running on http://127.0.0.1:8400")]


def test_a_librarys_exception_is_written_like_our_own(stream: io.StringIO) -> None:
    try:
        fail()
    except LookupError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    (entry,) = entries(stream)
    assert NAME not in stream.getvalue()
    assert entry["exception"][0] == "builtins.LookupError"


class Terminal(io.StringIO):
    """A stream that says that somebody is watching."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_entries_are_lines_to_read(stream: io.StringIO) -> None:
    terminal = Terminal()
    logs.configure(terminal)
    structlog.get_logger().info("edition.accepted", source="qm_list", person=NAME)
    assert "qm_list" in terminal.getvalue()
    assert NAME not in terminal.getvalue()
    assert not terminal.getvalue().startswith("{")
    assert stream.getvalue() == ""
