"""ISO 20022 messages as they come: wrapped, prefixed, commented, hostile, broken, and large."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest

from comity.catalogue import messages
from comity.catalogue.messages import camt_056, pacs_004, pacs_008, pain_001
from comity.kit.catalogue import discover
from comity.payments.model import (
    FieldUnknown,
    InMemory,
    KindUnknown,
    MessageKind,
    MessageTooLarge,
    MessageUnreadable,
    Role,
    Transfer,
    ValueMalformed,
    fields,
    read,
)

KINDS = discover(messages, "MESSAGE", MessageKind)
PACS_008 = pacs_008.EXAMPLE
HEADER = """<AppHdr xmlns="urn:iso:std:iso:20022:tech:xsd:head.001.001.02">
<Fr><FIId><FinInstnId><BICFI>SENDQMQM</BICFI></FinInstnId></FIId></Fr>
<To><FIId><FinInstnId><BICFI>RECVQZQZ</BICFI></FinInstnId></FIId></To>
<BizMsgIdr>B-1</BizMsgIdr><MsgDefIdr>pacs.008.001.08</MsgDefIdr><CreDt>2031-11-21T09:00:00Z</CreDt></AppHdr>"""


def transfers(text: str | bytes) -> list[Transfer]:
    raw = text.encode() if isinstance(text, str) else text
    return list(read(KINDS, InMemory("payments.xml", raw)))


def refused(text: str | bytes) -> MessageUnreadable:
    with pytest.raises(MessageUnreadable) as failure:
        transfers(text)
    return failure.value


def document(text: str = PACS_008) -> str:
    return text.partition("?>")[2].strip()


# --- tolerant of what stands around


def test_an_envelope_with_a_business_header_is_unwrapped_and_the_header_is_screened() -> None:
    wrapped = f'<e:Envelope xmlns:e="urn:example:envelope"><!-- first -->{HEADER}{document()}</e:Envelope>'
    (transfer,) = transfers(wrapped)
    sender = transfer.named(Role.SENDER)
    assert sender is not None
    assert sender.bic == "SENDQMQM"
    places = {one.place for one in fields(transfer)}
    assert {"AppHdr/Fr/FIId/FinInstnId/BICFI", "AppHdr/To/FIId/FinInstnId/BICFI", "AppHdr/BizMsgIdr"} <= places


def test_an_unknown_element_in_the_business_header_is_refused() -> None:
    header = HEADER.replace("<BizMsgIdr>", "<Odd>x</Odd><BizMsgIdr>")
    assert refused(f"<Envelope>{header}{document()}</Envelope>").field == "AppHdr/Odd"


def test_two_documents_of_a_kind_in_one_envelope_are_numbered_through() -> None:
    found = transfers(f"<Batch>{HEADER}{document()}{document()}</Batch>")
    assert [one.number for one in found] == [1, 2]
    assert found[0].named(Role.SENDER) is not None
    assert found[1].named(Role.SENDER) is None
    assert "Document[2]/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/Dbtr/Nm" in {one.place for one in fields(found[1])}


def test_a_document_of_another_kind_in_the_same_file_is_refused() -> None:
    assert "pain.001.001.03" in refused(f"<Batch>{document()}{document(pain_001.EXAMPLE)}</Batch>").why


@pytest.mark.parametrize(
    "split",
    ["Talvi<!-- a remark --> Ostrand", "Talvi<?pi x?> Ostrand", "<![CDATA[Talvi Ostrand]]>", "&#84;alvi Ostr&#x61;nd"],
)
def test_a_name_cannot_be_hidden_by_how_it_is_written(split: str) -> None:
    (transfer,) = transfers(PACS_008.replace("Talvi Ostrand", split))
    creditor = transfer.named(Role.CREDITOR)
    assert creditor is not None
    assert creditor.name == "Talvi Ostrand"


def test_swiss_namespaces_are_read_as_what_they_restrict() -> None:
    swiss = "http://www.six-interbank-clearing.com/de/pain.001.001.03.ch.02.xsd"
    found = transfers(pain_001.EXAMPLE.replace("urn:iso:std:iso:20022:tech:xsd:pain.001.001.03", swiss))
    assert [one.version for one in found] == ["pain.001.001.03", "pain.001.001.03"]


# --- strict about what stands within


@pytest.mark.parametrize(
    ("known", "instead", "place"),
    [
        ("<Cdtr><Nm>", "<Cdtr>loose words<Nm>", "FIToFICstmrCdtTrf/CdtTrfTxInf[1]/Cdtr"),
        ("</Nm>\n<Id><PrvtId>", "</Nm>loose words<Id><PrvtId>", "FIToFICstmrCdtTrf/CdtTrfTxInf[1]/Cdtr/Nm"),
        ("</GrpHdr>", "</GrpHdr>loose words", "FIToFICstmrCdtTrf/GrpHdr"),
        ("</CdtTrfTxInf>", "</CdtTrfTxInf>loose words", "FIToFICstmrCdtTrf/CdtTrfTxInf"),
        ("<Nm>Talvi Ostrand</Nm>", "<Nm>Talvi <b>Ostrand</b></Nm>", "FIToFICstmrCdtTrf/CdtTrfTxInf[1]/Cdtr/Nm"),
        ("<RmtInf>", "<RmtInf xml:lang='en'>", "FIToFICstmrCdtTrf/CdtTrfTxInf[1]/RmtInf/@"),
        (
            "<Nm>Talvi",
            "<Nm xmlns='urn:example:other'>Talvi",
            "FIToFICstmrCdtTrf/CdtTrfTxInf[1]/Cdtr/{urn:example:other}Nm",
        ),
        ("<FIToFICstmrCdtTrf>", "<FIToFICstmrCdtTrf note='x'>", "FIToFICstmrCdtTrf/@note"),
    ],
)
def test_what_is_not_understood_within_a_message_is_refused_with_its_path(known: str, instead: str, place: str) -> None:
    assert known in PACS_008
    failure = refused(PACS_008.replace(known, instead, 1))
    assert isinstance(failure, FieldUnknown)
    assert failure.field.startswith(place)
    assert failure.file == "payments.xml"
    assert failure.transaction == 1
    assert failure.field in failure.detail


@pytest.mark.parametrize(
    ("known", "instead", "place"),
    [
        ('Ccy="EUR">1250.5<', 'Ccy="EUR">1250.505<', "IntrBkSttlmAmt"),
        ('Ccy="EUR">1250.5<', 'Ccy="JPY">1250.5<', "IntrBkSttlmAmt"),
        ('Ccy="EUR">1250.5<', ">1250.5<", "IntrBkSttlmAmt"),
        ("2031-11-21</IntrBkSttlmDt>", "2031-13-21</IntrBkSttlmDt>", "IntrBkSttlmDt"),
        ("<EndToEndId>", "<EndToEndId>A</EndToEndId><EndToEndId>", "EndToEndId[2]"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_its_path(known: str, instead: str, place: str) -> None:
    assert known in PACS_008
    failure = refused(PACS_008.replace(known, instead, 1))
    assert isinstance(failure, ValueMalformed)
    assert failure.field.endswith(place)


@pytest.mark.parametrize("name", ["IntrBkSttlmAmt", "Dbtr", "Cdtr"])
def test_a_transfer_without_its_people_or_its_amount_is_refused(name: str) -> None:
    inner = PACS_008.replace("<DbtrAcct><Id><Othr><Id>1000200030</Id></Othr></Id></DbtrAcct>", "")
    failure = refused(re.sub(rf"<{name}( [^>]*)?>.*?</{name}>", "", inner, flags=re.DOTALL))
    assert isinstance(failure, ValueMalformed)
    assert failure.field == f"FIToFICstmrCdtTrf/CdtTrfTxInf[1]/{name}"


def test_supplementary_data_may_be_deep_and_not_bottomless() -> None:
    def nested(depth: int) -> str:
        deep = "<e>" * depth + "Brenn Kolvar" + "</e>" * depth
        return PACS_008.replace("</CdtTrfTxInf>", f"<SplmtryData><Envlp>{deep}</Envlp></SplmtryData></CdtTrfTxInf>")

    (transfer,) = transfers(nested(200))
    assert "Brenn Kolvar" in {one.text for one in fields(transfer)}
    assert refused(nested(5_000)).code == "payments.unreadable"


def test_a_name_that_stands_twice_is_screened_twice() -> None:
    (transfer,) = transfers(PACS_008.replace("<Cdtr><Nm>", "<Cdtr><Nm>Decoy</Nm><Nm>"))
    names = [(one.place[-5:], one.text) for one in fields(transfer) if "/Cdtr/Nm" in one.place]
    assert names == [("Nm[1]", "Decoy"), ("Nm[2]", "Talvi Ostrand")]


def test_a_malformed_account_is_kept_judged_and_screened() -> None:
    other = "<Othr><Id>1000200030</Id></Othr>"
    for number, judgement in (("GB82WEST12345698765432", True), ("GB83WEST12345698765432", False)):
        (transfer,) = transfers(PACS_008.replace(other, f"<IBAN>{number}</IBAN>"))
        (found,) = [one for one in fields(transfer) if one.place.endswith("DbtrAcct/Id/IBAN")]
        assert (found.text, found.is_valid, found.role) == (number, judgement, Role.DEBTOR)


def test_the_scheme_of_an_identifier_goes_with_it() -> None:
    (transfer,) = transfers(PACS_008)
    schemes = {one.text: one.scheme for one in fields(transfer) if one.scheme}
    assert schemes == {"QM-88-1": "TXID", "12345": "QZNCC"}


def test_supplementary_data_is_screened_whatever_it_holds() -> None:
    extra = '<Envlp><x:Deal xmlns:x="urn:example:deal" who="Attr Name"><x:By>Brenn Kolvar</x:By></x:Deal></Envlp>'
    within = PACS_008.replace("</CdtTrfTxInf>", f"<SplmtryData>{extra}</SplmtryData></CdtTrfTxInf>")
    after = PACS_008.replace("</CdtTrfTxInf>", f"</CdtTrfTxInf><SplmtryData>{extra}</SplmtryData>")
    for text, path in ((within, "CdtTrfTxInf[1]/"), (after, "")):
        (transfer,) = transfers(text)
        place = f"FIToFICstmrCdtTrf/{path}SplmtryData/Envlp/Deal"
        found = {(one.place, one.text) for one in fields(transfer)}
        assert {(f"{place}/By", "Brenn Kolvar"), (f"{place}/@who", "Attr Name")} <= found


def test_an_instant_payment_is_marked() -> None:
    assert transfers(PACS_008)[0].is_instant
    assert not transfers(PACS_008.replace("<LclInstrm><Cd>INST</Cd></LclInstrm>", ""))[0].is_instant


def test_a_message_without_transactions_is_refused_and_a_recall_of_a_whole_message_is_not() -> None:
    start, end = PACS_008.index("<CdtTrfTxInf>"), PACS_008.index("</CdtTrfTxInf>") + len("</CdtTrfTxInf>")
    assert refused(PACS_008[:start] + PACS_008[end:]).field == "FIToFICstmrCdtTrf"
    start, end = camt_056.EXAMPLE.index("<TxInf>"), camt_056.EXAMPLE.index("</TxInf>") + len("</TxInf>")
    group = "<OrgnlGrpInfAndCxl><OrgnlMsgId>OLD-1</OrgnlMsgId><GrpCxl>true</GrpCxl></OrgnlGrpInfAndCxl>"
    (recall,) = transfers(camt_056.EXAMPLE[:start] + group + camt_056.EXAMPLE[end:])
    assert recall.original is not None
    assert (recall.original.message_id, recall.amount) == ("OLD-1", None)
    start, end = pacs_004.EXAMPLE.index("<TxInf>"), pacs_004.EXAMPLE.index("</TxInf>") + len("</TxInf>")
    (returned,) = transfers(pacs_004.EXAMPLE[:start] + pacs_004.EXAMPLE[end:])
    assert returned.message_id == "QZ-RET-1"


def test_a_return_says_why_and_of_what() -> None:
    (returned,) = transfers(pacs_004.EXAMPLE)
    assert returned.reasons == ("AC04",)
    assert returned.original is not None
    assert returned.original.end_to_end_id == "INV-77"
    assert [party.name for party in returned.original.parties] == ["Orvelle Trading House"]
    assert [party.name for party in returned.parties] == ["Talvi Ostrand", "Ostrand Bureau"]


# --- hostile


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPES = {
    "billion laughs": f'<!DOCTYPE Document [<!ENTITY l0 "ha">{LAUGHS}]>',
    "external entity": '<!DOCTYPE Document [<!ENTITY l9 SYSTEM "file:///etc/hostname">]>',
    "external subset": '<!DOCTYPE Document SYSTEM "http://127.0.0.1:9/x.dtd">',
    "harmless": "<!DOCTYPE Document>",
}


@pytest.mark.parametrize("doctype", DOCTYPES.values(), ids=DOCTYPES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_any_encoding(doctype: str, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}{document()}'
    assert "document type" in refused(text.encode(encoding)).why
    entity = text.replace("Talvi Ostrand", "&l9;")
    assert refused(entity.encode(encoding)).code == "payments.unreadable"
    padded = text.replace("?><!DOCTYPE", f"?><!--{'x' * 5000}--><!DOCTYPE")
    assert "document type" in refused(padded.encode(encoding)).why


def test_utf_16_is_read() -> None:
    text = f'<?xml version="1.0" encoding="utf-16"?>{document()}'
    assert len(transfers(text.encode("utf-16"))) == 1


@pytest.mark.parametrize("text", ["", " \n", "<Document/>", "<html><body/></html>", "<", '<Document xmlns="urn:x"/>'])
def test_what_is_no_message_is_refused(text: str) -> None:
    assert refused(text).code in {"payments.unreadable", "payments.kind_unknown"}


def test_a_document_that_is_not_what_its_namespace_says_is_refused() -> None:
    namespace = "urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"
    assert isinstance(refused(f'<Document xmlns="{namespace}"><Other/></Document>'), FieldUnknown)
    assert refused(f'<Document xmlns="{namespace}"/>').code == "payments.unreadable"
    assert isinstance(refused(f'<Document xmlns="{namespace.replace("008", "999")}"/>'), KindUnknown)


# --- large


class Generated(io.RawIOBase):
    """A file that is made while it is read."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts, self._left = parts, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        while not self._left:
            self._left = next(self._parts, b"")
            if not self._left:
                return 0
        count = min(len(view), len(self._left))
        view[:count], self._left = self._left[:count], self._left[count:]
        return count


