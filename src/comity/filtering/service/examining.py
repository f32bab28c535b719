"""Examining one payment: every enquiry of its plan asked, every answer judged by what stands beside it."""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.filtering.model import wording
from comity.filtering.model.enquiry import NAMES, OF_SOMEBODY, Enquiry, Way, plan
from comity.filtering.model.numbers import numbers
from comity.filtering.model.territories import coded, named
from comity.filtering.model.verdict import Conclusion, Hit, Listed, Rules, Seen, Standing, Verdict
from comity.filtering.model.wording import Reason, beside
from comity.kit.limits import SEARCH_TEXT_CHARS_MAX
from comity.matching.evidence import Effect, Evidence
from comity.payments.model import Against, FieldKind, Screened, Transfer, fields
from comity.screening.model.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.filtering.model.territories import Territory
    from comity.screening.model.answer import Answer, Result
    from comity.screening.service import Inspector, Mentioned

REMEMBERED: Final = 65_536
"""Questions whose answers an examiner remembers: the same banks and customers come again and again."""

READING: Final = ("data/words.toml", "data/territories.toml", "model/enquiry.py", "model/wording.py", "model/numbers.py",
                  "model/territories.py", "service/examining.py")  # fmt: skip
"""What decides how a payment is read."""


class Examined(NamedTuple):
    """A payment with its verdict, before it is kept."""

    transfer: Transfer
    verdict: Verdict
    proof: bytes
    """The SHA-256 of the verdict's bytes."""


class Examiner:
    """Examines payments by one index. What it remembers changes no verdict. Not for several threads at once."""

    def __init__(self, inspector: Inspector) -> None:
        self.inspector = inspector
        """Who is asked."""
        self.rules = Rules(screening=inspector.setting, reading=_reading())
        self.digest = self.rules.digest
        self._named = lru_cache(REMEMBERED)(self._ask)
        self._mentioned = lru_cache(REMEMBERED)(self._read)
        self._numbered = lru_cache(REMEMBERED)(inspector.number)

    def examine(self, transfer: Transfer) -> Verdict:
        """Return the verdict on a payment. The same payment has the same verdict, whatever came before it."""
        hits: dict[tuple[object, ...], Hit] = {}
        seen: dict[tuple[object, ...], Seen] = {}
        for enquiry in plan(transfer):
            for hit, reason in self._found(enquiry):
                key = (hit.listed.references, hit.role, hit.standing[0].place)
                if reason is not None:
                    seen.setdefault(key, Seen(hit=hit, reason=reason))
                elif key not in hits or hits[key].probability < hit.probability:
                    hits[key] = hit
        asked = [bool(one.against) for one in fields(transfer)]
        ordered = sorted(
            hits.values(), key=lambda one: (-one.probability, one.standing[0].place, one.listed.references)
        )
        return Verdict(
            conclusion=Conclusion.STOPPED if hits else Conclusion.PASSED,
            editions=self.rules.screening.ground.editions,
            digest=self.digest,
            fields=sum(asked),
            evidence_fields=len(asked) - sum(asked),
            hits=tuple(ordered),
            seen=tuple(seen[key] for key in seen if key not in hits),
        )

    def again(self, way: Way, text: str, kinds: frozenset[str]) -> list[Hit]:
        """Return what one text of a past payment means now, judged as it would be in a payment."""
        kind = FieldKind.PARTY_NAME if way is Way.NAME else FieldKind.FREE_TEXT
        said = Screened(kind, text, "")
        asked = Enquiry(
            way=way,
            said=(said,),
            text=text,
            against=OF_SOMEBODY,
            question=Question(text=text[:SEARCH_TEXT_CHARS_MAX]) if way is Way.NAME else None,
            kinds=kinds,
        )
        return [hit for hit, reason in self._found(asked) if reason is None]

    def _ask(self, question: Question) -> Answer:
        return self.inspector.name(question)

    def _read(
        self,
        text: str,
        is_cut: bool,  # noqa: FBT001 - the key of what is remembered
        known: Question | None,
    ) -> tuple[Mentioned, ...]:
        return self.inspector.mentions(text, is_cut=is_cut, known=known)

    def _found(self, enquiry: Enquiry) -> Iterator[tuple[Hit, Reason | None]]:
        match enquiry.way:
            case Way.NAME:
                yield from self._by_name(enquiry)
            case Way.NUMBER:
                for result in self._numbered(enquiry.text, enquiry.kinds):
                    yield _hit(enquiry, Way.NUMBER, (0, len(enquiry.text)), result), None
            case Way.MENTION:
                yield from self._by_mention(enquiry)
            case Way.TERRITORY:
                yield from _by_territory(enquiry)

    def _by_name(self, enquiry: Enquiry) -> Iterator[tuple[Hit, Reason | None]]:
        assert enquiry.question is not None, "a name is a question"
        for result in self._named(enquiry.question).results:
            if result.evidence[0].kind == "identifier":
                continue  # a name that reads like a number is none
            hit = _hit(enquiry, Way.NAME, (0, len(enquiry.text)), result)
            if result.schema != "Vessel":
                yield hit, None
            elif Against.VESSEL in enquiry.against:
                around = beside(enquiry.text, 0, len(enquiry.text))
                is_plain = sum(one.effect is Effect.FOR for one in result.evidence) == 1
                yield hit, Reason.NO_SHIP if is_plain and not wording.is_ship(around) else None

    def _by_mention(self, enquiry: Enquiry) -> Iterator[tuple[Hit, Reason | None]]:
        for one in self._mentioned(enquiry.text, enquiry.is_cut, enquiry.question):
            kind = Against.VESSEL if one.result.schema == "Vessel" else Against.PARTY
            if kind in enquiry.against:
                yield _hit(enquiry, Way.MENTION, (one.start, one.end), one.result), _doubt(enquiry, one)
        if Against.IDENTIFIER in enquiry.against:
            for number in numbers(enquiry.text):
                for result in self._numbered(number.text, number.kinds):
                    yield _hit(enquiry, Way.MENTION, (number.start, number.end), result), None


