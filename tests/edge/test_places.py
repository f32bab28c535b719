"""The rail, and the order of the work queue."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from comity.edge.places import GROUPS, Count, rail
from comity.edge.work_queue import ITEMS_MAX, HomeItem, queue
from comity.model.permission import Permission

ALL = frozenset(place.path for group in GROUPS for place in group.places)
NOW = datetime(2031, 11, 21, 12, tzinfo=UTC)


def shown(
    here: str = "/", existing: frozenset[str] = ALL, held: frozenset[Permission] = frozenset(Permission)
) -> list[str]:
    groups = rail(here=here, existing=existing, permissions=held, counts={})
    return [entry.place.id for _, entries in groups for entry in entries]


def test_only_what_exists_and_may_be_entered_is_listed() -> None:
    assert shown() == [place.id for group in GROUPS for place in group.places]
    assert shown()[:5] == ["home", "search", "lists", "review", "alerts"]
    assert shown(existing=frozenset({"/", "/lists"})) == ["home", "lists"]
    assert shown(held=frozenset({Permission.LISTS_READ})) == ["home", "lists"]


def test_a_heading_without_places_is_left_out() -> None:
    groups = rail(here="/", existing=ALL, permissions={Permission.LEDGER_READ}, counts={})
    assert [label for label, _ in groups] == ["", "Node"]


@pytest.mark.parametrize(
    ("here", "place"),
    [
        ("/", "home"),
        ("/lists", "lists"),
        ("/lists/qm/editions", "lists"),
        ("/editions/un@2031", "lists"),
        ("/entities/x/acts", "search"),
        ("/listsandmore", None),
        ("/keys", None),
    ],
)
def test_one_place_at_most_is_here(here: str, place: str | None) -> None:
    groups = rail(here=here, existing=ALL, permissions=frozenset(Permission), counts={})
    current = [entry.place.id for _, entries in groups for entry in entries if entry.is_here]
    assert current == ([place] if place else [])


def test_counts_stand_beside_their_places() -> None:
    groups = rail(here="/", existing=ALL, permissions=frozenset(Permission), counts={"lists": Count(1, is_late=True)})
    found = {entry.place.id: entry.count for _, entries in groups for entry in entries}
    assert found["lists"] == Count(1, is_late=True)
    assert found["search"] is None


def test_keys_and_addresses_of_places_are_unique() -> None:
    places = [place for group in GROUPS for place in group.places]
    assert len({place.key for place in places}) == len({place.path for place in places}) == len(places)


def item(title: str, due_at: datetime | None = None, kind: str = "") -> HomeItem:
    return HomeItem(title=title, path=f"/{title}", due_at=due_at, kind=kind)


def test_the_most_urgent_comes_first() -> None:
    found = queue(
        [
            item("whenever"),
            item("later", NOW + timedelta(days=30)),
            item("this week", NOW + timedelta(days=3)),
            item("tonight", NOW + timedelta(hours=3)),
            item("long overdue", NOW - timedelta(days=2)),
            item("overdue", NOW - timedelta(hours=1)),
        ],
        NOW,
        "sanctions_office",
    )
    assert [[one.title for one in heap.items] for heap in found.heaps] == [
        ["long overdue", "overdue"],
        ["tonight"],
        ["this week"],
        ["later"],
        ["whenever"],
    ]
    assert (found.late, found.today, found.total) == (2, 1, 6)


def test_what_the_node_is_for_decides_between_equals() -> None:
    items = [item("pair", kind="register"), item("edition", kind="lists")]
    assert [one.title for one in queue(items, NOW, "sanctions_office").heaps[0].items] == ["edition", "pair"]
    assert [one.title for one in queue(items, NOW, "bank").heaps[0].items] == ["pair", "edition"]


def test_what_does_not_fit_is_counted() -> None:
    found = queue([item(str(n)) for n in range(ITEMS_MAX + 5)], NOW, "bank")
    assert (found.left_out, found.total) == (5, ITEMS_MAX + 5)
