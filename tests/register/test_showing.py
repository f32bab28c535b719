"""One entity as it stood on a day, by what was known at an instant."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from comity.infra.work import Work
from comity.lists import service as lists
from comity.lists.service import Desk
from comity.model.designation import Act, ActKind, State
from comity.model.measure import MeasureKind
from comity.register import service as register
from comity.register.model.answers import EntityUnknown, Search
from comity.register.model.profile import Profile
from comity.register.model.resolution import Verdict
from support.invented import DRESNOV, EVERYBODY, HERON, NORDHAVN, VOSK, but, load_document, load_table

DRESNOV_ID = register.resolve_id("qm_list:QM-1")
FIRST = datetime(2031, 11, 21, 12, tzinfo=UTC)
"""When the first edition of these tests is accepted."""
HOUR = timedelta(hours=1)


def show(work: Work, desk: Desk, as_of: str = "", id_: str = DRESNOV_ID, known_at: datetime | None = None) -> Profile:
    on = date.fromisoformat(as_of) if as_of else None
    return register.show(work, desk, id_, as_of=on, known_at=known_at)


def state(profile: Profile, programme: str = "HARBOUR") -> State:
    (one,) = (one for one in profile.designations if one.programme == programme)
    return one.state


def act(kind: ActKind, on: str) -> Act:
    return Act(kind=kind, on=date.fromisoformat(on), citation=f"Gazette of {on}")


# --- what is shown ---


def test_a_person_is_shown_with_everything_that_the_list_says(work: Work, desk: Desk) -> None:
    taken = load_table(work, desk, "2031-01-10", *EVERYBODY)
    profile = show(work, desk)
    assert (profile.id, profile.schema, profile.caption) == (DRESNOV_ID, "Person", "Oleg Varimovich Dresnov")
    assert profile.properties["birthDate"] == ("1971-03-14",)
    assert profile.properties["nationality"] == ("no",)
    assert profile.properties["alias"] == ("Oleg Dresnow", "The Ferryman")
    assert profile.properties["address"] == ("Quay 7, Kavrel",)
    assert profile.regimes == ("QM",)
    (entry,) = profile.entries
    assert (entry.source, entry.reference, entry.edition) == ("qm_list", "QM-1", taken.edition)
    (designation,) = profile.designations
    assert (designation.source, designation.reference, designation.programme) == ("qm_list", "QM-1", "HARBOUR")
    assert (designation.state, designation.listed_on, designation.delisted_on) == (State.LISTED, "2029-03-14", None)
    assert (designation.since_edition, designation.until_edition) == (taken.edition, None)
    assert [measure.kind for measure in designation.measures] == [MeasureKind.ASSET_FREEZE]


def test_each_programme_is_a_designation_of_its_own(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", *EVERYBODY)
    profile = show(work, desk, id_=register.resolve_id("qm_list:QM-3"))
    assert [(one.programme, [m.kind for m in one.measures]) for one in profile.designations] == [
        ("HARBOUR", [MeasureKind.ASSET_FREEZE]),
        ("LANTERN", [MeasureKind.TRAVEL_BAN]),
    ]


def test_one_programme_can_end_while_another_stands(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", NORDHAVN)
    load_table(work, desk, "2031-01-11", but(NORDHAVN, programmes="LANTERN"))
    profile = show(work, desk, id_=register.resolve_id("qm_list:QM-3"))
    assert (state(profile, "HARBOUR"), state(profile, "LANTERN")) == (State.NOT_LISTED, State.LISTED)
    assert [one.delisted_on for one in profile.designations] == ["2031-01-11", None]


def test_pages_and_search_head_with_the_first_name_given(work: Work, desk: Desk) -> None:
    names = ["Anselm Quay", "Berit Quay", "Carsten Quay", "Dagny Quay", "Egil Quay"]
    pairs = [but(VOSK, number=f"QM-{n}", name=f"{n} {name}", second_name=f"{n} Other") for n, name in enumerate(names)]
    load_table(work, desk, "2031-01-10", *pairs)
    for number, name in enumerate(names):
        profile = show(work, desk, id_=register.resolve_id(f"qm_list:QM-{number}"))
        assert profile.caption == f"{number} {name}"
        assert register.cards(work, [profile.id])[profile.id][1].caption == profile.caption


def test_every_statement_names_the_editions_in_which_it_stood(work: Work, desk: Desk) -> None:
    first = load_table(work, desk, "2031-01-10", *EVERYBODY)
    second = load_table(work, desk, "2031-02-10", but(DRESNOV, remark="Retired."), HERON, NORDHAVN, VOSK)
    shown = register.shown(work, show(work, desk))
    notes = {one.value: (one.since_edition, one.until_edition) for one in shown.statements if one.property == "notes"}
    assert notes == {
        "Owner of a shipping line.": (first.edition, second.edition),
        "Retired.": (second.edition, None),
    }
    assert all(len(bytes.fromhex(one.id)) == 16 for one in shown.statements)


def test_what_is_not_here_is_not_shown(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", *EVERYBODY)
    for id_ in ("e-0000000000000000", "c-000000000000", "", "qm_list:QM-9"):
        with pytest.raises(EntityUnknown):
            show(work, desk, id_=register.resolve_id(id_))
    for look in (register.records, register.entered_acts):
        with pytest.raises(EntityUnknown):
            look(work, "e-0000000000000000")
    with pytest.raises(EntityUnknown):
        register.show_entry(work, desk, "e-0000000000000000")


def test_a_wallet_is_shown_with_its_holder(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", *EVERYBODY)
    wallet = show(work, desk, id_=register.resolve_id(f"qm_list:QM-1/wallet/{DRESNOV.wallet}"))
    assert (wallet.schema, wallet.caption) == ("CryptoWallet", DRESNOV.wallet)
    assert wallet.properties["holder"] == (DRESNOV_ID,)
    (record,) = register.records(work, wallet.id)
    assert record.reference == "QM-1"


def test_a_reference_with_a_stroke_is_nobody_elses_wallet(work: Work, desk: Desk) -> None:
    """`A/S` is a legal form, and `QM/1` may stand beside `QM`."""
    odd, plain = but(HERON, number="QM/1", name="Heron One"), but(NORDHAVN, number="QM", wallet="abc")
    twice = but(VOSK, number="QM/1/2", wallet="def")
    load_table(work, desk, "2031-01-10", odd, plain, twice)
    for reference, record in (("QM/1", "QM/1"), ("QM/1/2/wallet/def", "QM/1/2"), ("QM/wallet/abc", "QM")):
        id_ = register.resolve_id(f"qm_list:{reference}")
        assert [one.reference for one in register.records(work, id_)] == [record]
        assert show(work, desk, id_=id_).statements


# --- the legal day ---


def test_an_entity_is_described_as_it_was_on_the_day(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", *EVERYBODY)
    load_table(work, desk, "2031-02-10", but(DRESNOV, name="Oleg Berg", remark="Retired."), HERON, NORDHAVN, VOSK)
    assert show(work, desk, "2031-02-09").caption == "Oleg Varimovich Dresnov"
    assert show(work, desk, "2031-02-10").caption == "Oleg Berg"
    assert show(work, desk, "2031-02-10").properties["notes"] == ("Retired.",)
    assert show(work, desk, "2020-01-01").caption == "Oleg Varimovich Dresnov"


def test_whoever_is_gone_is_described_as_they_last_were(work: Work, desk: Desk) -> None:
    first = load_table(work, desk, "2031-01-10", *EVERYBODY)
    second = load_table(work, desk, "2031-02-10", HERON, NORDHAVN, VOSK)
    profile = show(work, desk)
    assert (profile.caption, profile.regimes) == ("Oleg Varimovich Dresnov", ())
    (designation,) = profile.designations
    assert (designation.state, designation.since_edition, designation.until_edition) == (
        State.NOT_LISTED,
        first.edition,
        second.edition,
    )


def test_the_state_is_told_for_every_day(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", *EVERYBODY)
    load_table(work, desk, "2031-02-10", HERON, NORDHAVN, VOSK)
    days = {"2029-03-13": "not_listed", "2029-03-14": "listed", "2031-01-10": "listed", "2031-01-11": "unknown",
            "2031-02-09": "unknown", "2031-02-10": "not_listed", "2031-12-31": "not_listed"}  # fmt: skip
    assert {day: state(show(work, desk, day)).value for day in days} == days


def test_a_removal_has_a_day_only_where_it_is_known(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", *EVERYBODY)
    load_table(work, desk, "2031-02-10", HERON, NORDHAVN, VOSK)
    assert show(work, desk).designations[0].delisted_on is None
    register.enter_act(work, desk, DRESNOV_ID, "HARBOUR", act(ActKind.REMOVED, "2031-01-20"))
    assert show(work, desk).designations[0].delisted_on == "2031-01-20"
    assert show(work, desk, "2031-01-15").designations[0].delisted_on is None


def test_an_entry_that_came_back_shows_its_last_removal(work: Work, desk: Desk) -> None:
    for month, entries in ((1, EVERYBODY), (2, (HERON, VOSK)), (3, EVERYBODY), (4, (HERON, VOSK))):
        load_table(work, desk, f"2031-0{month}-10", *entries)
    for kind, on in (("removed", "2031-01-20"), ("listed", "2031-02-20"), ("removed", "2031-03-20")):
        register.enter_act(work, desk, DRESNOV_ID, "HARBOUR", act(ActKind(kind), on))
    assert show(work, desk).designations[0].delisted_on == "2031-03-20"
    assert show(work, desk, "2031-02-15").designations[0].delisted_on == "2031-01-20"


def test_a_list_that_keeps_whom_it_removed_says_so(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", but(DRESNOV, delisted="2030-06-01", status="de-listed"), HERON)
    (designation,) = show(work, desk).designations
    assert (designation.state, designation.delisted_on, designation.status) == (
        State.NOT_LISTED,
        "2030-06-01",
        "de-listed",
    )
    assert state(show(work, desk, "2030-05-31")) is State.LISTED


# --- the known time ---


def test_nothing_is_known_before_the_first_edition_is_accepted(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", *EVERYBODY)
    with pytest.raises(EntityUnknown):
        show(work, desk, known_at=FIRST - HOUR)
    assert show(work, desk, known_at=FIRST).caption == "Oleg Varimovich Dresnov"


def test_an_earlier_answer_can_be_had_again(work: Work, desk: Desk) -> None:
    """What was answered at each moment is answered again when it is asked for that moment, whatever came since."""
    said = []
    load_table(work, desk, "2031-01-10", *EVERYBODY)
    said.append((work.at, show(work, desk, "2031-03-01")))
    work.at += HOUR
    load_table(work, desk, "2031-02-10", but(DRESNOV, name="Oleg Berg"), HERON, NORDHAVN, VOSK)
    said.append((work.at, show(work, desk, "2031-03-01")))
    work.at += HOUR
    load_table(work, desk, "2031-02-20", HERON, NORDHAVN, VOSK)
    said.append((work.at, show(work, desk, "2031-03-01")))
    work.at += HOUR
    entered = register.enter_act(work, desk, DRESNOV_ID, "HARBOUR", act(ActKind.REMOVED, "2031-02-15"))
    said.append((work.at, show(work, desk, "2031-03-01")))
    work.at += HOUR
    register.withdraw_act(work, desk, entered.id, "The wrong person.")
    said.append((work.at, show(work, desk, "2031-03-01")))
    work.at += HOUR
    load_document(work, desk, "2030-01-10", but(DRESNOV, kind="Organization", listed=""), HERON)
    said.append((work.at, show(work, desk, "2031-03-01")))
    for at, answer in said:
        then = show(work, desk, "2031-03-01", known_at=at)
        assert (then.id, then.schema, then.caption, then.properties) == (
            answer.id,
            answer.schema,
            answer.caption,
            answer.properties,
        )
        assert (then.designations, then.statements, then.entries) == (
            answer.designations,
            answer.statements,
            answer.entries,
        )


def test_an_edition_that_waited_is_known_from_its_release(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", *EVERYBODY)
    waiting = load_table(work, desk, "2031-02-10", HERON, NORDHAVN, VOSK, count=9)
    work.at += HOUR
    lists.release(work, desk, waiting.edition, "confirmed")
    assert state(show(work, desk, "2031-03-01", known_at=work.at - HOUR)) is State.LISTED
    assert state(show(work, desk, "2031-03-01", known_at=work.at)) is State.NOT_LISTED


# --- joined entries ---


def join(work: Work, desk: Desk) -> str:
    """List Dresnov in two countries, and with an aggregator; two are joined by their passports, the third not."""
    load_table(work, desk, "2031-01-10", *EVERYBODY)
    load_table(work, desk, "2031-01-10", but(DRESNOV, number="QN-7", name="Oleg Dresnow"), list_id="qn_list")
    return register.show(work, desk, DRESNOV_ID).id


def test_joined_entries_are_shown_side_by_side(work: Work, desk: Desk) -> None:
    cluster = join(work, desk)
    profile = show(work, desk, id_=cluster)
    assert cluster.startswith("c-")
    assert {entry.source for entry in profile.entries} == {"qm_list", "qn_list"}
    assert profile.regimes == ("QM", "QN")
    assert set(profile.properties["name"]) == {"Oleg Varimovich Dresnov", "Oleg Dresnow"}
    assert profile == show(work, desk)
    alone = register.show_entry(work, desk, DRESNOV_ID)
    assert alone.members == (DRESNOV_ID,)


def test_whoever_lists_leads(work: Work, desk: Desk) -> None:
    join(work, desk)
    load_table(work, desk, "2031-02-10", HERON, NORDHAVN, VOSK)
    assert show(work, desk).entries[0].source == "qn_list"
    assert show(work, desk).caption == "Oleg Dresnow"
    assert show(work, desk).regimes == ("QN",)


def test_an_aggregator_adds_facts_and_no_regime(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-03-10", but(DRESNOV, number="X-1", born="1971-03-14"), HERON, list_id="qp_mirror")
    load_table(work, desk, "2031-01-10", *EVERYBODY)
    profile = show(work, desk)
    assert [entry.source for entry in profile.entries] == ["qm_list", "qp_mirror"]
    assert profile.regimes == ("QM",)
    assert [one.is_aggregated for one in profile.designations] == [False, True]


def test_joins_too_are_shown_as_they_were_known(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", *EVERYBODY)
    load_table(work, desk, "2031-01-10", but(VOSK, number="QN-1", name="Ilse Voskova"), list_id="qn_list")
    left, right = register.resolve_id("qm_list:QM-4"), register.resolve_id("qn_list:QN-1")
    apart = work.at
    work.at += HOUR
    judged = register.decide(work, left, right, Verdict.SAME, "The same photograph.")
    joined = work.at
    cluster = show(work, desk, id_=left).id
    work.at += HOUR
    register.undo(work, judged.id, "A twin sister.")
    for at, members in ((apart, {left}), (joined, {left, right}), (work.at, {left}), (None, {left})):
        assert set(show(work, desk, id_=left, known_at=at).members) == members
        hits = register.search(work, desk, Search(text="Ilse Vosk", known_at=at)).results
        assert sorted(len(hit.sources) for hit in hits) == ([2] if len(members) == 2 else [1, 1])
    assert show(work, desk, id_=cluster).members == (min(left, right),)


def test_many_are_shown_as_each_is_alone_and_in_as_few_queries(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", DRESNOV, HERON, NORDHAVN, VOSK)
    load_table(work, desk, "2031-01-11", but(DRESNOV, number="QN-1"), but(VOSK, number="QN-2"), list_id="qn_list")
    ids = [register.resolve_id(f"qm_list:QM-{number}") for number in (1, 2, 3, 4)]
    ids += [register.show(work, desk, ids[0]).id, register.resolve_id("qn_list:QN-2"), "e-nobody"]

    def shown(some: list[str], known_at: datetime | None = None) -> tuple[dict[str, Profile], int]:
        asked: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            asked.append(statement)

        sa.event.listen(work.connection, "before_cursor_execute", note)
        found = register.show_each(work, desk, some, known_at=known_at)
        sa.event.remove(work.connection, "before_cursor_execute", note)
        return found, len(asked)

    many, queries = shown(ids)
    assert many == {id_: register.show(work, desk, id_) for id_ in ids[:-1]}
    assert queries == shown([ids[0]])[1], "of the same two lists"
    for at in (work.at, work.at - timedelta(days=1)):
        each = {id_: found for one in ids for id_, found in shown([one], at)[0].items()}
        assert shown(ids, at)[0] == each
