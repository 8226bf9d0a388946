"""What is to be seen in a number's place outweighs what the text of the page says."""

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipelines.auditing import pictured_numbers
from pipelines.auditing.pictured_numbers import is_unseen, look_at
from pipelines.auditing.readings import Box, FirstReading, Says
from tests.unit.reading.pages import pdf_file

PRINTED, BLANK = (50.0, 88.0, 150.0, 106.0), (50.0, 288.0, 150.0, 306.0)


def draw(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "1204.50")


def first(box: Box, text: str = "1,204.50") -> FirstReading:
    return FirstReading("f", "income", 1, box, text)


def test_nothing_is_seen_where_nothing_is_drawn():
    pdf = pdf_file(draw)
    assert [is_unseen(pdf, 1, box) for box in (PRINTED, BLANK)] == [False, True]


@pytest.mark.parametrize(
    ("seen", "says", "text"),
    [
        ("1204.50", Says.SAME, "1204.50"),
        ("120450", Says.SAME, "120450"),
        ("1204.60", Says.OTHER, "1204.60"),
        ("", Says.NOTHING, ""),
        ("T2O4.50", Says.NOTHING, ""),
    ],
    ids=["the number", "without its point", "another", "nothing certain", "letters"],
)
def test_digits_that_are_seen_confirm_a_number_or_contradict_it(
    monkeypatch: pytest.MonkeyPatch, seen: str, says: Says, text: str
):
    monkeypatch.setattr(pictured_numbers, "can_read_pictures", lambda: True)
    monkeypatch.setattr(pictured_numbers, "_recognised", lambda pictures: [seen for _ in pictures])
    boxes = [BLANK, PRINTED]
    blank, printed = look_at(pdf_file(draw), [first(box) for box in boxes], boxes)
    assert blank.says is Says.UNSEEN
    assert (printed.says, printed.text) == (says, text)


def test_without_a_recogniser_nobody_says_what_is_seen(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pictured_numbers, "can_read_pictures", lambda: False)
    (said,) = look_at(pdf_file(draw), [first(PRINTED)], [PRINTED])
    assert said.says is Says.NOTHING
