"""Gradient boosting with symmetric trees: each asks the same few questions of everybody, so a tree is a table of eight numbers.

Chosen over a network because its sums are whole numbers, and over a linear fit because an observation means little alone. See
Prokhorenkova et al., "CatBoost: unbiased boosting with categorical features", 2018, for the shape of the trees; the code is ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
BINS_MAX = 40


@dataclass
class Boosted:
    """What was fitted."""

    features: list[list[int]] = field(default_factory=list)
    thresholds: list[list[int]] = field(default_factory=list)
    leaves: list[list[float]] = field(default_factory=list)
    start: float = 0.0

    def of(self, observed: NDArray[np.int32]) -> Numbers:
        """Return the log odds of rows of observations."""
        total = np.full(len(observed), self.start)
        for features, thresholds, leaves in zip(self.features, self.thresholds, self.leaves, strict=True):
            place = np.zeros(len(observed), dtype=np.intp)
            for at, (feature, threshold) in enumerate(zip(features, thresholds, strict=True)):
                place |= (observed[:, feature] > threshold).astype(np.intp) << at
            total += np.asarray(leaves)[place]
        return total


DEPTH, RATE, RIDGE, SEED = 3, 0.08, 8.0, 2031


def fit(observed: NDArray[np.int32], truth: Numbers, weight: Numbers, signs: dict[int, int], *, trees: int) -> Boosted:  # fmt: skip
    """Fit symmetric trees. `signs` says of a feature that more of it may only raise (1) or lower (-1) the odds."""
    random = np.random.default_rng(SEED)
    edges = [_edges(observed[:, at]) for at in range(observed.shape[1])]
    binned = np.stack([np.searchsorted(edge, observed[:, at], "left") for at, edge in enumerate(edges)], axis=1).astype(
        np.int64
    )
    share = float((truth * weight).sum() / weight.sum())
    model = Boosted(start=float(np.log(share / (1 - share))))
    total = np.full(len(truth), model.start)
    usable = [at for at, edge in enumerate(edges) if len(edge)]
    for _ in range(trees):
        odds = 1 / (1 + np.exp(-total))
        slope, bend = weight * (odds - truth), np.maximum(weight * odds * (1 - odds), 1e-9)
        chosen = sorted(random.choice(usable, size=max(8, len(usable) * 6 // 10), replace=False).tolist())
        place = np.zeros(len(truth), dtype=np.int64)
        asked: list[tuple[int, int]] = []
        for level in range(DEPTH):
            feature, cut = _best(
                binned, chosen, [len(edges[at]) for at in chosen], (place, slope, bend), (1 << level, RIDGE)
            )
            asked.append((feature, cut))
            place |= (binned[:, feature] > cut).astype(np.int64) << level
        size = 1 << DEPTH
        slopes, bends = np.bincount(place, slope, size), np.bincount(place, bend, size)
        leaves = -slopes / (bends + RIDGE) * RATE
        leaves = _monotone(leaves, bends + RIDGE, [signs.get(feature, 0) for feature, _ in asked])
        total += leaves[place]
        model.features.append([feature for feature, _ in asked])
        model.thresholds.append([int(edges[feature][cut]) for feature, cut in asked])
        model.leaves.append(leaves.tolist())
    return model


def _edges(values: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return thresholds between the values: all, or as many quantiles."""
    found = np.unique(values)
    if len(found) > BINS_MAX:
        found = np.unique(np.quantile(values, np.linspace(0, 1, BINS_MAX + 1), method="lower").astype(np.int32))
    return found[:-1]


def _best(
    binned: NDArray[np.int64], chosen: list[int], cuts: list[int],
    now: tuple[NDArray[np.int64], Numbers, Numbers], how: tuple[int, float],
) -> tuple[int, int]:  # fmt: skip
    place, slope, bend = now
    groups, ridge = how
    best = (-1.0, chosen[0], 0)
    for feature, count in zip(chosen, cuts, strict=True):
        width = count + 1
        key = place * width + binned[:, feature]
        slopes = np.bincount(key, slope, groups * width).reshape(groups, width).cumsum(axis=1)
        bends = np.bincount(key, bend, groups * width).reshape(groups, width).cumsum(axis=1)
        left, right = slopes[:, :-1], slopes[:, -1:] - slopes[:, :-1]
        gain = (left**2 / (bends[:, :-1] + ridge) + right**2 / (bends[:, -1:] - bends[:, :-1] + ridge)).sum(axis=0)
        at = int(gain.argmax())
        if gain[at] > best[0]:
            best = (float(gain[at]), feature, at)
    return best[1], best[2]


def _monotone(leaves: Numbers, mass: Numbers, signs: list[int]) -> Numbers:
    """Return leaves that go the right way with each question; where two do not, both become their mean."""
    leaves = leaves.copy()
    for _ in range(8):
        for level, sign in enumerate(signs):
            if not sign:
                continue
            for low in range(len(leaves)):
                high = low | 1 << level
                if high != low and (leaves[high] - leaves[low]) * sign < 0:
                    mean = (leaves[low] * mass[low] + leaves[high] * mass[high]) / (mass[low] + mass[high])
                    leaves[low] = leaves[high] = mean
    return leaves
