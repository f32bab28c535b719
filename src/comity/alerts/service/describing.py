"""What the register says of those who were found, once for each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.alerts.model.answers import Listed, Listing
from comity.alerts.model.mattering import HIT, MEASURES, REGIMES, Group, group_of, rested
from comity.alerts.model.practice import band
from comity.matching.evidence import Effect
from comity.register import service as register
from comity.register.model.naming import IN_FORCE
from comity.screening.model.profile import FACTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from comity.alerts.model.mattering import Rested
    from comity.alerts.model.subject import Subject
    from comity.infra.work import Work
    from comity.lists.service import Desk
    from comity.matching.evidence import Evidence
    from comity.register.model.profile import Designation, Profile
    from comity.screening.model.answer import Result

KEPT: Final = frozenset({"position", "title", "type", "legalForm"})
"""Properties that stand beside those that matter; texts are read in the register."""


class Describer:
    """Describes those who are listed, for the length of one work; those whom some results hold are read together."""

    def __init__(self, work: Work, desk: Desk, results: Iterable[Result] = ()) -> None:
        self._work, self._desk = work, desk
        self._profiles = _profiles(work, desk, {one.id for one in results})
        self._known: dict[tuple[str, tuple[str, ...]], Listed] = {}

    def describe(self, result: Result) -> Listed:
        """Return who was found, as the register describes it now; by its answer alone where it is no longer there."""
        key = (result.id, result.references)
        if key not in self._known:
            self._known[key] = _described(result, self._profile(result.id))
        return self._known[key]

    def is_listed(self, listed: Listed) -> bool:
        """Whether somebody who was found before stands on any list now."""
        found = self._profile(listed.id)
        return found is not None and bool(in_force(found.designations))

    def _profile(self, id_: str) -> Profile | None:
        if id_ not in self._profiles:
            self._profiles |= _profiles(self._work, self._desk, {id_})
        return self._profiles[id_]


def _profiles(work: Work, desk: Desk, ids: Collection[str]) -> dict[str, Profile | None]:
    """Return what the register says of some ids; None for whoever is no longer there."""
    return {
        **dict.fromkeys(ids),
        **register.show_each(work, desk, ids),
    }  # the answer came from an index of a moment ago


def _described(result: Result, found: Profile | None) -> Listed:
    properties = found.properties if found else {}
    return Listed(
        id=result.id,
        lead=min(register.resolve_id(one) for one in result.references),
        caption=result.caption,
        schema=result.schema,
        properties={
            name: values for name, values in properties.items() if group_of(name) is not Group.OTHER or name in KEPT
        },
        references=result.references,
        listings=in_force(found.designations) if found else (),
    )


def in_force(designations: Iterable[Designation]) -> tuple[Listing, ...]:
    """Return the designations that stand, as a decision needs them; an aggregator's repetition is none."""
    return tuple(
        Listing(
            source=one.source,
            code=one.code,
            reference=one.reference,
            programme=one.programme,
            authority=one.authority,
            legal_basis=one.legal_basis,
            listed_on=one.listed_on,
            measures=one.measures,
        )
        for one in designations
        if one.state in IN_FORCE and not one.is_aggregated
    )


def resting(subject: Subject, listed: Listed, result: Result) -> Rested:
    """Return the facts of a pair as a decision will rest on them."""
    facts = {
        **listed.properties,
        HIT: hit_words(result.evidence),
        REGIMES: listed.regimes,
        MEASURES: tuple(sorted({measure.kind.value for one in listed.listings for measure in one.measures})),
    }
    return rested(subject.properties, facts, band(result.probability))


def hit_words(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """Return the words of the listed name that speak for the pair; facts stand for themselves."""
    said = [one for one in evidence if one.effect is Effect.FOR and one.kind not in FACTS]
    return tuple(sorted({one.listed for one in said if one.listed}))
