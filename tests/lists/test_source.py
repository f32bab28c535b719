"""Sources that hold one list, several, or as many as people name."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
import pytest

from comity.catalogue import sources
from comity.catalogue.sources import exercise, ftm, un_consolidated
from comity.infra.blobs import Blobs
from comity.kit.catalogue import discover
from comity.lists import service
from comity.lists.model import NotThisList, Source
from comity.lists.model.answers import SourceUnknown


@pytest.fixture
def desk(tmp_path: Path) -> service.Desk:
    found = {source.id: source for source in (exercise.SOURCE, ftm.SOURCE, un_consolidated.SOURCE)}
    return service.Desk(sources=found, blobs=Blobs(tmp_path / "blobs"), follow=lambda *_: 0)


def test_a_list_without_datasets_is_its_source(desk: service.Desk) -> None:
    assert desk.source("un_consolidated") is un_consolidated.SOURCE
    assert desk.lists == ("un_consolidated",)


def test_a_dataset_of_any_name_has_the_authority_of_its_source(desk: service.Desk) -> None:
    found = desk.source("ftm:qm_lists")
    assert (found.title, found.issuer) == ("FollowTheMoney dataset: qm_lists", ftm.SOURCE.issuer)
    assert found == msgspec.structs.replace(ftm.SOURCE, title=found.title)


def test_a_dataset_that_is_known_has_an_authority_of_its_own(desk: service.Desk) -> None:
    found = desk.source("exercise:qo")
    assert (found.id, found.issuer.code) == ("exercise", "QO")
    assert found.title.startswith("Ostravia")


@pytest.mark.parametrize(
    "id_", ["nowhere", "exercise", "exercise:", "exercise:zz", "ftm", "ftm:", "un_consolidated:a", ":", ""]
)
def test_what_there_is_not_is_answered_with_what_there_is(desk: service.Desk, id_: str) -> None:
    with pytest.raises(SourceUnknown) as refusal:
        desk.source(id_)
    assert "exercise:qm, exercise:qn, exercise:qo, exercise:wa, ftm:NAME, un_consolidated" in refusal.value.detail


def test_a_file_of_another_dataset_is_refused(desk: service.Desk) -> None:
    raw = exercise.SOURCE.examples[0].files["fictional.jsonl"]
    (staged,) = service.stage(desk, "exercise:qo", [service.Received("list.jsonl", io.BytesIO(raw))])
    with pytest.raises(NotThisList, match="an edition of qm, and not of qo"):
        service.read(desk, staged)
    (staged,) = service.stage(desk, "exercise:qm", [service.Received("list.jsonl", io.BytesIO(raw))])
    assert service.read(desk, staged).records.keys() == {"MSL-2029-0061", "MSL-2030-0007"}


def test_every_list_of_the_catalogue_can_be_asked_whether_it_is_fetched(tmp_path: Path) -> None:
    catalogue = discover(sources, "SOURCE", Source)
    desk = service.Desk(sources=catalogue, blobs=Blobs(tmp_path / "blobs"), follow=lambda *_: 0)
    fetched = {name for name in desk.lists if service.fetchable(desk, name)}
    assert "un_consolidated" in fetched
    assert all(not service.fetchable(desk, name) for name in exercise.SOURCE.lists)
