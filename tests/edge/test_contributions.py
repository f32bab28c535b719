"""What the features say in the shell and in the work queue, with a fictional edition of a real list loaded."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest

from comity.accounts.model.roles import ROLES, Role
from comity.edge.contributions import offers
from comity.edge.shell import Around
from comity.edge.work_queue import HomeItem
from comity.kit.clock import FakeClock
from comity.lists import service as lists
from comity.lists.model import Status
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import Node

LIST = "un_consolidated"


@pytest.fixture
def edition(node: Node) -> str:
    """An edition too small to be believed: it waits in quarantine."""
    example = node.sources[LIST].examples[0]
    received = [lists.Received(name, io.BytesIO(raw)) for name, raw in example.files.items()]
    readings = [lists.read(node.desk, staged) for staged in lists.stage(node.desk, LIST, received)]
    with node.work(OPERATOR, Permission.LISTS_UPDATE) as work:
        taken = lists.take(work, node.desk, readings[0])
    assert taken.status is Status.QUARANTINED
    return taken.edition


@pytest.fixture
def seen(node: Node) -> Callable[[Role], tuple[Around, list[HomeItem], list[str]]]:
    """What somebody in a role sees: round the page, in the queue, and as news."""

    def look(role: Role) -> tuple[Around, list[HomeItem], list[str]]:
        made, held = offers(node), ROLES[role] | {Permission.SELF}
        with node.work(OPERATOR, Permission.SELF, write=False) as work:
            items = [item for offer in made.items for item in offer(work, held)]
            news = [f"{one.word}: {one.title} {one.text}" for offer in made.news for one in offer(work, held)]
            return made.around(work, held), items, news

    return look


Seen = Callable[[Role], tuple[Around, list[HomeItem], list[str]]]


def test_a_new_node_stands_on_nothing_and_says_so(seen: Seen) -> None:
    around, items, news = seen(Role.SANCTIONS_OFFICER)
    assert (around.ground.lists, around.ground.quarantined, items, news) == ((), (), [], [])


def test_a_quarantined_edition_waits_for_who_may_decide(edition: str, seen: Seen) -> None:
    around, items, news = seen(Role.SANCTIONS_OFFICER)
    assert [one.label for one in around.ground.quarantined] == ["UN"]
    assert [item.title.startswith("Release or reject the edition of ") for item in items] == [True]
    assert "records" in items[0].why
    assert around.counts["lists"].waiting == around.counts["home"].waiting == 1
    assert news[0].startswith("Quarantined: UN, ")
    assert news[0].endswith("No edition of this list is in force.")


def test_who_may_not_decide_reads_of_it_and_is_asked_for_nothing(edition: str, seen: Seen) -> None:
    around, items, news = seen(Role.ANALYST)
    assert (items, around.counts["home"].waiting) == ([], 0)
    assert len(around.ground.quarantined) == len(news) == 1


def test_an_operator_does_not_decide_either(edition: str, seen: Seen) -> None:
    assert seen(Role.OPERATOR)[1] == []


def test_what_was_released_is_the_ground_of_every_answer(edition: str, node: Node, seen: Seen) -> None:
    with node.work(OPERATOR, Permission.LISTS_DECIDE) as work:
        lists.release(work, node.desk, edition, "The publisher confirmed it.")
    around, items, news = seen(Role.SANCTIONS_OFFICER)
    assert [(one.label, len(one.titles)) for one in around.ground.lists] == [("UN", 1)]
    assert (around.ground.quarantined, news[0][:8]) == ((), "In force")
    assert around.ground.ledger_size
    assert "Release or reject" not in "".join(item.title for item in items)


def test_a_list_that_has_fallen_silent_is_late(edition: str, node: Node, clock: FakeClock, seen: Seen) -> None:
    with node.work(OPERATOR, Permission.LISTS_DECIDE) as work:
        lists.release(work, node.desk, edition, "The publisher confirmed it.")
    clock.advance(timedelta(days=365))
    around, items, _ = seen(Role.OPERATOR)
    assert around.counts["lists"].is_late
    assert items[0].due_at is not None
    assert items[0].due_at < clock.now()
