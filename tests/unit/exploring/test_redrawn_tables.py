"""Tables drawn anew: the very cell, merged cells whole, and no more than a window of the rest."""

import re
from itertools import product

import pytest

from pipelines.domain.document import Cell, Table
from pipelines.domain.languages import Language
from pipelines.domain.place import Place
from pipelines.exploring import drawings
from pipelines.exploring.drawings import COMPANION, WANTED, draw_passage, draw_table
from pipelines.exploring.fragments import passage_html, table_html
from pipelines.exploring.passages import Passage, mark_passage
from pipelines.exploring.redrawn_tables import (
    COLUMNS_AROUND,
    HEADER_ROWS,
    ROWS_AROUND,
    RedrawnTable,
    redraw_table,
)
from pipelines.exploring.source_files import NoPictureError


def path(row: int, column: int) -> str:
    return f"tbl[1]/tr[{row}]/tc[{column}]"


def grid(row_count: int, column_count: int, *merged: Cell) -> Table:
    """A grid whose cells print where they are, but for merged ones and what these cover."""
    covered = {
        position
        for cell in merged
        for position in product(
            range(cell.row, cell.row + cell.row_span),
            range(cell.column, cell.column + cell.column_span),
        )
    }
    cells = [
        Cell(f"{row}.{column}", row, column, 1, 1, Place(path=path(row, column)))
        for row, column in product(range(row_count), range(column_count))
        if (row, column) not in covered
    ]
    ordered = sorted([*cells, *merged], key=lambda cell: (cell.row, cell.column))
    return Table(tuple(ordered), row_count, column_count, Place(path="tbl[1]"))


def merged(text: str, row: int, column: int, row_span: int, column_span: int) -> Cell:
    return Cell(text, row, column, row_span, column_span, Place(path=path(row, column)))


def redrawn(table: Table, row: int, column: int, first_figure_row: int = 2) -> RedrawnTable:
    wanted = next(cell for cell in table.cells if cell.place.path == path(row, column))
    figures = {
        cell.place.path or ""
        for cell in table.cells
        if cell.row >= first_figure_row and cell.column
    }
    return redraw_table(table, wanted, {path(row, column - 1), path(row, column)}, figures)


def texts(rows) -> list[list[str]]:
    return [[cell.text for cell in row] for row in rows]


def test_the_header_and_the_rows_around_a_figure_are_drawn():
    drawn = redrawn(grid(20, 3), 10, 2)
    assert texts(drawn.header) == [["0.0", "0.1", "0.2"], ["1.0", "1.1", "1.2"]]
    assert [row[0] for row in texts(drawn.rows)] == [f"{row}.0" for row in range(7, 14)]
    assert (drawn.left_out_above, drawn.left_out_below, drawn.left_out_columns) == (5, 6, 0)
    assert drawn.cell_path == path(10, 2)


def test_one_cell_is_wanted_and_others_are_companions():
    drawn = redrawn(grid(20, 3), 10, 2)
    cells = [cell for row in (*drawn.header, *drawn.rows) for cell in row]
    assert [cell.text for cell in cells if cell.is_wanted] == ["10.2"]
    assert [cell.text for cell in cells if cell.is_companion] == ["10.1"]


def test_a_merged_cell_that_begins_above_is_drawn_with_what_is_shown_of_it():
    table = grid(20, 3, merged("行名", 4, 0, 10, 1), merged("表头", 0, 1, 1, 2))
    drawn = redrawn(table, 10, 2)
    (name,) = (cell for row in drawn.rows for cell in row if cell.text == "行名")
    assert (name.column, name.row_span, name.column_span) == (0, 7, 1)
    assert drawn.rows[0][0] is name
    (head,) = (cell for row in drawn.header for cell in row if cell.text == "表头")
    assert (head.row_span, head.column_span) == (1, 2)


def test_a_merged_figure_is_wanted_as_a_whole():
    drawn = redrawn(grid(9, 4, merged("12.00", 4, 2, 2, 2)), 4, 2)
    (wanted,) = (cell for row in drawn.rows for cell in row if cell.is_wanted)
    assert (wanted.text, wanted.row_span, wanted.column_span) == ("12.00", 2, 2)


