"""Pages of a sample as pictures read like the pages that they were made of.

What needs no recogniser, grids and lines and what is made of readings, is in ``tests/unit``.
"""

from pathlib import Path

import pytest

from pipelines.domain.document import Document, Table
from pipelines.reading.documents import read_document
from pipelines.reading.scans.models import missing_parts
from tests.forge.scans import Condition, TextLayer, write_pictures, write_scanned_pdf
from tests.paths import PROJECT_DIR

pytestmark = pytest.mark.skipif(
    bool(missing_parts()), reason=f"reads no pictures, for want of {', '.join(missing_parts())}"
)
SAMPLE = PROJECT_DIR / "data/raw/samples" / "徐闻县风物志编修办公室2024年度部门决算.pdf"
# Pages of a form each, from 1.
PICTURED = (6, 8)


def document(path: Path) -> Document:
    return read_document(path.read_bytes(), path.name)


def printed(read: Document, page: int) -> list[list[tuple[int, int, str]]]:
    """The texts of a page's tables by row and column, without white space."""
    return [
        [(cell.row, cell.column, "".join(cell.text.split())) for cell in block.cells]
        for block in read.blocks
        if isinstance(block, Table) and block.place.page == page
    ]


@pytest.fixture(scope="module")
def sound() -> Document:
    return document(SAMPLE)


@pytest.mark.parametrize(
    ("condition", "layer", "turned"),
    [
        (Condition.OFFICE_200, TextLayer.NONE, False),
        (Condition.OFFICE_150, TextLayer.WRONG_INVISIBLE, False),
        (Condition.TURNED_200, TextLayer.WRONG_BELOW, True),
    ],
    ids=["office", "with a wrong text layer", "turned"],
)
def test_pages_that_are_pictures_read_like_the_others(sound, condition, layer, turned, tmp_path):
    scan = tmp_path / "scan.pdf"
    kept = [page - 1 for page in range(1, sound.page_count + 1) if page not in PICTURED]
    write_scanned_pdf(SAMPLE, scan, condition, seed=1, layer=layer, kept=kept)
    read = document(scan)
    assert [page.number for page in read.pictured_pages] == list(PICTURED)
    assert all((page.turn in (90, 270)) is turned for page in read.pictured_pages)
    assert read.textless_pages == ()
    for page in range(1, sound.page_count + 1):
        assert printed(read, page) == printed(sound, page)
    cells = [cell for block in read.blocks if isinstance(block, Table) for cell in block.cells]
    assert not any(cell.is_doubtful for cell in cells)
    assert {bool(cell.readings) for cell in cells if cell.text} == {True, False}


def test_a_picture_reads_like_the_page_that_it_shows(sound, tmp_path):
    pictures = write_pictures(SAMPLE, tmp_path / "scan.png", Condition.CLEAN_200, seed=1)
    read = document(pictures[PICTURED[0] - 1])
    assert printed(read, 1) == printed(sound, PICTURED[0])
    assert (read.kind, read.page_count) == ("image", 1)
