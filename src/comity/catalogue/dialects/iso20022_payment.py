"""What ISO 20022 payment messages share: headers, identifications, settlement, the payment beneath and the original one."""

from __future__ import annotations

from typing import Final

from comity.catalogue.dialects import iso20022_components as c
from comity.catalogue.dialects import iso20022_remittance as r
from comity.catalogue.dialects.iso20022_blocks import Block, Leaf, Plain, Table
from comity.payments.model import FieldKind, Role

SPECIFICATION: Final = "ISO 20022 message definitions, https://www.iso20022.org/iso-20022-message-definitions"


def reference(fact: str) -> Leaf:
    """Describe a reference that the transfer keeps."""
    return Leaf(FieldKind.REFERENCE, fact)


def amount(fact: str = "amount") -> Leaf:
    """Describe an amount that the transfer keeps."""
    return Leaf(Plain.AMOUNT, fact)


def day(fact: str = "settles_on") -> Leaf:
    """Describe a date that the transfer keeps."""
    return Leaf(Plain.DATE, fact)


def versions(family: str, first: int, last: int) -> tuple[str, ...]:
    """Return the names of a message's versions: `pacs.008.001.02` and so on."""
    return tuple(f"{family}.{number:02}" for number in range(first, last + 1))


IDENTIFIED: Final = Block(
    {
        "InstrId": reference("instruction_id"),
        "EndToEndId": reference("end_to_end_id"),
        "TxId": reference("transaction_id"),
        "UETR": reference("uetr"),
        "ClrSysRef": c.REFERENCE,
    }
)
TIMES: Final[Table] = {
    "SttlmPrty": c.CODE,
    "SttlmTmIndctn": Block({"DbtDtTm": c.DATE, "CdtDtTm": c.DATE}),
    "SttlmTmReq": Block({"CLSTm": c.DATE, "TillTm": c.DATE, "FrTm": c.DATE, "RjctTm": c.DATE}),
    "AddtlDtTm": Block({"AccptncDtTm": c.DATE, "PoolgAdjstmntDt": c.DATE, "XpryDtTm": c.DATE}),
    **dict.fromkeys(("AccptncDtTm", "PoolgAdjstmntDt", "XpryDtTm"), c.DATE),
}
SETTLED: Final = Block(
    {
        "SttlmMtd": c.CODE,
        "SttlmAcct": c.account(Role.SETTLEMENT_ACCOUNT),
        "ClrSys": c.CODED,
        "InstgRmbrsmntAgt": c.agent(Role.INSTRUCTING_REIMBURSEMENT_AGENT),
        "InstgRmbrsmntAgtAcct": c.account(Role.INSTRUCTING_REIMBURSEMENT_AGENT),
        "InstdRmbrsmntAgt": c.agent(Role.INSTRUCTED_REIMBURSEMENT_AGENT),
        "InstdRmbrsmntAgtAcct": c.account(Role.INSTRUCTED_REIMBURSEMENT_AGENT),
        "ThrdRmbrsmntAgt": c.agent(Role.THIRD_REIMBURSEMENT_AGENT),
        "ThrdRmbrsmntAgtAcct": c.account(Role.THIRD_REIMBURSEMENT_AGENT),
    }
)
HEADER: Final = Block(
    {
        "MsgId": reference("message_id"),
        "CreDtTm": c.DATE,
        "Authstn": Block({"Cd": c.CODE, "Prtry": c.FREE_TEXT}),
        "BtchBookg": c.FLAG,
        "NbOfTxs": c.NUMBER,
        "CtrlSum": c.NUMBER,
        "TtlIntrBkSttlmAmt": c.AMOUNT,
        "IntrBkSttlmDt": day(),
        "SttlmInf": SETTLED,
        "PmtTpInf": c.TYPED,
        "XpryDtTm": c.DATE,
        **c.HANDED_ON,
    }
)
"""The group header of messages between agents (`GrpHdr`)."""

