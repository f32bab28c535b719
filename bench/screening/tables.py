"""The figures as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from screening.judging import (
    FEW,
    Cuts,
    Quality,
    Recall,
    every_class,
    has_latin,
    latin,
    passing,
    quality,
    recalls,
    summary,
)
from screening.measure import NEW

if TYPE_CHECKING:
    from screening.measure import Run
    from screening.negatives import Negative
    from screening.pairs import Pair
    from screening.queries import Query

REQUIRED = (
    "Cyrillic, persons", "Cyrillic, organisations", "Arabic, persons", "Arabic, organisations", "Han, persons", "Hangul, persons",
    "Hebrew, persons",
)  # fmt: skip


def whole(runs: Sequence[Run], queries: Sequence[Query], negatives: Sequence[Negative], pairs: Sequence[Pair]) -> str:
    """Return every table of a run."""
    measured = [(run, Cuts(run, negatives)) for run in runs]
    found = [recalls(run, queries, cuts) for run, cuts in measured]
    sums = [summary(each) for each in found]
    parts = [
        "## Recall at 1 % false positives\n",
        f"Latin is the mean of its eight kinds of damage. *: under {FEW} queries.\n",
        *_overview(runs, sums),
        "\n## Speed and size\n", *_speed(runs),
        "\n## Pairs\n", *_pairs(runs, pairs),
        "\n## Hard negatives that pass at 1 %\n", *_hard(measured, negatives),
        "\n## Every class\n", *_classes(runs, found),
        "\n## Ordinary names behind each cut\n", *_groups(measured[0][1]),
    ]  # fmt: skip
    return "\n".join(parts) + "\n"


def _overview(runs: Sequence[Run], sums: Sequence[dict[str, Recall]]) -> Iterator[str]:
    heads = ("Latin", "Latin persons", "Latin organisations", *(each.replace(", ", " ") for each in REQUIRED))
    yield "| Engine | " + " | ".join(heads) + " | All | All at .5 % | All at .1 % | Latin at .1 % |"
    yield "|---|" + "--:|" * (len(heads) + 4)
    for run, of in zip(runs, sums, strict=True):
        cells = [
            f"{latin(of):.3f}" if has_latin(of) else "-",
            _share(of["Latin, persons"]),
            _share(of["Latin, organisations"]),
        ]
        cells += [_share(of[each]) for each in REQUIRED]
        cells += [f"{every_class(of, at):.3f}" for at in range(3)] + [f"{latin(of, 2):.3f}" if has_latin(of) else "-"]
        yield f"| {_name(run)} | " + " | ".join(cells) + " |"


def _name(run: Run) -> str:
    return run.engine if run.sample == 1 else f"{run.engine} (1/{run.sample} of the names)"


def _share(recall: Recall) -> str:
    few = "\\*" if recall.count < FEW else ""
    return f"{recall.share():.3f}{few}" if recall.count else "-"


def _speed(runs: Sequence[Run]) -> Iterator[str]:
    yield "CPU time of one process, in bulk by the clock; the names of the bench in random order, each asked alone.\n"
    yield f"| Engine | first {NEW:,}, names/s | p50 ms | p99 ms | the rest | p50 | p99 | repeated | p50 | p99 | slowest |"
    yield "|---|" + "--:|" * 10
    for run in runs:
        parts = (run.milliseconds[:NEW], run.milliseconds[NEW:], run.again)
        cells = [cell for part in parts for cell in (_rate(part), *_shares(part))]
        yield f"| {_name(run)} | " + " | ".join([*cells, f"{max(run.milliseconds):.1f} ms"]) + " |"
    yield "\n| Engine | in bulk, names/s | build, CPU s | by the clock | start from the saved index s | peak MB |"
    yield "|---|--:|--:|--:|--:|--:|"
    for run in runs:
        bulk, start = f"{run.bulk:,.0f}" if run.bulk else "-", f"{run.start:.2f}" if run.start else "-"
        clock = f"{run.clock:.1f}" if run.clock else "-"
        yield f"| {_name(run)} | {bulk} | {run.build:.1f} | {clock} | {start} | {run.memory:,.0f} |"
    if any(run.worst for run in runs):
        yield "\n| The worst names that we know, ms | " + " | ".join(_name(run) for run in runs if run.worst) + " |"
        yield "|---|" + "--:|" * sum(bool(run.worst) for run in runs)
        for name in next(run.worst for run in runs if run.worst):
            yield f"| {name} | " + " | ".join(f"{run.worst[name]:.1f}" for run in runs if run.worst) + " |"
    unequal = [f"{run.engine}: {run.unequal}" for run in runs if run.unequal]
    if unequal:
        yield f"\nAnswers that differ in bulk: {', '.join(unequal)}."


def _shares(milliseconds: Sequence[float]) -> Iterator[str]:
    times = sorted(milliseconds)
    for share in (0.5, 0.99):
        yield f"{times[int(len(times) * share)]:.2f}" if times else "-"


def _rate(milliseconds: Sequence[float]) -> str:
    return f"{1000 * len(milliseconds) / sum(milliseconds):,.0f}" if milliseconds and sum(milliseconds) else "-"


def _pairs(runs: Sequence[Run], pairs: Sequence[Pair]) -> Iterator[str]:
    yield "The threshold is the best of the other half of the entities.\n"
    yield "| Engine | Pairs | Threshold | F1 | Best F1 | Average precision |"
    yield "|---|--:|--:|--:|--:|--:|"
    for run in runs:
        if run.pairs:
            of: Quality = quality(run.pairs, pairs)
            cells = [
                f"{of.count:,}",
                f"{of.threshold:.4g}",
                f"{of.f1:.3f}",
                f"{of.best_f1:.3f}",
                f"{of.average_precision:.3f}",
            ]
            yield f"| {run.engine} | " + " | ".join(cells) + " |"


def _hard(measured: Sequence[tuple[Run, Cuts]], negatives: Sequence[Negative]) -> Iterator[str]:
    found = [passing(run, negatives, cuts) for run, cuts in measured]
    names = list(found[0])
    yield "| Kind | Names | " + " | ".join(_name(run) for run, _ in measured) + " |"
    yield "|---|--:|" + "--:|" * len(measured)
    for name in names:
        cells = [f"{of[name][0] / of[name][1]:.3f}" if name in of else "-" for of in found]
        yield f"| {name} | {found[0][name][1]:,} | " + " | ".join(cells) + " |"


def _classes(runs: Sequence[Run], found: Sequence[dict[str, Recall]]) -> Iterator[str]:
    yield f"Recall at 1 % (95 % interval), at .5 %, at .1 %. Candidates: the right party was answered at all. *: under {FEW}.\n"
    yield "| Class | Engine | Queries | 1 % | interval | .5 % | .1 % | candidates |"
    yield "|---|---|--:|--:|---|--:|--:|--:|"
    for name in found[0]:
        for run, of in zip(runs, found, strict=True):
            if name in of:
                recall = of[name]
                low, high = recall.interval()
                few = "\\*" if recall.count < FEW else ""
                shares = " | ".join(f"{recall.share(at):.3f}" for at in (1, 2))
                yield (
                    f"| {name} | {_name(run)} | {recall.count}{few} | {recall.share():.3f} | {low:.2f}-{high:.2f} | {shares} |"
                    f" {recall.candidates / recall.count:.3f} |"
                )


def _groups(cuts: Cuts) -> Iterator[str]:
    yield "| Kind and script | Names |"
    yield "|---|--:|"
    for group, count in sorted(cuts.sizes().items()):
        yield f"| {group} | {count:,} |"
