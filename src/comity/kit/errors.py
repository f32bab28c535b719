"""Every way in which Comity says no.

    Failure
    ├── Invalid       you asked wrongly                        422   2
    ├── Unproven      we do not know who you are               401  77
    ├── Denied        we know you; you may not                 403  77
    ├── NotFound      no such thing, or not for you to see     404  66
    ├── Conflict      true a moment ago, not now               409  75
    ├── Refused       a lawful refusal, with its ground        409   1
    ├── Limited       a stated limit was reached               429  75
    ├── Unavailable   something we depend on is down           503  75
    └── Corrupt       data contradicts itself                  500  70

A feature derives its own failures from these nine in its `model.py` and gives each a stable `code`, which is public API: it is
documented, never renamed, and decides the problem type. The *kind* is mapped to an HTTP status, a CLI exit code and an answer to a
partner once, at the edge. `detail` is a sentence that is safe to show to the other side; `context` goes to the log and nowhere
else. No failure says that a person is listed, matched or under investigation to somebody who may not know.
"""

from __future__ import annotations

from enum import Enum
from typing import ClassVar


class Kind(Enum):
    """What went wrong, coarsely; a closed set."""

    INVALID = "invalid"
    UNPROVEN = "unproven"
    DENIED = "denied"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    REFUSED = "refused"
    LIMITED = "limited"
    UNAVAILABLE = "unavailable"
    CORRUPT = "corrupt"


class Failure(Exception):  # noqa: N818 - a failure is a fact, not an …Error
    """An expected failure: `detail` may be shown, `context` is for the log."""

    kind: ClassVar[Kind]
    code: ClassVar[str]

    def __init_subclass__(cls) -> None:
        """Refuse, at import, a failure without its own stable code."""
        super().__init_subclass__()
        if "code" not in cls.__dict__ or not hasattr(cls, "kind"):
            raise TypeError(f"{cls.__qualname__} names no code")

    def __init__(self, detail: str, **context: object) -> None:
        super().__init__(detail)
        self.detail = detail
        self.context = context


class Invalid(Failure):
    """You asked wrongly."""

    kind, code = Kind.INVALID, "invalid"


class Unproven(Failure):
    """We do not know who you are."""

    kind, code = Kind.UNPROVEN, "unproven"


class Denied(Failure):
    """We know you; you may not."""

    kind, code = Kind.DENIED, "denied"


class NotFound(Failure):
    """No such thing, or not for you to see."""

    kind, code = Kind.NOT_FOUND, "not_found"


class Conflict(Failure):
    """True a moment ago, not now."""

    kind, code = Kind.CONFLICT, "conflict"


class Refused(Failure):
    """A lawful refusal, with its ground."""

    kind, code = Kind.REFUSED, "refused"


class Limited(Failure):
    """A stated limit was reached."""

    kind, code = Kind.LIMITED, "limited"


class Unavailable(Failure):
    """Something that we depend on is down."""

    kind, code = Kind.UNAVAILABLE, "unavailable"


class Corrupt(Failure):
    """Data contradicts itself; evidence may be damaged."""

    kind, code = Kind.CORRUPT, "corrupt"
