"""Lines of text in cells and outside of tables."""

import cv2
import numpy as np

from pipelines.reading.scans.pixels import PixelBox, ink_of
from pipelines.reading.scans.text_rows import in_lines, rows_in_cell, rows_outside
from tests.unit.reading.scans.drawn import GLYPH, paper, write

CELL = PixelBox(50, 50, 450, 200)


def in_cell(page):
    return rows_in_cell(ink_of(page, 1), CELL, GLYPH)


def test_a_blank_cell_has_no_lines_whatever_specks_lie_on_it():
    page = paper(500, 300)
    rng = np.random.default_rng(3)
    for x, y in rng.integers(60, 190, (20, 2)):
        page[y : y + 2, x : x + 2] = 0
    assert in_cell(page) == []


def test_lines_of_a_cell_are_told_apart_and_cut_out_with_a_margin():
    page = paper(500, 300)
    write(page, 70, 70)
    write(page, 70, 110, glyphs=7)
    first, second = in_cell(page)
    assert first.ink.bottom < second.ink.top
    assert second.ink.width > first.ink.width
    assert first.crop.left < first.ink.left
    assert first.crop.top < first.ink.top


def test_a_point_beside_a_number_belongs_to_it():
    page = paper(500, 300)
    write(page, 70, 70)
    page[87:91, 166:170] = 0
    (row,) = in_cell(page)
    assert row.ink.right >= 169


def test_strokes_one_above_the_other_are_one_line():
    page = paper(500, 300)
    for y in (80, 89, 98):
        cv2.line(page, (100, y), (120, y), 0, 2)
    (row,) = in_cell(page)
    assert row.ink.height >= 18


def test_a_dash_is_cut_out_as_high_as_the_numbers_beside_it():
    page = paper(500, 300)
    cv2.line(page, (100, 100), (116, 100), 0, 2)
    (row,) = in_cell(page)
    assert row.ink.height < 6
    assert row.crop.height > 0.7 * GLYPH


def test_what_is_left_of_a_ruling_is_no_text():
    page = paper(500, 300)
    cv2.line(page, (52, 60), (52, 190), 0, 2)
    cv2.line(page, (60, 198), (400, 198), 0, 2)
    assert in_cell(page) == []


def test_lines_outside_are_cut_at_wide_gaps_and_tables_left_out():
    page = paper(1000, 400)
    write(page, 100, 50, glyphs=8)
    write(page, 700, 52, glyphs=3)
    write(page, 100, 100, glyphs=20)
    write(page, 100, 250, glyphs=20)
    rows = rows_outside(ink_of(page, 1), [PixelBox(0, 200, 1000, 400)], 1)
    lines = list(in_lines(rows))
    assert [len(line) for line in lines] == [2, 1]
    assert lines[0][0].ink.left < lines[0][1].ink.left
