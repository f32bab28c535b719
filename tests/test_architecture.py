"""The house stands as it was drawn: import-linter's contracts, and what they cannot say."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import grimp
import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "comity"
FLOORS = {"kit", "model", "matching", "infra", "catalogue", "edge"}
"""Packages that are not features."""

FEATURES = {path.parent.name for path in SOURCE.glob("*/__init__.py")} - FLOORS

CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}
CHANCE = {"random", "secrets", "uuid"}


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("comity", cache_dir=None)


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_bytes())


def test_every_contract_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    broken = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert broken == 0, capsys.readouterr().out


def test_every_feature_is_under_the_contract_on_its_shape() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (shape,) = [contract for contract in settings["contracts"] if contract["id"] == "shape"]
    assert set(shape["containers"]) == {f"comity.{feature}" for feature in FEATURES}


def strangers(imports: grimp.ImportGraph) -> Iterator[tuple[str, str]]:
    """Yield imports of a feature's inside by somebody who should use its front door: `model` and `service`."""
    for importer in sorted(imports.modules):
        mine = importer.split(".")[1:2]
        for imported in sorted(imports.find_modules_directly_imported_by(importer)):
            theirs, door = [*imported.split(".")[1:3], "", ""][:2]
            if theirs in FEATURES and mine not in ([theirs], ["edge"], ["node"]) and door not in {"model", "service"}:
                yield importer, imported


def test_a_feature_is_used_through_its_front_door() -> None:
    assert list(strangers(graph())) == []


def test_somebody_at_the_back_door_is_noticed() -> None:
    planted = grimp.ImportGraph()
    for name in ("comity.register.service", "comity.lists.store", "comity.lists.model.edition", "comity.edge.app"):
        planted.add_module(name)
    planted.add_import(importer="comity.register.service", imported="comity.lists.store")
    planted.add_import(importer="comity.register.service", imported="comity.lists.model.edition")
    planted.add_import(importer="comity.edge.app", imported="comity.lists.store")
    assert list(strangers(planted)) == [("comity.register.service", "comity.lists.store")]


def calls(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield `thing.name` of every attribute that is read from a plain name, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}", node.lineno


def test_only_the_clock_knows_what_time_it_is() -> None:
    asked = [
        f"{path}:{line} {call}"
        for path, tree in modules()
        if path != "kit/clock.py"
        for call, line in calls(tree)
        if call in CLOCKS
    ]
    assert asked == []


def test_nothing_is_set_by_the_environment() -> None:
    read = [
        f"{path}:{line}"
        for path, tree in modules()
        for call, line in calls(tree)
        if call in {"os.environ", "os.getenv"}
    ]
    assert read == []


def test_models_and_catalogue_entries_leave_nothing_to_chance() -> None:
    pure = [name for name in graph().modules if name.startswith("comity.catalogue.") or ".model" in name]
    assert [name for name in pure if CHANCE & roots_imported_by(name)] == []


def roots_imported_by(name: str) -> set[str]:
    tree = ast.parse(Path(module_file(name)).read_bytes())
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return {found.partition(".")[0] for found in plain} | {
        str(node.module).partition(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
    }


def module_file(name: str) -> Path:
    path = SOURCE.parent.joinpath(*name.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
