"""Tables without rulings: what is aligned in columns, and what only looks like it."""

from itertools import pairwise

import pytest

from pipelines.domain.document import Table
from pipelines.reading.aligned_tables import AlignedTables, read_aligned_tables
from pipelines.reading.pdf_objects import Char, Edge
from pipelines.reading.text_lines import group_lines, line_text
from tests.unit.reading.pages import SIZE, chars, page

COLUMNS = (50.0, 150.0, 300.0, 400.0)
DIGIT = 5.0


def printed(top: float, *texts: str, columns: tuple[float, ...] = COLUMNS) -> list[Char]:
    """One line, its texts at the columns' left edges; digits are half as wide as words."""
    placed: list[Char] = []
    for text, x in zip(texts, columns, strict=False):
        pitch = DIGIT if text[:1].isdigit() else SIZE
        placed.extend(chars(text, x, top, pitch=pitch))
    return placed


def rows(*lines: tuple[str, ...], top: float = 100.0, distance: float = 15.0) -> list[Char]:
    return [
        char
        for number, texts in enumerate(lines)
        for char in printed(top + number * distance, *texts)
    ]


def read(characters: list[Char], edges: list[Edge] | None = None) -> AlignedTables:
    return read_aligned_tables(page(characters, edges or []), group_lines(characters))


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows()]


BODY = (
    ("208", "社会保障", "12.50", "10.00"),
    ("20805", "养老支出", "8.00", "8.00"),
    ("2080505", "养老保险", "8.00", "8.00"),
)


def test_lines_with_aligned_numbers_are_a_table():
    found = read(rows(*BODY))
    (table,) = found.tables
    assert (table.row_count, table.column_count) == (3, 4)
    assert texts(table) == [list(line) for line in BODY]
    assert found.lines == ()


def test_headings_belong_to_the_columns_they_stand_over():
    heading = printed(70, "项目", "决算数合计", columns=(60.0, 305.0))
    found = read([*heading, *printed(85, "编码", "名称", "总计", "基本"), *rows(*BODY)])
    (table,) = found.tables
    assert texts(table)[:2] == [["项目", "决算数合计"], ["编码", "名称", "总计", "基本"]]
    wide = next(cell for cell in table.cells if cell.text == "决算数合计")
    assert (wide.column, wide.column_span) == (2, 1)


def test_a_heading_over_two_columns_spans_both():
    heading = printed(85, "编码", "名称", "一般公共预算财政拨款", columns=(50.0, 150.0, 315.0))
    (table,) = read([*heading, *rows(*BODY)]).tables
    wide = next(cell for cell in table.cells if cell.text.startswith("一般"))
    assert (wide.column, wide.column_span) == (2, 2)


def test_a_missing_number_leaves_its_position_uncovered():
    (table,) = read([*rows(*BODY), *printed(145, "合计", "12.50", columns=(50.0, 400.0))]).tables
    assert [(cell.text, cell.column) for cell in table.cells if cell.row == 3] == [
        ("合计", 0),
        ("12.50", 3),
    ]


def test_text_above_and_below_stays_text():
    above, below = printed(20, "收入决算表"), printed(220, "注：本表反映收入。")
    found = read([*above, *rows(*BODY), *below])
    assert len(found.tables) == 1
    assert [line_text(line) for line in found.lines] == ["收入决算表", "注：本表反映收入。"]


@pytest.mark.parametrize(
    "lines",
    [
        BODY[:2],
        (("一、收入", "正文"), ("二、支出", "正文"), ("三、说明", "正文")),
        (("一、收入", "1"), ("二、支出", "2"), ("三、说明", "3"), ("四、附表", "4")),
        (("2023年度收入总计899.51万元",),) * 4,
        (),
    ],
    ids=["two lines only", "words", "a contents list", "prose", "nothing"],
)
def test_what_has_too_few_numbers_is_no_table(lines: tuple[tuple[str, ...], ...]):
    found = read(rows(*lines))
    assert found.tables == ()
    assert len(found.lines) == len(lines)


def test_lines_far_apart_are_no_table():
    assert read(rows(*BODY, distance=80.0)).tables == ()


def test_two_tables_with_text_between_are_two():
    between = printed(160, "支出决算表")
    found = read([*rows(*BODY), *between, *rows(*BODY, top=200.0)])
    assert [table.place.bbox[1] for table in found.tables if table.place.bbox] == [100.0, 200.0]


