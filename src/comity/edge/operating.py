"""The commands of the node itself: `init`, `start`, `doctor` and `ledger …`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import click
import msgspec

from comity.edge.doctor import Finding, examine
from comity.edge.terminal import Console
from comity.infra import ledger
from comity.infra.settings import DatabaseSettings, Kind, Language, NodeSettings, SettingsInvalid
from comity.kit.errors import Corrupt
from comity.model.permission import Permission
from comity.node import init as create


class LedgerDamaged(Corrupt):
    """The ledger does not verify."""

    code = "ledger.damaged"


class NodeUnwell(Corrupt):
    """Something about the node needs a person: a damaged part, a list in quarantine, an open key."""

    code = "node.unwell"


def _country(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if not re.fullmatch("[A-Za-z]{2}", value):
        raise click.BadParameter(f"{value!r} is no ISO 3166 code of two letters, such as CH or QM.")
    return value.upper()


@click.command("init")
@click.option("--name", prompt="Whose node is this", help="The authority's or bank's name, as shown on every page.")
@click.option(
    "--country",
    prompt="Country (ISO code)",
    callback=_country,
    help="Two-letter code of the country where it is established.",
)
@click.option(
    "--kind", type=click.Choice(get_args(Kind)), prompt="What is it", help="It decides which work comes first."
)
@click.option("--language", type=click.Choice(get_args(Language)), default="en", help="The language of its pages.")
@click.option(
    "--database",
    metavar="URL",
    default="",
    help="A PostgreSQL database, such as postgresql+psycopg://host/name; SQLite if not said.",
)
@click.pass_obj
def init(console: Console, name: str, country: str, kind: str, language: str, database: str) -> None:
    """Create a node: settings, keys and an empty database, in the folder given by --home.

    \b
    comity init --name "Harbour Bank of Meridia" --country QM --kind bank
    comity --home /srv/comity init --name "Office des sanctions" --country QM --kind sanctions_office --language fr

    Prints a link with which the first administrator signs in, once, within an hour. A node that is there already is left alone.
    """  # noqa: D301 - a backslash and a b, as click reads them
    wanted = {"name": name, "country": country, "kind": kind, "language": language}
    try:
        settings = msgspec.convert(wanted, NodeSettings)
    except msgspec.ValidationError as error:
        raise SettingsInvalid(str(error)) from error
    create(console.home, settings, DatabaseSettings(url=database)).close()
    address = console.welcome()
    lines = (
        f"A node for {name} stands in {console.home}.",
        f"Start it:        comity --home {console.home} start",
        f"Then sign in at: {address}  (once, within an hour)",
    )
    console.say({"home": str(console.home), "welcome": address}, "\n".join(lines))


@click.command("start")
@click.option("--host", help="The address to listen on, instead of the one in node.toml.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port to listen on; 0 takes a free one.")
@click.option(
    "--populate",
    is_flag=True,
    help="Where no list is loaded yet, fetch the official ones, or else load fictional ones.",
)
@click.pass_obj
def start(console: Console, host: str | None, port: int | None, populate: bool) -> None:  # noqa: FBT001 - click's way
    """Serve the console and the API, and follow the publishers of the lists in the background, until interrupted.

    \b
    comity start
    comity start --port 0 --populate
    comity --home /srv/comity start --host 0.0.0.0 --port 8400

    Prints the address; as long as the node has no administrator, also a link with which the first one signs in. Stops within
    seconds of SIGTERM or SIGINT; what is interrupted is done again after the next start.
    """  # noqa: D301 - a backslash and a b, as click reads them
    from comity.edge import serving  # noqa: PLC0415 - the web server is imported by the one command that serves

    web = console.node.settings.web
    serving.serve(console, host or web.host, web.port if port is None else port, populate=populate)


@click.command("doctor")
@click.pass_obj
def doctor(console: Console) -> None:
    """Examine the node: settings, keys, database, files, ledger, lists, matching.

    \b
    comity doctor
    comity doctor --json

    Ends with exit code 70 if anything needs a person; a list in quarantine does.
    """  # noqa: D301 - a backslash and a b, as click reads them
    findings = examine(console.node)
    console.table(findings, ("", "What", "Finding"), _finding_row)
    wrong = sorted({finding.what for finding in findings if not finding.is_well})
    if wrong:
        raise NodeUnwell(f"Something needs a person: {', '.join(wrong)}.")


@click.group("ledger")
def ledger_() -> None:
    """Verify, publish and prove the record of what happened on this node."""


@ledger_.command("verify")
@click.pass_obj
def verify(console: Console) -> None:
    """Recompute the whole ledger offline, and name the first damaged entry or file.

    \b
    comity ledger verify
    """  # noqa: D301 - a backslash and a b, as click reads them
    node = console.node
    with console.waiting("Recomputing the ledger"):
        result = ledger.verify(node.database, node.home / "ledger", ledger.log_key(node.keys.log.public_key()))
    if isinstance(result, ledger.Damaged):
        raise LedgerDamaged(f"{result.where}: {result.reason}")
    root = result.root.hex() if result.root else None
    console.say(
        {"size": result.size, "root": root, "unpublished": result.unpublished},
        f"{result.size:,} entries verify. Root {root}.",
    )


@ledger_.command("checkpoint")
@click.pass_obj
def checkpoint(console: Console) -> None:
    """Publish new entries, and print the signed checkpoint in force.

    \b
    comity ledger checkpoint > checkpoint
    """  # noqa: D301 - a backslash and a b, as click reads them
    point = console.node.publish()
    note = (console.home / "ledger" / "checkpoint").read_text(encoding="utf-8")
    console.say({"origin": point.origin, "size": point.size, "root": point.root.hex(), "note": note}, note)


@ledger_.command("key")
@click.pass_obj
def key(console: Console) -> None:
    """Print the key with which anybody verifies this node's checkpoints, as one word (a C2SP vkey).

    \b
    comity ledger key > comity.vkey
    """  # noqa: D301 - a backslash and a b, as click reads them
    verifier = ledger.log_key(console.node.keys.log.public_key())
    console.say({"name": verifier.name, "vkey": verifier.text}, verifier.text)


@ledger_.command("prove")
@click.argument("index", type=click.IntRange(0))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the proof to this file.")
@click.option(
    "--open", "opened", is_flag=True, help="Put the event itself and its salt into the proof: who has it can read it."
)
@click.pass_obj
def prove(console: Console, index: int, out: Path | None, opened: bool) -> None:  # noqa: FBT001 - click's way
    """Prove that an entry stands in the published ledger, as a C2SP tlog-proof file.

    \b
    comity ledger prove 17 --out entry-17.tlog-proof
    comity ledger prove 17 --open --out entry-17.tlog-proof
    """  # noqa: D301 - a backslash and a b, as click reads them
    node = console.node
    extra = b""
    if opened:
        with console.work(Permission.LEDGER_READ, write=False) as work:
            extra = ledger.opening(work.connection, index)
    proof = ledger.prove(node.home / "ledger", ledger.log_key(node.keys.log.public_key()), index, extra)
    if out is not None:
        out.write_text(proof, encoding="utf-8")
    console.say({"index": index, "proof": proof, "file": str(out) if out else None}, str(out) if out else proof)


def _finding_row(value: object) -> tuple[str, ...]:
    assert isinstance(value, Finding)
    return ("well" if value.is_well else "WRONG", value.what, value.says)


COMMANDS: tuple[click.Command, ...] = (init, start, doctor, ledger_)
