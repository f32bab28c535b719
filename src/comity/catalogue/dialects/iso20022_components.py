"""The components of ISO 20022 payment messages, every version in one: what each element is, and as what it is screened.

Later versions add elements and rename few (`BIC` to `BICFI`, `BICOrBEI` to `AnyBIC`), so one table reads them all. Read from the
schemas of pacs.004, pacs.008, pacs.009, pain.001 and camt.056; a test walks those schemas and demands every path.
"""

from __future__ import annotations

from typing import Final

from comity.catalogue.dialects.iso20022_blocks import Block, Leaf, Plain, Table
from comity.payments.model import FieldKind, Role

K = FieldKind
CODE, AMOUNT, DATE = Leaf(Plain.CODE), Leaf(Plain.AMOUNT), Leaf(Plain.DATE)
NUMBER, FLAG, KEY = Leaf(Plain.NUMBER), Leaf(Plain.FLAG), Leaf(Plain.KEY)
REFERENCE, FREE_TEXT, REMARK = Leaf(K.REFERENCE), Leaf(K.FREE_TEXT), Leaf(K.REMITTANCE)
COUNTRY, CONTACT = Leaf(K.COUNTRY), Leaf(K.CONTACT)

GENERIC: Final = Block({"Id": REFERENCE, "Issr": REFERENCE, "SchmeNm": REFERENCE})
CODED: Final = Block({"Cd": CODE, "Prtry": REFERENCE}, text=CODE)
"""A code of a code set, or words of one's own, which are no more than a label."""

CODED_OR_WRITTEN: Final = Block({"Cd": CODE, "Prtry": FREE_TEXT}, text=FREE_TEXT)
"""The same where people write whole reasons and purposes of their own."""

CODED_OR_GENERIC: Final = Block({"Cd": CODE, "Prtry": GENERIC}, text=CODE)
DAY: Final = Block({"Dt": DATE, "DtTm": DATE}, text=DATE)
SPAN: Final = Block({"FrDt": DATE, "ToDt": DATE})

ADDRESS: Final = Block(
    {
        "AdrTp": CODED_OR_GENERIC,
        "CareOf": Leaf(K.CONTACT_NAME),
        "Dept": Leaf(K.ADDRESS_LINE),
        "SubDept": Leaf(K.ADDRESS_LINE),
        **dict.fromkeys(("StrtNm", "BldgNb", "BldgNm", "Flr", "UnitNb", "Room", "PstBx"), Leaf(K.STREET)),
        "PstCd": Leaf(K.POSTCODE),
        "TwnNm": Leaf(K.TOWN),
        "TwnLctnNm": Leaf(K.TOWN),
        "DstrctNm": Leaf(K.REGION),
        "CtrySubDvsn": Leaf(K.REGION),
        "Ctry": COUNTRY,
        "AdrLine": Leaf(K.ADDRESS_LINE),
    }
)

CONTACTED: Final = Block(
    {
        "NmPrfx": CODE,
        "Nm": Leaf(K.CONTACT_NAME),
        **dict.fromkeys(("PhneNb", "MobNb", "FaxNb", "URLAdr", "EmailAdr", "EmailPurp"), CONTACT),
        **dict.fromkeys(("JobTitl", "Rspnsblty", "Dept"), CONTACT),
        "Othr": Block({"ChanlTp": REFERENCE, "Id": CONTACT}, text=CONTACT),
        "PrefrdMtd": CODE,
    }
)


def _identified(kind: FieldKind) -> Block:
    return Block({"Id": Leaf(kind), "SchmeNm": CODED, "Issr": REFERENCE}, typed=True)


ORGANISATION_ID: Final = Block(
    {
        "AnyBIC": Leaf(K.BIC),
        "BICOrBEI": Leaf(K.BIC),
        "LEI": Leaf(K.LEI),
        "Othr": _identified(K.ORGANISATION_ID),
    }
)
PERSON_ID: Final = Block(
    {
        "DtAndPlcOfBirth": Block(
            {
                "BirthDt": Leaf(K.BIRTH_DATE),
                **dict.fromkeys(("PrvcOfBirth", "CityOfBirth", "CtryOfBirth"), Leaf(K.BIRTH_PLACE)),
            }
        ),
        "Othr": _identified(K.NATIONAL_ID),
    }
)
PARTY: Final[Table] = {
    "Nm": Leaf(K.PARTY_NAME),
    "PstlAdr": ADDRESS,
    "Id": Block({"OrgId": ORGANISATION_ID, "PrvtId": PERSON_ID}),
    "CtryOfRes": COUNTRY,
    "CtctDtls": CONTACTED,
}
INSTITUTION: Final = Block(
    {
        "BICFI": Leaf(K.BIC),
        "BIC": Leaf(K.BIC),
        "ClrSysMmbId": Block({"ClrSysId": CODED, "MmbId": Leaf(K.CLEARING_ID)}, typed=True),
        "CmbndId": FREE_TEXT,
        "LEI": Leaf(K.LEI),
        "Nm": Leaf(K.AGENT_NAME),
        "PstlAdr": ADDRESS,
        "Othr": _identified(K.CLEARING_ID),
    }
)
BRANCH: Final = Block({"Id": REFERENCE, "LEI": Leaf(K.LEI), "Nm": Leaf(K.AGENT_NAME), "PstlAdr": ADDRESS})
AGENT: Final[Table] = {"FinInstnId": INSTITUTION, "BrnchId": BRANCH}

