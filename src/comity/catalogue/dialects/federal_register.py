"""Citations of the US Federal Register, as agencies type them: `84 F.R. 53404 10/7/2019`, `83F.R. 28801`, `76 FR No. 197`.

The earliest citation of an entry names the order by which it was listed; renewals and corrections are cited after it.
"""

from __future__ import annotations

import re

_CITATION = re.compile(r"(\d{1,3})\W*F\W*R\W*(?:no\W*\d+\W*pg\W*)?(\d{1,6})", re.IGNORECASE)


def first(text: str) -> str:
    """Return the earliest citation in a text as `84 FR 53404`; empty where there is none that can be read."""
    cited = sorted((int(volume), int(page)) for volume, page in _CITATION.findall(text))
    return f"{cited[0][0]} FR {cited[0][1]}" if cited else ""
