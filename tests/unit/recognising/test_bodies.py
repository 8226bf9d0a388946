"""A form's rows: which cell is a code, a label, a value, furniture or a note."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.domain.disclosure import FurnitureKind, RejectionReason
from pipelines.domain.document import Table
from pipelines.recognising.bodies import Body, BodyRow, read_body
from pipelines.recognising.catalogue import FormSpec, load_catalogue
from pipelines.recognising.headers import resolve_header
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


def spec_of(form: str) -> FormSpec:
    return next(spec for spec in CATALOGUE.forms if spec.form == form)


def body_of(table: Table, form: str = "expenditure") -> Body:
    header = resolve_header(table, spec_of(form), CATALOGUE)
    assert header is not None
    return read_body(
        table, header.body_row, header, 0, CATALOGUE, not_body=frozenset(header.late_cells)
    )


def read(rows: str, header: str = CODED, form: str = "expenditure") -> Body:
    return body_of(grid(f"{header}\n{rows}"), form)


def printed(row: BodyRow) -> tuple[tuple[str, ...], str, dict[str, str]]:
    """A row as code parts, label and values."""
    return row.code_parts, row.label, {value.measure: value.cell.text for value in row.values}


def the_row(rows: str, header: str = CODED, form: str = "expenditure") -> BodyRow:
    (row,) = read(rows, header, form).rows
    return row


def test_a_row_is_code_label_and_values():
    row = the_row("2080505 | 机关事业单位基本养老保险缴费支出 | 12.50 | 12.50 | 0.00")
    assert printed(row) == (
        ("2080505",),
        "机关事业单位基本养老保险缴费支出",
        {"total": "12.50", "basic": "12.50", "project": "0.00"},
    )


def test_blank_cells_are_no_values():
    assert printed(the_row("208 | 社保 | 1.00 | . | 　"))[2] == {"total": "1.00"}


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
        {"total": "1.00", "basic": "1.00"},
        {"basic": "2.00"},
    ]


def test_two_sides_make_two_rows():
    rows = read(
        "本年收入合计 | 1 | 3.00 | 本年支出合计 | 2 | 4.00", TWO_SIDED, "income_expenditure_summary"
    ).rows
    assert [(row.section, *printed(row)[1:]) for row in rows] == [
        ("income", "本年收入合计", {"amount": "3.00"}),
        ("expenditure", "本年支出合计", {"amount": "4.00"}),
    ]


def test_a_side_that_prints_nothing_has_no_row():
    rows = read(". | 1 | . | 国防支出 | 2 | 4.00", TWO_SIDED, "income_expenditure_summary").rows
    assert [row.section for row in rows] == ["expenditure"]


def test_blocks_side_by_side_make_a_row_each():
    rows = read(
        "301 | 工资 | 1 | 302 | 商品 | 2 | 310 | 资本 | 3", BLOCKS, "basic_expenditure"
    ).rows
    assert [printed(row) for row in rows] == [
        (("301",), "工资", {"amount": "1"}),
        (("302",), "商品", {"amount": "2"}),
        (("310",), "资本", {"amount": "3"}),
    ]


def test_a_total_whose_label_runs_over_blocks_stands_once():
    """人员经费合计 over code and name; 公用经费合计 over two blocks and one amount."""
    rows = read(
        "人员经费合计 | < | 80.00 | 公用经费合计 | < | < | < | < | 19.00",
        BLOCKS,
        "basic_expenditure",
    ).rows
    assert [printed(row)[1:] for row in rows] == [
        ("人员经费合计", {"amount": "80.00"}),
        ("公用经费合计", {"amount": "19.00"}),
    ]


def test_a_total_whose_label_runs_over_its_own_amounts_too():
    rows = read("合计 | < | < | < | < | < | < | < | 99.00", BLOCKS, "basic_expenditure").rows
    assert [printed(row)[1:] for row in rows] == [("合计", {"amount": "99.00"})]


def test_line_numbers_are_furniture():
    body = read(
        "本年收入合计 | 13 | 3.00 | 本年支出合计 | 26 | 3.00",
        TWO_SIDED,
        "income_expenditure_summary",
    )
    assert [(item.section, item.kind, item.text) for item in body.furniture] == [
        ("income", FurnitureKind.LINE_NUMBER, "13"),
        ("expenditure", FurnitureKind.LINE_NUMBER, "26"),
    ]
    assert {value.cell.text for row in body.rows for value in row.values} == {"3.00"}


@pytest.mark.parametrize("label", ["栏次", "栏目", "栏 次"])
def test_column_numbers_are_furniture(label: str):
    body = read(f"{label} | < | 1 | 2 | 3")
    assert body.rows == ()
    assert [(item.kind, item.position, item.text) for item in body.furniture] == [
        (FurnitureKind.COLUMN_NUMBER, 2, "1"),
        (FurnitureKind.COLUMN_NUMBER, 3, "2"),
        (FurnitureKind.COLUMN_NUMBER, 4, "3"),
    ]


def test_a_row_that_counts_its_columns_needs_no_label():
    body = read(". | . | 1 | 2 | 3")
    assert (body.rows, len(body.furniture)) == ((), 3)


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
    ("cells", "refused", "kept"),
    [
        ("208 | 社保 | 9.00 | < | 2.00", ["9.00"], {"project": "2.00"}),
        ("208 | 社保 | 9.00 | < | <", ["9.00"], {}),
        ("208 | 9.00 | < | 1.00 | .", ["9.00"], {"basic": "1.00"}),
    ],
    ids=["two columns", "three columns", "label and column"],
)
def test_a_number_over_several_columns_is_refused(
    cells: str, refused: list[str], kept: dict[str, str]
):
    body = read(cells)
    assert [(refusal.reason, refusal.printed) for refusal in body.refusals] == [
        (RejectionReason.AMBIGUOUS_CELL, text) for text in refused
    ]
    assert [printed(row)[2] for row in body.rows] == [kept]


def test_two_numbers_under_one_heading_are_refused():
    """The body has a column more than the header."""
    table = grid(
        """
        科目编码 | 科目名称 | 合计 | < | 基本支出
        208 | 社保 | 1.00 | 2.00 | 3.00
        """
    )
    body = body_of(table)
    assert [refusal.printed for refusal in body.refusals] == ["1.00", "2.00"]
    assert "several cells" in body.refusals[0].detail
    assert [printed(row)[2] for row in body.rows] == [{"basic": "3.00"}]


def test_a_number_outside_every_column_is_refused():
    (refusal,) = read("208 | 社保 | 1.00 | 1.00 | . | 7.77").refusals
    assert (refusal.reason, refusal.printed) == (RejectionReason.AMBIGUOUS_CELL, "7.77")
    assert "no column" in refusal.detail


@pytest.mark.parametrize(
    ("heading", "named"), [("神秘支出", "神秘支出"), (".", "(blank)")], ids=["unknown", "blank"]
)
def test_a_number_under_an_unknown_heading_is_refused_by_its_name(heading: str, named: str):
    body = read("208 | 社保 | 1.00 | 9.00", f"科目编码 | 科目名称 | 合计 | {heading}")
    (refusal,) = body.refusals
    assert (refusal.reason, refusal.printed) == (RejectionReason.UNKNOWN_COLUMN, "9.00")
    assert named in refusal.detail
    assert [printed(row)[2] for row in body.rows] == [{"total": "1.00"}]


def test_words_under_a_value_heading_are_left_to_the_parser():
    """Whether 无 or 1.2.3 is a number is not decided here."""
    assert printed(the_row("208 | 社保 | 无 | 1.2.3 | -"))[2] == {
        "total": "无",
        "basic": "1.2.3",
        "project": "-",
    }


def test_headings_in_the_first_body_row_are_no_values():
    table = grid(
        """
        科目编码 | 科目名称 | 本年支出 | < | <
        208 | 社保 | 小计 | 基本支出 | 项目支出
        . | . | 3.00 | 1.00 | 2.00
        """
    )
    rows = body_of(table, "government_fund").rows
    assert [printed(row)[2] for row in rows] == [
        {},
        {"total": "3.00", "basic": "1.00", "project": "2.00"},
    ]


def test_a_continuation_is_read_under_the_header_of_another_table():
    """Its grid differs: on the page, columns still stand where they stood."""
    first = grid(f"{CODED}\n208 | 社保 | 1 | 1 | .", edges=(50, 100, 200, 250, 300, 350))
    second = grid("20805 | 养老 | 2.00 | 2.00", edges=(51, 101, 199, 251, 301))
    header = resolve_header(first, spec_of("expenditure"), CATALOGUE)
    assert header is not None
    body = read_body(second, 0, header, 12, CATALOGUE)
    assert [printed(row) for row in body.rows] == [
        (("20805",), "养老", {"total": "2.00", "basic": "2.00"})
    ]


def test_line_numbers_count_on_over_pages():
    header = resolve_header(
        grid(f"{TWO_SIDED}\n收入 | 1 | 1 | 支出 | 2 | 1"),
        spec_of("income_expenditure_summary"),
        CATALOGUE,
    )
    assert header is not None
    body = read_body(grid("总计 | 3 | 1 | 总计 | 4 | 1"), 0, header, 20, CATALOGUE)
    assert [(item.position, item.text) for item in body.furniture] == [(20, "3"), (20, "4")]


@given(
    st.lists(
        st.lists(st.sampled_from(["number", "<", "^", ".", "合计", "208"]), min_size=6, max_size=6),
        min_size=1,
        max_size=5,
    )
)
def test_no_number_of_a_body_is_lost_silently(kinds: list[list[str]]):
    """However cells are merged: each number is a value, in a label, furniture or refused."""
    rows = [
        [_drawn(kind, number, column) for column, kind in enumerate(row)]
        for number, row in enumerate(kinds)
    ]
    body = read("\n".join(" | ".join(row) for row in rows))
    taken = {value.cell.text for row in body.rows for value in row.values}
    taken.update(refusal.printed for refusal in body.refusals)
    taken.update(item.text for item in body.furniture)
    labels = "|".join(row.label for row in body.rows)
    numbers = [text for row in rows for text in row if text.endswith(".25")]
    assert [text for text in numbers if text not in taken and text not in labels] == []
    assert body.accounted_count == body.number_count


def _drawn(kind: str, row: int, column: int) -> str:
    """A cell's drawing; every number is another, and merges begin somewhere."""
    if kind == "number" or (kind == "<" and column == 0) or (kind == "^" and row == 0):
        return f"{row + 1}{column + 1}.25"
    return kind
