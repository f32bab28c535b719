"""pacs.008: a customer's credit transfer, from agent to agent (FIToFICustomerCreditTransfer)."""

from __future__ import annotations

from functools import partial

from comity.catalogue.dialects import iso20022_components as c
from comity.catalogue.dialects.iso20022_blocks import Block
from comity.catalogue.dialects.iso20022_payment import HEADER, NEEDED, SPECIFICATION, TRANSFERRED, versions
from comity.catalogue.dialects.iso20022_stream import Shape, read
from comity.model.money import Money
from comity.payments.model import Example, Expected, FieldKind, MessageKind, Standard

K = FieldKind

SHAPE = Shape(
    kind="pacs_008",
    names=versions("pacs.008.001", 2, 13),
    root="FIToFICstmrCdtTrf",
    record="CdtTrfTxInf",
    around={"GrpHdr": HEADER, "SplmtryData": c.SUPPLEMENTARY},
    transaction=Block({**TRANSFERRED, **c.CUSTOMERS}),
    needed=NEEDED,
)

EXAMPLE = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf>
<GrpHdr><MsgId>QM-2031-0001</MsgId><CreDtTm>2031-11-21T09:00:00Z</CreDtTm><NbOfTxs>1</NbOfTxs>
<SttlmInf><SttlmMtd>INDA</SttlmMtd></SttlmInf></GrpHdr>
<CdtTrfTxInf>
<PmtId><EndToEndId>INV-77</EndToEndId><UETR>00000000-0000-4000-8000-000000000001</UETR></PmtId>
<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl><LclInstrm><Cd>INST</Cd></LclInstrm></PmtTpInf>
<IntrBkSttlmAmt Ccy="EUR">1250.5</IntrBkSttlmAmt><IntrBkSttlmDt>2031-11-21</IntrBkSttlmDt><ChrgBr>SLEV</ChrgBr>
<InstgAgt><FinInstnId><BICFI>QUAMQMQMXXX</BICFI></FinInstnId></InstgAgt>
<Dbtr><Nm>Orvelle Trading House</Nm>
<PstlAdr><StrtNm>Harbour Street</StrtNm><TwnNm>Port Quam</TwnNm><Ctry>QM</Ctry>
<AdrLine>Pier 4</AdrLine><AdrLine>Gate 2</AdrLine></PstlAdr>
<Id><OrgId><Othr><Id>QM-88-1</Id><SchmeNm><Cd>TXID</Cd></SchmeNm></Othr></OrgId></Id></Dbtr>
<DbtrAcct><Id><Othr><Id>1000200030</Id></Othr></Id></DbtrAcct>
<DbtrAgt><FinInstnId><BICFI>QUAMQMQMXXX</BICFI></FinInstnId></DbtrAgt>
<CdtrAgt><FinInstnId><ClrSysMmbId><ClrSysId><Cd>QZNCC</Cd></ClrSysId><MmbId>12345</MmbId></ClrSysMmbId>
<Nm>Second Bank of Zorland</Nm></FinInstnId></CdtrAgt>
<Cdtr><Nm>Talvi Ostrand</Nm>
<Id><PrvtId><DtAndPlcOfBirth><BirthDt>1981-04-05</BirthDt><CityOfBirth>Zoria</CityOfBirth>
<CtryOfBirth>QZ</CtryOfBirth></DtAndPlcOfBirth>
</PrvtId></Id></Cdtr>
<RmtInf><Ustrd>Repair of the ferry Lumen</Ustrd><Strd><CdtrRefInf><Ref>RF-77</Ref></CdtrRefInf></Strd></RmtInf>
</CdtTrfTxInf></FIToFICstmrCdtTrf></Document>
"""
_TX = "FIToFICstmrCdtTrf/CdtTrfTxInf[1]"

MESSAGE = MessageKind(
    id="pacs_008",
    title="Customer credit transfer between agents (pacs.008)",
    standard=Standard.ISO_20022,
    names=SHAPE.names,
    read=partial(read, SHAPE),
    specification=SPECIFICATION,
    examples=(
        Example(
            text=EXAMPLE,
            yields=(
                Expected(
                    end_to_end_id="INV-77",
                    amount=Money(125050, "EUR"),
                    fields=(
                        ("FIToFICstmrCdtTrf/GrpHdr/MsgId", K.REFERENCE, "QM-2031-0001"),
                        (f"{_TX}/PmtId/EndToEndId", K.REFERENCE, "INV-77"),
                        (f"{_TX}/PmtId/UETR", K.REFERENCE, "00000000-0000-4000-8000-000000000001"),
                        (f"{_TX}/InstgAgt/FinInstnId/BICFI", K.BIC, "QUAMQMQMXXX"),
                        (f"{_TX}/Dbtr/Nm", K.PARTY_NAME, "Orvelle Trading House"),
                        (f"{_TX}/Dbtr/PstlAdr/StrtNm", K.STREET, "Harbour Street"),
                        (f"{_TX}/Dbtr/PstlAdr/TwnNm", K.TOWN, "Port Quam"),
                        (f"{_TX}/Dbtr/PstlAdr/Ctry", K.COUNTRY, "QM"),
                        (f"{_TX}/Dbtr/PstlAdr/AdrLine[1]", K.ADDRESS_LINE, "Pier 4"),
                        (f"{_TX}/Dbtr/PstlAdr/AdrLine[2]", K.ADDRESS_LINE, "Gate 2"),
                        (f"{_TX}/Dbtr/Id/OrgId/Othr/Id", K.ORGANISATION_ID, "QM-88-1"),
                        (f"{_TX}/DbtrAcct/Id/Othr/Id", K.ACCOUNT, "1000200030"),
                        (f"{_TX}/DbtrAgt/FinInstnId/BICFI", K.BIC, "QUAMQMQMXXX"),
                        (f"{_TX}/CdtrAgt/FinInstnId/ClrSysMmbId/MmbId", K.CLEARING_ID, "12345"),
                        (f"{_TX}/CdtrAgt/FinInstnId/Nm", K.AGENT_NAME, "Second Bank of Zorland"),
                        (f"{_TX}/Cdtr/Nm", K.PARTY_NAME, "Talvi Ostrand"),
                        (f"{_TX}/Cdtr/Id/PrvtId/DtAndPlcOfBirth/BirthDt", K.BIRTH_DATE, "1981-04-05"),
                        (f"{_TX}/Cdtr/Id/PrvtId/DtAndPlcOfBirth/CityOfBirth", K.BIRTH_PLACE, "Zoria"),
                        (f"{_TX}/Cdtr/Id/PrvtId/DtAndPlcOfBirth/CtryOfBirth", K.BIRTH_PLACE, "QZ"),
                        (f"{_TX}/RmtInf/Ustrd", K.REMITTANCE, "Repair of the ferry Lumen"),
                        (f"{_TX}/RmtInf/Strd/CdtrRefInf/Ref", K.REFERENCE, "RF-77"),
                    ),
                ),
            ),
        ),
    ),
)
