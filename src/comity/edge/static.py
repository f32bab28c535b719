"""Files as they are: the console's own assets, and the published ledger."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from litestar import Controller, Response, route
from litestar.connection import Request
from litestar.params import FromPath

from comity.edge.problems import AddressUnknown
from comity.edge.shell import NODE
from comity.model.permission import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comity.node import Node

FOLDER: Final = Path(__file__).parent / "assets"
FOREVER: Final = "public, max-age=31536000, immutable"
"""For what can never change under its address."""
SHORTLY: Final = "public, max-age=60"
"""For what grows: the checkpoint, and tiles that are not full yet."""
READ: Final = ("GET", "HEAD")
DIGEST_CHARS: Final = 12
FULL_TILE: Final = re.compile(r"/(?:\d{1,2}|entries)/(?:x\d{3}/)*\d{3}")
PARTIAL_TILE: Final = re.compile(FULL_TILE.pattern + r"\.p/\d{1,3}")
TYPES: Final = {".woff2": "font/woff2", ".js": "text/javascript", ".css": "text/css"}
"""What the system's table of types says differently from machine to machine; Litestar adds the character set."""


class Asset(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the console, as it is sent."""

    raw: bytes
    zipped: bytes | None
    """Its gzip form, where that is smaller."""
    media_type: str


class Assets:
    """All files of the console, read once; their common digest is part of every address, so that no browser keeps an old one."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._files: Mapping[str, Asset] = {
            file.relative_to(folder).as_posix(): _read(file) for file in sorted(folder.rglob("*")) if file.is_file()
        }
        seal = hashlib.sha256()
        for name, asset in self._files.items():
            seal.update(f"{name}\0{len(asset.raw)}\0".encode() + asset.raw)
        self.digest = seal.hexdigest()[:DIGEST_CHARS]

    def address(self, name: str) -> str:
        """Return the address of a file; naming one that does not exist is a bug of the template that does."""
        if name not in self._files:
            raise KeyError(name)
        return f"/assets/{self.digest}/{name}"

    def find(self, name: str) -> Asset | None:
        """Return a file by its name."""
        return self._files.get(name)


ASSETS: Final = "assets"
"""Where the application keeps its `Assets`."""


class StaticFiles(Controller):
    """Serves assets from memory and the published ledger from the node's home."""

    include_in_schema = False

    @route("/assets/{digest:str}/{name:path}", http_method=READ, permission=Permission.PUBLIC, sync_to_thread=False)
    def asset(self, request: Request[Any, Any, Any], digest: FromPath[str], name: FromPath[str]) -> Response[bytes]:
        """Send a file of the console; under an outdated address the present one, which is then not kept."""
        assets: Assets = request.app.state[ASSETS]
        found = assets.find(name.removeprefix("/"))
        if found is None:
            raise AddressUnknown("There is no such file.")
        headers = {"cache-control": FOREVER if digest == assets.digest else "no-store", "vary": "accept-encoding"}
        zipped = found.zipped if "gzip" in request.headers.get("accept-encoding", "") else None
        if zipped is not None:
            headers["content-encoding"] = "gzip"
        return Response(zipped or found.raw, headers=headers, media_type=found.media_type)

    @route("/ledger/checkpoint", http_method=READ, permission=Permission.PUBLIC, sync_to_thread=True)
    def checkpoint(self, request: Request[Any, Any, Any]) -> Response[bytes]:
        """Send the latest signed checkpoint (C2SP tlog-checkpoint)."""
        return _ledger_file(request, "checkpoint", "text/plain", SHORTLY)

    @route("/ledger/tile/{name:path}", http_method=READ, permission=Permission.PUBLIC, sync_to_thread=True)
    def tile(self, request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
        """Send a tile of hashes or of entries (C2SP tlog-tiles)."""
        is_full = FULL_TILE.fullmatch(name) is not None
        if not is_full and PARTIAL_TILE.fullmatch(name) is None:
            raise AddressUnknown("There is no such tile.")
        return _ledger_file(request, f"tile{name}", "application/octet-stream", FOREVER if is_full else SHORTLY)


def _ledger_file(request: Request[Any, Any, Any], name: str, media_type: str, kept: str) -> Response[bytes]:
    node: Node = request.app.state[NODE]
    try:
        raw = (node.home / "ledger" / name).read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise AddressUnknown("There is no such tile.") from error
    return Response(raw, headers={"cache-control": kept}, media_type=media_type)


def _read(file: Path) -> Asset:
    raw = file.read_bytes()
    media_type = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "text/plain"
    zipped = gzip.compress(raw, mtime=0)
    return Asset(raw=raw, zipped=zipped if len(zipped) < len(raw) * 0.9 else None, media_type=media_type)
