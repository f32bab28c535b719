"""The fields that transfers between institutions have, alone or as cover (MT202, MT205)."""

from __future__ import annotations

from typing import Final

from comity.catalogue.dialects import swift_fields as s
from comity.catalogue.dialects.swift_payment import tags
from comity.payments.model import Role

BETWEEN: Final[dict[str, s.Use]] = {
    **tags("20", "-", s.reference("message_id")),
    **tags("21", "-", s.reference("end_to_end_id")),
    **tags("13", "C", s.code()),
    **tags("32", "A", s.money("amount")),
    **tags("52", "AD", s.institution(Role.DEBTOR)),
    **tags("53", "ABD", s.institution(Role.INSTRUCTING_REIMBURSEMENT_AGENT)),
    **tags("54", "ABD", s.institution(Role.INSTRUCTED_REIMBURSEMENT_AGENT)),
    **tags("56", "AD", s.institution(Role.INTERMEDIARY_AGENT_1)),
    **tags("57", "ABD", s.institution(Role.CREDITOR_AGENT)),
    **tags("58", "AD", s.institution(Role.CREDITOR)),
    **tags("72", "-", s.narrative),
}
"""The only sequence of a transfer between institutions, and the first one of a cover payment."""

BENEATH: Final[dict[str, s.Use]] = {
    **tags("50", "AFK", s.customer(Role.DEBTOR)),
    **tags("52", "AD", s.institution(Role.DEBTOR_AGENT)),
    **tags("56", "ACD", s.institution(Role.INTERMEDIARY_AGENT_1)),
    **tags("57", "ABCD", s.institution(Role.CREDITOR_AGENT)),
    **tags("59", "-AF", s.customer(Role.CREDITOR)),
    **tags("70", "-", s.remittance),
    **tags("72", "-", s.narrative),
    **tags("33", "B", s.money("instructed_amount")),
}
"""The customer's payment that a cover payment carries."""
