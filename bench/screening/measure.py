"""Running an engine over the bench: building, asking one by one, again, and all at once; comparing pairs."""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

if TYPE_CHECKING:
    from screening.names import Listed
    from screening.pairs import Pair

NEW = 5_000
"""Names of a stream during which most words are new to an engine."""

Hits = list[tuple[str, float]]


class Engine(Protocol):
    """What is measured. Scores may be on any scale; a party is named once, with its best."""

    name: str

    def build(self, listed: Sequence[Listed]) -> None: ...

    def ask(self, text: str, schema: str) -> Hits:
        """Return parties with their scores, best first."""
        ...


class Bulk(Protocol):
    """An engine that also answers many names at once."""

    def ask_many(self, asked: Sequence[tuple[str, str]]) -> list[Hits]: ...


class Compares(Protocol):
    """An engine that also scores two names without a list."""

    def pair(self, left: str, right: str, schema: str) -> float: ...


class Question(msgspec.Struct, frozen=True):
    """A name that is asked, a query or a negative: all that an engine is told. Each question has an id of its own."""

    id: str
    text: str
    schema: str


class Run(msgspec.Struct):
    """What one engine answered, how long each answer took (CPU milliseconds, in the order asked), and what it cost."""

    engine: str
    answers: dict[str, Hits]
    milliseconds: list[float]
    repeated: float
    """Names a second when names are asked a second time."""
    bulk: float
    """Names a second by the clock on the wall, asked all at once; 0 where an engine has no such way."""
    build: float
    """Seconds of CPU until the list can be asked, of all processes together."""
    memory: float
    """Megabytes that the process took at most, beyond what the list and the questions take."""
    pairs: dict[str, float]
    sample: int = 1
    """Only every so many questions were asked."""
    unequal: int = 0
    """Answers in bulk that differ from the answer alone."""
    again: list[float] = []
    """How long each answer took that was asked a second time (CPU milliseconds)."""
    start: float = 0
    """Seconds until an engine that was built before answers its first question; 0 where it keeps nothing."""
    worst: dict[str, float] = {}
    """How long the worst questions that we know took (CPU milliseconds), each asked for the first time."""
    clock: float = 0
    """Seconds until the list can be asked, by the clock on the wall."""


def run(engine: Engine, listed: Sequence[Listed], questions: Sequence[Question], pairs: Iterable[Pair]) -> Run:
    """Build, ask one by one, ask some again, ask all at once, compare pairs."""
    before = _resident()
    began, clock = _spent(), time.perf_counter()
    engine.build(listed)
    build, clock = _spent() - began, time.perf_counter() - clock
    started = _started(engine, questions[0])
    gc.collect()
    gc.freeze()
    answers: dict[str, Hits] = {}
    took: list[float] = []
    for question in questions:
        start = time.process_time_ns()
        hits = engine.ask(question.text, question.schema)
        took.append((time.process_time_ns() - start) / 1e6)
        answers[question.id] = hits
    again = []
    for question in questions[-NEW:]:
        start = time.process_time_ns()
        engine.ask(question.text, question.schema)
        again.append((time.process_time_ns() - start) / 1e6)
    repeated = 1000 * len(again) / max(sum(again), 1e-9)
    worst = _worst(engine)
    bulk, unequal = _bulk(engine, questions, answers)
    compare: Callable[[str, str, str], float] | None = getattr(engine, "pair", None)
    scores = {pair.id: compare(pair.left, pair.right, pair.schema) for pair in pairs} if compare else {}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    extra = {"unequal": unequal, "clock": clock, "again": again, "start": started, "worst": worst}
    return Run(engine.name, answers, took, repeated, bulk, build, peak - before, scores, **extra)


COMMON = "mohammed ahmed ali hassan abdul khan company trading group al international bank"
WORST = {
    "one word of 400 letters": "x" * 400,
    "24 times one common word": "mohammed " * 24,
    "24 common words": f"{COMMON} {COMMON}",
    "24 single letters": " ".join("abcdefghijklmnopqrstuvwx"),
    "24 long words of nobody": " ".join(f"{one * 3}qzwvkj{one}xhtrpl{one}" for one in "abcdefghijklmnopqrstuvwx"),
    "400 letters and digits": "a1b2c3d4" * 50,
}


def _worst(engine: Engine) -> dict[str, float]:
    took = {}
    for name, text in WORST.items():
        start = time.process_time_ns()
        engine.ask(text, "Person")
        took[name] = (time.process_time_ns() - start) / 1e6
    return took


def _started(engine: Engine, first: Question) -> float:
    start: Callable[[], None] | None = getattr(engine, "start", None)
    if start is None:
        return 0.0
    began = time.process_time()
    start()
    engine.ask(first.text, first.schema)
    return time.process_time() - began


def _spent() -> float:
    """Return the CPU seconds of this process and of those that it has started and that have ended."""
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + others.ru_utime + others.ru_stime


def _resident() -> float:
    """Return the megabytes that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def _bulk(engine: Engine, questions: Sequence[Question], answers: dict[str, Hits]) -> tuple[float, int]:
    ask_many: Callable[[Sequence[tuple[str, str]]], list[Hits]] | None = getattr(engine, "ask_many", None)
    if ask_many is None:
        return 0.0, 0
    start = time.perf_counter()
    together = ask_many([(question.text, question.schema) for question in questions])
    seconds = time.perf_counter() - start
    unequal = sum(
        list(map(tuple, hits)) != list(map(tuple, answers[q.id])) for q, hits in zip(questions, together, strict=True)
    )
    return len(questions) / max(seconds, 1e-9), unequal


def read_run(path: Path) -> Run:
    return msgspec.json.decode(path.read_bytes(), type=Run)
