"""Asking one index about what stands in a document: names, numbers of a known kind, and names within running text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from comity.matching.evidence import Effect, Evidence, evidence
from comity.matching.mentioning import Reader
from comity.matching.scoring import probability
from comity.model import identifiers
from comity.screening.model.answer import Result
from comity.screening.service.asking import DECIMALS, LABELS, NUMBER_CHARS_MIN, Asker
from comity.screening.service.indexing import forget, former, fresh

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from comity.infra.work import Work
    from comity.matching.mentioning import Mention
    from comity.register.model.naming import Named
    from comity.screening.model.answer import Answer, Ground, Setting
    from comity.screening.model.question import Profile, Question
    from comity.screening.service.indexing import Opened
    from comity.screening.service.place import Place

BRANCH: Final = "XXX"
"""The last three letters of the code of a bank's head office (ISO 9362)."""
BANK_CHARS: Final = 8
"""Characters of a BIC that name the bank; three more may name its branch."""


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

    def mentions(self, text: str, *, is_cut: bool = False) -> tuple[Mentioned, ...]:
        """Return whom a text names, in its order; each once for each place, by the name that fits best."""
        found: dict[tuple[str, int], Mentioned] = {}
        index = self._opened.engine.index
        for one in sorted(self._reader.read(text, is_cut=is_cut), key=lambda one: (-one.match.points, one.start)):
            likely = round(probability(one.match.points), DECIMALS)
            if likely >= self.setting.profile.threshold:
                for bearer in index.bearers[one.match.row.number].tolist():
                    entry = self._opened.entries[index.ids[bearer]]
                    if not any(lead == entry.lead and _meets(one, other) for (lead, _), other in found.items()):
                        found[entry.lead, one.start] = _mentioned(one, entry, likely)
        return tuple(
            sorted(found.values(), key=lambda one: (one.start, -one.result.probability, one.result.references))
        )

    def number(self, text: str, properties: Collection[str]) -> tuple[Result, ...]:
        """Return whose number a text is, among numbers of some kinds; each is compared in the normal form of its own kind."""
        bare = identifiers.bare(text)
        if len(bare) < NUMBER_CHARS_MIN:
            return ()
        forms = dict.fromkeys((bare, bare.removeprefix("IMO"), *_head_office(bare, properties)))
        found: dict[str, Result] = {}
        for form in forms:
            for property_, value, entry in self._opened.numbers.get(form, ()):
                if property_ in properties and (form != bare or identifiers.check(property_, text).value == value):
                    found.setdefault(entry.lead, _numbered(text, property_, value, entry))
        return tuple(found[lead] for lead in sorted(found))


def inspector(work: Work, place: Place, profile: Profile) -> Inspector:
    """Return who asks the index of what is in force now. Raises `GroundAbsent`."""
    return Inspector(fresh(work, place), profile)


def inspector_of(work: Work, place: Place, then: Setting) -> Inspector:
    """Return who asks the index of an earlier setting, worked out again from the register."""
    return Inspector(former(work, place, then.ground), then.profile)


def dismiss(place: Place, gone: Ground) -> None:
    """Let an index that was worked out again go, where it is not that of now."""
    forget(place, gone)


def _meets(one: Mention, other: Mentioned) -> bool:
    return one.start < other.end and other.start < one.end


def _head_office(bare: str, properties: Collection[str]) -> Iterable[str]:
    """Yield the other code of the same bank: the listed code of a bank reaches its branches, and never the other way."""
    if "swiftBic" in properties and len(bare) == BANK_CHARS + len(BRANCH):
        yield bare[:BANK_CHARS]
        yield bare[:BANK_CHARS] + BRANCH
    elif "swiftBic" in properties and len(bare) == BANK_CHARS:
        yield bare + BRANCH


def _mentioned(one: Mention, entry: Named, likely: float) -> Mentioned:
    result = _result(entry, likely, evidence(one.match))
    return Mentioned(
        result=result,
        start=one.start,
        end=one.end,
        words=one.words,
        left=one.left,
        is_spelled=one.is_spelled,
        is_cut=one.is_cut,
    )


def _numbered(text: str, property_: str, value: str, entry: Named) -> Result:
    is_same = identifiers.bare(text).removeprefix("IMO") == identifiers.bare(value)
    label = LABELS.get(property_, property_)
    said = f"the {label} {value} is the same" if is_same else f"the {label} {value} is that of the same bank"
    return _result(entry, 1.0, (Evidence(kind="identifier", query=text, listed=value, effect=Effect.FOR, text=said),))


def _result(entry: Named, likely: float, evidence: tuple[Evidence, ...]) -> Result:
    return Result(
        id=entry.id,
        caption=entry.caption,
        schema=entry.schema,
        probability=likely,
        evidence=evidence,
        references=entry.references,
    )
