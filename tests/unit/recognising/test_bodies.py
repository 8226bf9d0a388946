"""A form's rows: which cell is a code, a label, a value, furniture or a note."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.domain.disclosure import FurnitureKind, RejectionReason
from pipelines.domain.document import Table
from pipelines.recognising.bodies import Body, BodyRow, read_body
from pipelines.recognising.catalogue import load_catalogue
from pipelines.recognising.headers import find_header
from tests.unit.recognising.grids import grid

CATALOGUE = load_catalogue()
CODED = "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出"
SPLIT_CODE = """
    科目编码 | < | < | 科目名称 | 合计 | 基本支出
    类 | 款 | 项 | ^ | ^ | ^
"""
TWO_SIDED = """
    收入 | < | < | 支出 | < | <
    项目 | 行次 | 决算数 | 项目 | 行次 | 决算数
"""
BLOCKS = " | ".join(["科目编码 | 科目名称 | 决算数"] * 3)


def body_of(table: Table) -> Body:
    header = find_header(table, CATALOGUE)
    return read_body(table, header.body_row, header, 0, CATALOGUE, not_body=header.late_cells)


def read(rows: str, header: str = CODED) -> Body:
    return body_of(grid(f"{header}\n{rows}"))


def values(row: BodyRow) -> dict[str, str]:
    """What a row holds for sure, by the lowest header cell above it."""
    return {value.column.header_path[-1]: value.cell.text for value in row.values if value.is_sure}


def unsure(body: Body) -> list[str]:
    """The values of which it is not known what they measure."""
    return [value.cell.text for row in body.rows for value in row.values if not value.is_sure]


def printed(row: BodyRow) -> tuple[tuple[str, ...], str, dict[str, str]]:
    """A row as code parts, label and values."""
    return row.code_parts, row.label, values(row)


def the_row(rows: str, header: str = CODED) -> BodyRow:
    (row,) = read(rows, header).rows
    return row


def test_a_row_is_code_label_and_values():
    row = the_row("2080505 | 机关事业单位基本养老保险缴费支出 | 12.50 | 12.50 | 0.00")
    assert printed(row) == (
        ("2080505",),
        "机关事业单位基本养老保险缴费支出",
        {"合计": "12.50", "基本支出": "12.50", "项目支出": "0.00"},
    )


def test_blank_cells_are_no_values():
    assert printed(the_row("208 | 社保 | 1.00 | . | 　"))[2] == {"合计": "1.00"}


def test_a_row_without_any_number_is_still_a_row():
    assert printed(the_row("208 | 社保 | . | . | .")) == (("208",), "社保", {})


def test_blank_rows_are_no_rows():
    assert read(". | . | . | . | .\n　 | . | . | . | .").rows == ()


@pytest.mark.parametrize(
    ("cells", "code_parts", "label"),
    [
        ("208 | . | . | 社保", ("208",), "社保"),
        ("208 | 05 | . | 养老", ("208", "05"), "养老"),
        ("208 | 05 | 5 | 机关", ("208", "05", "5"), "机关"),
        ("208 05 05 | < | < | 机关", ("2080505",), "机关"),
        ("合计 | < | < | <", (), "合计"),
        (". | . | . | 合计", (), "合计"),
        ("类 | 款 | 项 | 合计", (), "合计"),
    ],
)
def test_codes_in_three_narrow_columns(cells: str, code_parts: tuple[str, ...], label: str):
    row = the_row(f"{cells} | 1.00 | 1.00", SPLIT_CODE)
    assert (row.code_parts, row.label) == (code_parts, label)


@pytest.mark.parametrize("levels", ["类款 | < | 项", "类 | 款项 | <", "类款项 | < | <"])
def test_levels_that_share_a_heading_have_a_column_each(levels: str):
    header = f"科目编码 | < | < | 科目名称 | 合计 | 基本支出\n{levels} | ^ | ^ | ^"
    rows = (
        "208 | . | . | 社保 | 9.00 | .\n. | 05 | . | 养老 | 9.00 | .\n. | . | 01 | 离休 | 9.00 | ."
    )
    parts = [row.code_parts for row in read(rows, header).rows]
    assert parts == [row.code_parts for row in read(rows, SPLIT_CODE).rows]
    assert parts[1:] == [("", "05"), ("", "", "01")]


@pytest.mark.parametrize(
    ("cells", "code_parts", "label"),
    [
        ("30207邮电费 | <", ("30207",), "邮电费"),
        ("30207邮电费 | .", ("30207",), "邮电费"),
        ("30207\\n邮电费 | <", ("30207",), "邮电费"),
        ("2080505机关 | 缴费", ("2080505",), "机关缴费"),
        ("301 工资福利支出 | <", ("301",), "工资福利支出"),
        ("12个月工资 | <", (), "12个月工资"),
    ],
    ids=["one cell", "code cell", "two lines", "label goes on", "space", "no code"],
)
def test_a_code_that_lost_its_gap_is_split_from_its_name(
    cells: str, code_parts: tuple[str, ...], label: str
):
    row = the_row(f"{cells} | 1.00 | 1.00 | .")
    assert (row.code_parts, row.label) == (code_parts, label)


def test_a_label_keeps_its_line_breaks():
    assert the_row("208 | 社会保障\\n和就业支出 | 1 | 1 | .").label == "社会保障\n和就业支出"


def test_a_label_merged_over_code_and_name():
    assert printed(the_row("合计 | < | 1.00 | 1.00 | ."))[:2] == ((), "合计")


def test_a_code_merged_over_rows_counts_for_each():
    rows = read("208 | 社保 | 1 | 1 | .\n^ | 养老 | 2 | 2 | .").rows
    assert [(row.code_parts, row.label) for row in rows] == [(("208",), "社保"), (("208",), "养老")]


def test_a_value_merged_over_rows_is_printed_once():
    rows = read("208 | 社保 | 1.00 | 1.00 | .\n209 | 养老 | ^ | 2.00 | .").rows
    assert [printed(row)[2] for row in rows] == [
        {"合计": "1.00", "基本支出": "1.00"},
        {"基本支出": "2.00"},
    ]


def test_two_sides_make_two_rows():
    rows = read("本年收入合计 | 1 | 3.00 | 本年支出合计 | 2 | 4.00", TWO_SIDED).rows
    assert [(row.block, *printed(row)[1:]) for row in rows] == [
        (0, "本年收入合计", {"决算数": "3.00"}),
        (1, "本年支出合计", {"决算数": "4.00"}),
    ]


def test_a_side_that_prints_nothing_has_no_row():
    rows = read(". | 1 | . | 国防支出 | 2 | 4.00", TWO_SIDED).rows
    assert [row.block for row in rows] == [1]


def test_blocks_side_by_side_make_a_row_each():
    rows = read("301 | 工资 | 1 | 302 | 商品 | 2 | 310 | 资本 | 3", BLOCKS).rows
    assert [printed(row) for row in rows] == [
        (("301",), "工资", {"决算数": "1"}),
        (("302",), "商品", {"决算数": "2"}),
        (("310",), "资本", {"决算数": "3"}),
    ]


def test_a_total_whose_label_runs_over_blocks_stands_once():
    """人员经费合计 over code and name; 公用经费合计 over two blocks and one amount."""
    rows = read(
        "人员经费合计 | < | 80.00 | 公用经费合计 | < | < | < | < | 19.00",
        BLOCKS,
    ).rows
    assert [printed(row)[1:] for row in rows] == [
        ("人员经费合计", {"决算数": "80.00"}),
        ("公用经费合计", {"决算数": "19.00"}),
    ]


@pytest.mark.parametrize(
    ("header", "row", "code_parts"),
    [
        (
            "部门预算经济分类 | < | < | 政府预算经济分类 | < | < | 合计\n"
            "类 | 款 | 科目名称 | 类 | 款 | 科目名称 | ^",
            "301 | 01 | 基本工资 | 505 | 01 | 工资福利支出 | 3.00",
            ("301", "01"),
        ),
        (
            "部门预算支出经济科目 | 政府预算支出经济科目 | 合计",
            "[30101]基本工资 | [50501]工资福利支出 | 3.00",
            ("30101",),
        ),
    ],
    ids=["codes apart", "codes before names"],
)
def test_a_row_that_is_filed_twice_is_named_by_what_files_it_first(
    header: str, row: str, code_parts: tuple[str, ...]
):
    body = read(row, header)
    assert [printed(row) for row in body.rows] == [(code_parts, "基本工资", {"合计": "3.00"})]
    assert body.accounted_count == body.number_count
    assert not body.rejections


def test_a_row_of_the_government_s_classification_alone_is_named_by_it():
    header = "政府预算经济分类 | < | 合计\n科目编码 | 科目名称 | ^"
    (row,) = read("50501 | 工资福利支出 | 3.00", header).rows
    assert printed(row)[:2] == (("50501",), "工资福利支出")


def test_a_total_whose_label_runs_over_its_own_amounts_too():
    rows = read("合计 | < | < | < | < | < | < | < | 99.00", BLOCKS).rows
    assert [printed(row)[1:] for row in rows] == [("合计", {"决算数": "99.00"})]


def test_line_numbers_are_furniture():
    body = read(
        "本年收入合计 | 13 | 3.00 | 本年支出合计 | 26 | 3.00",
        TWO_SIDED,
    )
    assert [(item.kind, item.number_text) for item in body.furniture] == [
        (FurnitureKind.LINE_NUMBER, "13"),
        (FurnitureKind.LINE_NUMBER, "26"),
    ]
    assert {value.cell.text for row in body.rows for value in row.values} == {"3.00"}


@pytest.mark.parametrize("label", ["栏次", "栏目", "栏 次"])
def test_column_numbers_are_furniture(label: str):
    body = read(f"{label} | < | 1 | 2 | 3")
    assert body.rows == ()
    assert [(item.kind, item.position, item.number_text) for item in body.furniture] == [
        (FurnitureKind.COLUMN_NUMBER, 2, "1"),
        (FurnitureKind.COLUMN_NUMBER, 3, "2"),
        (FurnitureKind.COLUMN_NUMBER, 4, "3"),
    ]


def test_a_row_that_counts_its_columns_needs_no_label():
    body = read(". | . | 1 | 2 | 3")
    assert (body.rows, len(body.furniture)) == ((), 3)


@pytest.mark.parametrize("label", ["已次", "列数"])
def test_a_row_below_the_header_that_counts_may_have_any_short_label(label: str):
    body = read(f"{label} | < | 1 | 2 | 3\n合计 | < | 0 | 0 | 0")
    assert [row.label for row in body.rows] == ["合计"]
    assert [item.number_text for item in body.furniture] == ["1", "2", "3"]


def test_a_word_before_the_number_of_each_side_numbers_both():
    body = read("已次 | . | 1 | 已次 | . | 2", TWO_SIDED)
    assert (body.rows, len(body.furniture)) == ((), 2)
    assert len(read("已次 | . | 1 | 事次 | . | 2", TWO_SIDED).rows) == 2


def test_the_label_of_one_side_is_enough():
    body = read("是果 | . | T | 栏次 | . | 2", TWO_SIDED)
    assert (body.rows, [item.number_text for item in body.furniture]) == ((), ["2"])


@pytest.mark.parametrize(
    "rows",
    [
        "某某中心学校 | < | 1 | 2 | 3",
        "合计 | < | 6 | 6 | 6\n已次 | < | 1 | 2 | 3",
        "已次 | < | 1 | 3 | 2",
        "已次 | 某 | 1 | 2 | 3",
    ],
    ids=["a long label", "further down", "no counting", "two labels"],
)
def test_other_rows_of_small_numbers_are_values(rows: str):
    assert read(rows).furniture == ()


@pytest.mark.parametrize("row", [". | . | 1 | 2 | .", ". | . | 2 | 3 | 4", "合计 | < | 1 | 2 | 3"])
def test_small_numbers_that_count_nothing_are_values(row: str):
    body = read(row)
    assert body.furniture == ()
    assert len(body.rows) == 1


def test_notes_in_the_grid_are_no_rows():
    body = read(
        """
        合计 | < | 1.00 | 1.00 | .
        注：1.本表反映支出100万元。 | < | < | < | <
        说明：无 | < | . | . | .
        """
    )
    assert [note.text for note in body.notes] == ["注：1.本表反映支出100万元。", "说明：无"]
    assert [row.label for row in body.rows] == ["合计"]


def test_a_declaration_of_emptiness_in_the_grid_is_a_note():
    body = read("合计 | < | . | . | .\n本部门没有此项支出，故本表无数据。 | < | < | < | <")
    assert [note.text for note in body.notes] == ["本部门没有此项支出，故本表无数据。"]


def test_a_row_with_values_is_no_note_whatever_its_label():
    body = read("说明：无 | 其他 | 1.00 | 1.00 | .")
    assert body.notes == ()
    assert len(body.rows) == 1


@pytest.mark.parametrize(
    ("cells", "reaching", "kept"),
    [
        ("208 | 社保 | 9.00 | < | 2.00", ["9.00"], {"项目支出": "2.00"}),
        ("208 | 社保 | 9.00 | < | <", ["9.00"], {}),
        ("208 | 9.00 | < | 1.00 | .", ["9.00"], {"基本支出": "1.00"}),
    ],
    ids=["two columns", "three columns", "label and column"],
)
def test_a_number_over_several_columns_is_none_of_theirs(
    cells: str, reaching: list[str], kept: dict[str, str]
):
    body = read(cells)
    assert unsure(body) == reaching
    assert [values(row) for row in body.rows] == [kept]
    assert body.rejections == ()


def test_two_numbers_under_one_heading_are_not_known_apart():
    """The body has a column more than the header."""
    table = grid(
        """
        科目编码 | 科目名称 | 合计 | < | 基本支出
        208 | 社保 | 1.00 | 2.00 | 3.00
        """
    )
    body = body_of(table)
    assert unsure(body) == ["1.00", "2.00"]
    assert [values(row) for row in body.rows] == [{"基本支出": "3.00"}]


def test_a_number_outside_every_heading_has_a_column_without_one():
    (row,) = read("208 | 社保 | 1.00 | 1.00 | . | 7.77").rows
    (last,) = [value for value in row.values if value.cell.text == "7.77"]
    assert (last.column.header_path, last.column.concepts) == ((), frozenset())


def test_a_number_under_no_column_at_all_is_rejected():
    """A page that goes on has a number where the header has nothing."""
    first = grid(f"{CODED}\n208 | 社保 | 1 | 1 | .", edges=(50, 100, 200, 250, 300, 350))
    second = grid("20805 | 养老 | 2.00 | . | 7.77", edges=(50, 100, 200, 250, 400, 450))
    body = read_body(second, 0, find_header(first, CATALOGUE), 12, CATALOGUE)
    (rejection,) = body.rejections
    assert (rejection.reason, rejection.printed) == (RejectionReason.AMBIGUOUS_CELL, "7.77")
    assert "no column" in rejection.detail
    assert body.accounted_count + 1 == body.number_count


@pytest.mark.parametrize("heading", ["神秘支出", "."], ids=["unknown", "blank"])
def test_a_number_under_an_unknown_heading_is_kept_beside_the_others(heading: str):
    (row,) = read("208 | 社保 | 1.00 | 9.00", f"科目编码 | 科目名称 | 合计 | {heading}").rows
    assert [value.cell.text for value in row.values] == ["1.00", "9.00"]
    assert not row.values[1].column.concepts


@pytest.mark.parametrize("code", ["2O8", "208o5", "2080505.1"])
def test_a_code_that_cannot_be_read_is_rejected_and_its_amounts_are_kept(code: str):
    body = read(f"{code} | 社保 | 1.00 | 1.00 | .\n210 | 卫生 | 2.00 | . | 2.00")
    (rejection,) = body.rejections
    assert rejection.printed == code
    assert [printed(row) for row in body.rows] == [
        ((), "社保", {"合计": "1.00", "基本支出": "1.00"}),
        (("210",), "卫生", {"合计": "2.00", "项目支出": "2.00"}),
    ]
    garbled = body.rows[0].garbled_code
    assert garbled is not None
    assert garbled.text == code


def test_words_under_a_value_heading_are_left_to_the_parser():
    """Whether 无 or 1.2.3 is a number is not decided here."""
    assert printed(the_row("208 | 社保 | 无 | 1.2.3 | -"))[2] == {
        "合计": "无",
        "基本支出": "1.2.3",
        "项目支出": "-",
    }


def test_headings_in_the_first_body_row_are_no_values():
    table = grid(
        """
        科目编码 | 科目名称 | 本年支出 | < | <
        208 | 社保 | 小计 | 基本支出 | 项目支出
        . | . | 3.00 | 1.00 | 2.00
        """
    )
    rows = body_of(table).rows
    assert [values(row) for row in rows] == [
        {},
        {"小计": "3.00", "基本支出": "1.00", "项目支出": "2.00"},
    ]


def test_a_continuation_is_read_under_the_header_of_another_table():
    """Its grid differs: on the page, columns still stand where they stood."""
    first = grid(f"{CODED}\n208 | 社保 | 1 | 1 | .", edges=(50, 100, 200, 250, 300, 350))
    second = grid("20805 | 养老 | 2.00 | 2.00", edges=(51, 101, 199, 251, 301))
    header = find_header(first, CATALOGUE)
    body = read_body(second, 0, header, 12, CATALOGUE)
    assert [printed(row) for row in body.rows] == [
        (("20805",), "养老", {"合计": "2.00", "基本支出": "2.00"})
    ]


def test_line_numbers_count_on_over_pages():
    header = find_header(grid(f"{TWO_SIDED}\n收入 | 1 | 1 | 支出 | 2 | 1"), CATALOGUE)
    body = read_body(grid("总计 | 3 | 1 | 总计 | 4 | 1"), 0, header, 20, CATALOGUE)
    assert [(item.position, item.number_text) for item in body.furniture] == [(20, "3"), (20, "4")]


@given(
    st.lists(
        st.lists(st.sampled_from(["number", "<", "^", ".", "合计", "208"]), min_size=6, max_size=6),
        min_size=1,
        max_size=5,
    )
)
def test_no_number_of_a_body_is_lost_silently(kinds: list[list[str]]):
    """However cells are merged: each number is a value, in a label, furniture or rejected."""
    rows = [
        [_drawn(kind, number, column) for column, kind in enumerate(row)]
        for number, row in enumerate(kinds)
    ]
    body = read("\n".join(" | ".join(row) for row in rows))
    taken = {value.cell.text for row in body.rows for value in row.values}
    taken.update(rejection.printed for rejection in body.rejections)
    taken.update(item.number_text for item in body.furniture)
    labels = "|".join("".join(row.labels) for row in body.rows)
    numbers = [text for row in rows for text in row if text.endswith(".25")]
    assert [text for text in numbers if text not in taken and text not in labels] == []
    assert body.accounted_count + len(body.rejections) >= body.number_count


def test_a_number_over_columns_of_remarks_is_not_lost():
    table = """
        1.25 | 2.25 | 3.25 | 4.25 | 5.25 | <
        1.50 | 2.50 | 3.50 | 4.50 | 见表 | <
        1.75 | 2.75 | 3.75 | 4.75 | 见表 | .
        1.85 | 2.85 | 3.85 | 4.85 | 见表 | .
        """
    body = read(table)
    assert body.accounted_count + len(body.rejections) == body.number_count
    assert "5.25" in {value.cell.text for value in body.rows[0].values}


def _drawn(kind: str, row: int, column: int) -> str:
    """A cell's drawing; every number is another, and merges begin somewhere."""
    if kind == "number" or (kind == "<" and column == 0) or (kind == "^" and row == 0):
        return f"{row + 1}{column + 1}.25"
    return kind


