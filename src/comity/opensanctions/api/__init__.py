"""The foreign protocol's own addresses, below `/opensanctions`; clients also find them where they expect them, at the root."""

from comity.opensanctions.api.matching import Matching
from comity.opensanctions.api.reading import Reading
from comity.opensanctions.api.reconciling import Reconciling

CONTROLLERS = (Matching, Reading, Reconciling)
"""What this feature adds to the API."""
