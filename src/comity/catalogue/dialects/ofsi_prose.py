"""What the Treasury's list writes as prose: passports with their notes, references of the United Nations, labelled remarks."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from comity.catalogue.dialects import numbered
from comity.model import countries

# --- documents


class Document(NamedTuple):
    """A passport or a card."""

    number: str
    """As printed; empty where none can be told from the text."""
    country: str
    """Who issued it, in the list's words, where the text begins with that: `Qatari passport issued on 3 May 2007`."""
    note: str
    """Whatever else is said of it."""


COUNTRY_WORDS_MAX: Final = 8
"""`United Kingdom of Great Britain and Northern Ireland`."""
_SHORT_NAMES: Final = frozenset({"US", "USA", "UK", "DRC"})
_SHORT: Final = 3
"""Words so short are taken for a country only if they are one of `_SHORT_NAMES`: "No", "ID" and "in" are codes as well."""

_WORD = r"[A-Z0-9]++(?![a-z\u2019'])"
_NUMBER: Final = re.compile(rf"{_WORD}(?:(?: No\.? |- |[./-]|(?<!\d{{8}}) ){_WORD})*")
_MARKED: Final = re.compile(rf"\b(?i:no|number|numbers|nos)\b[.:\s]*({_NUMBER.pattern})")
_ABBREVIATED: Final = re.compile(r"(?:ID|SSN|NIC|DRC|US|UN|BPA)\s")
"""Capitals before a number that are no part of it."""
_PLAIN_WORDS: Final = re.compile(r"\b(?:passport|number|numbers|nos?)\b[.:]*", re.IGNORECASE)
_OF_A_DATE: Final = re.compile(r"issue|expir|valid|date", re.IGNORECASE)
DIGITS_MIN: Final = 3


def documents(numbers: str, details: str = "") -> list[Document]:
    """Return the documents of a person; the number may stand in a field of its own, or within the prose."""
    if not details:
        return [_from_prose(text) for text in numbered.pieces(numbers, lead=True).values()]
    by_number, notes = numbered.pieces(numbers), numbered.pieces(details)
    shared = notes.pop(numbered.ALL, "")
    pairs = [(text, notes.pop(number, shared)) for number, text in by_number.items()]
    pairs += [("", note) for note in notes.values()] or ([("", shared)] if shared and not pairs else [])
    return [Document(number, issuer(note), note) for number, note in pairs]


def _from_prose(text: str) -> Document:
    for start, end in _spans(text):
        before, after = text[:start], _unwrapped(text[end:])
        if text.startswith("+", end) or _OF_A_DATE.search(before):
            break
        label = _PLAIN_WORDS.sub("", before).strip(" .,:;(")
        return Document(text[start:end], issuer(label) or issuer(after), ", ".join(filter(None, (label, after))))
    return Document("", issuer(text), text)


def _spans(text: str) -> list[tuple[int, int]]:
    """Return where a number may stand, the likeliest place first: at the start, after the word number, anywhere."""
    anywhere = [_trimmed(text, *match.span()) for match in _NUMBER.finditer(text)]
    marked = [_trimmed(text, *match.span(1)) for match in _MARKED.finditer(text)]
    found = [span for span in anywhere[:1] if span[0] == 0] + marked + anywhere
    return [span for span in found if sum(char.isdigit() for char in text[slice(*span)]) >= DIGITS_MIN]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    word = _ABBREVIATED.match(text, start, end)
    return (word.end() if word else start), end


def _unwrapped(text: str) -> str:
    bare = text.strip(" .,;:")
    inner = bare[1:-1]
    return inner if bare.startswith("(") and bare.endswith(")") and not set("()") & set(inner) else bare


def issuer(text: str) -> str:
    """Return the country that a text begins with, in its own words, or nothing."""
    words = text.replace(")", ") ").split()
    leads = (" ".join(words[:count]).strip(" .,;:()") for count in range(min(len(words), COUNTRY_WORDS_MAX), 0, -1))
    return next((lead for lead in leads if _is_country(lead)), "")


def _is_country(text: str) -> bool:
    return (len(text) > _SHORT or text in _SHORT_NAMES) and countries.code(text) is not None


# --- references

_UN_LISTS: Final = "QD|TA|KP|IR|CD|CF|LY|SO|SD|SS|YE|GB|ML|IQ|HT"
_UN_REFERENCE: Final = re.compile(
    rf"\bUN\s*Ref(?:erence)?(?:\s*(?:No|Number))?\)?[\s.:]*(?:({_UN_LISTS})([IE])[\s.]*(\d{{2,3}})\b|([QT])\.?([IE])\.[A-Z]\.(\d+)\.\d\d)",
    re.IGNORECASE,
)
_UN_LETTER: Final = {"Q": "QD", "T": "TA"}


def un_reference(text: str) -> tuple[str, str]:
    """Return the permanent reference number that the United Nations give the entry, and how it is written here.

    Until 2014 the numbers of the Al-Qaida and Taliban lists had another form, whose serial number was kept: QI.A.12.01 is QDi.012.
    """
    match = _UN_REFERENCE.search(text)
    if match is None:
        return "", ""
    new_list, new_kind, new_serial, old_list, old_kind, old_serial = match.groups()
    list_ = new_list.upper() if new_list else _UN_LETTER[old_list.upper()]
    written = match[0][match.start(1 if new_list else 4) - match.start() :]
    return f"{list_}{(new_kind or old_kind).lower()}.{int(new_serial or old_serial):03}", written


def is_person(reference: str) -> bool:
    """Return whether a permanent reference number is an individual's: `QDi.012`, not `QDe.004`."""
    return reference.partition(".")[0].endswith("i")


# --- labelled remarks

_LABEL: Final = re.compile(r"\(([A-Z][A-Za-z /()]{2,70}?)\):")
_IMO: Final = re.compile(r"\bIMO(?: number)?\)?[:\s]*(\d{7})\b", re.IGNORECASE)
_MMSI: Final = re.compile(r"\bMMSI[:\s]*(\d{9})\b")


def labelled(text: str) -> dict[str, str]:
    """Return what stands behind each label of a remark: `(Gender):Male (Website):www.veltrona.example`."""
    marks = list(_LABEL.finditer(text))
    ends = [*(mark.start() for mark in marks), len(text)][1:]
    return {mark[1]: text[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)}


def ship_numbers(text: str) -> dict[str, list[str]]:
    """Return the numbers of a ship by their properties."""
    return {"imoNumber": _IMO.findall(text), "mmsi": _MMSI.findall(text)}
