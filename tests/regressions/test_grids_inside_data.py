"""A web page's data table was taken apart into paragraphs where one cell held a table.

Excel and editors of sites put the line of body and unit into a table of its own.
"""

from pipelines.domain.document import Table
from pipelines.reading.web_page import read_web_page


def blocks(page: str) -> list[object]:
    document = read_web_page(page.encode(), sha256="0" * 64, file_name="made.html")
    return [
        [cell.text for cell in block.cells] if isinstance(block, Table) else block.text
        for block in document.blocks
    ]


ROWS = "<tr><td>合计</td><td>3.00</td></tr><tr><td>基本支出</td><td>2.00</td></tr>"
GRID = "<table><tr><td>类</td><td>款</td></tr><tr><td>201</td><td>9.00</td></tr></table>"


def test_a_caption_laid_out_by_a_table_stays_in_its_cell():
    caption = "<table><tr><td>部门：某局</td><td>单位：万元</td></tr></table>"
    page = f"<table><tr><td colspan=2>收入决算表{caption}</td></tr>{ROWS}</table>"
    assert blocks(page) == [
        ["收入决算表\n部门：某局\n单位：万元", "合计", "3.00", "基本支出", "2.00"]
    ]


def test_an_amount_framed_inside_its_cell_is_the_cells():
    framed = "<tr><td>项目支出</td><td><table><tr><td>15897.44</td></tr></table></td></tr>"
    assert blocks(f"<table>{ROWS}{framed}</table>") == [
        ["合计", "3.00", "基本支出", "2.00", "项目支出", "15897.44"]
    ]


def test_a_grid_inside_a_cell_is_a_table_behind_it_and_printed_once():
    page = f"<table>{ROWS}<tr><td>明细</td><td><p>{GRID}</p></td></tr></table><p>注</p>"
    assert blocks(page) == [
        ["合计", "3.00", "基本支出", "2.00", "明细", ""],
        ["类", "款", "201", "9.00"],
        "注",
    ]


def test_what_is_hidden_inside_a_cell_is_no_table():
    page = f"<table>{ROWS}<tr><td>明细</td><td><div hidden>{GRID}</div></td></tr></table>"
    assert len(blocks(page)) == 1


def test_a_table_that_arranges_forms_is_none():
    side_by_side = f"<table><tr><td>收入{GRID}</td><td>支出{GRID}</td></tr></table>"
    cells = ["类", "款", "201", "9.00"]
    assert blocks(side_by_side) == ["收入", cells, "支出", cells]


def test_forms_below_each_other_in_one_grid_stay_one_grid():
    titles = "<tr><td colspan=2>收入决算表<br>公开02表<br>单位：万元</td></tr>"
    (cells,) = blocks(f"<table>{titles}{ROWS}{titles}{ROWS}</table>")
    title = "收入决算表\n公开02表\n单位：万元"
    form = [title, "合计", "3.00", "基本支出", "2.00"]
    assert cells == [*form, *form]