def test_lines_between_the_same_two_rulings_are_one_row():
    """A wrapped label stands on two lines, and its numbers beside either."""
    characters = [
        *rows(*BODY[:2]),
        *printed(130, "2080505", "机关养老"),
        *printed(142, "保险缴费", "8.00", "8.00", columns=(150.0, 300.0, 400.0)),
        *printed(160, "合计", "12.50", "10.00", columns=(150.0, 300.0, 400.0)),
    ]
    edges = [Edge(50.0, y, 425.0, y) for y in (98.0, 112.0, 127.0, 156.0, 172.0)]
    (table,) = read(characters, edges).tables
    assert texts(table)[2] == ["2080505", "机关养老\n保险缴费", "8.00", "8.00"]
    assert table.row_count == 4


def test_cells_say_where_they_are():
    (table,) = read(rows(*BODY)).tables
    assert (table.place.page, table.place.bbox) == (1, (50.0, 100.0, 425.0, 140.0))
    assert table.cells[0].place.bbox == (50.0, 100.0, 85.0, 110.0)


def test_an_amount_nearly_touched_by_the_next_label_is_a_cell_of_its_own():
    lines = [
        char
        for number, label in enumerate(("一、教育", "二、科学", "三、文化"))
        for char in [
            *chars("12.50", 100, 100 + 15 * number, pitch=DIGIT),
            *chars(label, 129, 100 + 15 * number),
            *chars("10.00", 300, 100 + 15 * number, pitch=DIGIT),
            *chars("9.00", 400, 100 + 15 * number, pitch=DIGIT),
        ]
    ]
    (table,) = read(lines).tables
    assert texts(table)[0] == ["12.50", "一、教育", "10.00", "9.00"]


def test_a_total_centred_over_code_and_name_does_not_join_their_columns():
    total = printed(85, "合计", "20.50", "18.00", columns=(110.0, 300.0, 400.0))
    (table,) = read([*total, *rows(*BODY), *rows(*BODY, top=145)]).tables
    assert table.column_count == 4


def test_amounts_at_the_right_belong_to_the_heading_centred_above():
    heading = printed(85, "编码", "名称", "合计", "基本", columns=(50.0, 150.0, 270.0, 370.0))
    (table,) = read([*heading, *rows(*BODY)]).tables
    assert texts(table)[0] == ["编码", "名称", "合计", "基本"]
    assert [cell.column for cell in next(iter(table.rows()))] == [0, 1, 2, 3]


def test_rulings_drawn_cell_by_cell_show_the_columns():
    borders = (45.0, 140.0, 260.0, 350.0, 440.0)
    edges = [
        Edge(left, at, right, at)
        for at in (80.0, 98.0, 113.0, 128.0, 143.0)
        for left, right in pairwise(borders)
    ]
    heading = printed(84, "编码", "名称", "合计", "基本", columns=(50.0, 150.0, 262.0, 352.0))
    (table,) = read([*heading, *rows(*BODY)], edges).tables
    assert texts(table) == [["编码", "名称", "合计", "基本"], *map(list, BODY)]
    assert [cell.place.bbox[0] for cell in next(iter(table.rows()))] == list(borders[:-1])


@pytest.mark.parametrize(("count", "is_border"), [(1, False), (2, True), (3, True)])
def test_rulings_that_join_on_half_of_all_lines_show_a_border(count: int, *, is_border: bool):
    borders, wider = (45.0, 140.0, 260.0, 350.0, 440.0), (45.0, 140.0, 350.0, 440.0)
    edges = [
        Edge(left, at, right, at)
        for number, at in enumerate((80.0, 98.0, 113.0, 143.0))
        for left, right in pairwise(borders if number < count else wider)
    ]
    heading = printed(84, "编码", "名称", "合计", "基本", columns=(50.0, 150.0, 262.0, 352.0))
    (table,) = read([*heading, *rows(*BODY)], edges).tables
    assert table.column_count == (4 if is_border else 3)


@pytest.mark.parametrize(
    ("levels", "borders", "are_shown"),
    [
        ((98.0, 113.0), (45.0, 140.0, 260.0, 350.0, 440.0), False),
        ((98.0, 113.0, 143.0), (45.0, 140.0, 260.0, 350.0, 440.0), True),
        ((98.0, 113.0, 143.0), (45.0, 440.0), False),
        ((98.0, 113.0, 143.0), (45.0, 260.0, 440.0), True),
    ],
    ids=["two lines", "three lines", "two joints", "three joints"],
)
def test_three_lines_of_rulings_with_three_joints_show_the_columns(
    levels: tuple[float, ...], borders: tuple[float, ...], *, are_shown: bool
):
    edges = [Edge(left, at, right, at) for at in levels for left, right in pairwise(borders)]
    (table,) = read(rows(*BODY), edges).tables
    lefts = sorted({cell.place.bbox[0] for cell in table.cells if cell.place.bbox})
    assert (lefts == list(borders[:-1])) == are_shown


