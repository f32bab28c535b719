"""Many questions at once, over several processes. The answers are those that one process gives, in the order of the questions.

An index is mapped, so that all share its pages. On Linux a process that has one thread only is copied, and its copies have at
once what it has loaded; elsewhere each begins anew and loads for itself. The one that wants the answers asks too while the next is
not there. No more questions are taken ahead than keep the processes busy, so that memory does not grow with the file.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from itertools import chain, islice
from multiprocessing import connection, get_context, parent_process
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from comity.matching.compiled import speed_up
from comity.matching.engine import Engine, warm
from comity.matching.keeping import opened
from comity.matching.together.asking import Together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from comity.matching.names import Kind
    from comity.matching.scoring import Score

Q = TypeVar("Q")
A = TypeVar("A")
Asks: TypeAlias = "Callable[[Sequence[Q]], list[A]]"
"""What answers some questions, one by one or all at once."""
Points: TypeAlias = list[tuple[int, int]]
"""The rows that a name may mean, and the points of each."""

BATCH: Final = 256
"""Questions that travel together."""
NAMES: Final = 1_024
"""And names that are asked all at once: more of them share their words, fewer let all processes end at the same time."""
AHEAD: Final = 3
"""Batches for each process that are under way or wait for their turn."""
WORTH_FROM: Final = 4_000
"""Questions from which other processes are started: one that begins anew takes a second to."""
PROCESSES_MAX: Final = 16


def processes() -> int:
    """Return how many processes ask at once where nobody says: one for each processor that this one may use."""
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, PROCESSES_MAX)


def ask_many(
    index: Path, score: Score, asked: Iterable[tuple[str, Kind]], count: int, code: Path | None = None
) -> Iterator[Points]:
    """Yield for each name, in their order, the rows of an index on disk that it may mean and the points of each, likeliest first.

    `count` says over how many processes; `code` says where compiled code is kept, if they are to take the compiled path.
    """
    return spread(partial(_engine, index, score, code), asked, count, NAMES)


def asks(engine: Engine, code: Path | None) -> Asks[tuple[str, Kind], Points]:
    """Return what asks an engine about many names at once: compiled, if `code` says where compiled code is kept, or in arrays."""
    if code is None or not speed_up(engine, code):
        return Together(engine).ask
    quick = engine.quick
    assert quick is not None
    return lambda asked: quick.ask_many([engine.parse(*one) for one in asked])


def spread(start: Callable[[], Asks[Q, A]], questions: Iterable[Q], count: int, batch: int = BATCH) -> Iterator[A]:
    """Yield the answers to questions, in their order. Each of `count` processes calls `start` once, and asks what it returns.

    `start` must be a function of a module, or a `partial` of one, so that another process can be told of it; a copy of this process
    asks what this one has started.
    """
    source = iter(questions)
    first = list(islice(source, WORTH_FROM)) if count > 1 else []
    batches = _batches(chain(first, source), batch)
    if len(first) < WORTH_FROM:
        ask = start()
        for some in batches:
            yield from ask(some)
        return
    may_copy = (
        sys.platform == "linux" and threading.active_count() == 1
    )  # a copy has none of the other threads, but their locks
    if may_copy:
        started = start()
        start = partial(_same, started)
    with ProcessPoolExecutor(count - 1, get_context("fork" if may_copy else "spawn"), _start, (start,)) as pool:
        try:
            yield from _shared(pool, start, batches, AHEAD * count)
        finally:
            pool.shutdown(cancel_futures=True)


def _same(started: Asks[Q, A]) -> Asks[Q, A]:
    return started


def _shared(
    pool: ProcessPoolExecutor, start: Callable[[], Asks[Q, A]], batches: Iterator[Sequence[Q]], ahead: int
) -> Iterator[A]:
    """Yield the answers of other processes and of this one, which takes what none has begun while the next is not there."""
    waiting: deque[tuple[Future[list[A]], Sequence[Q]]] = deque()
    ask: Asks[Q, A] | None = None
    while True:
        for some in islice(batches, ahead - len(waiting)):
            waiting.append((pool.submit(_answers, some), some))
        if not waiting:
            return
        is_there = waiting[0][0].done()
        mine = None if is_there else next((at for at, (one, _) in enumerate(waiting) if one.cancel()), None)
        if mine is None:
            yield from waiting.popleft()[0].result()
        else:
            ask = ask or start()
            answered: Future[list[A]] = Future()
            answered.set_result(ask(waiting[mine][1]))
            waiting[mine] = (answered, ())


def _batches(source: Iterator[Q], size: int) -> Iterator[Sequence[Q]]:
    while batch := list(islice(source, size)):
        yield batch


_asks: list[Callable[[Any], Any]] = []
"""What this process asks, if it is one of several."""


def _start(start: Callable[[], Callable[[Any], Any]]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this process ends it
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _asks[:] = [start()]
    gc.freeze()  # what is loaded stays


def _leave_with_parent() -> None:
    """Wait for the end of whoever started this process, and end too: killed outright, it tells nobody."""
    parent = parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)


def _answers(batch: Sequence[Any]) -> list[Any]:
    answers: list[Any] = _asks[0](batch)
    return answers


def _engine(index: Path, score: Score, code: Path | None) -> Asks[tuple[str, Kind], Points]:
    warm()
    return asks(Engine(opened(index), score), code)