def test_a_value_beside_the_middle_of_its_column_is_of_that_column():
    """A header may be wider than what stands below it, and the value stand at its end."""
    header = "科目编码 | 科目名称 | 合计 | < | < | 基本支出"
    row = the_row("208 | 社保 | . | . | 1.00 | 2.00", header)
    assert values(row) == {"合计": "1.00", "基本支出": "2.00"}
    row = the_row("208 | 社保 | 1.00 | . | . | 2.00", header)
    assert values(row) == {"合计": "1.00", "基本支出": "2.00"}


def furniture(rows: str, header: str = CODED) -> list[tuple[int, str]]:
    """The column numbers of a body, each with the position of its column."""
    return [
        (item.position, item.number_text)
        for item in read(rows, header).furniture
        if item.kind is FurnitureKind.COLUMN_NUMBER
    ]


WIDE = "科目编码 | 科目名称 | 合计 | 甲1 | 甲2 | 甲3 | 甲4"
AMOUNTS = "208 | 社保 | 1.50 | 2.50 | 3.50"


@pytest.mark.parametrize(
    ("rows", "header", "numbers"),
    [
        (". | . | 3 | 4 | 5 | 6 | 7", WIDE, ["3", "4", "5", "6", "7"]),
        (". | . | . | 4 | 5 | 6 | 7", WIDE, []),
        (". | . | 3 | 4 | 5 | 6 | 8", WIDE, []),
        (f". | . | 4 | 5 | 6\n{AMOUNTS}", CODED, ["4", "5", "6"]),
        (". | . | 4 | 5 | 6\n208 | 社保 | . | . | .", CODED, ["4", "5", "6"]),
        (". | . | 4 | 5 | 6\n. | 社保 | . | . | .", CODED, []),
        (f". | . | 1 | 2 | .\n{AMOUNTS}", CODED, ["1", "2"]),
        (f". | . | . | 2 | 3\n{AMOUNTS}", CODED, ["2", "3"]),
        (f". | . | 2 | 3 | .\n{AMOUNTS}", CODED, []),
        (". | . | 1 | 2 | .\n208 | 社保 | 1.50 | 2.50 | 3", CODED, []),
        (f". | . | 1 | . | .\n{AMOUNTS}", CODED, ["1"]),
        (f"甲 | 乙 | 1 | 2 | .\n{AMOUNTS}", CODED, ["1", "2"]),
        (f"甲 | 社 | 1 | 2 | .\n{AMOUNTS}", CODED, []),
        (f". | . | 1 | 2 | 3=1+2\n{AMOUNTS}", CODED, ["1", "2"]),
        (f". | 1 | 2 | . | .\n{AMOUNTS}", CODED, []),
        (f". | . | 0 | 1 | 2\n{AMOUNTS}", CODED, []),
        (f". | . | 99 | 100 | 101\n{AMOUNTS}", CODED, []),
    ],
    ids=[
        "five from three on",
        "four",
        "five that do not rise by one",
        "three above numbers",
        "three above a code",
        "three above nothing",
        "two above three amounts",
        "two at the end",
        "two that begin late",
        "two above two amounts",
        "one above three amounts",
        "letters over labels",
        "a word over labels",
        "how a column is worked out",
        "one over labels",
        "from nought",
        "of three digits",
    ],
)
def test_numbers_that_rise_with_the_columns_count_them(rows: str, header: str, numbers: list[str]):
    assert [number for _, number in furniture(rows, header)] == numbers


