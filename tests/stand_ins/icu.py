"""Stands in for PyICU, which has no wheels: followthemoney needs it only to transliterate names, which no test here asks of it.

The model and its validation are exactly those of the real library; whatever compares names through followthemoney would not be.
"""

from __future__ import annotations


class Transliterator:
    """Returns every text as it came."""

    @classmethod
    def createInstance(cls, *_: str) -> Transliterator:  # noqa: N802 - PyICU's name
        """Make one, for whatever script it is asked."""
        return cls()

    def transliterate(self, text: str) -> str:
        """Return the text unchanged."""
        return text
