"""What happens to a name on its way into a payment: typing mistakes, lost spaces, initials, forgotten parts, other legal forms."""

from __future__ import annotations

import random
import re

KEYS = {
    "a": "qwsz", "b": "vghn", "c": "xdfv", "d": "erfcxs", "e": "wsdr", "f": "rtgvcd", "g": "tyhbvf", "h": "yujnbg", "i": "ujko",
    "j": "uikmnh", "k": "iolmj", "l": "opk", "m": "njk", "n": "bhjm", "o": "iklp", "p": "ol", "q": "wa", "r": "edft", "s": "wedxza",
    "t": "rfgy", "u": "yhji", "v": "cfgb", "w": "qase", "x": "zsdc", "y": "tghu", "z": "asx",
}  # fmt: skip
FORMS = (
    ("limited liability company", "llc", "l.l.c.", "ooo"),
    ("public joint stock company", "pjsc", "pao"),
    ("open joint stock company", "ojsc", "oao"),
    ("closed joint stock company", "cjsc", "zao"),
    ("joint stock company", "jsc", "ao"),
    ("joint-stock company", "jsc", "ao"),
    ("private limited", "pvt ltd", "pvt. ltd."),
    ("company limited", "co ltd", "co., ltd.", "company ltd"),
    ("co., limited", "co ltd", "co., ltd.", "company limited"),
    ("limited", "ltd", "ltd."),
    ("corporation", "corp", "corp."),
    ("incorporated", "inc", "inc."),
    ("company", "co", "co."),
    ("gesellschaft mit beschränkter haftung", "gmbh"),
    ("s.a. de c.v.", "sa de cv", "sociedad anonima de capital variable"),
    ("s. de r.l. de c.v.", "s de rl de cv"),
    ("s.a.r.l.", "sarl"),
    ("s.a.s.", "sas"),
    ("s.a.", "sa", "sociedad anonima"),
    ("s.r.l.", "srl"),
    ("e.u.", "eu"),
    ("free zone establishment", "fze", "fz-e"),
    ("free zone company", "fzco", "fzc"),
    ("general trading",),
    ("anonim sirketi", "a.s.", "as"),
)
"""Legal forms with their other spellings, the longest first; a form with one spelling can only be dropped."""
PARTICLES = frozenset(
    [
        "abd",
        "abou",
        "abu",
        "al",
        "ben",
        "bin",
        "bint",
        "da",
        "de",
        "dos",
        "dr",
        "el",
        "haji",
        "ibn",
        "la",
        "maulavi",
        "mr",
        "mullah",
        "ul",
        "van",
        "von",
    ]
)
_EQUAL = {spelling: group for group in reversed(FORMS) for spelling in group if len(group) > 1}
_FORM = re.compile(
    r"(?i)(?<![\w.])(" + "|".join(re.escape(each) for each in sorted(_EQUAL, key=len, reverse=True)) + r")(?![\w])\.?,?"
)
LEGAL = frozenset(word for group in FORMS for each in group for word in re.findall(r"\w+", each.replace(".", ""))) - {
    "general",
    "trading",
}


def typo(text: str, dice: random.Random, count: int = 1) -> str | None:
    """Make mistakes in words that carry the name (four letters or more, two mistakes in one word only from six)."""
    pieces = re.split(r"([^\W\d_]+)", text)
    places = [
        at for at, piece in enumerate(pieces) if piece.isalpha() and len(piece) >= 4 and piece.casefold() not in LEGAL
    ]
    if not places:
        return None
    chosen: list[int] = []
    for _ in range(count):
        open_ = [at for at in places if at not in chosen or len(pieces[at]) >= 6]
        if not open_:
            return None
        at = dice.choices(open_, weights=[len(pieces[at]) for at in open_])[0]
        chosen.append(at)
        pieces[at] = mistake(pieces[at], dice)
    found = "".join(pieces)
    return found if found.casefold() != text.casefold() else None


def mistake(word: str, dice: random.Random) -> str:
    """Change, lose, double, insert or swap one letter; half of the wrong letters are neighbours on the keyboard."""
    at = dice.randrange(len(word))
    letter = word[at].lower()
    other = (
        dice.choice(KEYS.get(letter, "aeinrst")) if dice.random() < 0.5 else dice.choice("abcdefghijklmnopqrstuvwxyz")
    )
    other = other.upper() if word[at].isupper() else other
    way = dice.choice(("change", "change", "lose", "insert", "swap"))
    if way == "lose":
        return word[:at] + word[at + 1 :]
    if way == "insert":
        return word[:at] + other + word[at:]
    if way == "swap" and len(word) > 1:
        at = min(at, len(word) - 2)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + other + word[at + 1 :]


