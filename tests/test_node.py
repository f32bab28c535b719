"""The node as a whole: what it does by itself when it is served."""

from __future__ import annotations

import os
import threading
from datetime import timedelta

from comity.infra import jobs
from comity.infra.jobs import State
from comity.kit.clock import FakeClock
from comity.node import Node

KIND = "done.long_ago"


def test_a_node_that_begins_its_labour_throws_away_what_is_of_no_more_use(node: Node, clock: FakeClock) -> None:
    half = node.blobs.folder / "incoming" / "half"
    half.parent.mkdir(parents=True, exist_ok=True)
    half.write_bytes(b"half")
    old = (clock.now() - timedelta(days=2)).timestamp()
    os.utime(half, (old, old))
    with node.database.transaction(write=True) as connection:
        jobs.enqueue(connection, KIND, {}, due=clock.now(), at=clock.now())
        job = jobs.lease(connection, clock.now(), {KIND})
        assert job is not None
        jobs.finish(connection, job, None, clock.now())
    clock.advance(timedelta(days=91))
    at_once = threading.Event()
    at_once.set()
    node.labour(at_once)
    assert not half.exists()
    with node.database.transaction(write=False) as connection:
        assert jobs.latest(connection, [State.DONE]) == []
