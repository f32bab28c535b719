"""The index on disk: whole or not at all, the same from the same ground, mended where it was damaged, shared by processes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from comity.infra.work import Work
from comity.lists.service import Desk
from comity.matching.keeping import IndexUnreadable
from comity.screening import service as screening
from comity.screening.model.question import Question
from comity.screening.service import Place, indexing
from support.invented import DRESNOV, EVERYBODY, load_document

from .conftest import by_hand


@pytest.fixture(autouse=True)
def loaded(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-01-10", *EVERYBODY)


@pytest.fixture
def elsewhere(desk: Desk, tmp_path: Path) -> Place:
    """The same node's screening in another process."""
    return Place(desk, tmp_path / "screening", by_hand)


def finds(work: Work, place: Place) -> bool:
    return bool(screening.screen(work, place, Question.of(DRESNOV.name)).answer.results)  # type: ignore[union-attr]


def only_folder(place: Place) -> Path:
    (folder,) = (place.folder / "index").iterdir()
    return folder


def test_another_process_opens_what_one_has_built(work: Work, place: Place, elsewhere: Place) -> None:
    built = screening.fresh(work, place)
    before = {path: path.stat().st_mtime_ns for path in only_folder(place).rglob("*")}
    opened = screening.fresh(work, elsewhere)
    assert opened.digest == built.digest
    assert {path: path.stat().st_mtime_ns for path in only_folder(place).rglob("*")} == before


def test_the_same_ground_gives_the_same_index(work: Work, desk: Desk, place: Place, tmp_path: Path) -> None:
    other = Place(desk, tmp_path / "other", by_hand)
    assert screening.fresh(work, place).digest == screening.fresh(work, other).digest


def test_after_a_change_of_the_list_the_index_is_as_if_it_were_built_afresh(
    work: Work, desk: Desk, place: Place, elsewhere: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screening.fresh(work, place)

    def built(*_: object) -> None:
        pytest.fail("the whole list was read again")

    for month in (2, 3):  # from an index on disk that another process made, then from one that is open
        load_document(work, desk, f"2031-0{month}-10", *EVERYBODY[month - 1 :])
        afresh = screening.fresh(work, Place(desk, tmp_path / f"afresh{month}", by_hand))
        with monkeypatch.context() as patch:
            patch.setattr(indexing, "build", built)
            assert screening.fresh(work, elsewhere).digest == afresh.digest


@pytest.mark.parametrize("step", ["keep", "_write", "_move"])
def test_a_build_that_is_killed_leaves_nothing_that_is_used(
    work: Work, place: Place, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    class Killed(BaseException):
        """As if the process were gone."""

    def killed(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(indexing.keeping if step == "keep" else indexing, step, killed)
        patch.setattr(indexing.shutil, "rmtree", lambda *_, **__: None)  # a killed process clears nothing away
        with pytest.raises(Killed):
            screening.fresh(work, place)
    assert not screening.is_fresh(work, place)
    assert all(path.name.startswith(indexing.BUILDING) for path in (place.folder / "index").iterdir())
    assert finds(work, place)


def test_what_a_killed_process_left_is_removed_when_it_is_old(work: Work, place: Place) -> None:
    root = place.folder / "index"
    (root / f"{indexing.BUILDING}young").mkdir(parents=True)
    (root / f"{indexing.BUILDING}old").mkdir()
    now = work.at.timestamp()
    os.utime(root / f"{indexing.BUILDING}young", (now, now))
    os.utime(root / f"{indexing.BUILDING}old", (now - 90_000, now - 90_000))
    screening.fresh(work, place)
    left = {path.name for path in root.iterdir()}
    assert f"{indexing.BUILDING}young" in left
    assert f"{indexing.BUILDING}old" not in left


@pytest.mark.parametrize("file", ["head.json", "entries.json", "names/index.json", "names/keys.npy"])
def test_a_damaged_index_is_built_anew(work: Work, place: Place, elsewhere: Place, file: str) -> None:
    screening.fresh(work, place)
    path = only_folder(place) / file
    raw = path.read_bytes()
    path.unlink()  # and not cut where it stands: somebody has it mapped
    path.write_bytes(raw[: len(raw) // 2])
    assert finds(work, elsewhere)


def changed(path: Path, mask: int) -> None:
    """Change the last byte of a file, which stays as long as it is."""
    raw = path.read_bytes()
    path.unlink()
    path.write_bytes(raw[:-1] + bytes([raw[-1] ^ mask]))


@pytest.mark.parametrize("file", ["entries.json", "names/index.json", "names/tokens.npy"])
def test_an_index_with_bytes_that_are_no_text_is_built_anew(
    work: Work, place: Place, elsewhere: Place, file: str
) -> None:
    screening.fresh(work, place)
    path = only_folder(place) / file
    if path.suffix == ".npy":
        changed(path, 0xFF)
    else:
        path.write_bytes(path.read_bytes().replace(b'":"', b'":"\xff', 1))
    assert finds(work, elsewhere)


@pytest.mark.parametrize(
    "damage",
    [("borne.json", 0xFF), ("names/ids.npy", 1), ("names/ids.npy", 0xFF), ("names/bearers.npy", 1)],
)
def test_no_index_inherits_the_damage_of_the_one_before(
    work: Work, desk: Desk, place: Place, elsewhere: Place, tmp_path: Path, damage: tuple[str, int]
) -> None:
    screening.fresh(work, place)
    file, mask = damage
    changed(only_folder(place) / file, mask)
    load_document(work, desk, "2031-02-10", *EVERYBODY[1:])
    afresh = screening.fresh(work, Place(desk, tmp_path / "afresh", by_hand))
    assert screening.fresh(work, elsewhere).digest == afresh.digest


def test_whoever_has_an_index_open_keeps_it(work: Work, place: Place) -> None:
    opened = screening.fresh(work, place)
    indexing.shutil.rmtree(only_folder(place))
    assert place.open is opened
    assert finds(work, place)


def test_what_cannot_be_read_back_is_told(work: Work, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "_found", lambda *_: None)
    with pytest.raises(IndexUnreadable):
        screening.fresh(work, place)
