"""MT202 COV and MT205 COV: institutions cover a customer's payment, which stands in the second sequence and is screened too."""

from __future__ import annotations

from functools import partial

from comity.catalogue.dialects.swift_institutions import BENEATH, BETWEEN
from comity.catalogue.dialects.swift_payment import SPECIFICATION, Layout, read
from comity.model.money import Money
from comity.payments.model import Example, Expected, FieldKind, MessageKind, Standard

K = FieldKind

LAYOUT = Layout(
    kind="mt202_cov",
    names=("MT202COV", "MT205COV"),
    first=BETWEEN,
    second=BENEATH,
    begins="50",
    needed=("20", "32"),
    needed_below=("50", "59"),
)

EXAMPLE = """{1:F01QUAMQMQMAXXX0000000000}{2:I202ZORLQZQZXXXXN}{3:{119:COV}{121:00000000-0000-4000-8000-000000000003}}{4:
:20:QM202-2
:21:INV-78
:32A:311121EUR700,
:58A:ZORLQZQZ
:50F:NIDN/QM/55667
1/HIDDEN PAYER OF QUAMARIA
4/19720305
:52A:QUAMQMQM
:59:HIDDEN PAYEE OF ZORLAND
:70:SPARE PARTS
-}
"""

MESSAGE = MessageKind(
    id="mt202_cov",
    title="Transfer between institutions as cover (MT202 COV, MT205 COV)",
    standard=Standard.SWIFT_MT,
    names=LAYOUT.names,
    read=partial(read, LAYOUT),
    specification=SPECIFICATION,
    examples=(
        Example(
            text=EXAMPLE,
            yields=(
                Expected(
                    end_to_end_id="INV-78",
                    amount=Money(70000, "EUR"),
                    fields=(
                        ("{1:}", K.BIC, "QUAMQMQMXXX"),
                        ("{2:}", K.BIC, "ZORLQZQZXXX"),
                        ("{3:}/121", K.REFERENCE, "00000000-0000-4000-8000-000000000003"),
                        (":20:1", K.REFERENCE, "QM202-2"),
                        (":21:1", K.REFERENCE, "INV-78"),
                        (":58A:1", K.BIC, "ZORLQZQZ"),
                        (":50F:1", K.COUNTRY, "QM"),
                        (":50F:1", K.NATIONAL_ID, "55667"),
                        (":50F:2", K.PARTY_NAME, "HIDDEN PAYER OF QUAMARIA"),
                        (":50F:3", K.BIRTH_DATE, "19720305"),
                        (":52A:1", K.BIC, "QUAMQMQM"),
                        (":59:1", K.PARTY_NAME, "HIDDEN PAYEE OF ZORLAND"),
                        (":70:1", K.REMITTANCE, "SPARE PARTS"),
                    ),
                ),
            ),
        ),
    ),
)
