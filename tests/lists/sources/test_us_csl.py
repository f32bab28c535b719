"""The US Consolidated Screening List: thirteen lists in one table, in both its layouts."""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from pathlib import Path

import pytest

from comity.catalogue.sources.us_csl import COLUMNS, ROWS, SOURCE
from comity.lists.model import Counts as EditionCounts
from comity.lists.model import EditionChange, EditionUnreadable, Head, InMemory, Listed, judge
from comity.model.measure import Measure, MeasureKind

LISTS_2022 = {
    "SDN": 10_026, "EL": 2_001, "DTC": 727, "DPL": 462, "SSI": 290, "UVL": 201, "ISN": 163, "PLC": 78, "MEU": 71, "CMIC": 68,
    "CAP": 53, "NS-MBS": 17, "FSE": 3,
}  # fmt: skip
"""Rows of each list, as the table of shared files counts them."""

TREASURY = ("SDN", "SSI", "PLC", "CMIC", "CAP", "NS-MBS", "FSE")


def read(format_: str, raw: bytes) -> dict[str, Listed]:
    name = SOURCE.format(format_).files[0].name
    found = list(SOURCE.format(format_).read({name: InMemory(name, raw)}))
    records = {one.reference: one for one in found}
    assert len(records) == len(found), "a reference stands twice"
    return records


def rows(one: Listed) -> int:
    return len(list(csv.reader(io.StringIO(one.raw, newline=""))))


