"""What a message tells the law of itself."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from comity.catalogue import messages
from comity.filtering.model import Direction, Part, PaymentKind, Stand, describe, part
from comity.kit.catalogue import discover
from comity.model.money import Money
from comity.payments.model import Agent, FieldKind, InMemory, MessageKind, Role, Transfer, read, screened

KINDS = discover(messages, "MESSAGE", MessageKind)
OURS, THEIRS, OTHERS = "HBOMQMP1", "NLVBQNN1", "KVSBQOK2"


def stand(*bics: str) -> Stand:
    return Stand(branch="desk", on=date(2031, 11, 21), bics=frozenset(bics))


def example(kind: str) -> Transfer:
    return next(iter(read(KINDS, InMemory("example", KINDS[kind].examples[0].text.encode()))))


def agent(role: Role, bic: str) -> Agent:
    return Agent(role, (screened(FieldKind.BIC, bic, "x", role),))


def through(*agents: tuple[Role, str], kind: str = "pacs_008") -> Transfer:
    return Transfer(kind=kind, version="x", number=1, agents=tuple(agent(*one) for one in agents))


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("pacs_008", PaymentKind.CUSTOMER_TRANSFER),
        ("mt103", PaymentKind.CUSTOMER_TRANSFER),
        ("csv_transfers", PaymentKind.CUSTOMER_TRANSFER),
        ("mt202", PaymentKind.BANK_TRANSFER),
        ("pacs_009", PaymentKind.COVER),
        ("mt202_cov", PaymentKind.COVER),
        ("pain_001", PaymentKind.ORDER),
        ("mt101", PaymentKind.ORDER),
        ("pacs_004", PaymentKind.RETURN),
        ("camt_056", PaymentKind.RECALL),
    ],
)
def test_a_message_asks_for_what_its_kind_says(kind: str, asked: PaymentKind) -> None:
    assert describe(example(kind), stand(OURS)).kind is asked


def test_an_instant_payment_and_its_amount_are_told() -> None:
    found = describe(example("pacs_008"), stand(OURS))
    assert (found.is_instant, found.amount) == (True, Money(125050, "EUR"))


@pytest.mark.parametrize(
    ("payer", "payee", "direction"),
    [
        (OURS, THEIRS, Direction.OUTGOING),
        (THEIRS, OURS + "XXX", Direction.INCOMING),
        (OURS + "LON", OURS, Direction.WITHIN),
        (THEIRS, OTHERS, Direction.THROUGH),
        ("", OTHERS, Direction.THROUGH),
    ],
)
def test_where_this_institution_stands_is_told_by_the_banks_at_the_ends(
    payer: str, payee: str, direction: Direction
) -> None:
    transfer = through((Role.DEBTOR_AGENT, payer), (Role.CREDITOR_AGENT, payee))
    assert describe(transfer, stand(OURS)).direction is direction


def test_whoever_sends_or_receives_a_swift_message_stands_in_for_a_bank_that_it_does_not_name() -> None:
    message = through((Role.SENDER, THEIRS), (Role.RECEIVER, OURS), kind="mt103")
    assert describe(message, stand(OURS)).direction is Direction.INCOMING
    assert describe(message, stand(THEIRS)).direction is Direction.OUTGOING
    further = msgspec.structs.replace(message, agents=(*message.agents, agent(Role.CREDITOR_AGENT, OTHERS)))
    assert describe(further, stand(OURS)).direction is Direction.THROUGH


def test_an_order_of_a_customer_goes_out() -> None:
    assert describe(example("pain_001"), stand(OURS)).direction is Direction.OUTGOING


def test_the_countries_of_the_other_banks_are_told_by_bic_and_address() -> None:
    transfer = through((Role.DEBTOR_AGENT, OURS), (Role.INTERMEDIARY_AGENT_1, THEIRS), (Role.CREDITOR_AGENT, OTHERS))
    assert describe(transfer, stand(OURS)).agents == {"QN", "QO"}
    by_address = Agent(Role.CREDITOR_AGENT, (screened(FieldKind.COUNTRY, "QZ", "x"),))
    assert describe(msgspec.structs.replace(transfer, agents=(by_address,)), stand(OURS)).agents == {"QZ"}


def test_the_banks_beneath_a_cover_payment_count_too() -> None:
    transfer = msgspec.structs.replace(example("mt202_cov"))
    assert "QM" in describe(transfer, stand(OURS)).agents


def test_every_role_has_a_part_and_a_text_of_nobody_is_a_mention() -> None:
    assert {part(role) for role in Role} == set(Part) - {Part.SUBJECT}
    assert part(None) is Part.MENTIONED
    assert part(Role.DEBTOR) is Part.PAYER
    assert part(Role.INTERMEDIARY_AGENT_2) is Part.INTERMEDIARY
    assert part(Role.INVOICER) is Part.MENTIONED