class Long:
    """A file of any number of copies of one part between a head and a tail."""

    name = "long.xml"

    def __init__(self, text: str, part: str, copies: int) -> None:
        self._head, self._part, self._tail = (
            one.encode() for one in (*text.partition(part)[:2], text.partition(part)[2])
        )
        self._copies = copies

    def stream(self) -> BinaryIO:
        return cast("BinaryIO", io.BufferedReader(Generated(self._made())))

    def head(self, count: int) -> bytes:
        return (self._head + self._part)[:count]

    def _made(self) -> Iterator[bytes]:
        yield self._head
        yield from (self._part for _ in range(self._copies))
        yield self._tail


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096


@pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="only Linux tells the memory of a process in this way"
)
def test_fifty_thousand_transactions_need_no_more_memory_than_one() -> None:
    start, end = PACS_008.index("<CdtTrfTxInf>"), PACS_008.index("</CdtTrfTxInf>") + len("</CdtTrfTxInf>")
    copies, most = 50_000, 0
    before = resident_bytes()
    for transfer in read(KINDS, Long(PACS_008, PACS_008[start:end], copies)):
        if transfer.number % 5_000 == 0:
            most = max(most, resident_bytes())
    assert transfer.number == copies
    assert most - before < 40_000_000, "the file has 60 MB, its tree some 600 MB"


def test_a_transaction_without_end_is_stopped() -> None:
    line = "<Ustrd>again and again and again and again and again and again</Ustrd>"
    endless = Long(PACS_008.replace("<RmtInf>", f"<RmtInf>{line}"), line, 400_000)
    with pytest.raises(MessageTooLarge):
        list(read(KINDS, endless))
