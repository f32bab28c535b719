"""Languages: every sentence of the house has its translation, and everybody gets the language that they read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.catalog import Catalog

from comity.accounts.model.roles import GRANTABLE, Role
from comity.edge import catalogues, i18n

OTHERS = sorted(i18n.LANGUAGES.keys() - {"en"})
PLACES = re.compile(r"%\((\w+)\)s")
RECORDED = re.compile(r'\brecord\(\s*"([a-z]+\.[a-z_]+)"')
COUNTS = {"n", "num", "figure"}
"""Places for a number, which a language may leave out where its form of the word says it."""


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    i18n.speak(i18n.ENGLISH)


@cache
def found() -> Catalog:
    return catalogues.found()


def test_sentences_are_found_in_templates_and_in_pages() -> None:
    assert found().get("Work queue") is not None
    assert found().get(("%(n)s thing is overdue.", "%(n)s things are overdue.")) is not None
    assert len(found()) > 50


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_lacks_its_translation(language: str) -> None:
    assert list(catalogues.wanting(language, found())) == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_of_a_sentence_that_nobody_says(language: str) -> None:
    known = {(message.id, message.context) for message in found()}
    assert [m.id for m in catalogues.translated(language) if (m.id, m.context) not in known] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_same_places_to_fill(language: str) -> None:
    for message in filter(lambda one: one.id, catalogues.translated(language)):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        may = set().union(*(PLACES.findall(one) for one in ids))
        must = may.intersection(*(PLACES.findall(one) for one in ids)) - COUNTS
        for string in strings:
            filled = PLACES.findall(string)
            assert must <= set(filled) <= may, message.id
            assert string.replace("%%", "").count("%") == len(filled), message.id


@pytest.mark.parametrize("language", OTHERS)
def test_what_runs_is_what_translators_wrote(language: str) -> None:
    written = catalogues.translated(language)
    file = i18n.CATALOGUES / language / "LC_MESSAGES" / "comity.mo"
    assert file.read_bytes() == catalogues.compiled(written)


def test_every_right_and_every_role_has_words() -> None:
    said = (catalogues.HOUSE / "accounts" / "templates" / "said.html").read_text(encoding="utf-8")
    assert [one.value for one in (*GRANTABLE, *Role) if f'"{one.value}": _("' not in said] == []


def test_every_kind_of_event_has_words() -> None:
    said = (catalogues.HOUSE / "accounts" / "templates" / "events.html").read_text(encoding="utf-8")
    sources = (file.read_text(encoding="utf-8") for file in catalogues.HOUSE.rglob("*.py"))
    kinds = {kind for source in sources for kind in RECORDED.findall(source)}
    assert len(kinds) > 40
    assert [kind for kind in sorted(kinds) if f'"{kind}": _("' not in said] == []


def test_arabic_counts_in_its_six_forms() -> None:
    i18n.speak(i18n.LANGUAGES["ar"])
    written = catalogues.translated("ar").get(("%(n)s day", "%(n)s days"))
    assert written is not None
    said = [i18n.ngettext("%(n)s day", "%(n)s days", n) for n in (0, 1, 2, 3, 10, 11, 99, 100, 102, 103)]
    assert said == [written.string[form] for form in (0, 1, 2, 3, 3, 4, 4, 5, 5, 3)]


@pytest.mark.parametrize(
    ("preferred", "accepted", "code"),
    [
        ("fr", "ar,en", "fr"),
        (None, "ar-EG,ar;q=0.9,en;q=0.5", "ar"),
        (None, "de;q=1,fr;q=0.3,en;q=0.7", "en"),
        (None, "de, pt", "fr"),
        (None, "ar;q=0", "fr"),
        (None, "ar;q=much", "fr"),
        (None, "", "fr"),
        ("xx", "", "fr"),
    ],
)
def test_the_language_is_the_persons_then_the_browsers_then_the_nodes(
    preferred: str | None, accepted: str, code: str
) -> None:
    assert i18n.choose(preferred, accepted, "fr").code == code


def test_a_sentence_without_translation_is_said_in_english() -> None:
    i18n.speak(i18n.LANGUAGES["ar"])
    assert i18n.gettext("A sentence that nobody ever wrote.") == "A sentence that nobody ever wrote."


def test_arabic_runs_from_right_to_left() -> None:
    assert {code: language.direction for code, language in i18n.LANGUAGES.items()} == {
        "en": "ltr",
        "fr": "ltr",
        "ar": "rtl",
    }
