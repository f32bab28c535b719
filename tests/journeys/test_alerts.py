"""Alerts at the command line: from a name that was screened to a decision that another person must confirm."""

from __future__ import annotations

from pathlib import Path

from .conftest import Comity

NAME = "Oleg Varimovich Dresnov"


def test_a_name_is_screened_decided_and_taken_back(node: Comity, fictional: dict[str, Path]) -> None:
    node("lists", "update", "exercise:qm", "--file", str(fictional["qm-2023-06-05"]))
    assert node.json("alerts", "list").value == {"results": [], "total": 0, "late": 0}
    node("alerts", "open", "s-0000000000000000", code=66)
    screening = node.json("screen-name", NAME).value["id"]
    opened = node.json("alerts", "open", screening).value
    listed = node.json("alerts", "list").value
    assert listed["total"] == 1
    assert (listed["results"][0]["id"], listed["results"][0]["caption"]) == (opened["alert"], NAME)
    assert NAME in node("alerts", "list").out

    told = node.json("alerts", "show", opened["alert"]).value
    hit, measures = told["shown"]["hit"]["id"], told["measures"]
    assert told["shown"]["hit"]["evidence"]
    assert told["shown"]["consequences"]["listings"]
    assert "What follows from a true match" in node("alerts", "show", opened["alert"]).out

    reason = told["shown"]["reasons"]["true_match"][0]["id"]
    unseen = node.json("alerts", "decide", hit, "true_match", "--reason", reason, code=2)
    assert unseen.problem["code"] == "alerts.measures_unseen"
    decided = node.json("alerts", "decide", hit, "true_match", "--reason", reason, "--measures", measures).value
    assert decided["state"]["is"] == "proposed"
    assert node.json("alerts", "confirm", hit, code=77).problem["code"] == "alerts.same_person"
    assert node.json("alerts", "list", "--needs", "second").value["total"] == 1
    undone = node.json("alerts", "undo", hit, "--reason", "Decided on the wrong line.").value
    assert undone["state"]["is"] == "open"


def test_what_waits_is_exported_counted_and_tried(node: Comity, fictional: dict[str, Path]) -> None:
    node("lists", "update", "exercise:qm", "--file", str(fictional["qm-2023-06-05"]))
    opened = node.json("alerts", "open", node.json("screen-name", NAME).value["id"]).value
    assert [one["id"] for one in node.json("alerts", "export", "--needs", "all").values] == [opened["alert"]]
    node("alerts", "assign", opened["alert"], "--to", "user:nobody")
    assert node.json("alerts", "list", "--assigned", "nobody").value["total"] == 0
    assert node.json("alerts", "statistics").value["waiting"] == 1
    tried = node.json("alerts", "backtest", "0.5").value
    assert (tried["backtest"]["decisions"], len(tried["digest"])) == (0, 64)
    assert node.json("alerts", "good-guys", "list").value == {"results": [], "total": 0}
    refused = node.json(
        "alerts", "good-guys", "add", opened["opened"][0], "--until", "2099-01-01", "--note", "No.", code=2
    )
    assert refused.problem["code"] == "alerts.good_guy_unfit"
