"""What an engine's answers are worth.

A cut is taken for each kind of negative (person or organisation, by script): the score that exactly the allowed share
of these ordinary names exceeds. A query is found if a party that it means has a score above the cut of its own kind and
script. So an engine whose scores stick together at the top finds nothing there: nobody could tell its hits from its
false alarms.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import sqrt
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from screening.measure import Run
    from screening.negatives import Negative
    from screening.pairs import Pair
    from screening.queries import Query

RATES = (0.01, 0.005, 0.001)
FEW = 100
"""Queries below which a class has no floor."""
GROUP_MIN = 200
"""Negatives of a kind and script below which all ordinary names of the kind decide the cut."""


class Cuts:
    """The scores that a share of the ordinary names of each kind and script exceed."""

    def __init__(self, run_: Run, negatives: Iterable[Negative]) -> None:
        self._tops: dict[str, list[float]] = defaultdict(list)
        for negative in negatives:
            if not negative.hard and negative.id in run_.answers:
                hits = run_.answers[negative.id]
                top = max((score for _, score in hits), default=float("-inf"))
                for group in (negative.group, negative.group.partition(",")[0], "all"):
                    self._tops[group].append(top)
        for tops in self._tops.values():
            tops.sort(reverse=True)

    def sizes(self) -> dict[str, int]:
        return {group: len(tops) for group, tops in self._tops.items()}

    def cut(self, group: str, rate: float) -> float:
        """Return the score that at most this share exceeds; a group that is too small takes its kind's."""
        tops = self._tops.get(group, [])
        if len(tops) < GROUP_MIN:
            tops = self._tops.get(group.partition(",")[0], [])
        return tops[min(int(rate * len(tops)), len(tops) - 1)] if tops else float("-inf")


class Recall(msgspec.Struct):
    """How many queries of a class were found at each rate, and how many had the right party among the candidates."""

    count: int = 0
    found: list[int] = msgspec.field(default_factory=lambda: [0] * len(RATES))
    candidates: int = 0

    def share(self, at: int = 0) -> float:
        return self.found[at] / self.count if self.count else 0.0

    def interval(self) -> tuple[float, float]:
        return wilson(self.found[0], self.count)


def wilson(found: int, count: int) -> tuple[float, float]:
    """Return the 95 % Wilson interval of a share."""
    if not count:
        return 0.0, 1.0
    share, z = found / count, 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def recalls(run_: Run, queries: Iterable[Query], cuts: Cuts) -> dict[str, Recall]:
    """Return the recall of every class that was asked, in the order of the queries."""
    found: dict[str, Recall] = {}
    for query in queries:
        hits = run_.answers.get(query.id)
        if hits is None:
            continue
        own = max((score for id_, score in hits if id_ in query.expected), default=None)
        recall = found.setdefault(query.variation, Recall())
        recall.count += 1
        recall.candidates += own is not None
        for at, rate in enumerate(RATES):
            recall.found[at] += own is not None and own > cuts.cut(f"{query.kind}, {query.script}", rate)
    return found


LATIN = ("typo1", "typo2", "reorder", "joined", "spelling", "initials", "drop middle", "org suffix")
"""The kinds of variation that the Latin figure is the mean of, each with the same weight, persons and organisations together."""


def summary(recall: dict[str, Recall]) -> dict[str, Recall]:
    """Return classes added up to the figures of the requirements."""
    sums: dict[str, list[str]] = {f"Latin {each}": [f"{each}, person", f"{each}, organisation"] for each in LATIN}
    sums["Latin, persons"] = [f"{each}, person" for each in LATIN]
    sums["Latin, organisations"] = [f"{each}, organisation" for each in LATIN]
    for written in ("Cyrillic", "Arabic"):
        sums[f"{written}, persons"] = [f"{written}, person"]
        sums[f"{written}, organisations"] = [f"{written}, organisation, name", f"{written}, organisation, translation"]
    for written in ("Han", "Hangul", "Hebrew"):
        sums[f"{written}, persons"] = [f"{written}, person", f"{written}, person (made)"]
        sums[f"{written}, organisations"] = [f"{written}, organisation{way}" for way in ("", ", name", ", translation")]
    return {name: added_up(recall[each] for each in classes if each in recall) for name, classes in sums.items()}


