"""Saying of citations whether they were verified, where, and in which version.

A regime says it of each of its citations. The address is where the publisher gives out the text, or what was read instead. The
texts were read in stored copies, some of them made by others; a version that was read may have been amended since.
"""

from __future__ import annotations

from comity.filtering.model.regime import Checked, Reading


def read(link: str, stand: str, *articles: str, note: str = "") -> tuple[Checked, ...]:
    """Say that the provisions themselves were read."""
    return tuple(Checked(article=one, how=Reading.TEXT, link=link, stand=stand, note=note) for one in articles)


def partly(link: str, stand: str, *articles: str, note: str = "") -> tuple[Checked, ...]:
    """Say that provisions were read in part, or where somebody else quotes or restates them."""
    return tuple(Checked(article=one, how=Reading.PARTLY, link=link, stand=stand, note=note) for one in articles)


def unread(note: str, *articles: str) -> tuple[Checked, ...]:
    """Say that provisions were not verified, and what is missing."""
    return tuple(Checked(article=one, how=Reading.UNREAD, note=note) for one in articles)


def named(*articles: str) -> tuple[Checked, ...]:
    """Say that somebody else names the provisions, case by case."""
    return tuple(Checked(article=one, how=Reading.NAMED) for one in articles)
