"""Whole stories at the command line, each command a process of its own, as an officer or a script would run them."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from comity.catalogue.sources import un_consolidated
from comity.infra import ledger

from .conftest import Comity, Said

TAKEN = ["source", "edition", "status", "published_on", "designations", "added", "removed", "changed", "reason"]
HIT = {"id", "schema", "caption", "sources", "programmes", "countries", "score"}
SHOWN = {"id", "schema", "caption", "properties", "designations", "statements"}
DESIGNATION = {
    "source", "reference", "programme", "measures", "listed_on", "delisted_on", "since_edition", "until_edition"
}  # fmt: skip
DRESNOV = "exercise:qm:MSL-2022-0061"


def load(comity: Comity, list_id: str, *files: Path) -> list[dict[str, Any]]:
    """Load editions of a list and return what is said of each."""
    paths = [word for file in files for word in ("--file", str(file))]
    taken: list[dict[str, Any]] = comity.json("lists", "update", list_id, *paths).values
    assert all(list(one) == TAKEN for one in taken)
    return taken


def standing(said: Said) -> dict[str, Any]:
    """Return the one designation of an entity that was shown."""
    (designation,) = said.value["designations"]
    assert designation.keys() >= DESIGNATION
    found: dict[str, Any] = designation
    return found


def test_from_an_empty_folder_to_who_was_listed_when(comity: Comity, fictional: dict[str, Path]) -> None:
    created = comity.json("init", "--name", "Office", "--country", "qm", "--kind", "sanctions_office").value
    assert created["home"] == str(comity.home)
    assert created["welcome"].startswith("http://127.0.0.1:8400/welcome/")

    first, second = load(comity, "exercise:qm", fictional["qm-2024-11-20"], fictional["qm-2023-06-05"])
    assert (first["status"], second["status"]) == ("accepted", "accepted")
    assert (first["source"], first["published_on"], second["published_on"]) == (
        "exercise:qm",
        "2024-11-20",
        "2023-06-05",
    )
    lines = fictional["qm-2024-11-20"].read_text(encoding="utf-8").splitlines()
    assert (first["designations"], first["reason"]) == (len(lines) - 1, "")
    (again,) = load(comity, "exercise:qm", fictional["qm-2024-11-20"])
    assert again["status"] == "unchanged"

    editions = comity.json("lists", "editions", "exercise:qm").value
    assert [one["id"] for one in editions] == [second["edition"], first["edition"]]
    state = next(one for one in comity.json("lists", "status").value if one["source"] == "exercise:qm")
    assert (state["in_force"]["id"], state["title"]) == (
        first["edition"],
        "Meridia Sanctions List (fictional, for exercise)",
    )

    delta = comity.json("lists", "diff", "exercise:qm", "2023-06-05", "2024-11-20").values
    changed = next(one for one in delta if one["reference"] == "MSL-2022-0061")
    assert changed["op"] == "changed"
    born = next(one for one in changed["properties"] if one["property"] == "birthDate")
    assert (born["removed"], born["added"]) == (["1971"], ["1971-03-14"])
    assert next(one for one in delta if one["reference"] == "MSL-2023-0104")["op"] == "added"

    found = comity.json("search", "олег дреснов").value
    assert found.keys() >= {"results", "total", "as_of"}
    hit = found["results"][0]
    assert hit.keys() >= HIT
    assert (hit["caption"], hit["sources"], hit["countries"]) == ("Oleg Varimovich Dresnov", ["exercise:qm"], ["qo"])

    shown = comity.json("show", hit["id"]).value
    assert shown.keys() >= SHOWN
    assert shown["properties"]["birthDate"] == ["1971-03-14"]
    measures = {one["kind"]: one for one in shown["designations"][0]["measures"]}
    assert measures.keys() == {"asset_freeze", "travel_ban", "director_disqualification"}
    assert measures["asset_freeze"]["article"] == "Order 2022/17, art. 3"
    before = comity.json("show", DRESNOV, "--as-of", "2023-07-01").value
    assert before["properties"]["birthDate"] == ["1971"]
    now = standing(comity.json("show", DRESNOV))
    assert (now["source"], now["reference"], now["listed_on"]) == ("exercise:qm", "MSL-2022-0061", "2022-03-16")
    assert (now["since_edition"], now["until_edition"], now["delisted_on"]) == (second["edition"], None, None)
    comity.json("show", DRESNOV, "--known-at", "2020-01-01", code=66)


def test_an_act_decides_what_the_editions_leave_open(node: Comity, fictional: dict[str, Path]) -> None:
    load(node, "exercise:qn", fictional["qn-2023-06-01"], fictional["qn-2024-11-19"])
    delta = node.json("lists", "diff", "exercise:qn", "2023-06-01", "2024-11-19").values
    gone = next(one for one in delta if one["op"] == "removed")
    entry = f"exercise:qn:{gone['reference']}"
    programme = standing(node.json("show", entry))["programme"]

    assert _state(node, entry, "2024-02-02") == "unknown"
    assert _state(node, entry, "2024-11-19") == "not_listed"
    act = node.json(
        "act", "enter", entry, "--programme", programme, "--kind", "removed", "--on", "2024-02-01", "--citation", "Reg. 9"
    ).value  # fmt: skip
    assert _state(node, entry, "2024-01-31") == "listed"
    assert _state(node, entry, "2024-02-02") == "not_listed"
    assert [one["id"] for one in node.json("act", "list", entry).value] == [act["id"]]
    node.json("act", "withdraw", act["id"], "--reason", "The day was mistyped.")
    assert _state(node, entry, "2024-02-02") == "unknown"
    assert node.json("act", "withdraw", act["id"], "--reason", "Again.", code=66).problem["status"] == 404


def _state(node: Comity, entry: str, on: str) -> str:
    state: str = standing(node.json("show", entry, "--as-of", on))["state"]
    return state


def test_a_quarantined_edition_waits_until_a_person_decides(
    node: Comity, fictional: dict[str, Path], tmp_path: Path
) -> None:
    (tmp_path / "consolidated.xml").write_bytes(un_consolidated.SOURCE.examples[0].files["consolidated.xml"])
    (taken,) = load(node, "un_consolidated", tmp_path / "consolidated.xml")
    assert taken["status"] == "quarantined"
    assert "holds 1 records" in taken["reason"]
    assert node.json("search", "dresnov").value["total"] == 0
    assert node.json("lists", "release", taken["edition"], code=2).problem["code"] == "command.wrong"
    released = node.json("lists", "release", taken["edition"][:-4], "--reason", "An exercise.").value
    assert (released["status"], released["designations"]) == ("accepted", 1)
    assert node.json("search", "dresnov").value["results"][0]["sources"] == ["un_consolidated"]
    decided = node.json("lists", "reject", taken["edition"], "--reason", "Too late.", code=75).problem
    assert decided["code"] == "lists.edition_decided"

    load(node, "exercise:qo", fictional["qo-2024-11-20"])
    (broken,) = load(node, "exercise:qo", fictional["qo-2024-11-21"])
    assert broken["status"] == "quarantined"
    assert broken["removed"] > 0
    ships = node.json("search", "--source", "exercise:qo", "--schema", "Vessel").value["total"]
    assert ships == broken["removed"]
    rejected = node("lists", "reject", broken["edition"], "--reason", "Every ship is missing.")
    assert rejected.out.startswith(f"{broken['edition']}: rejected.")
    assert node.json("search", "--source", "exercise:qo", "--schema", "Vessel").value["total"] == ships
    events = node.json("ledger", "verify").value
    assert events["size"] >= 6


def test_two_entries_are_joined_and_parted_again(node: Comity, fictional: dict[str, Path]) -> None:
    load(node, "exercise:qm", fictional["qm-2024-11-20"])
    load(node, "exercise:qo", fictional["qo-2024-11-20"])
    other = "exercise:qo:3007-2-19"
    waiting = node.json("resolve", "candidates", "--limit", "200").value
    ids = {node.json("show", entry).value["id"] for entry in (DRESNOV, other)}
    pair = next(one for one in waiting if {one["left"], one["right"]} == ids)
    assert "passportNumber" in pair["agrees"]
    assert "birth date" in pair["differs"]

    judged = node.json("resolve", "decide", DRESNOV, other, "same", "--reason", "Same passport; a day apart.").value
    assert (judged["verdict"], judged["by"]) == ("same", "operator")
    joined = node.json("show", other).value
    assert {one["source"] for one in joined["designations"]} == {"exercise:qm", "exercise:qo"}
    undone = node.json("resolve", "undo", judged["id"], "--reason", "Two brothers.").value
    assert undone["undone_because"] == "Two brothers."
    assert {one["source"] for one in node.json("show", other).value["designations"]} == {"exercise:qo"}
    log = node.json("resolve", "log", "--people").value
    assert [one["id"] for one in log] == [judged["id"]]


def test_people_tokens_and_the_ledger(node: Comity, tmp_path: Path) -> None:
    added = node.json("user", "add", "Pia Hallward", "--role", "sanctions_officer").value
    assert added["link"].startswith("http://127.0.0.1:8400/welcome/")
    token = node.json("token", "create", "screening", "--permission", "register.read", "--days", "7").value
    assert token["secret"]
    assert token["secret"] not in node("token", "list").out

    verified = node.json("ledger", "verify").value
    assert verified.keys() == {"size", "root", "unpublished"}
    assert verified["unpublished"] == 0
    point = node.json("ledger", "checkpoint").value
    assert (point["size"], point["root"]) == (verified["size"], verified["root"])
    assert point["note"] == (node.home / "ledger" / "checkpoint").read_text()
    proof = tmp_path / "entry.tlog-proof"
    proved = node.json("ledger", "prove", "1", "--out", str(proof)).value
    assert proved == {"index": 1, "file": str(proof), "proof": proof.read_text()}
    assert node.json("ledger", "prove", "9999", code=66).problem["code"] == "ledger.not_published"

    findings = node.json("doctor", code=70)
    assert {one["what"] for one in findings.value} == {
        *("settings", "keys", "database", "files", "ledger", "lists", "matching"),
    }
    assert [one["what"] for one in findings.value if not one["is_well"]] == ["lists"]
    assert findings.problem["code"] == "node.unwell"


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (["lists", "update", "nowhere"], 66, "lists.source_unknown"),
        (["lists", "update", "exercise:zz", "--file", "README.md"], 66, "lists.source_unknown"),
        (["lists", "diff", "un_consolidated", "2020-03-20", "2025-04-19"], 66, "lists.edition_unknown"),
        (["show", "e-0000000000000000"], 66, "register.entity_unknown"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else None,
)
def test_what_is_not_there_is_one_sentence(
    arguments: list[str], code: int, problem: str, node: Comity, request: pytest.FixtureRequest
) -> None:
    given = [str(request.config.rootpath / word) if word == "README.md" else word for word in arguments]
    said = node(*given, code=code)
    assert said.out == ""
    assert said.err.endswith(f"[{problem}]\n")
    assert said.err.count("\n") == 1


def test_a_proof_may_carry_the_event_and_is_checked_by_the_key_alone(node: Comity) -> None:
    node("ledger", "checkpoint")
    vkey = ledger.VerifierKey.parse(node("ledger", "key").out.strip())
    proof = node.json("ledger", "prove", "0", "--open").value["proof"].encode()
    line = next(line for line in proof.splitlines() if line.startswith(b"extra "))
    opened = base64.b64decode(line.removeprefix(b"extra "))
    proven = ledger.check(proof, hashlib.sha256(opened).digest(), vkey)
    assert json.loads(opened[32:])["kind"] == "node.created"
    assert proven.index == 0
