"""Whoever is planted into any screened field of any kind of message is found, in that field; evidence is never a question."""

from __future__ import annotations

import pytest

from comity.filtering.model.verdict import Verdict
from comity.filtering.service import Examiner
from comity.payments.model import Against, FieldKind, MessageKind, Screened, Transfer, fields
from support.paying import KINDS, replanted, transfers

K = FieldKind
HIT_AND_SEEN = "a town of a territory in an address that names another country is seen, and raises no alert"

NUMBERS = {
    K.BIC: ("KVRLQMQM", "Kavrel Maritime Bank"),
    K.LEI: ("5493001KJTIIGC8Y1R12", "Quellimar Holding"),
    K.IBAN: ("GB82 WEST 1234 5698 7654 32", "Quellimar Holding"),
    K.ACCOUNT: ("bc1qfictionaladdress0000000000000000000000", "Quellimar Holding"),
    K.PROXY: ("bc1qfictionaladdress0000000000000000000000", "Quellimar Holding"),
    K.CLEARING_ID: ("QZ1234567", "Quellimar Holding"),
    K.NATIONAL_ID: ("4418 20937", "Oleg Varimovich Dresnov"),
    K.ORGANISATION_ID: ("QM-778812", "Zorvanek"),
}
"""A listed number of each kind, and whose it is. Lists print no telephone numbers."""

SCHEMED = {"TXID": ("7700118822", "Oleg Varimovich Dresnov"), "NIDN": ("QM55501", "Oleg Varimovich Dresnov")}
NOBODYS = {"CUST", "EMPL", "BANK"}

PLANTS = {
    Against.PARTY: ("OLEG DRESNOV", "Oleg Varimovich Dresnov"),
    Against.VESSEL: ("MV SEA HERON", "Sea Heron"),
    Against.PLACE: ("HAVANA", "Cuba"),
    Against.COUNTRY: ("CUBA", "Cuba"),
}
CODES = {K.COUNTRY: "CU", K.BIC: "ABCDCUHH", K.IBAN: "KP00000000000000"}


def planted(one: Screened, against: Against) -> tuple[str, str] | None:
    """Return what to plant into a field, and who must then be found."""
    if against is Against.COUNTRY and one.kind in CODES:
        return CODES[one.kind], "Cuba" if one.kind is not K.IBAN else ""
    if against is not Against.IDENTIFIER:
        return PLANTS[against]
    if one.kind in {K.REMITTANCE, K.FREE_TEXT}:
        return "PASSPORT 4418-20937", "Oleg Varimovich Dresnov"
    return None if one.scheme in NOBODYS or one.kind is K.CONTACT else SCHEMED.get(one.scheme, NUMBERS[one.kind])


def found_at(verdict: Verdict, place: str) -> set[str]:
    """Return who was hit, or seen, in a field."""
    said = [*verdict.hits, *(one.hit for one in verdict.seen)]
    return {one.listed.caption for one in said if any(place == where.place for where in one.standing)}


def examples() -> list[tuple[MessageKind, Transfer]]:
    return [(kind, transfer) for kind in KINDS.values() for one in kind.examples for transfer in transfers(one.text)]


@pytest.mark.parametrize(("kind", "transfer"), examples(), ids=lambda one: getattr(one, "id", ""))
def test_whoever_is_planted_is_found_in_every_field(examiner: Examiner, kind: MessageKind, transfer: Transfer) -> None:
    count = 0
    for one in fields(transfer):
        for against in sorted(one.against, key=lambda against: against.value):
            plant = planted(one, against)
            if plant and plant[1]:
                text, meant = plant
                assert meant in found_at(examiner.examine(replanted(transfer, one.place, text)), one.place), (one, text)
                count += 1
    assert count > len(list(fields(transfer))) // 3


@pytest.mark.parametrize(("kind", "transfer"), examples(), ids=lambda one: getattr(one, "id", ""))
def test_evidence_is_never_a_question(examiner: Examiner, kind: MessageKind, transfer: Transfer) -> None:
    for one in fields(transfer):
        if not one.against:
            for text, _ in (*PLANTS.values(), *NUMBERS.values()):
                assert not found_at(examiner.examine(replanted(transfer, one.place, text)), one.place), (one, text)


@pytest.mark.parametrize(("kind", "transfer"), examples(), ids=lambda one: getattr(one, "id", ""))
def test_an_ordinary_payment_passes_and_says_what_was_asked(
    examiner: Examiner, kind: MessageKind, transfer: Transfer
) -> None:
    verdict = examiner.examine(transfer)
    asked = [one for one in fields(transfer) if one.against]
    assert (verdict.fields, verdict.fields + verdict.evidence_fields) == (len(asked), len(list(fields(transfer))))
