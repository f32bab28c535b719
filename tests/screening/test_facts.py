"""Facts beside a name: what each comparison says, that weights sum, and that nothing but evidence moves a probability."""

from __future__ import annotations

import math
import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.infra.work import Work
from comity.lists.service import Desk
from comity.matching import facts
from comity.model.dates import PartialDate
from comity.model.entity import COUNTRY_PROPERTIES
from comity.register.model.naming import Named, Said
from comity.screening import service as screening
from comity.screening.model.answer import Result, answer_bytes
from comity.screening.model.profile import FACTS, Profile, WeakAliases
from comity.screening.model.question import Number, Question
from comity.screening.service import Place, comparing
from support.invented import DRESNOV, EVERYBODY, HERON, VOSK, but, load_document, load_table

TABLE = facts.shipped()
LISTED = Named(
    lead="e-1",
    id="e-1",
    schema="Person",
    caption="Oleg Dresnov",
    names=("Oleg Dresnov",),
    identifiers=(
        Said("imoNumber", "9074729", "", ("QM",)),
        Said("leiCode", "529900T8BM49AURSDO55", "", ("QM",)),
        Said("passportNumber", "441820937", "no", ("QM", "QN")),
    ),
    facts=(
        Said("address", "Quay 7, Merkel lane, Kavrel, Norway", "", ("QM",)),
        Said("birthCountry", "qp", "", ("QN",)),
        Said("birthDate", "1968", "", ("QN",)),
        Said("birthDate", "1971-03-14", "", ("QM",)),
        Said("buildDate", "1998", "", ("QM",)),
        Said("incorporationDate", "2004-05", "", ("QM",)),
        Said("nationality", "qm", "", ("QM",)),
        Said("title", "Mr", "", ("QN",)),
        Said("tonnage", "48,000", "", ("QM",)),
        Said("type", "Crude oil tanker", "", ("QM",)),
    ),
    references=("qm_list:QM-1",),
)
KNOWN: dict[str, object] = {
    "birth_date": "1971-03-14",
    "countries": ("nationality:qm",),
    "gender": "male",
    "addresses": ("Merkel Lane 7, Quay, Kavrel",),
    "incorporated": "2004-05-02",
    "built": "1998",
    "vessel_type": "crude oil tanker",
    "tonnage": "48100",
}


def outcomes(**known: object) -> dict[str, str]:
    found = comparing.compare(Question.of("x", **known), LISTED, FACTS, TABLE)  # type: ignore[arg-type]
    return {one.fact: one.outcome for one in found}


@pytest.mark.parametrize(
    ("asked", "listed", "outcome"),
    [
        ("1971-03-14", "1971-03-14", "same_day"),
        ("1971-03-14", "1971-03", "same_month"),
        ("1971-03", "1971-03", "same_month"),
        ("1971-03-04", "1971-04-03", "day_and_month_exchanged"),
        ("1971-03-14", "1971-03-15", "one_digit_off"),
        ("1971-03-14", "1972-03-14", "one_digit_off"),
        ("1971-03-14", "1971-11-28", "same_year"),
        ("1971-03-14", "1971", "same_year_only"),
        ("1971", "1971", "same_year_only"),
        ("1970/1972", "1971-03-14", "within_span"),
        ("1971", "1972~", "about_the_same"),
        ("1971-03-14", "1973-08-20", "near"),
        ("1971-03-14", "1979", "years_apart"),
        ("1971-03-14", "1990-01-01", "far_apart"),
        ("1971-05", "1971-03", "same_year"),
    ],
)
def test_two_dates_are_compared_as_the_days_that_they_may_mean(asked: str, listed: str, outcome: str) -> None:
    one, other = PartialDate.parse(asked), PartialDate.parse(listed)
    assert facts.dates(one, other) == outcome
    assert facts.dates(other, one) == outcome, "whoever is asked"


def test_the_best_listed_value_decides_and_is_told_with_its_source() -> None:
    (one,) = comparing.compare(Question.of("x", birth_date="1971-03-14"), LISTED, FACTS, TABLE)
    assert (one.outcome, one.listed.value) == ("same_day", "1971-03-14")
    assert one.evidence.text == "birth date 14 Mar 1971 in both (QM)"
    (other,) = comparing.compare(Question.of("x", birth_date="1968-01-02"), LISTED, FACTS, TABLE)
    assert (other.outcome, other.listed.value) == ("same_year_only", "1968")
    (far,) = comparing.compare(Question.of("x", birth_date="1999"), LISTED, FACTS, TABLE)
    assert (far.evidence.effect.value, far.evidence.text[:23]) == ("against", "birth date contradicts:")


