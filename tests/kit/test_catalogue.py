"""Discovery: a file is an entry, and nothing is registered by hand."""

from __future__ import annotations

import importlib
import itertools
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from comity.kit.catalogue import CatalogueBroken, discover

NUMBERS = itertools.count()
ENTRY = "from test_catalogue_entries import Entry\nENTRY = Entry(id={id!r})\n"


@dataclass(frozen=True)
class Entry:
    id: str


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty catalogue package, importable under its folder's own name."""
    shared = ModuleType("test_catalogue_entries")
    shared.Entry = Entry  # type: ignore[attr-defined]
    monkeypatch.setitem(importlib.import_module("sys").modules, shared.__name__, shared)
    monkeypatch.syspath_prepend(tmp_path)
    folder = tmp_path / f"catalogue_{next(NUMBERS)}"
    folder.mkdir()
    (folder / "__init__.py").touch()
    return folder


def add(catalogue: Path, module: str, text: str | None = None) -> None:
    (catalogue / f"{module}.py").write_text(ENTRY.format(id=module) if text is None else text)


def entries(catalogue: Path) -> dict[str, Entry]:
    return dict(discover(importlib.import_module(catalogue.name), "ENTRY", Entry))


def test_an_empty_catalogue_has_no_entries(catalogue: Path) -> None:
    assert entries(catalogue) == {}


def test_every_module_is_an_entry_in_order_of_id(catalogue: Path) -> None:
    for module in ("qm_list", "a_list", "z_list"):
        add(catalogue, module)
    found = entries(catalogue)
    assert list(found) == ["a_list", "qm_list", "z_list"]
    assert found["qm_list"] == Entry(id="qm_list")


def test_a_module_without_an_entry_is_refused_by_name(catalogue: Path) -> None:
    add(catalogue, "qm_list", "")
    with pytest.raises(CatalogueBroken, match=r"qm_list defines no ENTRY of type Entry"):
        entries(catalogue)


def test_an_entry_of_another_type_is_refused(catalogue: Path) -> None:
    add(catalogue, "qm_list", "ENTRY = 'qm_list'")
    with pytest.raises(CatalogueBroken, match="of type Entry"):
        entries(catalogue)


def test_an_entry_is_named_like_its_file(catalogue: Path) -> None:
    add(catalogue, "qm_list", ENTRY.format(id="other"))
    with pytest.raises(CatalogueBroken, match=r"'other'.*'qm_list'"):
        entries(catalogue)


def provide(catalogue: Path, module: str, text: str) -> None:
    """Install a package of somebody else's that offers an entry to this catalogue."""
    folder = catalogue.parent / f"provider_{catalogue.name}"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / f"{module}.py").write_text(text)
    metadata = catalogue.parent / f"{folder.name}-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {folder.name}\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(f"[{catalogue.name}]\n{module} = {folder.name}.{module}\n")


def test_others_ship_the_same_file_under_an_entry_point_group(catalogue: Path) -> None:
    add(catalogue, "qm_list")
    provide(catalogue, "a_list", ENTRY.format(id="a_list"))
    assert list(entries(catalogue)) == ["a_list", "qm_list"]


def test_others_may_not_take_an_id_that_is_taken(catalogue: Path) -> None:
    add(catalogue, "qm_list")
    provide(catalogue, "qm_list", ENTRY.format(id="qm_list"))
    with pytest.raises(CatalogueBroken, match="Two entries are called 'qm_list'"):
        entries(catalogue)
