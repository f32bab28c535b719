"""Asking an index: by name through the engine, by number exactly. The same question on the same ground gives the same answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from comity import __version__
from comity.matching import bulk, compiled, facts, keeping
from comity.matching.evidence import Effect, Evidence, evidence
from comity.matching.names import Kind
from comity.register.model.naming import Named
from comity.screening.model import saying
from comity.screening.model.answer import Cleared, Matched, Result, Setting
from comity.screening.model.odds import Odds
from comity.screening.model.profile import WeakAliases
from comity.screening.model.question import Number, may_be
from comity.screening.service import comparing
from comity.screening.service.comparing import Compared
from comity.screening.service.indexing import KINDS, reopened
from comity.screening.service.weighing import Hit, prove, weigh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from comity.matching.scoring import Score
    from comity.register.model.naming import Said
    from comity.screening.model.answer import Answer
    from comity.screening.model.profile import Profile
    from comity.screening.model.question import Question
    from comity.screening.service.indexing import Opened


COMPILED_FROM: Final = 100_000
"""Questions for which it is worth a minute to compile what no process has compiled before."""


class _Found(NamedTuple):
    """Somebody who may be meant, and why."""

    entry: Named
    odds: Odds
    hit: Hit | None
    numbers: tuple[Evidence, ...]
    compared: tuple[Compared, ...]


class Asker:
    """Asks one index under one profile."""

    def __init__(self, opened: Opened, profile: Profile) -> None:
        self._opened = opened
        self.setting = Setting(
            ground=opened.ground,
            index=opened.digest,
            layout=keeping.layout(),
            score=opened.score,
            profile=profile,
            version=__version__,
        )
        """Everything that the answers depend on beside their questions."""
        self.digest = self.setting.digest

    def ask(self, question: Question) -> Answer:
        """Return whether anybody is likely enough to be meant, likeliest first; of equals, the lesser lead."""
        profile, editions = self.setting.profile, self.setting.ground.editions
        with self._opened.lock:
            self._opened.hurry()
            found = _Asked(self._opened, profile, question).found()
            ordered = sorted(found, key=_order)
            results = tuple(_result(one) for one in ordered[: profile.limit])
        if results:
            return Matched(editions=editions, digest=self.digest, results=results)
        return Cleared(editions=editions, digest=self.digest)

    def ask_all(self, questions: Sequence[Question], asks: bulk.Asks[tuple[str, Kind], bulk.Points]) -> list[Answer]:
        """Return the answers to some questions: where nobody's name comes near, at once; the others are asked one by one."""
        names = asks([(one.text, KINDS.get(one.schema, Kind.ANY)) for one in questions])
        cleared = Cleared(editions=self.setting.ground.editions, digest=self.digest)
        return [
            cleared if self._is_nobody(one, [points for _, points in rows]) else self.ask(one)
            for one, rows in zip(questions, names, strict=True)
        ]

    def _is_nobody(self, question: Question, points: Sequence[int]) -> bool:
        """Tell whether nobody can be meant, whatever facts may say for them; the points are those of the rows that are nearest."""
        if _Asked(self._opened, self.setting.profile, question).has_number():
            return False
        profile = self.setting.profile
        facts_max = comparing.most(question, profile.facts, facts.shipped())
        likeliest = Odds(start=max(points, default=0) + facts_max, weights=()).probability
        return not points or likeliest < min([profile.threshold, *profile.thresholds.values()])

    def ask_many(self, questions: Iterable[Question], count: int) -> Iterator[Answer]:
        """Yield the answers to some `count` questions, in their order: if they are many, of several processes."""
        if count < bulk.WORTH_FROM:
            return map(self.ask, questions)
        opened = self._opened
        is_worth = count >= COMPILED_FROM or compiled.is_kept(opened.compiled)
        start = partial(_start, opened.folder, opened.engine.score, self.setting.profile, is_compiled=is_worth)
        return bulk.spread(start, questions, bulk.processes(), bulk.NAMES)


def _start(
    folder: Path, score: Score, profile: Profile, *, is_compiled: bool
) -> Callable[[Sequence[Question]], list[Answer]]:
    opened = reopened(folder, score)
    asks = bulk.asks(opened.engine, opened.compiled if is_compiled else None)
    opened.engine.warm()
    return partial(Asker(opened, profile).ask_all, asks=asks)


