"""What the features of this node contribute to the shell and to the work queue, put into the edge's words."""

from __future__ import annotations

from comity.edge.shell import Offers


def offers() -> Offers:
    """Return what the features contribute."""
    return Offers()