def _doubt(enquiry: Enquiry, one: Mentioned) -> Reason | None:
    """Return why a mention means nobody, if it does."""
    around = beside(enquiry.text, one.start, one.end)
    if wording.is_street(around) and not (enquiry.said[0].kind in NAMES and one.start == 0):
        return Reason.STREET
    is_word = wording.is_ordinary(around)
    if one.result.schema == "Vessel":
        return Reason.NO_SHIP if (one.words == 1 or is_word) and not wording.is_ship(around) else None
    if one.words == 1 and enquiry.said[0].kind in NAMES:
        return Reason.WITHIN_NAME  # the whole name is a question of its own
    is_named = wording.is_company(around) and wording.is_apart(around)
    return Reason.ORDINARY if is_word and not is_named else None


def _by_territory(enquiry: Enquiry) -> Iterator[tuple[Hit, Reason | None]]:
    if (territory := coded(enquiry.said[0])) and Against.COUNTRY in enquiry.against:
        yield _territory_hit(enquiry, (0, len(enquiry.text)), territory), None
    for one in named(enquiry.text):
        if (Against.PLACE if one.is_town else Against.COUNTRY) in enquiry.against or Against.PLACE in enquiry.against:
            around = beside(enquiry.text, one.start, one.end)
            yield (
                _territory_hit(enquiry, (one.start, one.end), one.territory),
                _elsewhere(enquiry, one.territory, around),
            )


def _elsewhere(enquiry: Enquiry, territory: Territory, around: wording.Beside) -> Reason | None:
    """Return why a place means no territory, if it does not."""
    if wording.is_street(around):
        return Reason.STREET
    if wording.is_denied(around):
        return Reason.DENIED
    if wording.is_within_name(around):
        return Reason.WITHIN_NAME
    return Reason.ELSEWHERE if enquiry.countries and not enquiry.countries & territory.countries else None


def _territory_hit(enquiry: Enquiry, span: tuple[int, int], territory: Territory) -> Hit:
    articles = tuple(f"{one.regime}:{one.article}" for one in territory.measures)
    said = enquiry.text[slice(*span)]
    evidence = Evidence(
        kind="territory",
        query=said,
        listed=territory.caption,
        effect=Effect.FOR,
        text=f"“{said}” is in {territory.caption}",
    )
    listed = Listed(id=territory.id, caption=territory.caption, schema="Territory", references=articles)
    return Hit(
        way=Way.TERRITORY,
        role=enquiry.role.value if enquiry.role else "",
        standing=_standing(enquiry, *span),
        text=said,
        listed=listed,
        probability=1.0,
        odds=None,
        evidence=(evidence,),
    )


def _hit(enquiry: Enquiry, way: Way, span: tuple[int, int], result: Result) -> Hit:
    return Hit(
        way=way,
        role=enquiry.role.value if enquiry.role else "",
        standing=_standing(enquiry, *span),
        text=enquiry.text[slice(*span)],
        listed=Listed(id=result.id, caption=result.caption, schema=result.schema, references=result.references),
        probability=result.probability,
        odds=result.odds,
        evidence=result.evidence,
    )


def _standing(enquiry: Enquiry, start: int, end: int) -> tuple[Standing, ...]:
    """Return where a part of an enquiry's text stands in the message, piece by piece."""
    found = []
    offset = 0
    for one in enquiry.said:
        since, until = max(start - offset, 0), min(end - offset, len(one.text))
        if since < until:
            found.append(Standing(place=one.place, start=since, end=until))
        offset += len(one.text) + 1
    return tuple(found)


@cache
def _reading() -> str:
    made = hashlib.sha256()
    for name in READING:
        made.update(files("comity.filtering").joinpath(name).read_bytes())
    return made.hexdigest()