EXCHANGED: Final = Block(
    {
        "UnitCcy": c.AMOUNT,
        "QtdCcy": c.AMOUNT,
        "PreAgrdXchgRate": c.NUMBER,
        "QtnDtTm": c.DATE,
        "QtId": c.REFERENCE,
        "FXAgt": c.agent(Role.EXCHANGE_AGENT),
    }
)
FREQUENCY: Final = Block(
    {
        "Tp": c.CODE,
        "Prd": Block({"Tp": c.CODE, "CntPerPrd": c.NUMBER}),
        "PtInTm": Block({"Tp": c.CODE, "PtInTm": c.NUMBER}),
    },
    text=c.CODE,
)
MANDATED: Final = Block(
    {
        "MndtId": c.REFERENCE,
        "Tp": Block({"SvcLvl": c.CODED, "LclInstrm": c.CODED, "CtgyPurp": c.CODED, "Clssfctn": c.CODED}),
        "ElctrncSgntr": c.KEY,
        "Frqcy": FREQUENCY,
        "Rsn": c.CODED_OR_WRITTEN,
        **dict.fromkeys(("DtOfSgntr", "DtOfVrfctn", "FrstPmtDt", "FnlPmtDt"), c.DATE),
    }
)
AMENDED: Final = Block(
    {
        "OrgnlMndtId": c.REFERENCE,
        "OrgnlCdtrSchmeId": c.party(Role.ORIGINAL_CREDITOR_SCHEME),
        "OrgnlCdtrAgt": c.agent(Role.ORIGINAL_CREDITOR_AGENT),
        "OrgnlCdtrAgtAcct": c.account(Role.ORIGINAL_CREDITOR_AGENT),
        "OrgnlDbtr": c.party(Role.ORIGINAL_DEBTOR),
        "OrgnlDbtrAcct": c.account(Role.ORIGINAL_DEBTOR),
        "OrgnlDbtrAgt": c.agent(Role.ORIGINAL_DEBTOR_AGENT),
        "OrgnlDbtrAgtAcct": c.account(Role.ORIGINAL_DEBTOR_AGENT),
        "OrgnlFnlColltnDt": c.DATE,
        "OrgnlFrqcy": FREQUENCY,
        "OrgnlRsn": c.CODED_OR_WRITTEN,
        "OrgnlTrckgDays": c.NUMBER,
    }
)
DIRECT_DEBIT: Final[Table] = {
    "MndtId": c.REFERENCE,
    "DtOfSgntr": c.DATE,
    "AmdmntInd": c.FLAG,
    "AmdmntInfDtls": AMENDED,
    "ElctrncSgntr": c.KEY,
    "FrstColltnDt": c.DATE,
    "FnlColltnDt": c.DATE,
    "Frqcy": FREQUENCY,
    "Rsn": c.CODED_OR_WRITTEN,
    "TrckgDays": c.NUMBER,
}
SAID: Final[Table] = {
    "InstrForCdtrAgt": c.INSTRUCTED,
    "InstrForNxtAgt": c.INSTRUCTED,
    "InstrForDbtrAgt": c.INSTRUCTED,
    "Purp": c.PURPOSE,
    "RgltryRptg": c.REPORTED,
    "Tax": r.TAX,
    "RltdRmtInf": r.ELSEWHERE,
    "RmtInf": r.REMITTED,
    "SplmtryData": c.SUPPLEMENTARY,
}
"""What a transaction says beside who pays whom."""

NEEDED: Final[dict[str, str | Role]] = {"IntrBkSttlmAmt": "amount", "Dbtr": Role.DEBTOR, "Cdtr": Role.CREDITOR}
"""What no credit transfer between agents can do without."""

