"""Logs that may be shown to anybody: what happened, never to whom.

One JSON object per line on standard error, or readable lines on a terminal. Every entry passes through a list of allowed keys:
whatever else somebody adds is dropped, and only its key is named. A traceback is written without messages and values, because an
exception's text may hold the name that broke it. Other libraries' messages are dropped but for those known to be harmless.
"""

from __future__ import annotations

import logging
import sys
import traceback
from typing import TYPE_CHECKING, Any, TextIO

import structlog

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from types import TracebackType

    from structlog.typing import Processor

ALLOWED = frozenset({
    "answer",
    "at",
    "attempt",
    "bytes",
    "code",
    "count",
    "edition",
    "error",
    "event",
    "exception",
    "incident",
    "job",
    "kind",
    "level",
    "logger",
    "message",
    "method",
    "path",
    "route",
    "seconds",
    "source",
    "status",
})  # fmt: skip
"""Keys whose values are never personal: ids of things, codes, counts, durations, and addresses without their query."""

VALUE_CHARS_MAX = 300
"""Longer texts are cut: a log is no place for documents."""

HARMLESS = frozenset({"uvicorn.error"})
"""Libraries whose messages are kept: they speak of addresses and signals only. uvicorn's requests come from `uvicorn.access`."""


INFO, WARNING = logging.INFO, logging.WARNING
"""From which entry on: whoever serves tells everything, a command only what somebody should look at."""


def configure(stream: TextIO | None = None, *, level: int = INFO) -> None:
    """Send every log of this process, ours and others', to a stream in this form; once, at the start of a process."""
    target = stream or sys.stderr
    renderer: Processor = (
        structlog.dev.ConsoleRenderer() if target.isatty() else structlog.processors.JSONRenderer(sort_keys=True)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            frames,
            allow,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=target),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(handlers=[_Foreign()], level=logging.WARNING, force=True)
    for name in HARMLESS:
        logging.getLogger(name).setLevel(level)


def allow(_logger: object, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every key that is not allowed, name it under `dropped`, and cut what is left to a decent size."""
    kept = {key: _decent(key, value) for key, value in entry.items() if key in ALLOWED}
    dropped = sorted(set(entry) - ALLOWED)
    return kept | {"dropped": dropped} if dropped else kept


def frames(_logger: object, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace exception information by kinds of exception and places in the code, the cause last."""
    info = entry.pop("exc_info", None)
    error = info if isinstance(info, BaseException) else info[1] if isinstance(info, tuple) else sys.exc_info()[1]
    if info and error:
        entry["exception"] = _told(error)
    return entry


def _told(error: BaseException) -> list[str]:
    lines: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        lines += [f"{type(cause).__module__}.{type(cause).__qualname__}", *_places(cause.__traceback__)]
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return lines


def _places(trace: TracebackType | None) -> list[str]:
    return [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]


def _decent(key: str, value: object) -> object:
    if key == "exception" or value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    if key == "path":
        text = text.partition("?")[0].partition("#")[0]
    return text[:VALUE_CHARS_MAX]


class _Foreign(logging.Handler):
    """Passes other libraries' entries on to our own log."""

    def emit(self, record: logging.LogRecord) -> None:
        said = {"message": record.getMessage()} if record.name in HARMLESS else {}
        structlog.get_logger().log(record.levelno, "log.other", logger=record.name, exc_info=record.exc_info, **said)
