"""The documentation is complete, and what it says can be done can be done.

The reference is written from the registries (`support/reference`), so whatever is registered is documented; these tests ask the
registries once more, and hold the pages that people write to the software as it is.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import msgspec
import pytest
from click.testing import CliRunner

from comity.catalogue import messages, regimes, sources
from comity.edge import app, problems
from comity.edge.cli import attach, cli
from comity.filtering.model import Regime
from comity.filtering.model.binding import read as read_bindings
from comity.infra import ledger
from comity.infra.keys import Keys
from comity.infra.settings import Settings
from comity.kit.catalogue import discover
from comity.lists.model import InMemory, Source
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import Node
from comity.payments.model import MessageKind
from support import markdown
from support.markdown import REFERENCE, ROOT
from support.reference import __main__ as reference
from support.reference import words
from support.reference.interfaces import walk

HEADINGS = ["Context", "Decision", "Consequences", "Alternatives", "Enforced by"]
MACHINE = re.compile(r"(?<![\w.~])/(home|root|tmp|work|Users|opt|mnt)/|\b\w:\\")
REGISTRIES = re.compile(r"https?://[^\s/)]*(pypi|npm|registry|mirror|proxy)[^\s/)]*", re.IGNORECASE)
FILE = re.compile(r"(?:src|tests|docs|script|bench|changes)/[\w./*-]+|\w[\w/]*\.(?:py|md|toml)")
INVENTED = {
    "src/comity/catalogue/sources/qp_frozen.py",
    "check_proof.py",
    "bindings.toml",
    "node.toml",
    "node/node.toml",
    "CHANGELOG.md",
}
"""Files of the examples, and of a node."""
VERSIONED = re.compile(r"/v1/[\w{}/_-]+")
CODE = re.compile(r"(?:accounts|lists|ledger|register|database|settings|node|request|right|sign_in)\.[a-z_]+")
SAID_BY_NAME = {"q", "text", "name", "query"}

each_page = pytest.mark.parametrize("page", markdown.pages(), ids=markdown.name)
each_written = pytest.mark.parametrize("page", markdown.written(), ids=markdown.name)
each_decision = pytest.mark.parametrize("page", sorted((ROOT / "docs" / "decisions").glob("0*.md")), ids=markdown.name)


def said(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


# --- everything is there


def test_the_reference_says_what_the_software_says() -> None:
    assert reference.stale() == [], "run script/reference"


def test_a_stale_page_is_noticed(tmp_path: Path) -> None:
    reference.write(tmp_path)
    (tmp_path / "limits.md").write_text("Nothing is limited.\n", encoding="utf-8")
    (tmp_path / "sources" / "gone.md").write_text("It was here.\n", encoding="utf-8")
    (tmp_path / "errors.md").unlink()
    assert reference.stale(tmp_path) == ["errors.md", "limits.md", "sources/gone.md"]


def test_every_setting_is_documented() -> None:
    page = said("settings.md")
    for section in msgspec.structs.fields(Settings):
        _, _, table = page.partition(f"## `[{section.name}]`")
        for key in msgspec.structs.fields(section.type):
            row = next(line for line in table.splitlines() if line.startswith(f"| `{key.name}` |"))
            assert not row.endswith("|  |"), f"{section.name}.{key.name} does not say what it means"


def test_every_permission_is_documented() -> None:
    assert [one for one in Permission if f"| `{one.value}` |" not in said("permissions.md")] == []


def test_every_error_code_is_documented() -> None:
    list(words.modules())
    kinds = {kind.value for kind in problems.ANSWERS}
    ours = [code for code, failure in problems.known().items() if failure.__module__.startswith("comity.")]
    assert len(ours) > len(kinds)
    assert [code for code in ours if code not in kinds and f"| `{code}` |" not in said("errors.md")] == []


def test_every_address_is_documented() -> None:
    found = [f"{method.upper()} {path}" for path, item in paths().items() for method in item if method != "head"]
    assert [address for address in found if f"| `{address}` |" not in said("routes.md")] == []


def test_every_command_is_documented() -> None:
    assert [path for path in known_commands() if f"`{path}`" not in said("commands.md")] == []


def test_every_list_is_documented() -> None:
    found = discover(sources, "SOURCE", Source)
    assert [id_ for id_ in found if not (REFERENCE / "sources" / f"{id_}.md").exists()] == []


def test_every_kind_of_payment_message_is_documented() -> None:
    found = discover(messages, "MESSAGE", MessageKind)
    assert [id_ for id_ in found if f"| `{id_}` |" not in said("messages.md")] == []


def test_every_regime_is_documented() -> None:
    found = discover(regimes, "REGIME", Regime)
    assert [id_ for id_ in found if not (REFERENCE / "regimes" / f"{id_}.md").exists()] == []
    page = said("payment-outcomes.md")
    assert [one.facts for regime in found.values() for one in regime.cases if one.facts not in page] == []


# --- what stands there is true


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    for link in markdown.links(page):
        target, _, anchor = link.partition("#")
        led = page.parent / target if target else page
        assert led.exists(), f"{link} leads nowhere"
        assert not anchor or anchor in markdown.anchors(led), f"{led.name} has no heading {anchor}"


@each_page
def test_nothing_is_said_about_somebodys_machine(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert MACHINE.search(text) is None
    assert REGISTRIES.search(text) is None


@each_written
def test_files_that_are_named_exist(page: Path) -> None:
    named = {path for text in markdown.INLINE.findall(markdown.prose(page)) for path in FILE.findall(text)}
    for path in named - INVENTED:
        folders = (ROOT, ROOT / "src" / "comity", page.parent)
        assert any(list(folder.glob(path.rstrip("/"))) for folder in folders), f"there is no {path}"


@each_page
def test_commands_that_are_shown_exist(page: Path) -> None:
    for arguments in markdown.commands(page, "comity"):
        demand_command(arguments)


@each_written
def test_codes_and_permissions_that_are_named_exist(page: Path) -> None:
    list(words.modules())
    known = set(problems.known()) | {one.value for one in Permission} | recorded() | set(settings())
    named = [text for text in markdown.INLINE.findall(markdown.prose(page)) if CODE.fullmatch(text)]
    assert [one for one in named if one not in known and not one.endswith((".py", ".md", ".toml"))] == []


@each_written
def test_addresses_that_are_named_exist(page: Path) -> None:
    shapes = [re.compile(re.sub(r"\{\w+\}", r"[\\w{}.-]+", path)) for path in paths()]
    for address in VERSIONED.findall(page.read_text(encoding="utf-8")):
        assert any(shape.fullmatch(address) for shape in shapes), f"there is no {address}"


@each_written
def test_settings_that_are_shown_exist(page: Path) -> None:
    for block in markdown.blocks(page):
        if block.language == "toml":
            shown = tomllib.loads(block.text)
            if "bindings" in shown:
                read_bindings(block.text, discover(regimes, "REGIME", Regime))
                continue
            sections = {key: value for key, value in shown.items() if key != "project"}
            msgspec.convert({"node": {"name": "Quamaria", "country": "QM", "kind": "fiu"}} | sections, Settings)


def test_no_address_of_ours_takes_what_is_looked_for() -> None:
    asked = {
        parameter["name"]
        for path, item in paths().items()
        if not path.startswith("/opensanctions/")
        for operation in item.values()
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "query"
    }
    assert asked & SAID_BY_NAME == set()


# --- what can be run is run


def test_the_example_of_a_source_reads_to_what_it_says() -> None:
    block = next(one for one in markdown.blocks(ROOT / "docs/how-to/add-a-source.md") if one.language == "python")
    module = ModuleType("qp_frozen")
    exec(compile(block.text, "qp_frozen.py", "exec"), module.__dict__)
    source: Source = module.SOURCE
    (example,) = source.examples
    (form,) = source.formats
    raw = example.files["frozen.csv"]
    assert form.recognise("frozen.csv", raw) is form.files[0]
    found = [msgspec.structs.replace(one, raw="") for one in form.read({"frozen.csv": InMemory("frozen.csv", raw)})]
    assert found == list(example.yields)


def test_the_tutorial_goes_as_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "src").symlink_to(ROOT / "src")
    monkeypatch.chdir(tmp_path)
    attach(cli)
    said = ""
    for language, text in markdown.blocks(ROOT / "docs/tutorial/first-node.md"):
        if language == "text":
            assert shown(text).fullmatch(said), f"this was promised:\n{text}\nand this was said:\n{said}"
            continue
        said = ""
        for arguments in markdown.calls(text, "comity"):
            if arguments != ["start"]:
                run = CliRunner().invoke(cli, ["--home", "tutorial-node", *arguments])
                assert run.exit_code == 0, f"comity {arguments}: {run.output} {run.exception!r}"
                said += run.output


def shown(text: str) -> re.Pattern[str]:
    """Return what a shown answer promises: its lines, with anything for `…`, and any lines for a line of that alone."""
    lines = ["(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + "\n" for line in text.splitlines()]
    return re.compile("".join(lines))


def test_a_proof_can_be_checked_without_us(node: Node, tmp_path: Path) -> None:
    block = next(
        one for one in markdown.blocks(ROOT / "docs/how-to/verify-the-ledger-offline.md") if one.language == "python"
    )
    (tmp_path / "check_proof.py").write_text(block.text, encoding="utf-8")
    facts = ["one", "two", "three", "four", "five"]
    Keys.create(node.home / "keys")
    with node.work(OPERATOR, Permission.OPERATE) as work:
        for fact in facts:
            work.record("exercise.held", number=fact)
    node.publish()
    key = ledger.log_key(node.keys.log.public_key())
    for index, fact in enumerate(facts):
        (tmp_path / "proof").write_text(ledger.prove(node.home / "ledger", key, index), encoding="utf-8")
        with node.work(OPERATOR, Permission.LEDGER_READ, write=False) as work:
            opened = ledger.opening(work.connection, index)
        (tmp_path / "opening").write_text(f"{opened[:32].hex()}|{opened[32:].decode()}\n", encoding="utf-8")
        assert f'"number":"{fact}"' in checked(tmp_path).stdout
        (tmp_path / "opening").write_text(f"{opened[:32].hex()}|{opened[32:].decode()} \n", encoding="utf-8")
        assert checked(tmp_path).returncode != 0


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    run = [sys.executable, "check_proof.py", "proof", "opening"]
    return subprocess.run(run, cwd=folder, capture_output=True, text=True, check=False)


# --- decisions


@each_decision
def test_a_decision_is_one_page_of_five_parts(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# {page.name[:4]} ")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == HEADINGS
    assert f"({page.name})" in (page.parent / "README.md").read_text(encoding="utf-8")


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(page.name[:4]) for page in sorted((ROOT / "docs" / "decisions").glob("0*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_runtime_dependency_is_accounted_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[\[<>=]", line)[0] for line in project["dependencies"]}
    page = (ROOT / "docs/decisions/0013-runtime-dependencies.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| ([a-z][\w-]*) \|", page, re.MULTILINE)) == needed


# --- asking the registries


@cache
def paths() -> dict[str, Any]:
    found: dict[str, Any] = app.description().content["paths"]
    return found


def settings() -> Iterator[str]:
    for section in msgspec.structs.fields(Settings):
        yield from (f"{section.name}.{key.name}" for key in msgspec.structs.fields(section.type))


def recorded() -> set[str]:
    """Return the kinds of events that the code records in the ledger."""
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    return set(re.findall(r'"([a-z]+\.[a-z_]+)"', text))


def known_commands() -> list[str]:
    attach(cli)
    root = click.Context(cli, info_name="comity")
    return [path for name, command in cli.commands.items() for path, _, _ in walk(command, root, name)]


def demand_command(arguments: list[str]) -> None:
    """Demand that a command line could be run: the command, its options, the number of arguments, and words of closed sets."""
    attach(cli)
    command: click.Command = cli
    context, rest = click.Context(cli, info_name="comity"), arguments
    while True:
        values, rest, _ = command.make_parser(context).parse_args(list(rest))
        for parameter in command.params:
            value = values.get(parameter.name)
            assert value is not None or not parameter.required, f"comity {arguments} lacks {parameter.name}"
            if isinstance(parameter.type, click.Choice | click.DateTime | click.IntRange) and value is not None:
                each = value if parameter.multiple else [value]
                assert [parameter.type.convert(one, parameter, context) for one in each]
        if not isinstance(command, click.Group) or not rest:
            assert not rest, f"comity {arguments}: nothing takes {rest}"
            return
        name, *rest = rest
        command = command.commands[name]
        context = click.Context(command, info_name=name, parent=context)
