"""Fitting the score: what each observation of two names is worth, from listed names as people write them and ordinary names.

    python bench/matching/fit.py [--shared ../shared/data] [--cache DIR] [--out src/comity/matching/data/score.json]

Half of the entities are fitted on (`split` is `fit`), the other half is reported by `bench/screening.py`. For a question that
means somebody the best row of theirs is a true pair and the next rows of others are false ones; for an ordinary name the best wrong
rows are. Names with one part exchanged for another real part are the material that makes a contradiction dear.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from typing import TYPE_CHECKING

from comity.matching.aligning import Feature
from comity.matching.building import build
from comity.matching.engine import Engine
from comity.matching.index import Bearer
from comity.matching.names import Kind, parse
from comity.matching.scoring import POINTS_PER_LOGIT
from matching.trees import Boosted, fit
from screening import negatives, queries

if TYPE_CHECKING:
    from numpy.typing import NDArray

KINDS = {"person": Kind.PERSON, "organisation": Kind.ORGANISATION, "thing": Kind.VESSEL}
RISING = (
    Feature.EVIDENCE, Feature.COVER_ASKED, Feature.COVER_LISTED, Feature.WHOLE, Feature.PACKED, Feature.STRENGTH_MIN,
    Feature.STRENGTH_MEAN, Feature.RAREST_ASKED, Feature.RAREST_LISTED, Feature.REJOINED,
)  # fmt: skip
FALLING = (
    Feature.CONTRADICTION, Feature.CONTRADICTIONS, Feature.LEFT_ASKED, Feature.LEFT_LISTED, Feature.EDITS, Feature.EDITS_TWO,
    Feature.EDITS_SHORT, Feature.NUMBERS,
)  # fmt: skip
SIGNS: dict[int, int] = {**{int(one): 1 for one in RISING}, **{int(one): -1 for one in FALLING}}
CLASS_WEIGHT = 600.0
"""The weight of a whole class of true questions, however many it has."""
WRONG_ROW_WEIGHT = 0.3
ORDINARY_WEIGHT = 1.0
WRONG_ROWS = 3
TREES_FIRST, TREES = 80, 400


@dataclass
class Case:
    """A question, and what was observed of its rows."""

    variation: str
    """The class of a question that means somebody; empty for one that means nobody."""
    observed: NDArray[np.int32]
    mine: list[int]
    """The rows that it means."""


def cases(shared: Path, cache: Path) -> Iterator[Case]:
    """Yield every case of the half that is fitted on."""
    material = queries.make(shared, cache)
    index = build(Bearer(one.id, KINDS[queries.kind(one.schema)], one.names) for one in material.listed)
    engine = Engine(index, score=None)  # type: ignore[arg-type]  # nothing is scored yet
    number = {id_: at for at, id_ in enumerate(index.ids)}
    asked = [(one.text, one.kind, one.variation, one.expected) for one in material.queries if one.split == "fit"]
    nobody = negatives.make(shared, material.listed)
    asked += [(one.text, one.group.partition(",")[0], "", ()) for one in nobody if one.split == "fit"]
    for text, kind, variation, expected in asked:
        seen = engine.see(parse(text, KINDS[kind]))
        if seen:
            meant = {number[one] for one in expected if one in number}
            mine = [at for at, one in enumerate(seen) if meant & set(index.bearers[one.row.number].tolist())]
            yield Case(variation, np.array([one.observed for one in seen], dtype=np.int32), mine)


def rows(
    found: list[Case], model: Boosted | None
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
            picked += [(one.observed[at], 0.0, ORDINARY_WEIGHT) for at in wrong[:WRONG_ROWS]]
    return (
        np.array([row for row, _, _ in picked]),
        np.array([truth for _, truth, _ in picked]),
        np.array([w for _, _, w in picked]),
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
    model = fit(*rows(found, None), SIGNS, trees=TREES_FIRST)
    model = fit(*rows(found, model), SIGNS, trees=TREES)
    options.out.write_bytes(written(model))
    print(f"{len(found):,} questions; {options.out} written.")


if __name__ == "__main__":
    main()