@pytest.mark.parametrize(
    ("rows", "header", "counted"),
    [
        ("甲 | 乙 | 1 | 2 | 3", CODED, True),
        ("甲 | 乙 | 1 | 2 | 4", CODED, False),
        ("A | B | 1 | 2 | 3", CODED, True),
        ("栏次 | < | 1 | 2 | 4", CODED, True),
        ("栏次1 | < | . | 2 | 3", CODED, True),
        ("栏次\\n合计 | < | 1 | 2 | 3", CODED, True),
        ("已次已次 | < | 1 | 2 | 3", CODED, True),
        ("已次已次已 | < | 1 | 2 | 3", CODED, False),
        ("已次 | < | 1 | 2", "科目编码 | 科目名称 | 合计 | 甲1", False),
        ("已次 | < | 1 | 2 | 3\n已次 | < | 1 | 2 | 3", CODED, True),
        (". | . | 1", "科目编码 | 科目名称 | 合计", False),
        (". | . | 1 | 2", "科目编码 | 科目名称 | 合计 | 甲1", True),
    ],
)
def test_a_row_of_column_numbers(rows: str, header: str, counted: bool):  # noqa: FBT001
    assert bool(furniture(rows, header)) is counted


def test_a_number_with_decimals_among_column_numbers_is_rejected():
    body = read("栏次 | < | 1 | 2 | 3.50")
    assert [item.number_text for item in body.furniture] == ["1", "2"]
    assert [(it.printed, it.detail) for it in body.rejections] == [
        ("3.50", "no number of a column")
    ]
    assert (body.number_count, body.accounted_count) == (3, 2)