TRANSFERRED: Final[Table] = {
    "PmtId": IDENTIFIED,
    "PmtTpInf": c.TYPED,
    "IntrBkSttlmAmt": amount(),
    "IntrBkSttlmDt": day(),
    **TIMES,
    "InstdAmt": amount("instructed_amount"),
    "XchgRate": c.NUMBER,
    "AgrdRate": EXCHANGED,
    "ChrgBr": Leaf(Plain.CODE, "charge_bearer"),
    "ChrgsInf": c.CHARGES,
    "MndtRltdInf": MANDATED,
    "PmtSgntr": Block({"ILPV4": c.KEY, "Sgntr": c.KEY}),
    **c.HANDED_ON,
    **SAID,
}
"""A credit transfer between agents, but for who pays whom."""

UNDERLYING: Final = Block({**c.CUSTOMERS, **TRANSFERRED}, apart="underlying")
"""The customer's payment that a payment between institutions covers."""

REASON: Final = Block(
    {
        "Orgtr": c.party(Role.ORIGINATOR, "each"),
        "Rsn": Block({"Cd": Leaf(Plain.CODE, "reason"), "Prtry": Leaf(FieldKind.FREE_TEXT, "reason")}),
        "AddtlInf": c.FREE_TEXT,
    }
)
"""Why a payment is returned or called back."""

CASE: Final = Block({"Id": c.REFERENCE, "Cretr": c.either(Role.CASE_CREATOR), "ReopCaseIndctn": c.FLAG})
ORIGINAL_GROUP: Final = Block(
    {
        "GrpCxlId": c.REFERENCE,
        "Case": CASE,
        "OrgnlMsgId": reference("original_message_id"),
        "OrgnlMsgNmId": reference("original_message_name"),
        "OrgnlCreDtTm": c.DATE,
        "NbOfTxs": c.NUMBER,
        "CtrlSum": c.NUMBER,
        "GrpCxl": c.FLAG,
        "CxlRsnInf": REASON,
        "RtrRsnInf": REASON,
    }
)
EQUIVALENT: Final = Block({"Amt": c.AMOUNT, "CcyOfTrf": c.AMOUNT})
ORIGINAL: Final[Table] = {
    "OrgnlGrpInf": ORIGINAL_GROUP,
    "OrgnlInstrId": reference("original_instruction_id"),
    "OrgnlEndToEndId": reference("original_end_to_end_id"),
    "OrgnlTxId": reference("original_transaction_id"),
    "OrgnlUETR": reference("original_uetr"),
    "OrgnlClrSysRef": c.REFERENCE,
    "OrgnlIntrBkSttlmAmt": amount("original_amount"),
    "OrgnlIntrBkSttlmDt": day("original_settles_on"),
    "OrgnlTxRef": Block(
        {
            "IntrBkSttlmAmt": c.AMOUNT,
            "Amt": Block({"InstdAmt": c.AMOUNT, "EqvtAmt": EQUIVALENT}),
            **dict.fromkeys(("IntrBkSttlmDt", "ReqdColltnDt"), c.DATE),
            "ReqdExctnDt": c.DAY,
            "CdtrSchmeId": c.party(Role.CREDITOR_SCHEME),
            "SttlmInf": SETTLED,
            "PmtTpInf": Block(
                {**c.TYPED.children, "SvcLvl": c.CODED, "LclInstrm": c.CODED, "CtgyPurp": c.CODED_OR_WRITTEN}
            ),
            "PmtMtd": c.CODE,
            "MndtRltdInf": Block({**DIRECT_DEBIT, "DrctDbtMndt": Block(DIRECT_DEBIT), "CdtTrfMndt": MANDATED}),
            "RmtInf": r.REMITTED,
            **{
                name: Block({**c.PARTY, "Pty": Block(c.PARTY), "Agt": Block(c.AGENT, agent=True)}, role=role)
                for name, role in c.PARTY_ROLES.items()
            },
            **c.AGENTS,
            **c.ACCOUNTS,
            "Purp": c.CODED_OR_WRITTEN,
            "UndrlygCstmrCdtTrf": UNDERLYING,
        },
        apart="original",
    ),
    "SplmtryData": c.SUPPLEMENTARY,
}
"""The payment that is returned or called back, as far as it is repeated."""
