"""The grids of real documents are those that pdfplumber finds in the same rulings."""

from pathlib import Path

import pytest

from pipelines.reading.grids import find_grids, lay_rulings
from pipelines.reading.pdf_objects import read_pages
from tests.paths import SAMPLES_DIR
from tests.unit.reading.table_finder import grids_by_pdfplumber

SAMPLES = sorted(SAMPLES_DIR.rglob("*.pdf"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_grids_of_a_sample_are_those_that_pdfplumber_finds(path: Path):
    for page in read_pages(path.read_bytes()):
        ours = sorted(sorted(cells) for cells in find_grids(lay_rulings(page.edges)))
        theirs = sorted(sorted(cells) for cells in grids_by_pdfplumber(page.edges))
        assert [len(cells) for cells in ours] == [len(cells) for cells in theirs]
        for our_cells, their_cells in zip(ours, theirs, strict=True):
            assert our_cells == [pytest.approx(box) for box in their_cells]
