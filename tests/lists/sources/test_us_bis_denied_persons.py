"""The US Denied Persons List: the tab-separated text, and the table of five columns that took its place."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import pytest

from comity.catalogue.sources import us_csl
from comity.catalogue.sources.us_bis_denied_persons import SOURCE, TABLE, TEXT
from comity.lists.model import EditionUnreadable, InMemory, Listed
from comity.model.measure import Measure, MeasureKind


def read(format_: str, text: str | bytes) -> dict[str, Listed]:
    name = SOURCE.format(format_).files[0].name
    raw = text if isinstance(text, bytes) else text.encode()
    found = list(SOURCE.format(format_).read({name: InMemory(name, raw)}))
    records = {one.reference: one for one in found}
    assert len(records) == len(found), "a reference stands twice"
    return records


def values(listed: Listed, property_: str) -> list[str]:
    return [claim.value for claim in listed.claims if claim.property == property_]


@pytest.fixture(scope="module")
def real(shared: Path) -> dict[str, Listed]:
    return read("text", gzip.decompress((shared / "sanctions/bis/dpl_2019.txt.gz").read_bytes()))


@pytest.mark.data
def test_every_row_arrives_and_rows_of_one_order_are_one_person(real: dict[str, Listed]) -> None:
    assert sum(len(one.raw.splitlines()) for one in real.values()) == 546  # lines of the file, less the heading
    assert len(real) == 416
    assert [odd for one in real.values() for odd in one.oddities] == []


@pytest.mark.data
def test_seven_rows_are_no_standard_orders(real: dict[str, Listed]) -> None:
    articles: Counter[bool] = Counter()
    for one in real.values():
        for measure in map(Measure.read, values(one, "measure")):
            assert measure.kind is MeasureKind.EXPORT_PRIVILEGES
            articles["non-standard" in measure.article] += len(one.raw.splitlines())
    assert articles[True] == 7


@pytest.mark.data
def test_an_order_ends_on_its_day_or_never(real: dict[str, Listed]) -> None:
    open_rows = sum(
        len(one.raw.splitlines())
        for one in real.values()
        for measure in map(Measure.read, values(one, "measure"))
        if measure.until is None
    )
    assert open_rows == 53  # rows without an expiration date
    assert (
        max(
            str(Measure.read(text).until) for one in real.values() for text in values(one, "measure") if "until" in text
        )
        == "2056-06-29"
    )


@pytest.mark.data
def test_a_misprinted_year_is_kept_as_printed(real: dict[str, Listed]) -> None:
    assert [text for one in real.values() for text in values(one, "notes") if "3017" in text] == [
        "last update: 3017-08-22"
    ]


@pytest.mark.data
def test_the_screening_list_knows_the_same_orders_three_years_later(real: dict[str, Listed], shared: Path) -> None:
    raw = gzip.decompress((shared / "sanctions/us_csl/consolidated_screening_list_2022-05.csv.gz").read_bytes())
    repeated = us_csl.SOURCE.format("csv").read({"consolidated.csv": InMemory("consolidated.csv", raw)})
    later = {one.reference.removeprefix("DPL:") for one in repeated if one.reference.startswith("DPL:")}
    orders = {reference.rpartition(", ")[2] for reference in real}
    common = {reference for reference in real if reference in later}
    assert len(common) > 280
    assert len(orders & {reference.rpartition(", ")[2] for reference in later}) > 100


# --- branches that the examples leave out


def test_a_suffix_behind_a_comma_belongs_to_the_name() -> None:
    table = TABLE.replace("DRESNOV SHIPPING, LTD., , BERGEN", "OLEG DRESNOV, JR., 4 PIER, APT 2, BERGEN")
    one = read("csv", table)["oleg dresnov, 46 FR 99803"]
    assert values(one, "name") == ["OLEG DRESNOV, JR."]
    assert values(one, "address") == ["4 PIER, APT 2, BERGEN, NO"]


def test_a_name_without_an_address_is_a_name() -> None:
    table = TABLE.replace("DRESNOV SHIPPING, LTD., , BERGEN, , NO, ", "DRESNOV SHIPPING")
    one = read("csv", table)["dresnov shipping, 46 FR 99803"]
    assert values(one, "name") == ["DRESNOV SHIPPING"]
    assert values(one, "address") == []


def test_a_renewed_order_keeps_its_reference() -> None:
    renewed = TEXT.replace("02/26/2030", "02/26/2031").replace(
        "95 F.R. 99403 3/1/2030", "95 F.R. 99403 3/1/2030, 96 F.R. 99555 3/1/2031"
    )
    assert read("text", renewed).keys() == read("text", TEXT).keys()


def test_an_unknown_kind_of_order_is_odd() -> None:
    records = read("text", TEXT.replace('"N"', '"Z"'))
    assert [odd.value for one in records.values() for odd in one.oddities] == ["Z"]


@pytest.mark.parametrize(("before", "after"), [("02/26/2030", "02/30/2030"), ("2031-10-09", "2031-13-09")])
def test_a_day_that_is_none_is_refused(before: str, after: str) -> None:
    with pytest.raises(EditionUnreadable, match="line"):
        read("text", TEXT.replace(before, after))
