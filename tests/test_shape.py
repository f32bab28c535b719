"""Nothing grows beyond what can be read in one go. An exemption is a line below, with its reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "comity"

FUNCTION_LINES_MAX = 60
MODULE_LINES_MAX = 400
ENTRY_LINES_MAX = 350
TEMPLATE_LINES_MAX = 120  # 80 is the aim; a page of tables with its empty states needs some more
PAGE_LINES_MAX = 300
PARAMETERS_MAX = 5

FREE = {"self", "cls", "work", "connection"}
"""Parameters that say in whose name, not what."""

SURFACES = re.compile(r"comity/(\w+/(api|pages|commands)(\.py|/)|edge/)")
"""Where a parameter is an option, a path or a field that the outside world names."""

NAMELESS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "manager",
    "managers",
    "context",
    "libraries",
    "base",
}
"""Modules that would say nothing about what is in them."""

DECORATED = re.compile("Manager$|Helper|Context$|^Base|^Abstract|Impl$|Exception$")
"""Class names that decorate instead of naming."""

PREFIXED = re.compile("_*(get|do|process|handle)_")
"""Function names that say less than the verb they stand for."""

EXEMPT: dict[str, str] = {
    "src/comity/infra/work.py begin": "each of the six is a ground that an auditor asks for",
    "src/comity/infra/columns.py process_bind_param": "SQLAlchemy's name",
    "src/comity/infra/columns.py process_result_value": "SQLAlchemy's name",
    "src/comity/edge/templating.py get_template": "Litestar's name",
    "src/comity/edge/cli.py get_command": "click's name",
    "src/comity/lists/model/tables.py records": "each parameter says one thing of a file's form, and every source says few of them",
    "src/comity/lists/model/tables.py _rows": "the same",
    "src/comity/catalogue/dialects/ofac_menus.py _menu": "a table of the law, one row for each sanction of the menu",
    "src/comity/infra/migrations/versions/0001_foundation.py _register": "a list of tables, written once",
}

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


def parsed() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_bytes())


def functions() -> Iterator[tuple[str, Function]]:
    for path, tree in parsed():
        for node in ast.walk(tree):
            if isinstance(node, Function):
                yield path, node


def too_long(paths: Iterator[Path], limit: int) -> list[str]:
    """Return the files with more lines than they may have, with their sizes."""
    sizes = {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    return [f"{name}: {size} lines" for name, size in sorted(sizes.items()) if size > limit and name not in EXEMPT]


def unexcused(found: Iterator[tuple[str, str]]) -> list[str]:
    """Return the offenders that no line above excuses, each with what is the matter."""
    return [f"{name}: {matter}" for name, matter in found if name not in EXEMPT]


def parameters(function: Function) -> int:
    given = function.args.posonlyargs + function.args.args + function.args.kwonlyargs
    return len({argument.arg for argument in given} - FREE)


def test_a_function_fits_on_a_screen() -> None:
    sizes = ((f"{path} {node.name}", (node.end_lineno or 0) - node.lineno + 1) for path, node in functions())
    assert unexcused((name, f"{size} lines") for name, size in sizes if size > FUNCTION_LINES_MAX) == []


def test_a_function_asks_for_a_few_things_or_for_one_question() -> None:
    inner = ((f"{path} {node.name}", parameters(node)) for path, node in functions() if not SURFACES.search(path))
    assert unexcused((name, f"{count} parameters") for name, count in inner if count > PARAMETERS_MAX) == []


def test_a_module_is_read_in_one_sitting() -> None:
    assert too_long(SOURCE.rglob("*.py"), MODULE_LINES_MAX) == []


def test_a_catalogue_entry_is_shorter_still() -> None:
    entries = (path for path in (SOURCE / "catalogue").glob("*/*.py") if path.parent.name != "dialects")
    assert too_long(entries, ENTRY_LINES_MAX) == []


def test_a_template_is_one_page() -> None:
    assert too_long(SOURCE.rglob("*.html"), TEMPLATE_LINES_MAX) == []


def test_a_page_of_documentation_answers_one_question() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    assert too_long(iter(pages), PAGE_LINES_MAX) == []


def test_a_module_is_named_after_what_is_in_it() -> None:
    modules = (path for path in SOURCE.rglob("*") if path.suffix == ".py" or (path / "__init__.py").exists())
    named = ((path.relative_to(ROOT).as_posix(), path.stem) for path in modules)
    assert unexcused((name, "says nothing") for name, stem in named if stem in NAMELESS) == []


def test_classes_and_functions_have_plain_names() -> None:
    classes = (
        (path, node.name) for path, tree in parsed() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)
    )
    decorated = ((f"{path} {name}", "decorated name") for path, name in classes if DECORATED.search(name))
    assert unexcused(decorated) == []
    prefixed = ((f"{path} {node.name}", "empty prefix") for path, node in functions() if PREFIXED.match(node.name))
    assert unexcused(prefixed) == []


def test_every_exemption_is_still_needed() -> None:
    there = {path.relative_to(ROOT).as_posix() for path in SOURCE.rglob("*")}
    named = {f"{path} {node.name}" for path, node in functions()}
    assert set(EXEMPT) <= there | named
