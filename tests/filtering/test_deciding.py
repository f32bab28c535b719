"""What the law makes of a payment, whatever the regimes say: the properties that must hold of every decision."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.catalogue.dialects.told_cases import BRANCH, DAY, Teller, licence
from comity.filtering.model import (
    STRICTNESS,
    Authorisation,
    Binding,
    Bindings,
    Branch,
    BranchUnknown,
    Decision,
    Direction,
    Law,
    Match,
    Matter,
    Outcome,
    Ownership,
    Part,
    Payment,
    PaymentKind,
    Resolution,
    decide,
    explain,
    strictest,
)
from comity.model.measure import Measure, MeasureKind
from comity.model.money import Money
from support.law import REGIMES, bindings, law

FREEZE = MeasureKind.ASSET_FREEZE
PROGRAMMES = ("", "CUBA", "UKR", "RUSSIA-EO14024")
OURS = Teller(source="exercise:qm", currency="QMF")

payments = st.builds(
    Payment,
    kind=st.sampled_from(PaymentKind),
    direction=st.sampled_from(Direction),
    branch=st.just(BRANCH),
    on=st.just(DAY),
    amount=st.sampled_from((None, Money(100_000, "EUR"), Money(5, "USD"), Money(900, "QMF"))),
    is_instant=st.booleans(),
    matter=st.sampled_from(Matter),
    confirmed=st.sets(st.sampled_from(("L-1", "L-2"))).map(frozenset),
    blocked_under=st.sets(st.sampled_from(sorted(REGIMES)), max_size=1).map(frozenset),
)
measures = st.lists(
    st.builds(Measure, kind=st.sampled_from(MeasureKind), until=st.sampled_from((None, DAY))), max_size=3
).map(tuple)
ownerships = st.none() | st.builds(
    Ownership, share_bp=st.none() | st.sampled_from((0, 4999, 5000, 5001)), control=st.none() | st.booleans()
)


def matches(resolutions: st.SearchStrategy[Resolution]) -> st.SearchStrategy[Match]:
    return st.builds(
        Match,
        hit=st.sampled_from(("1", "2")),
        part=st.sampled_from(Part),
        resolution=resolutions,
        person=st.sampled_from(("listed-1", "listed-2")),
        source=st.sampled_from(sorted({source for regime in REGIMES.values() for source in regime.sources})),
        programme=st.sampled_from(PROGRAMMES),
        measures=measures,
        ownership=ownerships,
    )


def licences() -> st.SearchStrategy[Authorisation]:
    return st.builds(
        licence,
        st.sampled_from(sorted(REGIMES)),
        st.sampled_from(("L-1", "L-2")),
        st.just("art. 1"),
        persons=st.sampled_from((frozenset({"listed-1"}), frozenset({"listed-1", "listed-2"}))),
        matters=st.sets(st.sampled_from(Matter), max_size=3).map(frozenset),
        amount_max=st.sampled_from((None, Money(100_000, "EUR"))),
        conditions=st.sampled_from(((), ("notice is given",))),
    )


any_matches = st.lists(matches(st.sampled_from(Resolution)), max_size=4)
some_regimes = st.sets(st.sampled_from(sorted(REGIMES))).map(sorted)
some_licences = st.lists(licences(), max_size=3).map(tuple)
every = settings(max_examples=150, deadline=None)


@every
@given(payments, any_matches, some_regimes, some_licences)
def test_nothing_is_released_while_somebody_must_still_decide(
    payment: Payment, found: list[Match], bound: list[str], given_: tuple[Authorisation, ...]
) -> None:
    decision = decide(law(*bound, authorisations=given_), msgspec.structs.replace(payment, is_instant=False), found)
    if any(one.resolution is Resolution.UNDECIDED for one in found):
        assert STRICTNESS[decision.outcome] >= STRICTNESS[Outcome.HOLD]


@every
@given(payments, st.lists(matches(st.just(Resolution.UNDECIDED)), min_size=1, max_size=3), some_regimes)
def test_an_undecided_match_passes_only_where_a_law_says_that_it_is_dealt_with_elsewhere(
    payment: Payment, found: list[Match], bound: list[str]
) -> None:
    decision = decide(law(*bound), payment, found)
    allowed = {one.article for regime in REGIMES.values() for one in regime.passing}
    for step in decision.steps:
        assert step.outcome is not Outcome.RELEASE or step.article in allowed
        assert step.outcome is not Outcome.RELEASE or step.part in {Part.PAYER, Part.PAYEE}


@every
@given(payments, any_matches, some_regimes, st.sampled_from(sorted(REGIMES)), some_licences)
def test_one_more_regime_that_binds_never_makes_an_answer_laxer(
    payment: Payment, found: list[Match], bound: list[str], more: str, given_: tuple[Authorisation, ...]
) -> None:
    less = decide(law(*bound, authorisations=given_), payment, found)
    all_ = decide(law(*{*bound, more}, authorisations=given_), payment, found)
    assert STRICTNESS[all_.outcome] >= STRICTNESS[less.outcome]


@every
@given(payments, any_matches, some_regimes, some_licences)
def test_without_an_authorisation_no_more_money_reaches_the_payee(
    payment: Payment, found: list[Match], bound: list[str], given_: tuple[Authorisation, ...]
) -> None:
    """It may be rejected where it was held: an authorisation can lay bare that two laws contradict each other."""

    def reaches(decision: Decision) -> int:
        return -min(STRICTNESS[decision.outcome], STRICTNESS[Outcome.REJECT_AND_REPORT])

    with_ = decide(law(*bound, authorisations=given_), payment, found)
    without = decide(law(*bound, authorisations=given_[1:]), payment, found)
    assert reaches(without) <= reaches(with_)


@every
@given(payments, any_matches, some_regimes)
def test_the_order_of_matches_decides_nothing(payment: Payment, found: list[Match], bound: list[str]) -> None:
    assert decide(law(*bound), payment, found).outcome is decide(law(*bound), payment, found[::-1]).outcome


@every
@given(payments, any_matches, some_regimes)
def test_the_answer_is_the_strictest_reason_or_a_conflict(
    payment: Payment, found: list[Match], bound: list[str]
) -> None:
    decision = decide(law(*bound), payment, found)
    if decision.conflicts:
        assert decision.outcome is Outcome.HOLD
    else:
        assert decision.outcome is strictest(one.outcome for one in decision.steps)
    assert not (decision.outcome is Outcome.HOLD and decision.duties)


@every
@given(payments, any_matches, some_regimes)
def test_money_that_is_blocked_is_neither_returned_nor_given_back(
    payment: Payment, found: list[Match], bound: list[str]
) -> None:
    decision = decide(law(*bound), payment, found)
    if payment.kind in {PaymentKind.RETURN, PaymentKind.RECALL}:
        assert decision.outcome is not Outcome.REJECT_AND_REPORT
        if payment.blocked_under and not decision.conflicts:
            assert decision.outcome is Outcome.BLOCK_AND_REPORT


@every
@given(payments, any_matches, some_regimes, some_licences)
def test_reasons_can_be_read_aloud(
    payment: Payment, found: list[Match], bound: list[str], given_: tuple[Authorisation, ...]
) -> None:
    decision = decide(law(*bound, authorisations=given_), payment, found)
    sentences = explain(decision)
    assert len(sentences) == 1 + len(decision.steps) + len(decision.conflicts) + len(decision.duties)
    for one in sentences:
        assert one[0].isupper()
        assert one.endswith(".")
        assert "_" not in one


# --- single rules


def test_a_payment_without_matches_is_released() -> None:
    decision = decide(law("exercise"), OURS.pays(Direction.OUTGOING), ())
    assert decision == Decision(outcome=Outcome.RELEASE, steps=(), version=1)


def test_a_false_match_leaves_no_reason() -> None:
    match = OURS.match(Part.PAYEE, FREEZE, resolution=Resolution.FALSE)
    assert decide(law("exercise"), OURS.pays(Direction.OUTGOING), (match,)).steps == ()


def test_a_listing_that_binds_nobody_here_stops_nothing_once_it_is_decided() -> None:
    payment = OURS.pays(Direction.OUTGOING)
    decided, open_ = (OURS.match(Part.PAYEE, FREEZE, resolution=one) for one in (Resolution.TRUE, Resolution.UNDECIDED))
    assert decide(law("eu"), payment, (decided,)).outcome is Outcome.RELEASE
    assert decide(law("eu"), payment, (open_,)).outcome is Outcome.HOLD


def test_a_dataset_is_known_by_its_own_name_or_by_that_of_its_list() -> None:
    payment = OURS.pays(Direction.OUTGOING)
    for source, outcome in (("exercise:wa", Outcome.REJECT_AND_REPORT), ("exercise:qo", Outcome.RELEASE)):
        assert decide(law("exercise"), payment, (OURS.match(Part.PAYEE, FREEZE, source=source),)).outcome is outcome
    whole = msgspec.structs.replace(REGIMES["exercise"], sources=frozenset({"exercise"}))
    assert whole.knows("exercise:qo")
    assert not whole.knows("exercises")


def test_a_listing_whose_list_does_not_say_what_it_forbids_holds() -> None:
    decision = decide(law("exercise"), OURS.pays(Direction.OUTGOING), (OURS.match(Part.PAYEE),))
    assert decision.outcome is Outcome.HOLD


@pytest.mark.parametrize(
    ("since", "until", "outcome"),
    [
        (None, None, Outcome.REJECT_AND_REPORT),
        (DAY, None, Outcome.REJECT_AND_REPORT),
        (date(2031, 11, 22), None, Outcome.RELEASE),
        (None, date(2031, 11, 22), Outcome.REJECT_AND_REPORT),
        (None, DAY, Outcome.RELEASE),
    ],
)
def test_a_measure_binds_from_its_first_day_to_the_day_before_its_end(
    since: date | None, until: date | None, outcome: Outcome
) -> None:
    match = msgspec.structs.replace(OURS.match(Part.PAYEE), measures=(Measure(kind=FREEZE, since=since, until=until),))
    assert decide(law("exercise"), OURS.pays(Direction.OUTGOING), (match,)).outcome is outcome


def test_blocking_outweighs_rejecting_and_a_hold_outweighs_rejecting() -> None:
    block, reject, hold = Outcome.BLOCK_AND_REPORT, Outcome.REJECT_AND_REPORT, Outcome.HOLD
    assert strictest((reject, block)) is block
    assert strictest((reject, hold)) is hold
    assert strictest((hold, block)) is strictest((block, hold)) is block
    assert strictest(()) is Outcome.RELEASE


def test_a_block_is_reported_under_each_regime_that_asks_and_a_rejection_that_did_not_happen_is_not() -> None:
    us, eu = Teller("us_ofac_sdn", "USD"), Teller("eu_financial", "USD", "UKR")
    payment = us.pays(Direction.OUTGOING)
    found = (us.match(Part.PAYEE, FREEZE), eu.match(Part.PAYEE, FREEZE))
    decision = decide(law("us_ofac", "eu"), payment, found)
    assert decision.outcome is Outcome.BLOCK_AND_REPORT
    assert [(one.regime, one.report.id, one.due_on) for one in decision.duties] == [
        ("us_ofac", "blocked_property", date(2031, 12, 8)),
        ("eu", "information_269_2014", date(2031, 12, 5)),
    ]


@pytest.mark.parametrize(
    ("regime", "match", "direction", "owed"),
    [
        (
            "uk",
            Teller("uk_sanctions_list", "GBP").match(Part.PAYEE, FREEZE),
            Direction.INCOMING,
            [
                ("frozen_account", "SI 2019/855 (Russia), reg. 70(5)(a), and its like"),
                ("compliance", "SI 2019/855 (Russia), reg. 70(1) to (4), and its like"),
            ],
        ),
        (
            "ca",
            Teller("ca_sema", "CAD").match(Part.PAYER, FREEZE),
            Direction.INCOMING,
            [
                ("disclosure", "SOR/2014-58 (Russia), s. 7(1), and its like"),
                (
                    "fintrac",
                    "Proceeds of Crime (Money Laundering) and Terrorist Financing Act, s. 7.1; SOR/2001-317, s. 10(2)",
                ),
            ],
        ),
        ("ca", Teller("ca_sema", "CAD").match(Part.PAYEE, FREEZE), Direction.OUTGOING, []),
        (
            "ch",
            Teller("ch_seco", "CHF").match(Part.PAYER, FREEZE),
            Direction.OUTGOING,
            [("frozen", "SR 946.231.176.72, Art. 16, and its like (SR 946.203, Art. 4)")],
        ),
        ("ch", Teller("ch_seco", "CHF").match(Part.PAYEE, FREEZE), Direction.OUTGOING, []),
    ],
)
def test_what_must_be_told_at_once_is_told_of_money_that_is_held_and_as_the_law_says(
    regime: str, match: Match, direction: Direction, owed: list[tuple[str, str]]
) -> None:
    """A payment that Canada or Switzerland has refused is nobody's frozen property, and their articles speak of no other."""
    decision = decide(law(regime), OURS.pays(direction), (match,))
    assert [(one.report.id, one.report.article) for one in decision.duties] == owed
    assert {one.due_on for one in decision.duties} <= {DAY}


