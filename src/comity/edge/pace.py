"""How often one account or token may ask: a bucket of requests for each, in the memory of this process.

A bucket holds a minute's worth and fills again evenly. Another process has buckets of its own, and a restart fills all of them:
this keeps one hasty program from taking the node from everybody else, and is no accounting.
"""

from __future__ import annotations

from datetime import datetime
from math import ceil
from typing import Final, NamedTuple

from comity.kit.errors import Limited

ASKERS_MAX: Final = 10_000
"""Buckets that are kept; the one that was asked of longest ago gives way."""
MINUTE_S: Final = 60


class TooManyRequests(Limited):
    """This account or token asks more often than this node's settings allow; `Retry-After` says when it may ask again."""

    code = "request.too_many"


class _Bucket(NamedTuple):
    left: float
    at: datetime


class Pace:
    """Counts requests by who asks. It is used on one thread, the event loop's."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        """0: nothing is counted."""
        self._buckets: dict[str, _Bucket] = {}

    def take(self, asker: str, at: datetime) -> None:
        """Count one request. Raises `TooManyRequests`."""
        if not self._per_minute:
            return
        before = self._buckets.pop(asker, None)
        left = float(self._per_minute)
        if before is not None:
            passed_s = max((at - before.at).total_seconds(), 0.0)
            left = min(left, before.left + passed_s * self._per_minute / MINUTE_S)
        is_allowed = left >= 1
        self._buckets[asker] = _Bucket(left - 1 if is_allowed else left, at)
        if len(self._buckets) > ASKERS_MAX:
            del self._buckets[next(iter(self._buckets))]
        if not is_allowed:
            wait_s = max(ceil((1 - left) * MINUTE_S / self._per_minute), 1)
            raise TooManyRequests(f"You ask too often. Ask again in {wait_s} s.", retry_after_s=wait_s)
