"""MT202 and MT205: money that institutions move for themselves, across borders or within one country."""

from __future__ import annotations

from functools import partial

from comity.catalogue.dialects.swift_institutions import BETWEEN
from comity.catalogue.dialects.swift_payment import SPECIFICATION, Layout, read
from comity.model.money import Money
from comity.payments.model import Example, Expected, FieldKind, MessageKind, Standard

K = FieldKind

LAYOUT = Layout(kind="mt202", names=("MT202", "MT205"), first=BETWEEN, needed=("20", "32"))

EXAMPLE = """{1:F01ZORLQZQZAXXX0000000000}{2:O2020923311121QUAMQMQMXXXX00000000003111210923N}{4:
:20:QM202-1
:21:DEAL-5
:32A:311121JPY90000,
:52D:/C/4455
QUAMARIA RESERVE BANK
PORT QUAM
:53B:/88
:58A:ZORLQZQZ
:72:/BNF/FOR THE RESERVE
-}
"""

MESSAGE = MessageKind(
    id="mt202",
    title="Transfer between institutions (MT202, MT205)",
    standard=Standard.SWIFT_MT,
    names=LAYOUT.names,
    read=partial(read, LAYOUT),
    specification=SPECIFICATION,
    examples=(
        Example(
            text=EXAMPLE,
            yields=(
                Expected(
                    end_to_end_id="DEAL-5",
                    amount=Money(90000, "JPY"),
                    fields=(
                        ("{2:}", K.BIC, "QUAMQMQMXXX"),
                        ("{1:}", K.BIC, "ZORLQZQZXXX"),
                        (":20:1", K.REFERENCE, "QM202-1"),
                        (":21:1", K.REFERENCE, "DEAL-5"),
                        (":52D:1", K.ACCOUNT, "4455"),
                        (":52D:2", K.AGENT_NAME, "QUAMARIA RESERVE BANK"),
                        (":52D:3", K.NAME_OR_ADDRESS, "PORT QUAM"),
                        (":53B:1", K.ACCOUNT, "88"),
                        (":58A:1", K.BIC, "ZORLQZQZ"),
                        (":72:1", K.FREE_TEXT, "FOR THE RESERVE"),
                    ),
                ),
            ),
        ),
    ),
)