@pytest.mark.parametrize(
    ("country", "outcome"),
    [
        ("nationality:qm", "same"),
        ("citizenship:qm", "same"),
        ("qm", "same"),
        ("birthCountry:qm", "related"),
        ("birthCountry:qp", "same"),
        ("nationality:no", "differs_nationality"),
        ("citizenship:no", "differs_citizenship"),
        ("birthCountry:no", "differs_birthCountry"),
        ("no", "differs_unsaid"),
        ("mainCountry:no", "differs_otherwise"),
    ],
)
def test_countries_are_compared_by_what_they_are_to_somebody(country: str, outcome: str) -> None:
    assert outcomes(countries=(country,)) == {"country": outcome}


def test_a_country_for_which_many_are_listed_says_less() -> None:
    common = TABLE.common[0]
    table = TABLE.points["country"]
    assert table["same"] > table["same_common"] > 0 > table["differs_nationality"]
    listed = Named(
        lead="e", id="e", schema="Person", caption="x", names=(), identifiers=(), references=(),
        facts=(Said("nationality", common),),
    )  # fmt: skip
    (one,) = comparing.compare(Question.of("x", countries=(common,)), listed, FACTS, TABLE)
    assert one.outcome == "same_common"


def test_what_another_country_costs_depends_on_what_it_is_to_somebody() -> None:
    worth = {name.partition("_")[2]: points for name, points in TABLE.points["country"].items() if "differs_" in name}
    assert set(worth) == {*COUNTRY_PROPERTIES} - {"country"} | {"unsaid", "otherwise"}, "each has its own"
    assert worth["nationality"] < worth["mainCountry"] < worth["unsaid"] < worth["flag"] < worth["otherwise"] == 0
    assert worth["nationality"] >= -1_500, "somebody with two passports is not lost"


@given(st.permutations(["1999", "1971-03-14", "1968-01-02"]), st.integers(0, 2))
def test_of_several_birth_dates_the_one_that_agrees_best_counts(born: list[str], kept: int) -> None:
    asked = Question.of("x", birth_date=born[0], other_birth_dates=tuple(born[1:]))
    (one,) = comparing.compare(asked, LISTED, FACTS, TABLE)
    assert (one.outcome, one.query, one.listed.value) == ("same_day", "1971-03-14", "1971-03-14")
    (single,) = comparing.compare(Question.of("x", birth_date=born[kept]), LISTED, FACTS, TABLE)
    assert single.points <= one.points, "another date never costs anything"


def test_everything_that_both_sides_know_is_compared_and_nothing_else() -> None:
    assert outcomes(**KNOWN) == {
        "birth_date": "same_day", "country": "same", "gender": "same", "address": "same_place", "incorporated": "same_month",
        "built": "same_year_only", "vessel_type": "same", "tonnage": "same",
    }  # fmt: skip
    assert outcomes() == {}
    nothing = Named(lead="e", id="e", schema="Person", caption="x", names=(), identifiers=(), references=())
    asked = Question.of("x", **KNOWN)  # type: ignore[arg-type]
    assert comparing.compare(asked, nothing, FACTS, TABLE) == ()


@pytest.mark.parametrize(
    ("number", "outcome"),
    [
        ("imoNumber:9241061", "imoNumber_differs"),
        ("imoNumber:9074729", None),
        ("passportNumber:no:1234567", "passportNumber_differs"),
        ("passportNumber:qp:1234567", None),
        ("passportNumber:1234567", None),
        ("1234567", None),
    ],
)
def test_another_number_of_one_type_and_issuer_speaks_against(number: str, outcome: str | None) -> None:
    assert outcomes(identifiers=(number,)).get("identifier") == outcome


def test_a_number_that_lasts_a_life_speaks_louder_than_a_passport() -> None:
    worth = TABLE.points["identifier"]
    assert worth["imoNumber_differs"] < worth["taxNumber_differs"] < worth["passportNumber_differs"] < 0


