"""What every kind of payment message in the catalogue promises: its examples read to what they say, and nothing unknown passes.

Parametrised over the catalogue: a kind that is added is tested by being added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from comity.catalogue import messages
from comity.kit.catalogue import discover
from comity.payments.model import (
    Example,
    FieldKind,
    FieldUnknown,
    InMemory,
    KindUnknown,
    MessageKind,
    MessageUnreadable,
    Standard,
    Transfer,
    ValueMalformed,
    fields,
    read,
)
from support import planting

KINDS = discover(messages, "MESSAGE", MessageKind)
FICTIONAL = {f"Q{letter}" for letter in "MNOPQRSTUVWXYZ"}
MARKER = "Zqx7 Marker"

NOT_SCREENED = {
    "dates and times": {"CreDtTm", "IntrBkSttlmDt", "ReqdExctnDt"},
    "amounts, counts": {"IntrBkSttlmAmt", "RtrdIntrBkSttlmAmt", "OrgnlIntrBkSttlmAmt", "InstdAmt", "NbOfTxs"},
    "codes": {"SttlmMtd", "ChrgBr", "PmtMtd", "Cd"},
}
"""Leaves of the examples that carry nothing to screen. Everything else that is planted must be found."""

NOT_SCREENED_SWIFT = {"23B", "28D", "30", "32A", "32B", "33B", "71A"}
"""The same for fields of SWIFT messages."""

NOT_SCREENED_COLUMNS = {"amount", "currency", "settles_on"}

EXAMPLES = [(kind, example) for kind in KINDS.values() for example in kind.examples]


def of(*standards: Standard) -> pytest.MarkDecorator:
    """Parametrise over the examples of some standards; of all where none is given."""
    chosen = [(kind, example) for kind, example in EXAMPLES if not standards or kind.standard in standards]
    return pytest.mark.parametrize(("kind", "example"), chosen, ids=[kind.id for kind, _ in chosen])


def transfers(text: str | bytes) -> list[Transfer]:
    raw = text.encode() if isinstance(text, str) else text
    return list(read(KINDS, InMemory("example", raw)))


def told(transfer: Transfer) -> list[tuple[str, str, str]]:
    return sorted((one.place, one.kind.value, one.text) for one in fields(transfer))


@of()
def test_an_example_reads_to_what_it_says(kind: MessageKind, example: Example) -> None:
    found = transfers(example.text)
    assert [one.number for one in found] == list(range(1, len(example.yields) + 1))
    for transfer, expected in zip(found, example.yields, strict=True):
        assert transfer.kind == kind.id
        assert transfer.version in kind.names
        assert transfer.amount == expected.amount
        assert transfer.end_to_end_id == expected.end_to_end_id
        assert told(transfer) == sorted((place, what.value, text) for place, what, text in expected.fields)


@of()
def test_an_example_is_fictional(kind: MessageKind, example: Example) -> None:
    for transfer in transfers(example.text):
        for one in fields(transfer):
            if one.kind is FieldKind.COUNTRY:
                assert one.text in FICTIONAL
            elif one.kind is FieldKind.BIC:
                assert one.text[4:6] in FICTIONAL


def test_no_two_kinds_claim_the_same_message() -> None:
    claimed = [name for kind in KINDS.values() for name in kind.names]
    assert len(set(claimed)) == len(claimed)


@of()
def test_both_line_ends_and_a_byte_order_mark_read_the_same(kind: MessageKind, example: Example) -> None:
    plain = [told(one) for one in transfers(example.text)]
    assert [told(one) for one in transfers(example.text.replace("\n", "\r\n"))] == plain
    assert [told(one) for one in transfers(b"\xef\xbb\xbf" + example.text.encode())] == plain


@of(Standard.ISO_20022, Standard.SWIFT_MT)
def test_a_message_that_breaks_off_is_refused(kind: MessageKind, example: Example) -> None:
    text = example.text.rstrip("\n")
    whole = len(text) if kind.standard is Standard.ISO_20022 else text.index("\n-}") + 3
    for end in range(0, whole, 7):
        with pytest.raises(MessageUnreadable) as failure:
            transfers(text[:end])
        assert failure.value.code.startswith("payments.")


@of(Standard.ISO_20022)
def test_an_unknown_version_is_refused_by_name(kind: MessageKind, example: Example) -> None:
    name = next(one for one in kind.names if one in example.text)
    unknown = f"{name.rpartition('.')[0]}.99"
    with pytest.raises(KindUnknown, match=re.escape(unknown)):
        transfers(example.text.replace(name, unknown))


# --- nothing unknown passes


@of(Standard.ISO_20022)
def test_an_unknown_element_is_refused_wherever_it_stands(kind: MessageKind, example: Example) -> None:
    for planted in planting.elements(example.text.encode()):
        with pytest.raises(MessageUnreadable) as failure:
            transfers(planted.raw)
        assert not isinstance(failure.value, KindUnknown)
        assert failure.value.field or failure.value.why, planted.where


@of(Standard.ISO_20022)
def test_an_unknown_attribute_is_refused_in_every_transaction(kind: MessageKind, example: Example) -> None:
    for planted in planting.attributes(example.text.encode(), {"CdtTrfTxInf", "TxInf"}):
        with pytest.raises(FieldUnknown) as failure:
            transfers(planted.raw)
        assert failure.value.field.endswith(f"/@{planting.PLANTED}"), planted.where


@of(Standard.SWIFT_MT)
def test_an_unknown_field_is_refused_with_its_place(kind: MessageKind, example: Example) -> None:
    with pytest.raises(FieldUnknown) as failure:
        transfers(example.text.replace("\n-}", "\n:99Z:SURPRISE\n-}"))
    assert failure.value.field == ":99Z:1"
    assert failure.value.file == "example"
    assert failure.value.transaction > 0


@of(Standard.TABLE)
def test_an_unknown_column_is_refused_with_its_name(kind: MessageKind, example: Example) -> None:
    with pytest.raises(FieldUnknown) as failure:
        transfers(planting.columns(example.text.encode()).raw)
    assert failure.value.field == f"1/{planting.PLANTED.lower()}"


# --- whatever is planted is found, in its place


def leaves(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Plant the marker into every leaf of an XML example, one at a time, with the path that a reader of XPath would write."""
    tree = etree.fromstring(raw)
    records = {"CdtTrfTxInf", "TxInf", "PmtInf", "Undrlyg"}
    for element in list(tree.iter("*")):
        if len(element) or etree.QName(element).localname in set().union(*NOT_SCREENED.values()):
            continue
        steps = []
        for one in (*reversed(list(element.iterancestors())), element):
            twins = [one, *one.itersiblings(str(one.tag), preceding=True)][::-1]
            following = list(one.itersiblings(str(one.tag)))
            name = etree.QName(one).localname
            steps.append(f"{name}[{len(twins)}]" if len(twins) > 1 or following or name in records else name)
        before, element.text = element.text, MARKER
        yield "/".join(steps[1:]), etree.tostring(tree)
        element.text = before


