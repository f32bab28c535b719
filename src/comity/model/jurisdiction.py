"""Who makes a list binding: states, unions of states, and the United Nations."""

from __future__ import annotations

import msgspec


class Issuer(msgspec.Struct, frozen=True, kw_only=True):
    """The authority that publishes a list."""

    code: str
    """Two letters under which its regime is shown: an ISO 3166 country code, `EU` or `UN`."""
    name: str
    """The regime, as people say it: `United Kingdom`."""
    authority: str
    """The office that publishes: `Office of Financial Sanctions Implementation`."""
