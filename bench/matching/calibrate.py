"""Fitting what points mean: the probability that somebody listed is meant, for each kind of bearer and script of the question.

    python bench/matching/calibrate.py [--shared ../shared/data] [--cache DIR] [--out src/comity/matching/data/calibration.json]

Asked are the questions and the ordinary names of the half that is fitted on, of the score that is shipped. Of each the best answer
counts: for a question that means somebody the best row of theirs. A logistic line is fitted by weighted likelihood, the questions
together weighing as much as the prior says and the ordinary names the rest; a kind and script of which there are few takes the line
of its kind. `--report` prints, of the other half, how many of the answers of each probability are right.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from typing import TYPE_CHECKING

from comity.matching.building import build
from comity.matching.calibration import SCRIPTS, Calibration, Line, shipped
from comity.matching.engine import Engine
from comity.matching.index import Bearer
from comity.matching.names import Kind
from comity.matching.observing import Feature
from comity.matching.scoring import POINTS_PER_LOGIT, probability
from comity.matching.scoring import shipped as score
from screening import negatives, queries

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from screening.names import Listed

PRIOR = 0.1
"""Of ten names that are asked, one means somebody listed: what an analyst meets, not the whole of a portfolio."""
FEW = 60
"""Questions, and ordinary names, of a kind and script under which its kind speaks for it."""
STEPS = 60
RIDGE = 1e-3
KINDS = {"Person": Kind.PERSON, "Vessel": Kind.VESSEL}
NAMES = {Kind.PERSON: "person", Kind.ORGANISATION: "organisation", Kind.VESSEL: "vessel"}
BANDS = (0.0, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.99)
Scored = tuple[str, bool, int]
"""The kind and script of a question, whether it means somebody, and the points of its answer."""


def answers(shared: Path, cache: Path, split: str) -> Iterator[Scored]:
    """Yield the answer to each question of a half: its own best row, or the best of an ordinary name."""
    material = queries.make(shared, cache)
    engine = Engine(build(_bearer(one) for one in material.listed), score())
    index = engine.index
    number = {id_: at for at, id_ in enumerate(index.ids)}
    for one in (*material.queries, *(each for each in negatives.make(shared, material.listed) if not each.hard)):
        if one.split != split:
            continue
        meant = {number[id_] for id_ in one.expected if id_ in number} if isinstance(one, queries.Query) else None
        kind = KINDS.get(one.schema, Kind.ORGANISATION)
        seen = engine.see(engine.parse(one.text, kind))
        if not seen:
            continue
        points = engine.score.of([row.observed for row in seen])
        right = [meant is None or bool(meant & set(index.bearers[row.row.number].tolist())) for row in seen]
        best = max((said for said, ok in zip(points, right, strict=True) if ok), default=None)
        if best is not None:
            yield f"{NAMES[kind]}, {SCRIPTS[seen[0].observed[Feature.SCRIPT]]}", meant is not None, best


def _bearer(one: Listed) -> Bearer:
    return Bearer(one.id, KINDS.get(one.schema, Kind.ORGANISATION), one.names)


def fitted(found: Sequence[Scored]) -> Calibration:
    """Return a line for every kind and script."""
    groups: dict[str, list[tuple[bool, int]]] = defaultdict(list)
    for group, truth, points in found:
        groups[group].append((truth, points))
        groups[group.partition(",")[0]].append((truth, points))
    groups["vessel"] = groups["organisation"]
    lines = {}
    for kind in NAMES.values():
        for script in dict.fromkeys(SCRIPTS):
            own = groups.get(f"{kind}, {script}", [])
            right = sum(truth for truth, _ in own)
            lines[f"{kind}, {script}"] = line(own if min(right, len(own) - right) >= FEW else groups[kind])
    return Calibration(prior=PRIOR, lines=lines)


def line(scored: Sequence[tuple[bool, int]]) -> Line:
    """Return the logistic line of greatest likelihood, by Newton's steps."""
    truth = np.array([one for one, _ in scored], dtype=np.float64)
    points = np.array([one for _, one in scored], dtype=np.float64) / POINTS_PER_LOGIT
    weight = np.where(truth == 1, PRIOR / truth.sum(), (1 - PRIOR) / (1 - truth).sum())
    basis = np.stack([points, np.ones_like(points)], axis=1)
    says: NDArray[np.float64] = np.array([0.5, 0.0])
    for _ in range(STEPS):
        odds = 1 / (1 + np.exp(-basis @ says))
        slope = basis.T @ (weight * (truth - odds))
        bend = (basis * (weight * odds * (1 - odds))[:, None]).T @ basis + RIDGE * np.eye(2) * 1e-3
        says = says + np.clip(np.linalg.solve(bend, slope), -1, 1)
    return Line(rise=max(round(float(says[0]) * 1000), 1), start=round(float(says[1]) * POINTS_PER_LOGIT))


def reliability(found: Sequence[Scored]) -> Iterator[str]:
    """Yield a table: of the answers of each probability, how many are right at the prior; and how many ordinary names reach it."""
    yield "| Kind and script | " + " | ".join(f"from {band:.2f}" for band in BANDS) + " |"
    yield "|---|" + "--:|" * len(BANDS)
    kinds, scripts = (
        {name: kind for kind, name in NAMES.items()},
        {name: at for at, name in reversed([*enumerate(SCRIPTS)])},
    )
    for group in sorted({each for each, _, _ in found}):
        kind, _, script = group.partition(", ")
        places = kinds[kind], scripts[script]
        mine = [
            (truth, probability(shipped().meant(*places, points))) for each, truth, points in found if each == group
        ]
        cells = [_cell(mine, low, high) for low, high in zip(BANDS, (*BANDS[1:], 1.01), strict=True)]
        yield f"| {group} | " + " | ".join(cells) + " |"


def _cell(mine: Sequence[tuple[bool, float]], low: float, high: float) -> str:
    prior = shipped().prior
    right, wrong = sum(truth for truth, _ in mine), sum(not truth for truth, _ in mine)
    if min(right, wrong) < FEW:
        return "-"
    here = [truth for truth, said in mine if low <= said < high]
    good, bad = sum(here) / right * prior, (len(here) - sum(here)) / wrong * (1 - prior)
    return f"{good / (good + bad):.2f}" if here else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared/data"))
    parser.add_argument("--cache", type=Path, default=Path("/tmp/comity-bench"))
    parser.add_argument("--out", type=Path, default=Path("src/comity/matching/data/calibration.json"))
    parser.add_argument("--report", action="store_true")
    options = parser.parse_args()
    if options.report:
        print("\n".join(reliability(list(answers(options.shared, options.cache, "report")))))
        return
    said = fitted(list(answers(options.shared, options.cache, "fit")))
    options.out.write_bytes(msgspec.json.format(msgspec.json.encode(said), indent=1) + b"\n")
    print(f"{len(said.lines)} lines; {options.out} written.")


if __name__ == "__main__":
    main()
