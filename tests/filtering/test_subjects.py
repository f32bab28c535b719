"""What an alert of a payment says of its subject: the field, the text, the number, and what has such a number."""

from __future__ import annotations

import pytest

from comity.alerts.model.subject import Said, Subject
from comity.filtering.model.subjects import dealt, subject
from comity.filtering.service import Examiner
from comity.payments.model import FieldKind, Role, Transfer
from comity.register.model.naming import Said as Stated
from comity.screening.model import saying
from support.paying import paid

K = FieldKind
WALLET = "bc1qfictionaladdress0000000000000000000000"


def told(examiner: Examiner, transfer: Transfer) -> Subject:
    return subject("p-1:x", examiner.examine(transfer).hits, transfer)


@pytest.mark.parametrize(
    ("kind", "text", "number", "property_", "schema"),
    [
        (K.REMITTANCE, "FREIGHT IMO 9319466 JANUARY", "9319466", "imoNumber", "Vessel"),
        (K.REMITTANCE, f"to {WALLET}", WALLET, "publicKey", "CryptoWallet"),
        (K.FREE_TEXT, "LEI 5493001KJTIIGC8Y1R12", "5493001KJTIIGC8Y1R12", "leiCode", "Organization"),
        (K.FREE_TEXT, "TIN 7700118822", "7700118822", "taxNumber", ""),
        (K.FREE_TEXT, "IBAN GB82WEST12345698765432", "GB82WEST12345698765432", "ibanCode", ""),
    ],
)  # fmt: skip
def test_a_number_in_a_text_is_shown_with_its_type_its_field_and_what_has_it(
    examiner: Examiner, kind: FieldKind, text: str, number: str, property_: str, schema: str
) -> None:
    found = told(examiner, paid((kind, text)))
    assert (found.caption, found.schema, found.properties) == (number, schema, {property_: (number,)})
    start = text.index(number)
    assert found.said == (Said(place=f"{kind.value}[0]", text=text, start=start, end=start + len(number)),)


def test_a_bank_that_is_found_by_its_bic_is_called_by_its_name_and_is_an_organisation(examiner: Examiner) -> None:
    transfer = paid((K.AGENT_NAME, "Bank of Somewhere Else"), (K.BIC, "KVRLQMQM"), role=Role.CREDITOR_AGENT)
    found = told(examiner, transfer)
    assert (found.caption, found.schema) == ("Bank of Somewhere Else", "Organization")
    assert found.properties == {"swiftBic": ("KVRLQMQM",), "name": ("Bank of Somewhere Else",)}
    assert found.said == (Said(place="bic[1]", text="KVRLQMQM", start=0, end=8),)


def test_a_person_who_is_found_by_an_identity_number_is_a_person_with_that_number(examiner: Examiner) -> None:
    found = told(examiner, paid((K.PARTY_NAME, "Somebody Else"), (K.NATIONAL_ID, "QM55501", "NIDN")))
    assert (found.caption, found.schema) == ("Somebody Else", "Person")
    assert found.properties == {"idNumber": ("QM55501",), "name": ("Somebody Else",)}


def test_a_passport_is_kept_as_a_passport(examiner: Examiner) -> None:
    transfer = paid((K.PARTY_NAME, "Oleg Dresnov"), (K.NATIONAL_ID, "X 1234", "CCPT"))
    assert told(examiner, transfer).properties["passportNumber"] == ("X 1234",)


def test_a_party_of_which_only_a_name_is_told_may_be_anything(examiner: Examiner) -> None:
    found = told(examiner, paid((K.PARTY_NAME, "Oleg Dresnov")))
    assert (found.caption, found.schema) == ("Oleg Dresnov", "")
    assert found.said == (Said(place="party_name[0]", text="Oleg Dresnov", start=0, end=12),)


def test_an_earlier_dealing_shows_its_number(examiner: Examiner) -> None:
    (hit,) = examiner.examine(paid((K.REMITTANCE, "FREIGHT IMO 9319466"))).hits
    found = dealt("p-1:l-1:0", hit)
    assert (found.caption, found.schema, found.properties) == ("9319466", "Vessel", {"imoNumber": ("9319466",)})


@pytest.mark.parametrize("property_", saying.NUMBERS)
def test_the_sentence_of_a_number_says_its_type(property_: str) -> None:
    assert saying.type_of(saying.of_number(Stated(property_, "4418 20937"), property_)) == property_
