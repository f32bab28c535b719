"""Looking back: whoever was listed since is looked for among the payments that were screened before.

Past payments are kept as the distinct questions that they asked. A small index holds only the names and numbers that are new, and
every past question is put to it; the few that it does not clear are asked again of everybody in force, and judged as any payment
is.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

import msgspec

from comity.alerts import service as alerts
from comity.alerts.model.answers import Found
from comity.filtering.model.dealing import Dealing, Lookback
from comity.filtering.model.enquiry import Way
from comity.filtering.model.subjects import dealt
from comity.filtering.service.examining import Examiner
from comity.filtering.service.running import PROFILE
from comity.filtering.store import asked, lookbacks
from comity.filtering.store.payments import id_of
from comity.register import service as register
from comity.screening import service as screening
from comity.screening.model.answer import Matched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from comity.filtering.service.place import Place
    from comity.filtering.store.asked import Asked
    from comity.infra.work import Work
    from comity.register.model.naming import Named
    from comity.screening.model.answer import Ground
    from comity.screening.service import Inspector

CANDIDATE: Final = 0.05
"""The probability from which the small index lets the whole one decide: rarity is another there, and so are odds."""
ALERTED_MAX: Final = 2_000
"""Earlier dealings that become alerts at once; all of them stand in the answer."""
SHOWN_MAX: Final = 50


def look_back(
    work: Work, place: Place, since: date | None = None, told: Callable[[int, int | None], None] = lambda *_: None
) -> Lookback:
    """Look for whoever was listed since among all past payments; keeps nothing.

    `since` is a day of knowledge; left out, it is the ground of the last look-back, or of the first payment. Raises `GroundAbsent`.
    """
    profile = screening.profile(work, PROFILE)
    examiner = Examiner(screening.inspector(work, place.screening, profile))
    before = _before(work, since)
    until = examiner.rules.screening.ground
    new = tuple(_new(work, place, before, until))
    count = asked.count(work)
    found: list[Dealing] = []
    if new:
        loose = profile.asking(threshold=CANDIDATE)
        with screening.inspector_among(place.screening, until, new, loose) as small:
            leads = frozenset(reference for one in new for reference in one.references)
            for page in _candidates(work, small, lambda done: told(done, count)):
                found += _dealings(work, examiner, page, leads)
    return Lookback(
        id=f"l-{secrets.token_hex(8)}",
        at=work.at,
        actor=work.actor.id,
        since=before,
        until=until,
        listed=len(new),
        questions=count,
        dealings=tuple(sorted(found, key=lambda one: (-one.hit.probability, one.payments))),
    )


def keep_lookback(work: Work, place: Place, one: Lookback) -> Lookback:
    """Keep what a look back found, and report every earlier dealing to alerts."""
    lookbacks.add(work, one)
    reports = list(_reports(one))[:ALERTED_MAX]
    if reports:
        alerts.report(work, place.office, reports)
    work.record(
        "filtering.looked_back", lookback=one.id, listed=one.listed, questions=one.questions, payments=one.payments
    )
    return one


def look_backs(work: Work) -> list[Lookback]:
    """Return the last look-backs, the latest first."""
    return lookbacks.latest(work, SHOWN_MAX)


def _before(work: Work, since: date | None) -> Ground | None:
    last = lookbacks.latest(work, 1)
    first = last[0].until if last else lookbacks.first_ground(work)
    if since is None or first is None:
        return first
    return msgspec.structs.replace(first, as_of=since, known_at=work.at)


def _new(work: Work, place: Place, before: Ground | None, until: Ground) -> Iterator[Named]:
    """Yield whoever is in force now and was not before, or not under the same names and numbers: with what is new of them."""
    desk = place.screening.desk
    known: dict[str, Named] = {}
    if before is not None:
        known = {one.lead: one for one in register.names_in_force(work, desk, before.as_of, before.known_at)}
    for one in register.names_in_force(work, desk, until.as_of, until.known_at):
        held = known.get(one.lead)
        names = tuple(name for name in one.names if held is None or name not in held.names)
        numbers = tuple(number for number in one.identifiers if held is None or number not in held.identifiers)
        if names or numbers:
            yield msgspec.structs.replace(one, names=names, identifiers=numbers)


def _candidates(work: Work, small: Inspector, told: Callable[[int], None]) -> Iterator[list[Asked]]:
    """Yield the past questions that somebody new may answer, page by page."""
    done = 0
    for way in (Way.NAME, Way.NUMBER, Way.MENTION):
        for page in asked.pages(work, way):
            yield [one for one in page if _may_mean(small, one)]
            done += len(page)
            told(done)


def _may_mean(small: Inspector, one: Asked) -> bool:
    match one.way:
        case Way.NAME:
            return small.may_be(one.text)
        case Way.NUMBER:
            return bool(small.number(one.text, one.kinds))
        case _:
            return small.may_mention(one.text)


def _dealings(work: Work, examiner: Examiner, page: list[Asked], new: frozenset[str]) -> Iterator[Dealing]:
    """Yield what the candidates of a page mean among everybody in force, where that is somebody new."""
    hits = [
        (one, hit)
        for one in page
        for hit in examiner.again(one.way, one.text, one.kinds)
        if not new.isdisjoint(hit.listed.references)
    ]
    of = asked.payments_of(work, [one.key for one, _ in hits])
    for one, hit in hits:
        yield Dealing(hit=hit, payments=tuple(id_of(key) for key in of.get(one.key, ())))


def _reports(lookback: Lookback) -> Iterable[Found]:
    """Yield what alerts are told: each past payment with each of its texts is a subject."""
    for number, one in enumerate(lookback.dealings):
        result = one.hit.result()
        assert result is not None, "territories are not looked for"
        for payment in one.payments:
            yield Found(
                subject=dealt(f"{payment}:{lookback.id}:{number}", one.hit),
                answer=Matched(editions=lookback.until.editions, digest=lookback.id, results=(result,)),
                screening=payment,
                profile=PROFILE,
            )
