"""What the law makes of a payment: outcomes, bindings, authorisations, regimes, reports, rejections."""

from comity.filtering.model.authorisation import Authorisation, AuthorisationInvalid, AuthorisationKind
from comity.filtering.model.binding import Binding, Bindings, Branch
from comity.filtering.model.deciding import Law, decide, explain
from comity.filtering.model.decision import Bound, Conflict, Decision, Duty, Licensed, Step
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
from comity.filtering.model.regime import Regime

__all__ = [
    "STRICTNESS",
    "Authorisation",
    "AuthorisationInvalid",
    "AuthorisationKind",
    "Binding",
    "Bindings",
    "Bound",
    "Branch",
    "Conflict",
    "Decision",
    "Direction",
    "Duty",
    "Law",
    "Licensed",
    "Match",
    "Matter",
    "Outcome",
    "Ownership",
    "Part",
    "Payment",
    "PaymentKind",
    "Regime",
    "Resolution",
    "Step",
    "decide",
    "explain",
    "part",
    "strictest",
]
