"""Fetching from a real server on the loopback that is slow, broken, moved, too large, or just fine."""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from comity.infra.addresses import AddressRefused
from comity.infra.outbound import (
    ATTEMPTS_MAX,
    REDIRECTS_MAX,
    Fetch,
    Fetched,
    FetchFailed,
    FetchTooLarge,
    NotModified,
    answers,
    fetch,
)
from comity.infra.partial import FetchBusy, Validators, hold
from support.publisher import Handler, Publisher, broken_off, publishing, rest, status, whole

LIST = b"".join(b"entry %d of a fictional list\n" % n for n in range(30_000))
ETAG = '"edition-1"'
MODIFIED = "Fri, 21 Nov 2031 12:00:00 GMT"


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as running:
        yield running


def question(publisher: Publisher, path: str = "/lists/list.xml", **changes: object) -> Fetch:
    facts: dict[str, object] = {"limit_bytes": 10_000_000, "timeout_s": 5.0, "deadline_s": 20.0, "pause_s": 0.0}
    return Fetch(url=publisher.url + path, **facts | changes)  # type: ignore[arg-type]


def fetched(asked: Fetch, into: Path) -> Fetched:
    answer = fetch(asked, into)
    assert isinstance(answer, Fetched)
    return answer


def left(folder: Path) -> list[str]:
    return sorted(path.suffix for path in folder.iterdir())


