"""MT101: a customer orders transfers, one debtor with many creditors; the second sequence repeats."""

from __future__ import annotations

from functools import partial

from comity.catalogue.dialects import swift_fields as s
from comity.catalogue.dialects.swift_payment import SPECIFICATION, Layout, read, tags
from comity.model.money import Money
from comity.payments.model import Example, Expected, FieldKind, MessageKind, Role, Standard

K = FieldKind

ORDERING = {
    **tags("50", "CL", s.customer(Role.INITIATING_PARTY)),
    **tags("50", "FGH", s.customer(Role.DEBTOR)),
    **tags("52", "AC", s.institution(Role.DEBTOR_AGENT)),
}
LAYOUT = Layout(
    kind="mt101",
    names=("MT101",),
    first={
        **ORDERING,
        **tags("20", "-", s.reference("message_id")),
        **tags("21", "R", s.reference()),
        **tags("25", "-", s.reference()),
        **tags("28", "D", s.code()),
        **tags("30", "-", s.day()),
        **tags("51", "A", s.institution(Role.FORWARDING_AGENT)),
    },
    second={
        **ORDERING,
        **tags("21", "-", s.reference("end_to_end_id")),
        **tags("21", "F", s.reference()),
        **tags("23", "E", s.instruction),
        **tags("25", "A", s.account(Role.CHARGES_ACCOUNT)),
        **tags("32", "B", s.money("amount")),
        **tags("33", "B", s.money("instructed_amount")),
        **tags("36", "-", s.code()),
        **tags("56", "ACD", s.institution(Role.INTERMEDIARY_AGENT_1)),
        **tags("57", "ACD", s.institution(Role.CREDITOR_AGENT)),
        **tags("59", "-AF", s.customer(Role.CREDITOR)),
        **tags("70", "-", s.remittance),
        **tags("71", "A", s.code("charge_bearer")),
        **tags("77", "B", s.narrative),
    },
    begins="21",
    repeats=True,
    needed=("20",),
    needed_below=("32", "59"),
)

EXAMPLE = """{1:F01QUAMQMQMAXXX0000000000}{2:I101ZORLQZQZXXXXN}{4:
:20:BATCH-9
:28D:1/1
:50H:/1000200030
ORVELLE TRADING HOUSE
:30:311122
:21:PAY-1
:32B:EUR10,
:59:/77
TALVI OSTRAND
:71A:SHA
:21:PAY-2
:32B:EUR20,01
:57C://QZ999
:59A:BRENQZQ1
:71A:OUR
-}
"""
_AROUND = (
    ("{1:}", K.BIC, "QUAMQMQMXXX"),
    ("{2:}", K.BIC, "ZORLQZQZXXX"),
    (":20:1", K.REFERENCE, "BATCH-9"),
    (":50H:1", K.ACCOUNT, "1000200030"),
    (":50H:2", K.PARTY_NAME, "ORVELLE TRADING HOUSE"),
)

MESSAGE = MessageKind(
    id="mt101",
    title="Request for transfers (MT101)",
    standard=Standard.SWIFT_MT,
    names=LAYOUT.names,
    read=partial(read, LAYOUT),
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
                        (":21[1]:1", K.REFERENCE, "PAY-1"),
                        (":59:1", K.ACCOUNT, "77"),
                        (":59:2", K.PARTY_NAME, "TALVI OSTRAND"),
                    ),
                ),
                Expected(
                    end_to_end_id="PAY-2",
                    amount=Money(2001, "EUR"),
                    fields=(
                        *_AROUND,
                        (":21[2]:1", K.REFERENCE, "PAY-2"),
                        (":57C:1", K.CLEARING_ID, "999"),
                        (":59A:1", K.BIC, "BRENQZQ1"),
                    ),
                ),
            ),
        ),
    ),
)