def _order(one: _Found) -> tuple[float, int, int, str]:
    return -one.odds.probability, -len(one.numbers), -one.odds.points, one.entry.lead


class _Asked:
    """One question to one index under one profile."""

    def __init__(self, opened: Opened, profile: Profile, question: Question) -> None:
        self._opened, self._profile, self._question = opened, profile, question
        self._number = Number.parse(question.text)
        self._table = facts.shipped()
        self._facts = profile.facts if comparing.knows(question) else ()

    def found(self) -> list[_Found]:
        """Return everybody who is likely enough."""
        numbers = self._by_number()
        hits = self._by_name()
        found = [self._weighed(self._opened.entries[lead], hits.get(lead), said) for lead, said in numbers.items()]
        for lead, hit in hits.items():
            entry = self._opened.entries[lead]
            if lead not in numbers and self._is_looked_for(entry):
                found.append(self._weighed(entry, hit, []))
        return [one for one in found if self._is_shown(one)]

    def has_number(self) -> bool:
        """Tell whether a number of the question is somebody's."""
        return bool(self._by_number())

    def _by_name(self) -> dict[str, Hit]:
        """Return the best hit of each bearer's names, by lead."""
        if self._number.property:
            return {}
        opened = self._opened
        best: dict[str, Hit] = {}
        for match in opened.engine.ask(self._question.text, KINDS.get(self._question.schema, Kind.ANY)):
            for bearer in opened.engine.index.bearers[match.row.number].tolist():
                lead = opened.engine.index.ids[bearer]
                hit = Hit(match, opened.weak(opened.entries[lead], match.row))
                if hit.weak and self._profile.weak_aliases is WeakAliases.NEVER:
                    continue
                if lead not in best or hit.points(self._table) > best[lead].points(self._table):
                    best[lead] = hit
        return best

    def _by_number(self) -> dict[str, list[Evidence]]:
        """Return what numbers of the question are somebody's, by lead."""
        found: dict[str, list[Evidence]] = {}
        for asked in dict.fromkeys((self._number, *map(Number.parse, self._question.identifiers))):
            for whose in self._opened.numbers.equal(asked):
                text = saying.of_number(whose.said, whose.said.property)
                one = Evidence(
                    kind="identifier", query=asked.value, listed=whose.said.value, effect=Effect.FOR, text=text
                )
                found.setdefault(whose.entry.lead, []).append(one)
        return found

    def _is_looked_for(self, entry: Named) -> bool:
        wanted = self._profile.schemas
        among = not wanted or any(may_be(schema, entry.schema) for schema in wanted)
        return among and may_be(self._question.schema, entry.schema)

    def _weighed(self, entry: Named, hit: Hit | None, numbers: list[Evidence]) -> _Found:
        compared = comparing.compare(self._question, entry, self._facts, self._table) if self._facts else ()
        if numbers:  # what is equal is said; that another number of the type differs then says nothing
            compared = tuple(one for one in compared if one.fact != "identifier")
        start = self._opened.engine.score.prior
        odds = prove(start, hit, compared) if hit is None or numbers else weigh(start, hit, compared, self._table)
        return _Found(entry, odds, hit, tuple(numbers), compared)

    def _is_shown(self, one: _Found) -> bool:
        if one.numbers:
            return True
        if one.hit and one.hit.weak and self._profile.weak_aliases is WeakAliases.SUPPORTED:
            return any(fact.points > 0 for fact in one.compared) and self._is_likely(one)
        return self._is_likely(one)

    def _is_likely(self, one: _Found) -> bool:
        return one.odds.probability >= self._profile.threshold_of(one.entry.schema)


def _result(one: _Found) -> Result:
    by_name = evidence(one.hit.match) if one.hit else ()
    weak = one.hit.weak if one.hit else None
    return Result(
        id=one.entry.id,
        caption=one.entry.caption,
        schema=one.entry.schema,
        probability=one.odds.probability,
        odds=one.odds,
        evidence=(*one.numbers, *by_name, *_weak(weak), *(fact.evidence for fact in one.compared)),
        references=one.entry.references,
    )


def _weak(said: Said | None) -> Iterator[Evidence]:
    if said is not None:
        text = saying.of_weak(said)
        yield Evidence(kind="weak_alias", query="", listed=said.value, effect=Effect.AGAINST, text=text)