def test_a_file_arrives_with_its_hash_its_name_and_its_validators(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [whole(LIST, ETag=ETAG, Last_Modified=MODIFIED)]
    file = fetched(question(publisher), tmp_path)
    assert file.path.read_bytes() == LIST
    assert (file.bytes, file.sha256) == (len(LIST), hashlib.sha256(LIST).hexdigest())
    assert file.name == "list.xml"
    assert file.validators == Validators(etag=ETAG, last_modified=MODIFIED)
    assert left(tmp_path) == [".file"]


def test_the_server_learns_who_asks_and_sends_plain_bytes(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [whole(LIST)]
    fetch(question(publisher), tmp_path)
    (asked,) = publisher.asked
    assert asked.headers["user-agent"].startswith("Comity/")
    assert asked.headers["accept-encoding"] == "identity"
    assert not {"range", "if-none-match", "if-modified-since", "cookie", "authorization"} & set(asked.headers)


def test_an_unchanged_file_is_not_sent_again(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [status(304)]
    known = Validators(etag=ETAG, last_modified=MODIFIED)
    assert fetch(question(publisher, known=known), tmp_path) == NotModified()
    assert publisher.asked[0].headers["if-none-match"] == ETAG
    assert publisher.asked[0].headers["if-modified-since"] == MODIFIED
    assert left(tmp_path) == []


def test_not_modified_is_no_answer_to_somebody_who_knows_nothing(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [status(304)]
    with pytest.raises(FetchFailed):
        fetch(question(publisher), tmp_path)


def test_a_download_that_breaks_off_is_continued(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [broken_off(LIST, 300_000, ETag=ETAG), rest(LIST, ETag=ETAG)]
    assert fetched(question(publisher), tmp_path).path.read_bytes() == LIST
    assert publisher.asked[1].headers["range"] == "bytes=300000-"
    assert publisher.asked[1].headers["if-range"] == ETAG


def test_a_later_process_continues_where_an_earlier_one_gave_up(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [broken_off(LIST, 1_000, Last_Modified=MODIFIED), status(503)]
    with pytest.raises(FetchFailed):
        fetch(question(publisher), tmp_path)
    publisher.script = [rest(LIST)]
    file = fetched(question(publisher), tmp_path)
    assert file.path.read_bytes() == LIST
    assert file.validators == Validators(last_modified=MODIFIED)
    assert publisher.asked[-1].headers["if-range"] == MODIFIED


def test_a_file_that_changed_meanwhile_is_begun_again(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [broken_off(LIST, 1_000, ETag=ETAG), whole(b"the new edition", ETag='"edition-2"')]
    file = fetched(question(publisher), tmp_path)
    assert file.path.read_bytes() == b"the new edition"
    assert file.validators == Validators(etag='"edition-2"')


@pytest.mark.parametrize("headers", [{}, {"ETag": 'W/"weak"'}])
def test_without_a_strong_validator_nothing_is_continued(
    publisher: Publisher, tmp_path: Path, headers: dict[str, str]
) -> None:
    publisher.script = [broken_off(LIST, 1_000, **headers), whole(LIST, **headers)]
    assert fetched(question(publisher), tmp_path).path.read_bytes() == LIST
    assert "range" not in publisher.asked[1].headers


def other_part(handler: Handler) -> None:
    handler.begin(206, Content_Length="3", Content_Range=f"bytes 0-2/{len(LIST)}")
    handler.wfile.write(LIST[:3])


def piece(handler: Handler) -> None:
    start = int(handler.headers["range"].removeprefix("bytes=").removesuffix("-"))
    handler.begin(206, Content_Length="1000", Content_Range=f"bytes {start}-{start + 999}/{len(LIST)}")
    handler.wfile.write(LIST[start : start + 1_000])


def test_a_part_that_was_not_asked_for_is_not_taken(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [other_part, whole(LIST)]
    assert fetched(question(publisher), tmp_path).path.read_bytes() == LIST
    publisher.asked.clear()
    publisher.script = [broken_off(LIST, 1_000, ETag=ETAG), other_part, whole(LIST)]
    assert fetched(question(publisher), tmp_path).path.read_bytes() == LIST
    assert "range" not in publisher.asked[2].headers


def test_a_rest_in_several_pieces_is_put_together(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [broken_off(LIST, 1_000, ETag=ETAG), piece, piece, rest(LIST)]
    assert fetched(question(publisher), tmp_path).path.read_bytes() == LIST


def test_a_part_that_the_server_cannot_continue_is_begun_again(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [broken_off(LIST, 1_000, ETag=ETAG), status(416), whole(LIST)]
    assert fetched(question(publisher), tmp_path).path.read_bytes() == LIST


def hanging_up(handler: Handler) -> None:
    handler.close_connection = True


@pytest.mark.parametrize("trouble", [status(500), status(503), status(429), hanging_up])
def test_passing_trouble_is_borne(publisher: Publisher, tmp_path: Path, trouble: object) -> None:
    publisher.script = [trouble, whole(LIST)]  # type: ignore[list-item]
    assert fetched(question(publisher), tmp_path).path.read_bytes() == LIST


def test_lasting_trouble_is_reported_after_a_few_attempts(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [status(503)]
    with pytest.raises(FetchFailed, match="answered 503"):
        fetch(question(publisher), tmp_path)
    assert len(publisher.asked) == ATTEMPTS_MAX
    assert left(tmp_path) == []


@pytest.mark.parametrize("code", [401, 403, 404, 410, 204, 300])
def test_a_plain_refusal_is_reported_at_once(publisher: Publisher, tmp_path: Path, code: int) -> None:
    publisher.script = [status(code)]
    with pytest.raises(FetchFailed, match=f"answered {code}"):
        fetch(question(publisher), tmp_path)
    assert len(publisher.asked) == 1


def test_nobody_there_is_reported(tmp_path: Path) -> None:
    with publishing() as publisher:
        gone = question(publisher)
    with pytest.raises(FetchFailed, match="failed or broke off"):
        fetch(gone, tmp_path)


def test_redirects_are_followed_as_far_as_is_reasonable(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [status(302, Location="/moved/list-2.xml?key=1"), whole(LIST)]
    assert fetched(question(publisher), tmp_path).name == "list-2.xml"
    assert publisher.asked[1].path == "/moved/list-2.xml?key=1"
    publisher.asked.clear()
    publisher.script = [status(301, Location="/again")]
    with pytest.raises(FetchFailed, match="redirects more than"):
        fetch(question(publisher), tmp_path)
    assert len(publisher.asked) == REDIRECTS_MAX + 1


def test_a_redirect_to_an_address_that_may_not_be_asked_is_refused(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [status(302, Location="http://lists.example/list.xml")]
    with pytest.raises(AddressRefused):
        fetch(question(publisher), tmp_path)


def test_an_address_that_may_not_be_asked_is_not_asked(tmp_path: Path) -> None:
    with pytest.raises(AddressRefused):
        fetch(Fetch(url="http://lists.example/", limit_bytes=1, timeout_s=1), tmp_path)


def without_length(handler: Handler) -> None:
    handler.begin(200, Transfer_Encoding="chunked")
    for _ in range(100):
        handler.wfile.write(b"3e8\r\n" + bytes(1_000) + b"\r\n")
    handler.wfile.write(b"0\r\n\r\n")


@pytest.mark.parametrize("answer", [whole(LIST), without_length])
def test_a_file_that_is_too_large_is_refused_and_leaves_nothing(
    publisher: Publisher, tmp_path: Path, answer: object
) -> None:
    publisher.script = [answer]  # type: ignore[list-item]
    with pytest.raises(FetchTooLarge):
        fetch(question(publisher, limit_bytes=50_000), tmp_path)
    assert left(tmp_path) == []
    assert len(publisher.asked) == 1


def test_a_file_that_is_declared_too_large_is_not_even_begun(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [whole(LIST)]
    seen: list[int] = []
    with pytest.raises(FetchTooLarge):
        fetch(question(publisher, limit_bytes=len(LIST) - 1), tmp_path, lambda done, _: seen.append(done))
    assert seen == []


def test_a_file_of_unknown_length_arrives_whole(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [without_length]
    seen: list[tuple[int, int | None]] = []
    answer = fetch(question(publisher), tmp_path, lambda done, total: seen.append((done, total)))
    assert isinstance(answer, Fetched)
    assert answer.path.read_bytes() == bytes(100_000)
    assert seen[-1] == (100_000, None)


def test_progress_counts_what_was_there_before(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [broken_off(LIST, 1_000, ETag=ETAG), rest(LIST)]
    seen: list[tuple[int, int | None]] = []
    fetch(question(publisher), tmp_path, lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert seen[-1] == (len(LIST), len(LIST))


@pytest.fixture
def enough() -> Iterator[threading.Event]:
    """An end for servers that dawdle."""
    event = threading.Event()
    yield event
    event.set()


def test_a_silent_server_is_given_up(publisher: Publisher, tmp_path: Path, enough: threading.Event) -> None:
    def silent(_: Handler) -> None:
        enough.wait()

    publisher.script = [silent]
    with pytest.raises(FetchFailed, match="failed or broke off"):
        fetch(question(publisher, timeout_s=0.05), tmp_path)
    assert len(publisher.asked) == ATTEMPTS_MAX


@pytest.mark.parametrize(
    "opening", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"]
)
def test_a_server_that_sends_a_byte_now_and_then_is_given_up_at_the_deadline(
    publisher: Publisher, tmp_path: Path, enough: threading.Event, opening: bytes
) -> None:
    def dripping(handler: Handler) -> None:
        handler.wfile.write(opening)
        while not enough.wait(0.02):
            handler.wfile.write(b"x")

    publisher.script = [dripping]
    with pytest.raises(FetchFailed, match="longer than"):
        fetch(question(publisher, deadline_s=0.3), tmp_path)


def test_one_file_is_fetched_by_one_process_at_a_time(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [whole(LIST)]
    asked = question(publisher)
    with hold(tmp_path, hashlib.sha256(asked.url.encode()).hexdigest()[:32]), pytest.raises(FetchBusy):
        fetch(asked, tmp_path)
    assert fetched(asked, tmp_path).bytes == len(LIST)


def test_a_query_appears_in_no_log_and_no_message(publisher: Publisher, tmp_path: Path) -> None:
    publisher.script = [status(503)]
    with capture_logs() as logs, pytest.raises(FetchFailed) as failed:
        fetch(question(publisher, path="/find?name=Somebody"), tmp_path)
    assert logs
    assert "Somebody" not in f"{logs} {failed.value.detail} {failed.value.context}"


def refuse_tunnel(handler: Handler) -> None:
    handler.begin(407, Content_Length="0")


def test_a_proxy_in_the_environment_is_used_except_for_ourselves(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", publisher.url)
    monkeypatch.setenv("HTTP_PROXY", publisher.url)
    publisher.script = [refuse_tunnel]
    with pytest.raises(FetchFailed):
        fetch(Fetch(url="https://lists.example/", limit_bytes=1, timeout_s=5, pause_s=0), tmp_path)
    assert publisher.asked[0].path == "lists.example:443"
    publisher.script = [whole(LIST)]
    assert fetched(question(publisher), tmp_path).bytes == len(LIST)
    assert publisher.asked[-1].path == "/lists/list.xml"


def test_whoever_answers_anything_answers(publisher: Publisher) -> None:
    publisher.script = [status(200)]
    assert answers(publisher.url + "/lists/list.xml", timeout_s=5.0)  # it knows no HEAD, and says so: that is an answer
    assert publisher.asked == []


def test_whoever_is_not_there_or_keeps_silent_does_not_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert not answers(url, timeout_s=0.1)
    assert not answers(url, timeout_s=5.0)
    with pytest.raises(AddressRefused):
        answers("ftp://127.0.0.1/", timeout_s=0.1)
