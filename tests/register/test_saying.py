"""What is said today, and which entries stand beside others, on both databases."""

from __future__ import annotations

from comity.infra.work import Work
from comity.lists.service import Desk
from comity.register import service as register
from comity.register.model.answers import StatementSearch
from support.invented import DRESNOV, EVERYBODY, HERON, but, load_document

OLEG = register.resolve_id("qm_list:QM-1")
WALLET = register.resolve_id(f"qm_list:QM-1/wallet/{DRESNOV.wallet}")


def said(work: Work, **asked: str) -> set[tuple[str, str]]:
    return {(one.property, one.value) for one in register.standing(work, StatementSearch(limit=200, **asked))[0]}  # type: ignore[arg-type]


def test_statements_are_found_by_what_they_say_and_of_whom(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-01-10", *EVERYBODY)
    assert ("passportNumber", "4418 20937") in said(work, entity=OLEG)
    assert said(work, cluster=OLEG, property="birthDate") == {("birthDate", "1971-03-14")}
    assert said(work, value=HERON.name) == {("name", HERON.name)}
    assert said(work, schema="CryptoWallet") >= {("publicKey", DRESNOV.wallet), ("holder", OLEG)}
    found, _ = register.standing(work, StatementSearch(entity=OLEG, property="name"))
    assert found[0].since.startswith("20310110T")


def test_only_what_stands_in_the_latest_edition_is_said_today(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-01-10", DRESNOV, HERON)
    load_document(work, desk, "2031-02-10", but(DRESNOV, born="1972"), HERON)
    assert said(work, entity=OLEG, property="birthDate") == {("birthDate", "1972")}
    load_document(work, desk, "2031-03-10", HERON)
    assert said(work, entity=OLEG) == set()


def test_pages_are_parts_of_one_order(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-01-10", *EVERYBODY)
    whole, total = register.standing(work, StatementSearch(limit=200))
    assert total == len(whole)
    pages = [register.standing(work, StatementSearch(limit=5, offset=at))[0] for at in range(0, total, 5)]
    assert [one for page in pages for one in page] == whole


def test_what_was_read_from_the_same_record_stands_beside_it(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-01-10", *EVERYBODY, but(VOSK_NEAR, wallet=""))
    assert register.beside(work, desk, register.show(work, desk, OLEG), {"holder"}) == [WALLET]
    assert register.beside(work, desk, register.show(work, desk, WALLET), {"holder"}) == []


def test_an_entity_is_meant_by_its_id_or_its_reference(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-01-10", *EVERYBODY)
    assert register.pointed_at(work, "qm_list", ["QM-1", OLEG, "QM-9"]) == {"QM-1": OLEG, OLEG: OLEG}


VOSK_NEAR = but(HERON, number="QM-1x", name="Sea Egret", imo="")
"""An entry whose reference begins like another's."""
