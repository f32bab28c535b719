"""Screening a file of names: a row for each match, one for each cleared name, and nothing half-written."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.infra.work import Work
from comity.lists.service import Desk
from comity.matching import bulk
from comity.register import service as register
from comity.screening import service as screening
from comity.screening.model.answer import Read, Screened, answer_bytes
from comity.screening.model.failures import FileUnfit
from comity.screening.model.profile import Profile
from comity.screening.model.question import Question
from comity.screening.service import Place
from support.invented import DRESNOV, EVERYBODY, VOSK, but, load_document, recorded

NAMES = "id,name,schema,identifier\nc-1,Rowan Quill,Person,\nc-2,Ilse Vosk,,\nc-3,Sea Heron,Vessel,9074729\n"
COLUMNS = ["id", "entity_id", "caption", "references", "probability", "evidence"]


@pytest.fixture(autouse=True)
def loaded(work: Work, desk: Desk) -> None:
    load_document(work, desk, "2031-01-10", *EVERYBODY)


@pytest.fixture
def paths(tmp_path: Path) -> tuple[Path, Path]:
    """A file of three names, and where its answers go."""
    (tmp_path / "names.csv").write_text(NAMES, encoding="utf-8")
    return tmp_path / "names.csv", tmp_path / "answers.csv"


def run(work: Work, place: Place, paths: tuple[Path, Path]) -> Read:
    told: list[tuple[int, int | None]] = []
    return screening.screen_file(work, place, paths, Profile(), lambda done, total: told.append((done, total)))


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == COLUMNS
        return list(reader)


def test_every_row_is_answered_in_its_order(work: Work, place: Place, paths: tuple[Path, Path]) -> None:
    answer = run(work, place, paths).answer
    assert (answer.rows, answer.matched, answer.matches) == (3, 2, 2)
    first, second, third = read(paths[1])
    assert first == {**dict.fromkeys(COLUMNS, ""), "id": "c-1"}
    assert (second["id"], second["caption"], second["references"]) == ("c-2", VOSK.name, "qm_list:QM-4")
    assert second["entity_id"] == register.resolve_id("qm_list:QM-4")
    assert (third["probability"], third["evidence"].split(";")[0]) == (
        "1.000000",
        "the IMO number 9074729 is the same (QM)",
    )


def test_a_long_file_is_answered_the_same_by_several_processes(
    work: Work, place: Place, paths: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("Ilse Vosk", "Rowan Quill", "Ilsa Vosk", "Vosk I.", "Sea Heron")
    lines = [f"c-{at},{names[at % len(names)]}" for at in range(bulk.WORTH_FROM + 300)]
    paths[0].write_text("\n".join(["id,name", *lines]) + "\n", encoding="utf-8")
    kept = []
    for count in (1, 2):
        monkeypatch.setattr(bulk, "processes", lambda count=count: count)
        kept.append(run(work, place, paths).answer)
        paths[1].unlink()
    assert kept[0] == kept[1]
    assert kept[0].matched


def test_a_row_is_answered_as_it_would_be_alone(work: Work, place: Place, paths: tuple[Path, Path]) -> None:
    run(work, place, paths)
    alone = screening.screen(work, place, Question.of("Ilse Vosk")).answer
    assert not isinstance(alone, Screened)
    (one,) = alone.results
    (row,) = [row for row in read(paths[1]) if row["id"] == "c-2"]
    assert (row["entity_id"], row["probability"]) == (one.id, f"{one.probability:.6f}")
    assert row["evidence"] == "; ".join(said.text for said in one.evidence)


KNOWN = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Oleg Dresnov", "Ilse Vosk", "Sea Heron", "Oleg Kestrel", "Rowan Quill", "9074729"]),
        "schema": st.sampled_from(["", "Person", "Vessel"]),
        "birth_date": st.sampled_from(["", "1971", "1971-03-14", "1980|1971-03-14", "1999-12-01"]),
        "country": st.sampled_from(["", "no", "nationality:no|qp", "flag:qp"]),
        "identifier": st.sampled_from(["", "imoNumber:9074729", "passportNumber:no:4418 20937", "7777"]),
        "gender": st.sampled_from(["", "male"]),
        "address": st.sampled_from(["", "Quay 7, Kavrel"]),
    }
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(known=st.lists(KNOWN, min_size=2, max_size=8), seed=st.randoms(use_true_random=False))
def test_rows_with_facts_are_answered_alike_alone_together_and_in_any_order(
    work: Work, place: Place, tmp_path: Path, known: list[dict[str, str]], seed: Random
) -> None:
    rows = [{"id": f"c-{number}", **row} for number, row in enumerate(known)]

    def answered(some: list[dict[str, str]]) -> dict[str, list[str]]:
        """Return the lines that answer each row, as they stand in the file."""
        paths = tmp_path / "asked.csv", tmp_path / "said.csv"
        paths[1].unlink(missing_ok=True)
        with paths[0].open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ["id", *known[0]])
            writer.writeheader()
            writer.writerows(some)
        profile = Profile(threshold=0.0)
        screening.screen_file(work, place, paths, profile, lambda done, total: None)  # noqa: ARG005 - nobody is told
        _, *lines = paths[1].read_text(encoding="utf-8").splitlines()
        return {one["id"]: [line for line in lines if line.startswith(f"{one['id']},")] for one in some}

    together = answered(rows)
    assert all(together.values())
    assert answered(seed.sample(rows, len(rows))) == together
    assert {id_: lines for one in rows for id_, lines in answered([one]).items()} == together


def test_one_bad_row_stops_the_file_and_every_bad_row_is_named(
    work: Work, place: Place, paths: tuple[Path, Path]
) -> None:
    paths[0].write_text(NAMES + "c-4,,,\nc-5,x,Human,\n", encoding="utf-8")
    with pytest.raises(FileUnfit, match=r"line 5, name: .*\nline 6, schema: "):
        run(work, place, paths)
    assert not paths[1].exists()


def test_an_id_that_stands_twice_is_refused_with_both_lines(work: Work, place: Place, paths: tuple[Path, Path]) -> None:
    paths[0].write_text(NAMES + "c-4,Fen Marlow,,\n c-2 ,Somebody,,\nc-2,Another,,\n", encoding="utf-8")
    with pytest.raises(FileUnfit) as refused:
        run(work, place, paths)
    assert not paths[1].exists()
    assert refused.value.detail.splitlines() == [
        "names.csv: 2 rows cannot be screened, and nothing was written.",
        "line 6, id: Line 3 has the id “c-2” too: their answers could not be told apart.",
        "line 7, id: Line 3 has the id “c-2” too: their answers could not be told apart.",
    ]


def test_a_file_in_utf_16_is_screened_and_replayed(work: Work, place: Place, paths: tuple[Path, Path]) -> None:
    paths[0].write_text(NAMES, encoding="utf-16")
    kept = screening.keep(work, run(work, place, paths))
    assert [row["id"] for row in read(paths[1])] == ["c-1", "c-2", "c-3"]
    assert screening.replay(work, place, kept.id) == answer_bytes(kept.answer)


def test_a_file_is_replayed_to_the_byte_when_clusters_and_lists_are_others(
    work: Work, desk: Desk, place: Place, paths: tuple[Path, Path]
) -> None:
    kept = screening.keep(work, run(work, place, paths))
    assert screening.find(work, kept.id) == kept
    assert recorded(work)[-1].facts["rows"] == 3
    for path in paths:
        path.unlink()
    work.at += timedelta(days=40)
    load_document(work, desk, "2031-02-10", DRESNOV, but(VOSK, name="Elsa Wosk", aliases=()))
    assert screening.replay(work, place, kept.id) == answer_bytes(kept.answer)


def test_a_file_without_rows_is_answered(work: Work, place: Place, paths: tuple[Path, Path]) -> None:
    paths[0].write_text("id,name\n", encoding="utf-8")
    assert run(work, place, paths).answer.rows == 0
    assert read(paths[1]) == []