ACCOUNT: Final[Table] = {
    "Id": Block({"IBAN": Leaf(K.IBAN), "Othr": _identified(K.ACCOUNT)}),
    "Tp": CODED,
    "Ccy": AMOUNT,
    "Nm": Leaf(K.ACCOUNT_NAME),
    "Prxy": Block({"Tp": CODED, "Id": Leaf(K.PROXY)}, typed=True),
}


def party(role: Role, group: str = "") -> Block:
    """Describe a party in a role."""
    return Block(PARTY, role=role, group=group)


def agent(role: Role, group: str = "") -> Block:
    """Describe a financial institution in a role."""
    return Block(AGENT, role=role, group=group, agent=True)


def either(role: Role) -> Block:
    """Describe a role that parties and institutions play (`Pty`, `Agt`)."""
    return Block({"Pty": Block(PARTY), "Agt": Block(AGENT, agent=True)}, role=role)


def account(role: Role, group: str = "") -> Block:
    """Describe the account of whoever plays a role."""
    return Block(ACCOUNT, role=role, group=group)


PARTY_ROLES: Final = {
    "Dbtr": Role.DEBTOR,
    "UltmtDbtr": Role.ULTIMATE_DEBTOR,
    "InitgPty": Role.INITIATING_PARTY,
    "Cdtr": Role.CREDITOR,
    "UltmtCdtr": Role.ULTIMATE_CREDITOR,
}
AGENT_ROLES: Final = {
    "DbtrAgt": Role.DEBTOR_AGENT,
    "CdtrAgt": Role.CREDITOR_AGENT,
    "PrvsInstgAgt": Role.PREVIOUS_INSTRUCTING_AGENT_1,
    "PrvsInstgAgt1": Role.PREVIOUS_INSTRUCTING_AGENT_1,
    "PrvsInstgAgt2": Role.PREVIOUS_INSTRUCTING_AGENT_2,
    "PrvsInstgAgt3": Role.PREVIOUS_INSTRUCTING_AGENT_3,
    "IntrmyAgt1": Role.INTERMEDIARY_AGENT_1,
    "IntrmyAgt2": Role.INTERMEDIARY_AGENT_2,
    "IntrmyAgt3": Role.INTERMEDIARY_AGENT_3,
}
ACCOUNTS: Final[Table] = {
    f"{name}Acct": account(role) for name, role in {**AGENT_ROLES, "Dbtr": Role.DEBTOR, "Cdtr": Role.CREDITOR}.items()
}
AGENTS: Final[Table] = {name: agent(role) for name, role in AGENT_ROLES.items()}
CUSTOMERS: Final[Table] = {name: party(role) for name, role in PARTY_ROLES.items()} | AGENTS | ACCOUNTS
"""Who pays whom through whom, where parties pay."""

INSTITUTIONS: Final[Table] = {name: agent(role) for name, role in PARTY_ROLES.items()} | AGENTS | ACCOUNTS
"""The same where institutions pay."""

EITHER: Final[Table] = {name: either(role) for name, role in PARTY_ROLES.items()} | AGENTS | ACCOUNTS
"""The same where both may."""

HANDED_ON: Final[Table] = {"InstgAgt": agent(Role.INSTRUCTING_AGENT), "InstdAgt": agent(Role.INSTRUCTED_AGENT)}


def addressed(group: str = "each") -> Block:
    """Describe a name with an address (`NameAndAddress`)."""
    return Block({"Nm": Leaf(K.PARTY_NAME), "Adr": ADDRESS}, role=Role.DELIVERED_TO, group=group)


CHARGES: Final = Block(
    {
        "Amt": Leaf(Plain.AMOUNT, "charge"),
        "Agt": agent(Role.CHARGES_AGENT, "each"),
        "Pty": agent(Role.CHARGES_AGENT, "each"),
        "Tp": CODED_OR_GENERIC,
    }
)
PURPOSE: Final = Block({"Cd": Leaf(Plain.CODE, "purpose"), "Prtry": Leaf(K.FREE_TEXT, "purpose")})
TYPED: Final = Block(
    {
        "InstrPrty": CODE,
        "ClrChanl": CODE,
        "SvcLvl": Block({"Cd": Leaf(Plain.CODE, "service_level"), "Prtry": Leaf(K.REFERENCE, "service_level")}),
        "LclInstrm": Block(
            {"Cd": Leaf(Plain.CODE, "local_instrument"), "Prtry": Leaf(K.REFERENCE, "local_instrument")}
        ),
        "SeqTp": CODE,
        "CtgyPurp": Block({"Cd": Leaf(Plain.CODE, "category_purpose"), "Prtry": Leaf(K.FREE_TEXT, "category_purpose")}),
    }
)
INSTRUCTED: Final = Block({"Cd": CODE, "InstrInf": FREE_TEXT}, text=FREE_TEXT)
REPORTED: Final = Block(
    {
        "DbtCdtRptgInd": CODE,
        "Authrty": Block({"Nm": FREE_TEXT, "Ctry": COUNTRY}),
        "Dtls": Block({"Tp": FREE_TEXT, "Dt": DATE, "Ctry": COUNTRY, "Cd": REFERENCE, "Amt": AMOUNT, "Inf": FREE_TEXT}),
    }
)
SUPPLEMENTARY: Final = Block({"PlcAndNm": FREE_TEXT, "Envlp": Block({}, anything=FREE_TEXT, text=FREE_TEXT)})