@pytest.mark.parametrize(
    ("row", "notes", "rejected", "accounted"),
    [
        ("注：甲 | < | < | < | <", ["注：甲"], [], 0),
        ("注：甲 | . | . | . | .", ["注：甲"], [], 0),
        ("注：甲 | < | 1.00 | . | .", ["注：甲"], ["1.00"], 0),
        ("注：甲 | < | 乙 | . | .", ["注：甲", "乙"], [], 0),
    ],
)
def test_a_note_in_the_grid_is_alone_or_covers_several_columns(
    row: str, notes: list[str], rejected: list[str], accounted: int
):
    body = read(f"合计 | < | 1.00 | 1.00 | .\n{row}")
    assert [note.text for note in body.notes] == notes
    assert [rejection.printed for rejection in body.rejections] == rejected
    assert body.accounted_count == 2 + accounted


@pytest.mark.parametrize(
    ("code", "parts", "label"),
    [
        ("[30207]邮电费", ("30207",), "邮电费"),
        ("（302）邮电费", ("302",), "邮电费"),
        ("30207-邮电费", ("30207",), "邮电费"),
        ("3020701邮电费", ("3020701",), "邮电费"),
        ("3020邮电费", (), "3020邮电费"),
        ("30207个", ("30207",), "个"),
        ("[30207]", ("30207",), ""),
        ("[3020]", (), "[3020]"),
        ("205.02.01", ("205.02.01",), ""),
        ("205-02", ("205-02",), ""),
        ("2050201", ("2050201",), ""),
    ],
)
def test_the_ways_to_print_a_code(code: str, parts: tuple[str, ...], label: str):
    row = the_row(f"{code} | . | 1.00 | 1.00 | .")
    assert (row.code_parts, row.label) == (parts, label)


