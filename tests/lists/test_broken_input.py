"""Whatever arrives, it ends in quarantine or in one clear refusal, and what is in force stays as it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from comity.infra.unpack import UnpackRefused
from comity.infra.work import Work
from comity.kit.errors import Failure
from comity.lists import service as lists
from comity.lists.model import EditionEmpty, EditionUnreadable, NotThisList, PartMissing, Status
from comity.lists.model.answers import Taken
from comity.lists.service import Desk
from support.breaking import Files, Publication, bomb, breakages, publications
from support.invented import desk_in, legal_view, load, recorded, stage

PUBLICATIONS = publications()


def attempt(work: Work, desk: Desk, one: Publication, files: Files) -> Taken | Failure:
    """Load what arrived, as far as it goes, and take nothing back but what was never committed."""
    try:
        taken = None
        for staged in stage(desk, one.source.id, files):
            taken = lists.take(work, desk, lists.read(desk, staged), one.second_on)
    except Failure as failure:
        return failure
    assert taken is not None
    return taken


def told(outcome: Taken | Failure) -> str:
    return outcome.detail if isinstance(outcome, Failure) else f"{outcome.status.value}: {outcome.reason}"


def desk_for(one: Publication, folder: Path) -> Desk:
    return desk_in(folder, {one.source.id: one.source})


@pytest.mark.parametrize("name", PUBLICATIONS)
def test_nothing_that_is_broken_changes_anything(work: Work, tmp_path: Path, name: str) -> None:
    one = PUBLICATIONS[name]
    desk = desk_for(one, tmp_path)
    assert load(work, desk, one.source.id, one.first, one.first_on).status is Status.ACCEPTED
    before, wrong = legal_view(work), []
    events = len(recorded(work))
    for kind, files in breakages(one):
        trial = work.connection.begin_nested()
        outcome = attempt(work, desk, one, files)
        kinds = [event.kind for event in recorded(work)[events:]]
        is_refused = isinstance(outcome, Failure) and len(outcome.detail) > 10
        is_waiting = isinstance(outcome, Taken) and outcome.status is Status.QUARANTINED and outcome.reason != ""
        expected = ["lists.edition_quarantined"] if is_waiting else []
        if not (is_refused or is_waiting) or legal_view(work) != before or kinds != expected:
            wrong.append(f"{kind}: {told(outcome)}")
        trial.rollback()
    assert wrong == []
    after = load(work, desk, one.source.id, one.second, one.second_on)
    assert after.status is Status.ACCEPTED, after.reason


def test_there_are_enough_ways_to_break_a_file() -> None:
    kinds = {name: [kind for kind, _ in breakages(one)] for name, one in PUBLICATIONS.items()}
    assert all(len(set(of)) == len(of) for of in kinds.values())
    assert min(len(of) for of in kinds.values()) >= 40
    assert len({kind for of in kinds.values() for kind in of}) >= 70


@pytest.mark.parametrize("name", PUBLICATIONS)
def test_an_older_edition_that_is_sent_again_changes_nothing(work: Work, tmp_path: Path, name: str) -> None:
    one = PUBLICATIONS[name]
    desk = desk_for(one, tmp_path)
    for files, published in ((one.first, one.first_on), (one.second, one.second_on)):
        assert load(work, desk, one.source.id, files, published).status is Status.ACCEPTED
    before = legal_view(work)
    assert load(work, desk, one.source.id, one.first, one.first_on).status is Status.UNCHANGED
    assert legal_view(work) == before


# --- refusals name the place ---

CSV, XML, UN, SDN = (PUBLICATIONS[name] for name in ("invented CSV", "invented XML", "United Nations", "Treasury CSV"))


def replaced(one: Publication, old: bytes, new: bytes) -> Files:
    raw = one.second[one.main]
    assert old in raw
    return one.with_main(raw.replace(old, new, 1))


@pytest.mark.parametrize(
    ("one", "files", "kind", "said"),
    [
        (CSV, CSV.with_main(b""), EditionEmpty, "entries.csv: the file is empty"),
        (UN, UN.with_main(b"<html>x</html>"), NotThisList, "consolidated.xml: the file is a web page"),
        (
            CSV,
            replaced(CSV, b"2029-03-14", b"2029-13-45"),
            EditionUnreadable,
            "entries.csv: record QM-0, field listed: '2029-13-45'",
        ),
        (
            UN,
            replaced(UN, b"2029-03-14", b"-2029-03-14"),
            EditionUnreadable,
            "consolidated.xml: record ZZi.000, field LISTED_ON: '-2029-03-14'",
        ),
        (
            UN,
            replaced(UN, b"<DATAID>9900003</DATAID>", b"<DATAID>9900003</DATAID><EYES>blue</EYES>"),
            EditionUnreadable,
            "consolidated.xml: record ZZi.002, field EYES",
        ),
        (
            UN,
            replaced(UN, b"<QUALITY>", b"<QUALITY x='1'>"),
            EditionUnreadable,
            "consolidated.xml: record ZZi.000, field INDIVIDUAL_ALIAS/QUALITY",
        ),
        (
            UN,
            replaced(UN, b"ZZi.004", b"ZZi.003"),
            EditionUnreadable,
            "consolidated.xml: record ZZi.003: the reference",
        ),
        (
            XML,
            replaced(XML, b"<entry>", b"<entry eyes='blue'>"),
            EditionUnreadable,
            "list.xml: record QM-0, field @eyes",
        ),
        (
            CSV,
            replaced(CSV, b"number,kind", b"number,sort"),
            EditionUnreadable,
            "entries.csv: field kind: the column is missing",
        ),
        (SDN, {"alt.csv": SDN.second["alt.csv"]}, PartMissing, "alt.csv: sdn.csv"),
        (
            SDN,
            replaced(SDN, b"90004,", b"90003,"),
            EditionUnreadable,
            "sdn.csv: record 90003: the reference stands twice",
        ),
    ],
)
def test_a_refusal_names_the_file_the_record_and_the_field(
    work: Work, tmp_path: Path, one: Publication, files: Files, kind: type[Failure], said: str
) -> None:
    outcome = attempt(work, desk_for(one, tmp_path), one, files)
    assert isinstance(outcome, kind)
    assert outcome.detail.startswith(said)


# --- bombs ---

LOAD = """
import resource, sys, time
from pathlib import Path
from support.invented import desk_in, stage
from support.breaking import publications, zipped
from comity.infra.unpack import UnpackRefused
raw, folder = Path(sys.argv[1]).read_bytes(), Path(sys.argv[2])
one = publications()["United Nations"]
desk = desk_in(folder, {one.source.id: one.source})
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    stage(desk, one.source.id, {"consolidated.xml.gz": raw})
except UnpackRefused as refused:
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024, refused.detail)
"""


def test_two_gigabytes_of_zeros_cost_neither_memory_nor_disk(tmp_path: Path) -> None:
    packed = tmp_path / "zeros.gz"
    packed.write_bytes(bomb())
    assert packed.stat().st_size < 3_000_000
    paths = [str(Path(__file__).parents[1]), *sys.path]
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {paths!r}\n{LOAD}", packed, tmp_path],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    grown_mb, _, detail = done.stdout.partition(" ")
    assert int(grown_mb) < 50
    assert detail.strip() == "The file grows more than 200-fold when it is unpacked."
    left = sum(path.stat().st_size for path in (tmp_path / "blobs").rglob("*") if path.is_file())
    assert left < 1_000_000


def test_nothing_is_written_where_a_zip_says(work: Work, tmp_path: Path) -> None:
    desk = desk_for(UN, tmp_path / "node")
    files = dict(breakages(UN))["a zip that climbs out"]
    with pytest.raises((NotThisList, UnpackRefused)):
        stage(desk, UN.source.id, files)
    outside = [path for path in tmp_path.rglob("*") if path.is_file() and (tmp_path / "node") not in path.parents]
    assert [path for path in outside if path.suffix != ".sqlite3" and not path.name.startswith("test.sqlite3")] == []
    assert not Path("/tmp/comity-was-here").exists()
