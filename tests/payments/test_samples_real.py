"""Public samples of ISO 20022 and SWIFT messages: each is read, or refused with its place; both forms of one payment agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from comity.catalogue import messages
from comity.kit.catalogue import discover
from comity.payments.model import (
    Chain,
    FieldKind,
    InMemory,
    KindUnknown,
    MessageKind,
    MessageUnreadable,
    Role,
    Transfer,
    announced,
    fields,
    read,
)

pytestmark = pytest.mark.data

KINDS = discover(messages, "MESSAGE", MessageKind)

READ = {
    "pacs_008": 18,
    "pacs_009": 16,
    "pacs_004": 14,
    "camt_056": 3,
    "pain_001": 5,
    "mt103": 17,
    "mt202": 12,
    "mt202_cov": 6,
    "mt101": 1,
}
"""Files of each kind among the samples, counted by their namespaces and headers."""

FOLDERS = ("iso20022", "mt_mx_pairs", "mt")


@pytest.fixture(scope="module")
def samples(shared: Path) -> list[Path]:
    folders = (shared / "messages" / name for name in FOLDERS)
    return sorted(file for folder in folders for file in folder.rglob("*") if file.is_file())


def opened(file: Path) -> InMemory:
    return InMemory(file.name, file.read_bytes())


def transfers(file: Path) -> list[Transfer]:
    return list(read(KINDS, opened(file)))


def announces(file: Path) -> str:
    try:
        return announced(opened(file)).name
    except KindUnknown:
        return "no namespace of ISO 20022"


def test_every_sample_is_read_or_refused_as_a_kind_that_is_not_a_payment(samples: list[Path]) -> None:
    found: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for file in samples:
        try:
            found[transfers(file)[0].kind] += 1
        except KindUnknown:
            refused[announces(file)] += 1
    assert dict(found) == READ
    assert not refused.keys() & {name for kind in KINDS.values() for name in kind.names}
    assert refused.total() == len(samples) - sum(READ.values())


def test_every_text_of_every_sample_is_screened_somewhere(samples: list[Path]) -> None:
    for file in samples:
        try:
            found = transfers(file)
        except KindUnknown:
            continue
        for transfer in found:
            said = list(fields(transfer))
            assert all(one.text == one.text.strip() != "" for one in said)
            assert any(one.kind in {FieldKind.PARTY_NAME, FieldKind.BIC, FieldKind.AGENT_NAME} for one in said), (
                file.name
            )
            assert transfer.amount is not None or transfer.original is not None


# --- two forms of one payment

PARTIES = (Role.DEBTOR, Role.CREDITOR)
AGENTS = (Role.DEBTOR_AGENT, Role.CREDITOR_AGENT, Role.INTERMEDIARY_AGENT_1)


def pairs(samples: list[Path]) -> Iterator[tuple[str, Transfer, Transfer]]:
    """Yield each payment of the translated messages with the SWIFT message of the same references and amount."""
    swift: list[Transfer] = []
    for file in samples:
        if file.suffix == ".fin":
            try:
                swift.extend(transfers(file))
            except KindUnknown:
                continue
    for file in samples:
        if "mt_mx_pairs" not in file.parts:
            continue
        try:
            translated = transfers(file)
        except MessageUnreadable:
            continue
        for one in translated:
            same = [other for other in swift if twins(one, other)]
            if len(same) > 1:  # two messages of one test share every reference; the payees tell them apart
                same = [other for other in same if said_of(one, Role.CREDITOR) == said_of(other, Role.CREDITOR)]
            yield from ((file.name, one, other) for other in same[:1])


def twins(one: Transfer, other: Transfer) -> bool:
    uetr = one.uetr or (one.original.uetr if one.original else "")
    if (uetr, one.amount) != (other.uetr, other.amount) or other.message_id not in (one.message_id, one.instruction_id):
        return False
    return (one.original is None) == (other.original is None)


def chains(transfer: Transfer) -> Iterator[Chain]:
    yield transfer
    if transfer.underlying is not None:
        yield transfer.underlying


def said_of(transfer: Transfer, role: Role) -> list[tuple[str, str, str]]:
    """Return what both forms say of somebody: name or identifier code, country, account."""
    found = (named for part in chains(transfer) for named in chain(part.parties, part.agents) if named.role is role)
    return [(named.name or named.bic, named.country, named.account.removeprefix("NOTPROVIDED")) for named in found]


def test_both_forms_of_a_payment_name_the_same_people_and_amounts(samples: list[Path]) -> None:
    compared = 0
    for name, one, other in pairs(samples):
        for role in PARTIES:
            assert said_of(one, role) == said_of(other, role), (name, role)
        for role in AGENTS:
            names = [[who for who, _, _ in said_of(each, role)] for each in (one, other)]
            assert names[0] == names[1], (name, role)
        assert one.settles_on == other.settles_on, name
        if one.instructed_amount is not None and other.instructed_amount is not None:
            assert one.instructed_amount == other.instructed_amount, name
        compared += 1
    assert compared == 24