@pytest.mark.parametrize(
    ("cells", "parts"),
    [
        (". | 05 | .", ("", "05")),
        (". | . | 05", ("", "", "05")),
        ("208 | . | 05", ("208", "05")),
        (". | 205 | .", ("205",)),
        ("05 | . | .", ("05",)),
    ],
)
def test_a_lower_level_alone_leaves_the_ones_above_it_blank(cells: str, parts: tuple[str, ...]):
    assert the_row(f"{cells} | 养老 | 1.00 | 1.00", SPLIT_CODE).code_parts == parts


LEVELS = "项目 | < | 预算数"


@pytest.mark.parametrize(
    ("header", "rows", "labels"),
    [
        (LEVELS, "其他商品 | 和服务支出 | 1.00", [("其他商品和服务支出",)]),
        (LEVELS, "公务用车 | 小计 | 1.00", [("公务用车", "小计")]),
        (LEVELS, "公务用车 | 购置费 | 1.00\n^ | 运行费 | 2.00",
         [("公务用车", "购置费"), ("公务用车", "运行费")]),
        ("项目 | 名称 | 预算数", "甲 | 乙 | 1.00", [("甲", "乙")]),
        (LEVELS, ". | 甲 | 1.00", [("甲",)]),
    ],
    ids=["broken", "a subtotal", "merged over rows", "two headers", "one"],
)  # fmt: skip
def test_the_levels_of_a_label(header: str, rows: str, labels: list[tuple[str, ...]]):
    found = read(rows, header).rows
    assert [row.labels for row in found] == labels
    assert all(len(row.labels) == len(row.label_columns) for row in found)


