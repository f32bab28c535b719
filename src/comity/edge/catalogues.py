"""Keeping the translations: finding every sentence of the house, and compiling what translators have written.

Run `python -m comity.edge.catalogues` after a sentence was added or changed: it brings each `.po` file up to date, with the new
sentences empty, and compiles it. A sentence without a translation in any language fails the suite.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import comity
from comity.edge.i18n import CATALOGUES, DOMAIN, ENGLISH, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADER: Final = {
    "project": "Comity",
    "version": "1",
    "header_comment": "# What the console says, in one language. Kept by comity.edge.catalogues; write only after msgstr.",
    "msgid_bugs_address": "",
    "last_translator": "",
    "language_team": "",
    "creation_date": datetime(2026, 11, 21, tzinfo=UTC),
    "revision_date": datetime(2026, 11, 21, tzinfo=UTC),
    "fuzzy": False,
}
HOUSE: Final = Path(comity.__file__).parent
METHODS: Final = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
OPTIONS: Final = {"**/templates/**.html": {"trimmed": "true", "silent": "false", "newstyle_gettext": "true"}}
KEYWORDS: Final = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}


def found() -> Catalog:
    """Return every sentence that templates and pages say, with where they say it."""
    catalogue = Catalog(domain=DOMAIN, project="Comity", version="1")
    for file, line, message, _comments, context in extract_from_dir(
        HOUSE, METHODS, OPTIONS, keywords=KEYWORDS, strip_comment_tags=True
    ):
        catalogue.add(message, None, [(Path(file).as_posix(), line)], context=context)
    return catalogue


def translated(language: str) -> Catalog:
    """Return what translators have written, under a header that is the same on every machine and day.

    A file's own rule for plurals stays: Babel's for Arabic takes 11 things for 100, and 100 for 11.
    """
    file = _file(language)
    written = read_po(io.BytesIO(file.read_bytes()), locale=language) if file.exists() else Catalog(locale=language)
    return _headed(written)


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue in the form that is read when the node runs."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def wanting(language: str, template: Catalog) -> Iterator[str]:
    """Yield the sentences that a language does not have."""
    written = translated(language)
    for message in template:
        if not message.id:
            continue
        have = written.get(message.id, message.context)
        words = have.string if have else ""
        if have is None or have.fuzzy or not (all(words) if isinstance(words, tuple) else words):
            yield message.id if isinstance(message.id, str) else message.id[0]


def renew() -> None:
    """Bring every language's file up to date with the sentences of the house, and compile it."""
    template = found()
    for language in sorted(LANGUAGES.keys() - {ENGLISH.code}):
        written = translated(language)
        written.update(template, no_fuzzy_matching=True)
        _headed(written)
        written.obsolete.clear()
        out = io.BytesIO()
        write_po(out, written, width=120, omit_header=False, include_lineno=False, sort_output=True)
        file = _file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(out.getvalue())
        file.with_suffix(".mo").write_bytes(compiled(translated(language)))


def _headed(catalogue: Catalog) -> Catalog:
    for name, value in HEADER.items():
        setattr(catalogue, name, value)
    return catalogue


def _file(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


if __name__ == "__main__":
    renew()
