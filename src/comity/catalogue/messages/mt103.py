"""MT103: a customer's credit transfer, from bank to bank. A return is written with codes in field 72."""

from __future__ import annotations

from functools import partial

from comity.catalogue.dialects import swift_fields as s
from comity.catalogue.dialects.swift_payment import SPECIFICATION, Layout, read, tags
from comity.model.money import Money
from comity.payments.model import Example, Expected, FieldKind, MessageKind, Role, Standard

K = FieldKind

LAYOUT = Layout(
    kind="mt103",
    names=("MT103",),
    needed=("20", "32", "50", "59"),
    first={
        **tags("20", "-", s.reference("message_id")),
        **tags("13", "C", s.code()),
        **tags("23", "B", s.code()),
        **tags("23", "E", s.instruction),
        **tags("26", "T", s.code()),
        **tags("32", "A", s.money("amount")),
        **tags("33", "B", s.money("instructed_amount")),
        **tags("36", "-", s.code()),
        **tags("50", "AFK", s.customer(Role.DEBTOR)),
        **tags("51", "A", s.institution(Role.INSTRUCTING_AGENT)),
        **tags("52", "AD", s.institution(Role.DEBTOR_AGENT)),
        **tags("53", "ABD", s.institution(Role.INSTRUCTING_REIMBURSEMENT_AGENT)),
        **tags("54", "ABD", s.institution(Role.INSTRUCTED_REIMBURSEMENT_AGENT)),
        **tags("55", "ABD", s.institution(Role.THIRD_REIMBURSEMENT_AGENT)),
        **tags("56", "ACD", s.institution(Role.INTERMEDIARY_AGENT_1)),
        **tags("57", "ABCD", s.institution(Role.CREDITOR_AGENT)),
        **tags("59", "-AF", s.customer(Role.CREDITOR)),
        **tags("70", "-", s.remittance),
        **tags("71", "A", s.code("charge_bearer")),
        **tags("71", "FG", s.money("charge")),
        **tags("72", "-", s.narrative),
        **tags("77", "BT", s.narrative),
    },
)

EXAMPLE = """{1:F01QUAMQMQMAXXX0000000000}{2:I103ZORLQZQZXXXXN}{3:{108:MUR-1}{121:00000000-0000-4000-8000-000000000002}}{4:
:20:QM103-1
:23B:CRED
:32A:311121EUR1250,5
:50K:/1000200030
ORVELLE TRADING HOUSE
HARBOUR STREET 4
:52A:QUAMQMQM
:57D://QZ12345
SECOND BANK OF ZORLAND
:59F:/9988
1/TALVI
1/OSTRAND
2/FERRY LANE 7
3/QZ/ZORIA
:70:/ROC/INV-77
REPAIR OF THE FERRY LUMEN
:71A:SHA
:72:/INS/QUAMQMQMXXX
/ACC/CALL FIRST
//THEN PAY
-}{5:{CHK:000000000000}}
"""

MESSAGE = MessageKind(
    id="mt103",
    title="Single customer credit transfer (MT103)",
    standard=Standard.SWIFT_MT,
    names=LAYOUT.names,
    read=partial(read, LAYOUT),
    specification=SPECIFICATION,
    examples=(
        Example(
            text=EXAMPLE,
            yields=(
                Expected(
                    end_to_end_id="INV-77",
                    amount=Money(125050, "EUR"),
                    fields=(
                        ("{1:}", K.BIC, "QUAMQMQMXXX"),
                        ("{2:}", K.BIC, "ZORLQZQZXXX"),
                        ("{3:}/108", K.REFERENCE, "MUR-1"),
                        ("{3:}/121", K.REFERENCE, "00000000-0000-4000-8000-000000000002"),
                        (":20:1", K.REFERENCE, "QM103-1"),
                        (":50K:1", K.ACCOUNT, "1000200030"),
                        (":50K:2", K.PARTY_NAME, "ORVELLE TRADING HOUSE"),
                        (":50K:3", K.NAME_OR_ADDRESS, "HARBOUR STREET 4"),
                        (":52A:1", K.BIC, "QUAMQMQM"),
                        (":57D:1", K.CLEARING_ID, "12345"),
                        (":57D:2", K.AGENT_NAME, "SECOND BANK OF ZORLAND"),
                        (":59F:1", K.ACCOUNT, "9988"),
                        (":59F:2-3", K.PARTY_NAME, "TALVI OSTRAND"),
                        (":59F:4", K.STREET, "FERRY LANE 7"),
                        (":59F:5", K.COUNTRY, "QZ"),
                        (":59F:5", K.TOWN, "ZORIA"),
                        (":70:1", K.REFERENCE, "INV-77"),
                        (":70:2", K.REMITTANCE, "REPAIR OF THE FERRY LUMEN"),
                        (":72:1", K.BIC, "QUAMQMQMXXX"),
                        (":72:2-3", K.FREE_TEXT, "CALL FIRST THEN PAY"),
                    ),
                ),
            ),
        ),
    ),
)
