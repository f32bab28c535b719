"""Payments that were kept before it was kept who lists those who may be meant: the step that adds that fills it in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from comity.filtering.model.verdict import Verdict, verdict_bytes
from comity.filtering.service import Examiner
from comity.filtering.store.payments import files, payments, rules_
from comity.infra import migrations
from comity.infra.columns import metadata
from comity.infra.database import Database
from comity.payments.model import FieldKind
from support.paying import paid

AT = datetime(2031, 11, 20, 12, tzinfo=UTC)
BEFORE = "0008"
SEVERAL = 1_001
"""Payments of which more are read than are read at a time."""


@pytest.fixture
def earlier(database: Database) -> Iterator[Database]:
    """The database as the step before left it, with one file of payments."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    with database.transaction(write=True) as connection:
        metadata.drop_all(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, BEFORE)
        connection.execute(rules_.insert().values(digest="r", rules={}))
        connection.execute(
            files.insert().values(
                id="f-1", sha256="s", name="p.csv", profile="payment", began_at=AT, transfers=0, held=0, hits=0, repeated=0
            )
        )  # fmt: skip
    yield database
    with database.transaction(write=True) as connection:
        connection.execute(sa.text("DROP TABLE alembic_version"))


def row(number: int, verdict: Verdict | None, hits: int) -> dict[str, object]:
    """Return a payment as it was written then."""
    return {
        "key": number, "file": "f-1", "number": number, "kind": "csv_transfers", "version": "CSV", "message_id": "",
        "end_to_end_id": "", "uetr": "", "is_instant": False, "state": "held" if hits else "passed", "at": AT,
        "profile": "payment", "rules": "r", "proof": b"", "hits": hits, "probability": 0.0,
        "verdict": verdict_bytes(verdict) if verdict else None,
    }  # fmt: skip


def fill(database: Database, *rows: dict[str, object]) -> dict[int, str]:
    """Keep payments, take the steps that are missing, and return who lists those who may be meant, by number."""
    with database.transaction(write=True) as connection:
        connection.execute(payments.insert(), list(rows))
    migrations.upgrade(database)
    with database.transaction(write=False) as connection:
        kept = connection.execute(sa.select(payments.c.number, payments.c.lists))
        return {one.number: one.lists for one in kept}


def test_who_lists_those_who_may_be_meant_is_filled_in(earlier: Database, examiner: Examiner) -> None:
    person, territory = (
        examiner.examine(paid((FieldKind.REMITTANCE, text))) for text in ("fees for Ilse Vosk", "cigars from Havana")
    )
    both = msgspec.structs.replace(person, hits=person.hits + territory.hits)
    seen = msgspec.structs.replace(person, hits=())
    assert (len(person.hits), len(territory.hits)) == (1, 1)
    filled = fill(
        earlier, row(1, person, 1), row(2, territory, 1), row(3, both, 2), row(4, seen, 0), row(5, None, 0)
    )  # fmt: skip
    assert filled == {1: " qm_list ", 2: " territory ", 3: " qm_list territory ", 4: "", 5: ""}


def test_it_is_filled_in_for_more_payments_than_are_read_at_a_time(earlier: Database, examiner: Examiner) -> None:
    person = examiner.examine(paid((FieldKind.REMITTANCE, "fees for Ilse Vosk")))
    filled = fill(earlier, *(row(number, person, 1) for number in range(1, SEVERAL + 1)))
    assert filled == dict.fromkeys(range(1, SEVERAL + 1), " qm_list ")
