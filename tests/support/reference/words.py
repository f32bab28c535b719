"""Settings, permissions, the words of the vocabulary, and limits."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from datetime import timedelta
from enum import Enum
from types import ModuleType

import msgspec
from msgspec import inspect as kinds

import comity
from comity.accounts.model import roles
from comity.filtering.model import Direction, Matter, Outcome, Part, PaymentKind, Resolution
from comity.infra.settings import Settings
from comity.lists.model import Standing, Status
from comity.model.actor import Purpose
from comity.model.designation import ActKind, State
from comity.model.measure import MeasureKind
from comity.model.permission import Permission
from support.reference.prose import attributes, code, first, listed, page, table

MIGRATIONS = "comity.infra.migrations."
LIMIT = re.compile(r"^[A-Z].*(MAX|MIN|_MS|_S|LIFE|IDLE|WINDOW|EVERY|DEFAULT|FUTURE)(_|$)")
DURATIONS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))
VOCABULARY = (
    State,
    ActKind,
    MeasureKind,
    Status,
    Standing,
    Purpose,
    Outcome,
    PaymentKind,
    Direction,
    Part,
    Matter,
    Resolution,
)


def settings() -> str:
    """Return every key of `node.toml`."""
    info = kinds.type_info(Settings)
    assert isinstance(info, kinds.StructType)
    lead = (
        "`node.toml` in the node's home. An unknown key, a wrong type or a value out of range is refused at start, with its path. "
        "There are no environment variables and no secrets among them."
    )
    return page("Settings", lead, *(_section(field) for field in info.fields))


def _section(field: kinds.Field) -> str:
    assert isinstance(field.type, kinds.StructType)
    said = attributes(field.type.cls)
    rows = [(code(each.name), _kind(each.type), _default(each), said[each.name]) for each in field.type.fields]
    heading = f"## `[{field.name}]`\n\n{first(field.type.cls.__doc__)}"
    return f"{heading}\n\n{table(('Key', 'Value', 'If not set', 'Meaning'), rows)}"


def _default(field: kinds.Field) -> str:
    return "must be set" if field.required else code(msgspec.json.encode(field.default).decode())


def _kind(of: kinds.Type) -> str:
    match of:
        case kinds.LiteralType(values=values):
            return "one of " + listed(sorted(map(str, values)))
        case kinds.IntType(ge=least, le=most):
            return f"whole number, {least} to {most}"
        case kinds.StrType(pattern=str(pattern)):
            return f"text of the form `{pattern}`"
        case kinds.StrType(min_length=int(least), max_length=int(most)):
            return f"text of {least} to {most} characters"
        case kinds.StrType():
            return "text"
        case kinds.VarTupleType():
            return "list of texts"
    raise TypeError(f"say in words what a {of} is")


def permissions() -> str:
    """Return every permission, and who holds it."""
    said, of_role = attributes(Permission), attributes(roles.Role)
    held = [
        (code(one.value), said[one.name], listed(role.value for role in roles.Role if one in roles.ROLES[role]))
        for one in Permission
    ]
    rows = [
        (code(role.value), of_role[role.name], listed(sorted(one.value for one in roles.ROLES[role])))
        for role in roles.Role
    ]
    return page(
        "Permissions and roles",
        "Every route and every command names one permission. A role is a set of them, and a token holds some of its owner's.",
        "## Permissions\n\n" + table(("Permission", "Meaning", "Roles that hold it"), held),
        "`public` and `self` stand in no role: the first needs no account, the second belongs to everybody who has signed in.",
        "## Roles\n\n" + table(("Role", "Whose it is", "Permissions"), rows),
        f"The first person on a node holds {listed(role.value for role in roles.FIRST_ROLES)}.",
    )


def vocabulary() -> str:
    """Return the closed sets of words that stand in answers and files."""
    sections = [f"## {_spaced(one.__name__)}\n\n{first(one.__doc__)}\n\n{_words(one)}" for one in VOCABULARY]
    return page(
        "Words in answers",
        "The closed sets of words that the API, the command line and `--json` use. What the field means by them: "
        "[glossary](../glossary.md).",
        *sections,
    )


def _words(one: type[Enum]) -> str:
    said = attributes(one)
    if any(said.values()):
        return table(("Word", "Meaning"), [(code(each.value), said[each.name]) for each in one])
    return listed(each.value for each in one)


def _spaced(name: str) -> str:
    return name[0] + "".join(f" {char.lower()}" if char.isupper() else char for char in name[1:])


def limits() -> str:
    """Return every named limit."""
    rows = [
        (code(name), _amount(getattr(module, name)), text, code(module.__name__.removeprefix("comity.")))
        for module in modules()
        for name, text in attributes(module).items()
        if text and LIMIT.search(name) and isinstance(getattr(module, name), int | float | timedelta)
    ]
    lead = (
        "Constants of the code, none of them a setting. The unit is the last part of the name, before `MAX` or `MIN`."
    )
    return page("Limits", lead, table(("Limit", "Value", "Meaning", "Module"), rows))


def modules() -> Iterator[ModuleType]:
    """Import and yield every module of the package but the scripts of migrations."""
    for info in sorted(pkgutil.walk_packages(comity.__path__, "comity."), key=lambda info: info.name):
        if not info.name.startswith(MIGRATIONS):
            yield importlib.import_module(info.name)


def _amount(value: float | timedelta) -> str:
    if not isinstance(value, timedelta):
        return f"{value:,}"
    seconds = int(value.total_seconds())
    unit, word = next((unit, word) for unit, word in DURATIONS if seconds % unit == 0)
    return f"{seconds // unit} {word}"
