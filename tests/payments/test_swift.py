"""SWIFT messages as they come: with and without headers, many in a file, options, broken words, and damage."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.catalogue import messages
from comity.catalogue.dialects.swift_mt import LINE_CHARS, Field, readings
from comity.catalogue.messages import mt101, mt103, mt202_cov
from comity.kit.catalogue import discover
from comity.model.money import Money
from comity.payments.model import (
    FieldKind,
    FieldUnknown,
    InMemory,
    KindUnknown,
    MessageKind,
    MessageTooLarge,
    MessageUnreadable,
    Role,
    Screened,
    Transfer,
    ValueMalformed,
    fields,
    read,
)

KINDS = discover(messages, "MESSAGE", MessageKind)
K = FieldKind
MT103 = mt103.EXAMPLE
BODY = MT103[MT103.index(":20:") : MT103.index("-}")]


def transfers(text: str | bytes) -> list[Transfer]:
    raw = text.encode() if isinstance(text, str) else text
    return list(read(KINDS, InMemory("payments.fin", raw)))


def refused(text: str) -> MessageUnreadable:
    with pytest.raises(MessageUnreadable) as failure:
        transfers(text)
    return failure.value


def with_field(field: str, instead_of: str = ":71A:SHA") -> list[Screened]:
    assert instead_of in MT103
    (transfer,) = transfers(MT103.replace(instead_of, field))
    return list(fields(transfer))


def at(place: str, found: list[Screened]) -> list[tuple[FieldKind, str]]:
    return [(one.kind, one.text) for one in found if one.place == place]


# --- running text


WORDS = st.lists(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,'-", min_size=1, max_size=90), min_size=1, max_size=12)


def wrap(words: list[str], width: int = LINE_CHARS) -> list[str]:
    """Break words into lines as banks do: between words, or within one that fills its line."""
    lines, line = [], ""
    for word in words:
        start = f"{line} {word}" if line else word
        if line and len(start) >= width:
            lines.append(line)
            start = word
        while len(start) > width:
            lines.append(start[:width])
            start = start[width:]
        line = start
        if len(line) == width:  # a full line would swallow the blank: the next line has to begin with it
            lines.append(line)
            line = " "
    return [*lines, *filter(str.strip, (line,))]


@given(WORDS)
def test_words_that_were_broken_into_lines_are_read_as_they_were(words: list[str]) -> None:
    lines = wrap(words)
    assert all(len(line) <= LINE_CHARS for line in lines)
    field = Field("70", tuple(lines))
    assert " ".join(words) in readings(field, list(enumerate(lines, 1)))


@given(st.lists(st.text("ABC DEF", min_size=1, max_size=LINE_CHARS).filter(str.strip), min_size=1, max_size=4))
def test_every_word_of_every_line_is_in_a_reading(lines: list[str]) -> None:
    found = readings(Field("70", tuple(lines)), list(enumerate(lines, 1)))
    assert 1 <= len(found) <= 2
    assert found[0].split() == " ".join(lines).split()


def test_a_name_that_breaks_at_the_end_of_a_line_is_read_whole() -> None:
    first, second = "PAYMENT ON THE ORDER OF TALVI OSTRA", "ND FOR REPAIRS"
    assert len(first) == LINE_CHARS
    found = with_field(f":77B:{first}\n{second}")
    assert (K.FREE_TEXT, "PAYMENT ON THE ORDER OF TALVI OSTRAND FOR REPAIRS") in at(":77B:1-2", found)
    assert (K.FREE_TEXT, "PAYMENT ON THE ORDER OF TALVI OSTRA ND FOR REPAIRS") in at(":77B:1-2", found)


def test_a_customers_full_first_line_is_also_read_with_the_second() -> None:
    first = "INTERNATIONAL SHIPPING OF QUAMARIANA"
    found = with_field(
        f":50K:{first[:35]}\n{first[35:]} SONS\nPORT QUAM", MT103[MT103.index(":50K:") : MT103.index("\n:52A")]
    )
    assert (K.PARTY_NAME, "INTERNATIONAL SHIPPING OF QUAMARIANA SONS") in at(":50K:1-2", found)
    assert at(":50K:2", found) == [(K.NAME_OR_ADDRESS, "A SONS")]
    assert at(":50K:3", found) == [(K.NAME_OR_ADDRESS, "PORT QUAM")]


# --- options


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (":53A:/C/9911\nQUAMQMQM", [(":53A:1", K.ACCOUNT, "9911"), (":53A:2", K.BIC, "QUAMQMQM")]),
        (":53A:NOT A BIC", [(":53A:1", K.BIC, "NOT A BIC")]),
        (":53A:/NORTH BRANCH\nQUAMQMQM", [(":53A:1", K.FREE_TEXT, "NORTH BRANCH"), (":53A:2", K.BIC, "QUAMQMQM")]),
        (":53B:ZORIA HARBOUR", [(":53B:1", K.NAME_OR_ADDRESS, "ZORIA HARBOUR")]),
        (":56C://QZ77", [(":56C:1", K.CLEARING_ID, "77")]),
        (":56C:/GB82WEST12345698765432", [(":56C:1", K.IBAN, "GB82WEST12345698765432")]),
        (":56D:BANK OF QUAM\nPIER 4", [(":56D:1", K.AGENT_NAME, "BANK OF QUAM"), (":56D:2", K.NAME_OR_ADDRESS, "PIER 4")]),
        (":23E:PHOB/CALL BRENN KOLVAR", [(":23E:1", K.FREE_TEXT, "CALL BRENN KOLVAR")]),
        (":23E:CORT", []),
        (":77B:/ORDERRES/QM//QUAM TOWN", [(":77B:1", K.FREE_TEXT, "QM//QUAM TOWN")]),
        (":72:/RETN/99\n/AC04/\n/MREF/OLD-1", [(":72:1", K.FREE_TEXT, "99"), (":72:3", K.REFERENCE, "OLD-1")]),
    ],
)  # fmt: skip
def test_each_option_is_read_as_what_it_is(field: str, expected: list[tuple[str, FieldKind, str]]) -> None:
    found = (
        with_field(field, MT103[MT103.index(":72:") : MT103.index("\n-}")]) if ":72:" in field else with_field(field)
    )
    number = field[:3]
    assert [(one.place, one.kind, one.text) for one in found if one.place.startswith(number)] == expected


def test_option_f_says_which_line_is_what() -> None:
    lines = [
        "CCPT/QM/K-4411",
        "1/TALVI",
        "1/OSTRAND",
        "2/FERRY LANE",
        "3/QZ/ZORIA",
        "4/19810405",
        "5/QZ/ZORIA",
        "7/QM/99-1",
    ]
    found = with_field(":50F:" + "\n".join(lines), MT103[MT103.index(":50K:") : MT103.index("\n:52A")])
    assert sorted(
        (one.place, one.kind.value, one.text, one.scheme) for one in found if one.place.startswith(":50F")
    ) == [
        (":50F:1", "country", "QM", ""),
        (":50F:1", "national_id", "K-4411", "CCPT"),
        (":50F:2-3", "party_name", "TALVI OSTRAND", ""),
        (":50F:4", "street", "FERRY LANE", ""),
        (":50F:5", "country", "QZ", ""),
        (":50F:5", "town", "ZORIA", ""),
        (":50F:6", "birth_date", "19810405", ""),
        (":50F:7", "birth_place", "QZ", ""),
        (":50F:7", "birth_place", "ZORIA", ""),
        (":50F:8", "country", "QM", ""),
        (":50F:8", "national_id", "99-1", "NIDN"),
    ]


@pytest.mark.parametrize(
    ("known", "instead", "place"),
    [
        ("2/FERRY LANE 7", "FERRY LANE 7", ":59F:4"),
        (":52A:QUAMQMQM", ":52A:QUAMQMQM\nAND MORE", ":52A:2"),
        (":71A:SHA", ":71A:SHA\n:52Z:X", ":52Z:1"),
        (":71A:SHA", ":71A:SHA\n:no tag", ":no t"),
        ("{108:MUR-1}", "{199:X}", "{3:}/199"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(known: str, instead: str, place: str) -> None:
    assert known in MT103
    failure = refused(MT103.replace(known, instead))
    assert isinstance(failure, FieldUnknown)
    assert (failure.field, failure.file, failure.transaction) == (place, "payments.fin", 1)


@pytest.mark.parametrize(
    ("known", "instead", "place"),
    [
        (":32A:311121EUR1250,5", ":32A:311321EUR1250,5", ":32A:1"),
        (":32A:311121EUR1250,5", ":32A:EUR 1250", ":32A:1"),
        (":32A:311121EUR1250,5", ":32A:311121JPY1250,5", ":32A:1"),
        (":32A:311121EUR1250,5", ":33B:EUR1250,5", ":32:"),
        (":20:QM103-1\n", "", ":20:"),
        (":20:QM103-1\n", ":20:QM103-1\n:20:QM103-2\n", ":20[2]:1"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_its_place(known: str, instead: str, place: str) -> None:
    assert known in MT103
    failure = refused(MT103.replace(known, instead))
    assert isinstance(failure, ValueMalformed)
    assert failure.field == place


def test_a_zero_among_the_letters_is_refused() -> None:
    assert "zero" in str(refused(MT103.replace(":20:QM103-1", ":20:QM\x00103-1")).detail)


@pytest.mark.parametrize(
    ("text", "field", "place"),
    [
        (MT103, r":59F:.*?(?=\n:70)", ":59:"),
        (MT103, r":50K:.*?(?=\n:52A)", ":50:"),
        (mt202_cov.EXAMPLE, r":50F:.*(?=\n-})", ":50:"),
        (mt202_cov.EXAMPLE, r":59:.*?(?=\n:70)", ":59:"),
        (mt101.EXAMPLE, r":32B:EUR20,01\n", ":32:"),
        (mt101.EXAMPLE, r":21:PAY-1.*(?=\n-})", ":32:"),
    ],
)
def test_a_message_without_its_people_or_its_amount_is_refused(text: str, field: str, place: str) -> None:
    damaged, count = re.subn(field, "", text, flags=re.DOTALL)
    assert count == 1
    failure = refused(re.sub(r"\n+", "\n", damaged))
    assert isinstance(failure, ValueMalformed)
    assert failure.field == place


# --- messages and files


def test_a_text_without_header_tells_its_type_by_its_fields() -> None:
    for text, kind in (
        (BODY, "mt103"),
        (f"{{4:\n{BODY}-}}", "mt103"),
        (f"{BODY}-", "mt103"),
        (BODY.replace("\n", "\r\n"), "mt103"),
    ):
        (transfer,) = transfers(text)
        assert (transfer.kind, transfer.end_to_end_id) == (kind, "INV-77")
    cover = mt202_cov.EXAMPLE
    (covered,) = transfers(cover[cover.index(":20:") : cover.index("-}")])
    assert (covered.kind, covered.is_cover) == ("mt202_cov", True)
    orders = mt101.EXAMPLE
    assert len(transfers(orders[orders.index(":20:") : orders.index("-}")])) == 2


@pytest.mark.parametrize("between", ["", "\n", "$\n", "\r\n$\r\n", "\x03\n\x01"])
def test_a_file_of_many_messages_is_read_one_by_one(between: str) -> None:
    text = between.join([MT103.strip(), mt101.EXAMPLE.strip(), mt202_cov.EXAMPLE.strip()])
    found = transfers(text)
    assert [one.kind for one in found] == ["mt103", "mt101", "mt101", "mt202_cov"]
    assert [one.number for one in found] == [1, 2, 3, 4]


def test_bare_texts_in_one_file_end_with_a_hyphen() -> None:
    assert len(transfers(f"{BODY}-\n{BODY}-\n")) == 2


def test_a_fault_in_the_third_transaction_says_so() -> None:
    failure = refused(MT103 + MT103 + MT103.replace(":71A:SHA", ":99Z:SHA"))
    assert (failure.transaction, failure.field) == (3, ":99Z:1")


def test_a_message_of_another_kind_in_the_file_is_refused_by_name() -> None:
    with pytest.raises(KindUnknown, match="MT940"):
        transfers(MT103 + MT103.replace("{2:I103", "{2:I940"))


@pytest.mark.parametrize(
    "text",
    [
        MT103.replace("{4:\n", "{4:\n:20:A\n-}{4:\n"),
        MT103.replace("{3:{108:MUR-1}", "{3:{108:MUR-1"),
        MT103.replace("{5:{CHK:000000000000}}", "loose words"),
        MT103.replace("{1:F01QUAMQMQMAXXX0000000000}", "{1:F01QUAM}"),
        MT103.replace("{2:I103ZORLQZQZXXXXN}", "{2:I103ZORL}"),
        "{1:F01QUAMQMQMAXXX0000000000}{2:I103ZORLQZQZXXXXN}",
    ],
)
def test_damaged_blocks_are_refused(text: str) -> None:
    assert refused(text).code == "payments.unreadable"


def test_text_in_another_alphabet_is_read() -> None:
    (transfer,) = transfers(MT103.replace("TALVI", "ТАЛВИ"))
    assert "ТАЛВИ OSTRAND" in {one.text for one in fields(transfer)}
    (latin,) = transfers(MT103.replace("TALVI", "TÄLVI").encode("latin-1"))
    assert "TÄLVI OSTRAND" in {one.text for one in fields(latin)}


def test_a_message_without_end_is_stopped() -> None:
    with pytest.raises(MessageTooLarge):
        transfers(MT103.replace("CALL FIRST", "CALL FIRST\n" * 10_000))
    with pytest.raises(MessageTooLarge):
        transfers(MT103.replace("CALL FIRST", "CALL FIRST" * 20_000))


# --- what a message says


def test_a_return_in_field_72_says_why_and_of_what() -> None:
    said = MT103[MT103.index(":72:") : MT103.index("\n-}")]
    (transfer,) = transfers(MT103.replace(said, ":72:/RETN/99\n/AC04/\n/MREF/OLD-1\n/TREF/E2E-9"))
    assert transfer.reasons == ("AC04",)
    assert transfer.original is not None
    assert (transfer.original.message_id, transfer.original.end_to_end_id) == ("OLD-1", "E2E-9")


def test_charges_references_and_days_are_kept() -> None:
    (transfer,) = transfers(MT103.replace(":71A:SHA", ":71A:SHA\n:71F:USD10,\n:71F:EUR2,50"))
    assert (transfer.message_id, transfer.uetr) == ("QM103-1", "00000000-0000-4000-8000-000000000002")
    assert (transfer.charge_bearer, transfer.charges) == ("SHAR", (Money(1000, "USD"), Money(250, "EUR")))
    assert str(transfer.settles_on) == "2031-11-21"
    assert not transfer.is_cover


def test_agents_on_the_way_are_named_in_order() -> None:
    said = ":72:/INS/FIRSQMQM\n/INS/SECOQMQM\n/INS/THIRQMQM\n/INS/FOURQMQM\n/INS/NOT A BIC AT ALL"
    found = with_field(said, MT103[MT103.index(":72:") : MT103.index("\n-}")])
    assert [(one.text, one.role) for one in found if one.place.startswith(":72")] == [
        ("FIRSQMQM", Role.PREVIOUS_INSTRUCTING_AGENT_1),
        ("SECOQMQM", Role.PREVIOUS_INSTRUCTING_AGENT_2),
        ("THIRQMQM", Role.PREVIOUS_INSTRUCTING_AGENT_3),
        ("FOURQMQM", Role.FURTHER_AGENT),
        ("NOT A BIC AT ALL", None),
    ]


def test_a_reference_with_words_in_it_is_screened_as_words() -> None:
    found = with_field(
        ":70:/ROC/TALVI OSTRAND\n/INV/TALVI\n/INV/A-1", MT103[MT103.index(":70:") : MT103.index("\n:71A")]
    )
    assert at(":70:1", found) == [(K.REMITTANCE, "TALVI OSTRAND")]
    assert at(":70:2", found) == [(K.REMITTANCE, "TALVI")]
    assert at(":70:3", found) == [(K.REFERENCE, "A-1")]


def test_a_cover_payment_carries_the_customers_payment() -> None:
    (transfer,) = transfers(mt202_cov.EXAMPLE)
    assert transfer.is_cover
    assert transfer.underlying is not None
    assert [party.name for party in transfer.underlying.parties] == [
        "HIDDEN PAYER OF QUAMARIA",
        "HIDDEN PAYEE OF ZORLAND",
    ]
    assert transfer.parties == ()
