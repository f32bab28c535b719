"""Every table of the house, without a node."""

from __future__ import annotations

import importlib
import pkgutil

import comity
from comity.infra.database import Database


def create_tables(database: Database) -> None:
    """Import every module that declares tables, then create them all."""
    for module in pkgutil.walk_packages(comity.__path__, "comity."):
        _, floor, *rest = module.name.split(".")
        if (floor == "infra" and len(rest) == 1) or rest[:1] == ["store"]:
            importlib.import_module(module.name)
    database.create()
