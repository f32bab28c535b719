"""Error codes, addresses and commands."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path
from typing import Any, TypeAlias

import click
from litestar import Litestar
from litestar.routes import HTTPRoute

from comity.edge import app, problems
from comity.edge.cli import attach, cli
from comity.infra import settings as settings_
from comity.kit.errors import Failure
from comity.node import open_node
from support.reference import words
from support.reference.prose import code, first, folded, listed, page, table

SHOWN = "\b\n"
"""Click's mark of a paragraph that keeps its lines, as `attach` leaves it."""
Found: TypeAlias = tuple[str, click.Command, click.Context]
"""A command that does something: its words, itself, and its place."""
RAISES = re.compile(r" Raises .*")
EVERYTHING = "/{address}"
"""The address of what does not exist."""


def errors() -> str:
    """Return every error code."""
    kinds = [
        (code(kind.value), str(answer.status), str(answer.exit_code), answer.title)
        for kind, answer in problems.ANSWERS.items()
    ]
    return page(
        "Error codes",
        "Codes are stable: programs may decide by them. A problem document's `type` is `/problems/` and the code; the command line "
        "prints the code in brackets, and ends with the exit code.",
        "## Kinds\n\n" + table(("Kind", "HTTP status", "Exit code", "Means"), kinds),
        "## Codes\n\n" + table(("Code", "Kind", "HTTP status", "Exit code", "Meaning"), _codes()),
        "## Codes of the protocol\n\nWhat is refused before a handler is reached, and what nobody expected.\n\n"
        + table(("Code", "HTTP status", "Meaning"), _protocol()),
    )


def _codes() -> Iterator[tuple[str, ...]]:
    list(words.modules())
    roots = {one.code for one in Failure.__subclasses__()}
    for name, failure in problems.known().items():
        if name not in roots and failure.__module__.startswith("comity."):
            answer = problems.ANSWERS[failure.kind]
            meaning = folded(failure.__doc__)
            yield code(name), code(failure.kind.value), str(answer.status), str(answer.exit_code), meaning


def _protocol() -> Iterator[tuple[str, ...]]:
    for status in problems.PROTOCOL:
        said = problems.protocol(status)
        yield code(said.code), str(said.status), said.detail
    yield code(problems.INCIDENT), "500", problems.incident("").detail


