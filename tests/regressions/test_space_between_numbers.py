"""A narrow font's space between two numbers of a PDF cell was lost, and the two became one."""

import pytest

from pipelines.reading.text_lines import line_text
from tests.unit.reading.pages import SIZE, chars

# Advance widths of Helvetica, in units of its size.
DIGIT, SPACE = 0.556, 0.278


@pytest.mark.parametrize("text", ["100 200", "1 2", "1,234.50 12"])
def test_a_narrow_space_separates_digits(text: str):
    placed = []
    x = 50.0
    for character in text:
        placed.extend(chars(character, x, 100, pitch=DIGIT * SIZE))
        x += (SPACE if character == " " else DIGIT) * SIZE
    assert line_text(placed) == text


def test_the_space_that_word_sets_between_chinese_and_digits_is_none():
    placed = [*chars("年", 50, 100), *chars("12", 50 + SIZE * (1 + SPACE), 100, pitch=5)]
    assert line_text(placed) == "年12"
