"""Devanagari, by the Hunterian system of the Survey of India, with the habits of names: the last inherent vowel is not said."""
# ruff: noqa: RUF001 - the letters are meant

from __future__ import annotations

from typing import Final

_CONSONANTS: Final = {
    "क": "k", "ख": "kh", "ग": "g", "घ": "gh", "ङ": "n", "च": "ch", "छ": "chh", "ज": "j", "झ": "jh", "ञ": "n", "ट": "t",
    "ठ": "th", "ड": "d", "ढ": "dh", "ण": "n", "त": "t", "थ": "th", "द": "d", "ध": "dh", "न": "n", "प": "p", "फ": "ph",
    "ब": "b", "भ": "bh", "म": "m", "य": "y", "र": "r", "ल": "l", "ळ": "l", "व": "v", "श": "sh", "ष": "sh", "स": "s",
    "ह": "h", "क़": "q", "ख़": "kh", "ग़": "gh", "ज़": "z", "ड़": "r", "ढ़": "rh", "फ़": "f", "य़": "y", "ऩ": "n", "ऱ": "r", "ऴ": "l",
}  # fmt: skip
_SIGNS: Final = {
    "ा": "a", "ि": "i", "ी": "i", "ु": "u", "ू": "u", "ृ": "ri", "े": "e", "ै": "ai", "ो": "o", "ौ": "au", "ॅ": "e", "ॉ": "o",
    "ॆ": "e", "ॊ": "o", "ॄ": "ri", "्": "",
}  # fmt: skip
_LETTERS: Final = {
    "अ": "a", "आ": "a", "इ": "i", "ई": "i", "उ": "u", "ऊ": "u", "ऋ": "ri", "ए": "e", "ऐ": "ai", "ओ": "o", "औ": "au",
    "ऑ": "o", "ऍ": "e", "ं": "n", "ँ": "n", "ः": "h", "ॐ": "om",
    **{chr(0x0966 + digit): str(digit) for digit in range(10)},
}  # fmt: skip
_NUKTA: Final = {"k": "q", "j": "z", "d": "r", "dh": "rh", "ph": "f"}
_NUKTA_SIGN: Final = "़"
_CLUSTERS: Final = (("ज्ञ", "ग्य"),)

_HABITS: Final = (("v", "w"), ("sh", "s"), ("chh", "ch"))


def devanagari(token: str) -> tuple[str, ...]:
    """Return how a word in Devanagari is written in Latin letters, the likeliest first."""
    for cluster, said in _CLUSTERS:
        token = token.replace(cluster, said)
    parts = _syllables(token)
    if parts and parts[-1][1] and len(parts) > 1:
        parts[-1] = (parts[-1][0], False)
    full = _spelt(parts)
    said = _spelt(_worn(parts))
    other = said
    for sound, habit in _HABITS:
        other = other.replace(sound, habit)
    return tuple(dict.fromkeys((said, full, other)))


def _syllables(token: str) -> list[tuple[str, bool]]:
    """Return the parts of a word, each with whether an inherent a follows it."""
    parts: list[tuple[str, bool]] = []
    for letter in token:
        if letter == _NUKTA_SIGN:
            if parts:
                parts[-1] = (_NUKTA.get(parts[-1][0], parts[-1][0]), parts[-1][1])
            continue
        consonant = _CONSONANTS.get(letter)
        if consonant is not None:
            parts.append((consonant, True))
        elif letter in _SIGNS and parts:
            parts[-1] = (parts[-1][0] + _SIGNS[letter], False)
        elif letter in _LETTERS:
            parts.append((_LETTERS[letter], False))
    return parts


def _worn(parts: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Return the parts without the inherent vowels that nobody says: the one before a written vowel, after a vowel."""
    found = list(parts)
    for at in range(1, len(parts) - 1):
        before = found[at - 1]
        voiced_before = before[1] or before[0][-1] in "aeiou"
        voiced_after = parts[at + 1][1] or parts[at + 1][0][-1] in "aeiou"
        if parts[at][1] and voiced_before and voiced_after and parts[at + 1][0][0] not in "aeiou":
            found[at] = (parts[at][0], False)
    return found


def _spelt(parts: list[tuple[str, bool]]) -> str:
    return "".join([text + "a" if inherent else text for text, inherent in parts])
