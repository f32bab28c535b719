"""pacs.009: money that institutions move for themselves, or to cover a customer's payment (FinancialInstitutionCreditTransfer).

A cover payment carries the customer's payment beneath it; both are screened.
"""

from __future__ import annotations

from functools import partial

from comity.catalogue.dialects import iso20022_components as c
from comity.catalogue.dialects.iso20022_blocks import Block, Table
from comity.catalogue.dialects.iso20022_payment import (
    HEADER,
    NEEDED,
    SPECIFICATION,
    TRANSFERRED,
    UNDERLYING,
    versions,
)
from comity.catalogue.dialects.iso20022_stream import Shape, read
from comity.model.money import Money
from comity.payments.model import Example, Expected, FieldKind, MessageKind, Role, Standard

K = FieldKind

ALLOCATED = Block(
    {
        "Amt": c.AMOUNT,
        "CdtDbtInd": c.CODE,
        "Acct": c.account(Role.ALLOCATED, "each"),
        "Purp": c.CODED_OR_WRITTEN,
        "Ref": c.REFERENCE,
        "RltdRefs": Block(
            dict.fromkeys(
                (
                    *("SctiesSttlmTxId", "IntraPosMvmntId", "IntraBalMvmntId", "AcctSvcrTxId", "MktInfrstrctrTxId"),
                    *("CtrPtyMktInfrstrctrTxId", "PoolId", "CmonId", "TradId", "OthrTxId"),
                ),
                c.REFERENCE,
            )
        ),
    }
)
BETWEEN: Table = {**TRANSFERRED, **c.INSTITUTIONS, "UndrlygAllcn": ALLOCATED}
SHAPE = Shape(
    kind="pacs_009",
    names=versions("pacs.009.001", 2, 12),
    root="FICdtTrf",
    record="CdtTrfTxInf",
    around={"GrpHdr": HEADER, "SplmtryData": c.SUPPLEMENTARY},
    transaction=Block(
        {
            **BETWEEN,
            "UndrlygCstmrCdtTrf": UNDERLYING,
            "UndrlygFICdtTrf": Block(BETWEEN, apart="underlying"),
        }
    ),
    needed=NEEDED,
)

EXAMPLE = """<?xml version="1.0" encoding="UTF-8"?>
<f:Document xmlns:f="urn:iso:std:iso:20022:tech:xsd:pacs.009.001.08"><f:FICdtTrf>
<f:GrpHdr><f:MsgId>QM-COV-1</f:MsgId></f:GrpHdr>
<f:CdtTrfTxInf><f:PmtId><f:EndToEndId>INV-78</f:EndToEndId></f:PmtId>
<f:IntrBkSttlmAmt Ccy="JPY">90000</f:IntrBkSttlmAmt><f:IntrBkSttlmDt>2031-11-21</f:IntrBkSttlmDt>
<f:Dbtr><f:FinInstnId><f:BICFI>QUAMQMQM</f:BICFI></f:FinInstnId></f:Dbtr>
<f:Cdtr><f:FinInstnId><f:Nm>Zorland Savings Bank</f:Nm></f:FinInstnId></f:Cdtr>
<f:UndrlygCstmrCdtTrf><f:Dbtr><f:Nm>Hidden Payer of Quamaria</f:Nm></f:Dbtr><f:Cdtr><f:Nm>Hidden Payee of Zorland</f:Nm></f:Cdtr>
<f:RmtInf><f:Ustrd>Spare parts</f:Ustrd></f:RmtInf></f:UndrlygCstmrCdtTrf>
</f:CdtTrfTxInf></f:FICdtTrf></f:Document>
"""
_TX = "FICdtTrf/CdtTrfTxInf[1]"

MESSAGE = MessageKind(
    id="pacs_009",
    title="Credit transfer between institutions, also as cover (pacs.009, pacs.009 COV)",
    standard=Standard.ISO_20022,
    names=SHAPE.names,
    read=partial(read, SHAPE),
    specification=SPECIFICATION,
    examples=(
        Example(
            text=EXAMPLE,
            yields=(
                Expected(
                    end_to_end_id="INV-78",
                    amount=Money(90000, "JPY"),
                    fields=(
                        ("FICdtTrf/GrpHdr/MsgId", K.REFERENCE, "QM-COV-1"),
                        (f"{_TX}/PmtId/EndToEndId", K.REFERENCE, "INV-78"),
                        (f"{_TX}/Dbtr/FinInstnId/BICFI", K.BIC, "QUAMQMQM"),
                        (f"{_TX}/Cdtr/FinInstnId/Nm", K.AGENT_NAME, "Zorland Savings Bank"),
                        (f"{_TX}/UndrlygCstmrCdtTrf/Dbtr/Nm", K.PARTY_NAME, "Hidden Payer of Quamaria"),
                        (f"{_TX}/UndrlygCstmrCdtTrf/Cdtr/Nm", K.PARTY_NAME, "Hidden Payee of Zorland"),
                        (f"{_TX}/UndrlygCstmrCdtTrf/RmtInf/Ustrd", K.REMITTANCE, "Spare parts"),
                    ),
                ),
            ),
        ),
    ),
)
