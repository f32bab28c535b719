"""Statistics, and what another threshold would have made of what people have decided here."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final

from comity.alerts.model.asking import Backtest, Rate, Statistics, Tuning, WhichAlerts
from comity.alerts.model.failures import QuestionUnfit
from comity.alerts.model.spanning import Span, by_span
from comity.alerts.store import counting
from comity.alerts.store import queue as queue_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.infra.work import Work

SPAN_DAYS: Final = 28
SPAN_DAYS_MAX: Final = 1_100
"""Days of one statistic: three years."""
RATE_STEPS: Final = 20
"""Thresholds from 0 to 1 at which rates are told."""
NINE_TENTHS: Final = 8
"""Which of the nine cuts into tenths is the ninetieth percentile."""


def statistics(
    work: Work, profile: str = "", since: date | None = None, until: date | None = None, by: Span = Span.DAY
) -> Statistics:
    """Return what a half-open span of days made of alerts; the last four weeks, today included, if none is named.

    What is for named reviewers alone is counted for them alone. Raises `QuestionUnfit` where the span is empty or too long.
    """
    end = until or work.at.date() + timedelta(days=1)
    start = since or date.fromordinal(max(end.toordinal() - SPAN_DAYS, 1))
    if not 0 < (end - start).days <= SPAN_DAYS_MAX:
        raise QuestionUnfit(f"A span has between 1 and {SPAN_DAYS_MAX} days.")
    ages = counting.ages(work, start, end, profile)
    waiting = queue_.page(work, WhichAlerts(profile=profile, limit=0))
    return Statistics(
        since=start,
        until=end,
        days=by_span(counting.days(work, start, end, profile), by),
        precision=counting.precision(work, profile),
        age_median_s=median(ages) if ages else None,
        age_p90_s=_ninetieth(ages),
        waiting=waiting.total,
        late=waiting.late,
    )


def tuning(work: Work, profile: str = "") -> Tuning:
    """Return recall and false positives against threshold, on the decisions that stand."""
    settled = [(probability, is_true) for _, probability, is_true, _, _ in counting.settled(work, profile)]
    true = sorted(probability for probability, is_true in settled if is_true)
    false = sorted(probability for probability, is_true in settled if not is_true)
    return Tuning(
        true=len(true),
        false=len(false),
        rates=tuple(_rate(step / RATE_STEPS, true, false) for step in range(RATE_STEPS + 1)),
    )


def backtest(work: Work, profile: str, threshold: float) -> Backtest:
    """Return what a proposed threshold makes of the decisions that stand, with every true match that it would lose.

    It is recorded by its digest, so that whoever releases the threshold names what it was tried on. Raises `QuestionUnfit`.
    """
    if not 0 <= threshold <= 1:
        raise QuestionUnfit("A threshold is a probability: from 0 to 1.")
    settled = counting.settled(work, profile)
    true = [probability for _, probability, is_true, _, _ in settled if is_true]
    false = [probability for _, probability, is_true, _, _ in settled if not is_true]
    tried = Backtest(
        profile=profile,
        threshold=threshold,
        decisions=len(settled),
        true_kept=sum(probability >= threshold for probability in true),
        true_lost=counting.lost(work, profile, threshold),
        false_kept=sum(probability >= threshold for probability in false),
        false_avoided=sum(probability < threshold for probability in false),
        at=work.at,
    )
    work.record(
        "alerts.backtested", profile=profile, decisions=tried.decisions, lost=len(tried.true_lost), digest=tried.digest
    )
    return tried


def _rate(threshold: float, true: Sequence[float], false: Sequence[float]) -> Rate:
    found = sum(probability >= threshold for probability in true)
    raised = sum(probability >= threshold for probability in false)
    return Rate(
        threshold=threshold,
        true_found=found,
        false_raised=raised,
        recall=found / len(true) if true else 0.0,
        false_positive_rate=raised / len(false) if false else 0.0,
    )


def _ninetieth(ages: Sequence[int]) -> float | None:
    if not ages:
        return None
    return quantiles(ages, n=10)[NINE_TENTHS] if len(ages) > 1 else float(ages[0])
