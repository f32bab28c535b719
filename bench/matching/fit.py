"""Fitting the score: what each observation of two names is worth, from listed names as people write them and ordinary names.

    python bench/matching/fit.py [--shared ../shared/data] [--cache DIR] [--out src/comity/matching/data/score.json]

Half of the entities are fitted on (`split` is `fit`), with more made from them (`more.py`); the other half is reported by
`bench/screening.py`. For a question that means somebody the best row of theirs is a true pair and the next rows of others are
false ones; for an ordinary name the best wrong rows are. Names with one part exchanged for another real part are the material that
makes a contradiction dear.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from typing import TYPE_CHECKING

from comity.matching.building import build
from comity.matching.engine import Engine
from comity.matching.index import Bearer
from comity.matching.names import Kind
from comity.matching.observing import Feature
from comity.matching.scoring import DEPTH, POINTS_PER_LOGIT
from matching import more
from matching.trees import Boosted, fit
from screening import negatives, queries

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from screening.names import Listed

KINDS = {"Person": Kind.PERSON, "Vessel": Kind.VESSEL}
"""What bears a name of a schema; of any other an organisation does."""
RISING = (
    Feature.MATCHED, Feature.MATCHED_FULL, Feature.EVIDENCE, Feature.COVER_ASKED, Feature.COVER_LISTED, Feature.WHOLE,
    Feature.PACKED,
    Feature.STRENGTH_MIN, Feature.STRENGTH_MEAN, Feature.RAREST_ASKED, Feature.REJOINED, Feature.RAREST_FULL, Feature.LETTERS,
    Feature.INEXACT_ASKED, Feature.INEXACT_LISTED,
)  # fmt: skip
FALLING = (
    Feature.CONTRADICTION, Feature.CONTRADICTIONS, Feature.LEFT_ASKED, Feature.LEFT_LISTED, Feature.LEFT_ASKED_COUNT,
    Feature.LEFT_LISTED_COUNT, Feature.OTHERS, Feature.NUMBERS, Feature.REVERSED,
)  # fmt: skip
SIGNS: dict[int, int] = {**{int(one): 1 for one in RISING}, **{int(one): -1 for one in FALLING}}
"""What may only raise the odds, or only lower them: so that no evidence is worth more by its absence."""
CLASS_WEIGHT = 600.0
"""The weight of a whole class of true questions, however many it has."""
WRONG_ROW_WEIGHT = 0.6
ORDINARY_WEIGHT = 2.0
HARD_WEIGHT = 6.0
WRONG_ROWS = 3
HOPELESS = -3.0
"""The log odds under which a wrong row teaches nothing more: of such, one in `THINNED` is kept, and stands for all."""
THINNED = 8
SEED = 2032
NUMBERS_DIFFER = -3.0
"""What it is worth that each side has a number that the other has not: lists hold too few such names to teach it."""
TREES_FIRST, TREES = 40, 400


@dataclass
class Case:
    """A question, and what was observed of its rows."""

    variation: str
    """The class of a question that means somebody; empty for one that means nobody."""
    observed: NDArray[np.int32]
    mine: list[int]
    """The rows that it means."""
    is_hard: bool = False
    """Whether it means nobody and was made to resemble somebody."""


Asked = Sequence[queries.Query | negatives.Negative]


def cases(shared: Path, cache: Path) -> Iterator[Case]:
    """Yield every case of the half that is fitted on, and of what is made from it."""
    material = queries.make(shared, cache)
    ordinary = negatives.make(shared, material.listed)
    yield from _cases(material.listed, [*material.queries, *ordinary])
    made = more.parties(shared)
    listed = [*material.listed, *made]
    yield from _cases(listed, [*more.asked(material, made), *more.nobody(ordinary, listed)])


def _cases(listed: Sequence[Listed], asked: Asked) -> Iterator[Case]:
    index = build(Bearer(one.id, KINDS.get(one.schema, Kind.ORGANISATION), one.names) for one in listed)
    engine = Engine(index, score=None)  # type: ignore[arg-type]  # nothing is scored yet
    number = {id_: at for at, id_ in enumerate(index.ids)}
    for one in asked:
        if one.split != "fit":
            continue
        seen = engine.see(engine.parse(one.text, KINDS.get(one.schema, Kind.ORGANISATION)))
        if seen:
            variation, expected = (one.variation, one.expected) if isinstance(one, queries.Query) else ("", ())
            meant = {number[id_] for id_ in expected if id_ in number}
            mine = [at for at, row in enumerate(seen) if meant & set(index.bearers[row.row.number].tolist())]
            is_hard = isinstance(one, negatives.Negative) and bool(one.hard)
            yield Case(variation, np.array([row.observed for row in seen], dtype=np.int32), mine, is_hard)


def rows(
    found: Sequence[Case], model: Boosted | None
) -> tuple[NDArray[np.int32], NDArray[np.float64], NDArray[np.float64]]:
    """Return observations, truth and weight: true pairs by the best row so far, false ones by the best of the wrong."""
    sizes = Counter(one.variation for one in found)
    picked: list[tuple[NDArray[np.int32], float, float]] = []
    for one in found:
        so_far = model.of(one.observed) if model else one.observed[:, [Feature.WHOLE, Feature.COVER_ASKED]].sum(axis=1)
        order = np.argsort(-so_far, kind="stable").tolist()
        mine = set(one.mine)
        wrong = [at for at in order if at not in mine]
        if one.variation:
            weight = CLASS_WEIGHT / max(sizes[one.variation], 100)
            picked += [(one.observed[at], 1.0, weight) for at in order if at in mine][:1]
            picked += [(one.observed[at], 0.0, WRONG_ROW_WEIGHT) for at in wrong[:2]]
        else:
            weight = HARD_WEIGHT if one.is_hard else ORDINARY_WEIGHT
            picked += [(one.observed[at], 0.0, weight) for at in wrong[:WRONG_ROWS]]
    return (
        np.array([row for row, _, _ in picked]),
        np.array([truth for _, truth, _ in picked]),
        np.array([w for _, _, w in picked]),
    )


def thinned(
    observed: NDArray[np.int32], truth: NDArray[np.float64], weight: NDArray[np.float64], model: Boosted
) -> tuple[NDArray[np.int32], NDArray[np.float64], NDArray[np.float64]]:
    """Return rows of which the hopeless ones are fewer and weigh more."""
    hopeless = (truth == 0) & (model.of(observed) < HOPELESS)
    kept = ~hopeless | (np.random.default_rng(SEED).random(len(truth)) < 1 / THINNED)
    return observed[kept], truth[kept], np.where(hopeless, weight * THINNED, weight)[kept]


def with_numbers(model: Boosted) -> Boosted:
    """Return the model with one question more, which was not fitted: whether numbers contradict."""
    return Boosted(
        features=[*model.features, [int(Feature.NUMBERS)] * DEPTH],
        thresholds=[*model.thresholds, [1] * DEPTH],
        leaves=[*model.leaves, [0.0] * ((1 << DEPTH) - 1) + [NUMBERS_DIFFER]],
        start=model.start,
    )


def written(model: Boosted) -> bytes:
    """Return the file of a score, in whole points."""
    points = [[round(value * POINTS_PER_LOGIT) for value in leaves] for leaves in model.leaves]
    start = round(model.start * POINTS_PER_LOGIT)
    said = {"start": start, "features": model.features, "thresholds": model.thresholds, "points": points}
    return msgspec.json.format(msgspec.json.encode(said), indent=0) + b"\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared/data"))
    parser.add_argument("--cache", type=Path, default=Path("/tmp/comity-bench"))
    parser.add_argument("--out", type=Path, default=Path("src/comity/matching/data/score.json"))
    options = parser.parse_args()
    found = list(cases(options.shared, options.cache))
    first = fit(*rows(found, None), SIGNS, trees=TREES_FIRST)
    model = with_numbers(fit(*thinned(*rows(found, first), first), SIGNS, trees=TREES))
    options.out.write_bytes(written(model))
    print(f"{len(found):,} questions; {options.out} written.")


if __name__ == "__main__":
    main()
