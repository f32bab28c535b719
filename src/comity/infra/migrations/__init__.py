"""Bringing a database to the shape that this version of the software needs, one numbered step after the other.

The steps stand in `versions/`, written once and never edited. A node brings its database up to date when it is opened; a database
that is newer than the software is refused. alembic is imported only where something has to be done.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from comity.kit.errors import Conflict

if TYPE_CHECKING:
    from comity.infra.database import Database

HEAD = "0009"
"""The last step; a test compares it with the files."""

VERSION_TABLE = "alembic_version"


class DatabaseNewer(Conflict):
    """The database was written by a newer version of this software."""

    code = "database.newer"


def current(connection: sa.Connection) -> str | None:
    """Return the step at which a database stands, or None for an empty one."""
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(sa.text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608 - a constant


def upgrade(database: Database) -> None:
    """Bring a database to `HEAD`, whole or not at all. Raises `DatabaseNewer`."""
    with database.transaction(write=False) as connection:
        found = current(connection)
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise DatabaseNewer(f"The database stands at step {found}; this version of the software knows {HEAD}.")
    from alembic import command  # noqa: PLC0415 - it takes a second to import, and is needed once in a version's life
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    with database.transaction(write=True) as connection:
        if current(connection) != HEAD:
            config.attributes["connection"] = connection
            command.upgrade(config, HEAD)
