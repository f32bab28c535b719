"""What the law makes of a payment: outcomes, bindings, authorisations, regimes, reports, rejections."""

from comity.filtering.model.authorisation import (
    Authorisation,
    AuthorisationInvalid,
    AuthorisationKind,
    read_authorisations,
)
from comity.filtering.model.binding import Binding, Bindings, BindingsInvalid, Branch, BranchUnknown, bound
from comity.filtering.model.deciding import Law, decide
from comity.filtering.model.decision import Bound, Conflict, Decision, Duty, Licensed, Step
from comity.filtering.model.explaining import explain
from comity.filtering.model.outcome import STRICTNESS, Outcome, strictest
from comity.filtering.model.payment import (
    Direction,
    Match,
    Matter,
    Ownership,
    Part,
    Payment,
    PaymentKind,
    Resolution,
    part,
)
from comity.filtering.model.reading import Stand, describe, direction
from comity.filtering.model.recalling import NotAnswered, answer
from comity.filtering.model.regime import Fact, Regime
from comity.filtering.model.rejecting import Notice, NotRejected, Unrejectable, Written, reject
from comity.filtering.model.reporting import Draft, Row, draft, facts, written

__all__ = [
    "STRICTNESS",
    "Authorisation",
    "AuthorisationInvalid",
    "AuthorisationKind",
    "Binding",
    "Bindings",
    "BindingsInvalid",
    "Bound",
    "Branch",
    "BranchUnknown",
    "Conflict",
    "Decision",
    "Direction",
    "Draft",
    "Duty",
    "Fact",
    "Law",
    "Licensed",
    "Match",
    "Matter",
    "NotAnswered",
    "NotRejected",
    "Notice",
    "Outcome",
    "Ownership",
    "Part",
    "Payment",
    "PaymentKind",
    "Regime",
    "Resolution",
    "Row",
    "Stand",
    "Step",
    "Unrejectable",
    "Written",
    "answer",
    "bound",
    "decide",
    "describe",
    "direction",
    "draft",
    "explain",
    "facts",
    "part",
    "read_authorisations",
    "reject",
    "strictest",
    "written",
]
