"""The error tree is closed, coded, and says what it says."""

from __future__ import annotations

import pytest

from comity.kit import errors
from comity.kit.errors import Failure, Kind

KINDS = [
    errors.Invalid,
    errors.Unproven,
    errors.Denied,
    errors.NotFound,
    errors.Conflict,
    errors.Refused,
    errors.Limited,
    errors.Unavailable,
    errors.Corrupt,
]


def test_each_of_the_nine_kinds_has_its_class() -> None:
    assert [kind.kind for kind in KINDS] == list(Kind)
    assert [kind.code for kind in KINDS] == [kind.value for kind in Kind]


def test_a_failure_shows_its_detail_and_keeps_its_context_to_itself() -> None:
    failure = errors.Refused("The list may not be published.", edition="e1")
    assert str(failure) == failure.detail == "The list may not be published."
    assert failure.context == {"edition": "e1"}
    assert "e1" not in str(failure)


def test_a_failure_without_a_code_of_its_own_cannot_be_written() -> None:
    with pytest.raises(TypeError, match="names no code"):
        type("Nameless", (errors.Invalid,), {})
    with pytest.raises(TypeError, match="names no code"):
        type("Kindless", (Failure,), {"code": "kindless"})


def test_a_failure_inherits_its_kind_and_may_be_derived_further() -> None:
    broken = type("Broken", (errors.Corrupt,), {"code": "thing.broken"})
    worse = type("Worse", (broken,), {"code": "thing.worse"})
    assert issubclass(worse, Failure)
    assert (worse.kind, worse.code) == (Kind.CORRUPT, "thing.worse")
