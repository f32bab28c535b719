"""What every regime of the catalogue promises: its cases come out as they say, and everything that it says is cited.

Parametrised over the catalogue: a regime that is added is tested by being added.
"""

from __future__ import annotations

import itertools
import re

import pytest

from comity.catalogue import sources
from comity.filtering.model import (
    Direction,
    Match,
    Matter,
    Outcome,
    Part,
    Payment,
    PaymentKind,
    Regime,
    Resolution,
    decide,
    explain,
)
from comity.filtering.model.regime import EYE, Case, Reading
from comity.kit.catalogue import discover
from comity.lists.model import Source
from comity.model.measure import Measure, MeasureKind
from support.law import REGIMES, check, cited, law
from support.reference import regimes as reference

SOURCES = discover(sources, "SOURCE", Source)
CASES = [(regime, case) for regime in REGIMES.values() for case in regime.cases]
CASES_MIN = 60

each = pytest.mark.parametrize("regime", REGIMES.values(), ids=list(REGIMES))


@pytest.mark.parametrize(
    ("regime", "case"), CASES, ids=[f"{regime.id}-{number}" for number, (regime, _) in enumerate(CASES)]
)
def test_a_case_comes_out_as_it_says(regime: Regime, case: Case) -> None:
    decision = decide(law(regime.id, *case.also, authorisations=case.licences), case.payment, case.matches)
    assert decision.outcome is case.outcome, explain(decision)
    deciding = {one.article for one in decision.steps if one.outcome is case.outcome}
    deciding |= {one.forbidden_by for one in decision.conflicts}
    assert case.article in deciding, explain(decision)


def test_there_are_cases_enough_that_cite_their_provision() -> None:
    real = [case for regime, case in CASES if regime.id != "exercise"]
    assert sum(bool(case.article) for case in real) >= CASES_MIN


@each
def test_a_case_without_a_provision_is_one_that_nobody_has_decided(regime: Regime) -> None:
    for case in regime.cases:
        undecided = [one for one in case.matches if one.resolution is Resolution.UNDECIDED]
        assert case.article or (undecided and case.outcome is Outcome.HOLD), case.facts


@each
def test_a_regime_reads_lists_that_exist(regime: Regime) -> None:
    for source in regime.sources:
        list_, _, dataset = source.partition(":")
        assert SOURCES[list_].holds(dataset)


@each
def test_everything_is_cited_and_said_in_whole_sentences(regime: Regime) -> None:
    cited = [*regime.nexuses, *regime.rules, *regime.reports, *regime.passing, *regime.counters]
    assert all(one.article for one in cited)
    assert regime.kept
    assert regime.licensing
    said = [*(one.says for one in regime.rules), *(case.facts for case in regime.cases)]
    assert [one for one in said if not re.match(r"[A-Z].*\.$", one)] == []


@each
def test_every_citation_says_whether_it_was_verified(regime: Regime) -> None:
    said = [one.article for one in regime.checked]
    assert sorted(said) == sorted(cited(regime))


@each
def test_what_was_verified_leads_to_where_it_was_read_and_what_was_not_says_what_is_missing(regime: Regime) -> None:
    for one in regime.checked:
        was_read = one.how in {Reading.TEXT, Reading.PARTLY}
        assert bool(re.match(r"https://[a-z0-9.-]+/\S+$", one.link)) is was_read, one
        assert bool(one.stand) is was_read, one
        assert one.note or one.how is not Reading.UNREAD, one


@each
def test_a_citation_that_nobody_checked_is_not_verified(regime: Regime) -> None:
    assert regime.check("Order 1 of nowhere, art. 1").how is Reading.UNREAD


@each
def test_the_table_marks_each_case_whose_provision_was_not_verified(regime: Regime) -> None:
    _, _, section = reference.pages()["payment-outcomes.md"].partition(f"## Cases: {regime.title}\n")
    _, _, *rows = section.partition("\n## ")[0].strip().splitlines()
    for row, case in zip(rows, regime.cases, strict=True):
        checked = check(regime, case)
        is_unread = checked is not None and checked.how is Reading.UNREAD
        assert row.startswith(f"| {case.facts} |")
        assert row.endswith("| **not verified against the text** |") is is_unread, row


@each
def test_a_counter_names_a_regime_that_exists(regime: Regime) -> None:
    assert {one.regime for one in regime.counters} <= REGIMES.keys() - {regime.id}


@each
def test_the_names_of_nexuses_and_reports_are_unique(regime: Regime) -> None:
    for named in (regime.nexuses, regime.reports):
        ids = [one.id for one in named]
        assert len(set(ids)) == len(ids)


@each
def test_a_report_asks_what_was_done_and_to_whom_it_goes(regime: Regime) -> None:
    for one in regime.reports:
        assert one.to
        assert one.within.says
        assert len({field.fact for field in one.fields}) == len(one.fields)


@each
def test_every_measure_of_every_payment_has_an_answer_that_can_be_read(regime: Regime) -> None:
    """Nothing falls through: what no rule speaks of is held, and says so."""
    bound = law(regime.id)
    source = min(regime.sources)
    plain = regime.cases[0]
    for kind, part, direction in itertools.product(MeasureKind, Part, Direction):
        for matter, form in ((Matter.UNKNOWN, PaymentKind.CUSTOMER_TRANSFER), (Matter.ORDINARY, PaymentKind.RECALL)):
            payment = Payment(
                kind=form, direction=direction, branch=plain.payment.branch, on=plain.payment.on, matter=matter
            )
            match = Match(
                hit="1",
                part=part,
                resolution=Resolution.TRUE,
                person="1",
                source=source,
                measures=(Measure(kind=kind),),
            )
            (step,) = decide(bound, payment, (match,)).steps
            assert step.says.endswith(".")
            assert step.article or step.note == EYE
            if form is PaymentKind.RECALL:
                assert step.outcome is not Outcome.REJECT_AND_REPORT


@each
def test_a_travel_ban_stops_no_payment(regime: Regime) -> None:
    bound, plain = law(regime.id), regime.cases[0]
    for part, direction in itertools.product(Part, Direction):
        payment = Payment(
            kind=PaymentKind.CUSTOMER_TRANSFER, direction=direction, branch=plain.payment.branch, on=plain.payment.on
        )
        match = Match(
            hit="1",
            part=part,
            resolution=Resolution.TRUE,
            person="1",
            source=min(regime.sources),
            measures=(Measure(kind=MeasureKind.TRAVEL_BAN),),
        )
        assert decide(bound, payment, (match,)).outcome is Outcome.RELEASE
