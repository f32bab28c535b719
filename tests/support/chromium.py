"""Finding a Chromium on this machine: a setting, then the path, then playwright's own download."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-headless-shell", "chromium-browser", "google-chrome", "microsoft-edge")
DOWNLOADED = (
    "chromium_headless_shell-*/*/chrome-headless-shell",
    "chromium_headless_shell-*/*/headless_shell",
    "chromium-*/*/chrome",
)


def find_chromium() -> str | None:
    """Return the path of a browser that playwright can drive, or None."""
    named = os.environ.get("COMITY_CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None) or _downloaded()


def _downloaded() -> str | None:
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or "~/.cache/ms-playwright").expanduser()
    found = [str(path) for pattern in DOWNLOADED for path in sorted(cache.glob(pattern))]
    return found[-1] if found else None
