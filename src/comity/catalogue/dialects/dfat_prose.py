"""Dates as Australia's Department of Foreign Affairs and Trade writes them: for readers, in many spellings, several to a cell.

Day first. Examples: `13/06/1961, Approximately 1963`; `a) 5/12/1970 b) 1969`; `Approximately: Between 1972 and 1975`; `1945, 1946`;
`03/1955`; `12 April 1965`; `Listed on 25 Jan. 2001 (amended on 3 Sep. 2003, 18 Jul. 2007)`.
"""

from __future__ import annotations

import re

from comity.model.dates import DateMalformed, PartialDate

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENUMERATOR = re.compile(r"(?:^|(?<=\s))[a-z]{1,3}\)\s*")
_DAY = r"\d{1,2}\s+[A-Za-z]{3,9}\.?,?\s+\d{4}"
_AMERICAN = re.compile(r"\b([A-Z][a-z]{2,8})\.?\s+(\d{1,2}),\s+(\d{4})")
_MONTH_COMMA = re.compile(r"\b([A-Z][a-z]{2,8}),\s+(\d{4})")
_ADJACENT = re.compile(r"(?<=\d)\s+(?=\d)")
_ABOUT = re.compile(r"^(?:approximately|approx\.?|circa|c\.|about)\s*:?\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"^between\s+(.+?)\s+and\s+(.+)$", re.IGNORECASE)
_SPAN = re.compile(r"^(.+?)\s+to\s+(.+)$|^(\d{4})\s*[-\u2013]\s*(\d{4})$", re.IGNORECASE)
_ISO = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_SLASHED = re.compile(r"(?:(\d{1,2})/)?(\d{1,2})/\s?(\d{4})")
_WORDED = re.compile(r"(?:(\d{1,2})[\s-]+)?([A-Za-z]{3,9})[.,]*[\s-]+(\d{4})")
_AMENDED = re.compile(r"\([^()]*\b(?:amended|updated)\b[^()]*\)", re.IGNORECASE)
_LISTED = re.compile(rf"(?:^|(\S+)\s+on:?\s+)({_DAY})")
_LATER = re.compile(r"amend|updat|relist|re-list|expir|revok|remov", re.IGNORECASE)


def several(cell: str) -> list[str]:
    """Return the values of a cell that enumerates them as `a) … b) …`, or its one value."""
    return [text for part in _ENUMERATOR.split(cell) if (text := " ".join(part.split()).strip(" ,;"))]


def births(cell: str) -> tuple[list[PartialDate], list[str]]:
    """Return the dates in a cell of birth dates, and whatever in it cannot be read as one."""
    dates: list[PartialDate] = []
    unread: list[str] = []
    for fragment in _fragments(cell):
        date = _date(fragment)
        if date is None:
            unread.append(fragment)
        elif date not in dates:
            dates.append(date)
    return dates, unread


def day(text: str) -> PartialDate:
    """Read one date. Raises `DateMalformed`."""
    date = _date(" ".join(text.split()))
    if date is None:
        raise DateMalformed(f"{text!r} is no date.")
    return date


def listing(cell: str) -> tuple[PartialDate | None, tuple[PartialDate, ...]]:
    """Return when an entry was listed and when amended, as far as the account of its listing says so."""
    text = " ".join(cell.split())
    amended = [found for group in _AMENDED.findall(text) for found in re.findall(_DAY, group)]
    rest = _AMENDED.sub("", text)
    listed = next((found[2] for found in _LISTED.finditer(rest) if not _LATER.search(found[1] or "")), "")
    dates = {date for text in amended if (date := _date(text))}
    return (_date(listed) if listed else None), tuple(sorted(dates))


def _fragments(cell: str) -> list[str]:
    text = _ENUMERATOR.sub(";", cell.replace("\n", ";"))
    text = _MONTH_COMMA.sub(r"\1 \2", _AMERICAN.sub(r"\2 \1 \3", text))
    parts = [piece for part in re.split(r"[,;]", text) for piece in _ADJACENT.split(part)]
    tidy = [" ".join(part.split()) for part in parts]
    return [
        piece
        for part in tidy
        for piece in ([part] if _BETWEEN.search(_bare(part)) else re.split(r" and | or ", part))
        if piece
    ]


def _bare(text: str) -> str:
    return _ABOUT.sub("", text)


def _date(text: str) -> PartialDate | None:
    bare = _bare(text)
    try:
        date = _span(bare) or _single(bare)
    except DateMalformed:
        return None
    return date and PartialDate(date.first, date.last, circa=date.circa or bare != text)


def _span(text: str) -> PartialDate | None:
    match = _BETWEEN.search(text) or _SPAN.search(text)
    if match is None:
        return None
    start, end = (_date(end) for end in match.groups() if end)
    return PartialDate.between(start, end) if start and end else None


def _single(text: str) -> PartialDate | None:
    if _ISO.fullmatch(text):
        return PartialDate.parse(text)
    if slashed := _SLASHED.fullmatch(text):
        return PartialDate.of(int(slashed[3]), int(slashed[2]), int(slashed[1]) if slashed[1] else None)
    worded = _WORDED.fullmatch(text)
    if worded is None or worded[2][:3].lower() not in _MONTHS:
        return None
    month = _MONTHS.index(worded[2][:3].lower()) + 1
    return PartialDate.of(int(worded[3]), month, int(worded[1]) if worded[1] else None)
