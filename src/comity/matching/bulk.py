"""Many questions at once, over several processes. The answers are those that one process gives, in the order of the questions.

Each process makes for itself what it asks with: an index is mapped, so that all share its pages. No more questions are taken ahead
than keep the processes busy, so that memory does not grow with the file.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Final, TypeVar

from comity.matching.compiled import speed_up
from comity.matching.engine import Engine
from comity.matching.keeping import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from comity.matching.names import Kind
    from comity.matching.scoring import Score

Q = TypeVar("Q")
A = TypeVar("A")

BATCH: Final = 256
"""Questions that travel together."""
AHEAD: Final = 3
"""Batches for each process that are under way or wait for their turn."""
WORTH_FROM: Final = 4_000
"""Questions from which other processes are started: they take a second to begin."""
PROCESSES_MAX: Final = 16


def processes() -> int:
    """Return how many processes ask at once where nobody says: one for each processor that this one may use."""
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, PROCESSES_MAX)


def ask_many(
    index: Path, score: Score, asked: Iterable[tuple[str, Kind]], count: int, code: Path | None = None
) -> Iterator[list[tuple[int, int]]]:
    """Yield for each name, in their order, the rows of an index on disk that it may mean and the points of each, likeliest first.

    `count` says over how many processes; `code` says where compiled code is kept, if they are to take the compiled path.
    """
    return spread(partial(_engine, index, score, code), asked, count)


def spread(start: Callable[[], Callable[[Q], A]], questions: Iterable[Q], count: int) -> Iterator[A]:
    """Yield the answers to questions, in their order. Each of `count` processes calls `start` once, and asks what it returns.

    `start` must be a function of a module, or a `partial` of one, so that another process can be told of it.
    """
    source = iter(questions)
    first = list(islice(source, WORTH_FROM)) if count > 1 else []
    if len(first) < WORTH_FROM:
        ask = start()
        yield from map(ask, first)
        yield from map(ask, source)
        return
    with ProcessPoolExecutor(count, get_context("spawn"), _start, (start,)) as pool:
        waiting: deque[Future[list[A]]] = deque()
        try:
            for batch in _batches(first, source):
                waiting.append(pool.submit(_answers, batch))
                if len(waiting) >= AHEAD * count:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _batches(first: Sequence[Q], source: Iterator[Q]) -> Iterator[Sequence[Q]]:
    for at in range(0, len(first), BATCH):
        yield first[at : at + BATCH]
    while batch := list(islice(source, BATCH)):
        yield batch


_asks: list[Callable[[Any], Any]] = []
"""What this process asks, if it is one of several."""


def _start(start: Callable[[], Callable[[Any], Any]]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this process ends it
    _asks[:] = [start()]


def _answers(batch: Sequence[Any]) -> list[Any]:
    return list(map(_asks[0], batch))


def _engine(index: Path, score: Score, code: Path | None) -> Callable[[tuple[str, Kind]], list[tuple[int, int]]]:
    engine = Engine(opened(index), score)
    engine.warm()
    if code is not None:
        speed_up(engine, code)
    return lambda asked: [(match.row.number, match.points) for match in engine.ask(*asked)]
