"""How fast a node answers clients of the OpenSanctions API: `python bench/opensanctions.py HOME [BATCHES]`.

HOME is a node with lists in force; a token is made in it and revoked at the end. Asked about are names from its own lists, drawn
with a fixed seed, through the whole application in one process but the socket. Every match is kept, as in service. Prints Markdown;
the first match, which builds the index if there is none, is left out.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from litestar.testing import TestClient

from comity.accounts import service as accounts
from comity.accounts.model import NewToken
from comity.edge.app import create_app
from comity.kit.clock import SystemClock
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import open_node

if TYPE_CHECKING:
    from collections.abc import Callable

BATCHES = 20
SIZES = (1, 10, 100)
SEED = 20261128


class Took(NamedTuple):
    """How long a request took, in seconds: on the clock, and of the processor in this process, which the machine's other work
    does not lengthen."""

    clock: float
    processor: float


def timed(asked: Callable[[], Any], times: int) -> list[Took]:
    """Return how long each of some requests took."""
    found = []
    for _ in range(times):
        start, used = time.perf_counter(), time.process_time()
        asked().raise_for_status()
        found.append(Took(time.perf_counter() - start, time.process_time() - used))
    return found


def row(what: str, took: list[Took], queries: int = 1) -> None:
    clock, processor = (statistics.median(times) * 1000 for times in zip(*took, strict=True))
    longest = max(one.clock for one in took) * 1000
    each = processor / queries
    print(f"| {what} | {clock:,.0f} | {longest:,.0f} | {processor:,.0f} | {each:,.1f} |", flush=True)


def measure(client: TestClient[Any], batches: int) -> None:
    drawn = random.Random(SEED)
    said = client.get("/statements", params={"prop": "name", "limit": 500}).json()["results"]
    names = [one["value"] for one in said]

    def match(size: int) -> Any:
        asked = {str(at): {"schema": "Thing", "properties": {"name": [drawn.choice(names)]}} for at in range(size)}
        return client.post("/match/default", json={"queries": asked})

    match(1)
    print("| Asked | Median ms | Longest ms | Median CPU ms | CPU ms per query |\n|---|--:|--:|--:|--:|")
    for size in SIZES:
        row(f"match, {size} in a batch", timed(lambda size=size: match(size), batches), size)
    words = [name.split()[-1] for name in names]
    row("search", timed(lambda: client.get("/search/default", params={"q": drawn.choice(words)}), batches))
    ids = [one["canonical_id"] for one in said]
    row("entity with what stands beside it", timed(lambda: client.get(f"/entities/{drawn.choice(ids)}"), batches))
    row(
        "statements of one entity",
        timed(lambda: client.get("/statements", params={"canonical_id": drawn.choice(ids)}), batches),
    )


def main(home: Path, batches: int) -> None:
    node = open_node(home, SystemClock())
    held = frozenset({Permission.SCREENING_ASK, Permission.REGISTER_READ})
    with node.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
        issued = accounts.create_token(work, NewToken(name="bench", permissions=held, days=1))
    with TestClient(create_app(node)) as client:
        client.headers["authorization"] = f"ApiKey {issued.secret}"
        measure(client, batches)
    with node.work(OPERATOR, Permission.ACCOUNTS_MANAGE) as work:
        accounts.revoke_token(work, issued.token.id)
    node.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else BATCHES)
