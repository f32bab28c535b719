"""What the register's pages work out for themselves: pairs laid side by side, what changed, lanes, filters, records."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from comity.lists.model import Counts, Edition, Status
from comity.model.claim import Claim, statement_id
from comity.model.designation import State
from comity.model.measure import Measure, MeasureKind
from comity.register.model.answers import Published
from comity.register.model.listing import Interval
from comity.register.model.profile import Designation, Entry, Profile, StatementShown, View
from comity.register.model.statements import Run, Statement
from comity.register.pages import chart, facts, pairing, records
from comity.register.pages.changes import Scope, changes
from comity.register.pages.pairing import Relation, beside, relation
from comity.register.pages.searching import SearchForm
from comity.register.pages.statements import Lasting, Order, WhichStatements, which_of

FIRST, SECOND, THIRD = "2031-01-05", "2031-03-05", "2031-06-05"


def claim(name: str, value: str, about: str = "", **detail: str) -> Claim:
    return Claim(property=name, value=value, about=about, detail=detail)


def edition(day: str) -> Edition:
    at = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return Edition(
        id=f"qm@{day}", source="qm", key=day, format="csv", files={}, parts=("entry",), published_at=at, fetched_at=at,
        sha256="0" * 64, counts=Counts(designations=1), status=Status.ACCEPTED,
    )  # fmt: skip


def said(claim_: Claim, *runs: tuple[str, str | None]) -> Statement:
    id_ = statement_id("e-1", claim_)
    return Statement(id=id_, entity_id="e-1", source="qm", claim=claim_, runs=tuple(Run(*run) for run in runs))


def profile(*statements: Statement) -> Profile:
    entry = Entry(
        id="e-1", source="qm", title="Meridia", code="QM", reference="1", schema="Person", caption="Oleg Dresnov", properties={},
        edition=f"qm@{THIRD}", is_aggregated=False,
    )  # fmt: skip
    view = View(as_of=date(2031, 7, 1))
    return Profile(
        id="e-1", schema="Person", caption="Oleg Dresnov", entries=(entry,), properties={}, designations=(), statements=statements,
        view=view,
    )  # fmt: skip


EDITIONS = {("qm", one.key): one for one in map(edition, (FIRST, SECOND, THIRD))}
NAME = said(claim("name", "Oleg Dresnov"), (FIRST, None))
LISTED = said(claim("programme", "Straits", "Straits"), (FIRST, None))


# --- two entries side by side ---


@pytest.mark.parametrize(
    ("name", "one", "other", "found"),
    [
        ("names", "DRESNOV, Oleg", "Oleg Dresnov", Relation.EQUAL),
        ("names", "Oleg Dresnov", "Oleh Dresnow", Relation.NEAR),
        ("names", "Oleg Dresnov", "Mira Orsk", Relation.DIFFERENT),
        ("birthDate", "1971", "1971-03-14", Relation.NEAR),
        ("birthDate", "1971-03-13", "1971-03-14", Relation.DIFFERENT),
        ("passportNumber", "QO-4418 20937", "qo441820937", Relation.EQUAL),
        ("passportNumber", "4418 20937", "4418 20938", Relation.NEAR),
        ("nationality", "qm", "qo", Relation.DIFFERENT),
        ("position", "Harbour master", "harbour master", Relation.EQUAL),
    ],
)
def test_two_values_stand_to_each_other(name: str, one: str, other: str, found: Relation) -> None:
    assert relation(name, one, other) is found
    assert relation(name, other, one) is found


@given(
    st.lists(st.sampled_from(["Oleg Dresnov", "Oleh Dresnow", "Mira Orsk", "Zorina Kest"]), unique=True),
    st.lists(st.sampled_from(["DRESNOV Oleg", "Mira Orsk", "Zorina Kesst"]), unique=True),
)
def test_every_value_stands_on_one_line(left: list[str], right: list[str]) -> None:
    found = beside([claim("name", one) for one in left], [claim("alias", one) for one in right])
    lines = [line for fact in found for line in fact.lines]
    assert Counter(line.left.value for line in lines if line.left) == Counter(left)
    assert Counter(line.right.value for line in lines if line.right) == Counter(right)
    assert all((line.relation is Relation.ALONE) is (line.left is None or line.right is None) for line in lines)


def test_what_meets_stands_before_what_one_states_alone_and_a_contradiction_is_told() -> None:
    names, born, nation = beside(
        [
            claim("name", "Oleg Dresnov"),
            claim("alias", "Uleg"),
            claim("birthDate", "1971-03-14"),
            claim("nationality", "qo"),
        ],
        [claim("name", "DRESNOV, Oleg"), claim("birthDate", "1972"), claim("nationality", "qo")],
    )
    assert [line.relation for line in names.lines] == [Relation.EQUAL, Relation.ALONE]
    assert (born.is_apart, nation.is_apart, names.is_apart) == (True, False, False)


def test_further_lines_are_counted() -> None:
    many = [
        claim("alias", f"Name number {word}")
        for word in ("a", "bb", "ccc", "dddd", "e5", "ffff6", "g7g7", "h8h8h8", "i9", "j0")
    ]
    (fact,) = beside(many, [])
    assert (len(fact.lines), fact.left_out) == (pairing.LINES_MAX, 2)


# --- what changed ---


def test_a_fact_that_went_and_one_that_came_are_one_line() -> None:
    old, new = said(claim("birthDate", "1971"), (FIRST, SECOND)), said(claim("birthDate", "1971-03-14"), (SECOND, None))
    (row,) = changes(profile(NAME, LISTED, old, new), EDITIONS)
    assert (row.scope, row.property, row.removed, row.added) == (Scope.FACT, "birthDate", ("1971",), ("1971-03-14",))
    assert row.edition.key == SECOND


def test_a_value_that_stays_is_spelt_out_where_what_stands_beside_it_changed() -> None:
    old = said(claim("passportNumber", "4418", country="qm"), (FIRST, SECOND))
    new = said(claim("passportNumber", "4418", country="qo"), (SECOND, None))
    (row,) = changes(profile(NAME, LISTED, old, new), EDITIONS)
    assert (row.removed, row.added) == (("4418 (country: qm)",), ("4418 (country: qo)",))


def test_a_designation_that_comes_is_one_line_with_what_it_forbids() -> None:
    freeze = '{"kind":"asset_freeze"}'
    later = (
        said(claim("programme", "Nuclear", "Nuclear"), (SECOND, None)),
        said(claim("measure", freeze, "Nuclear"), (SECOND, None)),
        said(claim("listedOn", "2031-03-01", "Nuclear"), (SECOND, None)),
    )
    (row,) = changes(profile(NAME, LISTED, *later), EDITIONS)
    assert (row.scope, row.added, row.measures) == (Scope.DESIGNATION, ("Nuclear",), (freeze,))


def test_an_entry_that_leaves_and_comes_back_is_one_line_each_time() -> None:
    runs = ((FIRST, SECOND), (THIRD, None))
    back, gone = changes(
        profile(*(said(one.claim, *runs) for one in (NAME, LISTED)), said(claim("gender", "male"), *runs)), EDITIONS
    )
    assert (gone.scope, gone.edition.key, gone.removed) == (Scope.ENTRY, SECOND, ("Straits",))
    assert (back.scope, back.edition.key, back.added) == (Scope.ENTRY, THIRD, ("Straits",))


def test_the_first_edition_changed_nothing() -> None:
    assert changes(profile(NAME, LISTED), EDITIONS) == []


# --- facts of several lists ---


def test_lists_disagree_where_what_both_state_does_not_meet() -> None:
    one = profile().entries[0]
    entries = [
        one,
        Entry(**{**{name: getattr(one, name) for name in one.__struct_fields__}, "id": "e-2", "code": "QO"}),
    ]
    apart = {
        "e-1": [claim("birthDate", "1971"), claim("nationality", "qm"), claim("position", "Pilot")],
        "e-2": [claim("birthDate", "1971-03-14"), claim("nationality", "qo"), claim("position", "pilot, retired")],
    }
    assert {row.property: row.is_apart for row in facts.side_by_side(entries, apart)} == {
        "birthDate": False, "nationality": True, "position": False,
    }  # fmt: skip
    assert [(one.claim.value, one.codes) for one in facts.together(entries, apart, "nationality")] == [
        ("qm", ("QM",)), ("qo", ("QO",)),
    ]  # fmt: skip


def test_a_name_is_shown_once_with_its_strongest_quality() -> None:
    entries = profile().entries
    found = facts.names(
        entries, {"e-1": [claim("weakAlias", "OLEG"), claim("alias", "Oleg"), claim("name", "Oleg Dresnov")]}
    )
    assert [(one.claim.property, one.claim.value) for one in found] == [("name", "Oleg Dresnov"), ("alias", "Oleg")]


def test_regimes_differ_in_status_and_in_what_they_forbid() -> None:
    freeze, ban = Measure(kind=MeasureKind.ASSET_FREEZE), Measure(kind=MeasureKind.TRAVEL_BAN)
    listed, gone = designation(), designation()
    one, other = replace(listed, measures=(freeze,)), replace(listed, code="QO", measures=(freeze, ban))
    gone = replace(gone, code="QN", state=State.NOT_LISTED, measures=(ban,))
    assert facts.law_apart([one]) == set()
    assert facts.law_apart([one, replace(one, code="QO")]) == set()
    assert facts.law_apart([one, other]) == {"measures"}
    assert facts.law_apart([one, other, gone]) == {"measures", "status"}
    assert facts.law_apart([one, replace(other, is_aggregated=True), replace(gone, is_aggregated=True)]) == set()


def test_what_the_last_edition_says_first_is_new_and_a_new_entry_is_not() -> None:
    born = said(claim("birthDate", "1971"), (THIRD, None))
    keys = {one.id: one.key for one in EDITIONS.values()}
    assert facts.new(profile(NAME, born), keys) == {"e-1": {("birthDate", "1971")}}
    assert facts.new(profile(born), keys) == {"e-1": set()}


# --- lanes ---


def designation(*intervals: Interval, is_aggregated: bool = False) -> Designation:
    return Designation(
        source="qm", code="QM", entity_id="e-1", reference="1", programme="Straits", state=State.LISTED, intervals=intervals,
        is_aggregated=is_aggregated,
    )  # fmt: skip


TODAY = date(2031, 11, 21)


def test_a_lane_is_drawn_to_scale_and_says_when_it_ended() -> None:
    listed = Interval(state=State.LISTED, since=date(2029, 1, 1), until=date(2030, 1, 1))
    gone = Interval(state=State.NOT_LISTED, since=date(2030, 1, 1))
    drawing = chart.draw([designation(listed, gone)], {("e-1", "Straits"): [date(2029, 7, 2)]}, TODAY, TODAY)
    assert drawing is not None
    (lane,) = drawing.lanes
    (bar,) = lane.bars
    assert bar.x == chart.LEFT
    assert bar.width == pytest.approx(
        (chart.RIGHT - chart.LEFT) * 365 / (date(2032, 1, 1) - date(2029, 1, 1)).days, abs=0.1
    )
    assert lane.ended == (pytest.approx(bar.x + bar.width), date(2030, 1, 1))
    assert bar.x < lane.notches[0] < bar.x + bar.width
    assert drawing.asked is None


def test_what_cannot_be_told_is_drawn_from_the_beginning_of_the_drawing() -> None:
    unknown = Interval(state=State.UNKNOWN, until=date(2030, 6, 1))
    drawing = chart.draw(
        [designation(unknown, Interval(state=State.LISTED, since=date(2030, 6, 1)))], {}, TODAY, date(2030, 1, 2)
    )
    assert drawing is not None
    assert [(bar.state, bar.x == chart.LEFT) for bar in drawing.lanes[0].bars] == [
        (State.UNKNOWN, True),
        (State.LISTED, False),
    ]
    assert drawing.asked is not None
    assert drawing.asked < drawing.now


@pytest.mark.parametrize("years", [1, 11, 30, 75, 130])
def test_year_marks_never_crowd(years: int) -> None:
    listed = Interval(state=State.LISTED, since=date(2031 - years, 5, 1))
    drawing = chart.draw([designation(listed)], {}, TODAY, TODAY)
    assert drawing is not None
    assert 0 < len(drawing.years) <= chart.YEARS_MAX + 1


def test_nothing_is_drawn_where_no_list_knows_a_date() -> None:
    assert chart.draw([designation(Interval(state=State.LISTED))], {}, TODAY, TODAY) is None


# --- statements and searches by their addresses ---


def shown(name: str, source: str, until: str | None = None) -> StatementShown:
    return StatementShown(
        id="00", entity_id="e-1", source=source, property=name, value="x", about="", part="entry", lang="", original="", detail={},
        since_edition="qm@2031", until_edition=until,
    )  # fmt: skip


ROWS = (shown("name", "qm"), shown("name", "qn", "qn@2031"), shown("alias", "qm", "qm@2031"))


def test_statements_are_filtered_by_all_filters_together() -> None:
    assert WhichStatements(properties=("name",)).of(ROWS) == [ROWS[0], ROWS[1]]
    assert WhichStatements(properties=("name",), lasting=Lasting.NO_LONGER).of(ROWS) == [ROWS[1]]
    assert WhichStatements(lists=("qm",), lasting=Lasting.STILL).of(ROWS, leaving_out="source") == [ROWS[0]]


def test_what_an_address_misspells_is_left_open() -> None:
    assert which_of(["", "name"], [], "sometimes", "sideways") == WhichStatements(properties=("name",))
    assert which_of([], [], "still", "newest").order is Order.NEWEST


def test_a_search_keeps_its_filters_in_its_address_and_its_text_out_of_it() -> None:
    form = SearchForm(q="dresnov", source=("exercise:qm", "exercise:qo"), state="listed", order="name", offset=50)
    assert (
        form.address(offset=100)
        == "/search?source=exercise%3Aqm&source=exercise%3Aqo&state=listed&order=name&offset=100"
    )
    assert form.without("source", "exercise:qm").chosen() == [("source", "exercise:qo"), ("state", "listed")]


def test_a_chip_takes_one_filter_away_and_a_forged_one_nothing() -> None:
    form = SearchForm(country=("qm", "qo"), offset=50, drop="country=qm")
    assert form.dropped().chosen() == [("country", "qo")]
    assert form.dropped().offset == 0
    assert SearchForm(country="qm", drop="q=x").dropped().chosen() == [("country", "qm")]


# --- records ---


def published(raw: str) -> Published:
    return Published(
        entity_id="e-1", source="qm", reference="MSL 1/2", since_edition="qm@2031-01-05.00", until_edition=None, raw=raw
    )


@pytest.mark.parametrize(
    ("raw", "text", "ending"),
    [
        ("<A><B>1</B></A>", "<A>\n  <B>1</B>\n</A>", "xml"),
        ('{"a":[1]}', '{\n  "a": [\n    1\n  ]\n}', "json"),
        ("1,Dresnov,,", "1,Dresnov,,", "txt"),
        ("<A><B>1</A>", "<A><B>1</A>", "txt"),
    ],
)
def test_a_record_is_indented_where_its_form_is_known(raw: str, text: str, ending: str) -> None:
    found = records.laid_out(published(raw))
    assert (found.text, found.is_indented) == (text, text != raw)
    assert records.file_name(published(raw)) == f"qm@2031-01-05.00.MSL-1-2.{ending}"


def test_an_entity_of_xml_is_not_resolved() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbb">]><a>&b;</a>'
    assert "bbb</a>" not in records.laid_out(published(bomb)).text
