"""Deciding held payments: what is open, one person's act, another's agreement; and what follows from decided matches by itself."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.alerts.model.answers import Standing
from comity.filtering.model.failures import ActClosed, PaymentUnknown, ReasonMissing, SamePerson
from comity.filtering.model.holding import ENDS, Act, Held, State, Step, Taken, Way, ways
from comity.filtering.model.outcome import Outcome
from comity.filtering.service import judging, reporting
from comity.filtering.service.judging import Judged
from comity.filtering.store import payments, steps
from comity.infra import database
from comity.kit.limits import NOTE_CHARS_MAX
from comity.screening import service as screening

if TYPE_CHECKING:
    from comity.filtering.service.place import Place
    from comity.infra.work import Work

SECOND: Final = {Act.RELEASE: "false_positive", Act.REJECT: "true_match", Act.BLOCK: "true_match"}
"""The disposition of the profile that asks for a second person, by act."""
SETTLED: Final = "Every match was decided to be false."
HELD_AT_ONCE: Final = 1_000


class Shown(NamedTuple):
    """A held payment as a person decides it."""

    held: Held
    judged: Judged
    ways: tuple[Way, ...]
    known: dict[str, Standing]
    """Where the subjects of the payment stand, by id, as far as that is for whoever looks."""


def show(work: Work, place: Place, id_: str) -> Shown:
    """Return a payment in which something was found, and what is open. Raises `PaymentUnknown`."""
    kept = payments.find(work, id_)
    if kept.transfer is None or kept.verdict is None:
        raise PaymentUnknown("There is no payment with this id that was ever held.")
    held = Held(payment=kept.payment, transfer=kept.transfer, verdict=kept.verdict, steps=steps.of(work, id_))
    judged = judging.judge(work, place, id_, kept.transfer, kept.verdict)
    work.record("filtering.payment_read", payment=id_)
    return Shown(held, judged, _ways(held, judged), reporting.known(work, id_, kept.verdict))


def act(work: Work, place: Place, id_: str, wanted: Act, reason: str) -> Held:
    """Do something about a held payment, or propose it where a second person must agree.

    Raises `PaymentUnknown`, `ReasonMissing`, and `ActClosed` where the law, the state or an open proposal closes it.
    """
    shown = _locked(work, place, id_)
    _reasoned(reason)
    way = next(one for one in shown.ways if one.act is wanted)
    if not way.is_open:
        raise ActClosed(f"This act is closed. {way.because}")
    asks_second = wanted in SECOND and SECOND[wanted] in screening.profile(work, shown.held.payment.profile).four_eyes
    alone = wanted not in ENDS or not (asks_second or shown.judged.outcome is None)
    return _take(work, shown, wanted, (Step.DONE if alone else Step.PROPOSED, reason))


def confirm(work: Work, place: Place, id_: str, reason: str) -> Held:
    """Agree, as the second person, to what another proposed; the law is asked again first.

    Raises `ActClosed` where nothing is proposed or the law has closed it since, `SamePerson`, `ReasonMissing`.
    """
    shown = _locked(work, place, id_)
    proposed = _second(work, shown, reason)
    if proposed.act in {
        one.act for one in ways(shown.judged.outcome or Outcome.HOLD, State.HELD) if not one.is_open
    } and (shown.judged.outcome is not None):
        raise ActClosed("What was proposed is no longer open: the matches were decided otherwise meanwhile.")
    return _take(work, shown, proposed.act, (Step.CONFIRMED, reason))


def give_back(work: Work, place: Place, id_: str, reason: str) -> Held:
    """Return, as the second person, what another proposed. Raises as `confirm` does."""
    shown = _locked(work, place, id_)
    return _take(work, shown, _second(work, shown, reason).act, (Step.RETURNED, reason))


def settle(work: Work, place: Place) -> int:
    """Release every held payment all of whose matches were decided to be false, and return how many."""
    done = 0
    held, _ = payments.listed(work, {"state": State.HELD.value}, HELD_AT_ONCE, 0)
    for one in held:
        shown = show(work, place, one.id)
        if shown.judged.outcome is Outcome.RELEASE and shown.held.proposed is None:
            _take(work, shown, Act.RELEASE, (Step.DONE, SETTLED))
            done += 1
    return done


def _ways(held: Held, judged: Judged) -> tuple[Way, ...]:
    if held.proposed is not None and held.payment.state is State.HELD:
        return tuple(
            Way(act=act, is_open=False, because="A second person must first agree to what is proposed.") for act in Act
        )
    if judged.outcome is None and held.payment.state is State.HELD:
        because = "No law of this house decides it: two people do."
        return tuple(Way(act=act, is_open=True, because=because if act in ENDS else "") for act in Act)
    return ways(judged.outcome or Outcome.HOLD, held.payment.state)


def _locked(work: Work, place: Place, id_: str) -> Shown:
    database.alone(work.connection, f"filtering.{id_}")
    return show(work, place, id_)


def _second(work: Work, shown: Shown, reason: str) -> Taken:
    proposed = shown.held.proposed
    if proposed is None or shown.held.payment.state is not State.HELD:
        raise ActClosed("Nothing is proposed for this payment.")
    if proposed.by == work.actor.id:
        raise SamePerson("Another person must agree.")
    _reasoned(reason)
    return proposed


def _reasoned(reason: str) -> None:
    if not reason.strip() or len(reason) > NOTE_CHARS_MAX:
        raise ReasonMissing(f"Say why, in {NOTE_CHARS_MAX:,} characters at most.")


def _take(work: Work, shown: Shown, act: Act, said: tuple[Step, str]) -> Held:
    step, reason = said
    held = shown.held
    one = Taken(
        id=f"t-{secrets.token_hex(8)}",
        payment=held.payment.id,
        at=work.at,
        by=work.actor.id,
        act=act,
        step=step,
        outcome=shown.judged.outcome.value if shown.judged.outcome else "",
        reason=reason.strip(),
    )
    steps.add(work, one)
    if act in ENDS and step in {Step.DONE, Step.CONFIRMED}:
        payments.set_state(work, held.payment.id, ENDS[act])
    work.record("filtering.decided", payment=held.payment.id, act=act.value, step=step.value, outcome=one.outcome)
    kept = payments.find(work, held.payment.id)
    return Held(payment=kept.payment, transfer=held.transfer, verdict=held.verdict, steps=(*held.steps, one))
