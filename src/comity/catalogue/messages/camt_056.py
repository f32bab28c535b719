"""camt.056: a payment is called back (FIToFIPaymentCancellationRequest), one by one or a whole message at once."""

from __future__ import annotations

from functools import partial

from comity.catalogue.dialects import iso20022_components as c
from comity.catalogue.dialects.iso20022_blocks import Block
from comity.catalogue.dialects.iso20022_payment import (
    CASE,
    ORIGINAL,
    ORIGINAL_GROUP,
    REASON,
    SPECIFICATION,
    reference,
    versions,
)
from comity.catalogue.dialects.iso20022_stream import Shape, read
from comity.payments.model import Example, Expected, FieldKind, MessageKind, Role, Standard

K = FieldKind

SHAPE = Shape(
    kind="camt_056",
    names=versions("camt.056.001", 1, 11),
    root="FIToFIPmtCxlReq",
    record="TxInf",
    container="Undrlyg",
    around={
        "Assgnmt": Block(
            {
                "Id": reference("message_id"),
                "Assgnr": c.either(Role.ASSIGNER),
                "Assgne": c.either(Role.ASSIGNEE),
                "CreDtTm": c.DATE,
            }
        ),
        "Case": CASE,
        "CtrlData": Block({"NbOfTxs": c.NUMBER, "CtrlSum": c.NUMBER}),
        "SplmtryData": c.SUPPLEMENTARY,
    },
    within={"OrgnlGrpInfAndCxl": ORIGINAL_GROUP},
    transaction=Block(
        {
            **ORIGINAL,
            "CxlId": c.REFERENCE,
            "Case": CASE,
            "Assgnr": c.agent(Role.ASSIGNER),
            "Assgne": c.agent(Role.ASSIGNEE),
            "CxlRsnInf": REASON,
        }
    ),
    whole=True,
)

EXAMPLE = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.056.001.08"><FIToFIPmtCxlReq>
<Assgnmt><Id>QM-REC-1</Id><Assgnr><Agt><FinInstnId><BICFI>QUAMQMQM</BICFI></FinInstnId></Agt></Assgnr>
<Assgne><Agt><FinInstnId><BICFI>ZORLQZQZ</BICFI></FinInstnId></Agt></Assgne></Assgnmt>
<Undrlyg><TxInf><OrgnlEndToEndId>INV-77</OrgnlEndToEndId><OrgnlIntrBkSttlmAmt Ccy="EUR">1250.50</OrgnlIntrBkSttlmAmt>
<CxlRsnInf><Orgtr><Nm>Orvelle Trading House</Nm></Orgtr><Rsn><Cd>FRAD</Cd></Rsn></CxlRsnInf>
</TxInf></Undrlyg></FIToFIPmtCxlReq></Document>
"""
_ROOT = "FIToFIPmtCxlReq"
_TX = f"{_ROOT}/Undrlyg[1]/TxInf[1]"

MESSAGE = MessageKind(
    id="camt_056",
    title="Recall of a payment (camt.056)",
    standard=Standard.ISO_20022,
    names=SHAPE.names,
    read=partial(read, SHAPE),
    specification=SPECIFICATION,
    examples=(
        Example(
            text=EXAMPLE,
            yields=(
                Expected(
                    amount=None,
                    fields=(
                        (f"{_ROOT}/Assgnmt/Id", K.REFERENCE, "QM-REC-1"),
                        (f"{_ROOT}/Assgnmt/Assgnr/Agt/FinInstnId/BICFI", K.BIC, "QUAMQMQM"),
                        (f"{_ROOT}/Assgnmt/Assgne/Agt/FinInstnId/BICFI", K.BIC, "ZORLQZQZ"),
                        (f"{_TX}/OrgnlEndToEndId", K.REFERENCE, "INV-77"),
                        (f"{_TX}/CxlRsnInf/Orgtr/Nm", K.PARTY_NAME, "Orvelle Trading House"),
                    ),
                ),
            ),
        ),
    ),
)