def test_a_heading_belongs_to_the_column_whose_number_stands_below_it():
    heading = printed(70, "编码", "名称", "合计", "基本", columns=(50.0, 150.0, 270.0, 370.0))
    numbers = printed(85, "1", "2", columns=(285.0, 385.0))
    (table,) = read([*heading, *numbers, *rows(*BODY)]).tables
    assert texts(table)[:2] == [["编码", "名称", "合计", "基本"], ["1", "2"]]
    assert [[cell.column for cell in row] for row in table.rows()][:2] == [[0, 1, 2, 3], [2, 3]]


@pytest.mark.parametrize(
    ("text", "columns"), [("财政拨款", [45.0, 140.0, 260.0, 350.0]), ("1234.56", [50.0, 150.0])]
)
def test_a_heading_may_stand_across_the_ends_of_rulings_and_a_number_may_not(
    text: str, columns: list[float]
):
    borders = (45.0, 140.0, 260.0, 350.0, 440.0)
    edges = [
        Edge(left, at, right, at)
        for at in (80.0, 98.0, 113.0, 128.0, 143.0)
        for left, right in pairwise(borders)
    ]
    across = printed(84, "编码", text, columns=(50.0, 330.0))
    (table,) = read([*across, *rows(*BODY)], edges).tables
    lefts = sorted({cell.place.bbox[0] for cell in table.cells if cell.place.bbox})
    assert lefts[: len(columns)] == columns


def test_one_line_of_many_numbers_is_a_table():
    columns = (50.0, 150.0, 250.0, 350.0)
    heading = printed(85, "合计", "出国", "用车", "接待", columns=columns)
    amounts = printed(100, "6.00", "1.00", "2.00", "3.00", columns=columns)
    (table,) = read([*heading, *amounts]).tables
    assert texts(table) == [["合计", "出国", "用车", "接待"], ["6.00", "1.00", "2.00", "3.00"]]


def test_a_label_without_amounts_parts_no_table():
    (table,) = read([*rows(*BODY), *printed(145, "无数"), *rows(*BODY, top=160)]).tables
    assert table.row_count == 7


def test_prose_with_amounts_is_no_table():
    prose = chars("收入12.50万元 13.50 14.50 15.50 ，支出16.50万元", 50, 100, pitch=5.0)
    assert read(prose).tables == ()


def test_prose_that_repeats_its_amounts_below_each_other_is_no_table():
    sentence = "收入12.50 万元，支出16.50 万元"
    prose = [char for top in (100, 115, 130) for char in chars(sentence, 50, top, pitch=5.0)]
    assert read(prose).tables == ()


def test_amounts_that_all_touch_the_next_label_are_a_table():
    lines = [
        char
        for number, label in enumerate(("一、教育", "二、卫生", "三、农林"))
        for char in [
            *chars("收入", 50, 100 + 15 * number),
            *chars("12.50", 100, 100 + 15 * number, pitch=DIGIT),
            *chars(label, 129, 100 + 15 * number),
            *chars("10.00", 300, 100 + 15 * number, pitch=DIGIT),
        ]
    ]
    found = read(lines)
    (table,) = found.tables
    assert (table.row_count, table.column_count, found.lines) == (3, 4, ())


def test_a_total_below_several_labels_without_amounts_belongs_to_the_table():
    labels = [*printed(145, "无数"), *printed(160, "无数")]
    found = read([*rows(*BODY), *labels, *printed(175, "", "总计", "20.50", "18.00")])
    (table,) = found.tables
    assert (table.row_count, found.lines) == (6, ())


@pytest.mark.parametrize("last", [("", "共", "有关"), ("", "总计", "20.50")])
def test_lines_of_prose_below_a_table_close_it(last: tuple[str, ...]):
    prose = [*printed(145, "说明如下"), *printed(160, "如下所述"), *printed(175, *last)]
    found = read([*rows(*BODY), *prose])
    (table,) = found.tables
    assert (table.row_count, len(found.lines)) == (3, 3)


@pytest.mark.parametrize(("distance", "count"), [(40.0, 1), (40.5, 0)])
def test_lines_of_a_table_leave_no_more_than_three_of_their_heights_between(
    distance: float, count: int
):
    assert len(read(rows(*BODY, distance=distance)).tables) == count


