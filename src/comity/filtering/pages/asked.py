"""What the pages of payments share: who may see them."""

from __future__ import annotations

from typing import Any, Final

from comity.model.permission import Permission

READ: Final[dict[str, Any]] = {"permission": Permission.PAYMENTS_READ, "secret": True}
"""Whoever may not see payments is not told that any is held."""
DECIDE: Final[dict[str, Any]] = {"permission": Permission.PAYMENTS_DECIDE, "secret": True}