@given(st.permutations(list(FACTS)), st.sets(st.sampled_from(sorted(KNOWN))))
def test_the_order_of_facts_never_matters(order: list[str], known: set[str]) -> None:
    asked = Question.of("x", **{name: KNOWN[name] for name in known})  # type: ignore[arg-type]
    assert set(comparing.compare(asked, LISTED, order, TABLE)) == set(comparing.compare(asked, LISTED, FACTS, TABLE))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("9074729", Number("9074729")),
        ("imoNumber:9074729", Number("9074729", "imoNumber")),
        ("passportNumber:Norway:44 18", Number("44 18", "passportNumber", "no")),
        ("leiCode:no:5299", Number("no:5299", "leiCode")),
        ("bitcoin:1Fict", Number("bitcoin:1Fict")),
        ("imoNumber:", Number("imoNumber:")),
    ],
)
def test_a_number_is_read_with_its_type_and_issuer(text: str, number: Number) -> None:
    assert Number.parse(text) == number


# --- in answers


@pytest.fixture
def loaded(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-01-10", *EVERYBODY)


def results(work: Work, place: Place, text: str, **known: object) -> tuple[Result, ...]:
    profile = Profile(threshold=0.0)
    return screening.screen(work, place, Question.of(text, **known), profile).answer.results  # type: ignore[arg-type,union-attr]


@pytest.mark.usefixtures("loaded")
def test_the_weights_and_the_start_sum_to_the_probability_that_is_shown(work: Work, place: Place) -> None:
    asked = [("Oleg Dresnov", {"birth_date": "1971", "countries": ("no",)}), ("Ilse Vosk", {"birth_date": "1999"})]
    for text, known in asked:
        for one in results(work, place, text, **known):
            summed = one.odds.start + sum(weight.points for weight in one.odds.weights)
            assert one.probability == pytest.approx(1 / (1 + math.exp(-summed / 1000)), abs=1e-6)
            assert {weight.kind for weight in one.odds.weights} >= {"name", "birth_date"}


@pytest.mark.usefixtures("loaded")
def test_a_fact_moves_the_probability_its_own_way(work: Work, place: Place) -> None:
    (plain,) = results(work, place, "Ilse Vosk")
    (agrees,) = results(work, place, "Ilse Vosk", birth_date="1980-02-03")
    (contradicts,) = results(work, place, "Ilse Vosk", birth_date="1999")
    assert contradicts.probability < plain.probability < agrees.probability


@pytest.mark.usefixtures("loaded")
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kept=st.sets(st.sampled_from(["birth_date", "countries", "addresses"])),
    name=st.sampled_from(["Oleg Varimovich Dresnov", "Oleg Dresnov", "Oleg Kestrel"]),
)
def test_removing_a_supporting_fact_never_raises_a_probability(
    work: Work, place: Place, kept: set[str], name: str
) -> None:
    whole = {"birth_date": "1971-03-14", "countries": ("no",), "addresses": ("Quay 7, Kavrel",)}

    def likely(known: dict[str, object]) -> float:
        found = results(work, place, name, **known)
        return next((one.odds.points for one in found if one.caption == DRESNOV.name), -99_999)

    part = {field: value for field, value in whole.items() if field in kept}
    for field in kept:
        less = {other: value for other, value in part.items() if other != field}
        assert likely(less) <= likely(part)


@pytest.mark.usefixtures("loaded")
def test_no_single_fact_lifts_a_name_that_contradicts_above_even(work: Work, place: Place) -> None:
    found = results(work, place, "Oleg Kestrel", birth_date="1971-03-14")
    lone = next(one for one in found if one.caption == DRESNOV.name)
    assert lone.probability <= 0.5
    assert {weight.kind: weight.points > 0 for weight in lone.odds.weights} == {"name": False, "birth_date": True}


@pytest.mark.usefixtures("loaded")
def test_the_same_points_alone_and_in_any_order(work: Work, place: Place) -> None:
    asked = [
        Question.of(text, birth_date=born, countries=countries)
        for text in ("Oleg Dresnov", "Ilse Vosk", "Sea Heron", "9074729")
        for born in ("", "1971", "1980")
        for countries in ((), ("no",))
    ]
    alone = {one: answer_bytes(screening.screen(work, place, one).answer) for one in asked}
    shuffled = random.Random(7).sample(asked, len(asked))
    assert {one: answer_bytes(screening.screen(work, place, one).answer) for one in shuffled} == alone


