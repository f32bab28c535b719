"""Whatever is changed anywhere, verification names it; and what is sound, it never accuses."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.infra import ledger
from comity.infra.database import Database
from comity.infra.ledger.note import Checkpoint, sign
from comity.infra.ledger.rows import commitment, entries, erasures, events
from comity.infra.ledger.tiles import Builder
from comity.kit.json import canonical
from support.engines import ON_SQLITE
from support.ledger import KEY, LOG, append, erase, event, untriggered

SIZE = 270


@pytest.fixture
def folder(database: Database, tmp_path: Path) -> Path:
    """A log of SIZE entries, published twice, and three more that are not."""
    append(database, 265)
    ledger.publish(database, tmp_path / "ledger", KEY)
    append(database, 5, 265)
    ledger.publish(database, tmp_path / "ledger", KEY)
    append(database, 3, SIZE)
    return tmp_path / "ledger"


def verify(database: Database, folder: Path) -> ledger.Verified | ledger.Damaged:
    return ledger.verify(database, folder, LOG)


def damage(database: Database, folder: Path) -> tuple[str, int | None]:
    found = verify(database, folder)
    assert isinstance(found, ledger.Damaged)
    assert found.reason
    return found.where, found.index


def change(database: Database, *statements: sa.Executable) -> None:
    """Do what no trigger would allow."""
    untriggered(database)
    with database.transaction(write=True) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_sound_ledger_is_verified(database: Database, folder: Path) -> None:
    seen: list[tuple[int, int]] = []
    found = ledger.verify(database, folder, LOG, lambda done, all_: seen.append((done, all_)))
    present = ledger.published(folder, LOG)
    assert present is not None
    assert found == ledger.Verified(size=SIZE, root=present.checkpoint.root, note=present.note, unpublished=3, erased=0)
    assert seen == [(256, 273), (273, 273)]


def test_before_the_first_publication_the_rows_alone_are_verified(database: Database, tmp_path: Path) -> None:
    append(database, 3)
    assert verify(database, tmp_path) == ledger.Verified(size=0, root=None, note="", unpublished=3, erased=0)
    change(database, sa.update(events).where(events.c["index"] == 1).values(event="{}"))
    assert damage(database, tmp_path) == ("entry 1", 1)


EDGES = (0, 3, 255, 256, 269, 272)
"""The first and last entries of the log, of its tiles, and of what is not yet published."""


def flipped(value: bytes, at: int) -> bytes:
    changed = bytearray(value)
    changed[at] ^= 0x40
    return bytes(changed)


def flipped_text(value: str, at: int) -> str:
    return flipped(value.encode(), at).decode()


@pytest.mark.parametrize("column", [entries.c.leaf, events.c.salt], ids=str)
def test_a_flipped_byte_of_a_hash_is_named(database: Database, folder: Path, column: sa.Column[bytes]) -> None:
    untriggered(database)
    for index in EDGES:
        for at in (0, -1):
            flip(database, column, index, partial(flipped, at=at))
            assert damage(database, folder) == (f"entry {index}", index)
            flip(database, column, index, partial(flipped, at=at))
    assert isinstance(verify(database, folder), ledger.Verified)


@pytest.mark.parametrize("column", [events.c.kind, events.c.actor, events.c.event], ids=str)
def test_a_flipped_byte_of_a_text_is_named(database: Database, folder: Path, column: sa.Column[str]) -> None:
    untriggered(database)
    for index in EDGES:
        for at in (0, -1):
            flip(database, column, index, partial(flipped_text, at=at))
            assert damage(database, folder) == (f"entry {index}", index)
            flip(database, column, index, partial(flipped_text, at=at))
    assert isinstance(verify(database, folder), ledger.Verified)


def test_a_moved_instant_is_named(database: Database, folder: Path) -> None:
    untriggered(database)
    for index in EDGES:
        flip(database, events.c.at, index, lambda at: at + timedelta(microseconds=1))
        assert damage(database, folder) == (f"entry {index}", index)
        flip(database, events.c.at, index, lambda at: at - timedelta(microseconds=1))
    if database.is_embedded:  # the same instant, spelt otherwise
        with database.transaction(write=True) as connection:
            connection.execute(sa.text("UPDATE ledger_events SET at = replace(at, '+', '-') WHERE \"index\" = 256"))
        assert damage(database, folder) == ("entry 256", 256)


def flip(database: Database, column: sa.Column[Any], index: int, by: Callable[[Any], Any]) -> None:
    """Change one value of one row."""
    of = column.table.c["index"] == index
    with database.transaction(write=True) as connection:
        value = by(connection.execute(sa.select(column).where(of)).scalar_one())
        connection.execute(sa.update(column.table).where(of).values({column: value}))


@pytest.mark.parametrize("column", ["at", "event"])
@ON_SQLITE
def test_text_that_is_no_text_is_named(database: Database, folder: Path, column: str) -> None:
    statement = f'UPDATE ledger_events SET "{column}" = CAST(X\'ff\' || "{column}" AS TEXT) WHERE "index" = 258'
    change(database, sa.text(statement))
    assert damage(database, folder) == ("entry 258", 258)


@pytest.mark.parametrize("rows", [entries, events], ids=str)
def test_a_moved_or_missing_row_is_named(database: Database, folder: Path, rows: sa.Table) -> None:
    untriggered(database)
    for index in EDGES:
        of = rows.c["index"] == index
        with database.transaction(write=True) as connection:
            row = dict(connection.execute(sa.select(rows).where(of)).mappings().one())
            connection.execute(sa.update(rows).where(of).values({"index": 100_000}))
        assert damage(database, folder) == (f"entry {index}", index)
        with database.transaction(write=True) as connection:
            connection.execute(sa.delete(rows).where(rows.c["index"] == 100_000))
        assert damage(database, folder) == (f"entry {index}", index)
        with database.transaction(write=True) as connection:
            connection.execute(sa.insert(rows).values(row))
    assert isinstance(verify(database, folder), ledger.Verified)


def test_a_missing_tail_is_named(database: Database, folder: Path) -> None:
    change(database, *(sa.delete(rows).where(rows.c["index"] >= 268) for rows in (entries, events)))
    assert damage(database, folder) == ("entry 268", 268)


def test_a_missing_unpublished_tail_leaves_no_trace_in_a_log(database: Database, folder: Path) -> None:
    # Nothing outside the database has ever seen these: this is why checkpoints are frequent.
    change(database, *(sa.delete(rows).where(rows.c["index"] >= SIZE) for rows in (entries, events)))
    found = verify(database, folder)
    assert isinstance(found, ledger.Verified)
    assert found.unpublished == 0


def test_a_row_that_belongs_to_no_entry_is_named(database: Database, folder: Path) -> None:
    change(database, sa.insert(erasures).values({"index": 5_000, "act": 5_001}))
    assert damage(database, folder) == ("entry 5000", 5000)


def rewritten(index: int) -> tuple[sa.Executable, ...]:
    """Another event in the place of one, with a commitment that fits it."""
    other, salt = event(999), bytes(32)
    text = canonical(other)
    return (
        sa.update(entries).where(entries.c["index"] == index).values(leaf=commitment(salt, text)),
        sa.update(events)
        .where(events.c["index"] == index)
        .values(event=text.decode(), salt=salt, at=other.at, kind=other.kind, actor=other.actor),
    )


@pytest.mark.parametrize("index", [0, 255, 269])
def test_a_rewritten_entry_is_named_by_the_published_tiles(database: Database, folder: Path, index: int) -> None:
    change(database, *rewritten(index))
    assert damage(database, folder) == (f"entry {index}", index)


def test_a_wholly_rewritten_log_does_not_meet_its_signed_root(database: Database, folder: Path, tmp_path: Path) -> None:
    signed = (folder / "checkpoint").read_bytes()
    change(database, *rewritten(3))
    shutil.rmtree(folder)
    ledger.publish(database, folder, KEY)
    with database.transaction(write=True) as connection:
        connection.execute(sa.delete(entries).where(entries.c["index"] >= SIZE))
        connection.execute(sa.delete(events).where(events.c["index"] >= SIZE))
    shutil.rmtree(folder)
    ledger.publish(database, folder, KEY)
    (folder / "checkpoint").write_bytes(signed)
    assert damage(database, folder) == ("checkpoint", None)


def test_an_event_that_is_committed_to_but_not_canonical_is_named(database: Database, folder: Path) -> None:
    text, salt = canonical(event(272)).decode().replace(":", ": ", 1), bytes(32)
    change(
        database,
        sa.update(entries).where(entries.c["index"] == 272).values(leaf=commitment(salt, text.encode())),
        sa.update(events).where(events.c["index"] == 272).values(event=text, salt=salt),
    )
    assert damage(database, folder) == ("entry 272", 272)


def published(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name[0] != ".")


def test_a_flipped_byte_of_any_published_file_is_named(database: Database, folder: Path) -> None:
    paths = published(folder)
    assert [str(path.relative_to(folder)) for path in paths] == [
        "checkpoint",
        "tile/0/000",
        "tile/0/001.p/14",
        "tile/0/001.p/9",
        "tile/1/000.p/1",
        "tile/entries/000",
        "tile/entries/001.p/14",
        "tile/entries/001.p/9",
    ]
    for path in paths:
        sound = path.read_bytes()
        for at in {0, 1, 2, len(sound) // 2, len(sound) - 1}:
            path.write_bytes(sound[:at] + bytes([sound[at] ^ 4]) + sound[at + 1 :])
            assert damage(database, folder)[0] == str(path.relative_to(folder))
        path.write_bytes(sound)
    assert isinstance(verify(database, folder), ledger.Verified)


def test_the_first_entry_of_a_damaged_tile_is_named(database: Database, folder: Path) -> None:
    for path, at, index in (
        ("tile/0/000", 32 * 17, 17),
        ("tile/0/001.p/14", 32 * 3 + 31, 259),
        ("tile/entries/000", 34 * 200, 200),
        ("tile/entries/001.p/9", 34 * 8 + 33, 264),
        ("tile/1/000.p/1", 5, 0),
    ):
        sound = (folder / path).read_bytes()
        (folder / path).write_bytes(sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :])
        assert damage(database, folder) == (path, index)
        (folder / path).write_bytes(sound)


def test_a_short_long_or_missing_file_is_named(database: Database, folder: Path) -> None:
    for path in published(folder):
        name = str(path.relative_to(folder))
        sound = path.read_bytes()
        for other in (b"", sound[:1], sound[:31], sound[:-1], sound + b"\n"):
            path.write_bytes(other)
            assert damage(database, folder)[0] == name
        if not name.endswith(".p/9"):  # no longer owed to anybody but whoever still holds that checkpoint
            path.unlink()
            assert damage(database, folder)[0] == name
        path.write_bytes(sound)


def test_a_full_tile_stands_in_for_a_partial_one(database: Database, folder: Path) -> None:
    checkpoint = (folder / "checkpoint").read_bytes()
    append(database, 300, SIZE + 3)
    ledger.publish(database, folder, KEY)
    assert not (folder / "tile/0/001.p").exists()
    (folder / "checkpoint").write_bytes(checkpoint)  # as a reader sees it who came a moment before
    found = verify(database, folder)
    assert isinstance(found, ledger.Verified)
    assert (found.size, found.unpublished) == (SIZE, 303)


def test_a_checkpoint_of_another_key_or_another_root_is_named(database: Database, folder: Path) -> None:
    stranger = Ed25519PrivateKey.generate()
    other = ledger.log_key(stranger.public_key())
    false = Checkpoint(LOG.name, SIZE, Builder().root())
    for note in (
        sign(Checkpoint(other.name, 0, false.root).text, other.name, stranger),
        sign(false.text, LOG.name, KEY),
    ):
        (folder / "checkpoint").write_text(note)
        assert damage(database, folder) == ("checkpoint", None)


def test_an_erased_entry_is_counted_and_not_accused(database: Database, folder: Path) -> None:
    assert erase(database, 17) == 273
    assert erase(database, 271) == 274
    found = verify(database, folder)
    assert isinstance(found, ledger.Verified)
    assert (found.size, found.unpublished, found.erased) == (SIZE, 5, 2)
    ledger.publish(database, folder, KEY)
    found = verify(database, folder)
    assert isinstance(found, ledger.Verified)
    assert (found.size, found.unpublished, found.erased) == (275, 0, 2)


def test_an_erasure_counts_only_with_its_record(database: Database, folder: Path) -> None:
    erase(database, 17)
    another = erase(database, 20)
    with database.transaction(write=True) as connection:
        (mention,) = ledger.append(connection, [event(index=17)])
    of = erasures.c["index"] == 17
    untriggered(database)
    for values in ({"act": mention}, {"act": another}, {"act": 100_000}, {"act": 273, "index": 18}):
        with database.transaction(write=True) as connection:
            connection.execute(sa.update(erasures).where(of).values(values))
        assert damage(database, folder) == ("entry 17", 17)


def test_an_erasure_of_what_still_stands_is_named(database: Database, folder: Path) -> None:
    change(database, sa.insert(erasures).values({"index": 17, "act": 18}))
    assert damage(database, folder) == ("entry 17", 17)


@pytest.mark.parametrize("column", [entries.c.leaf, events.c.salt, events.c.event], ids=str)
@ON_SQLITE
def test_a_byte_flipped_in_the_database_file_is_named(database: Database, folder: Path, column: sa.Column[Any]) -> None:
    with database.engine.connect() as connection:
        value = connection.execute(sa.select(column).where(column.table.c["index"] == 100)).scalar_one()
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    file = Path(str(database.engine.url.database))
    raw = file.read_bytes()
    at = raw.index(value if isinstance(value, bytes) else value.encode()) + 5
    file.write_bytes(raw[:at] + bytes([raw[at] ^ 0x80]) + raw[at + 1 :])
    assert damage(database, folder) == ("entry 100", 100)


@ON_SQLITE
def test_no_bit_of_the_database_file_changes_the_ledger_unseen(
    database: Database, folder: Path, tmp_path: Path
) -> None:
    before = everything(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    raw = Path(str(database.engine.url.database)).read_bytes()
    random = Random(2031)
    for number in range(150):
        at = random.randrange(len(raw))
        file = tmp_path / f"flipped_{number}.sqlite3"
        file.write_bytes(raw[:at] + bytes([raw[at] ^ 1 << random.randrange(8)]) + raw[at + 1 :])
        other = Database.embedded(file)
        if isinstance(verify(other, folder), ledger.Verified):  # free space, or the table of another feature
            assert everything(other) == before
        other.close()
        file.unlink()


def everything(database: Database) -> list[list[sa.Row[Any]]]:
    with database.transaction(write=False) as connection:
        return [list(connection.execute(sa.select(rows))) for rows in (entries, events, erasures)]


@ON_SQLITE
def test_an_index_that_contradicts_its_table_is_named(database: Database, folder: Path) -> None:
    with database.engine.connect() as connection:
        page_bytes = int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    file = Path(str(database.engine.url.database))
    raw = bytearray(file.read_bytes())
    pages = range(0, len(raw), page_bytes)
    leaf = next(at for at in pages if raw[at] == 0x0A and b"user:1" in raw[at : at + page_bytes])  # 0x0A: index leaf
    raw[raw.index(b"user:1", leaf)] ^= 1
    file.write_bytes(raw)
    assert damage(database, folder) == ("database", None)


def test_a_database_that_cannot_be_read_is_named(database: Database, folder: Path) -> None:
    with database.transaction(write=True) as connection:
        connection.execute(sa.text("DROP TABLE ledger_entries"))
    assert damage(database, folder) == ("database", None)
