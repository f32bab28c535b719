"""What commands need of the terminal that they run in; the edge provides it, features only name it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from comity.infra.work import Work
    from comity.kit.errors import Failure
    from comity.model.permission import Permission


CERTAIN: Final = 0.995
"""From here on two decimals would say 1.00, which no answer of names is."""


class Terminal(Protocol):
    """A terminal at which somebody operates one node."""

    @property
    def home(self) -> Path:
        """The node's home."""
        ...

    def work(self, permission: Permission, *, write: bool = True) -> AbstractContextManager[Work]:
        """Begin a unit of work of the operator at the machine."""
        ...

    def say(self, value: object, text: str) -> None:
        """Print a value as JSON, or its text, as the terminal was asked to."""
        ...

    def stream(self, values: Iterable[object], text: Callable[[object], str]) -> None:
        """Print values one by one, as JSON lines or as text."""
        ...

    def table(self, values: Iterable[object], columns: Iterable[str], row: Callable[[object], Iterable[str]]) -> None:
        """Print a JSON array, or a table with these columns."""
        ...

    def remark(self, text: str) -> None:
        """Tell a person, not a program, what is going on, on standard error."""
        ...

    def complain(self, failure: Failure, about: str = "") -> None:
        """Print a failure that does not end the command on standard error, with what it is about."""
        ...

    def waiting(self, title: str) -> AbstractContextManager[None]:
        """Show that something goes on of which nobody knows how long it takes."""
        ...

    def progress(
        self, title: str, unit: Literal["bytes", "rows"] = "bytes"
    ) -> AbstractContextManager[Callable[[int, int | None], None]]:
        """Show a progress bar on standard error while something long goes on, fed with (done, total)."""
        ...


def likely(probability: float) -> str:
    """Return a probability with two decimals; what would be rounded to certainty is `0.99+`."""
    return "0.99+" if probability >= CERTAIN else f"{probability:.2f}"
