"""Good-guy entries: who asks for one, who confirms it, and how it ends."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from comity.alerts.model import state as states
from comity.alerts.model.answers import Dossier, GoodGuy
from comity.alerts.model.failures import AlertUnknown, GoodGuyUnfit, GoodGuyUnknown, SamePerson
from comity.alerts.model.history import Step
from comity.alerts.model.state import Decided, Disposition, Spared, last_decision
from comity.alerts.service.looking import UNKNOWN, whole
from comity.alerts.service.practising import practice_of
from comity.alerts.service.stepping import step
from comity.alerts.store import dossiers, good_guys, steps
from comity.kit.limits import NOTE_CHARS_MAX

if TYPE_CHECKING:
    from datetime import date

    from comity.alerts.model.answers import Hit
    from comity.alerts.model.asking import WhichGoodGuys
    from comity.alerts.model.subject import Subject
    from comity.infra.work import Work

EXPIRED, TAKEN_BACK = "expired", "taken_back"
"""Why an entry ended: on its day, or with the decision on which it rested."""
LASTS_DAYS_MAX: Final = 366
"""Days after which an entry is looked at again."""


def vouch(work: Work, hit_id: str, until: date, note: str) -> GoodGuy:
    """Ask that a pair stay silent until a day; it holds once another person has confirmed it.

    It rests on a false positive that stands. Raises `AlertUnknown`, `GoodGuyUnfit`.
    """
    dossiers.alone(work)
    alert_id = dossiers.alert_of_hit(work, hit_id)
    if alert_id is None:
        raise AlertUnknown(UNKNOWN)
    dossier = whole(work, alert_id)
    hit = next(one for one in dossier.hits if one.id == hit_id)
    if not isinstance(hit.state, Decided) or hit.disposition is not Disposition.FALSE_POSITIVE:
        raise GoodGuyUnfit("Decide first that this is a false positive.")
    if not work.at.date() < until <= work.at.date() + timedelta(days=LASTS_DAYS_MAX):
        raise GoodGuyUnfit(f"It ends on a day within the next {LASTS_DAYS_MAX} days.")
    if not note.strip() or len(note) > NOTE_CHARS_MAX:
        raise GoodGuyUnfit(f"Say why, in at most {NOTE_CHARS_MAX} characters.")
    subject = dossier.alert.subject
    if any(set(one.known_as) & hit.listed.known_as for one in good_guys.of_subjects(work, subject.kind, [subject.id])):
        raise GoodGuyUnfit("There is an entry for this pair already.")
    entry = GoodGuy(
        id=f"g-{secrets.token_hex(6)}",
        subject=subject.key,
        caption=subject.caption,
        listed=hit.listed.id,
        listed_caption=hit.listed.caption,
        known_as=tuple(sorted(hit.listed.known_as)),
        reason=_in_words(work, hit),
        note=note.strip(),
        by=work.actor.id,
        at=work.at,
        until=until,
        rests=hit.rests,
    )
    good_guys.add(work, entry)
    work.record("alerts.good_guy_proposed", good_guy=entry.id, alert=alert_id, hit=hit_id, until=until)
    return entry


def confirm_good_guy(work: Work, id_: str) -> GoodGuy:
    """Agree as the second person; from now on the pair stays silent. Raises `GoodGuyUnknown`, `SamePerson`."""
    entry = _standing(work, id_)
    if entry.by == work.actor.id:
        raise SamePerson("You asked for this entry: another person confirms it.")
    confirmed = msgspec.structs.replace(entry, confirmed_by=work.actor.id, confirmed_at=work.at)
    good_guys.change(work, confirmed)
    work.record("alerts.good_guy_confirmed", good_guy=id_)
    return confirmed


def revoke(work: Work, id_: str, because: str) -> GoodGuy:
    """End an entry; the hits that it kept silent are open again. Raises `GoodGuyUnknown`, `GoodGuyUnfit`."""
    entry = _standing(work, id_)
    if not because.strip():
        raise GoodGuyUnfit("Say why, for whoever decides next.")
    return _end(work, entry, because.strip(), by=work.actor.id)


def expire(work: Work) -> int:
    """End every entry whose last day has passed, open again what it kept silent, and return how many ended."""
    ended = [_end(work, entry, EXPIRED, by="") for entry in good_guys.expired(work, work.at.date())]
    return len(ended)


def end_with(work: Work, subject: Subject, hit: Hit) -> None:
    """End the entry about a pair whose decision was taken back: what it rested on no longer stands."""
    for entry in good_guys.of_subjects(work, subject.kind, [subject.id]):
        if hit.listed.known_as & set(entry.known_as):
            _end(work, entry, TAKEN_BACK, by=work.actor.id)


def vouched(work: Work, which: WhichGoodGuys) -> tuple[list[GoodGuy], int]:
    """Return good-guy entries, those that end first before others, and how many there are."""
    return good_guys.page(work, which)


def _in_words(work: Work, hit: Hit) -> str:
    """Return why the hit is a false positive, as its profile says it: a profile may say otherwise later."""
    texts = practice_of(work, hit.profile).texts
    decision = last_decision(hit.state)
    return " ".join(texts.get(one, one) for one in decision.reasons) if decision else ""


def _standing(work: Work, id_: str) -> GoodGuy:
    entry = good_guys.find(work, id_)
    if entry is None or entry.ended_at is not None:
        raise GoodGuyUnknown("There is nothing here.")
    return entry


def _end(work: Work, entry: GoodGuy, because: str, *, by: str) -> GoodGuy:
    """End an entry: what rested on it is looked at again, be it spared or decided."""
    dossiers.alone(work)
    ended = msgspec.structs.replace(entry, ended_at=work.at, ended_by=by, ended_because=because)
    good_guys.change(work, ended)
    _open_again(work, ended)
    work.record(
        "alerts.good_guy_ended", good_guy=entry.id, because=because if because in {EXPIRED, TAKEN_BACK} else "revoked"
    )
    return ended


def _open_again(work: Work, entry: GoodGuy) -> None:
    """Open every hit that the entry kept silent, and the decision on which it rested."""
    ids = dossiers.spared_by(work, entry.id) | dossiers.of_subject(work, entry.subject)
    written, taken = [], []
    for dossier in dossiers.of_alerts(work, sorted(ids)).values():
        hits = []
        for hit in dossier.hits:
            rested = isinstance(hit.state, Decided) and hit.disposition is Disposition.FALSE_POSITIVE
            own = rested and dossier.alert.subject.key == entry.subject and hit.listed.known_as & set(entry.known_as)
            if own or (isinstance(hit.state, Spared) and hit.state.good_guy == entry.id):
                state = states.reopen(hit.state, work.at, remark=entry.ended_because)
                opened = msgspec.structs.replace(hit, state=state)
                taken.append(step(work, opened, Step.REOPENED, remark=entry.ended_because))
                hits.append(opened)
            else:
                hits.append(hit)
        written.append(Dossier(alert=msgspec.structs.replace(dossier.alert, changed_at=work.at), hits=tuple(hits)))
    dossiers.write(work, written, ())
    steps.add(work, taken)


__all__ = ["confirm_good_guy", "end_with", "expire", "revoke", "vouch", "vouched"]
