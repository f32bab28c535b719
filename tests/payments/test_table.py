"""Transfers in a table."""

from __future__ import annotations

import pytest

from comity.catalogue import messages
from comity.kit.catalogue import discover
from comity.payments.model import (
    FieldUnknown,
    InMemory,
    MessageKind,
    MessageUnreadable,
    Role,
    Transfer,
    ValueMalformed,
    fields,
    read,
)

KINDS = discover(messages, "MESSAGE", MessageKind)
HEADER = "amount,currency,debtor_name,creditor_name,remittance"
ROW = "10.5,EUR,Orvelle Trading House,Talvi Ostrand,Repair"


def transfers(text: str | bytes) -> list[Transfer]:
    raw = text.encode() if isinstance(text, str) else text
    return list(read(KINDS, InMemory("payments.csv", raw)))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_are_divided_by_what_divides_the_header(delimiter: str) -> None:
    (transfer,) = transfers(f"{HEADER}\n{ROW}\n".replace(",", delimiter))
    creditor = transfer.named(Role.CREDITOR)
    assert creditor is not None
    assert creditor.name == "Talvi Ostrand"


def test_a_cell_with_line_breaks_moves_the_lines_and_not_the_numbers() -> None:
    found = transfers(f'{HEADER}\n10,EUR,A,B,"first\nsecond"\n\n{ROW}\n')
    assert [one.number for one in found] == [1, 2]
    assert ("2/remittance", "first\nsecond") in {(one.place, one.text) for one in fields(found[0])}
    assert ("5/creditor_name", "Talvi Ostrand") in {(one.place, one.text) for one in fields(found[1])}


@pytest.mark.parametrize(
    ("text", "failure", "place"),
    [
        (f"{HEADER},shoe_size\n{ROW},44", FieldUnknown, "1/shoe_size"),
        (f"{HEADER},remittance\n{ROW},x", ValueMalformed, "1/remittance"),
        ("amount,debtor_name,creditor_name\n1,A,B", ValueMalformed, "1/currency"),
        ("amount,currency,debtor_name\n1,EUR,A", ValueMalformed, "1/creditor_name"),
        (f"{HEADER}\n{ROW}\n1,EUR,A,B", ValueMalformed, "3/"),
        (f"{HEADER}\n{ROW}\0", ValueMalformed, "2/"),
        (f"{HEADER}\n{ROW}\n1,,A,B,x", ValueMalformed, "3/currency"),
        (f"{HEADER}\n{ROW}\n1,EURO,A,B,x", ValueMalformed, "3/amount"),
        (f"{HEADER},settles_on\n{ROW},31/12/2031", ValueMalformed, "2/settles_on"),
    ],
)
def test_what_is_wrong_is_named_with_line_and_column(text: str, failure: type[MessageUnreadable], place: str) -> None:
    with pytest.raises(failure) as raised:
        transfers(text)
    assert raised.value.field == place
    assert raised.value.file == "payments.csv"


@pytest.mark.parametrize(
    "raw", [HEADER.encode(), f"{HEADER}\n\n".encode(), f'{HEADER}\n"{ROW}'.encode(), b"amount,\xff\xfe\n"]
)
def test_a_table_without_transfers_or_with_damage_is_refused(raw: bytes) -> None:
    with pytest.raises(MessageUnreadable):
        transfers(raw)
