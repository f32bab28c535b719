"""What each text may be compared with, and who is named."""

from __future__ import annotations

import pytest

from comity.payments.model import (
    AGAINST,
    REMITTANCE,
    Against,
    Chain,
    FieldKind,
    Gathered,
    Original,
    Role,
    Transfer,
    fields,
    screened,
)

K = FieldKind


def test_every_kind_of_text_says_what_it_is_compared_with() -> None:
    assert set(AGAINST) == set(FieldKind)


@pytest.mark.parametrize("kind", [K.STREET, K.REFERENCE, K.POSTCODE, K.BIRTH_DATE, K.BIRTH_PLACE])
def test_a_street_and_a_reference_are_never_a_question_of_their_own(kind: FieldKind) -> None:
    assert screened(kind, "Admiral Ostrand Street 9074729", "x").against == frozenset()


@pytest.mark.parametrize("kind", [K.ADDRESS_LINE, K.TOWN, K.REGION, K.COUNTRY])
def test_an_address_is_compared_with_places_only(kind: FieldKind) -> None:
    assert screened(kind, "Port Ostrand", "x").against <= {Against.PLACE, Against.COUNTRY}


def test_only_names_and_running_text_are_compared_with_vessels() -> None:
    found = {kind for kind in FieldKind if Against.VESSEL in AGAINST[kind]}
    assert found == {K.PARTY_NAME, K.REMITTANCE, K.FREE_TEXT}


def test_numbers_are_compared_with_numbers_and_never_with_names() -> None:
    for kind in (K.ACCOUNT, K.IBAN, K.NATIONAL_ID, K.ORGANISATION_ID, K.LEI, K.CLEARING_ID, K.PROXY, K.BIC):
        assert Against.IDENTIFIER in AGAINST[kind]
        assert not {Against.PARTY, Against.VESSEL} & AGAINST[kind]


@pytest.mark.parametrize(
    ("kind", "text", "judgement"),
    [
        (K.IBAN, "GB82 WEST 1234 5698 7654 32", True),
        (K.IBAN, "GB82WEST12345698765433", False),
        (K.BIC, "DEUTDEFF500", True),
        (K.BIC, "DEUTDEFF50", False),
        (K.LEI, "5493001KJTIIGC8Y1R12", True),
        (K.LEI, "5493001KJTIIGC8Y1R13", False),
        (K.ACCOUNT, "GB82WEST12345698765433", None),
        (K.PARTY_NAME, "GB82WEST12345698765433", None),
    ],
)  # the two banks' codes and the LEI are the examples of ISO 9362, ISO 13616 and ISO 17442
def test_identifiers_are_judged_and_kept_as_they_stand(kind: FieldKind, text: str, judgement: bool | None) -> None:  # noqa: FBT001
    found = screened(kind, text, "x")
    assert (found.text, found.is_valid) == (text, judgement)


def test_what_claims_to_be_a_number_and_is_none_is_also_compared_with_names() -> None:
    assert Against.PARTY in screened(K.BIC, "TALVI OSTRAND", "x").against
    assert Against.PARTY in screened(K.IBAN, "TALVI OSTRAND", "x").against
    assert Against.PARTY not in screened(K.BIC, "DEUTDEFF500", "x").against
    assert Against.VESSEL not in screened(K.BIC, "TALVI OSTRAND", "x").against


def transfer() -> Transfer:
    gathered = Gathered()
    for kind, text, role in (
        (K.PARTY_NAME, "Talvi Ostrand", Role.CREDITOR),
        (K.BIC, "ZORLQZQZ", Role.CREDITOR_AGENT),
        (K.IBAN, "GB82WEST12345698765432", Role.CREDITOR),
        (K.STREET, "Ferry Lane", Role.CREDITOR),
        (K.TOWN, "Zoria", Role.CREDITOR),
        (K.COUNTRY, "QZ", Role.CREDITOR),
        (K.BIRTH_DATE, "1981-04-05", Role.CREDITOR),
        (K.NATIONAL_ID, "K-1", Role.CREDITOR),
        (K.AGENT_NAME, "Bank of Quamaria", Role.DEBTOR),
        (K.FREE_TEXT, "call first", None),
    ):
        gathered.add(screened(kind, text, f"{role}/{kind.value}", role))
    gathered.add(screened(K.REMITTANCE, "repair", "r/1"), REMITTANCE)
    gathered.add(screened(K.REFERENCE, "RF-1", "r/2"), REMITTANCE)
    parties, agents, remittance, texts = gathered.parts()
    beneath = Chain(texts=(screened(K.FREE_TEXT, "beneath", "b"),))
    original = Original(texts=(screened(K.FREE_TEXT, "original", "o"),))
    return Transfer(
        kind="x",
        version="x",
        number=1,
        parties=parties,
        agents=agents,
        remittance=remittance,
        texts=texts,
        underlying=beneath,
        original=original,
    )


def test_somebody_is_what_was_said_of_them_wherever_it_stood() -> None:
    found = transfer()
    (creditor,) = found.parties
    assert (creditor.name, creditor.account, creditor.country) == ("Talvi Ostrand", "GB82WEST12345698765432", "QZ")
    assert (creditor.address, creditor.birth_date) == (("Ferry Lane", "Zoria"), "1981-04-05")
    assert [one.text for one in creditor.identifiers] == ["K-1"]
    assert [(agent.role, agent.name, agent.bic) for agent in found.agents] == [
        (Role.CREDITOR_AGENT, "", "ZORLQZQZ"),
        (Role.DEBTOR, "Bank of Quamaria", ""),
    ]
    assert (found.remittance.unstructured, found.remittance.references) == (("repair",), ("RF-1",))
    assert found.named(Role.SENDER) is None


def test_every_text_of_every_part_is_screened_once() -> None:
    texts = [one.text for one in fields(transfer())]
    assert len(texts) == 14
    assert len(set(texts)) == 14
    assert {"beneath", "original", "call first", "repair", "RF-1"} <= set(texts)