def test_however_large_a_table_is_little_of_it_is_drawn():
    drawn = redrawn(grid(300, 200), 150, 100, first_figure_row=40)
    assert len(drawn.header) == HEADER_ROWS
    assert len(drawn.rows) == 2 * ROWS_AROUND + 1
    assert drawn.column_count == 2 * COLUMNS_AROUND + 1
    assert {len(row) for row in drawn.rows} == {drawn.column_count}
    assert (drawn.left_out_above, drawn.left_out_below, drawn.left_out_columns) == (107, 146, 159)


@pytest.mark.parametrize(("row", "column"), [(2, 0), (2, 2), (8, 0), (8, 2)])
def test_figures_at_the_edges_are_drawn(row, column):
    drawn = redrawn(grid(9, 3), row, column)
    assert sum(cell.is_wanted for line in drawn.rows for cell in line) == 1


def test_a_fragment_escapes_what_is_printed_and_brings_classes_only():
    table = grid(20, 3, merged("<b>&", 0, 0, 1, 2), merged("<script>", 10, 2, 1, 1))
    html = table_html(redrawn(table, 10, 2), [Language.ZH, Language.EN])
    assert "<b>" not in html
    assert "<script>" not in html
    assert '<th colspan="2">&lt;b&gt;&amp;</th>' in html
    assert '<td class="wanted">&lt;script&gt;</td>' in html
    assert html.count('class="companion"') == 1
    assert "省略 5 行 … rows left out: 5" in html
    assert not re.search(r"style|onclick|href", html)


def test_a_passage_marks_the_number_and_no_other_with_the_same_digits():
    text = "上年11.00万元。本年111.00万元，其中11.00万元为基本支出。完。"
    sentence = "本年111.00万元，其中11.00万元为基本支出。"
    begin = text.rindex("11.00")
    passage = mark_passage(text, sentence, begin, begin + 5)
    assert passage.text == text
    assert passage.opening + passage.value + passage.closing == sentence
    assert passage_html(passage).count("<mark>") == 1
    assert "本年111.00万元，其中<mark>11.00</mark>万元" in passage_html(passage)
    assert "&lt;" in passage_html(Passage("<", "", "1", "", ""))


def outlines(picture, colour) -> tuple[int, int, int, int]:
    """The box of all that is drawn in a colour."""
    pixels = picture.load()
    found = [
        (x, y)
        for x in range(picture.width)
        for y in range(picture.height)
        if pixels[x, y] == colour
    ]
    xs, ys = [x for x, _ in found], [y for _, y in found]
    return min(xs), min(ys), max(xs), max(ys)


@pytest.fixture
def with_font():
    try:
        drawings._font()
    except NoPictureError as lack:
        pytest.skip(str(lack))


@pytest.mark.usefixtures("with_font")
def test_the_picture_of_a_table_outlines_the_cell_beside_its_companion():
    picture = draw_table(redrawn(grid(9, 4, merged("12.00", 4, 2, 2, 2)), 4, 2), Language.ZH)
    left, top, right, bottom = outlines(picture, WANTED)
    beside = outlines(picture, COMPANION)
    assert right - left > 1.8 * (beside[2] - beside[0]), "the outline covers both columns"
    assert bottom - top > 1.8 * (beside[3] - beside[1]), "and both rows"
    assert abs(beside[2] - left) <= 5, "and nothing of the cell beside it"


@pytest.mark.usefixtures("with_font")
def test_long_texts_fit_into_their_cells_and_passages_are_broken_into_lines():
    picture = draw_table(redrawn(grid(9, 3, merged("很长" * 200, 4, 0, 1, 1)), 4, 2), Language.EN)
    assert picture.height < 1200
    one, two = (draw_passage(Passage("", "支出" * times, "3", "", "")) for times in (3, 60))
    assert two.height > one.height
    assert two.width == one.width


def test_without_a_chinese_font_a_picture_is_refused_in_a_sentence(monkeypatch):
    drawings._font.cache_clear()
    monkeypatch.setattr(drawings.shutil, "which", lambda _: None)
    with pytest.raises(NoPictureError, match="no font with Chinese characters") as raised:
        draw_passage(Passage("", "", "3", "", ""))
    assert "未安装含汉字的字体" in raised.value.in_language(Language.ZH)