@pytest.mark.parametrize(
    ("agents", "outcome"),
    [
        (frozenset(), Outcome.RELEASE),
        (frozenset({"DE"}), Outcome.RELEASE),
        (frozenset({"GB"}), Outcome.HOLD),
        (frozenset({"DE", "CH"}), Outcome.HOLD),
    ],
)
def test_an_instant_payment_passes_undecided_only_between_banks_of_the_union(
    agents: frozenset[str], outcome: Outcome
) -> None:
    """Regulation (EU) No 260/2012, Art. 1(1): both payment service providers are located in the Union."""
    eu = Teller("eu_financial", "EUR")
    undecided = eu.match(Part.PAYEE, FREEZE, resolution=Resolution.UNDECIDED)
    assert (
        decide(law("eu"), eu.pays(Direction.OUTGOING, is_instant=True, agents=agents), (undecided,)).outcome is outcome
    )


@pytest.mark.parametrize("regime", ["eu", "uk"])
@pytest.mark.parametrize("matter", [Matter.PRIOR_CONTRACT, Matter.ORDINARY])
def test_an_old_debt_to_a_listed_person_is_looked_into_before_it_is_refused(regime: str, matter: Matter) -> None:
    """Reg. (EU) No 269/2014, Art. 7(2)(b), and SI 2019/855, reg. 58(5), let it be paid where it stays frozen."""
    source = {"eu": "eu_financial", "uk": "uk_sanctions_list"}[regime]
    match = Teller(source, "EUR").match(Part.PAYEE, FREEZE)
    outcome = decide(law(regime), OURS.pays(Direction.OUTGOING, matter=matter), (match,)).outcome
    assert outcome is (Outcome.HOLD if matter is Matter.PRIOR_CONTRACT else Outcome.REJECT_AND_REPORT)


