"""A recall of money that is blocked is refused, and one of money that is held is pending; neither says why."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from lxml import etree

from comity.catalogue import messages
from comity.filtering.model import NotAnswered, Notice, Unrejectable, Written, answer
from comity.filtering.model.holding import State
from comity.kit.catalogue import discover
from comity.payments.model import InMemory, MessageKind, Transfer, read

KINDS = discover(messages, "MESSAGE", MessageKind)
NOTICE = Notice(bic="ZORLQZQZXXX", reference="R-2031-1", at=datetime(2031, 11, 21, 15, 2, tzinfo=UTC))
TELLING = ("sanction", "listed", "freeze", "frozen", "block", "held", "LEGL", "RR04", "NARR", "AddtlInf")


def example(kind: str) -> Transfer:
    return next(iter(read(KINDS, InMemory("example", KINDS[kind].examples[0].text.encode()))))


def leaves(written: Written) -> dict[str, str]:
    root = etree.fromstring(written.text.encode())
    return {etree.QName(one).localname: one.text for one in root.iter() if one.text and one.text.strip()}


@pytest.mark.parametrize(("state", "says"), [(State.BLOCKED, "RJCR"), (State.HELD, "PDCR")])
def test_a_recall_is_answered_by_where_the_money_stands_and_not_why(state: State, says: str) -> None:
    written = answer(example("camt_056"), state, NOTICE)
    said = leaves(written)
    assert (written.name, written.to) == ("camt.029.001.09", "QUAMQMQM")
    assert (said["Conf"], said["TxCxlSts"], said["CxlStsId"], said["OrgnlEndToEndId"]) == (
        says,
        says,
        "QM-REC-1",
        "INV-77",
    )
    assert said.get("Cd") == ("AGNT" if state is State.BLOCKED else None)
    assert [word for word in TELLING if word.casefold() in written.text.casefold()] == []


@pytest.mark.parametrize("state", [State.PASSED, State.RELEASED, State.REJECTED])
def test_whoever_has_the_money_answers(state: State) -> None:
    with pytest.raises(NotAnswered):
        answer(example("camt_056"), state, NOTICE)


@pytest.mark.parametrize("kind", ["pacs_008", "pacs_004", "mt103"])
def test_nothing_but_a_recall_is_answered_so(kind: str) -> None:
    with pytest.raises(Unrejectable):
        answer(example(kind), State.BLOCKED, NOTICE)


def test_a_recall_of_a_bank_without_its_code_is_refused() -> None:
    lost = msgspec.structs.replace(example("camt_056"), agents=(), parties=())
    with pytest.raises(Unrejectable, match="asks"):
        answer(lost, State.BLOCKED, NOTICE)


@pytest.mark.data
@pytest.mark.parametrize("state", [State.BLOCKED, State.HELD])
@pytest.mark.parametrize(("version", "name"), [("08", "camt.029.001.09"), ("11", "camt.029.001.13")])
def test_what_is_answered_is_valid(shared: Path, state: State, version: str, name: str) -> None:
    recall = msgspec.structs.replace(example("camt_056"), version=f"camt.056.001.{version}")
    written = answer(recall, state, NOTICE)
    assert written.name == name
    schema = etree.XMLSchema(etree.parse(shared / "messages" / "xsd" / f"{name}.xsd"))
    schema.assertValid(etree.fromstring(written.text.encode()))


@pytest.mark.data
def test_the_answer_to_every_shared_recall_is_valid(shared: Path) -> None:
    checked = 0
    for file in sorted((shared / "messages").rglob("*camt_056*.xml")):
        for recall in read(KINDS, InMemory(file.name, file.read_bytes())):
            written = answer(recall, State.BLOCKED, NOTICE)
            schema = etree.XMLSchema(etree.parse(shared / "messages" / "xsd" / f"{written.name}.xsd"))
            schema.assertValid(etree.fromstring(written.text.encode()))
            checked += 1
    assert checked
