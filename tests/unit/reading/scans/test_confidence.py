"""How surely a number is said to be read."""

import pytest

from pipelines.reading.scans.cells import as_said
from pipelines.reading.scans.recognition import Glyph, Recognition


def line(*glyphs: tuple[str, float, tuple[tuple[str, float], ...]]) -> Recognition:
    read = tuple(Glyph(text, chance, 0.5, others) for text, chance, others in glyphs)
    return Recognition(read, (), "")


@pytest.mark.parametrize(
    ("others", "confidence"),
    [
        ((("S", 0.22), ("s", 0.01)), 0.99),
        ((("6", 0.22),), 0.76),
        ((("S", 0.1), ("6", 0.1)), 0.86),
        ((), 0.76),
    ],
    ids=["letters", "another digit", "both", "nothing"],
)
def test_letters_that_look_like_a_digit_speak_for_it(others, confidence):
    said = as_said([line(("5", 0.76, others), (".", 0.5, ()), ("1", 1.0, ()))], "first")
    assert (said.text, said.confidence) == ("5.1", pytest.approx(confidence))


def test_a_word_is_as_sure_as_its_least_sure_character():
    said = as_said([line(("支", 0.9, ()), ("出", 0.7, (("击", 0.2),)))], "first")
    assert said.confidence == pytest.approx(0.7)
