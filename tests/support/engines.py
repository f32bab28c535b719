"""The database engines on which a test runs: both, unless what it tests is not the same on both."""

from __future__ import annotations

import pytest

ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what only SQLite does, or no engine has a part in."""
