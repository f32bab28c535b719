"""Reading what code says about itself, and writing Markdown."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterable, Iterator, Sequence
from textwrap import dedent
from types import ModuleType

NOTICE = "<!-- Written by script/reference. Change the code, then run it again. -->"


def page(title: str, lead: str, *sections: str) -> str:
    """Return a page: a title, a sentence that says what it answers, and its sections."""
    return "\n\n".join([NOTICE, f"# {title}", lead, *(section for section in sections if section)]) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; an empty one is left out by whoever asks for it."""
    lines = [_row(heads), "|" + "---|" * len(heads), *(_row(cells) for cells in rows)]
    return "\n".join(lines)


def code(text: object) -> str:
    """Return a value as code; nothing stays nothing."""
    return f"`{text}`" if str(text) else ""


def listed(values: Iterable[object]) -> str:
    """Return values as code, one after the other."""
    return ", ".join(code(value) for value in values)


def folded(text: str | None) -> str:
    """Return a docstring's text with each paragraph in one line."""
    paragraphs = re.split(r"\n\s*\n", inspect.cleandoc(text or ""))
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def first(text: str | None) -> str:
    """Return the first paragraph of a docstring in one line."""
    return folded(text).partition("\n\n")[0]


def attributes(owner: type | ModuleType) -> dict[str, str]:
    """Return the docstrings that stand under the names of a class or a module, by name, in their order."""
    tree = ast.parse(dedent(inspect.getsource(owner)))
    body = tree.body if isinstance(owner, ModuleType) else tree.body[0].body  # type: ignore[attr-defined]
    return dict(_attributes(body))


def _attributes(body: Sequence[ast.stmt]) -> Iterator[tuple[str, str]]:
    for statement, following in zip(body, [*body[1:], ast.Pass()], strict=True):
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        name = next((target.id for target in targets if isinstance(target, ast.Name)), "")
        said = following.value if isinstance(following, ast.Expr) else None
        text = said.value if isinstance(said, ast.Constant) else ""
        if name and isinstance(statement, ast.Assign | ast.AnnAssign):
            yield name, folded(text) if isinstance(text, str) else ""


def _row(cells: Sequence[str]) -> str:
    return (
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n\n", "<br>").replace("\n", " ") for cell in cells) + " |"
    )
