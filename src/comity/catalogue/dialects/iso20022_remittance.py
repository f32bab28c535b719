"""Remittance in ISO 20022 payment messages: what the payer tells the payee, with its documents, taxes and garnishments."""

from __future__ import annotations

from typing import Final

from comity.catalogue.dialects import iso20022_components as c
from comity.catalogue.dialects.iso20022_blocks import Block, Leaf
from comity.payments.model import REMITTANCE, FieldKind, Role

K = FieldKind

TYPED_DOCUMENT: Final = Block({"CdOrPrtry": c.CODED, "Issr": c.REFERENCE})
ADJUSTED: Final = Block({"Amt": c.AMOUNT, "CdtDbtInd": c.CODE, "Rsn": c.REFERENCE, "AddtlInf": c.REMARK})
TYPED_AMOUNT: Final = Block({"Tp": c.CODED, "Amt": c.AMOUNT}, text=c.AMOUNT)
DUE: Final = Block(
    {
        "DuePyblAmt": c.AMOUNT,
        "DscntApldAmt": TYPED_AMOUNT,
        "CdtNoteAmt": c.AMOUNT,
        "TaxAmt": TYPED_AMOUNT,
        "AdjstmntAmtAndRsn": ADJUSTED,
        "RmtdAmt": c.AMOUNT,
        "RmtAmtAndTp": TYPED_AMOUNT,
    }
)
DATED: Final = Block({"Tp": c.CODED, "Dt": c.DATE}, text=c.DATE)
DOCUMENT: Final = Block(
    {
        "Tp": TYPED_DOCUMENT,
        "Nb": c.REFERENCE,
        "RltdDt": DATED,
        "LineDtls": Block(
            {
                "Id": Block({"Tp": TYPED_DOCUMENT, "Nb": c.REFERENCE, "RltdDt": DATED}),
                "Desc": c.REMARK,
                "Amt": DUE,
            }
        ),
    }
)
PERIOD: Final = Block({"Yr": c.DATE, "Tp": c.CODE, "FrToDt": c.SPAN})
TAXED: Final = Block(
    {
        "Rate": c.NUMBER,
        "TaxblBaseAmt": c.AMOUNT,
        "TtlAmt": c.AMOUNT,
        "Dtls": Block({"Prd": PERIOD, "Amt": c.AMOUNT}),
    }
)


def tax_party(role: Role) -> Block:
    """Describe a taxpayer or an authority in a tax remittance."""
    return Block(
        {
            "TaxId": Leaf(K.NATIONAL_ID),
            "RegnId": Leaf(K.NATIONAL_ID),
            "TaxTp": c.REFERENCE,
            "Authstn": Block({"Titl": c.REFERENCE, "Nm": Leaf(K.CONTACT_NAME)}),
        },
        role=role,
        group="each",
    )


TAX: Final = Block(
    {
        "Cdtr": tax_party(Role.TAX_CREDITOR),
        "Dbtr": tax_party(Role.TAX_DEBTOR),
        "UltmtDbtr": tax_party(Role.TAX_ULTIMATE_DEBTOR),
        **dict.fromkeys(("AdmstnZn", "AdmstnZone"), c.FREE_TEXT),
        "RefNb": c.REFERENCE,
        "Mtd": c.REFERENCE,
        "TtlTaxblBaseAmt": c.AMOUNT,
        "TtlTaxAmt": c.AMOUNT,
        "Dt": c.DATE,
        "SeqNb": c.NUMBER,
        "Rcrd": Block(
            {
                **dict.fromkeys(("Tp", "Ctgy", "DbtrSts", "CertId", "FrmsCd"), c.REFERENCE),
                "CtgyDtls": c.FREE_TEXT,
                "Prd": PERIOD,
                "TaxAmt": TAXED,
                "AddtlInf": c.FREE_TEXT,
            }
        ),
    }
)
GARNISHMENT: Final = Block(
    {
        "Tp": TYPED_DOCUMENT,
        "Grnshee": c.party(Role.GARNISHEE, "each"),
        "GrnshmtAdmstr": c.party(Role.GARNISHMENT_ADMINISTRATOR, "each"),
        "RefNb": c.REFERENCE,
        "Dt": c.DATE,
        "RmtdAmt": c.AMOUNT,
        "FmlyMdclInsrncInd": c.FLAG,
        "MplyeeTermntnInd": c.FLAG,
    }
)
REMITTED: Final = Block(
    {
        "Ustrd": c.REMARK,
        "Strd": Block(
            {
                "RfrdDocInf": DOCUMENT,
                "RfrdDocAmt": DUE,
                "CdtrRefInf": Block({"Tp": TYPED_DOCUMENT, "Ref": c.REFERENCE}),
                "Invcr": c.party(Role.INVOICER, "each"),
                "Invcee": c.party(Role.INVOICEE, "each"),
                "TaxRmt": TAX,
                "GrnshmtRmt": GARNISHMENT,
                "AddtlRmtInf": c.REMARK,
            }
        ),
    },
    group=REMITTANCE,
)
ELSEWHERE: Final = Block(
    {
        "RmtId": c.REFERENCE,
        "RmtLctnMtd": c.CODE,
        "RmtLctnElctrncAdr": c.CONTACT,
        "RmtLctnPstlAdr": c.addressed(),
        "RmtLctnDtls": Block({"Mtd": c.CODE, "ElctrncAdr": c.CONTACT, "PstlAdr": c.addressed()}),
    }
)
"""Where the details of a remittance are sent when they do not fit into the payment."""
