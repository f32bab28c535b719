"""Which requests are led to the foreign protocol, and which stay with the console."""

from __future__ import annotations

from typing import Any

import pytest

from comity.edge.foreign import led


def request(path: str, method: str = "GET", authorization: str = "") -> Any:
    headers = [(b"authorization", authorization.encode())] if authorization else []
    return {"type": "http", "path": path, "raw_path": path.encode(), "method": method, "headers": headers}


@pytest.mark.parametrize(
    ("path", "method", "authorization"),
    [
        ("/match/default", "POST", ""),
        ("/search/default", "GET", ""),
        ("/catalog", "GET", ""),
        ("/statements", "GET", ""),
        ("/reconcile/default", "POST", ""),
        ("/reconcile/default/suggest/entity", "GET", ""),
        ("/entities/e-1", "GET", "ApiKey cmt_x"),
        ("/entities/e-1/adjacent/sanctions", "GET", "bearer cmt_x"),
    ],
)
def test_what_is_theirs_is_led_there(path: str, method: str, authorization: str) -> None:
    found = led(request(path, method, authorization))
    assert (found["path"], found["raw_path"]) == (f"/opensanctions{path}", f"/opensanctions{path}".encode())


@pytest.mark.parametrize(
    ("path", "method", "authorization"),
    [
        ("/search", "POST", ""),
        ("/search/export", "POST", ""),
        ("/entities/e-1", "GET", ""),
        ("/entities/e-1", "GET", "Basic cXVpbGw6"),
        ("/entities/e-1/statements", "GET", "ApiKey cmt_x"),
        ("/opensanctions/catalog", "GET", "ApiKey cmt_x"),
        ("/v1/entities/e-1", "GET", "ApiKey cmt_x"),
        ("/catalogue", "GET", ""),
    ],
)
def test_everything_else_stays_where_it_is(path: str, method: str, authorization: str) -> None:
    asked = request(path, method, authorization)
    assert led(asked) is asked


def test_what_is_no_request_is_left_alone() -> None:
    assert led({"type": "lifespan"}) == {"type": "lifespan"}  # type: ignore[typeddict-item, comparison-overlap]
