"""Names within running text: over lines, cut by the field's end, without spaces, spelt otherwise; and where exactly they stand."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.filtering.model.verdict import Verdict, read_verdict, verdict_bytes
from comity.filtering.model.wording import Reason
from comity.filtering.service import Examiner
from comity.kit import json
from comity.payments.model import FieldKind
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
