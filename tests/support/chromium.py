"""Finding a Chromium on this machine, or, when run as a program, installing one.

The order: the setting `COMITY_CHROMIUM`, the path, playwright's own download, and as root on Debian the package. A browser counts
only if it starts: Ubuntu's `chromium` may be a stub, and a download may lack the libraries of a desktop.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-headless-shell", "chromium-browser", "google-chrome", "microsoft-edge")
CACHES = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright")
DOWNLOADED = (
    "chromium_headless_shell-*/*/chrome-headless-shell",
    "chromium_headless_shell-*/*/headless_shell",
    "chromium-*/*/chrome",
)
PACKAGE = "chromium-headless-shell"
STARTING_S_MAX = 30


def find_chromium() -> str | None:
    """Return the path of a browser that playwright can drive, or None."""
    return next((path for path in _candidates() if _starts(path)), None)


def install_chromium() -> str | None:
    """Install a browser by the first way that works, and return its path, or None."""
    root = os.geteuid() == 0
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    playwright = [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
    ways = [[playwright + (["--with-deps"] if root else [])]]
    if root and shutil.which("apt-get"):
        ways.append([["apt-get", "update", "-q"], ["apt-get", "install", "-qy", "--no-install-recommends", PACKAGE]])
    for way in ways:
        for command in way:  # an index that cannot be renewed may still be good enough to install from
            subprocess.run(command, check=False, stdout=sys.stderr, env=quiet)
        if found := find_chromium():
            return found
    return None


def _candidates() -> Iterator[str]:
    named = os.environ.get("COMITY_CHROMIUM")
    if named:
        yield named
    yield from filter(None, map(shutil.which, NAMES))
    own = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    for cache in [own] if own else CACHES:
        for pattern in DOWNLOADED:
            yield from sorted(map(str, Path(cache).expanduser().glob(pattern)), reverse=True)


def _starts(path: str) -> bool:
    try:
        asked = subprocess.run([path, "--version"], check=False, capture_output=True, timeout=STARTING_S_MAX)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


if __name__ == "__main__":
    browser = find_chromium() or install_chromium()
    if browser is None:
        sys.exit("There is no Chromium, and none could be installed. Install one, or name it in COMITY_CHROMIUM.")
    sys.stdout.write(f"{browser}\n")
