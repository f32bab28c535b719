"""The limits that hold everywhere, each a named constant with its unit. A feature's own limits stand in its `model.py`."""

from __future__ import annotations

REQUEST_BODY_BYTES_MAX = 1_000_000
"""A request without an upload; uploads name their own limit."""

EDITION_BYTES_MAX = 1_000_000_000
"""One file of one edition, unpacked: ten times the largest official file known in 2026 (OFAC's SDN_ADVANCED.XML, 100 MB)."""

UNPACK_RATIO_MAX = 200
"""How much larger than its gzip or zip form a file may be; real lists reach 25, a bomb thousands."""

UNPACK_FREE_BYTES = 20_000_000
"""Below this size the ratio is not judged: a short, repetitive file is not a bomb."""

PAGE_ROWS_MAX = 200
"""Rows on one page or in one answer; further rows are asked for by page."""

PAGE_ROWS_DEFAULT = 50
"""Rows on a page when nothing is said."""

SEARCH_TEXT_CHARS_MAX = 400
"""A name, number or sentence to look for."""

NOTE_CHARS_MAX = 4_000
"""A reason or remark that a person writes."""
