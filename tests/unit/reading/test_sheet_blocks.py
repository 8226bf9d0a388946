"""A sheet becomes the paragraphs and tables that somebody sees on it."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.domain.document import Paragraph, Table
from pipelines.reading import sheet_blocks
from pipelines.reading.errors import UnreadableFileError
from pipelines.reading.sheet_blocks import SheetReading, read_sheet
from tests.unit.reading.made_sheets import made_sheet, shown, tables

TITLE = ["收入总表", "", ""]
CAPTIONS = ["部门：某局", "", "单位：万元"]
HEADER = ["科目编码", "科目名称", "合计"]
TOTAL = ["", "合计", "12.00"]
WAGES = ["201", "一般公共服务支出", "12.00"]
NOTE = ["注：本表反映收入。", "", ""]
BLANK = ["", "", ""]
GRID = [HEADER, TOTAL, WAGES]


def test_what_stands_around_a_ruled_grid_is_text():
    sheet = made_sheet(
        [TITLE, ["", "", "公开02表"], CAPTIONS, *GRID, NOTE], merged=["A1:C1"], ruled=["A4:C6"]
    )
    reading = read_sheet(sheet)
    assert shown(reading) == [
        *("收入总表", "公开02表", "部门：某局    单位：万元", GRID, "注：本表反映收入。"),
    ]
    assert [block.place.path for block in reading.blocks] == [
        *("收支总表!A1", "收支总表!C2", "收支总表!A3", "收支总表!A4:C6", "收支总表!A7"),
    ]


def test_cells_of_one_line_keep_their_places():
    line = read_sheet(made_sheet([["编制单位：", "某局", "单位：元"]])).blocks[0]
    assert isinstance(line, Paragraph)
    assert line.text == "编制单位：    某局    单位：元"
    begin = line.text.index("某局")
    assert line.place_of(begin, begin + 2).path == "收支总表!B1"


def test_without_rulings_a_title_and_a_note_stand_alone_in_their_rows():
    sheet = made_sheet([TITLE, CAPTIONS, *GRID, NOTE], merged=["A1:C1"])
    assert shown(read_sheet(sheet)) == [
        *("收入总表", "部门：某局    单位：万元", GRID, "注：本表反映收入。"),
    ]


def test_a_form_without_numbers_is_a_table_too():
    rows = [
        *(["功能科目", "", "支出", ""], ["编码", "名称", "合计", "项目支出"]),
        ["", "合计", "", ""],
    ]
    sheet = made_sheet([[*TITLE, ""], [*CAPTIONS, ""], *rows, [*NOTE, ""]])
    assert shown(read_sheet(sheet))[2:] == [rows, "注：本表反映收入。"]


def test_labels_and_what_they_label_are_text():
    rows = [
        *(
            ["单位名称：", "某局", "单位代码：", "123456"],
            ["负责人：", "张三", "电话：", "66778899"],
        ),
        ["金额单位：元", "", "编制日期：", "2024年"],
    ]
    assert shown(read_sheet(made_sheet(rows))) == [
        *("单位名称：    某局    单位代码：    123456", "负责人：    张三    电话：    66778899"),
        "金额单位：元    编制日期：    2024年",
    ]


def test_what_is_of_which_is_a_row_of_its_form():
    rows = [HEADER, TOTAL, ["其中：", "", "3.00"], ["", "其中：工资", "1.00"], WAGES]
    assert shown(read_sheet(made_sheet(rows))) == [rows]
    assert shown(read_sheet(made_sheet(rows[:3]))) == [rows[:3]]


def test_merged_cells_span_what_they_cover():
    sheet = made_sheet(
        [["项目", "", "金额"], ["编码", "名称", ""], ["201", "服务", "1.00"]],
        merged=["A1:B1", "C1:C2"],
        ruled=["A1:C3"],
    )
    (table,) = tables(read_sheet(sheet))
    assert [(cell.text, cell.row_span, cell.column_span) for cell in table.cells] == [
        *(("项目", 1, 2), ("金额", 2, 1), ("编码", 1, 1), ("名称", 1, 1)),
        *(("201", 1, 1), ("服务", 1, 1), ("1.00", 1, 1)),
    ]
    assert [cell.place.path for cell in table.cells][:4] == [
        *("收支总表!A1", "收支总表!C1", "收支总表!A2", "收支总表!B2"),
    ]


def test_blank_cells_of_a_grid_are_cells():
    sheet = made_sheet([HEADER, ["201", "服务", ""]], ruled=["A1:C2"])
    (table,) = tables(read_sheet(sheet))
    assert (table.cells[-1].text, table.cells[-1].place.path) == ("", "收支总表!C2")


@pytest.mark.parametrize("ruled", [["A2:C4", "A6:C8"], []], ids=["ruled", "not ruled"])
def test_forms_below_each_other_are_parted_by_the_title_between(ruled: list[str]):
    sheet = made_sheet([TITLE, *GRID, ["支出总表", "", ""], *GRID], merged=["A1:C1"], ruled=ruled)
    wide = made_sheet(
        [TITLE, *GRID, ["支出总表", "", ""], *GRID], merged=["A1:C1", "A5:C5"], ruled=ruled
    )
    assert shown(read_sheet(wide)) == ["收入总表", GRID, "支出总表", GRID]
    # Without rulings a title in a cell of its own looks like a label: words will tell it.
    together = [[*GRID, ["支出总表", "", ""], *GRID]]
    assert shown(read_sheet(sheet))[1:] == ([GRID, "支出总表", GRID] if ruled else together)


@pytest.mark.parametrize("ruled", [["A1:C3", "A5:C7"], []], ids=["ruled", "not ruled"])
def test_a_blank_row_parts_forms_where_words_follow(ruled: list[str]):
    sheet = made_sheet([*GRID, BLANK, *GRID], ruled=ruled)
    assert shown(read_sheet(sheet)) == [GRID, GRID]


@pytest.mark.parametrize("ruled", [["A1:C2", "A4:C4"], []], ids=["ruled", "not ruled"])
def test_a_blank_row_parts_no_form_where_numbers_follow(ruled: list[str]):
    sheet = made_sheet([HEADER, TOTAL, BLANK, WAGES], ruled=ruled)
    assert shown(read_sheet(sheet)) == [GRID]


def test_a_blank_row_that_is_ruled_parts_nothing():
    label = ["二、外交支出", "三、国防支出", ""]
    sheet = made_sheet([HEADER, TOTAL, BLANK, label], ruled=["A1:C4"])
    assert shown(read_sheet(sheet)) == [[HEADER, TOTAL, label]]


def test_a_row_of_nothing_but_a_label_stays_in_its_form():
    rows = [HEADER, TOTAL, ["", "外交支出", ""], ["国防支出", "教育支出", ""], WAGES]
    for ruled in (["A1:C5"], []):
        assert shown(read_sheet(made_sheet(rows, ruled=ruled))) == [rows]


def test_a_label_below_a_blank_row_stays_in_its_form_where_numbers_follow():
    rows = [HEADER, TOTAL, BLANK, ["外交支出", "", ""], WAGES]
    assert shown(read_sheet(made_sheet(rows))) == [[HEADER, TOTAL, rows[3], WAGES]]


def test_a_line_merged_over_a_form_stays_in_it_where_numbers_follow():
    rows = [HEADER, TOTAL, ["一、基本支出", "", ""], WAGES]
    sheet = made_sheet(rows, merged=["A3:C3"], ruled=["A1:C4"])
    (table,) = tables(read_sheet(sheet))
    assert [cell.text for cell in table.cells if cell.column_span == 3] == ["一、基本支出"]


def test_an_amount_in_a_row_that_is_not_ruled_belongs_to_the_form_above():
    added = ["", "其他", "3.50"]
    sheet = made_sheet([*GRID, added, ["制表人：", "张三", "2024"]], ruled=["A1:C3"])
    assert shown(read_sheet(sheet)) == [[*GRID, added], "制表人：    张三    2024"]


def beside(left: list[list[str]], right: list[list[str]]) -> list[list[str]]:
    """Rows of two grids with a blank column between."""
    return [[*ours, "", *theirs] for ours, theirs in zip(left, right, strict=True)]


def filled(reading: SheetReading) -> list[str | list[list[str]]]:
    """What is shown, the blank cells of tables left out."""
    return [
        block if isinstance(block, str) else [[text for text in row if text] for row in block]
        for block in shown(reading)
    ]


@pytest.mark.parametrize("merged", [["A1:C1", "E1:G1"], []], ids=["merged", "not merged"])
@pytest.mark.parametrize("ruled", [["A2:C4", "E2:G4"], []], ids=["ruled", "not ruled"])
def test_forms_side_by_side_stay_together_with_their_titles(merged: list[str], ruled: list[str]):
    rows = beside([TITLE, *GRID], [TITLE, *GRID])
    note = [*NOTE, *[""] * 4]
    reading = read_sheet(made_sheet([*rows, note], merged=[*merged, "A5:G5"], ruled=ruled))
    table, last = shown(reading)
    assert last == "注：本表反映收入。"
    assert table[1:] == rows[1:]
    assert [text for text in table[0] if text] == ["收入总表"] * 2


@pytest.mark.parametrize(("lower", "are_together"), [(0, True), (1, True), (2, False)])
def test_titles_of_forms_side_by_side_stand_at_most_a_row_apart(lower: int, *, are_together: bool):
    """Forms stand under their titles with their blank columns, and other rows without."""
    side, lowered = [TITLE, *GRID], [*[BLANK] * lower, TITLE, *GRID]
    longer = [*side, *[BLANK] * lower]
    rows = [
        [*first, "", *second, "", *third]
        for first, second, third in zip(longer, lowered, longer, strict=True)
    ]
    (table,) = tables(read_sheet(made_sheet(rows)))
    assert (table.column_count == len(rows[0])) == are_together


@pytest.mark.parametrize("merged", [["A1:C1", "E1:G1", "E2:G2"], []], ids=["merged", "not merged"])
@pytest.mark.parametrize("ruled", [["A3:C5", "E4:G8"], []], ids=["ruled", "not ruled"])
def test_forms_side_by_side_under_titles_and_captions_are_read_one_after_the_other(
    merged: list[str], ruled: list[str]
):
    part, title = ["第二部分", "", ""], ["支出总表", "", ""]
    left = [TITLE, CAPTIONS, *GRID, NOTE, BLANK, BLANK]
    right = [part, title, CAPTIONS, HEADER, TOTAL, BLANK, WAGES, WAGES]
    reading = read_sheet(made_sheet(beside(left, right), merged=merged, ruled=ruled))
    captions = "部门：某局    单位：万元"
    assert shown(reading) == [
        *("收入总表", captions, GRID, "注：本表反映收入。"),
        *("第二部分", "支出总表", captions, [HEADER, TOTAL, WAGES, WAGES]),
    ]
    assert tables(reading)[1].place.path == "收支总表!E4:G8"
    assert [table.name for table in tables(reading)] == ["收支总表", ""]


def test_forms_side_by_side_may_have_rulings_around_their_titles():
    form = [TITLE, CAPTIONS, *GRID]
    sheet = made_sheet(
        beside(form, form), merged=["A1:C1", "E1:G1", "A2:B2", "E2:F2"], ruled=["A1:C5", "E1:G5"]
    )
    assert [table.place.path for table in tables(read_sheet(sheet))] == [
        *("收支总表!A2:C5", "收支总表!E2:G5"),
    ]


@pytest.mark.parametrize("merged", [["D1:E1", "D2:E2"], []], ids=["merged", "not merged"])
@pytest.mark.parametrize("ruled", [["A3:B5", "D3:E5"], []], ids=["ruled", "not ruled"])
def test_lines_at_the_right_above_a_form_of_two_sides_are_no_titles(
    merged: list[str], ruled: list[str]
):
    place = 3 if merged else 4
    lines = [["收支总表", "", "", "", ""], ["部门：某局", "", "", "", ""]]
    for line, text in zip(lines, ("公开01表", "单位：元"), strict=True):
        line[place] = text
    rows = [
        *lines,
        *(["收入", "金额", "", "支出", "金额"], ["预算", "1.00", "", "工资", "1.00"]),
        ["合计", "1.00", "", "合计", "1.00"],
    ]
    reading = read_sheet(made_sheet(rows, merged=merged, ruled=ruled))
    assert filled(reading)[-1][-1] == ["合计", "1.00", "合计", "1.00"]


def test_a_heading_over_forms_side_by_side_comes_first():
    rows = [["某局2024年预算", *[""] * 6], *beside([TITLE, *GRID], [TITLE, *GRID])]
    for ruled in (["A3:C5", "E3:G5"], []):
        sheet = made_sheet(rows, merged=["A1:G1", "A2:C2", "E2:G2"], ruled=ruled)
        assert shown(read_sheet(sheet))[0] == "某局2024年预算"


def test_the_sides_of_a_ruled_form_may_have_headers_of_their_own():
    rows = [
        *(["收支总表", "", "", "", ""], ["收入", "", "", "支出", ""]),
        *(["项目", "预算数", "", "项目", "预算数"], ["事业收入", "1.00", "", "工资", "1.00"]),
        ["合计", "1.00", "", "合计", "1.00"],
    ]
    sheet = made_sheet(rows, merged=["A1:E1", "A2:B2", "D2:E2"], ruled=["A2:B5", "D2:E5"])
    without = [[text for text in row if text] for row in rows[1:]]
    assert filled(read_sheet(sheet)) == ["收支总表", without]


@pytest.mark.parametrize(
    "merged", [["A6:G6", "A8:G8"], ["A8:G8"], []], ids=["merged", "only the title", "not merged"]
)
def test_a_line_below_forms_side_by_side_belongs_to_what_follows(merged: list[str]):
    rows = beside([TITLE, *GRID], [TITLE, *GRID])
    blank = [""] * 7
    form = [
        ["部门：某局", *blank[:5], "单位：元"],
        ["科目", *"一二三四五六"],
        ["服务", *["1.00"] * 6],
    ]
    below = [blank, ["注：均不含税。", *blank[1:]], blank, ["支出总表", *blank[1:]], *form]
    for ruled in (["A2:C4", "E2:G4", "A10:G11"], []):
        sheet = made_sheet([*rows, *below], merged=["A1:C1", "E1:G1", *merged], ruled=ruled)
        assert shown(read_sheet(sheet))[1:] == [
            *("注：均不含税。", "支出总表", "部门：某局    单位：元", form[1:]),
        ]


@pytest.mark.parametrize("ruled", [["A3:B5", "D3:E5"], []], ids=["ruled", "not ruled"])
def test_a_blank_column_in_the_middle_of_a_form_parts_nothing(ruled: list[str]):
    rows = [
        *(["收支总表", "", "", "", ""], ["部门：某局", "", "", "", "单位：元"]),
        *(["收入", "金额", "", "支出", "金额"], ["预算", "1.00", "", "工资", "1.00"]),
        ["合计", "1.00", "", "合计", "1.00"],
    ]
    assert filled(read_sheet(made_sheet(rows, ruled=ruled)))[-1][-1] == [
        *("合计", "1.00", "合计", "1.00"),
    ]


def test_hidden_rows_and_columns_are_left_out_and_told():
    rows = [[*row[:2], "旧数", *row[2:]] for row in [HEADER, ["202", "外交", "7.00"], TOTAL, WAGES]]
    sheet = made_sheet(rows, hidden_rows=[(1, 1)], hidden_columns=[(2, 2)], ruled=["A1:D4"])
    reading = read_sheet(sheet)
    assert shown(reading) == [GRID]
    assert [(text.text, text.place.path) for text in reading.hidden_texts] == [
        ("旧数 旧数 旧数", "收支总表!C1:C4"),
        ("202 外交 旧数 7.00", "收支总表!A2:D2"),
    ]
    assert tables(reading)[0].cells[-1].place.path == "收支总表!D4"


def test_a_merged_cell_is_shown_as_long_as_a_part_of_it_is():
    sheet = made_sheet(
        [["收入总表", "", ""], *GRID], merged=["A1:C1"], hidden_columns=[(0, 0)], ruled=["A2:C4"]
    )
    assert shown(read_sheet(sheet))[0] == "收入总表"


def test_a_hidden_sheet_is_told_in_one_line():
    reading = read_sheet(made_sheet([HEADER, TOTAL], is_hidden=True))
    assert reading.blocks == ()
    assert [(text.text, text.place.path) for text in reading.hidden_texts] == [
        ("科目编码 科目名称 合计 合计 12.00", "收支总表!A1:C2")
    ]


def test_white_text_and_text_below_merged_cells_is_not_shown():
    sheet = made_sheet(
        [HEADER, TOTAL, ["201", "服务", "12.00"], ["校验", "", "0.00"]],
        merged=["A3:B3"],
        unseen=["A4", "C4"],
    )
    reading = read_sheet(sheet)
    assert shown(reading) == [[HEADER, TOTAL, ["201", "12.00"]]]
    assert [text.text for text in reading.hidden_texts] == ["服务", "校验 0.00"]


def test_a_value_that_cannot_be_read_is_neither_blank_nor_text():
    sheet = made_sheet([HEADER, ["", "合计", "=SUM(C3)"], WAGES], unreadable=["C2"])
    reading = read_sheet(sheet)
    (table,) = tables(reading)
    assert [cell.place.path for cell in table.cells if cell.is_unreadable] == ["收支总表!C2"]
    assert [(text.text, text.place.path) for text in reading.unreadable] == [
        ("=SUM(C3)", "收支总表!C2")
    ]


def test_a_sheet_of_text_has_no_table():
    lines = "一、概况\n某局主管水利。\n二、人员\n编制10人。\n三、其他"
    rows = [["某局", ""], ["部门名称：", "某局"], ["", ""], [lines, ""], ["2023年度\n部门决算", ""]]
    rows += [["某局主管水利。\n编制10人。", ""]]
    assert shown(read_sheet(made_sheet(rows, ruled=["A4"]))) == [
        *("某局", "部门名称：    某局", *lines.split("\n"), "2023年度\n部门决算"),
        *("某局主管水利。", "编制10人。"),
    ]


def test_the_first_table_has_the_name_on_the_tab():
    rows = [*GRID, BLANK, *GRID]
    named = tables(read_sheet(made_sheet(rows, name="1.收支总表")))
    assert [table.name for table in named] == ["1.收支总表", ""]
    for given_name in ("Sheet1", "sheet 2", "工作表3", "表1", "Sheet1 (2)"):
        assert tables(read_sheet(made_sheet(rows, name=given_name)))[0].name == ""


def test_of_merged_areas_that_overlap_the_first_counts():
    rows = [HEADER, ["201", "服务", "12.00"]]
    sheet = made_sheet(rows, merged=["A1:B1", "B1:C1"], ruled=["A1:C2"])
    reading = read_sheet(sheet)
    assert shown(reading) == [[["科目编码", "合计"], ["201", "服务", "12.00"]]]
    assert [text.text for text in reading.hidden_texts] == ["科目名称"]


def test_lines_of_two_cells_take_no_time():
    rows = [row for number in range(3000) for row in ([f"{number}、", "", "事项"], ["", "", ""])]
    assert len(read_sheet(made_sheet(rows)).blocks) == 3000


def test_a_far_cell_costs_no_room():
    far = [*WAGES, *[""] * 16_000, "x"]
    (table,) = tables(read_sheet(made_sheet([HEADER, TOTAL, far])))
    assert (table.row_count, table.column_count) == (3, 4)


def test_a_table_beyond_all_bounds_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sheet_blocks, "MAX_GRID_POSITIONS", 9)
    assert shown(read_sheet(made_sheet(GRID))) == [GRID]
    monkeypatch.setattr(sheet_blocks, "MAX_GRID_POSITIONS", 8)
    with pytest.raises(UnreadableFileError) as refused:
        read_sheet(made_sheet(GRID))
    assert "收支总表 has more than 8 cells" in refused.value.explanation


texts = st.sampled_from(["", "", "", "合计", "12.00", "单位：元"])
areas = st.tuples(st.integers(0, 6), st.integers(0, 5), st.integers(0, 2), st.integers(0, 2))


@given(
    rows=st.lists(st.lists(texts, min_size=6, max_size=6), min_size=1, max_size=8),
    merged=st.lists(areas, max_size=3),
    ruled=st.lists(areas, max_size=3),
    hidden=st.lists(st.integers(0, 6), max_size=2),
)
def test_no_text_is_lost_or_doubled(rows, merged, ruled, hidden):
    def named(place: tuple[int, int, int, int]) -> str:
        row, column, down, right = place
        return f"{chr(65 + column)}{row + 1}:{chr(65 + column + right)}{row + 1 + down}"

    numbered = [
        [f"{text}{row}{column}" if text else "" for column, text in enumerate(line)]
        for row, line in enumerate(rows)
    ]
    sheet = made_sheet(
        numbered,
        merged=map(named, merged),
        ruled=map(named, ruled),
        hidden_rows=[(row, row) for row in hidden],
        hidden_columns=[(row, row) for row in hidden[:1]],
    )
    reading = read_sheet(sheet)
    printed: Counter[str] = Counter()
    for block in (*reading.blocks, *reading.hidden_texts):
        if isinstance(block, Table):
            printed.update(cell.text for cell in block.cells if cell.text)
            covered = Counter(
                (cell.row + down, cell.column + right)
                for cell in block.cells
                for down in range(cell.row_span)
                for right in range(cell.column_span)
            )
            assert set(covered.values()) == {1}
            assert len(covered) == block.row_count * block.column_count
        else:
            printed.update(block.text.split())
    assert printed == Counter(text for line in numbered for text in line if text)


@pytest.mark.parametrize(
    ("between", "are_one"),
    [([NOTE, ["续注", "", ""]], True), ([NOTE, BLANK, ["续注", "", ""]], False)],
    ids=["next to each other", "a blank row between"],
)
def test_lines_between_the_parts_of_a_ruled_grid_are_of_it_unless_they_are_parted(
    between: list[list[str]], *, are_one: bool
):
    end = 4 + len(between)
    sheet = made_sheet([*GRID, *between, WAGES], ruled=["A1:C3", f"A{end}:C{end}"])
    assert (len(tables(read_sheet(sheet))) == 1) == are_one


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("2023年度\n某局\n部门决算", 1),
        ("2023年度\n某局\n部门\n决算", 4),
        ("某局主管水利。\n编制10人", 2),
        ("某局主管水利。\n编制10人\n其他", 3),
        ("编制10人\n某局主管水利。", 1),
        ("某局主管水利。\n\n", 1),
    ],
    ids=["a title", "of four lines", "a sentence", "and lines", "at the end", "blank lines"],
)
def test_lines_of_a_cell_are_paragraphs_where_there_are_many_or_a_sentence_ends(
    text: str, count: int
):
    assert len(read_sheet(made_sheet([[text]])).blocks) == count


def test_a_table_reaches_to_the_row_of_its_last_cell():
    label = ["国防支出", "", ""]
    (table,) = tables(read_sheet(made_sheet([*GRID, label], ruled=["A1:C4"])))
    assert table.place.path == "收支总表!A1:C4"
    wide = made_sheet([HEADER, TOTAL, WAGES], merged=["B3:C3"], ruled=["A1:C3"])
    assert tables(read_sheet(wide))[0].place.path == "收支总表!A1:C3"
