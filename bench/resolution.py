"""How often the rules of resolution are wrong, on pairs whose truth the lists themselves state.

    python bench/resolution.py HOME

HOME is a node with real lists. Two kinds of labelled pairs are used, neither of which a rule may look at:
- two entries of one list are two persons or things, unless they share a whole name: then the list names the same party twice,
  under two programmes or two numbers, and the pair is counted apart;
- two entries of different lists that both state a UN reference, or both an OFAC number, are the same if and only if these agree.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import msgspec
import sqlalchemy as sa

from comity.infra.database import Database
from comity.register.model.answers import Card
from comity.register.model.resolution import Pair, rule

LABELS = ("unscId", "ofacUid")


class World:
    """Every entity of a node, its numbers and its names."""

    def __init__(self, home: Path) -> None:
        self.cards: dict[str, tuple[str, str, Card]] = {}
        self.labels: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.shared: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.named: dict[tuple[str, str], int] = defaultdict(int)
        database = Database.embedded(home / "node.sqlite3")
        with database.transaction(write=False) as connection:
            for id_, source, schema, card in connection.execute(
                sa.text("SELECT id, source, schema, card FROM entities")
            ):
                self.cards[id_] = (source, schema, msgspec.json.decode(card, type=Card))
            self._numbers(
                connection.execute(sa.text("SELECT kind, value, country, entity_id FROM entity_identifiers")).all()
            )
            self._names(connection.execute(sa.text("SELECT bag, entity_id FROM entity_names")).all())
        database.close()

    def pairs(self) -> set[tuple[str, str]]:
        return self.shared.keys() | self.named.keys()

    def truth(self, one: str, other: str) -> bool | None:
        if self.cards[one][0] == self.cards[other][0]:
            return False
        for kind in LABELS:
            left, right = self.labels[one][kind], self.labels[other][kind]
            if left and right:
                return bool(left & right)
        return None

    def rule(self, one: str, other: str) -> str | None:
        (_, left_schema, left), (_, right_schema, right) = self.cards[one], self.cards[other]
        numbers = frozenset(self.shared[one, other] - set(LABELS))
        return rule(
            Pair(
                left=left,
                right=right,
                left_schema=left_schema,
                right_schema=right_schema,
                numbers=numbers,
                names=self.named[one, other],
            )
        )

    def _numbers(self, rows: Sequence[sa.Row[tuple[str, str, str, str]]]) -> None:
        held: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for kind, value, country, entity in rows:
            held[kind, value, country].add(entity)
            if kind in LABELS:
                self.labels[entity][kind].add(value)
        for (kind, _, _), entities in held.items():
            for pair in combinations(sorted(entities), 2):
                self.shared[pair].add(kind)

    def _names(self, rows: Sequence[sa.Row[tuple[str, str]]]) -> None:
        held: dict[str, set[str]] = defaultdict(set)
        for bag, entity in rows:
            held[bag].add(entity)
        for bag, entities in held.items():
            for pair in combinations(sorted(entities), 2):
                self.named[pair] = max(self.named[pair], bag.count(" ") + 1)


def main(home: Path) -> None:
    world = World(home)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    examples: list[str] = []
    for one, other in world.pairs():
        truth, found = world.truth(one, other), world.rule(one, other)
        if truth is None or found is None:
            continue
        twice = world.named[one, other] >= 2  # the list itself names the same party twice
        verdict = "right" if truth else "listed twice" if twice else "wrong"
        counts[found][verdict] += 1
        if verdict == "wrong":
            examples.append(f"{found}: {world.cards[one][2].caption} | {world.cards[other][2].caption}")
    print(f"{'rule':32} {'right':>8} {'listed twice':>12} {'wrong':>8} {'error below (95 %)':>20}")
    for name, of in sorted(counts.items()):
        bound = f"{3 / of['right']:.2%}" if of["right"] and not of["wrong"] else "not proven here"
        print(f"{name:32} {of['right']:8,} {of['listed twice']:12,} {of['wrong']:8,} {bound:>20}")
    print("\n".join(sorted(examples)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
