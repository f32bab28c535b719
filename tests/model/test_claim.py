"""Claims and ids: what makes two statements the same, and two entities different."""

from __future__ import annotations

import base64
import hashlib
import re
import string

import msgspec
from followthemoney.types import registry
from hypothesis import assume, given
from hypothesis import strategies as st

from comity.model.claim import Claim, entity_id, statement_id

words = st.text(alphabet=string.ascii_letters + "éЖ 0-9", min_size=1, max_size=12)
details = st.dictionaries(words, words, max_size=3)
claims = st.builds(
    Claim,
    property=words,
    value=words,
    about=words | st.just(""),
    part=words,
    lang=words | st.just(""),
    original=words | st.just(""),
    detail=details,
)


@given(claims, words)
def test_the_same_claim_in_another_part_is_the_same_statement(claim: Claim, part: str) -> None:
    assert statement_id("e-1", claim) == statement_id("e-1", msgspec.structs.replace(claim, part=part))


@given(claims)
def test_the_order_of_details_says_nothing(claim: Claim) -> None:
    turned = msgspec.structs.replace(claim, detail=dict(reversed(claim.detail.items())))
    assert statement_id("e-1", claim) == statement_id("e-1", turned)


@given(claims, claims)
def test_claims_that_differ_in_what_they_say_are_different_statements(one: Claim, other: Claim) -> None:
    other = msgspec.structs.replace(other, part=one.part)
    assert (statement_id("e-1", one) == statement_id("e-1", other)) == (one == other)


@given(claims)
def test_the_same_claim_about_another_entity_is_another_statement(claim: Claim) -> None:
    assert statement_id("e-1", claim) != statement_id("e-2", claim)


@given(words, words, words)
def test_no_boundary_between_fields_can_be_moved(one: str, two: str, three: str) -> None:
    left = Claim(property=one, value=two + three)
    right = Claim(property=one + two, value=three)
    assume(left != right)
    assert statement_id("e-1", left) != statement_id("e-1", right)


def test_a_statement_id_has_16_bytes() -> None:
    assert len(statement_id("e-1", Claim(property="name", value="Ilvar Denoshka"))) == 16


@given(st.text(min_size=1), st.text(min_size=1))
def test_an_entity_id_is_the_same_on_every_node_and_can_be_read_aloud(source: str, reference: str) -> None:
    assert entity_id(source, reference) == entity_id(source, reference)
    assert re.fullmatch(r"e-[0-9a-hjkmnp-tv-z]{16}", entity_id(source, reference))


def test_an_entity_id_is_followthemoneys_kind_of_id() -> None:
    assert registry.entity.validate(entity_id("qm_list", "7"))


@given(st.text(min_size=1), st.text(min_size=1), st.text(min_size=1), st.text(min_size=1))
def test_other_sources_and_references_have_other_ids(
    source: str, reference: str, source2: str, reference2: str
) -> None:
    assume("\x1f" not in source + source2 + reference + reference2)
    same = (source, reference) == (source2, reference2)
    assert (entity_id(source, reference) == entity_id(source2, reference2)) == same


def test_an_entity_id_is_crockfords_base_32_of_the_hash() -> None:
    usual = base64.b32encode(hashlib.sha256(b"qm_list\x1fQMi.001").digest()[:10]).decode()
    crockford = usual.translate(str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789abcdefghjkmnpqrstvwxyz"))
    assert entity_id("qm_list", "QMi.001") == f"e-{crockford}"


@given(claims)
def test_a_claim_survives_being_stored(claim: Claim) -> None:
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(claim), type=Claim) == claim