@pytest.mark.parametrize(
    ("joint", "are_shown"), [(301.0, True), (301.5, False), (323.5, False), (324.0, True)]
)
def test_a_number_may_reach_over_a_joint_of_rulings_by_a_point(joint: float, *, are_shown: bool):
    borders = (45.0, 140.0, 260.0, joint, 440.0)
    edges = [
        Edge(left, at, right, at)
        for at in (98.0, 113.0, 128.0, 143.0)
        for left, right in pairwise(borders)
    ]
    (table,) = read(rows(*BODY), edges).tables
    lefts = sorted({cell.place.bbox[0] for cell in table.cells if cell.place.bbox})
    assert (joint in lefts) == are_shown


def lefts(table: Table) -> list[float]:
    """Where its columns begin that print something."""
    return sorted({cell.place.bbox[0] for cell in table.cells if cell.place.bbox})


@pytest.mark.parametrize(("end", "span"), [(401, 1), (401.5, 2)])
def test_a_text_may_reach_a_point_over_the_next_column(end: float, span: int):
    wide = chars("一般公共预算", 300, 85, pitch=(end - 300) / 6)
    (table,) = read([*printed(85, "编码"), *wide, *rows(*BODY)]).tables
    cell = next(cell for cell in table.cells if cell.text.startswith("一"))
    assert (cell.column, cell.column_span) == (2, span)


def test_the_largest_print_of_a_line_tells_how_far_off_the_next_may_be():
    small = [
        char._replace(bottom=char.top + 5) if char.x0 > 250 else char
        for char in rows(*BODY, distance=38)
    ]
    assert len(read(small).tables) == 1


@pytest.mark.parametrize(("gap", "count"), [(12, 1), (12.5, 2)])
@pytest.mark.parametrize("is_above", [True, False])
def test_a_label_alone_is_of_a_table_it_stands_right_above_or_below(
    gap: float, count: int, *, is_above: bool
):
    """One and a fifth of its height is near."""
    label = printed(140 + (gap if is_above else 5), "无数")
    below = rows(*BODY, top=150 + (gap + 5))
    assert len(read([*rows(*BODY), *label, *below]).tables) == count


@pytest.mark.parametrize(
    ("ys", "length", "is_joined"),
    [
        ((112, 127, 156), 225, True),
        ((112, 127, 156), 224, False),
        ((112, 127), 225, False),
        ((100, 127, 156), 225, True),
        ((99.5, 127, 156), 225, False),
        ((112, 127, 170), 225, True),
        ((112, 127, 170.5), 225, False),
    ],
    ids=[
        *("three fifths of the width", "less", "two rulings"),
        *("at the top", "above it", "at the foot", "below it"),
    ],
)
def test_rulings_of_most_of_a_table_s_width_part_its_rows(
    ys: tuple[float, ...], length: float, *, is_joined: bool
):
    characters = [
        *rows(*BODY[:2]),
        *printed(130, "2080505", "机关养老"),
        *printed(142, "保险缴费", "8.00", "8.00", columns=(150.0, 300.0, 400.0)),
        *printed(160, "合计", "12.50", "10.00", columns=(150.0, 300.0, 400.0)),
    ]
    edges = [
        edge for y in ys for edge in (Edge(50.0, y, 150.0, y), Edge(150.0, y, 50.0 + length, y))
    ]
    (table,) = read(characters, edges).tables
    assert (table.row_count < 5) == is_joined


def cell_by_cell(levels: tuple[float, ...]) -> list[Edge]:
    borders = (45.0, 140.0, 260.0, 350.0, 440.0)
    return [Edge(left, at, right, at) for at in levels for left, right in pairwise(borders)]


@pytest.mark.parametrize(
    ("levels", "are_shown"),
    [
        ((90, 113, 128), True),
        ((89.5, 113, 128), False),
        ((113, 128, 150), True),
        ((113, 128, 150.5), False),
        ((113, 113.4, 128), False),
    ],
    ids=["its height above", "farther above", "its height below", "farther below", "one twice"],
)
def test_rulings_up_to_a_line_s_height_off_are_a_table_s(
    levels: tuple[float, ...], *, are_shown: bool
):
    (table,) = read(rows(*BODY), cell_by_cell(levels)).tables
    assert (lefts(table) == [45, 140, 260, 350]) == are_shown