@of(Standard.ISO_20022)
def test_text_planted_in_any_leaf_is_screened_at_its_path(kind: MessageKind, example: Example) -> None:
    paths = 0
    for path, raw in leaves(example.text.encode()):
        assert path in {one.place for transfer in transfers(raw) for one in fields(transfer) if one.text == MARKER}
        paths += 1
    assert paths >= len(example.yields[0].fields)


@of(Standard.SWIFT_MT)
def test_text_planted_in_any_line_is_screened_at_its_line(kind: MessageKind, example: Example) -> None:
    marker = "7ZQXMARK"
    lines = example.text.split("\n")
    tag, line = "", 0
    for place, text in enumerate(lines):
        begins = re.match(r":(\d\d[A-Z]?):", text)
        tag, line = (begins.group(1), 1) if begins else (tag, line + 1)
        if not tag or text.startswith(("-}", "{1:")) or tag in NOT_SCREENED_SWIFT or not text:
            continue
        planted = "\n".join([*lines[:place], re.sub(r"[A-Za-z0-9-]+$", marker, text), *lines[place + 1 :]])
        found = {
            one.place
            for transfer in transfers(planted)
            for one in fields(transfer)
            if marker in one.text.replace(" ", "")
        }
        where = re.compile(rf":{tag}(\[\d\])?:({line}|\d-{line}|{line}-\d)")
        assert any(where.fullmatch(one) for one in found), (text, found)


@of(Standard.TABLE)
def test_text_planted_in_any_cell_is_screened_in_its_column(kind: MessageKind, example: Example) -> None:
    header, *_ = example.text.split("\n")
    names = header.split(",")
    for place, name in enumerate(names):
        if name not in NOT_SCREENED_COLUMNS:
            cells = ["1" if one == "amount" else "EUR" if one == "currency" else "" for one in names]
            cells[place] = MARKER
            (transfer,) = transfers(f"{header}\n{','.join(cells)}\n")
            assert (f"2/{name}", MARKER) in {(one.place, one.text) for one in fields(transfer)}


# --- whatever is broken is refused, never misread in silence


def attempted(raw: bytes) -> list[Transfer] | MessageUnreadable:
    try:
        return transfers(raw)
    except MessageUnreadable as failure:
        return failure


@settings(max_examples=60, deadline=timedelta(seconds=5))
@given(st.data())
def test_damage_is_refused_as_damage_or_leaves_transfers(data: st.DataObject) -> None:
    _, example = data.draw(st.sampled_from(EXAMPLES))
    raw = bytearray(example.text.encode())
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    outcome = attempted(bytes(raw))
    assert outcome
    assert not isinstance(outcome, MessageUnreadable) or (outcome.why and outcome.file == "example")


@of()
def test_an_amount_that_is_none_is_refused_with_its_place(kind: MessageKind, example: Example) -> None:
    amounts = {"csv_transfers": (",1250.50,", ",12x,", "2/amount")}
    broken = {
        Standard.ISO_20022: (r">([\d.]+)</(\w+:)?(\w*InstdAmt|\w*SttlmAmt)>", r">12x</\2\3>", "Amt"),
        Standard.SWIFT_MT: (r"(EUR|JPY)[\d,]+", r"\g<1>12x", ":32"),
    }.get(kind.standard) or amounts[kind.id]
    text, count = re.subn(broken[0], broken[1], example.text, count=1)
    assert count == 1
    with pytest.raises(ValueMalformed) as failure:
        transfers(text)
    assert broken[2] in failure.value.field
    assert failure.value.transaction == 1
