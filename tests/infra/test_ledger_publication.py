"""Publishing: incremental, repeatable, one at a time, and never against what was published before."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.infra import ledger
from comity.infra.database import Database
from comity.infra.ledger import merkle
from comity.infra.ledger.publication import CheckpointDamaged, LedgerContradicted
from comity.infra.ledger.reading import EntryDamaged, leaves
from comity.infra.ledger.rows import entries, events
from comity.infra.ledger.tiles import TileMissing
from support.engines import ON_SQLITE
from support.ledger import KEY, LOG, append, event, untriggered


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "ledger"


def files(folder: Path) -> dict[str, bytes]:
    """Everything that is published, by path."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def root(database: Database, size: int) -> bytes:
    """The root of the rows by the definition."""
    with database.transaction(write=False) as connection:
        hashes = [merkle.leaf_hash(leaf) for batch in leaves(connection, 0, size) for leaf in batch]

    def mth(part: list[bytes]) -> bytes:
        if len(part) <= 1:
            return part[0] if part else hashlib.sha256().digest()
        k = 1 << (len(part) - 1).bit_length() - 1
        return merkle.node_hash(mth(part[:k]), mth(part[k:]))

    return mth(hashes)


def test_an_empty_ledger_says_so(database: Database, folder: Path) -> None:
    assert ledger.published(folder, LOG) is None
    checkpoint = ledger.publish(database, folder, KEY)
    assert (checkpoint.size, checkpoint.root) == (0, hashlib.sha256(b"").digest())
    assert list(files(folder)) == ["checkpoint"]


def test_each_publication_extends_the_last(database: Database, folder: Path) -> None:
    size = 0
    for more in (1, 4, 250, 1, 1, 300, 43, 512):
        before = files(folder)
        append(database, more, size)
        size += more
        checkpoint = ledger.publish(database, folder, KEY)
        assert (checkpoint.size, checkpoint.root) == (size, root(database, size))
        present = ledger.published(folder, LOG)
        assert present is not None
        assert present.checkpoint == checkpoint
        after = files(folder)
        assert {path for path in before if path in after and before[path] != after[path]} <= {"checkpoint"}
        assert {path for path in before if path not in after} <= {path for path in before if ".p/" in path}
        assert isinstance(ledger.verify(database, folder, LOG), ledger.Verified)
    assert sorted(files(folder)) == [
        "checkpoint",
        *(f"tile/0/00{n}" for n in range(4)),
        "tile/0/004.p/88",
        "tile/1/000.p/1",
        "tile/1/000.p/2",
        "tile/1/000.p/4",
        *(f"tile/entries/00{n}" for n in range(4)),
        "tile/entries/004.p/88",
    ]


def test_published_in_steps_or_at_once_the_log_is_the_same(database: Database, folder: Path) -> None:
    for start in range(0, 700, 70):
        append(database, 70, start)
        ledger.publish(database, folder / "steps", KEY)
    ledger.publish(database, folder / "once", KEY)
    steps, once = files(folder / "steps"), files(folder / "once")
    assert once.items() <= steps.items()
    assert {path for path in steps if path not in once} == {
        *(f"tile/{level}/002.p/{width}" for level in ("0", "entries") for width in (48, 118)),
        "tile/1/000.p/1",
    }


def test_without_new_entries_nothing_is_written(database: Database, folder: Path) -> None:
    append(database, 3)
    ledger.publish(database, folder, KEY)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.name != ".lock"}
    ledger.publish(database, folder, KEY)
    assert before == {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.name != ".lock"}


def test_only_committed_entries_are_published(database: Database, folder: Path) -> None:
    append(database, 2)
    with database.transaction(write=True) as connection:
        ledger.append(connection, [event()])
        assert ledger.publish(database, folder, KEY).size == 2
    assert ledger.publish(database, folder, KEY).size == 3


