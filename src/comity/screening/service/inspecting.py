"""Asking one index about what stands in a document: names, numbers of a known kind, and names within running text."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from comity.matching import facts
from comity.matching.evidence import Effect, Evidence, evidence
from comity.matching.mentioning import Reader
from comity.matching.scoring import probability
from comity.screening.model import saying
from comity.screening.model.answer import Result
from comity.screening.model.profile import WeakAliases
from comity.screening.model.question import Number
from comity.screening.service import comparing
from comity.screening.service.asking import Asker
from comity.screening.service.indexing import apart, forget, former, fresh
from comity.screening.service.weighing import Hit, prove, weigh

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from comity.infra.work import Work
    from comity.matching.mentioning import Mention
    from comity.register.model.naming import Named
    from comity.screening.model.answer import Answer, Ground, Setting
    from comity.screening.model.odds import Odds
    from comity.screening.model.profile import Profile
    from comity.screening.model.question import Question
    from comity.screening.service.indexing import Opened
    from comity.screening.service.place import Place


class Mentioned(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody or something on the lists that a text names."""

    result: Result
    start: int
    """Where the name begins in the text, in characters."""
    end: int
    words: int
    """Words of the listed name that stand there."""
    left: int
    """Words of it that do not."""
    is_spelled: bool
    """Whether each is the listed word or a known spelling of it, without a slip."""
    is_cut: bool
    """Whether the field's end cut the last word."""


class Inspector:
    """Asks one index under one profile. Several may share an index; one is not for several threads at once."""

    def __init__(self, opened: Opened, profile: Profile) -> None:
        self._opened = opened
        self._asker = Asker(opened, profile)
        self._reader = Reader(opened.engine)

    @property
    def setting(self) -> Setting:
        """Everything that the answers depend on beside what is asked."""
        return self._asker.setting

    def name(self, question: Question) -> Answer:
        """Return whom a name may mean."""
        return self._asker.ask(question)

    def may_be(self, text: str) -> bool:
        """Return whether a name may mean anybody: what `name` would not clear, told without saying why."""
        if not self._reader.touches(text):
            return False
        hit = next(iter(self._opened.engine.ask(text)), None)
        return hit is not None and probability(hit.points) >= self.setting.profile.threshold

    def may_mention(self, text: str) -> bool:
        """Return whether a text may name anybody, at any probability."""
        return self._reader.touches(text) and bool(self._reader.read(text, is_cut=True))

    def mentions(self, text: str, *, is_cut: bool = False, known: Question | None = None) -> tuple[Mentioned, ...]:
        """Return whom a text names, in its order; each once for each place, by the name that fits best.

        `known` says what is known of whoever the text begins with; whoever is named further on may be somebody else.
        """
        found: dict[tuple[str, int], Mentioned] = {}
        index = self._opened.engine.index
        for one in sorted(self._reader.read(text, is_cut=is_cut), key=lambda one: (-one.match.points, one.start)):
            for bearer in index.bearers[one.match.row.number].tolist():
                entry = self._opened.entries[index.ids[bearer]]
                mentioned = self._mentioned(one, entry, known if one.start == 0 else None)
                if mentioned and not any(
                    lead == entry.lead and _meets(one, other) for (lead, _), other in found.items()
                ):
                    found[entry.lead, one.start] = mentioned
        return tuple(
            sorted(found.values(), key=lambda one: (one.start, -one.result.probability, one.result.references))
        )

    def number(self, text: str, kinds: Collection[str]) -> tuple[Result, ...]:
        """Return whose number a text is, among numbers of some kinds (FollowTheMoney properties); each in its own normal form."""
        found: dict[str, Result] = {}
        for kind in sorted(kinds):
            for said, entry in self._opened.numbers.equal(Number(text.strip(), kind)):
                sentence = saying.of_number(said, said.property)
                one = Evidence(kind="identifier", query=text, listed=said.value, effect=Effect.FOR, text=sentence)
                odds = prove(self._opened.engine.score.start, None, ())
                found.setdefault(entry.lead, _result(entry, odds, (one,)))
        return tuple(found[lead] for lead in sorted(found))

    def _mentioned(self, one: Mention, entry: Named, known: Question | None) -> Mentioned | None:
        """Return a mention of somebody, if it is likely enough; a weak alias alone does not make one."""
        hit = Hit(one.match, self._opened.weak(entry, one.match.row))
        if hit.weak and self.setting.profile.weak_aliases is not WeakAliases.ALONE:
            return None
        table = facts.shipped()
        compared = comparing.compare(known, entry, self.setting.profile.facts, table) if known else ()
        odds = weigh(self._opened.engine.score.start, hit, compared, table)
        if odds.probability < self.setting.profile.threshold_of(entry.schema):
            return None
        return Mentioned(
            result=_result(entry, odds, (*evidence(one.match), *(each.evidence for each in compared))),
            start=one.start,
            end=one.end,
            words=one.words,
            left=one.left,
            is_spelled=one.is_spelled,
            is_cut=one.is_cut,
        )


def inspector(work: Work, place: Place, profile: Profile) -> Inspector:
    """Return who asks the index of what is in force now. Raises `GroundAbsent`."""
    return Inspector(fresh(work, place), profile)


@contextmanager
def inspector_among(place: Place, of: Ground, named: tuple[Named, ...], profile: Profile) -> Iterator[Inspector]:
    """Lend an inspector of some who are in force, and of nobody else; its odds are those of so small a list."""
    with tempfile.TemporaryDirectory() as folder:
        yield Inspector(apart(Path(folder), place, of, named), profile)


def inspector_of(work: Work, place: Place, then: Setting) -> Inspector:
    """Return who asks the index of an earlier setting, worked out again from the register."""
    return Inspector(former(work, place, then.ground), then.profile)


def dismiss(place: Place, gone: Ground) -> None:
    """Let an index that was worked out again go, where it is not that of now."""
    forget(place, gone)


def _meets(one: Mention, other: Mentioned) -> bool:
    return one.start < other.end and other.start < one.end


def _result(entry: Named, odds: Odds, evidence: tuple[Evidence, ...]) -> Result:
    return Result(
        id=entry.id,
        caption=entry.caption,
        schema=entry.schema,
        probability=odds.probability,
        odds=odds,
        evidence=evidence,
        references=entry.references,
    )
