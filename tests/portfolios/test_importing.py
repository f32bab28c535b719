"""Files of customers: read as they are written, taken whole or not at all, compared with what was known."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest

from comity.model.permission import Permission
from comity.portfolios import service as portfolios
from comity.portfolios.model.answers import Filter, Show
from comity.portfolios.model.failures import ImportSettled, ImportUnfit, MappingUnfit
from comity.portfolios.model.headings import property_of
from comity.portfolios.model.portfolio import ImportState, Mode

from .conftest import HEADER, Place, Take

TWO = f"{HEADER}1;Oleg;Dresnov;14.03.1971;QO\n2;Xq;Zzyxwq;01.02.1980;Norwegen\n"


def known(place: Place, show: Show = Show.STANDING) -> dict[str, dict[str, tuple[str, ...]]]:
    with place.work(Permission.PORTFOLIOS_READ) as work:
        page = portfolios.search(work, "retail", Filter(show=show))
    return {one.customer.id: one.customer.properties for one in page.customers}


def place_count(place: Place) -> int:
    with place.work(Permission.PORTFOLIOS_READ) as work:
        return portfolios.standing(work, "retail").customers


def test_a_german_file_is_read_by_its_headings(place: Place, take: Take) -> None:
    taken = take(TWO)
    assert (taken.state, taken.counts.added) == (ImportState.TAKEN, 2)
    assert known(place)["1"] == {"birthDate": ("1971-03-14",), "name": ("Oleg Dresnov",), "nationality": ("qo",)}
    assert known(place)["2"]["nationality"] == ("no",)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252"])
def test_an_encoding_that_does_not_prove_itself_is_said(take: Take, encoding: str) -> None:
    raw = TWO.encode(encoding)
    if encoding == "windows-1252":
        with pytest.raises(ImportUnfit, match="windows-1252"):
            take(raw)
        assert take(raw, encoding=encoding).counts.fit == 2
    else:
        assert take(raw).counts.fit == 2


@pytest.mark.parametrize(
    ("heading", "property_"),
    [
        ("Kundennummer", "id"), ("date de naissance", "birthDate"), ("Date_Of_Birth", "birthDate"), ("Фамилия", "lastName"),
        ("dateOfBirth", "birthDate"), ("الاسم الكامل", "name"), ("出生日期", "birthDate"), ("Straße", "street"),
        ("Raison sociale", "name"), ("Pass", "passportNumber"),
        ("alias 2", "alias"), ("Umsatz", ""),
    ],
)  # fmt: skip
def test_headings_are_understood_in_many_languages(heading: str, property_: str) -> None:
    assert property_of(heading) == property_


def test_nothing_is_taken_where_a_row_cannot_be_read_until_a_person_accepts_the_others(
    place: Place, take: Take
) -> None:
    waits = take(TWO + "3;Ana;Markovic;1990-13-01;Atlantis\n;Nobody;Atall;;\n1;Again;Dresnov;;\n")
    assert (waits.state, waits.counts.rows, waits.counts.unfit) == (ImportState.WAITING, 5, 3)
    assert known(place) == {}
    with place.work(Permission.PORTFOLIOS_READ) as work, portfolios.report(work, place.books, waits.id) as file:
        raw = file.read().decode()
    lines = [(one["line"], one["column"], one["reason"]) for one in csv.DictReader(io.StringIO(raw))]
    assert sorted(lines) == [
        ("4", "Geburtsdatum", "not_a_date"), ("4", "Staatsangehörigkeit", "unknown_country"), ("5", "Kundennummer", "missing"),
        ("6", "Kundennummer", "twice"),
    ]  # fmt: skip
    assert "Atlantis" not in raw
    assert "1990" not in raw
    with place.work(Permission.PORTFOLIOS_MANAGE) as work:
        portfolios.accept(work, place.books, waits.id, lambda _done, _total: None)
    assert known(place).keys() == {"1", "2"}
    with place.work(Permission.PORTFOLIOS_MANAGE) as work, pytest.raises(ImportSettled):
        portfolios.discard(work, waits.id)


def test_a_day_and_month_that_cannot_be_told_apart_are_never_guessed(place: Place, take: Take) -> None:
    unsure = f"{HEADER}1;Oleg;Dresnov;03.04.1971;QO\n"
    assert take(unsure).state is ImportState.WAITING
    assert take(unsure, order="month-first").state is ImportState.TAKEN
    assert known(place)["1"]["birthDate"] == ("1971-03-04",)


def test_a_file_without_an_id_says_which_option_to_use(take: Take) -> None:
    with pytest.raises(MappingUnfit, match="--map COLUMN=id"):
        take("Nachname\nDresnov\n")
    assert take("Nachname;Umsatz\nDresnov;7\n", said={"umsatz": "id"}).counts.added == 1


def test_a_later_file_replaces_or_updates_and_whoever_is_gone_is_ended_and_not_deleted(
    place: Place, take: Take
) -> None:
    take(TWO)
    place.clock.advance(timedelta(hours=1))
    changed = take(f"{HEADER}2;Xq;Zzyxwq;01.02.1981;Norwegen\n", mode=Mode.UPDATE)
    assert (changed.counts.changed, changed.counts.ended) == (1, 0)
    place.clock.advance(timedelta(hours=1))
    full = take(f"{HEADER}2;Xq;Zzyxwq;01.02.1981;Norwegen\n3;Ana;Markovic;;\n")
    assert (full.counts.unchanged, full.counts.added, full.counts.ended) == (1, 1, 1)
    assert known(place).keys() == {"2", "3"}
    assert known(place, Show.ENDED).keys() == {"1"}
    with place.work(Permission.PORTFOLIOS_READ) as work:
        history = portfolios.show(work, "retail", "2").history
    assert [one.customer.properties["birthDate"] for one in history] == [("1981-02-01",), ("1980-02-01",)]
    place.clock.advance(timedelta(hours=1))
    back = take(TWO, mode=Mode.UPDATE)
    assert back.counts.added == 1
    assert known(place).keys() == {"1", "2", "3"}


def test_a_file_that_would_end_many_customers_waits_for_a_person(place: Place, take: Take) -> None:
    rows = [f"{n};Oleg;Dresnov;14.03.1971;QO\n" for n in range(200)]
    take(HEADER + "".join(rows))
    waits = take(HEADER + "".join(rows[:179]))
    assert (waits.state, waits.counts.unfit, waits.counts.ended) == (ImportState.WAITING, 0, 21)
    assert place_count(place) == 200
    assert take(HEADER + "".join(rows[:179]), mode=Mode.UPDATE).counts.ended == 0
    assert take(HEADER + "".join(rows[:180])).counts.ended == 20
    with place.work(Permission.PORTFOLIOS_MANAGE) as work:
        taken = portfolios.accept(work, place.books, waits.id, lambda _done, _total: None)
    assert (taken.state, taken.counts.ended, place_count(place)) == (ImportState.TAKEN, 1, 179)


def test_nobody_is_ended_by_a_file_in_which_a_row_cannot_be_read(place: Place, take: Take) -> None:
    take(TWO)
    broken = "2;Xq;Zzyxwq;1980-13-01;Norwegen\n"  # the second customer's row, and nobody can tell whose it is where the id fails
    waits = take(HEADER + broken + "3;Ana;Markovic;;\n")
    assert (waits.state, waits.counts.unfit, waits.counts.ended) == (ImportState.WAITING, 1, 0)
    with place.work(Permission.PORTFOLIOS_MANAGE) as work:
        taken = portfolios.accept(work, place.books, waits.id, lambda _done, _total: None)
    assert (taken.counts.added, taken.counts.ended) == (1, 0)
    assert known(place).keys() == {"1", "2", "3"}


def test_of_a_few_customers_all_may_be_replaced_at_once(take: Take) -> None:
    take(HEADER + "".join(f"{n};Oleg;Dresnov;;\n" for n in range(11)))
    assert take(f"{HEADER}0;Oleg;Dresnov;;\n").counts.ended == 10


def test_json_lines_and_followthemoney_are_read_with_several_values(place: Place, take: Take) -> None:
    take(json.dumps({"id": 7, "full name": "Oleg Dresnov", "aliases": ["O. Dresnov", "Дреснов"], "dob": "1971"}) + "\n")
    assert known(place)["7"] == {"alias": ("O. Dresnov", "Дреснов"), "birthDate": ("1971",), "name": ("Oleg Dresnov",)}
    entity = {
        "id": "f1",
        "schema": "Company",
        "properties": {"name": ["Nordhavn Trading"], "jurisdiction": ["qm"], "topics": ["x"]},
    }
    take(json.dumps(entity) + "\n", mode=Mode.UPDATE)
    assert known(place)["f1"] == {"jurisdiction": ("qm",), "name": ("Nordhavn Trading",)}


@pytest.mark.parametrize(
    "raw",
    [
        b"customer_id,name\n1," + b"a" * 2_000_000,
        b"customer_id," + b"a" * 2_000_000 + b"\n1,b\n",
        b'customer_id,name\n1,"' + b"a\n" * 200_000,
    ],
    ids=["a field", "a heading", "a quotation"],
)
def test_what_never_ends_is_refused_and_not_read(place: Place, take: Take, raw: bytes) -> None:
    with pytest.raises(ImportUnfit):
        take(raw)
    assert known(place) == {}


@pytest.mark.parametrize(
    "raw",
    [
        b"customer_id,name\n1,Oleg Dre\0snov\n2,Fen Marlow\n",
        b'{"customer_id": "1", "name": "Oleg Dre\\u0000snov"}\n{"customer_id": "2", "name": "Fen Marlow"}\n',
        b'{"customer_id": "2", "name": "Fen Marlow"}\n{"customer_id": "1", "name": ' + b"[" * 200_000 + b"\n",
    ],
    ids=["CSV", "JSON", "nested"],
)
def test_a_row_that_no_database_holds_is_told_from_the_others(take: Take, raw: bytes) -> None:
    waits = take(raw)
    assert (waits.state, waits.counts.rows, waits.counts.unfit) == (ImportState.WAITING, 2, 1)


def test_parquet_is_read(place: Place, take: Take, tmp_path: Path) -> None:
    import duckdb  # noqa: PLC0415 - where it is needed

    path = tmp_path / "written.parquet"
    with duckdb.connect() as database:
        database.execute(
            "COPY (SELECT 1 AS customer_id, 'Oleg Dresnov' AS full_name, DATE '1971-03-14' AS date_of_birth, "
            "['A Dresnov', 'B'] AS aliases) "
            f"TO '{path}' (FORMAT parquet)"
        )
    take(path.read_bytes())
    assert known(place)["1"] == {"alias": ("A Dresnov", "B"), "birthDate": ("1971-03-14",), "name": ("Oleg Dresnov",)}
    with pytest.raises(ImportUnfit):
        take(path.read_bytes()[:-20])


def test_the_ledger_has_counts_and_digests_and_no_names(place: Place, take: Take) -> None:
    take(TWO)
    with place.work(Permission.PORTFOLIOS_READ, write=False) as work:
        from support.invented import recorded  # noqa: PLC0415

        said = str(recorded(work))
    assert "portfolios.imported" in said
    assert "Dresnov" not in said
