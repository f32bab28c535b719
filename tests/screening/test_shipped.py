"""With the shipped score, over the bundled fictional lists: whoever is listed is found by every name, and strangers are not."""

from __future__ import annotations

import io

import pytest

from comity.edge import populating
from comity.infra.keys import Keys
from comity.lists import service as lists
from comity.model.actor import OPERATOR
from comity.model.permission import Permission
from comity.node import Node
from comity.register import service as register
from comity.screening import service as screening
from comity.screening.model.profile import Profile
from comity.screening.model.question import Question
from comity.screening.service.asking import Asker

STRANGERS = ("Rowan Quill", "Tamsin Okonjo-Vale", "Brightwater Dairy Cooperative", "MV Morning Thistle")


@pytest.fixture
def exercise(node: Node) -> Node:
    """A node with every bundled list at its latest edition."""
    Keys.create(node.home / "keys")
    latest = {file.name[:2]: file for file in sorted(populating.editions(), key=lambda file: file.name)}
    for code, file in latest.items():
        received = lists.Received(file.name, io.BytesIO(file.read_bytes()))
        for staged in lists.stage(node.desk, f"exercise:{code}", [received]):
            with node.work(OPERATOR, Permission.LISTS_UPDATE) as work:
                lists.take(work, node.desk, lists.read(node.desk, staged), None)
    return node


def test_a_listed_name_always_matches_itself(exercise: Node) -> None:
    with exercise.work(OPERATOR, Permission.SCREENING_ASK, write=False) as work:
        everybody = list(register.names_in_force(work, exercise.desk, work.at.date()))
        asker = Asker(screening.fresh(work, exercise.screening), Profile())
    assert everybody
    lost = [
        (one.caption, name)
        for one in everybody
        for name in one.names
        if one.references not in {found.references for found in asker.ask(Question.of(name, one.schema)).results}
    ]
    assert lost == []


def test_who_is_not_listed_is_cleared(exercise: Node) -> None:
    with exercise.work(OPERATOR, Permission.SCREENING_ASK, write=False) as work:
        asker = Asker(screening.fresh(work, exercise.screening), Profile())
    assert [name for name in STRANGERS if asker.ask(Question.of(name)).results] == []
