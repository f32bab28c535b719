"""Languages: which one a reader gets, what a sentence is called in it, and in which direction it runs.

English is the source and needs no catalogue. The language of the request stands in a context variable, which threads inherit,
so that a template or a service's page can ask for a translation without being handed one.
"""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from babel import Locale
from babel.support import NullTranslations, Translations

if TYPE_CHECKING:
    from collections.abc import Iterable

DOMAIN: Final = "comity"
CATALOGUES: Final = Path(__file__).parent / "locale"
ACCEPTED_MAX: Final = 20
"""How many languages of an Accept-Language header are read."""


class Language(msgspec.Struct, frozen=True, kw_only=True):
    """A language in which the console speaks."""

    code: str
    """BCP 47, as written on `<html lang>`."""
    name: str
    """As its own speakers call it."""
    locale: str
    """The CLDR locale that shapes its dates and numbers."""
    direction: str = "ltr"
    """`ltr` or `rtl`."""


ENGLISH: Final = Language(code="en", name="English", locale="en_GB")
LANGUAGES: Final = {
    language.code: language
    for language in (
        ENGLISH,
        Language(code="fr", name="Français", locale="fr_FR"),
        Language(code="ar", name="العربية", locale="ar", direction="rtl"),
    )
}

_current: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def current() -> Language:
    """Return the language of this request."""
    return _current.get()


def speak(language: Language) -> None:
    """Answer the rest of this request in a language."""
    _current.set(language)


def locale() -> Locale:
    """Return the CLDR locale of this request's language."""
    return _locale(current().locale)


def choose(preferred: str | None, accepted: str, otherwise: str) -> Language:
    """Choose a language: the person's preference, else the best of an Accept-Language header, else the node's."""
    wanted = [preferred or "", *_ranked(accepted), otherwise]
    return next((LANGUAGES[code] for code in wanted if code in LANGUAGES), ENGLISH)


def gettext(message: str) -> str:
    """Translate a sentence."""
    return _translations(current().code).ugettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """Translate a sentence that depends on a number."""
    return _translations(current().code).ungettext(one, many, n)


def pgettext(context: str, message: str) -> str:
    """Translate a word that means different things in different places."""
    return str(_translations(current().code).upgettext(context, message))


def npgettext(context: str, one: str, many: str, n: int) -> str:
    """Translate a word with a context that depends on a number."""
    return str(_translations(current().code).unpgettext(context, one, many, n))


def mark(message: str) -> str:
    """Mark a constant for translation where it stands; it is translated where it is shown."""
    return message


def _ranked(accepted: str) -> Iterable[str]:
    """Yield the primary tags of an Accept-Language header (RFC 9110, 12.5.4), best first."""
    weighed: list[tuple[float, str]] = []
    for part in accepted.split(",")[:ACCEPTED_MAX]:
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        if weight > 0:
            weighed.append((-weight, tag.partition("-")[0].lower()))
    return (tag for _, tag in sorted(weighed, key=lambda pair: pair[0]))


@cache
def _translations(code: str) -> NullTranslations:
    return Translations.load(CATALOGUES, [code], DOMAIN)


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)
