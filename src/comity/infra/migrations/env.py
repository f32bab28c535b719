"""How alembic runs here: on the connection that it is given, within its transaction."""

from __future__ import annotations

from alembic import context

from comity.infra.columns import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
