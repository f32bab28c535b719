"""In which editions a record stood, as runs over the editions in the order of publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence


class Span(msgspec.Struct, frozen=True):
    """One record of a list, and the editions in which it stood: from `since`, to before `until`, by edition key."""

    reference: str
    since: str
    until: str | None
    digest: bytes

    def holds(self, key: str) -> bool:
        """Whether the record stood in the edition with this key."""
        return self.since <= key and (self.until is None or key < self.until)


def weave(
    spans: Sequence[Span], *, reference: str, key: str, following: str | None, digest: bytes | None
) -> list[Span]:
    """Return the spans of one reference after an edition was put into its place among the accepted ones.

    `digest` is what the new edition holds under the reference, or None; `following` is the key of the next accepted edition. The
    result is the same whatever the order in which the editions come.
    """
    woven: list[Span] = []
    for span in spans:
        if not span.holds(key):
            woven.append(span)
            continue
        woven.append(Span(reference, span.since, key, span.digest))
        if following is not None and span.holds(following):
            woven.append(Span(reference, following, span.until, span.digest))
    if digest is not None:
        woven.append(Span(reference, key, following, digest))
    return _merge(sorted(woven, key=lambda span: span.since))


def _merge(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in spans:
        last = merged[-1] if merged else None
        if last is not None and last.until == span.since and last.digest == span.digest:
            merged[-1] = Span(span.reference, last.since, span.until, span.digest)
        else:
            merged.append(span)
    return merged