def test_publishers_and_writers_at_once(database: Database, folder: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        writing = [pool.submit(append, database, 30) for _ in range(10)]
        publishing = [pool.submit(ledger.publish, database, folder, KEY) for _ in range(10)]
        sizes = [future.result().size for future in publishing]
        assert sum(len(future.result()) for future in writing) == 300
    assert ledger.publish(database, folder, KEY).size == 300 >= max(sizes)
    verified = ledger.verify(database, folder, LOG)
    assert isinstance(verified, ledger.Verified)
    assert (verified.size, verified.unpublished) == (300, 0)


def test_a_ledger_that_shrank_is_not_signed(database: Database, folder: Path) -> None:
    append(database, 5)
    ledger.publish(database, folder, KEY)
    before = files(folder)
    untriggered(database)
    with database.transaction(write=True) as connection:
        connection.execute(sa.delete(entries).where(entries.c["index"] == 4))
    with pytest.raises(LedgerContradicted):
        ledger.publish(database, folder, KEY)
    assert files(folder) == before


def test_a_rewritten_ledger_is_not_signed(database: Database, folder: Path) -> None:
    append(database, 300)
    ledger.publish(database, folder, KEY)
    before = files(folder)
    append(database, 5, 300)
    untriggered(database)
    with database.transaction(write=True) as connection:
        connection.execute(sa.update(entries).where(entries.c["index"] == 299).values(leaf=bytes(32)))
    with pytest.raises(LedgerContradicted):
        ledger.publish(database, folder, KEY)
    assert files(folder) == before


def test_a_gap_is_not_signed(database: Database, folder: Path) -> None:
    append(database, 5)
    untriggered(database)
    with database.transaction(write=True) as connection:
        for rows in (entries, events):
            connection.execute(sa.delete(rows).where(rows.c["index"] == 3))
    with pytest.raises(EntryDamaged, match="Entry 3"):
        ledger.publish(database, folder, KEY)


def test_a_damaged_log_is_not_extended(database: Database, folder: Path) -> None:
    append(database, 300)
    ledger.publish(database, folder, KEY)
    append(database, 300, 300)
    tile = folder / "tile/1/000.p/1"
    sound = tile.read_bytes()
    tile.write_bytes(bytes(32))
    with pytest.raises(LedgerContradicted):
        ledger.publish(database, folder, KEY)
    tile.unlink()
    with pytest.raises(TileMissing):
        ledger.publish(database, folder, KEY)
    tile.write_bytes(sound)
    assert ledger.publish(database, folder, KEY).size == 600


def test_a_published_file_is_never_written_over(database: Database, folder: Path) -> None:
    append(database, 300)
    ledger.publish(database, folder, KEY)
    (folder / "tile/0/001").write_bytes(bytes(8192))
    append(database, 300, 300)
    with pytest.raises(LedgerContradicted, match="tile/0/001"):
        ledger.publish(database, folder, KEY)


def test_a_false_or_missing_checkpoint_is_not_replaced(database: Database, folder: Path) -> None:
    append(database, 5)
    ledger.publish(database, folder, KEY)
    with pytest.raises(CheckpointDamaged):
        ledger.publish(database, folder, Ed25519PrivateKey.generate())
    (folder / "checkpoint").unlink()
    with pytest.raises(CheckpointDamaged, match="missing"):
        ledger.publish(database, folder, KEY)
    with pytest.raises(CheckpointDamaged, match="missing"):
        ledger.published(folder, LOG)


KILLED = """
import os, shutil, signal, sys
from pathlib import Path
from comity.infra import ledger
from comity.infra.database import Database
from support.ledger import KEY, LOG

STEPS = {"write", "replace", "mkdir", "rmdir"}
home = Path(sys.argv[1])

def opened():
    return Database.embedded(home / "test.sqlite3")

def die_at(step):
    seen = 0
    def before(frame, event, called):
        nonlocal seen
        if event == "c_call" and called.__name__ in STEPS:
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.setprofile(before)

def verified():
    database = opened()
    found = ledger.verify(database, home / "ledger", LOG)
    database.close()
    assert isinstance(found, ledger.Verified), found
    return found.size

for step in range(1, 1000):
    shutil.rmtree(home / "ledger", ignore_errors=True)
    if (home / "before").exists():
        shutil.copytree(home / "before", home / "ledger")
    child = os.fork()
    if not child:
        die_at(step)
        ledger.publish(opened(), home / "ledger", KEY)
        os._exit(0)
    killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    after_death = verified()
    database = opened()
    ledger.publish(database, home / "ledger", KEY)
    database.close()
    print(killed, after_death, verified())
    if not killed:
        break
"""


@ON_SQLITE
@pytest.mark.parametrize("before", [None, 250])
def test_killed_at_any_step_it_is_sound_and_the_next_one_finishes(
    tmp_path: Path, database: Database, before: int | None
) -> None:
    if before:
        append(database, before)
        ledger.publish(database, tmp_path / "before", KEY)
    append(database, 270 - (before or 0))
    done = subprocess.run(
        [sys.executable, "-c", KILLED, tmp_path],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, done.stderr
    *deaths, last = done.stdout.splitlines()
    assert len(deaths) >= 20  # so many steps there are
    old = f"True {before or 0} 270"
    assert {old} <= set(deaths) <= {old, "True 270 270"}  # the old checkpoint or the new one, nothing else
    assert last == "False 270 270"


PUBLISHER = """
import sys
from pathlib import Path
from comity.infra import ledger
from comity.infra.database import Database
from support.ledger import KEY

database = Database.embedded(Path(sys.argv[1]) / "test.sqlite3")
print("ready", flush=True)
last = 0
while last < 600:
    size = ledger.publish(database, Path(sys.argv[1]) / "ledger", KEY).size
    assert size >= last
    last = size
"""


@ON_SQLITE
def test_two_processes_publish_at_once(tmp_path: Path, database: Database) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", PUBLISHER, tmp_path], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
        for start in range(0, 600, 20):
            append(database, 20, start)
        outcomes = [process.communicate(timeout=60) for process in processes]
    finally:
        for process in processes:
            process.kill()
            process.wait()
    assert [(process.returncode, error) for process, (_, error) in zip(processes, outcomes, strict=True)] == [
        (0, b"")
    ] * 2
    assert isinstance(ledger.verify(database, tmp_path / "ledger", LOG), ledger.Verified)
