"""The register in step with the lists: what is kept of an entity, and that it can be worked out again from the records alone."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from comity.infra.columns import metadata
from comity.infra.work import Work
from comity.lists import service as lists
from comity.lists.service import Desk
from comity.model.designation import Act, ActKind
from comity.register import service as register
from comity.register.service import following
from support.invented import (
    DRESNOV,
    EVERYBODY,
    HERON,
    LEGAL,
    NORDHAVN,
    SOURCES,
    VOSK,
    but,
    legal_view,
    load_document,
    load_table,
)

ID = register.resolve_id("qm_list:QM-1")
DERIVED = [name for name in LEGAL if name != "list_record_spans"]


def rows(work: Work, table: str, **match: str) -> list[dict[str, object]]:
    of = metadata.tables[table]
    query = sa.select(of).where(*(of.c[name] == value for name, value in match.items()))
    return [dict(row._mapping) for row in work.connection.execute(query)]


def test_an_entity_is_kept_with_its_names_numbers_and_facets(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-01-10", *EVERYBODY)
    names = {row["words"]: row["value"] for row in rows(work, "entity_names", entity_id=ID)}
    assert names == {
        "oleg varimovich dresnov": "Oleg Varimovich Dresnov",
        "oleg dresnow": "Oleg Dresnow",
        "the ferryman": "The Ferryman",
    }
    tokens = {row["token"] for row in rows(work, "entity_tokens", entity_id=ID)}
    assert tokens == {"oleg", "varimovich", "dresnov", "dresnow", "the", "ferryman", "441820937", "qm1"}
    facets = {(row["kind"], row["value"]) for row in rows(work, "entity_facets", entity_id=ID)}
    assert facets == {
        ("source", "qm_list"),
        ("schema", "Person"),
        ("country", "no"),
        ("programme", "HARBOUR"),
        ("measure", "asset_freeze"),
    }
    numbers = {(row["kind"], row["value"], row["country"]) for row in rows(work, "entity_identifiers", entity_id=ID)}
    assert numbers == {("passportNumber", "441820937", "no")}


def test_a_card_shows_the_name_in_its_own_script(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-01-10", but(DRESNOV, aliases=("Олег Дреснов", "Ölég")), HERON)
    card = register.cards(work, [ID])[ID][1]
    assert (card.caption, card.original, card.born, card.countries) == (
        "Oleg Varimovich Dresnov",
        "Олег Дреснов",
        ("1971-03-14",),
        ("no",),
    )


def test_words_are_counted_by_entity(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-01-10", *EVERYBODY)
    counts = {row["token"]: row["count"] for row in rows(work, "vocabulary")}
    assert (counts["oleg"], counts["sea"]) == (1, 1)
    load_document(work, desk, "2031-01-10", DRESNOV, list_id="qn_list")
    counts = {row["token"]: row["count"] for row in rows(work, "vocabulary")}
    assert (counts["oleg"], counts["sea"]) == (2, 1)


def test_a_name_that_was_given_up_is_still_found(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-01-10", *EVERYBODY)
    load_document(work, desk, "2031-02-10", but(DRESNOV, name="Otto Berg", aliases=()), *EVERYBODY[1:])
    words = {row["words"] for row in rows(work, "entity_names", entity_id=ID)}
    assert words == {"oleg varimovich dresnov", "oleg dresnow", "the ferryman", "otto berg"}
    assert register.cards(work, [ID])[ID][1].caption == "Otto Berg"


def test_only_what_changes_is_written(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-01-10", *EVERYBODY)
    references = [one.number for one in EVERYBODY]
    assert following.follow(work, SOURCES["qm_list"], "qm_list", references) == 0
    edition = lists.editions(work)[0]
    register.enter_act(work, desk, ID, "HARBOUR", Act(kind=ActKind.SUSPENDED, on=date(2031, 2, 1), citation="Gazette"))
    assert following.follow(work, SOURCES["qm_list"], "qm_list", references) == 0
    assert edition.counts.designations == 4


def test_everything_can_be_worked_out_again_from_the_records_and_the_acts(work: Work, desk: Desk) -> None:
    load_table(work, desk, "2031-01-10", *EVERYBODY)
    load_table(work, desk, "2031-02-10", but(DRESNOV, remark="Retired."), HERON, VOSK, parts="aliases")
    load_document(work, desk, "2031-03-10", but(DRESNOV, wallet=""), NORDHAVN, but(VOSK, kind="Organization"))
    register.enter_act(work, desk, ID, "HARBOUR", Act(kind=ActKind.SUSPENDED, on=date(2031, 4, 1), citation="Gazette"))
    before = legal_view(work)
    for name in DERIVED:
        work.connection.execute(metadata.tables[name].delete())
    following.follow(work, SOURCES["qm_list"], "qm_list", [one.number for one in EVERYBODY])
    assert legal_view(work) == before


def test_many_entries_are_worked_out_in_batches(work: Work, desk: Desk) -> None:
    """More than one batch of any statement, on an engine that takes only so many values at a time."""
    entries = [but(VOSK, number=f"QM-{number}", name=f"Vosk {number}", aliases=()) for number in range(1_100)]
    sources = {"qm_list": SOURCES["qm_list"]}
    assert sources["qm_list"].expect.designations[1] < len(entries)
    taken = load_table(work, desk, "2031-01-10", *entries)
    lists.release(work, desk, taken.edition, "a large one")
    assert len(rows(work, "entities")) == 1_100
    assert len(lists.contents(work, lists.editions(work)[0])) == 1_100
    load_table(work, desk, "2031-02-10", *entries[:900])
    lists.release(work, desk, lists.editions(work)[-1].id, "smaller")
    removed = list(lists.diff(work, desk, *(one.id for one in lists.editions(work))))
    assert len(removed) == 200
