"""Cells between rulings: merged ones, broken, faint and missing rulings, text that touches them."""

import cv2
import numpy as np
import pytest

from pipelines.reading.scans.lattice import erase_rulings, find_lattices
from pipelines.reading.scans.pixels import ink_of
from tests.unit.reading.scans.drawn import erase, paper, rule, tilt, write

XS = (100, 300, 450, 600, 900)
YS = (100, 150, 200, 250, 300)


def spans(page):
    (lattice,) = find_lattices(ink_of(page, 1), 1)
    return [(it.row, it.column, it.row_span, it.column_span) for it in lattice.cells]


def full():
    page = paper()
    rule(page, XS, YS)
    return page


def squares(rows, columns):
    return [(row, column, 1, 1) for row in range(rows) for column in range(columns)]


def test_a_ruled_grid_is_read_with_the_boxes_of_its_cells():
    (lattice,) = find_lattices(ink_of(full(), 1), 1)
    assert (lattice.row_count, lattice.column_count) == (4, 4)
    assert spans(full()) == squares(4, 4)
    np.testing.assert_allclose(lattice.cells[5].box, (300, 150, 450, 200), atol=2)


def test_neighbours_without_a_ruling_between_them_are_one_cell():
    page = full()
    erase(page, 305, 140, 595, 160)  # two cells of the first row with those below them
    erase(page, 440, 105, 460, 195)
    assert (0, 1, 2, 2) in spans(page)
    assert len(spans(page)) == 16 - 3


def test_gaps_in_a_ruling_do_not_join_cells():
    page = full()
    for x in range(110, 890, 40):
        erase(page, x, 190, x + 5, 210)
    assert spans(page) == squares(4, 4)


def test_a_ruling_overlooked_in_a_crooked_cell_is_put_back():
    page = full()
    erase(page, 290, 110, 310, 145)  # cells (0, 0) and (0, 1) are one
    erase(page, 130, 140, 190, 160)  # a third of the ruling below (0, 0) is gone
    assert (0, 0, 1, 2) in spans(page)
    assert (1, 0, 1, 1) in spans(page)


def test_text_on_a_missing_ruling_is_none():
    page = full()
    erase(page, 305, 140, 445, 160)
    write(page, 320, 140, glyphs=5)
    assert (0, 1, 2, 1) in spans(page)


def test_borders_that_are_not_drawn_are_added():
    page = full()
    erase(page, 90, 90, 110, 310)
    for y in YS:
        cv2.line(page, (100, y), (300, y), 0, 2)
    erase(page, 890, 90, 910, 310)
    for y in YS:
        cv2.line(page, (600, y), (900, y), 0, 2)
    assert spans(page) == squares(4, 4)


def test_tables_on_one_page_are_told_apart():
    page = paper(1000, 1000)
    rule(page, XS, YS)
    rule(page, XS[:3], [y + 400 for y in YS])
    found = find_lattices(ink_of(page, 1), 1)
    assert [(each.row_count, each.column_count) for each in found] == [(4, 4), (4, 2)]


@pytest.mark.parametrize(
    "draw",
    [
        lambda page: cv2.rectangle(page, (100, 100), (800, 600), 0, 2),
        lambda page: cv2.line(page, (100, 100), (900, 100), 0, 2),
        lambda page: write(page, 100, 100, glyphs=30),
    ],
    ids=["frame", "line", "text"],
)
def test_what_encloses_no_two_cells_is_no_table(draw):
    page = paper()
    draw(page)
    assert find_lattices(ink_of(page, 1), 1) == []


def test_a_bent_and_noisy_page_is_read_all_the_same():
    page = full()
    for y in range(110, 290, 50):
        for x in (110, 310, 460, 610):
            write(page, x, y)
    rng = np.random.default_rng(1)
    bend = np.round(3 * np.sin(np.arange(page.shape[1]) / 1000 * np.pi)).astype(int)
    bent = np.stack([np.roll(page[:, x], bend[x]) for x in range(page.shape[1])], axis=1)
    noisy = np.clip(tilt(bent, 0.05) * 0.8 + rng.normal(0, 12, page.shape), 0, 255)
    assert spans(noisy.astype(np.uint8)) == squares(4, 4)


def without_rulings(page):
    ink, grey = ink_of(page, 1), page.copy()
    erase_rulings(ink, grey, find_lattices(ink, 1), 1)
    return ink, grey


def test_rulings_are_taken_off_and_text_stays():
    page = full()
    write(page, 120, 115)
    ink, grey = without_rulings(page)
    assert not ink[90:310, 500:910].any()
    assert (grey[90:310, 500:910] == 255).all()
    assert ink[110:140, 115:220].any()


def test_strokes_that_cross_a_ruling_are_not_cut_in_two():
    page = full()
    cv2.line(page, (200, 140), (200, 160), 0, 3)
    cv2.line(page, (230, 120), (230, 147), 0, 3)  # touches the ruling from above only
    ink, grey = without_rulings(page)
    assert ink[140:160, 200].all()
    assert (grey[140:160, 200] < 100).all()
    assert not ink[151:160, 230].any()
    assert not ink[145:155, 240:290].any()


@pytest.mark.parametrize("rows", [(0,), (3,), (2, 3)], ids=["first", "last", "last two"])
def test_a_ruling_that_text_touches_is_seen_in_outer_rows_too(rows):
    page = paper()
    ys = tuple(range(100, 300, 40))
    rule(page, XS, ys)
    for row in rows:
        cv2.line(page, (285, ys[row] + 20), (300, ys[row] + 20), 0, 3)
    assert spans(page) == squares(4, 4)


def test_a_stroke_that_leaves_a_gap_is_no_ruling():
    page = paper()
    ys = tuple(range(100, 300, 40))
    rule(page, XS, ys)
    erase(page, 290, 103, 310, 137)
    cv2.line(page, (300, 109), (300, 131), 0, 3)
    cv2.line(page, (290, 120), (310, 120), 0, 3)
    assert (0, 0, 1, 2) in spans(page)