@pytest.mark.parametrize(
    ("size", "level", "are_shown"), [(15, 63, True), (15, 62.5, False)], ids=["above", "farther"]
)
def test_the_first_line_s_own_height_tells_how_far_above_it_a_ruling_may_be(
    size: float, level: float, *, are_shown: bool
):
    heading = [
        char
        for text, x in (("编码", 50), ("名称", 150), ("合计", 300), ("基本", 400))
        for char in chars(text, x, 78, size=size)
    ]
    (table,) = read([*heading, *rows(*BODY)], cell_by_cell((level, 113, 128))).tables
    assert (lefts(table) == [45, 140, 260, 350]) == are_shown


def test_rulings_that_join_on_one_of_three_lines_show_no_border():
    wider = (45.0, 140.0, 350.0, 440.0)
    edges = [Edge(left, at, right, at) for at in (113, 128) for left, right in pairwise(wider)]
    (table,) = read(rows(*BODY), [*cell_by_cell((98,)), *edges]).tables
    assert lefts(table) == [45, 140, 350]


def test_a_heading_with_nothing_below_it_has_a_column_of_its_own():
    heading = printed(85, "编码", "名称", "合计", "基本", "备注", columns=(*COLUMNS, 500.0))
    (table,) = read([*heading, *rows(*BODY)]).tables
    assert table.column_count == 5
    assert table.place.bbox == (50, 85, 520, 140)


@pytest.mark.parametrize(
    ("second", "columns"),
    [(345, [50, 150, 270, 345]), (344, [50, 150, 270, 300, 344])],
    ids=["twice as far", "nearer"],
)
def test_amounts_belong_to_the_heading_that_is_nearest_by_far(second: float, columns: list[float]):
    """The amounts stand 10 points behind one heading, and before another."""
    heading = printed(85, "编码", "名称", "合计", "基本", columns=(50.0, 150.0, 270.0, second))
    (table,) = read([*heading, *rows(*BODY)]).tables
    assert lefts(table) == columns


def test_a_heading_alone_is_near_however_far_it_is():
    heading = printed(85, "编码", "名称", "合计", "基本", columns=(50.0, 150.0, 250.0, 400.0))
    (table,) = read([*heading, *rows(*BODY)]).tables
    assert lefts(table) == [50, 150, 250, 400]


@pytest.mark.parametrize(
    ("text", "column", "span"),
    [("另注", 4, 1), ("", 3, 1)],
)
def test_what_stands_beside_the_columns_has_its_own_where_the_nearest_is_taken(
    text: str, column: int, span: int
):
    more = printed(145, "合计", "12.50", "10.00", columns=(50.0, 300.0, 400.0))
    beside = chars(text, 440, 145) if text else []
    (table,) = read([*rows(*BODY), *more, *beside]).tables
    last = max((cell for cell in table.cells if cell.row == 3), key=lambda cell: cell.column)
    assert (last.column, last.column_span) == (column, span)


def test_what_stands_beside_a_column_without_anything_in_it_is_in_it():
    more = printed(145, "合计", "12.50", "1.5", columns=(50.0, 300.0, 440.0))
    (table,) = read([*rows(*BODY), *more]).tables
    assert lefts(table) == [50, 150, 300, 400, 440]
    label = printed(145, "合计", "12.50", "无", columns=(50.0, 300.0, 440.0))
    (table,) = read([*rows(*BODY), *label]).tables
    assert lefts(table) == [50, 150, 300, 400]


@pytest.mark.parametrize(("count", "columns"), [(1, 4), (2, 3)])
def test_more_than_one_line_in_a_few_that_prints_across_columns_joins_them(
    count: int, columns: int
):
    """Of up to ten lines, one may be a total's label that is centred over code and name."""
    totals = [
        char
        for number in range(count)
        for char in [
            *chars("本年合计数", 80, 145 + 15 * number, pitch=16),
            *printed(145 + 15 * number, "20.50", "18.00", columns=(300.0, 400.0)),
        ]
    ]
    (table,) = read([*rows(*BODY), *totals]).tables
    assert table.column_count == columns


@pytest.mark.parametrize(
    ("stated", "left"),
    [
        (("部门：财政局", "决算金额数"), 300),
        (("部门财政局", "单位：万元"), 300),
        (("部门财政局", "决算金额数"), 285),
    ],
    ids=["at its begin", "at its end", "nowhere"],
)
def test_a_line_that_states_something_above_the_headings_heads_no_column(
    stated: tuple[str, str], left: float
):
    above = printed(70, *stated, columns=(50.0, 285.0))
    heading = printed(85, "编码", "名称", "基本", columns=(50.0, 150.0, 400.0))
    (table,) = read([*above, *heading, *rows(*BODY)]).tables
    assert texts(table)[0] == list(stated)
    assert lefts(table) == [50, 150, left, 400]
