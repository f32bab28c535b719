"""Finding the entries of a catalogue: one module is one entry.

A catalogue is a package whose modules each define one constant of one type (`SOURCE`, `SCENARIO`, …). Third parties ship the same
module under an entry-point group of the same name as the package. Nothing is registered by hand anywhere.
"""

from __future__ import annotations

import importlib
import pkgutil
from importlib.metadata import entry_points
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, TypeVar

from comity.kit.errors import Corrupt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType


class Entry(Protocol):
    """Anything with an id that is unique in its catalogue."""

    @property
    def id(self) -> str:
        """The entry's id, equal to the name of its module."""
        ...


E = TypeVar("E", bound=Entry)


class CatalogueBroken(Corrupt):
    """A catalogue entry is missing its constant, has the wrong type, or repeats an id."""

    code = "catalogue.broken"


def discover(package: ModuleType, constant: str, type_: type[E]) -> Mapping[str, E]:
    """Return the entries of a package and of its entry-point group, by id, in order of id. Raises `CatalogueBroken`."""
    found: dict[str, E] = {}
    for module in _modules(package):
        entry = getattr(module, constant, None)
        name = module.__name__.rpartition(".")[2]
        if not isinstance(entry, type_):
            raise CatalogueBroken(f"{module.__name__} defines no {constant} of type {type_.__name__}.")
        if entry.id != name:
            raise CatalogueBroken(f"{module.__name__} calls its entry {entry.id!r}; the file is named {name!r}.")
        if entry.id in found:
            raise CatalogueBroken(f"Two entries are called {entry.id!r}.")
        found[entry.id] = entry
    return MappingProxyType(dict(sorted(found.items())))


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for info in pkgutil.iter_modules(package.__path__):
        yield importlib.import_module(f"{package.__name__}.{info.name}")
    for point in entry_points(group=package.__name__):
        yield point.load()
