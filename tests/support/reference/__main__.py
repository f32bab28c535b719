"""Write the reference, or with `--check` say which of its pages are stale and exit with 1.

script/reference [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

from support.reference import interfaces, messages, regimes, sources, words

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "reference"


def pages() -> dict[str, str]:
    """Return every page of the reference by its path within `docs/reference/`."""
    return {
        "settings.md": words.settings(),
        "permissions.md": words.permissions(),
        "vocabulary.md": words.vocabulary(),
        "limits.md": words.limits(),
        "errors.md": interfaces.errors(),
        "messages.md": messages.text(),
        "routes.md": interfaces.routes(),
        **interfaces.commands(),
        **sources.pages(),
        **regimes.pages(),
    }


def stale(folder: Path = FOLDER) -> list[str]:
    """Return the pages that differ from what the software says now, are missing, or describe what is gone."""
    wanted = pages()
    written = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.md")}
    return sorted(name for name in wanted.keys() | written.keys() if wanted.get(name) != written.get(name))


def write(folder: Path = FOLDER) -> None:
    """Write every page, and remove those of things that are gone."""
    wanted = pages()
    for path in folder.rglob("*.md"):
        if path.relative_to(folder).as_posix() not in wanted:
            path.unlink()
    for name, text in wanted.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Run the command."""
    if arguments not in ([], ["--check"]):
        sys.stderr.write("script/reference [--check]\n")
        return 2
    if not arguments:
        write()
        return 0
    found = stale()
    for name in found:
        sys.stderr.write(f"docs/reference/{name} is not what the software says. Run script/reference.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
