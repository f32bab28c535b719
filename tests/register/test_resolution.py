"""Which two entries are the same by rule, which are put before a person, and what many judgements make together."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.register.model.answers import Card
from comity.register.model.resolution import PROVING, Judgement, Pair, Verdict, components, kind, rule, weigh


def pair(
    numbers: str = "",
    names: int = 0,
    *,
    born: tuple[str, str] = ("", ""),
    countries: tuple[str, str] = ("", ""),
    kinds: tuple[str, str] = ("Person", "Person"),
) -> Pair:
    left, right = (
        Card(caption="x", code="QM", born=tuple(one.split()), countries=tuple(two.split()))
        for one, two in zip(born, countries, strict=True)
    )
    shared = frozenset(numbers.split())
    return Pair(left=left, right=right, left_schema=kinds[0], right_schema=kinds[1], numbers=shared, names=names)


@pytest.mark.parametrize(
    ("compared", "by"),
    [
        (pair("unscId"), "rule:unscId"),
        (pair("unscId passportNumber"), "rule:unscId"),
        (pair("imoNumber", kinds=("Vessel", "Vessel")), "rule:imoNumber"),
        (pair("imoNumber", kinds=("Company", "Organization")), None),  # a company that prints its ship's number
        (pair("publicKey", kinds=("CryptoWallet", "CryptoWallet")), "rule:publicKey"),
        (pair("leiCode", kinds=("Company", "LegalEntity")), "rule:leiCode"),
        (pair("passportNumber"), None),
        (pair("passportNumber", born=("1971-03-14", "1971-03-14")), "rule:number_and_birth_date"),
        (pair("passportNumber", born=("1971-03-14 1972", "1971-03-14")), "rule:number_and_birth_date"),
        (pair("passportNumber", names=2), "rule:number_and_name"),
        (pair("passportNumber", names=1), None),
        (pair("passportNumber", born=("1971", "1971-03-14")), None),  # a year is not the day
        (pair("passportNumber", born=("1971-03-14~", "1971-03-14~")), None),
        (pair(names=4), None),  # a name alone never joins
        (pair(names=3, born=("1971-03-14", "1971-03-14")), "rule:name_and_birth_date"),
        (pair(names=2, born=("1971-03-14", "1971-03-14")), None),
        (pair(names=3, born=("1971-03", "1971-03")), None),
        (pair("unscId", born=("1971-03-14", "1975")), None),  # what cannot be is not
        (pair("unscId", born=("1971-03-14", "1971")), "rule:unscId"),
        (pair("unscId", kinds=("Person", "Vessel")), None),
        (pair("unscId", names=5, kinds=("Person", "LegalEntity")), None),
        (pair("passportNumber", names=3, born=("1971-03-14", "1980-01-01")), None),
        (pair(), None),
    ],
)
def test_rules_join_only_on_what_proves(compared: Pair, by: str | None) -> None:
    assert rule(compared) == by


pairs = st.builds(
    pair,
    st.sets(st.sampled_from(["unscId", "imoNumber", "passportNumber", "taxNumber"])).map(" ".join),
    st.integers(0, 4),
    born=st.tuples(*[st.sampled_from(["", "1971-03-14", "1971", "1980-01-01", "never"])] * 2),
    countries=st.tuples(*[st.sampled_from(["", "no", "no pa", "qa"])] * 2),
    kinds=st.tuples(*[st.sampled_from(["Person", "Vessel", "Company", "Organization"])] * 2),
)


def mirrored(one: Pair) -> Pair:
    return Pair(
        left=one.right,
        right=one.left,
        left_schema=one.right_schema,
        right_schema=one.left_schema,
        numbers=one.numbers,
        names=one.names,
    )


@given(pairs)
def test_which_of_two_comes_first_changes_nothing(one: Pair) -> None:
    assert rule(one) == rule(mirrored(one))
    assert weigh(one) == weigh(mirrored(one))


@given(pairs)
def test_a_score_is_a_share_and_speaks_of_what_agrees_and_differs(one: Pair) -> None:
    found = weigh(one)
    if found is None:
        other_kinds = kind(one.left_schema) != kind(one.right_schema)
        disagree = set(one.left.born) != set(one.right.born) or set(one.left.countries) != set(one.right.countries)
        assert other_kinds or (not one.numbers and one.names < 2) or disagree
    else:
        assert 0 < found.score <= 1
        assert not set(found.agrees) & set(found.differs)
        assert one.numbers <= set(found.agrees)


@given(pairs)
def test_what_a_rule_joins_is_no_secret_to_a_person(one: Pair) -> None:
    """Whatever is joined by rule would stand in the queue if somebody forbade the rule."""
    if rule(one) is not None:
        assert weigh(one) is not None


def test_more_agreement_comes_before_less() -> None:
    ranked = [
        pair("passportNumber", 3, born=("1971", "1971"), countries=("no", "no")),
        pair(names=3, born=("1971", "1971"), countries=("no", "no")),
        pair(names=3, born=("1971", "1971")),
        pair(names=3),
        pair(names=3, countries=("no", "qa")),
    ]
    scores = [found.score for one in ranked if (found := weigh(one))]
    assert scores == sorted(set(scores), reverse=True)
    assert len(scores) == len(ranked)
    assert weigh(pair(names=3, born=("1971", "1980"), countries=("no", "qa"))) is None


def test_organisations_of_every_form_are_of_one_kind() -> None:
    assert {kind(schema) for schema in ("Organization", "Company", "LegalEntity", "PublicBody")} == {"organisation"}
    assert len({kind(schema) for schema in ("Person", "Vessel", "Airplane", "CryptoWallet", "Company")}) == 5
    assert all(not number.startswith("passport") for number in PROVING)


# --- groups ---

nodes = st.sampled_from("abcdefgh")
edges = st.lists(st.tuples(nodes, nodes), max_size=8)


@given(edges, st.sets(nodes))
def test_groups_hold_everyone_once(joined: list[tuple[str, str]], alone: set[str]) -> None:
    groups = components(joined, alone)
    everyone = [one for group in groups for one in group]
    assert sorted(everyone) == sorted({*alone, *(one for edge in joined for one in edge)})


@given(edges, st.sets(nodes))
def test_two_are_in_one_group_exactly_where_a_chain_of_joins_leads(
    joined: list[tuple[str, str]], alone: set[str]
) -> None:
    reach = {one: {one} for one in "abcdefgh"}
    for _ in range(8):
        for left, right in joined:
            both = reach[left] | reach[right]
            for one in both:
                reach[one] |= both
    for group in components(joined, alone):
        assert all(reach[one] == group for one in group)


@given(edges, st.sets(nodes), st.data())
def test_the_order_of_joins_changes_nothing(
    joined: list[tuple[str, str]], alone: set[str], data: st.DataObject
) -> None:
    assert components(data.draw(st.permutations(joined)), alone) == components(joined, alone)


# --- judgements ---


def judged(at: int, undone: int | None = None, by: str = "user:1") -> Judgement:
    def day(number: int) -> datetime:
        return datetime(2031, 1, number, tzinfo=UTC)

    return Judgement(
        id="j-1",
        left="a",
        right="b",
        verdict=Verdict.SAME,
        by=by,
        at=day(at),
        reason="r",
        undone_at=day(undone) if undone else None,
    )


@pytest.mark.parametrize(
    ("one", "stood"),
    [(judged(3), [False, True, True]), (judged(3, 5), [False, True, False]), (judged(9), [False, False, False])],
)
def test_a_judgement_stands_from_when_it_is_made_until_it_is_undone(one: Judgement, stood: list[bool]) -> None:
    assert [one.stood(datetime(2031, 1, number, tzinfo=UTC)) for number in (2, 4, 6)] == stood


def test_rules_and_people_are_told_apart() -> None:
    assert judged(1, by="rule:unscId").is_by_rule
    assert not judged(1).is_by_rule
    assert judged(1).stands
    assert not judged(1, 2).stands
