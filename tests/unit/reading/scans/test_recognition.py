"""Answers of models as text, with what else they may say."""

import numpy as np
import pytest

from pipelines.reading.scans.recognition import recognise

ALPHABET = ["", *"0123456789.,", " "]


def answer(*steps: dict[str, float]):
    """How likely each character is at each step; what is not said is none."""
    made = np.zeros((len(steps), len(ALPHABET)), np.float32)
    for row, step in zip(made, steps, strict=True):
        for text, chance in step.items():
            row[ALPHABET.index(text)] = chance
        row[0] += 1 - row.sum()
    return made


def test_repeated_steps_are_one_character_unless_nothing_parts_them():
    found = recognise(answer({"1": 0.9}, {"1": 0.99}, {}, {"1": 0.95}, {"2": 1}), 1, ALPHABET)
    assert found.text == "112"
    assert found.confidence == pytest.approx(0.95)
    assert [round(glyph.at, 2) for glyph in found.glyphs] == [0.2, 0.7, 0.9]


def test_places_are_those_in_the_line_and_not_in_what_was_added_to_it():
    found = recognise(answer({"1": 1}, {"2": 1}, {}, {}), 0.5, ALPHABET)
    assert [glyph.at for glyph in found.glyphs] == [0.25, 0.75]


def test_what_else_a_character_may_be_is_known():
    found = recognise(answer({"4": 0.7, "1": 0.2}, {"4": 0.6, "5": 0.4}, {}), 1, ALPHABET)
    assert found.glyphs[0].others == (("1", pytest.approx(0.2)),)


def test_other_texts_come_with_their_shares_the_likeliest_first():
    found = recognise(answer({"4": 0.7, "1": 0.3}, {".": 0.9}, {"5": 0.99, "6": 0.01}), 1, ALPHABET)
    (second, share), (third, _), *_ = found.others(3)
    assert found.text == "4.5"
    assert (second, third) == ("1.5", "45")
    assert share == pytest.approx(0.27, abs=0.02)


def test_nothing_read_is_read_without_confidence():
    found = recognise(answer({}, {}), 1, ALPHABET)
    assert (found.text, found.confidence, found.others(3)) == ("", 0.0, [])
