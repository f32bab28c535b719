"""Names within running text: over lines, cut by the field's end, without spaces, spelt otherwise; and where exactly they stand."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.filtering.model.enquiry import plan
from comity.filtering.model.verdict import Verdict, read_verdict, verdict_bytes
from comity.filtering.model.wording import Reason
from comity.filtering.service import Examiner
from comity.kit import json
from comity.payments.model import FieldKind, Role
from comity.screening.model.profile import FACTS
from support.paying import names, paid

K = FieldKind
DRESNOV = "Oleg Varimovich Dresnov"
COMBINE = "Baraka Trading and Construction Group of Kavrel"


def said(examiner: Examiner, *texts: str, kind: FieldKind = K.REMITTANCE) -> Verdict:
    return examiner.examine(paid(*((kind, text) for text in texts)))


@pytest.mark.parametrize(
    "lines",
    [
        ("FEES OLEG", "DRESNOV MARCH"),
        ("PAYMENT TO MR OLEG DRES", "NOV FOR FERRY"),
        ("OLEGDRESNOV FERRY",),
        ("DRESNOV, OLEG",),
        ("OLEG VARIMOVICH DRESNOV",),
        ("OLEG DRESNOW AND SONS",),
        ("LOAN FROM OLEG VARIMOVICH DRESN",),
        ("олег дреснов за аренду",),
    ],
    ids=["over lines", "a word broken", "without a space", "turned round", "whole", "another spelling", "cut", "in Cyrillic"],
)  # fmt: skip
def test_a_name_is_found_as_texts_write_it(examiner: Examiner, lines: tuple[str, ...]) -> None:
    assert names(said(examiner, *lines).hits) == [DRESNOV]


def test_a_long_name_that_the_field_cut_is_found(examiner: Examiner) -> None:
    assert names(said(examiner, "BARAKA TRADING AND CONSTRUCTION GRO", kind=K.PARTY_NAME).hits) == [COMBINE]
    assert names(said(examiner, "BARAKA TRADING AND CONSTRUC").hits) == [], "the field had place for more"


def test_a_name_that_goes_on_in_the_next_line_of_a_party_is_found(examiner: Examiner) -> None:
    payment = paid((K.PARTY_NAME, "BARAKA TRADING AND CONSTRUCTION"), (K.NAME_OR_ADDRESS, "GROUP OF KAVREL, QUAY 7"))
    (hit,) = examiner.examine(payment).hits
    assert hit.listed.caption == COMBINE
    assert [one.place for one in hit.standing] == ["party_name[0]", "name_or_address[1]"]


# --- what the message says of a party beside its name


BORN_ELSEWHERE = (K.BIRTH_DATE, "1938-11-02")
LONG = "Oleg Varimovich Dresnov General Import Agency"


def facts_of(examiner: Examiner, *said: tuple[FieldKind, str], role: Role = Role.CREDITOR) -> list[str]:
    """Return the facts that were weighed for the likeliest hit."""
    hit = examiner.examine(paid(*said, role=role)).hits[0]
    return [one.text for one in hit.evidence if one.kind in FACTS]


@pytest.mark.parametrize(
    "said",
    [
        [(K.PARTY_NAME, DRESNOV), (K.COUNTRY, "QP")],
        [(K.PARTY_NAME, LONG), (K.COUNTRY, "QP")],
        [(K.PARTY_NAME, DRESNOV), (K.NAME_OR_ADDRESS, "QUAY 7"), (K.NAME_OR_ADDRESS, "LUSUTU, NIGERIA")],
        [(K.PARTY_NAME, DRESNOV), (K.ADDRESS_LINE, "12 High Street"), (K.ADDRESS_LINE, "Nigeria")],
    ],
    ids=["its own field", "a long name, read as text too", "the end of a line", "a line of its own"],
)
def test_another_country_counts_wherever_an_address_says_it(
    examiner: Examiner, said: list[tuple[FieldKind, str]]
) -> None:
    (fact,) = facts_of(examiner, *said)
    assert re.fullmatch(r"country (QP|NG) differs from the listed nationality NO \(QM\)", fact)


def test_a_country_of_birth_is_compared_as_one(examiner: Examiner) -> None:
    said = facts_of(examiner, (K.PARTY_NAME, DRESNOV), (K.BIRTH_PLACE, "Zoria"), (K.BIRTH_PLACE, "NO"))
    assert said == ["country of birth NO is the listed nationality (QM)"]


def test_a_bank_is_where_its_own_code_says_and_its_customer_is_not(examiner: Examiner) -> None:
    bank = paid((K.AGENT_NAME, "Nordhavn Trading"), (K.BIC, "ZORLQNQN"), role=Role.CREDITOR_AGENT)
    asked = {one.text: one.question for one in plan(bank) if one.question}
    assert asked["Nordhavn Trading"].countries == ("qn",)
    assert facts_of(examiner, (K.PARTY_NAME, DRESNOV), (K.BIC, "ZORLQNQN")) == []


@pytest.mark.parametrize("line", ["CA", "ZORIA DE", "JORDAN STREET 5", "GEORGIA AVE"])
def test_two_letters_and_words_within_a_line_are_no_country_of_a_party(line: str) -> None:
    payment = paid((K.PARTY_NAME, DRESNOV), (K.NAME_OR_ADDRESS, line))
    assert {one.question.countries for one in plan(payment) if one.question} == {()}


def test_a_birth_date_that_contradicts_counts_for_a_long_name_too(examiner: Examiner) -> None:
    (plain,) = examiner.examine(paid((K.PARTY_NAME, LONG))).hits
    other = examiner.examine(paid((K.PARTY_NAME, LONG), BORN_ELSEWHERE)).hits
    assert plain.odds is not None
    assert all(one.odds is not None and one.odds.points <= plain.odds.points - 4000 for one in other)


def test_what_is_known_of_a_party_says_nothing_of_another_in_its_name(examiner: Examiner) -> None:
    name = "Fen Marlow and Sons on behalf of Oleg Dresnov"
    (hit,) = examiner.examine(paid((K.PARTY_NAME, name), (K.COUNTRY, "QP"), BORN_ELSEWHERE)).hits
    assert not [one for one in hit.evidence if one.kind in FACTS]


def test_a_hit_names_the_exact_place_and_what_speaks_for_it(examiner: Examiner) -> None:
    (hit,) = said(examiner, "FEES OLEG", "DRESNOV MARCH").hits
    assert [(one.place, one.start, one.end) for one in hit.standing] == [
        ("remittance[0]", 5, 9),
        ("remittance[1]", 0, 7),
    ]
    assert (hit.text, hit.way.value, hit.listed.references) == ("OLEG DRESNOV", "mention", ("qm_list:QM-1",))
    assert [one.effect.value for one in hit.evidence][:2] == ["for", "for"]
    assert 0.25 <= hit.probability < 1


def test_what_is_seen_and_not_alerted_is_told_with_its_reason(examiner: Examiner) -> None:
    verdict = said(examiner, "RENT 14 OLEG DRESNOV STREET, NO IRAN NEXUS, 800 LUMEN")
    assert {(one.hit.listed.caption, one.reason) for one in verdict.seen} == {
        (DRESNOV, Reason.STREET),
        ("Iran", Reason.DENIED),
        ("Lumen", Reason.NO_SHIP),
    }
    assert verdict.hits == ()


def test_facts_of_a_party_speak_in_the_odds_of_its_name(examiner: Examiner) -> None:
    def likely(*more: tuple[FieldKind, str]) -> float:
        hits = examiner.examine(paid((K.PARTY_NAME, "OLEG DRESNOV"), *more)).hits
        return max((one.probability for one in hits), default=0)

    assert likely((K.BIRTH_DATE, "1971-03-14")) > likely() > likely((K.BIRTH_DATE, "1949-08-02"))


def test_a_verdict_survives_its_bytes(examiner: Examiner) -> None:
    verdict = said(examiner, "OLEG DRESNOV", "RENT OLEG DRESNOV STREET")
    raw = verdict_bytes(verdict)
    assert read_verdict(raw) == verdict
    assert json.canonical(msgspec.json.decode(raw)) == raw


WORDS = st.sampled_from("payment rent march invoice the of for goods 4711 lamp and street lumen oleg".split())  # noqa: SIM905 - prose


@settings(max_examples=60, deadline=None)
@given(before=st.lists(WORDS, max_size=8), after=st.lists(WORDS.filter(lambda one: one != "street"), max_size=8))
def test_a_name_is_found_among_any_words(examiner: Examiner, before: list[str], after: list[str]) -> None:
    assert "Ilse Vosk" in names(said(examiner, " ".join([*before, "ILSE VOSK", *after])).hits)


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=4))
def test_a_text_without_a_name_has_no_hit_whatever_was_read_before(examiner: Examiner, texts: list[str]) -> None:
    for text in (*texts, "OLEG DRESNOV", *reversed(texts)):
        verdict = said(examiner, text)
        assert (names(verdict.hits) == [DRESNOV]) is (text == "OLEG DRESNOV")


@pytest.mark.parametrize("text", ["Oleg Dresnow", "olegdresnov", "OLEG DRES NOV", "Олег Дреснов"])
def test_what_may_be_somebody_touches_the_list(examiner: Examiner, text: str) -> None:
    assert examiner.inspector.may_be(text) or examiner.inspector.may_mention(text)
    assert not examiner.inspector.may_mention("qqxz 4711")