def table(*records: dict[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue().encode()


def values(listed: Listed, property_: str) -> list[str]:
    return [claim.value for claim in listed.claims if claim.property == property_]


def measures(listed: Listed) -> list[Measure]:
    return [Measure.read(text) for text in values(listed, "measure")]


def row(list_: str, **changed: str) -> dict[str, str]:
    return next(row for row in ROWS if f"({list_})" in row["source"]) | changed


@pytest.fixture(scope="module")
def real_2022(shared: Path) -> dict[str, Listed]:
    return read(
        "csv", gzip.decompress((shared / "sanctions/us_csl/consolidated_screening_list_2022-05.csv.gz").read_bytes())
    )


@pytest.fixture(scope="module")
def real_2019(shared: Path) -> dict[str, Listed]:
    return read("csv_2019", (shared / "sanctions/us_csl/csl_2019-12_sample.csv").read_bytes())


# --- the real files


@pytest.mark.data
def test_every_row_of_every_list_arrives(real_2022: dict[str, Listed]) -> None:
    found: Counter[str] = Counter()
    for reference, one in real_2022.items():
        found[reference.partition(":")[0]] += rows(one)
    assert found == LISTS_2022
    assert found.total() == 14_160
    assert [odd for one in real_2022.values() for odd in one.oddities] == []


@pytest.mark.data
def test_one_number_on_several_lists_stays_several_records_and_an_exact_repeat_is_one(
    real_2022: dict[str, Listed],
) -> None:
    numbered = Counter(reference.partition(":")[2] for reference in real_2022 if reference.split(":")[0] in TREASURY)
    assert sum(times > 1 for times in numbered.values()) == 70  # 71 ids repeat; of one, all that repeats is a row
    assert {"SDN:18723", "SSI:18723", "CAP:18723"} <= real_2022.keys()
    assert rows(real_2022["CAP:15268"]) == 2
    assert len(values(real_2022["CAP:15268"], "programme")) == 1


@pytest.mark.data
def test_an_entry_of_ofac_carries_ofacs_number(real_2022: dict[str, Listed]) -> None:
    for reference, one in real_2022.items():
        code, _, number = reference.partition(":")
        assert values(one, "ofacUid") == ([number] if code in TREASURY else [])


@pytest.mark.data
def test_the_lists_forbid_what_their_law_says(real_2022: dict[str, Listed]) -> None:
    kinds: dict[str, set[MeasureKind]] = {}
    for reference, one in real_2022.items():
        kinds.setdefault(reference.partition(":")[0], set()).update(measure.kind for measure in measures(one))
    k = MeasureKind
    assert kinds["EL"] == kinds["MEU"] == {k.EXPORT}
    assert kinds["DPL"] == kinds["DTC"] == {k.EXPORT_PRIVILEGES}
    assert kinds["UVL"] == {k.NONE, k.EXPORT}
    assert kinds["SSI"] == {k.DEBT, k.EQUITY, k.EXPORT}
    assert kinds["CAP"] == {k.CORRESPONDENT_ACCOUNT, k.TRANSACTIONS}
    assert kinds["CMIC"] == {k.SECURITIES}
    assert kinds["PLC"] == {k.REJECT}
    assert kinds["FSE"] == {k.TRANSACTIONS}
    assert k.ASSET_FREEZE in kinds["SDN"]
    frozen = {code for code, found in kinds.items() if k.ASSET_FREEZE in found}
    assert frozen == {"SDN", "ISN"}  # of the latter, those under E.O. 13382


@pytest.mark.data
def test_every_sectoral_entry_says_which_maturity_is_forbidden(real_2022: dict[str, Listed]) -> None:
    sectoral = [one for reference, one in real_2022.items() if reference.startswith("SSI:")]
    assert all(measures(one) for one in sectoral)
    debt = [measure for one in sectoral for measure in measures(one) if measure.kind is MeasureKind.DEBT]
    assert {measure.parameters["maturity_days_max"] for measure in debt} == {"14", "30", "60", "90"}


@pytest.mark.data
def test_wallets_arrive_as_things_of_their_own(real_2022: dict[str, Listed]) -> None:
    wallets = [wallet for one in real_2022.values() for wallet in one.linked]
    assert {wallet.schema for wallet in wallets} == {"CryptoWallet"}
    assert "XBT" in {currency for wallet in wallets for currency in values(wallet, "currency")}


@pytest.mark.data
def test_the_older_layout_gives_the_same_references(real_2019: dict[str, Listed], real_2022: dict[str, Listed]) -> None:
    assert sum(map(rows, real_2019.values())) == 115
    assert [odd for one in real_2019.values() for odd in one.oddities] == []
    unnumbered = [reference for reference in real_2019 if reference.split(":")[0] in {"EL", "DTC", "DPL", "UVL"}]
    assert len(unnumbered) == 39
    assert sum(reference in real_2022 for reference in unnumbered) == 35  # two orders ended, two names were rewritten


@pytest.mark.data
def test_a_sample_waits_for_a_person(real_2019: dict[str, Listed]) -> None:
    counts = EditionCounts(designations=len(real_2019))
    assert judge(SOURCE.expect, Head(), counts, EditionChange(), {})


# --- branches that the example leaves out


def test_the_kind_of_an_identifier_may_stand_on_either_side() -> None:
    old = read("csv", table(row("SDN", ids="NO, X99366, Passport; Male, Gender")))
    new = read("csv", table(row("SDN", ids="Passport, X99366, NO; Gender, Male")))
    assert [one.claims for one in old.values()] == [one.claims for one in new.values()]


def test_a_kind_that_nobody_knows_becomes_a_note() -> None:
    [one] = read("csv", table(row("SDN", ids="NO, 99366, Ferry Licence"))).values()
    assert "NO, 99366, Ferry Licence" in values(one, "notes")
    assert one.oddities == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"source": "Ferry Blacklist (FBL) - Department of Ferries"},
        {"programs": "FERRY-EO99999"},
        {"type": "Ferry"},
        {"license_policy": "Presumption of denial."},
        {"ids": "Subject to Directive 9, Executive Order 13662 Directive Determination -"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_what_the_tables_do_not_know_is_odd(changed: dict[str, str]) -> None:
    [one] = read("csv", table(row("SDN", **changed))).values()
    assert one.oddities


def test_two_entries_under_one_number_of_one_list_are_odd_and_both_are_kept() -> None:
    [one] = read("csv", table(row("SDN"), row("SDN", name="VARIMOVICH, Rosa"))).values()
    assert values(one, "name") == ["DRESNOV, Oleg", "VARIMOVICH, Rosa"]
    assert one.oddities


def test_two_people_of_one_name_are_told_apart_by_their_orders() -> None:
    other = row("DPL", federal_register_notice="97 F.R. 99001 1/2/2032")
    assert set(read("csv", table(row("DPL"), other))) == {
        "DPL:rosa ferryman, 95 FR 99403",
        "DPL:rosa ferryman, 97 FR 99001",
    }


def test_a_freeze_follows_from_a_law_of_nonproliferation_and_from_no_other() -> None:
    def kinds(law: str) -> set[MeasureKind]:
        source = "Nonproliferation Sanctions (ISN) - State Department"
        record = {"source": source, "name": "Varimovich Rockets", "programs": law, "start_date": "2030-01-02"}
        [one] = read("csv", table(record)).values()
        assert values(one, "programme") == [f"ISN {law}"]
        return {measure.kind for measure in measures(one)}

    assert kinds("E.O. 13382") == {MeasureKind.ASSET_FREEZE}
    assert kinds("INKSNA") == {MeasureKind.OTHER}


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(EditionUnreadable, match="start_date"):
        read("csv", table(row("EL", start_date="2030-02-31")))
