"""pacs.004: money that comes back (PaymentReturn). Its own chain is screened, and the original payment that it repeats."""

from __future__ import annotations

from functools import partial

from comity.catalogue.dialects import iso20022_components as c
from comity.catalogue.dialects.iso20022_blocks import Block, Leaf, Plain
from comity.catalogue.dialects.iso20022_payment import (
    HEADER,
    ORIGINAL,
    ORIGINAL_GROUP,
    REASON,
    SPECIFICATION,
    TIMES,
    amount,
    day,
    versions,
)
from comity.catalogue.dialects.iso20022_stream import Shape, read
from comity.model.money import Money
from comity.payments.model import Example, Expected, FieldKind, MessageKind, Standard

K = FieldKind

SHAPE = Shape(
    kind="pacs_004",
    names=versions("pacs.004.001", 2, 13),
    root="PmtRtr",
    record="TxInf",
    around={
        "GrpHdr": Block({**HEADER.children, "GrpRtr": c.FLAG, "TtlRtrdIntrBkSttlmAmt": c.AMOUNT}),
        "OrgnlGrpInf": ORIGINAL_GROUP,
        "SplmtryData": c.SUPPLEMENTARY,
    },
    transaction=Block(
        {
            **ORIGINAL,
            **TIMES,
            **c.HANDED_ON,
            "RtrId": c.REFERENCE,
            "PmtTpInf": c.TYPED,
            "RtrdIntrBkSttlmAmt": amount(),
            "IntrBkSttlmDt": day(),
            "RtrdInstdAmt": amount("instructed_amount"),
            "XchgRate": c.NUMBER,
            "CompstnAmt": c.AMOUNT,
            "ChrgBr": Leaf(Plain.CODE, "charge_bearer"),
            "ChrgsInf": c.CHARGES,
            "ClrSysRef": c.REFERENCE,
            "RtrChain": Block(c.EITHER),
            "RtrRsnInf": REASON,
        }
    ),
    whole=True,
)

EXAMPLE = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.004.001.09"><PmtRtr>
<GrpHdr><MsgId>QZ-RET-1</MsgId></GrpHdr>
<TxInf><OrgnlEndToEndId>INV-77</OrgnlEndToEndId><RtrdIntrBkSttlmAmt Ccy="EUR">1250.50</RtrdIntrBkSttlmAmt>
<IntrBkSttlmDt>2031-11-22</IntrBkSttlmDt>
<RtrChain><Dbtr><Pty><Nm>Talvi Ostrand</Nm></Pty></Dbtr>
<Cdtr><Agt><FinInstnId><BICFI>QUAMQMQM</BICFI></FinInstnId></Agt></Cdtr></RtrChain>
<RtrRsnInf><Orgtr><Nm>Ostrand Bureau</Nm></Orgtr><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>account closed</AddtlInf></RtrRsnInf>
<OrgnlTxRef><Dbtr><Pty><Nm>Orvelle Trading House</Nm></Pty></Dbtr></OrgnlTxRef>
</TxInf></PmtRtr></Document>
"""
_TX = "PmtRtr/TxInf[1]"

MESSAGE = MessageKind(
    id="pacs_004",
    title="Return of a payment (pacs.004)",
    standard=Standard.ISO_20022,
    names=SHAPE.names,
    read=partial(read, SHAPE),
    specification=SPECIFICATION,
    examples=(
        Example(
            text=EXAMPLE,
            yields=(
                Expected(
                    amount=Money(125050, "EUR"),
                    fields=(
                        ("PmtRtr/GrpHdr/MsgId", K.REFERENCE, "QZ-RET-1"),
                        (f"{_TX}/OrgnlEndToEndId", K.REFERENCE, "INV-77"),
                        (f"{_TX}/RtrChain/Dbtr/Pty/Nm", K.PARTY_NAME, "Talvi Ostrand"),
                        (f"{_TX}/RtrChain/Cdtr/Agt/FinInstnId/BICFI", K.BIC, "QUAMQMQM"),
                        (f"{_TX}/RtrRsnInf/Orgtr/Nm", K.PARTY_NAME, "Ostrand Bureau"),
                        (f"{_TX}/RtrRsnInf/AddtlInf", K.FREE_TEXT, "account closed"),
                        (f"{_TX}/OrgnlTxRef/Dbtr/Pty/Nm", K.PARTY_NAME, "Orvelle Trading House"),
                    ),
                ),
            ),
        ),
    ),
)
