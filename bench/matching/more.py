"""More of the same to fit on: the half that is fitted on is too small to tell what passes one time in a thousand.

Listed names are damaged again by other lots, every original-script name is asked, more persons are made up for the scripts that
have few, and ordinary names exchange their parts. Whatever comes from the half that is reported is left out.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from zlib import crc32

import msgspec

from screening import added, originals, queries
from screening.names import Listed, script
from screening.negatives import Borne, Negative
from screening.queries import Material, Query

SEEDS = (211, 212, 213)
"""The lots by which Latin names are damaged again."""
SEEDS_MADE = (231, 241, 251)
ORIGINALS_MAX = 100_000
TIMES = {"person, Latin": 2, "organisation, Latin": 2}
"""How many names are made of the parts of as many ordinary ones; of scarcer scripts more."""
TIMES_SCARCE = 5


def parties(shared: Path) -> list[Listed]:
    """Return more persons for the scripts of which there are few, none of whose names is reported on."""
    found = [
        msgspec.structs.replace(each, id=f"more-{seed}-{each.id}", split="fit")
        for seed in SEEDS_MADE
        for each in added.load(shared, seed)
        if not crc32(each.native[0].encode()) % 2
    ]
    return list({each.native: each for each in found}.values())


def asked(material: Material, made: Sequence[Listed]) -> Iterator[Query]:
    """Yield more names that mean somebody."""
    known = {(each.variation, each.text) for each in material.queries}
    real = [each for each in material.listed if not each.id.startswith("made-")]
    more = [one for seed in SEEDS for one in queries.latin(material.listed, real, seed)]
    more += [_query(each, text, variation) for each, text, variation in originals.real(real, ORIGINALS_MAX)]
    more += [_query(each, each.native[0], f"{script(each.native[0])}, person (made)") for each in made]
    for one in more:
        if one.split == "fit" and (one.variation, one.text) not in known:
            known.add((one.variation, one.text))
            yield one


def _query(each: Listed, text: str, variation: str) -> Query:
    return Query("", text, each.schema, variation, (each.id, *each.same), each.split)


def nobody(ordinary: Sequence[Negative], listed: list[Listed]) -> Iterator[Negative]:
    """Yield ordinary names made of the parts of ordinary ones."""
    dice, borne = random.Random(5), Borne(listed)
    known = {each.text for each in ordinary}
    groups: dict[str, list[Negative]] = defaultdict(list)
    for each in ordinary:
        if each.split == "fit" and not each.hard:
            groups[each.group].append(each)
    for group, names in sorted(groups.items()):
        for _ in range(TIMES.get(group, TIMES_SCARCE) * len(names)):
            one, other = dice.sample(names, 2) if len(names) > 1 else names * 2
            text = _exchanged(one, other, dice)
            if text not in known and text not in borne:
                known.add(text)
                yield Negative("", text, one.schema, group, split="fit")


def _exchanged(one: Negative, other: Negative, dice: random.Random) -> str:
    """Return a name of the first part of one and the last of another, as each is written."""
    left, right = one.text.split(), other.text.split()
    if len(left) == len(right) == 1 and one.schema == "Person":
        return one.text[0] + other.text[1:]
    if len(left) < 2 or len(right) < 2:
        return one.text
    cut = len(right) - 1 if one.schema == "Person" else dice.randrange(1, len(right))
    return " ".join([*left[: min(cut, len(left) - 1)], *right[cut:]])
