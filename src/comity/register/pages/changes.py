"""What each edition changed about an entity: whole entries and designations as one line, everything else fact by fact."""

from __future__ import annotations

from collections import defaultdict
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from comity.lists.model import Edition
from comity.model import designation as d
from comity.model.claim import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from comity.register.model.profile import Profile
    from comity.register.model.statements import Statement


class Scope(Enum):
    """How much of an entry a change touches."""

    ENTRY = "entry"
    DESIGNATION = "designation"
    FACT = "fact"


class ChangeRow(msgspec.Struct, frozen=True, kw_only=True):
    """What an edition changed."""

    edition: Edition
    code: str
    scope: Scope
    property: str = ""
    about: str = ""
    """The programme, for a fact of the designation."""
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    """What a designation that came or went forbids, as statements keep it."""


class _Turn(NamedTuple):
    """One claim that an edition of one list makes anew, or no longer makes."""

    key: str
    claim: Claim
    is_new: bool


def changes(profile: Profile, editions: Mapping[tuple[str, str], Edition]) -> list[ChangeRow]:
    """Return what each edition after an entry's first one changed, newest first; editions are named by list and key."""
    rows: list[ChangeRow] = []
    for entry in profile.entries:
        own = [one for one in profile.statements if one.entity_id == entry.id]
        known = {key: edition for (source, key), edition in editions.items() if source == entry.source}
        rows += _of_entry(entry.code, own, known)
    return sorted(rows, key=lambda row: (row.edition.key, row.scope is not Scope.FACT, row.property), reverse=True)


def _of_entry(code: str, own: Sequence[Statement], editions: Mapping[str, Edition]) -> Iterable[ChangeRow]:
    first = min((run.since for one in own for run in one.runs), default="")
    turns: dict[str, list[_Turn]] = defaultdict(list)
    for one in own:
        for run in one.runs:
            if run.since != first:
                turns[run.since].append(_Turn(run.since, one.claim, is_new=True))
            if run.until:
                turns[run.until].append(_Turn(run.until, one.claim, is_new=False))
    for key, of_one in turns.items():
        if key in editions:
            yield from _of_edition(code, editions[key], of_one, is_there=any(one.holds(key) for one in own))


def _of_edition(code: str, edition: Edition, turns: Sequence[_Turn], *, is_there: bool) -> Iterable[ChangeRow]:
    named = [turn for turn in turns if turn.claim.property == "name"]
    if not is_there or (named and all(turn.is_new for turn in turns)):
        programmes = tuple(turn.claim.value for turn in turns if turn.claim.property == d.PROGRAMME)
        yield _whole(ChangeRow(edition=edition, code=code, scope=Scope.ENTRY), programmes, turns, is_new=is_there)
        return
    whole = {turn.claim.about: turn.is_new for turn in turns if turn.claim.property == d.PROGRAMME}
    for programme, is_new in whole.items():
        of = [turn for turn in turns if turn.claim.about == programme]
        yield _whole(ChangeRow(edition=edition, code=code, scope=Scope.DESIGNATION), (programme,), of, is_new=is_new)
    yield from _facts(code, edition, [turn for turn in turns if turn.claim.about not in whole])


def _facts(code: str, edition: Edition, turns: Iterable[_Turn]) -> Iterable[ChangeRow]:
    facts: dict[tuple[str, str], list[_Turn]] = defaultdict(list)
    for turn in turns:
        facts[turn.claim.about, turn.claim.property].append(turn)
    for (about, name), of in facts.items():
        came = [turn.claim for turn in of if turn.is_new]
        went = [turn.claim for turn in of if not turn.is_new]
        both = {claim.value for claim in came} & {claim.value for claim in went}
        added, removed = _texts(came, both), _texts(went, both)
        if added != removed:
            yield ChangeRow(
                edition=edition,
                code=code,
                scope=Scope.FACT,
                property=name,
                about=about,
                removed=removed,
                added=added,
            )


def _texts(claims: Iterable[Claim], spelt_out: Iterable[str]) -> tuple[str, ...]:
    """Return values; one that stays while what is said beside it changes is spelt out with it."""
    return tuple(_spelt_out(claim) if claim.value in spelt_out else claim.value for claim in claims)


def _spelt_out(claim: Claim) -> str:
    beside = {**claim.detail, **({"spelt": claim.original} if claim.original else {})}
    return f"{claim.value} ({'; '.join(f'{key}: {text}' for key, text in sorted(beside.items()))})"


def _whole(row: ChangeRow, programmes: tuple[str, ...], turns: Iterable[_Turn], *, is_new: bool) -> ChangeRow:
    """Return the line of an entry or a designation that came or went, with what it forbids."""
    measures = tuple(dict.fromkeys(turn.claim.value for turn in turns if turn.claim.property == d.MEASURE))
    added, removed = (programmes, ()) if is_new else ((), programmes)
    return msgspec.structs.replace(row, added=added, removed=removed, measures=measures)