def test_a_conflict_names_both_articles_and_owes_nothing_until_it_is_decided() -> None:
    us = Teller("us_ofac_sdn", "USD", "CUBA")
    decision = decide(law("us_ofac", "eu"), us.pays(Direction.OUTGOING), (us.match(Part.PAYEE, FREEZE),))
    (conflict,) = decision.conflicts
    assert (conflict.requires, conflict.forbids) == ("United States (OFAC)", "European Union")
    assert conflict.required_by == "50 U.S.C. 1702(a)(1)(B); OFAC FAQ 32 and 36"
    assert "2271/96, Art. 5" in conflict.forbidden_by
    assert decision.duties == ()


def test_there_is_no_conflict_where_the_other_law_stops_the_payment_itself() -> None:
    us, eu = Teller("us_ofac_sdn", "USD", "CUBA"), Teller("eu_financial", "USD")
    found = (us.match(Part.PAYEE, FREEZE), eu.match(Part.PAYEE, FREEZE))
    decision = decide(law("us_ofac", "eu"), us.pays(Direction.OUTGOING), found)
    assert (decision.outcome, decision.conflicts) == (Outcome.BLOCK_AND_REPORT, ())


def test_a_reason_says_match_measure_who_is_bound_and_consequence() -> None:
    match = msgspec.structs.replace(OURS.match(Part.PAYEE), measures=(Measure(kind=FREEZE, article="Order 1, art. 2"),))
    _, step, duty = explain(decide(law("exercise"), OURS.pays(Direction.OUTGOING), (match,)))
    assert step == (
        "The payee is a listed person. The measure is asset freeze (Order 1, art. 2). Meridia (fictional) binds: whoever does "
        "business in Meridia, which does not exist (Order 2029/17 of Meridia (fictional), art. 1). Nothing may be made available "
        "to a listed person; the payer's own money is not frozen and stays his (Order 2029/17 of Meridia (fictional), art. 4). "
        "Consequence: reject and report."
    )
    assert duty == (
        "Owed to the Meridia Sanctions Office (fictional): Report to the sanctions office (fictional), by 2031-11-26 "
        "(within three working days; Order 2029/17 of Meridia (fictional), art. 11)."
    )