def test_each_label_knows_the_column_that_it_stands_in():
    assert the_row("甲 | 乙 | 1.00", "项目 | 名称 | 预算数").label_columns == (0, 1)
    assert the_row(". | 乙 | 1.00", "项目 | 名称 | 预算数").label_columns == (1,)
    assert the_row("[30101]基本工资 | < | 1.00", "项目 | 名称 | 预算数").label_columns == (-1,)


def doubted(text: str, *, code: str = "208", at: int = 1) -> BodyRow:
    """A row of a picture of which one cell was not read for certain."""
    table = grid(f"{CODED}\n{code} | {text} | 1.00 | 1.00 | .")
    cells = [replace(cell, is_doubtful=cell.row == 1 and cell.column == at) for cell in table.cells]
    (row,) = body_of(replace(table, cells=tuple(cells))).rows
    return row


def test_what_was_not_read_for_certain_is_told_of_its_row():
    assert [doubted("社保", at=at).is_label_doubtful for at in (0, 1, 2)] == [False, True, False]
    assert [doubted("社保", at=at).garbled_code is None for at in (0, 1, 2)] == [False, True, True]
    assert doubted("社保", code=".", at=0).garbled_code is None


def test_sheets_of_names_and_values_side_by_side_have_a_row_for_each_pair():
    header = "甲乙丙 | < | 丁戊己 | <"
    body = read("资金总额 | 720.30 | 财政拨款 | 590.94\n其他 | 1.00 | 合计 | 2.00", header)
    found = {row.label: [value.cell.text for value in row.values] for row in body.rows}
    assert found.get("资金总额") == ["720.30"]
    assert found.get("财政拨款") == ["590.94"]
    assert body.number_count == body.accounted_count == 4


def test_line_numbers_are_whole_and_others_below_their_heading_are_rejected():
    first = grid(f"{TWO_SIDED}\n事业收入 | 1 | 3.00 | 国防支出 | 2 | 4.00")
    header = find_header(first, CATALOGUE)
    piece = grid("经营收入 | 1.50 | 3.00 | 教育支出 | 4 | 4.00")
    body = read_body(piece, 0, header, 0, CATALOGUE)
    assert [item.number_text for item in body.furniture] == ["4"]
    assert [rejection.printed for rejection in body.rejections] == ["1.50"]
    assert (body.number_count, body.accounted_count) == (4, 3)
