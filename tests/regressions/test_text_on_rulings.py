"""Text that stands half a row too low was read one row too low, or in two rows at once."""

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.unit.reading.drawn_form import FORM, ROW, ROWS, both, document, form, texts

NOTE = "注：本表反映本年度各项支出情况，以万元为单位"


def note(canvas: Canvas) -> None:
    """A line right below the table, which belongs to none of its rows."""
    canvas.drawString(54, 700 - len(ROWS) * ROW - 14, NOTE)


@pytest.mark.parametrize("low", [0, 5, 8, 10, 12, -8, -10])
def test_text_off_its_rows_is_put_back(low: float):
    read = document(both(form(low=low), note))
    assert texts(read) == FORM
    assert [block.text for block in read.blocks if hasattr(block, "text")] == [NOTE]


def test_the_place_of_a_figure_is_its_cell():
    (straight,), (low,) = document(form()).blocks, document(form(low=10)).blocks
    assert low == straight