def routes() -> str:
    """Return every address, for programs and for people."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        settings_.write(home, settings_.NodeSettings(name="Reference", country="QM", kind="sanctions_office"))
        application = app.create_app(open_node(home))
    document = app.description().content
    found = sorted(_addresses(application, document))
    programs = [row for path, *row in found if path in document["paths"]]
    others = [row[:3] for path, *row in found if path not in document["paths"]]
    return page(
        "Addresses",
        "Programs use `/v1/`, with `Authorization: Bearer …`, and clients of the OpenSanctions API what stands below "
        "`/opensanctions/`; the whole description is at `/openapi.json` (OpenAPI 3.1). "
        "A parameter or field that must be given is marked with `*`.",
        "## For programs\n\n" + table(("Address", "Permission", "What it does", "Parameters and fields"), programs),
        "## For people, and files\n\n" + table(("Address", "Permission", "What it does"), others),
    )


def _addresses(application: Litestar, document: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for route in application.routes:
        if not isinstance(route, HTTPRoute) or route.path_format == EVERYTHING:
            continue
        for method, (handler, _) in route.route_handler_map.items():
            if method in {"OPTIONS", "HEAD"}:
                continue
            operation = document["paths"].get(route.path_format, {}).get(method.lower(), {})
            fields = [*_parameters(operation), *_fields(operation, document)]
            does = RAISES.sub(
                "", first(getattr(handler.fn, "func", handler.fn).__doc__)
            )  # Litestar wraps what runs in a thread
            permission = handler.opt["permission"].value
            yield route.path_format, code(f"{method} {route.path_format}"), code(permission), does, ", ".join(fields)


def _parameters(operation: dict[str, Any]) -> Iterator[str]:
    for one in operation.get("parameters", ()):
        if one["in"] == "query":
            yield _field(one["name"], is_required=one.get("required", False))


def _fields(operation: dict[str, Any], document: dict[str, Any]) -> Iterator[str]:
    for media in operation.get("requestBody", {}).get("content", {}).values():
        schema = media["schema"]
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
        for name in schema.get("properties", ()):
            yield _field(name, is_required=name in schema.get("required", ()))


def _field(name: str, *, is_required: bool) -> str:
    return code(name) + ("*" if is_required else "")


def commands() -> dict[str, str]:
    """Return every command: an index, and a page for each command of the first rank."""
    attach(cli)
    root = click.Context(cli, info_name="comity")
    ranks = {name: list(walk(command, root, name)) for name, command in sorted(cli.commands.items())}
    rows = [
        (f"[`{path}`](commands/{rank}.md)", first(command.help))
        for rank, found in ranks.items()
        for path, command, _ in found
    ]
    options = table(("Option", "Value", "Meaning"), _options(cli, root))
    index = page(
        "Commands",
        "`comity [OPTIONS] COMMAND …`, on the machine on which the node runs. The operating system decides who may run it. "
        "`--home` and `--json` may stand anywhere on the line.",
        options,
        table(("Command", "What it does"), rows),
    )
    return {"commands.md": index} | {
        f"commands/{rank}.md": _rank(rank, cli.commands[rank], found) for rank, found in ranks.items()
    }


def _rank(rank: str, command: click.Command, found: list[Found]) -> str:
    if not isinstance(command, click.Group):
        return page(f"comity {rank}", *_command(*found[0]))
    return page(
        f"comity {rank}", first(command.help), *(f"## {one[0]}\n\n" + "\n\n".join(_command(*one)) for one in found)
    )


def walk(command: click.Command, above: click.Context, path: str) -> Iterator[Found]:
    """Yield every command that does something, by its words, with its place."""
    here = click.Context(command, info_name=path.rpartition(" ")[2], parent=above)
    if not isinstance(command, click.Group):
        yield f"comity {path}", command, here
        return
    for name, child in sorted(command.commands.items()):
        yield from walk(child, here, f"{path} {name}")


def _command(path: str, command: click.Command, context: click.Context) -> Iterator[str]:
    yield f"```text\n{path} {' '.join(command.collect_usage_pieces(context))}\n```"
    for paragraph in re.split(r"\n\s*\n", cleandoc(command.help or "")):
        kept = paragraph.removeprefix(SHOWN)
        yield f"```sh\n{kept}\n```" if kept != paragraph else " ".join(paragraph.split())
    if options := list(_options(command, context)):
        yield table(("Option", "Value", "Meaning"), options)


def _options(command: click.Command, context: click.Context) -> Iterator[tuple[str, ...]]:
    everywhere = {name for one in cli.params for name in one.opts} if command is not cli else set()
    for one in command.params:
        if isinstance(one, click.Option) and not everywhere & set(one.opts):
            value = "" if one.is_flag else _value(one, context)
            notes = [
                one.help or "",
                "Must be given." if one.required else "",
                "May be repeated." if one.multiple else "",
            ]
            if "may be repeated" in notes[0]:
                notes[2] = ""
            yield code(", ".join(one.opts)), value, " ".join(filter(None, notes))


def _value(one: click.Option, context: click.Context) -> str:
    match one.type:
        case click.Choice(choices=choices):
            said = listed(choices)
        case click.DateTime(formats=formats):
            said = "day, `YYYY-MM-DD`" if len(formats) == 1 else "instant, such as `2031-11-20T09:30`"
        case click.IntRange(min=least, max=most):
            said = f"number, {least} to {most}" if most is not None else f"number from {least}"
        case kind:
            said = {"text": "text", "path": "path", "file": "path", "directory": "path"}.get(kind.name, kind.name)
    default = one.get_default(context, call=False)
    stated = isinstance(default, str | int) and not isinstance(default, bool) and default != ""
    return said + (f"; else {code(default)}" if stated else "")
