"""What tests of filtering share: the fictional list in force, and whoever examines payments against it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.filtering.service import Examiner
from comity.screening import service as screening
from comity.screening.model.profile import Profile
from comity.screening.service import Place
from support.invented import desk_in, load_document
from support.paying import LISTED, embedded, working


@pytest.fixture(scope="session")
def examiner(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> Iterator[Examiner]:
    """Whoever examines payments against the fictional list, with the score that the node ships."""
    folder = tmp_path_factory.mktemp("filtering")
    desk = desk_in(folder)
    database = embedded(folder, empty_file)
    with working(database) as work:
        load_document(work, desk, "2031-01-10", *LISTED)
        yield Examiner(screening.inspector(work, Place(desk, folder / "screening"), Profile()))
    database.close()
