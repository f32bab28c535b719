"""The first start of a node whose publishers answer, answer badly, or do not answer at all."""

from __future__ import annotations

import json
from collections.abc import Iterator

import msgspec
import pytest

from comity.catalogue.sources import exercise, un_consolidated, us_csl
from comity.edge.populating import editions, populate
from comity.edge.terminal import Console
from comity.infra.keys import Keys
from comity.lists import service as lists
from comity.lists.model import Source
from comity.model.permission import Permission
from comity.node import Node
from support.publisher import Publisher, publishing, status, whole

pytestmark = pytest.mark.usefixtures("own_logs")

EXAMPLE = un_consolidated.SOURCE.examples[0].files["consolidated.xml"]


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as running:
        yield running


@pytest.fixture
def console(node: Node) -> Console:
    """A terminal of a program's at a node that knows nothing yet."""
    Keys.create(node.home / "keys")
    opened = Console(node.home, as_json=True)
    opened.node = node
    return opened


def published_at(source: Source, url: str) -> Source:
    """Return a source as if it were published at another address."""
    format_ = source.formats[0]
    files = tuple(msgspec.structs.replace(file, url=f"{url}/{file.name}") for file in format_.files)
    return msgspec.structs.replace(source, formats=(msgspec.structs.replace(format_, files=files),))


def know(node: Node, *sources: Source) -> None:
    node.sources = {source.id: source for source in (*sources, exercise.SOURCE)}


def here(console: Console) -> list[str]:
    with console.work(Permission.LISTS_READ, write=False) as work:
        return [edition.source for edition in lists.editions(work)]


def test_where_a_publisher_answers_nothing_fictional_is_loaded(
    console: Console, publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    publisher.script = [whole(EXAMPLE)]
    know(console.node, published_at(un_consolidated.SOURCE, publisher.url))
    populate(console)
    assert here(console) == ["un_consolidated"]
    said = capsys.readouterr()
    assert json.loads(said.out)["source"] == "un_consolidated"
    assert said.err == ""
    populate(console)
    assert len(publisher.asked) == 1
    assert capsys.readouterr().out == ""


def test_a_publisher_that_fails_is_one_calm_line_and_the_others_are_asked_all_the_same(
    console: Console, publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    publisher.script = [whole(EXAMPLE), status(404)]
    know(console.node, published_at(un_consolidated.SOURCE, publisher.url), published_at(us_csl.SOURCE, publisher.url))
    populate(console)
    assert here(console) == ["un_consolidated"]
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["detail"].startswith("us_csl: ")


def test_where_nobody_answers_the_fictional_lists_are_loaded_and_said_to_be_so(
    console: Console, capsys: pytest.CaptureFixture[str]
) -> None:
    know(console.node, published_at(un_consolidated.SOURCE, "http://127.0.0.1:9"))
    console.as_json = False
    populate(console)
    assert len(here(console)) == len(editions())
    said = capsys.readouterr()
    assert "What you see now is FICTIONAL" in said.out
    assert said.err.splitlines() == [
        "Asking the publishers of 1 official lists.",
        "un_consolidated: Its publisher does not answer.",
    ]


def test_a_list_that_is_switched_off_is_not_asked_for(console: Console, publisher: Publisher) -> None:
    publisher.script = [whole(EXAMPLE)]
    know(console.node, published_at(un_consolidated.SOURCE, publisher.url))
    settings = console.node.settings
    off = msgspec.structs.replace(settings.lists, disabled=("un_consolidated",))
    console.node.settings = msgspec.structs.replace(settings, lists=off)
    populate(console)
    assert publisher.asked == []
    assert set(here(console)) == {"exercise:qm", "exercise:qn", "exercise:qo", "exercise:wa"}