@pytest.mark.parametrize(
    ("part", "said", "sentence"),
    [
        (
            Part.MENTIONED,
            {"resolution": Resolution.UNDECIDED},
            "Somebody who is named in a text may be a listed person.",
        ),
        (Part.INTERMEDIARY, {}, "A bank on the way is a listed person."),
        (Part.PAYEE, {"ownership": Ownership(share_bp=9000)}, "The payee is what listed persons own or control."),
    ],
)
def test_a_reason_begins_with_who_is_meant(part: Part, said: dict[str, object], sentence: str) -> None:
    decision = decide(law("exercise"), OURS.pays(Direction.OUTGOING), (OURS.match(part, FREEZE, **said),))
    assert explain(decision)[1].startswith(sentence)


def test_a_payment_of_a_branch_that_nobody_knows_is_not_decided() -> None:
    payment = msgspec.structs.replace(OURS.pays(Direction.OUTGOING), branch="elsewhere")
    with pytest.raises(BranchUnknown):
        decide(law("exercise"), payment, ())


def test_currency_and_agents_bring_a_regime_into_a_payment() -> None:
    us = Teller("us_ofac_sdn", "USD")
    clears = Binding(regime="us_ofac", nexus="us_financial_system", currencies=("USD",), agents_in=("US",))
    bound = Bindings(version=1, branches=(Branch(id=BRANCH, country="QM"),), bindings=(clears,))
    law_ = Law(regimes=REGIMES, bindings=bound)
    match = us.match(Part.PAYEE, FREEZE)
    through = us.pays(Direction.OUTGOING, agents=frozenset({"US", "QZ"}))
    around = us.pays(Direction.OUTGOING, agents=frozenset({"QZ"}))
    assert decide(law_, through, (match,)).outcome is Outcome.BLOCK_AND_REPORT
    assert decide(law_, around, (match,)).outcome is Outcome.RELEASE
    assert decide(law_, msgspec.structs.replace(through, amount=Money(1, "QMF")), (match,)).outcome is Outcome.RELEASE
    assert bindings(()).bindings == ()
