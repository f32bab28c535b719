"""A rejection says which payment is rejected and never why; what is not rejected has no such message."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from lxml import etree

from comity.catalogue import messages
from comity.filtering.model import Decision, Notice, NotRejected, Outcome, Unrejectable, Written, reject
from comity.kit.catalogue import discover
from comity.payments.model import InMemory, MessageKind, MessageUnreadable, Transfer, read

KINDS = discover(messages, "MESSAGE", MessageKind)
REJECTED = Decision(outcome=Outcome.REJECT_AND_REPORT, steps=(), version=1)
NOTICE = Notice(bic="HBOMQMP1XXX", reference="R-2031-1", at=datetime(2031, 11, 21, 15, 2, tzinfo=UTC))
TELLING = ("sanction", "listed", "freeze", "frozen", "block", "ofac", "RR04", "AC06", "NARR", "LEGL", "AddtlInf")


def example(kind: str) -> Transfer:
    raw = KINDS[kind].examples[0].text.encode()
    return next(iter(read(KINDS, InMemory("example", raw))))


def rejected(transfer: Transfer) -> Written:
    return reject(REJECTED, transfer, NOTICE)


def leaf(written: Written, name: str) -> str:
    found: list[str] = etree.fromstring(written.text.encode()).xpath(
        f"//*[local-name()='{name}']//text()[normalize-space()]"
    )
    return found[0] if found else ""


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("pacs_008", "pacs.002.001.10"),
        ("pacs_009", "pacs.002.001.10"),
        ("pain_001", "pain.002.001.10"),
        ("mt103", "MT199"),
        ("mt101", "MT199"),
        ("mt202", "MT299"),
        ("mt202_cov", "MT299"),
    ],
)
def test_each_payment_is_rejected_in_its_own_language_without_saying_why(kind: str, name: str) -> None:
    transfer = example(kind)
    written = rejected(transfer)
    assert written.name == name
    assert transfer.message_id in written.text
    assert "MS03" in written.text
    assert [word for word in TELLING if word.casefold() in written.text.casefold()] == []


@pytest.mark.parametrize("kind", ["pacs_008", "pacs_009", "pain_001", "mt103", "mt202"])
@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.REJECT_AND_REPORT])
def test_nothing_else_is_ever_rejected_least_of_all_a_block(kind: str, outcome: Outcome) -> None:
    with pytest.raises(NotRejected):
        reject(Decision(outcome=outcome, steps=(), version=1), example(kind), NOTICE)


@pytest.mark.parametrize("kind", ["pacs_004", "camt_056", "csv_transfers"])
def test_a_return_a_recall_and_a_table_are_not_answered_by_a_rejection(kind: str) -> None:
    with pytest.raises(Unrejectable):
        rejected(example(kind))


def test_a_status_report_repeats_the_references_and_goes_to_whoever_instructed() -> None:
    written = rejected(example("pacs_008"))
    said = {
        name: leaf(written, name) for name in ("OrgnlMsgId", "OrgnlMsgNmId", "OrgnlEndToEndId", "OrgnlUETR", "TxSts")
    }
    assert said == {
        "OrgnlMsgId": "QM-2031-0001",
        "OrgnlMsgNmId": "pacs.008.001.08",
        "OrgnlEndToEndId": "INV-77",
        "OrgnlUETR": "00000000-0000-4000-8000-000000000001",
        "TxSts": "RJCT",
    }
    assert (written.to, leaf(written, "InstgAgt"), leaf(written, "InstdAgt")) == (
        "QUAMQMQMXXX",
        "HBOMQMP1XXX",
        "QUAMQMQMXXX",
    )
    assert leaf(written, "CreDtTm") == "2031-11-21T15:02:00+00:00"


def test_later_versions_are_answered_by_the_later_report() -> None:
    for version, name in (("pacs.008.001.10", "pacs.002.001.10"), ("pacs.008.001.11", "pacs.002.001.14")):
        assert rejected(msgspec.structs.replace(example("pacs_008"), version=version)).name == name


def test_a_customer_is_told_which_of_his_orders_is_rejected_and_no_more() -> None:
    written = rejected(example("pain_001"))
    assert (leaf(written, "OrgnlPmtInfId"), leaf(written, "OrgnlEndToEndId"), written.to) == ("B9-1", "PAY-1", "")
    assert "Agt" not in written.text


def test_an_mt199_has_the_form_of_a_reject() -> None:
    assert rejected(example("mt103")) == Written(
        name="MT199",
        to="QUAMQMQMXXX",
        text="{4:\r\n:20:R-2031-1\r\n:21:QM103-1\r\n:79:/REJT/99\r\n/XT99/MS03/\r\n/MREF/QM103-1\r\n"
        "/TEXT//UETR/00000000-0000-4000-8000-000000000002\r\n-}",
    )


@pytest.mark.parametrize(
    ("kind", "lost"), [("pacs_008", {"message_id": ""}), ("mt103", {"message_id": ""}), ("pain_001", {"texts": ()})]
)
def test_a_payment_without_the_references_to_repeat_is_refused(kind: str, lost: dict[str, object]) -> None:
    with pytest.raises(Unrejectable):
        rejected(msgspec.structs.replace(example(kind), **lost))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"reference": "too long for any network"}, "reference"),
        ({"reference": "a\nb"}, "reference"),
        ({"bic": "bank"}, "bic"),
    ],
)
def test_what_no_network_takes_is_refused_with_its_field(said: dict[str, str], field: str) -> None:
    with pytest.raises(Unrejectable, match=field):
        reject(REJECTED, example("pacs_008"), msgspec.structs.replace(NOTICE, **said))


# --- against the schemas


def schema(shared: Path, name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(shared / "messages" / "xsd" / f"{name}.xsd"))


@pytest.mark.data
@pytest.mark.parametrize("kind", ["pacs_008", "pacs_009", "pain_001"])
@pytest.mark.parametrize("release", ["", ".13"])
def test_what_is_written_is_valid(shared: Path, kind: str, release: str) -> None:
    transfer = example(kind)
    version = transfer.version.rpartition(".")[0] + release if release else transfer.version
    written = rejected(msgspec.structs.replace(transfer, version=version))
    schema(shared, written.name).assertValid(etree.fromstring(written.text.encode()))


@pytest.mark.data
def test_the_rejection_of_every_shared_payment_is_valid(shared: Path) -> None:
    known: dict[str, etree.XMLSchema] = {}
    checked = 0
    for file in sorted((shared / "messages").rglob("*.xml")):
        for transfer in readable(file):
            if transfer.kind in {"pacs_008", "pacs_009", "pain_001"}:
                written = rejected(transfer)
                known.setdefault(written.name, schema(shared, written.name))
                known[written.name].assertValid(etree.fromstring(written.text.encode()))
                checked += 1
    assert checked > 20


def readable(file: Path) -> list[Transfer]:
    try:
        return list(read(KINDS, InMemory(file.name, file.read_bytes())))
    except MessageUnreadable:
        return []