def legal_typo(text: str, dice: random.Random) -> str | None:
    """Make one mistake in a legal word alone."""
    pieces = re.split(r"([^\W\d_]+)", text)
    places = [at for at, piece in enumerate(pieces) if piece.casefold() in LEGAL and len(piece) >= 4]
    if not places:
        return None
    at = dice.choice(places)
    pieces[at] = mistake(pieces[at], dice)
    return "".join(pieces)


def plain(text: str) -> str:
    """Return a listed name as somebody would write it: `LAST, First` becomes `First LAST`."""
    family, comma, given = text.partition(", ")
    if comma and "," not in given and not _FORM.fullmatch(given):
        return f"{given} {family}"
    return text


def reorder(text: str, dice: random.Random) -> str | None:
    parts = text.replace(",", " ").split()
    for _ in range(5):
        shuffled = dice.sample(parts, len(parts))
        if shuffled != parts:
            return " ".join(shuffled)
    return None


def joined(text: str, dice: random.Random) -> str | None:
    """Lose a space (half of the time), move one by a letter, or tear a long word."""
    parts = text.replace(",", " ").split()
    if len(parts) < 2:
        return None
    at, lot = dice.randrange(len(parts) - 1), dice.random()
    left, right = parts[at], parts[at + 1]
    if lot < 0.5:
        parts[at : at + 2] = [left + right]
    elif lot < 0.75 and len(left) > 2 and len(right) > 2:
        moved = (left[:-1], left[-1] + right) if dice.random() < 0.5 else (left + right[0], right[1:])
        parts[at : at + 2] = moved
    else:
        long = [place for place, part in enumerate(parts) if len(part) >= 6 and part.isalpha()]
        if not long:
            return None
        at = dice.choice(long)
        cut = dice.randrange(2, len(parts[at]) - 2)
        parts[at : at + 1] = [parts[at][:cut], parts[at][cut:]]
    return " ".join(parts)


def _given_and_family(text: str) -> tuple[list[str], str]:
    """Return the given names and the family name: before the comma where there is one, else the last word."""
    family, comma, given = text.partition(", ")
    if comma and "," not in given:
        return given.split(), family
    parts = text.replace(",", " ").split()
    return parts[:-1], parts[-1] if parts else ""


def initials(text: str, dice: random.Random) -> str | None:
    """Write one or all given names as initials; the family name stays, and of several given names often the first."""
    given, family = _given_and_family(text)
    if (
        not 1 <= len(given) <= 4
        or any(len(part) < 2 for part in given)
        or {each.casefold() for each in given} & PARTICLES
    ):
        return None
    stop = dice.choice([".", ".", ""])
    first_stays = len(given) > 1 and dice.random() < 0.5
    return " ".join(
        [*(each if first_stays and not at else _initial(each) + stop for at, each in enumerate(given)), family]
    )


def _initial(word: str) -> str:
    return next((letter for letter in word if letter.isalpha()), word[0])


def drop_middle(text: str) -> str | None:
    """Leave the first given name and the family name."""
    given, family = _given_and_family(text)
    return f"{given[0]} {family}" if len(given) >= 2 else None


def other_form(text: str, dice: random.Random) -> str | None:
    """Drop the legal form, or exchange it for an equivalent."""
    found = next((each for each in _FORM.finditer(text) if not text[each.end() :].strip(" ,.")), None)
    if not found or not found.start() or text[found.end() :].strip(" ,."):
        return None
    if dice.random() < 0.5:
        instead = ""
    else:
        others = [each for each in _EQUAL[found[1].casefold()] if each != found[1].casefold()]
        instead = dice.choice(others)
        instead = instead.upper() if text.isupper() else instead.title() if len(instead) > 4 else instead.upper()
    left = " ".join((text[: found.start()] + instead + text[found.end() :]).split()).strip(" ,")
    return left or None


def content(text: str) -> list[str]:
    """Return the words that are no legal form."""
    return [word for word in re.findall(r"\w+", re.sub(r"['\u2019`.]", "", text.casefold())) if word not in LEGAL]
