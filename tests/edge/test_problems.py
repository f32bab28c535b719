"""Failures, as programs and processes see them."""

from __future__ import annotations

import pytest

from comity.edge.problems import ANSWERS, FieldError, RequestInvalid, exit_code, incident, known, problem
from comity.kit.errors import (
    Conflict,
    Corrupt,
    Denied,
    Failure,
    Invalid,
    Kind,
    Limited,
    NotFound,
    Refused,
    Unavailable,
    Unproven,
)

# The tree drawn at the top of kit/errors.py, as adopters rely on it.
TREE = {
    Invalid: (422, 2),
    Unproven: (401, 77),
    Denied: (403, 77),
    NotFound: (404, 66),
    Conflict: (409, 75),
    Refused: (409, 1),
    Limited: (429, 75),
    Unavailable: (503, 75),
    Corrupt: (500, 70),
}


class RopeTooShort(Limited):
    """A failure of a feature that exists only here."""

    code = "test.rope_too_short"


@pytest.mark.parametrize(("type_", "answer"), TREE.items(), ids=lambda value: getattr(value, "code", None))
def test_each_kind_is_answered_as_its_tree_says(type_: type[Failure], answer: tuple[int, int]) -> None:
    failure = type_("A sentence.")
    assert (problem(failure).status, exit_code(failure)) == answer


def test_every_kind_has_an_answer() -> None:
    assert set(ANSWERS) == set(Kind)


def test_a_features_failure_keeps_its_code_and_its_kinds_status() -> None:
    said = problem(RopeTooShort("Ten metres at most.", wanted_m=11))
    assert (said.type, said.code, said.status, said.detail) == (
        "/problems/test.rope_too_short",
        "test.rope_too_short",
        429,
        "Ten metres at most.",
    )


def test_the_context_of_a_failure_stays_inside() -> None:
    assert "Orsk" not in repr(problem(RopeTooShort("Ten metres at most.", who="Mira Orsk")))


def test_fields_at_fault_are_named() -> None:
    said = problem(RequestInvalid("Wrong.", errors=(FieldError("$.days", "Expected `int`"),)))
    assert said.errors[0].field == "$.days"


def test_an_incident_says_its_number_and_nothing_else() -> None:
    said = incident("0a1b2c")
    assert (said.status, said.incident, said.code) == (500, "0a1b2c", "incident")


def test_failures_are_found_by_their_codes() -> None:
    assert known()["test.rope_too_short"] is RopeTooShort
