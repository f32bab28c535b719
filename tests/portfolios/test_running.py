"""Screening portfolios: whom a change touches is asked about again, and the result is that of asking about everybody."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from comity.alerts import service as alerts
from comity.alerts.model.answers import Stand
from comity.alerts.model.subject import SubjectKind
from comity.lists.service import Desk
from comity.model.permission import Permission
from comity.portfolios import service as portfolios
from comity.portfolios.model.answers import Filter, Show
from comity.portfolios.model.failures import PortfolioEmpty
from comity.portfolios.model.portfolio import Mode, RunKind, RunState, Standing
from comity.portfolios.service import keeping, running
from comity.portfolios.store import runs
from comity.screening import service as screening
from comity.screening.model.question import Question
from support.invented import DRESNOV, EVERYBODY, VOSK, but, load_document

from .conftest import HEADER, Place, Take

CROWD = "".join(
    f"{at};Rowan{'abcdefghij'[at % 10]};Quill{'klmnopqrst'[at // 10 % 10]}{at};;\n" for at in range(100, 160)
)
CUSTOMERS = f"{HEADER}1;Oleg Varimovich;Dresnov;1971;QO\n2;Xq;Zzyxwq;;\n3;Sea;Heron;;\n{CROWD}"


def found(place: Place) -> dict[str, list[str]]:
    with place.work(Permission.PORTFOLIOS_READ) as work:
        return {one.customer: [result.caption for result in one.results] for one in portfolios.found(work, "retail")}


def load(place: Place, desk: Desk, day: str, *entries: Any) -> None:
    place.clock.advance(timedelta(hours=1))
    with place.work(Permission.OPERATE) as work:
        load_document(work, desk, day, *entries)


def standing(place: Place) -> Standing:
    with place.work(Permission.PORTFOLIOS_READ, write=False) as work:
        return portfolios.standing(work, "retail")


def test_nobody_is_cleared_before_anybody_was_asked_about(place: Place, take: Take) -> None:
    with pytest.raises(PortfolioEmpty):
        place.run()
    take(CUSTOMERS)
    assert (standing(place).run, standing(place).is_stale, standing(place).is_current) == (None, True, False)


def test_the_first_run_asks_about_everybody_and_reports_what_it_finds(place: Place, take: Take) -> None:
    take(CUSTOMERS)
    done = place.run()
    assert (done.kind, done.state, done.asked, done.matched, done.changed) == (RunKind.FULL, RunState.DONE, 63, 1, 1)
    assert found(place) == {"1": [DRESNOV.name]}
    with place.work(Permission.ALERTS_READ, write=False) as work:
        assert alerts.standing(work, SubjectKind.CUSTOMER, ["retail:1"])["retail:1"].stand is Stand.UNDECIDED
    now = standing(place)
    assert (now.is_current, now.is_stale, now.run.ground.editions) == (True, False, done.ground.editions)  # type: ignore[union-attr]
    place.clock.advance(timedelta(days=2))
    assert standing(place).is_stale


@pytest.mark.parametrize(
    "entries",
    [
        EVERYBODY[1:],
        (*EVERYBODY, but(VOSK, number="QM-9", name="Xq Zzyxwq", aliases=())),
        (*EVERYBODY, but(VOSK, number="QM-9", name="Oleg Dresnov", aliases=())),
        (but(DRESNOV, born="1950"), *EVERYBODY[1:]),
        (but(DRESNOV, name="Somebody Else", aliases=()), *EVERYBODY[1:]),
        EVERYBODY,
    ],
    ids=["removed", "added", "namesake", "restated", "renamed", "same"],
)
def test_after_a_change_of_the_list_the_result_is_that_of_asking_everybody(
    place: Place, take: Take, desk: Desk, entries: Sequence[Any]
) -> None:
    take(CUSTOMERS)
    place.run()
    load(place, desk, "2031-02-10", *entries)
    assert not standing(place).is_current
    delta = place.run()
    after = found(place)
    whole = place.run(whole=True)
    assert (delta.kind, whole.kind) == (RunKind.DELTA, RunKind.FULL)
    assert (delta.result, after) == (whole.result, found(place))
    assert whole.changed == 0
    with place.work(Permission.PORTFOLIOS_READ) as work:
        touched = {one.customer for one in portfolios.changes(work, delta.id)}
    assert len(touched) == delta.changed


def test_a_customer_who_is_new_or_of_whom_more_is_known_is_asked_about(place: Place, take: Take) -> None:
    take(CUSTOMERS)
    place.run()
    place.clock.advance(timedelta(hours=1))
    take(f"{HEADER}500;Oleg;Dresnov;;\n1;Oleg Varimovich;Dresnov;1950;QO\n", mode=Mode.UPDATE)
    assert not standing(place).is_current
    done = place.run()
    assert (done.kind, done.asked) == (RunKind.DELTA, 2)
    assert "500" in found(place)
    assert place.run(whole=True).result == done.result


def test_of_several_birth_dates_the_one_that_agrees_best_counts(place: Place, take: Take) -> None:
    rows = (
        {"id": "1", "name": "Oleg Varimovich Dresnov", "birthDate": dates}
        for dates in (["1934-07-02", "1971-03-14"], ["1934-07-02"])
    )
    take("".join(json.dumps({**row, "id": str(at)}) + "\n" for at, row in enumerate(rows)))
    place.run()
    with place.work(Permission.PORTFOLIOS_READ) as work:
        likely = {one.customer: one.results[0].probability for one in portfolios.found(work, "retail")}
    assert likely["0"] > likely.get("1", 0)


def test_whatever_birth_date_is_known_may_make_a_row_likely() -> None:
    """Every fact that a question knows lowers the points from which a row can become an answer."""
    least = keeping.Floor(screening.shipped()["customer"])
    only = Question(text="Oleg Dresnov", schema="Person", other_birth_dates=("1971-03-14",))
    first = Question(text="Oleg Dresnov", schema="Person", birth_date="1971-03-14")
    assert least.of(only) == least.of(first) < least.of(Question(text="Oleg Dresnov", schema="Person"))


def test_a_new_designation_finds_customers_who_were_ended(place: Place, take: Take, desk: Desk) -> None:
    take(CUSTOMERS)
    place.run()
    place.clock.advance(timedelta(hours=1))
    with place.work(Permission.PORTFOLIOS_MANAGE) as work:
        portfolios.end(work, "retail", "2")
    load(place, desk, "2031-02-10", *EVERYBODY, but(VOSK, number="QM-9", name="Xq Zzyxwq", aliases=()))
    place.run()
    assert found(place)["2"] == ["Xq Zzyxwq"]


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_run_that_is_killed_goes_on_and_nothing_is_lost_or_doubled(
    place: Place, take: Take, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    monkeypatch.setattr(running, "STEP", 20)
    take(CUSTOMERS)
    steps = 0

    def told(_done: int, _total: int | None) -> None:
        nonlocal steps
        steps += 1
        if steps == step:
            raise Killed

    place.clock.advance(timedelta(minutes=1))
    with pytest.raises(Killed):
        portfolios.run(place, "retail", told)
    assert standing(place).under_way is not None
    done = place.run()
    assert (done.state, found(place)) == (RunState.DONE, {"1": [DRESNOV.name]})
    assert standing(place).under_way is None
    assert place.run(whole=True).result == done.result
    place.clock.advance(timedelta(hours=1))
    assert place.run().asked == 0
    with place.work(Permission.PORTFOLIOS_READ, write=False) as work:
        assert len(runs.of_customer(work, "retail", "1")) == 1


def test_what_a_killed_run_found_on_lists_that_have_changed_since_is_looked_at_again(
    place: Place, take: Take, desk: Desk
) -> None:
    take(CUSTOMERS)
    place.run()
    load(place, desk, "2031-02-10", *EVERYBODY, but(VOSK, number="QM-9", name="Xq Zzyxwq", aliases=()))

    def told(_done: int, _total: int | None) -> None:
        raise Killed

    with pytest.raises(Killed):
        portfolios.run(place, "retail", told)
    assert "2" in found(place)
    load(place, desk, "2031-03-10", *EVERYBODY)
    done = place.run()
    assert found(place) == {"1": [DRESNOV.name]}
    assert place.run(whole=True).result == done.result


def test_whoever_was_ended_is_not_counted_among_the_customers_of_whom_something_is_found(
    place: Place, take: Take
) -> None:
    take(CUSTOMERS)
    place.run()
    assert standing(place).matched == 1
    with place.work(Permission.PORTFOLIOS_MANAGE) as work:
        portfolios.end(work, "retail", "1")
    assert standing(place).matched == 0
    with place.work(Permission.PORTFOLIOS_READ) as work:
        page = portfolios.search(work, "retail", Filter(show=Show.FOUND))
        ended = portfolios.search(work, "retail", Filter(show=Show.ENDED))
        standing_ = portfolios.search(work, "retail", Filter())
        everybody = portfolios.search(work, "retail", Filter(show=Show.ALL))
    assert page.total == 0
    assert everybody.total == standing_.total + ended.total
    assert [one.customer.id for one in ended.customers] == ["1"]
    assert ended.findings.keys() == {"1"}
