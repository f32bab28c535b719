"""Screening at the command line: a name, a file, and the same answer again when the lists have changed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from .conftest import Comity, Said

ANSWER = {"id", "outcome", "editions", "digest", "results"}
RESULT = {"id", "caption", "schema", "probability", "odds", "evidence", "references"}
EVIDENCE = {"kind", "query", "listed", "effect", "text"}


def asked(comity: Comity, *words: str) -> Said:
    said = comity.json("screen-name", *words)
    assert said.value.keys() == ANSWER
    return said


def test_a_name_is_screened_and_replayed_after_newer_editions(node: Comity, fictional: dict[str, Path]) -> None:
    assert node.json("screen-name", "Oleg Dresnov", code=75).problem["code"] == "screening.ground_absent"
    node("lists", "update", "exercise:qm", "--file", str(fictional["qm-2023-06-05"]))
    found = asked(
        node, "Oleg Varimovich Dresnov", "--schema", "Person", "--birth-date", "1971", "--country", "QO"
    ).value
    assert found["outcome"] == "matched"
    first = found["results"][0]
    assert first.keys() == RESULT
    assert (first["caption"], first["references"]) == ("Oleg Varimovich Dresnov", ["exercise:qm:MSL-2022-0061"])
    assert first["probability"] > 0.9
    assert all(one.keys() == EVIDENCE for one in first["evidence"])
    assert node.json("show", first["id"]).value["caption"] == first["caption"]

    cleared = asked(node, "Xq Zzyxwq").value
    assert (cleared["outcome"], cleared["results"], cleared["editions"]) == ("cleared", [], found["editions"])

    before = [node("replay", one["id"]).out for one in (found, cleared)]
    for edition in ("qm-2024-11-20", "qn-2023-06-01", "qn-2024-11-19"):
        node("lists", "update", f"exercise:{edition[:2]}", "--file", str(fictional[edition]))
    assert [node("replay", one["id"]).out for one in (found, cleared)] == before
    later = asked(node, "Oleg Varimovich Dresnov").value
    assert later["editions"] != found["editions"]
    assert "MATCHED" in node("screen-name", "Oleg Varimovich Dresnov").out
    node("replay", "s-0000000000000000", code=66)
    node("screen-name", "…", code=2)


def test_a_file_of_names_is_screened_row_by_row(node: Comity, fictional: dict[str, Path], tmp_path: Path) -> None:
    node("lists", "update", "exercise:qm", "--file", str(fictional["qm-2024-11-20"]))
    names, answers = tmp_path / "names.csv", tmp_path / "answers.csv"
    names.write_text("id,name,country\n1,Oleg Varimovich Dresnov,qo\n2,Xq Zzyxwq,\n3,,\n", encoding="utf-8")
    refused = node("screen", str(names), "--out", str(answers), code=2)
    assert "line 4, name" in refused.err
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["names.csv"]

    names.write_text("id,name,country\n1,Oleg Varimovich Dresnov,qo\n2,Xq Zzyxwq,\n", encoding="utf-8")
    said = node.json("screen", str(names), "--out", str(answers), "--threshold", "0.7", "--limit", "1").value
    assert (said["outcome"], said["rows"], said["matched"], said["matches"]) == ("screened", 2, 1, 1)
    with answers.open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert (first["id"], first["references"]) == ("1", "exercise:qm:MSL-2022-0061")
    assert second == {**dict.fromkeys(second, ""), "id": "2"}
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["answers.csv", "names.csv"]
    answers.unlink()
    assert said["sha256"] in node("replay", said["id"]).out


def test_a_payment_is_held_and_listed_whatever_its_state(
    node: Comity, fictional: dict[str, Path], tmp_path: Path
) -> None:
    assert "No payment was screened" in node("payments", "list").out
    node("lists", "update", "exercise:qm", "--file", str(fictional["qm-2024-11-20"]))
    table = tmp_path / "payments.csv"
    table.write_text("amount,currency,debtor_name,creditor_name\n5,QMF,Rowan Quill,Oleg Varimovich Dresnov\n", "utf-8")
    node("payments", "screen", str(table))
    found = node("payments", "list").out
    assert " held " in found
    assert "1.00" not in found
    (one,) = node.json("payments", "list").value["payments"]
    verdict = node("replay", one["id"]).out
    assert (json.loads(verdict)["conclusion"], verdict) == ("stopped", node("replay", one["id"]).out)
    node("replay", "p-0000000000000000", code=66)


def test_a_portfolio_that_would_shrink_waits_for_a_person(node: Comity, tmp_path: Path) -> None:
    rows = [f"{n},Rowan Quill\n" for n in range(30)]
    table = tmp_path / "customers.csv"
    node("portfolio", "create", "retail", "--title", "Retail customers")
    table.write_text("id,name\n" + "".join(rows), "utf-8")
    node("portfolio", "import", "retail", str(table))
    table.write_text("id,name\n" + "".join(rows[:15]), "utf-8")
    problem = node.json("portfolio", "import", "retail", str(table), code=75).problem
    assert problem["code"] == "portfolios.many_ended"
    assert node.json("portfolio", "status", "retail").value[0]["customers"] == 30
    node("portfolio", "accept", problem["detail"].split()[-1])
    assert node.json("portfolio", "status", "retail").value[0]["customers"] == 15


def test_columns_of_a_file_that_are_not_read_are_named(node: Comity, tmp_path: Path) -> None:
    table = tmp_path / "customers.csv"
    table.write_text("id,name,Umsatz\n1,Rowan Quill,12\n", "utf-8")
    node("portfolio", "create", "retail", "--title", "Retail customers")
    assert (
        'Not read: Umsatz. To read one, say what it is: --map "Umsatz=PROPERTY"'
        in node("portfolio", "import", "retail", str(table)).err
    )
