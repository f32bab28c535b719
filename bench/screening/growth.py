"""A list of a million names: recombined parts of listed ones, so that words are as frequent as on the real lists."""

from __future__ import annotations

import random

from screening import damage, vocabulary
from screening.names import Listed, kind, script


def grown(listed: list[Listed], names: int) -> list[Listed]:
    """Return the list with invented parties until it has so many names; three fifths of them are persons."""
    dice = random.Random(51)
    people = _parts(listed, "person")
    firms = [part for part in _parts(listed, "organisation") if part.casefold() not in damage.LEGAL]
    seen = {name for each in listed for name in each.names}
    added: list[Listed] = []
    while len(seen) < names:
        if dice.random() < 0.6:
            text, schema = " ".join(dice.choices(people, k=dice.choice((2, 3, 3, 4)))), "Person"
        else:
            text = " ".join([*dice.choices(firms, k=dice.choice((2, 2, 3))), dice.choice(vocabulary.FORMS)]).strip()
            schema = "Organization"
        if text not in seen:
            seen.add(text)
            added.append(Listed(id=f"grown:{len(added)}", schema=schema, names=(text,)))
    return [*listed, *added]


def _parts(listed: list[Listed], of: str) -> list[str]:
    """Return the words of a kind's names, as often as they occur; of the long ones two fifths are bent, to have new ones."""
    dice = random.Random(52)
    names = [
        damage.plain(name)
        for each in listed
        if kind(each.schema) == of
        for name in each.names
        if script(name) == "Latin"
    ]
    parts = [part for name in names for part in name.replace(",", " ").split() if len(part) > 1]
    return [damage.mistake(part, dice) if len(part) > 5 and dice.random() < 0.4 else part for part in parts]
