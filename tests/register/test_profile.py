"""What statements and editions make of a designation and of an entity, before anything is asked of a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import msgspec
import pytest

from comity.lists.model import Closed, Counts, Edition, Status, edition_id, edition_key
from comity.model.claim import Claim
from comity.model.designation import State
from comity.model.entity import Entity
from comity.register.model import profile
from comity.register.model.profile import Designation, Profile, View
from comity.register.model.statements import Run, Statement
from support.invented import SOURCES


def edition(day: str, hour: int = 8) -> Edition:
    at = datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)
    sha256 = f"{at:%Y%m%d%H}".ljust(64, "0")
    return Edition(
        id=edition_id("qm_list", at, sha256),
        source="qm_list",
        key=edition_key(at, sha256),
        format="csv",
        files={},
        parts=("entry",),
        published_at=at,
        fetched_at=at,
        sha256=sha256,
        counts=Counts(designations=1),
        status=Status.ACCEPTED,
    )


FIRST, SECOND, THIRD = EDITIONS = [edition("2031-01-10"), edition("2031-02-10"), edition("2031-03-10")]


def statement(property_: str, value: str, *held: Edition, about: str = "HARBOUR") -> Statement:
    """Say that editions, one after the other, hold a value."""
    after = next((one.key for one in EDITIONS if one.key > held[-1].key), None)
    claim = Claim(property=property_, value=value, about=about)
    return Statement(id=b"", entity_id="e-1", source="qm_list", claim=claim, runs=(Run(held[0].key, after),))


def test_each_edition_says_whether_a_designation_is_there_and_with_which_dates() -> None:
    said = [
        statement("programme", "HARBOUR", FIRST, SECOND),
        statement("listedOn", "2030-05-01", FIRST),
        statement("listedOn", "2030-06-01", SECOND),
        statement("delistedOn", "2031-02-01", SECOND),
    ]
    seen = profile.sightings(said, EDITIONS)
    assert [(one.on, one.edition, one.is_present) for one in seen] == [
        (date(2031, 1, 10), FIRST.id, True),
        (date(2031, 2, 10), SECOND.id, True),
        (date(2031, 3, 10), THIRD.id, False),
    ]
    assert [str(one.listed_on or "") for one in seen] == ["2030-05-01", "2030-06-01", ""]
    assert [str(one.delisted_on or "") for one in seen] == ["", "2031-02-01", ""]


def test_of_several_dates_the_first_listing_and_the_last_removal_count() -> None:
    said = [statement("programme", "HARBOUR", FIRST)]
    said += [statement("listedOn", day, FIRST) for day in ("2030-06-01", "2029-05-01", "no date")]
    said += [statement("delistedOn", day, FIRST) for day in ("2030-08-01", "2030-09-01")]
    (seen, *_) = profile.sightings(said, EDITIONS)
    assert (str(seen.listed_on), str(seen.delisted_on)) == ("2029-05-01", "2030-09-01")


def test_a_designation_names_its_first_edition_and_the_one_that_lastingly_ended_it() -> None:
    gone = [statement("programme", "HARBOUR", FIRST, SECOND)]
    assert profile.bounds(gone, EDITIONS) == (FIRST.id, THIRD.id)
    back = Statement(
        id=b"",
        entity_id="e-1",
        source="qm_list",
        claim=gone[0].claim,
        runs=(Run(FIRST.key, SECOND.key), Run(THIRD.key, None)),
    )
    assert profile.bounds([back], EDITIONS) == (FIRST.id, None)


@pytest.mark.parametrize(
    ("as_of", "described_by"),
    [
        ("2020-01-01", FIRST),
        ("2031-01-10", FIRST),
        ("2031-02-09", FIRST),
        ("2031-02-10", SECOND),
        ("2031-12-01", SECOND),
    ],
)
def test_the_edition_that_describes_an_entity_is_the_last_by_then_that_holds_it(
    as_of: str, described_by: Edition
) -> None:
    said = [statement("programme", "HARBOUR", FIRST, SECOND)]
    assert profile.describing_key(said, EDITIONS, date.fromisoformat(as_of)) == described_by.key


def test_a_name_or_whatever_else_there_is_holds_an_entity_without_a_designation() -> None:
    for property_ in ("name", "publicKey"):
        said = [statement(property_, "x", SECOND, about="")]
        assert profile.describing_key(said, EDITIONS, date(2031, 12, 1)) == SECOND.key
        assert profile.describing_key(iter(said), EDITIONS, date(2031, 1, 1)) == SECOND.key
    assert profile.describing_key([], EDITIONS, date(2031, 12, 1)) is None


def test_a_closed_list_has_its_own_history() -> None:
    said = [statement("programme", "HARBOUR", FIRST, SECOND, THIRD)]
    assert [one.state for one in profile.history(SOURCES["qm_list"], said, EDITIONS, ())][-1] is State.LISTED
    closed = Closed(on=date(2031, 6, 1), successor="qn_list")
    source = msgspec.structs.replace(SOURCES["qm_list"], schedule=closed)
    ended = profile.history(source, said, EDITIONS, ())
    assert (ended[-1].state, ended[-1].since) == (State.NOT_LISTED, date(2031, 6, 1))


def shown(*designations: tuple[str, State, bool]) -> Profile:
    made = [
        Designation(
            source="s", code=code, entity_id="e-1", reference="1", programme="P", state=state, is_aggregated=aggregated
        )
        for code, state, aggregated in designations
    ]
    return Profile(
        id="c-1",
        schema="Person",
        caption="Oleg",
        entries=(),
        properties={"name": ("Oleg",)},
        designations=tuple(made),
        statements=(),
        view=View(as_of=date(2031, 1, 1)),
    )


@pytest.mark.parametrize(
    ("designations", "regimes"),
    [
        ([("QM", State.LISTED, False), ("QN", State.LISTED, False)], ("QM", "QN")),
        ([("QN", State.LISTED, False), ("QN", State.LISTED, False)], ("QN",)),
        ([("QM", State.LISTED, False), ("QP", State.LISTED, True)], ("QM",)),
        ([("QM", State.SUSPENDED, False), ("QN", State.UNKNOWN, False)], ()),
        ([], ()),
    ],
)
def test_a_regime_is_an_authority_that_lists_now_and_not_one_that_repeats(
    designations: Sequence[tuple[str, State, bool]], regimes: tuple[str, ...]
) -> None:
    assert shown(*designations).regimes == regimes


def test_a_profile_is_an_entity() -> None:
    assert shown().entity == Entity(id="c-1", schema="Person", caption="Oleg", properties={"name": ("Oleg",)})


def test_programs_get_one_row_for_each_run_of_a_statement() -> None:
    one = statement("name", "Oleg", FIRST, about="")
    twice = Statement(
        id=bytes(16),
        entity_id="e-1",
        source="qm_list",
        claim=one.claim,
        runs=(Run(FIRST.key, SECOND.key), Run(THIRD.key, None)),
    )
    answer = profile.shown(msgspec.structs.replace(shown(), statements=(twice,)), {one.key: one.id for one in EDITIONS})
    assert [(row.since_edition, row.until_edition) for row in answer.statements] == [
        (FIRST.id, SECOND.id),
        (THIRD.id, None),
    ]
    assert {row.id for row in answer.statements} == {"00" * 16}
