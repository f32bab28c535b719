"""Reading the project's own Markdown: pages, links, fenced blocks, and the commands in them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"

FENCE = re.compile(r"^([ ]*)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
INLINE = re.compile(r"`([^`\n]+)`")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


class Block(NamedTuple):
    """A fenced block, without the indent of the list that it may stand in."""

    language: str
    text: str


def pages() -> list[Path]:
    """Return every page of documentation: the project's own Markdown, wherever it stands."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "changes").glob("*.md")])


def written() -> list[Path]:
    """Return the pages that people write."""
    return [page for page in pages() if REFERENCE not in page.parents]


def name(page: Path) -> str:
    """Return a page's path within the project."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page."""
    text = page.read_text(encoding="utf-8")
    return [Block(language, dedent(body)) for _, language, body in FENCE.findall(text)]


def prose(page: Path) -> str:
    """Return a page without its fenced blocks."""
    return FENCE.sub("", page.read_text(encoding="utf-8"))


def links(page: Path) -> list[str]:
    """Return where a page's links lead, those to other places on the internet left out."""
    return [target for target in LINK.findall(prose(page)) if "://" not in target]


def anchors(page: Path) -> set[str]:
    """Return the names under which a page's headings can be linked."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(prose(page))}


def commands(page: Path, program: str) -> Iterator[list[str]]:
    """Yield the arguments of each call of a program in the shell blocks of a page."""
    for language, text in blocks(page):
        if language == "sh":
            yield from calls(text, program)


def calls(text: str, program: str) -> Iterator[list[str]]:
    """Yield the arguments of each call of a program in a shell block."""
    for line in text.replace("\\\n", " ").splitlines():
        words = shlex.split(line, comments=True)
        if words and words[0] in {program, f".venv/bin/{program}"}:
            yield list(takewhile(lambda word: word not in {">", "<", "|", "&&"}, words[1:]))