def added_up(parts: Iterable[Recall]) -> Recall:
    whole = Recall()
    for part in parts:
        whole.count += part.count
        whole.candidates += part.candidates
        whole.found = [a + b for a, b in zip(whole.found, part.found, strict=True)]
    return whole


def latin(sums: dict[str, Recall], at: int = 0) -> float:
    """Return the mean over the kinds of Latin variation."""
    return statistics.fmean(sums[f"Latin {each}"].share(at) for each in LATIN)


def has_latin(sums: dict[str, Recall]) -> bool:
    """Whether any Latin variation was asked."""
    return any(sums[f"Latin {each}"].count for each in LATIN)


SCRIPTS = ("Cyrillic, persons", "Cyrillic, organisations", "Arabic, persons", "Arabic, organisations", "Han, persons",
    "Hangul, persons")  # fmt: skip


def every_class(sums: dict[str, Recall], at: int = 0) -> float:
    """Return the mean over the kinds of Latin variation, Cyrillic and Arabic, and Han and Hangul persons."""
    rest = [sums[each].share(at) for each in SCRIPTS if sums[each].count]
    others = [sums[f"Latin {each}"].share(at) for each in LATIN] if has_latin(sums) else []
    return statistics.fmean([*others, *rest])


def passing(run_: Run, negatives: Iterable[Negative], cuts: Cuts) -> dict[str, tuple[int, int]]:
    """Return, for each kind of hard negative, how many pass at 1 %, of how many."""
    found: dict[str, tuple[int, int]] = {}
    for negative in negatives:
        if negative.hard and negative.id in run_.answers:
            name = f"{negative.hard}, {negative.group.partition(',')[0]}"
            top = max((score for _, score in run_.answers[negative.id]), default=float("-inf"))
            some, of = found.get(name, (0, 0))
            found[name] = (some + (top > cuts.cut(negative.group, RATES[0])), of + 1)
    return found


class Quality(msgspec.Struct):
    """How well an engine tells pairs apart: F1 at a threshold fixed on the other half, the best possible, and average precision."""

    count: int
    threshold: float
    f1: float
    best_f1: float
    average_precision: float


def quality(scores: dict[str, float], pairs: Sequence[Pair], fixed: float | None = None) -> Quality:
    """Fix a threshold (the best of the `fit` half unless it is given), and measure on the `report` half."""
    fit = [(scores[pair.id], pair.match) for pair in pairs if pair.split == "fit"]
    rest = [(scores[pair.id], pair.match) for pair in pairs if pair.split == "report"]
    threshold = _best(fit)[1] if fixed is None else fixed
    return Quality(len(rest), threshold, _f1(rest, threshold), _best(rest)[0], _average_precision(rest))


def _f1(scored: Sequence[tuple[float, bool]], threshold: float) -> float:
    right = sum(match for score, match in scored if score >= threshold)
    said = sum(score >= threshold for score, _ in scored)
    true = sum(match for _, match in scored)
    return 2 * right / (said + true) if said + true else 0.0


def _best(scored: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    ranked = sorted(scored, reverse=True)
    true = sum(match for _, match in ranked)
    right, best, at = 0, 0.0, 0.0
    for said, (score, match) in enumerate(ranked, start=1):
        right += match
        if (said == len(ranked) or ranked[said][0] < score) and 2 * right / (said + true) > best:
            best, at = 2 * right / (said + true), score
    return best, at


def _average_precision(scored: Sequence[tuple[float, bool]]) -> float:
    """Equal scores are one step: an order among them would be luck."""
    by_score: dict[float, list[bool]] = defaultdict(list)
    for score, match in scored:
        by_score[score].append(match)
    true = sum(match for _, match in scored)
    right, said, area = 0, 0, 0.0
    for score in sorted(by_score, reverse=True):
        matches = by_score[score]
        right += sum(matches)
        said += len(matches)
        area += sum(matches) / true * right / said
    return area
