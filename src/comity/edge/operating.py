"""The commands of the node itself: `init`, `start`, `doctor`, `ledger …`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast, get_args, get_type_hints

import click
import msgspec

from comity.accounts import service as accounts
from comity.edge.cli import Console
from comity.edge.doctor import examine
from comity.infra import ledger
from comity.infra.settings import NodeSettings
from comity.model.permission import Permission
from comity.node import init as create

KINDS = get_args(get_type_hints(NodeSettings)["kind"])


@click.command("init")
@click.option("--name", prompt="Whose node is this", help="The authority's or bank's name, as shown on every page.")
@click.option("--country", prompt="Country (ISO code)", help="Two-letter code of the country where it is established.")
@click.option("--kind", type=click.Choice(KINDS), prompt="What is it", help="It decides which work comes first.")
@click.option("--language", type=click.Choice(["en", "fr", "ar"]), default="en", help="The language of its pages.")
@click.pass_obj
def init(console: Console, name: str, country: str, kind: str, language: str) -> None:
    """Create a node: settings, keys and an empty database, in the folder given by --home."""
    settings = msgspec.convert(
        {"name": name, "country": country.upper(), "kind": kind, "language": language}, NodeSettings
    )
    node = create(console.home, settings)
    with node.work(accounts_actor(), Permission.ACCOUNTS_MANAGE) as work:
        secret = accounts.issue_welcome(work)
    node.publish()
    address = f"{console.address}/welcome/{secret}"
    text = f"A node for {name} stands in {console.home}.\nStart it: comity --home {console.home} start\nThen sign in, once, at {address}"
    console.say({"home": str(console.home), "welcome": address}, text)
    node.close()


COMMANDS: tuple[click.Command, ...] = (init,)
__all__ = ["COMMANDS", "Literal", "Path", "cast", "examine", "ledger"]
