"""The command line itself: what it offers, what it costs to ask, and how it says no."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from comity.edge.cli import OFFERED, attach, cli, main
from comity.edge.terminal import Console

pytestmark = pytest.mark.usefixtures("own_logs")

HEAVY = (
    "alembic",
    "cryptography",
    "httpx2",
    "jinja2",
    "litestar",
    "lxml",
    "rich",
    "sqlalchemy",
    "structlog",
    "uvicorn",
)
EVERYWHERE = {"--json", "--home", "-h", "--help"}


def walk(group: click.Group, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in sorted(group.commands.items()):
        yield (*words, name), command
        if isinstance(command, click.Group):
            yield from walk(command, (*words, name))


attach(cli)
COMMANDS = dict(walk(cli))
DOING = {words: command for words, command in COMMANDS.items() if not isinstance(command, click.Group)}

each_command = pytest.mark.parametrize("words", DOING, ids=" ".join)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run a command in this process and return its exit code and what it printed on both streams."""
    with pytest.raises(SystemExit) as end:
        main(arguments)
    said = capsys.readouterr()
    assert isinstance(end.value.code, int)
    return end.value.code, said.out, said.err


# --- what is offered


def test_the_table_of_commands_names_every_command_there_is_and_no_other() -> None:
    offered = {name: module for section in OFFERED.values() for name, (module, _) in section.items()}
    there = {command.name: module for module in set(offered.values()) for command in sys.modules[module].COMMANDS}
    assert offered == there


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--help")
    assert code == 0
    for section in OFFERED.values():
        for name, (_, says) in section.items():
            assert re.search(rf"^  {name} +{re.escape(says)}$", out, re.MULTILINE)


@each_command
def test_every_command_teaches_by_an_example_that_is_right(words: tuple[str, ...]) -> None:
    command = DOING[words]
    examples = [
        line for line in (command.help or "").replace("\\\n", " ").splitlines() if line.strip().startswith("comity ")
    ]
    assert examples, "a docstring needs an example after a line with \\b"
    assert any(_called(example)[0] == words for example in examples)
    for example in examples:
        called, options = _called(example)
        known = {name for one in COMMANDS[called].params for name in one.opts} | EVERYWHERE
        assert options <= known, example


def _called(example: str) -> tuple[tuple[str, ...], set[str]]:
    given = shlex.split(example.partition(">")[0])[1:]
    if given[:1] == ["--home"]:
        given = given[2:]
    words = next(tuple(given[:size]) for size in (3, 2, 1) if tuple(given[:size]) in COMMANDS)
    return words, {word for word in given if word.startswith("-")}


@each_command
def test_every_option_and_every_command_says_what_it_is_for(words: tuple[str, ...]) -> None:
    command = DOING[words]
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help or option.hidden, option.opts


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_json_and_home_may_stand_behind_every_command(words: tuple[str, ...]) -> None:
    assert {"--json", "--home"} <= {name for one in COMMANDS[words].params for name in one.opts}


# --- what it costs


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["lsits"], ["lists", "--nonsense"]], ids=" ".join)
def test_nothing_heavy_is_loaded_to_say_what_there_is(arguments: list[str], tmp_path: Path) -> None:
    script = (
        "import sys\nfrom comity.edge.cli import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=open({str(tmp_path / 'heavy')!r}, 'w'))"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
    allowed = {"lists --nonsense": {"cryptography", "lxml", "sqlalchemy"}}.get(" ".join(arguments), set())
    assert set(json.loads((tmp_path / "heavy").read_text().replace("'", '"'))) <= allowed


# --- how it says no


def test_a_mistyped_command_is_answered_with_what_it_sounds_like(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "serach", "dresnov")
    assert (code, out) == (2, "")
    assert "'search'" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (["lists", "state"], 2, "command.wrong"),
        (["lists", "status", "--nonsense"], 2, "command.wrong"),
        (["show"], 2, "command.wrong"),
        (["start", "--port", "70000"], 2, "command.wrong"),
        (["search", "x", "--as-of", "2031-02-30"], 2, "command.wrong"),
        (["lists", "update", "un_consolidated", "--file", "/nowhere/at.all"], 2, "command.wrong"),
        (["lists", "status"], 66, "node.absent"),
        (["ledger", "verify"], 66, "node.absent"),
        (["init", "--name", "X", "--country", "Meridia", "--kind", "bank"], 2, "command.wrong"),
        (["init", "--name", "", "--country", "QM", "--kind", "bank"], 2, "settings.invalid"),
        (["init", "--name", "X"], 2, "command.wrong"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_failure_is_one_sentence_or_one_problem_document(
    arguments: list[str], code: int, problem: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    home = ["--home", str(tmp_path / "home")]
    if "--name" not in arguments or len(arguments) > 3:  # without --json the missing options would be asked for
        found, out, err = run(capsys, *home, *arguments)
        assert (found, out) == (code, "")
        assert err.endswith(f"[{problem}]\n")
        assert err.count("\n") == 1
    found, out, err = run(capsys, *home, *arguments, "--json")
    assert (found, out) == (code, "")
    document = json.loads(err)
    assert document["code"] == problem
    assert document["type"] == f"/problems/{problem}"
    assert {"title", "status", "detail"} <= document.keys()
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[node]\nname = "X"\ncountry = "QM"\nkind = "bank"\ncolour = "red"\n', "colour` - at `$.node`"),
        ('[node]\nname = "X"\ncountry = "QM"\nkind = "bank"\n[web]\nport = "8400"\n', "`$.web.port`"),
        ('[node]\nname = "X"\ncountry = "Meridia"\nkind = "bank"\n', "`$.node.country`"),
        ("[node\n", "line 1"),
    ],
)
def test_wrong_settings_are_named_by_their_path(
    text: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "node.toml").write_text(text)
    code, out, err = run(capsys, "--home", str(tmp_path), "lists", "status")
    assert (code, out) == (2, "")
    assert str(tmp_path / "node.toml") in err
    assert says in err
    assert err.endswith("[settings.invalid]\n")


def test_what_the_machine_refuses_is_no_fault_of_ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    code, _, err = run(
        capsys, "--home", str(tmp_path / "file" / "below"), "init", "--name", "X", "--country", "QM", "--kind", "bank"
    )
    assert code == 75
    assert err.endswith("[machine.refused]\n")
    assert err.count("\n") == 1


def test_a_bug_is_logged_without_what_it_was_about(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def broken(_home: Path) -> None:
        raise RuntimeError("Zorina Kest")

    monkeypatch.setattr("comity.node.open_node", broken)
    code, out, err = run(capsys, "--home", str(tmp_path), "search", "zorina kest", "--json")
    assert (code, out) == (70, "")
    logged, document = map(json.loads, err.splitlines())
    assert document["code"] == "incident"
    assert logged["incident"] == document["incident"]
    assert "Kest" not in err


def test_without_a_home_the_users_data_folder_is_meant(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for platform, folder in (("linux", ".local/share"), ("darwin", "Library/Application Support")):
        monkeypatch.setattr(sys, "platform", platform)
        assert str(tmp_path / folder / "comity") in run(capsys, "doctor")[2]


def test_a_table_shows_what_stands_in_brackets_and_between_colons(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    said = "Kavrel [bold] Trading :ship: 'comity[compiled]'"
    Console(tmp_path).table([said], ("Name",), lambda one: (str(one),))
    assert said in capsys.readouterr().out
