"""A cell tells by what it prints, and where, whether it is several cells of which rulings are lost.

Cells are drawn as pdfium finds them: characters of 10 points, each in its place.
"""

import pytest

from pipelines.reading.drawn_objects import Box
from pipelines.reading.lost_rulings import FilledCell
from tests.unit.reading.pages import chars


def cell(box: Box, *texts: tuple[str, float, float]) -> FilledCell:
    """A cell and its texts: what each says, its left and its upper edge."""
    return FilledCell(box, [char for text, x, top in texts for char in chars(text, x, top)])


def test_the_border_of_two_headings_is_where_both_are_in_the_middle_of_their_columns():
    heading = cell((0, 0, 100, 20), ("收入", 15, 5), ("支出", 65, 5))
    assert heading.headings == ((35, 65), 50)


@pytest.mark.parametrize(
    ("left", "right"), [(10, 70), (20, 60)], ids=["near the sides", "near each other"]
)
@pytest.mark.parametrize("height", [20, 400])
def test_two_words_off_the_middle_of_their_columns_head_none(left: int, right: int, height: int):
    heading = cell((0, 0, 100, height), ("收入", left, 5), ("支出", right, 5))
    assert heading.headings is None
