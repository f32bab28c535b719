"""Write the bundled fictional lists: script/fictional."""

from __future__ import annotations

import sys
from pathlib import Path

from support.fictional.editions import written

FOLDER = Path(__file__).resolve().parents[3] / "src" / "comity" / "edge" / "fictional"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.jsonl"):
        old.unlink()
    for name, raw in written().items():
        (FOLDER / name).write_bytes(raw)
        sys.stdout.write(f"{name}: {len(raw.splitlines()) - 1} entries, {len(raw):,} bytes\n")


if __name__ == "__main__":
    main()
