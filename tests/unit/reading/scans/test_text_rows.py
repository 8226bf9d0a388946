"""Lines of text in cells and outside of tables."""

import cv2
import numpy as np
import pytest

from pipelines.reading.scans.pixels import PixelBox, ink_of
from pipelines.reading.scans.text_rows import in_lines, rows_in_cell, rows_outside, type_height
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


@pytest.mark.parametrize(
    ("width", "height", "is_dash"),
    [(10, 3, True), (8, 4, True), (6, 6, False), (40, 3, False), (14, 12, False)],
    ids=["dash", "blurred", "point", "line", "glyph"],
)
def test_a_dash_is_seen_from_its_shape(width, height, is_dash):
    page = paper(500, 300)
    page[100 : 100 + height, 100 : 100 + width] = 0
    assert any(row.is_dash for row in in_cell(page)) == is_dash


@pytest.mark.parametrize(
    ("specks", "is_dash"),
    [
        (((104, 97, 2, 3),), True),  # touches it
        (((140, 120, 5, 4), (180, 90, 4, 6)), True),
        (((140, 100, 12, 18),), False),  # a glyph
        (((93, 95, 18, 3),), False),  # 二
    ],
    ids=["touching", "apart", "before a glyph", "below a longer stroke"],
)
def test_a_dash_among_specks_is_one(specks, is_dash):
    page = paper(500, 300)
    for left, top, width, height in ((100, 100, 8, 4), *specks):
        page[top : top + height, left : left + width] = 0
    rows = in_cell(page)
    assert any(row.is_dash for row in rows) == is_dash
    assert not is_dash or rows[0].ink.left in range(98, 103)


def test_the_height_of_type_is_that_of_the_page_where_there_are_hardly_any_glyphs():
    page = paper(500, 300)
    write(page, 70, 70, glyphs=2, size=36)
    assert type_height(ink_of(page, 1), 1, 20) == 20
    write(page, 70, 120, glyphs=14)
    assert type_height(ink_of(page, 1), 1, 40) < 40


def test_glyphs_at_a_ruling_are_cut_out_as_high_as_the_ruling_left_others():
    page = paper(500, 300)
    write(page, 70, 40)  # ten dots of it stand above the cell, where its ruling was
    page[:54] = 255
    (row,) = rows_in_cell(ink_of(page, 1), CELL, GLYPH, 3)
    assert row.is_on_ruling
    assert row.crop.top < CELL.top
    assert row.crop.left >= CELL.left + 4
    assert not rows_in_cell(ink_of(page, 1), CELL, GLYPH)[0].is_on_ruling


def test_glyphs_away_from_rulings_are_cut_out_of_the_page_without_them():
    page = paper(500, 300)
    write(page, 70, 100)
    (row,) = rows_in_cell(ink_of(page, 1), CELL, GLYPH, 3)
    assert not row.is_on_ruling


def test_a_line_that_crosses_a_border_is_in_the_cell_of_its_middle():
    page = paper(500, 300)
    write(page, 70, CELL.top - 5)
    above = PixelBox(CELL.left, 5, CELL.right, CELL.top)
    ink = ink_of(page, 1)
    (row,) = rows_in_cell(ink, CELL, GLYPH, 3)
    assert row.ink.top < CELL.top
    assert rows_in_cell(ink, above, GLYPH, 3) == []


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
