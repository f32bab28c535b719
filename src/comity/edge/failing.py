"""How a command ends that could not do what it was asked: with one sentence, or one problem document, and an exit code."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

import click
import msgspec

from comity.edge.problems import exit_code, incident
from comity.edge.terminal import Console
from comity.kit.errors import Failure, Invalid, Unavailable

INTERRUPTED: Final = 130
"""The exit code of a command that somebody interrupts, as shells give it."""

BROKEN: Final = 70
"""The exit code of a fault in the software (EX_SOFTWARE)."""

INCIDENT_BYTES: Final = 5


class CommandWrong(Invalid):
    """The command line names an unknown command or option, lacks a value, or gives one of the wrong form."""

    code = "command.wrong"


class MachineRefused(Unavailable):
    """The operating system refused: no permission, no space, no such folder."""

    code = "machine.refused"


def told(error: BaseException, *, as_json: bool) -> int:
    """Say on standard error what went wrong, and return the exit code."""
    if isinstance(error, SystemExit):  # click's own end when nobody reads what we write
        return error.code if isinstance(error.code, int) else 1
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return error.exit_code
    if isinstance(error, KeyboardInterrupt | click.Abort) and not isinstance(error.__cause__, EOFError):
        return INTERRUPTED
    failure = _failure(error)
    if failure is None:
        return _broken(error, as_json=as_json)
    Console(Path(), as_json=as_json).complain(failure)
    return exit_code(failure)


def _failure(error: BaseException) -> Failure | None:
    match error:
        case Failure():
            return error
        case click.ClickException():
            said = " ".join(error.format_message().split())
            context = getattr(error, "ctx", None)
            return CommandWrong(f"{said} Help: {context.command_path} --help" if context else said)
        case click.Abort():
            return CommandWrong("A value is missing, and nobody is there to be asked for it. Give it as an option.")
        case OSError():
            where = f"{error.filename}: " if error.filename else ""
            return MachineRefused(f"{where}{error.strerror or type(error).__name__}.")
    return None


def _broken(error: BaseException, *, as_json: bool) -> int:
    """Log a bug whole, but for texts and values, which may name somebody, and say under which number."""
    import structlog  # noqa: PLC0415 - where something broke, and never before

    from comity.infra import logs  # noqa: PLC0415 - the same

    logs.configure()
    number = secrets.token_hex(INCIDENT_BYTES)
    structlog.get_logger().error("command.broke", incident=number, exc_info=error)
    found = incident(number)
    text = f"{found.title}. It is a fault of this software, and nothing was kept. [incident {number}]"
    click.echo(msgspec.json.encode(found) if as_json else text, err=True)
    return BROKEN
