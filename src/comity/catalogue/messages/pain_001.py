"""pain.001: a customer orders payments from its bank (CustomerCreditTransferInitiation), one debtor with many creditors."""

from __future__ import annotations

from functools import partial

from comity.catalogue.dialects import iso20022_components as c
from comity.catalogue.dialects.iso20022_blocks import Block, Leaf, Plain, Table
from comity.catalogue.dialects.iso20022_payment import (
    HEADER,
    IDENTIFIED,
    MANDATED,
    SAID,
    SPECIFICATION,
    amount,
    day,
    versions,
)
from comity.catalogue.dialects.iso20022_stream import Shape, read
from comity.model.money import Money
from comity.payments.model import Example, Expected, FieldKind, MessageKind, Role, Standard

K = FieldKind

BEARER = Leaf(Plain.CODE, "charge_bearer")
CHEQUE = Block(
    {
        "ChqTp": c.CODE,
        "ChqNb": c.REFERENCE,
        "ChqFr": Block({"Nm": Leaf(K.PARTY_NAME), "Adr": c.ADDRESS}, role=Role.CHEQUE_FROM),
        "DlvryMtd": c.CODED,
        "DlvrTo": c.addressed(),
        "InstrPrty": c.CODE,
        "ChqMtrtyDt": c.DATE,
        **dict.fromkeys(("FrmsCd", "RgnlClrZone", "PrtLctn"), c.REFERENCE),
        "MemoFld": c.REMARK,
        "Sgntr": Leaf(K.CONTACT_NAME),
    }
)
ORDERED: Table = {
    "InstdAmt": amount(),
    "EqvtAmt": Block({"Amt": amount(), "CcyOfTrf": c.AMOUNT}),
}
RATE: Table = {"UnitCcy": c.AMOUNT, "XchgRate": c.NUMBER, "RateTp": c.CODE, "CtrctId": c.REFERENCE}
SHAPE = Shape(
    kind="pain_001",
    names=versions("pain.001.001", 3, 12),
    root="CstmrCdtTrfInitn",
    record="CdtTrfTxInf",
    container="PmtInf",
    around={
        "GrpHdr": Block(
            {
                **HEADER.children,
                "InitgPty": c.party(Role.INITIATING_PARTY),
                "FwdgAgt": c.agent(Role.FORWARDING_AGENT),
                "InitnSrc": Block({"Nm": c.FREE_TEXT, "Prvdr": c.FREE_TEXT, "Vrsn": c.REFERENCE}),
            }
        ),
        "SplmtryData": c.SUPPLEMENTARY,
    },
    within={
        **c.CUSTOMERS,
        "PmtInfId": c.REFERENCE,
        "PmtMtd": c.CODE,
        "ReqdAdvcTp": Block({"CdtAdvc": c.CODED, "DbtAdvc": c.CODED}),
        "BtchBookg": c.FLAG,
        "NbOfTxs": c.NUMBER,
        "CtrlSum": c.NUMBER,
        "PmtTpInf": c.TYPED,
        "ReqdExctnDt": Block({"Dt": day(), "DtTm": day()}, text=day()),
        "PoolgAdjstmntDt": c.DATE,
        "InstrForDbtrAgt": c.INSTRUCTED,
        "ChrgBr": BEARER,
        "ChrgsAcct": c.account(Role.CHARGES_ACCOUNT),
        "ChrgsAcctAgt": c.agent(Role.CHARGES_AGENT),
    },
    transaction=Block(
        {
            **c.CUSTOMERS,
            **SAID,
            "PmtId": IDENTIFIED,
            "PmtTpInf": c.TYPED,
            "Amt": Block(ORDERED),
            "XchgRateInf": Block(RATE),
            "ChrgBr": BEARER,
            "MndtRltdInf": MANDATED,
            "ChqInstr": CHEQUE,
        }
    ),
    needed={"Amt": "amount", "Dbtr": Role.DEBTOR},
)

EXAMPLE = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"><CstmrCdtTrfInitn>
<GrpHdr><MsgId>BATCH-9</MsgId><CreDtTm>2031-11-21T09:00:00</CreDtTm><NbOfTxs>2</NbOfTxs>
<InitgPty><Nm>Orvelle Payroll</Nm></InitgPty></GrpHdr>
<PmtInf><PmtInfId>B9-1</PmtInfId><PmtMtd>TRF</PmtMtd><ReqdExctnDt>2031-11-22</ReqdExctnDt>
<Dbtr><Nm>Orvelle Trading House</Nm></Dbtr><DbtrAgt><FinInstnId><BIC>QUAMQMQM</BIC></FinInstnId></DbtrAgt>
<CdtTrfTxInf><PmtId><EndToEndId>PAY-1</EndToEndId></PmtId><Amt><InstdAmt Ccy="EUR">10</InstdAmt></Amt>
<Cdtr><Nm>Talvi Ostrand</Nm></Cdtr></CdtTrfTxInf>
<CdtTrfTxInf><PmtId><EndToEndId>PAY-2</EndToEndId></PmtId><Amt><InstdAmt Ccy="EUR">20.01</InstdAmt></Amt>
<Cdtr><Nm>Brenn Kolvar</Nm></Cdtr>
<Purp><Prtry>wages</Prtry></Purp></CdtTrfTxInf>
</PmtInf></CstmrCdtTrfInitn></Document>
"""
_ROOT = "CstmrCdtTrfInitn"
_AROUND = (
    (f"{_ROOT}/GrpHdr/MsgId", K.REFERENCE, "BATCH-9"),
    (f"{_ROOT}/GrpHdr/InitgPty/Nm", K.PARTY_NAME, "Orvelle Payroll"),
    (f"{_ROOT}/PmtInf[1]/PmtInfId", K.REFERENCE, "B9-1"),
    (f"{_ROOT}/PmtInf[1]/Dbtr/Nm", K.PARTY_NAME, "Orvelle Trading House"),
    (f"{_ROOT}/PmtInf[1]/DbtrAgt/FinInstnId/BIC", K.BIC, "QUAMQMQM"),
)
_TX = f"{_ROOT}/PmtInf[1]/CdtTrfTxInf"

MESSAGE = MessageKind(
    id="pain_001",
    title="Customer's order of credit transfers (pain.001)",
    standard=Standard.ISO_20022,
    names=SHAPE.names,
    read=partial(read, SHAPE),
    specification=SPECIFICATION,
    examples=(
        Example(
            text=EXAMPLE,
            yields=(
                Expected(
                    end_to_end_id="PAY-1",
                    amount=Money(1000, "EUR"),
                    fields=(
                        *_AROUND,
                        (f"{_TX}[1]/PmtId/EndToEndId", K.REFERENCE, "PAY-1"),
                        (f"{_TX}[1]/Cdtr/Nm", K.PARTY_NAME, "Talvi Ostrand"),
                    ),
                ),
                Expected(
                    end_to_end_id="PAY-2",
                    amount=Money(2001, "EUR"),
                    fields=(
                        *_AROUND,
                        (f"{_TX}[2]/PmtId/EndToEndId", K.REFERENCE, "PAY-2"),
                        (f"{_TX}[2]/Cdtr/Nm", K.PARTY_NAME, "Brenn Kolvar"),
                        (f"{_TX}[2]/Purp/Prtry", K.FREE_TEXT, "wages"),
                    ),
                ),
            ),
        ),
    ),
)
