"""The commands of the node itself: `init`, `start`, `doctor` and `ledger …`."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click
import msgspec

from comity.accounts import service as accounts
from comity.edge.cli import Console
from comity.edge.doctor import Finding, examine
from comity.infra import ledger
from comity.infra.settings import Kind, Language, NodeSettings
from comity.kit.errors import Corrupt
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import Node
from comity.node import init as create


class LedgerDamaged(Corrupt):
    """The ledger does not verify."""

    code = "ledger.damaged"


@click.command("init")
@click.option("--name", prompt="Whose node is this", help="The authority's or bank's name, as shown on every page.")
@click.option("--country", prompt="Country (ISO code)", help="Two-letter code of the country where it is established.")
@click.option(
    "--kind", type=click.Choice(get_args(Kind)), prompt="What is it", help="It decides which work comes first."
)
@click.option("--language", type=click.Choice(get_args(Language)), default="en", help="The language of its pages.")
@click.pass_obj
def init(console: Console, name: str, country: str, kind: str, language: str) -> None:
    """Create a node: settings, keys and an empty database, in the folder given by --home.

    Prints a link with which the first administrator signs in, once, within an hour.
    """
    wanted = {"name": name, "country": country.upper(), "kind": kind, "language": language}
    node = create(console.home, msgspec.convert(wanted, NodeSettings))
    try:
        address = f"{console.address}/welcome/{_welcome(node)}"
    finally:
        node.close()
    lines = (
        f"A node for {name} stands in {console.home}.",
        f"Start it:        comity --home {console.home} start",
        f"Then sign in at: {address}  (once, within an hour)",
    )
    console.say({"home": str(console.home), "welcome": address}, "\n".join(lines))


@click.command("start")
@click.option("--host", help="The address to listen on, instead of the one in node.toml.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port to listen on; 0 takes a free one.")
@click.option("--populate", is_flag=True, help="First fetch the official lists, or load the fictional ones instead.")
@click.pass_obj
def start(console: Console, host: str | None, port: int | None, populate: bool) -> None:  # noqa: FBT001 - click's way
    """Serve the console and the API, and do the node's work in the background, until interrupted."""
    from comity.edge import serving  # noqa: PLC0415 - the web server is imported by the one command that serves

    web = console.node.settings.web
    serving.serve(console, host or web.host, web.port if port is None else port, populate=populate)


@click.command("doctor")
@click.pass_obj
def doctor(console: Console) -> None:
    """Examine the node: settings, keys, database, files, ledger, lists. Exits with 70 if anything is wrong."""
    findings = examine(console.node)
    console.table(findings, ("", "What", "Finding"), _finding_row)
    if not all(finding.is_well for finding in findings):
        raise LedgerDamaged("Something needs a person; see above.")


@click.group("ledger")
def ledger_() -> None:
    """Verify, publish and prove the record of what happened on this node."""


@ledger_.command("verify")
@click.pass_obj
def verify(console: Console) -> None:
    """Recompute the whole ledger offline, and name the first damaged entry or file."""
    node = console.node
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
    """Publish new entries, and print the signed checkpoint in force."""
    point = console.node.publish()
    note = (console.home / "ledger" / "checkpoint").read_text(encoding="utf-8")
    console.say({"origin": point.origin, "size": point.size, "root": point.root.hex(), "note": note}, note)


@ledger_.command("prove")
@click.argument("index", type=click.IntRange(0))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the proof to this file.")
@click.pass_obj
def prove(console: Console, index: int, out: Path | None) -> None:
    """Prove that an entry stands in the published ledger, as a C2SP tlog-proof file."""
    node = console.node
    proof = ledger.prove(node.home / "ledger", ledger.log_key(node.keys.log.public_key()), index)
    if out is not None:
        out.write_text(proof, encoding="utf-8")
    console.say({"index": index, "proof": proof, "file": str(out) if out else None}, str(out) if out else proof)


def _welcome(node: Node) -> str:
    with node.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
        secret = accounts.issue_welcome(work)
    node.publish()
    return secret


def _finding_row(value: object) -> tuple[str, ...]:
    assert isinstance(value, Finding)
    return ("well" if value.is_well else "WRONG", value.what, value.says)


COMMANDS: tuple[click.Command, ...] = (init, start, doctor, ledger_)