@pytest.mark.usefixtures("loaded")
def test_a_profile_says_which_facts_are_looked_at(work: Work, place: Place) -> None:
    asked = Question.of("Ilse Vosk", birth_date="1999")
    found = screening.screen(work, place, asked, Profile(threshold=0.0, facts=("country",))).answer
    assert {weight.kind for one in found.results for weight in one.odds.weights} == {"name"}  # type: ignore[union-attr]


def test_a_replay_of_facts_and_a_profile_after_three_newer_editions_is_the_same_to_the_byte(
    work: Work, desk: Desk, place: Place
) -> None:
    load_document(work, desk, "2031-01-10", *EVERYBODY)
    known = {"birth_date": "1971", "countries": ("nationality:no",), "addresses": ("Quay 7, Kavrel",)}
    asked = Question.of("Oleg Dresnow", identifiers=("imoNumber:9074729",), **known)  # type: ignore[arg-type]
    profile = screening.profile(work, "customer")
    kept = screening.screen(work, place, asked, profile)
    assert len(kept.answer.results) == 2  # type: ignore[union-attr]
    for day in ("2031-02-10", "2031-03-10", "2031-04-10"):
        work.at += timedelta(days=40)
        load_table(work, desk, day, but(DRESNOV, born=f"19{day[5:7]}", country="Sweden"), HERON, VOSK)
    assert screening.replay(work, place, kept.id) == answer_bytes(kept.answer)
    assert screening.setting(work, kept.id).profile == profile


# --- typed numbers and weak names


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("imoNumber:9074729", ["Sea Heron"]),
        ("imoNumber:IMO 9074729", ["Sea Heron"]),
        ("ibanCode:9074729", []),
        ("registrationNumber:9074729", []),
        ("mmsi:9074729", []),
        ("passportNumber:no:4418 20937", [DRESNOV.name]),
        ("passportNumber:qp:4418 20937", []),
        ("passportNumber:4418-20937", [DRESNOV.name]),
        ("idNumber:441820937", []),
        ("publicKey:1FictionaLAddressThatNobodyHas", [DRESNOV.name]),
        ("publicKey:1fictionaladdressthatnobodyhas", []),
        ("reference:QM-2", ["Sea Heron"]),
    ],
)
def test_a_number_is_looked_for_among_those_of_its_own_type(
    work: Work, place: Place, number: str, found: list[str]
) -> None:
    answer = screening.screen(work, place, Question.of(number)).answer
    assert [one.caption for one in answer.results] == found  # type: ignore[union-attr]
    assert all(one.probability == 1.0 for one in answer.results)  # type: ignore[union-attr]


@pytest.mark.parametrize("weak", list(WeakAliases))
def test_a_weak_alias_weighs_less_and_may_need_support(
    work: Work, place: Place, weak: WeakAliases, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert TABLE.points["name"]["weak_alias"] < 0
    read = load_document.__globals__["_listed"]

    def listed(record: object, number: str, aliases: list[str], addresses: list[str]) -> object:
        made = read(record, number, aliases, addresses)
        claims = tuple(
            type(one)(**{**{f: getattr(one, f) for f in one.__struct_fields__}, "property": "weakAlias"})
            if one.value == "The Ferryman"
            else one
            for one in made.claims
        )
        return type(made)(**{**{f: getattr(made, f) for f in made.__struct_fields__}, "claims": claims})

    monkeypatch.setitem(load_document.__globals__, "_listed", listed)
    load_document(work, place.desk, "2031-01-10", *EVERYBODY)
    profile = Profile(weak_aliases=weak)
    plain = screening.screen(work, place, Question.of("The Ferryman"), profile).answer.results  # type: ignore[union-attr]
    known = Question.of("The Ferryman", birth_date="1971-03-14")
    backed = screening.screen(work, place, known, profile).answer.results  # type: ignore[union-attr]
    assert [len(plain), len(backed)] == {
        WeakAliases.ALONE: [1, 1], WeakAliases.SUPPORTED: [0, 1], WeakAliases.NEVER: [0, 0],
    }[weak]  # fmt: skip
    for one in plain:
        assert "“The Ferryman” is listed as a weak alias (QM)" in [said.text for said in one.evidence]
        assert {weight.kind: weight.points for weight in one.odds.weights}["weak_alias"] < 0
