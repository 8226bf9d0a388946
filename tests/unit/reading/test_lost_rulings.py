"""A cell tells by what it prints, and where, whether it is several cells of which rulings are lost.

Cells are drawn as pdfium finds them: characters of 10 points, each in its place.
"""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipelines.reading.drawn_objects import Box
from pipelines.reading.lost_rulings import (
    FilledCell,
    LostBorders,
    heights_of_several,
    lost_rulings,
    may_lack_rulings,
)
from pipelines.reading.pdf_objects import Char, Edge
from tests.unit.reading.pages import chars


def cell(box: Box, *texts: tuple[str, float, float]) -> FilledCell:
    """A cell and its texts: what each says, its left and its upper edge."""
    return FilledCell(box, [char for text, x, top in texts for char in chars(text, x, top)])


def moved(it: FilledCell, right: float = 307, down: float = 7003, times: float = 2) -> FilledCell:
    """A cell elsewhere on a page, printed so many times as large."""
    x0, top, x1, bottom = (times * side for side in it.box)
    placed = [Char(char.text, *(times * side for side in char[1:])) for char in it.chars]
    return FilledCell(
        (x0 + right, top + down, x1 + right, bottom + down),
        [
            Char(text, left + right, upper + down, behind + right, lower + down)
            for text, left, upper, behind, lower in placed
        ],
    )


def regained(cells: Sequence[FilledCell], ends: Sequence[float] = ()) -> tuple[set[float], ...]:
    """Where rulings down and across the page are regained that no cell had.

    It must not matter where on the page the cells are, and how large these are printed.
    """
    found = regained_here(cells, ends)
    there = regained_here([moved(each) for each in cells], [2 * end + 307 for end in ends])
    assert there == ({2 * at + 307 for at in found[0]}, {2 * at + 7003 for at in found[1]})
    return found


def regained_here(cells: Sequence[FilledCell], ends: Sequence[float]) -> tuple[set[float], ...]:
    edges = lost_rulings(cells, ends)
    sides = [{side for each in cells for side in each.box[axis::2]} for axis in (0, 1)]
    return (
        {edge.x0 for edge in edges if edge.x0 == edge.x1} - sides[0],
        {edge.top for edge in edges if edge.top == edge.bottom} - sides[1],
    )


@pytest.mark.parametrize(
    "texts",
    [
        [("本年支出", 34, 5)],
        [("本年支出", 36, 5)],
        [("收入", 15, 5), ("支出", 65, 5)],
        [("收入", 10, 5), ("支出", 70, 5)],
        [("收入", 5, 5), ("支出", 5, 25)],
        [("一般公共服务", 5, 5), ("支出", 45, 25)],
        [("1.00", 5, 5), ("2.00", 60, 5)],
        [("201", 0, 17), ("教育", 50, 5), ("支出", 60, 29)],
        [("201", 0, 5), ("教育", 50, 5)],
        [("1.00", 2, 5)],
        [("1.00", 30, 5)],
    ],
)
def test_what_a_cell_tells_is_the_same_wherever_it_is_and_however_large(
    texts: list[tuple[str, float, float]],
):
    here = cell((0, 0, 100, 40), *texts)
    there = moved(here)

    def alike(stretch: tuple[float, float] | None) -> tuple[float, ...] | None:
        return stretch and tuple(2 * at + 307 for at in stretch)

    assert there.is_centred == here.is_centred
    assert there.had_room == here.had_room
    assert there.words == [alike(word) for word in here.words]
    assert there.gaps(0) == [alike(gap) for gap in here.gaps(0)]
    assert there.gap_beside_code == alike(here.gap_beside_code)
    assert there.gaps_behind_codes == [alike(gap) for gap in here.gaps_behind_codes]
    assert there.headings == (
        here.headings and (alike(here.headings[0]), 2 * here.headings[1] + 307)
    )
    borders = [20, 45, 50, 60, 85]
    assert there.around_its_number([2 * at + 307 for at in borders]) == [
        2 * at + 307 for at in here.around_its_number(borders)
    ]


def test_the_border_of_two_headings_is_where_both_are_in_the_middle_of_their_columns():
    heading = cell((0, 0, 100, 20), ("收入", 15, 5), ("支出", 65, 5))
    assert heading.headings == ((35, 65), 50)


@pytest.mark.parametrize(("left", "is_centred"), [(30, True), (35, True), (36, False), (24, False)])
def test_words_head_all_that_is_below_up_to_a_twentieth_off_the_middle(
    left: int, *, is_centred: bool
):
    assert cell((0, 0, 100, 20), ("本年支出", left, 5)).is_centred == is_centred


def test_of_two_lines_both_must_be_in_the_middle():
    assert cell((0, 0, 100, 30), ("支出", 40, 5), ("合计", 40, 17)).is_centred
    assert not cell((0, 0, 100, 30), ("支出", 40, 5), ("合计", 10, 17)).is_centred
    assert not cell((0, 0, 100, 30), ("12.50", 25, 5)).is_centred
    assert not cell((0, 0, 100, 30)).is_centred


@pytest.mark.parametrize(
    ("left", "right"), [(10, 70), (20, 60)], ids=["near the sides", "near each other"]
)
@pytest.mark.parametrize("height", [20, 400])
def test_two_words_off_the_middle_of_their_columns_head_none(left: int, right: int, height: int):
    heading = cell((0, 0, 100, height), ("收入", left, 5), ("支出", right, 5))
    assert heading.headings is None


@pytest.mark.parametrize(
    ("left", "right", "heads_two"),
    [
        (("收入", 15), ("支出", 65), True),
        (("收", 20), ("支出", 65), False),
        (("收入", 15), ("支", 70), False),
    ],
    ids=["two words", "a letter before", "a letter behind"],
)
def test_a_letter_alone_heads_no_column(
    left: tuple[str, float], right: tuple[str, float], *, heads_two: bool
):
    heading = cell((0, 0, 100, 20), (*left, 5), (*right, 5))
    assert (heading.headings is not None) == heads_two


TWO_AMOUNTS = [
    cell((0, top, 100, top + 20), ("1.00", 2, top + 5), ("2.00", 60, top + 5))
    for top in (0, 20, 40)
]


@pytest.mark.parametrize(
    ("ends", "at"),
    [((), 51), ((50, 55, 55), 55), ((50, 50, 55), 50), ((30, 30, 30, 58), 58)],
    ids=["in the middle", "where most end", "where most end, left", "between the amounts"],
)
def test_a_ruling_between_two_amounts_runs_where_others_end(ends: tuple[float, ...], at: float):
    assert regained(TWO_AMOUNTS, ends) == ({at}, set())


def test_two_amounts_in_one_cell_of_many_tell_of_no_ruling():
    alone = [cell((0, top, 100, top + 20), ("支出", 5, top + 5)) for top in range(60, 200, 20)]
    assert regained([TWO_AMOUNTS[0], *alone]) == (set(), set())


def test_each_part_of_a_cell_has_its_four_sides_once():
    edges = lost_rulings(TWO_AMOUNTS, ())
    assert len(edges) == 4 * 2 * len(TWO_AMOUNTS)
    assert {(edge.x0, edge.x1) for edge in edges} == {
        *((0, 0), (51, 51), (100, 100), (0, 51), (51, 100)),
    }


@pytest.mark.parametrize(("parted", "at"), [(4, {51}), (3, set())], ids=["a fifth", "a fourth"])
def test_a_fifth_of_a_column_s_cells_may_print_across_a_ruling(parted: int, at: set[float]):
    amounts = [
        cell((0, top, 100, top + 20), ("1.00", 2, top + 5), ("2.00", 60, top + 5))
        for top in range(0, 20 * parted, 20)
    ]
    across = cell((0, 200, 100, 220), ("一般公共服务", 10, 205))
    assert regained([*amounts, across]) == (at, set())


@pytest.mark.parametrize(
    ("words", "left", "at"),
    [("收入", 32, 56), ("收入", 0, 51), ("本年支出", 30, 51)],
    ids=["in the way", "beside it", "over both"],
)
def test_a_ruling_runs_beside_the_words_of_other_cells(words: str, left: float, at: float):
    """Words in the middle of their cell head both columns, and are in no ruling's way."""
    other = cell((0, 60, 100, 80), (words, left, 65))
    assert regained([*TWO_AMOUNTS, other]) == ({at}, set())


def below(top: float, *texts: tuple[str, float]) -> FilledCell:
    """A cell over 200 points, in whose first half a column lost a ruling."""
    return cell((0, top, 200, top + 20), *((text, x, top + 5) for text, x in texts))


@pytest.mark.parametrize("top", [60, -20], ids=["below", "above"])
def test_a_regained_ruling_runs_on_through_a_group_and_its_neighbour(top: float):
    group = below(top, ("编码", 2), ("基本支出", 120))
    assert Edge(51, top, 51, top + 20) in lost_rulings([*TWO_AMOUNTS, group], ())


@pytest.mark.parametrize(("known", "runs_on"), [(2, True), (3, False)])
def test_a_ruling_three_points_from_a_border_of_the_grid_is_none_that_was_regained(
    known: float, *, runs_on: bool
):
    tiny = [
        FilledCell(
            (0, top, 100, top + 20),
            [
                char
                for x, text in ((1, "1.00"), (7, "2.00"))
                for char in chars(text, x, top + 5, size=1, pitch=1)
            ],
        )
        for top in (0, 20, 40)
    ]
    group, other = below(60, ("基本支出", 120)), cell((known, 100, 103, 120))
    edges = lost_rulings([*tiny, group, other], ())
    assert Edge(6, 0, 6, 20) in edges
    assert (Edge(6, 60, 6, 80) in edges) == runs_on


def test_what_a_ruling_runs_on_through_is_parted_before_its_rows_are():
    """Words over a number tell of a header in two cells of a row, and not in one."""
    group = cell(
        (0, 60, 200, 100), ("类", 2, 65), ("201", 2, 85), ("科目", 150, 65), ("人员", 150, 85)
    )
    other = cell((200, 60, 300, 100), ("金额", 205, 65), ("1.00", 205, 85))
    assert regained([*TWO_AMOUNTS, group, other]) == ({51}, {80})


def test_amounts_close_below_each_other_are_in_two_rows():
    cells = [
        cell((left, 0, left + 100, 44), ("1.00", left + 5, 5), ("2.00", left + 5, 17))
        for left in (0, 100)
    ]
    assert regained(cells) == (set(), {16})


@pytest.mark.parametrize(("headed", "at"), [(3, {20}), (2, {20}), (1, set())])
def test_words_above_numbers_in_most_cells_are_a_header(headed: int, at: set[float]):
    cells = [
        cell(
            (left, 0, left + 100, 40),
            *([("收入", left + 5, 5)] if place < headed else []),
            ("1.00", left + 5, 25),
        )
        for place, left in enumerate((0, 100, 200))
    ]
    assert regained(cells) == (set(), at)


@pytest.mark.parametrize(
    ("tops", "at"),
    [((105, 125), {120}), ((110, 122), set()), ((105, 115), set())],
    ids=["each in its row", "both in the middle", "close to each other"],
)
def test_a_label_broken_though_it_had_room_is_of_two_rows(
    tops: tuple[float, float], at: set[float]
):
    """A heading that begins further up stands beside it, and tells nothing of its rows."""
    usual = [cell((0, top, 100, top + 20), ("项目", 5, top + 5)) for top in range(0, 80, 20)]
    label = cell((0, 100, 100, 140), ("收入", 5, tops[0]), ("支出", 5, tops[1]))
    heading = cell((200, 80, 300, 140), ("备注", 205, 90))
    blank = cell((100, 100, 200, 140))
    assert regained([*usual, label, blank, heading]) == (set(), at)


def test_amounts_below_each_other_are_crossed_between_them():
    amounts = cell((0, 0, 100, 40), ("1.00", 5, 5), ("2.00", 5, 25))
    assert amounts.crossed_at(1, [10, 20, 30]) == [20]
    assert cell((0, 0, 100, 40), ("收入", 5, 5), ("2.00", 5, 25)).crossed_at(1, [20]) == []


def test_amounts_beside_each_other_are_crossed_between_them():
    assert TWO_AMOUNTS[0].crossed_at(0, [30, 42, 50, 60, 80]) == [42, 50, 60]
    # Words stand over several columns rather than an amount does.
    words = cell((0, 0, 100, 20), ("收入", 5, 5), ("2.00", 60, 5))
    assert words.crossed_at(0, [30, 50, 55, 80]) == [55]
    assert cell((0, 0, 100, 20), ("2.00", 5, 5), ("收入", 70, 5)).crossed_at(0, [50, 55]) == [50]


@pytest.mark.parametrize(
    ("at", "is_free"),
    [(5, True), (22, True), (23, True), (24, False), (36, False), (37, True), (38, True)],
)
def test_a_ruling_may_run_through_the_outer_third_of_a_word_s_last_letter(
    at: float, *, is_free: bool
):
    assert cell((0, 0, 100, 40), ("收", 20, 5), ("收支", 20, 20)).is_free(0, at) == is_free


def test_a_ruling_across_runs_through_no_letter():
    one = cell((0, 0, 100, 20), ("无", 20, 5))
    assert one.is_free(0, 22)
    assert [one.is_free(1, at) for at in (5, 10, 15)] == [True, False, True]


def test_a_table_lost_the_rulings_of_another_that_kept_the_same():
    known = LostBorders()
    known.learn([0, 100, 200], [50])
    assert known.of([0, 100, 200]) == [50]
    assert known.of([0, 100, 210]) == ()
    assert known.of([0, 100, 200, 300]) == ()


def test_the_rest_of_a_table_lacks_the_rulings_of_the_page_before():
    above = LostBorders()
    above.go_on_below([0, 100, 200, 300, 400, 500])
    assert above.of([0, 100, 300, 400, 500]) == [200]
    assert above.of([0, 100, 400, 500]) == [200, 300]
    # Fewer borders, or others, make no rest of it; nor does one that lacks more than two.
    assert above.of([0, 100, 400]) == ()
    wider = LostBorders()
    wider.go_on_below([0, 100, 200, 300, 400, 500, 600])
    assert wider.of([0, 100, 500, 600]) == ()
    assert above.of([0, 100, 500]) == ()
    assert above.of([0, 100, 310, 400, 500]) == ()


@pytest.mark.parametrize(
    ("texts", "gap"),
    [
        ([("201", 0, 12), ("一般公共", 50, 0), ("服务支出", 60, 24)], (30, 50)),
        ([("201", 0, 12), ("一般公共", 50, 0)], None),
        ([("201", 0, 12), ("一般公共", 20, 0), ("服务支出", 60, 24)], None),
        ([("201", 0, 12), ("20", 0, 40), ("一般公共", 50, 0), ("服务支出", 60, 24)], None),
    ],
    ids=["behind it", "one line", "over it", "two codes"],
)
def test_a_code_between_lines_of_words_behind_it_was_a_cell(
    texts: list[tuple[str, float, float]], gap: tuple[float, float] | None
):
    assert cell((0, 0, 120, 50), *texts).gap_beside_code == gap


def test_a_ruling_runs_where_most_gaps_are():
    rows = [
        cell((0, top, 100, top + 20), ("1.00", 2, top + 5), ("2.00", 60, top + 5))
        for top in range(0, 100, 20)
    ]
    elsewhere = cell((0, 100, 140, 120), ("1.00", 30, 105), ("2.00", 95, 105))
    same = replace(elsewhere, box=(0, 100, 100, 120))
    assert regained([*rows, same]) == ({51}, set())


@pytest.mark.parametrize(("left", "at"), [(44, 54), (46, 46), (36, 50)])
def test_a_ruling_runs_as_near_as_it_can_to_where_headings_are_in_the_middle(
    left: float, at: float
):
    heading = cell((0, 0, 100, 20), ("收入", 15, 5), ("支出", 65, 5))
    number = cell((0, 20, 100, 40), ("1", left, 25))
    assert regained([heading, number]) == ({at}, set())


def test_no_ruling_runs_through_what_stands_between_two_rows():
    amounts = cell((0, 0, 100, 44), ("1.00", 5, 5), ("2.00", 5, 25))
    through = FilledCell((100, 0, 200, 44), chars("收", 120, 14, size=12))
    beside = FilledCell((100, 0, 200, 44), chars("收", 120, 4, size=12))
    assert regained([amounts, through]) == (set(), set())
    assert regained([amounts, beside]) == (set(), {20.5})


@pytest.mark.parametrize(
    ("text", "left", "borders", "around"),
    [
        ("1.00", 2, [50, 80], [50]),
        ("1.00", 2, [60], [60]),
        ("1.00", 30, [20, 85], []),
        ("1.00", 30, [20, 75], [20, 75]),
        ("1.00", 30, [75, 95], [75]),
        ("1.00", 47, [20, 99], [20, 99]),
        ("收入", 2, [30], []),
    ],
    ids=[
        *("under a border", "off the middle", "in the middle", "in the middle under a border"),
        *("under the nearer", "off the middle to the right", "words"),
    ],
)
def test_a_number_alone_stands_between_the_borders_on_either_side(
    text: str, left: float, borders: list[float], around: list[float]
):
    assert cell((0, 0, 100, 20), (text, left, 5)).around_its_number(borders) == around


def test_two_numbers_are_not_alone():
    two = cell((0, 0, 100, 40), ("1.00", 2, 5), ("2.00", 2, 25))
    assert two.around_its_number([50]) == []
    assert TWO_AMOUNTS[0].around_its_number([50]) == []


def test_words_in_the_middle_are_cut_by_no_ruling_down_the_page():
    centred = cell((0, 0, 100, 40), ("收", 45, 5), ("支", 45, 25))
    assert not centred.may_be_cut(0, 20)
    assert centred.may_be_cut(1, 20)


def test_a_ruling_across_runs_through_none_of_several_lines():
    lines = cell((0, 0, 100, 40), ("收", 45, 5), ("支", 45, 25))
    assert [lines.is_free(1, at) for at in (10, 20, 30)] == [False, True, False]


@pytest.mark.parametrize(
    ("at", "is_between"), [(10, False), (50, True), (30, False), (95, False), (22, False)]
)
def test_words_stand_on_both_sides_of_what_runs_between_them(at: float, *, is_between: bool):
    words = cell((0, 0, 100, 20), ("收入", 20, 5), ("支出", 60, 5))
    assert words.stands_on_both_sides(0, at) == is_between


@pytest.mark.parametrize(("width", "had_room"), [(40, False), (50, False), (51, True)])
def test_a_line_was_broken_though_it_had_room_for_three_more_characters(
    width: float, *, had_room: bool
):
    label = cell((0, 0, width, 40), ("收入", 0, 5), ("支出", 0, 25))
    assert label.had_room == had_room
    assert not cell((0, 0, width, 40), ("收入", 0, 5)).had_room


def test_heights_of_several_rows_are_multiples_of_the_usual_one():
    usual = [20.0] * 4
    assert heights_of_several([*usual, 40, 43, 44, 37, 36, 60]) == {40, 43, 37, 60}
    assert heights_of_several([*usual[1:], 40]) == frozenset()
    assert heights_of_several([]) == frozenset()


@pytest.mark.parametrize(
    ("several", "width", "may_lack"),
    [({40.0}, 100, True), ({40.0}, 45, False), ({60.0}, 100, False)],
    ids=["with room", "without", "of another height"],
)
def test_words_in_lines_may_be_of_several_rows_where_they_had_room(
    several: set[float], width: float, *, may_lack: bool
):
    label = cell((0, 20, width, 60), ("收入", 0, 25), ("支出", 0, 45))
    assert may_lack_rulings(["收入\n支出"], [label], several) == may_lack
    assert not may_lack_rulings(["收入支出"], [label], several)


@pytest.mark.parametrize(
    ("border", "is_cut"), [(50, True), (55, True), (44, True), (57, False), (43, False)]
)
def test_headings_are_parted_at_a_border_near_the_middle_between_them(
    border: float, *, is_cut: bool
):
    heading = cell((0, 0, 100, 20), ("收入", 15, 5), ("支出", 65, 5))
    below_it = [
        cell((0, 20, border, 40), ("无", 10, 25)),
        cell((border, 20, 100, 40), ("有", 70, 25)),
    ]
    cells = [heading, *below_it]
    assert (Edge(border, 0, border, 20) in lost_rulings(cells, ())) == is_cut
    at = 2 * border + 307
    assert (Edge(at, 7003, at, 7043) in lost_rulings([*map(moved, cells)], ())) == is_cut


def test_a_number_over_two_columns_is_in_one_and_a_blank_cell_stays_whole():
    row = [cell((0, 0, 50, 20), ("1.00", 5, 5)), cell((50, 0, 100, 20), ("2.00", 55, 5))]
    number, blank = cell((0, 20, 100, 40), ("3.00", 5, 25)), cell((0, 40, 100, 60))
    edges = lost_rulings([*row, number, blank], ())
    assert Edge(50, 20, 50, 40) in edges
    assert Edge(50, 40, 50, 60) not in edges


def test_a_cell_is_parted_at_all_borders_that_are_known():
    row = cell((0, 0, 160, 20), ("1.00", 2, 5), ("2.00", 60, 5), ("3.00", 118, 5))
    edges = lost_rulings([row], (), borders=(51, 109))
    assert [(edge.x0, edge.x1) for edge in edges if edge.x0 < edge.x1] == [
        *((0, 51), (0, 51), (51, 109), (51, 109), (109, 160), (109, 160)),
    ]


def test_borders_may_be_where_rulings_across_the_page_end():
    known = LostBorders()
    known.go_on_below([33])
    assert sorted(known.ends([Edge(0, 5, 10, 5), Edge(7, 0, 7, 9)])) == [0, 10, 33]


def test_what_a_table_lost_is_learnt_once_and_nothing_is_learnt_of_none():
    known, kept = LostBorders(), [0.0, 100.0]
    known.learn(kept, [])
    assert known.of([0, 100]) == ()
    known.learn(kept, [50])
    known.learn(kept, [70])
    known.learn([0.0, 200.0], [120])
    assert known.of([0, 100]) == [50]
    assert known.of([0, 200]) == [120]


def test_an_amount_is_a_cell_of_its_own_even_where_words_nearly_touch_it():
    near = cell((0, 0, 100, 20), ("1.00", 0, 5), ("收入", 45, 5))
    assert near.gaps(0) == [(40, 45)]


@pytest.mark.parametrize(
    ("left", "right", "are_two"),
    [
        ("12", "教育", True),
        ("201", "教育", False),
        ("201", "301", True),
        ("教育", "201", False),
        ("教育", "支出", False),
        ("教育", "1.00", True),
        ("1.00", "教育", True),
    ],
)
def test_a_whole_code_may_stand_in_one_cell_with_its_name(left: str, right: str, *, are_two: bool):
    both = cell((0, 0, 100, 20), (left, 0, 5), (right, 60, 5))
    assert bool(both.pairs) == are_two


def test_amounts_below_each_other_are_crossed_where_neither_stands():
    amounts = cell((0, 0, 100, 40), ("1.00", 5, 5), ("2.00", 5, 25))
    assert amounts.crossed_at(1, [14, 15, 25, 26]) == [15, 25]


@pytest.mark.parametrize(
    ("left", "borders", "around"),
    [
        (10, [50], [50]),
        (50, [50], [50]),
        (55, [20, 40], [40]),
        (30, [80], [80]),
        (30, [80.5], []),
        (15, [66], []),
        (14, [65], [65]),
    ],
    ids=[
        *("touching the one behind", "touching the one before", "behind two"),
        *("its height from one", "farther from one"),
        *("off the middle by a seventh", "off the middle by more"),
    ],
)
def test_a_number_alone_stands_at_a_border_or_off_the_middle(
    left: float, borders: list[float], around: list[float]
):
    assert cell((0, 0, 100, 20), ("1.00", left, 5)).around_its_number(borders) == around


@pytest.mark.parametrize(
    ("first_line", "gaps"),
    [
        ([("201", 0), ("教育", 50)], [(30, 50)]),
        ([("201", 0), ("教育", 50), ("1.00", 80)], [(30, 50)]),
        ([("201", 0), ("301", 50)], []),
        ([("教育", 0), ("支出", 50)], []),
        ([("教育", 0), ("201", 50)], []),
    ],
)
def test_words_stand_behind_the_code_that_their_line_begins_with(
    first_line: list[tuple[str, float]], gaps: list[tuple[float, float]]
):
    lines = cell((0, 0, 120, 40), *((text, x, 5) for text, x in first_line), ("支出", 50, 25))
    assert lines.gaps_behind_codes == gaps


def test_words_that_begin_where_a_code_ends_are_not_beside_it():
    texts = ("201", 0, 12), ("一般公共", 30, 0), ("服务支出", 60, 24)
    assert cell((0, 0, 120, 50), *texts).gap_beside_code is None


@pytest.mark.parametrize(("left", "heads_two"), [(72.5, True), (73, False)])
def test_the_borders_of_two_headings_are_no_more_than_a_seventh_of_the_width_apart(
    left: float, *, heads_two: bool
):
    heading = cell((0, 0, 100, 20), ("收入", 15, 5), ("支出", left, 5))
    assert heading.headings == (((35, 72.5), 57.5) if heads_two else None)


def test_what_a_ruling_runs_through_the_middle_of_is_behind_it():
    digit = chars("1", 20, 5, pitch=5)
    one = FilledCell((0, 0, 100, 20), [*chars("收", 0, 5), *digit])
    assert one.stands_on_both_sides(0, 22.5)
    assert [part.chars for part in one.cut(0, 22.5)] == [chars("收", 0, 5), digit]


@pytest.mark.parametrize(("left", "words"), [(15, [(0, 25)]), (16, [(0, 10), (16, 26)])])
def test_letters_half_their_height_apart_make_a_word(left: float, words: list[tuple[float, float]]):
    assert cell((0, 0, 100, 20), ("收", 0, 5), ("入", left, 5)).words == words


@pytest.mark.parametrize(("at", "had_room"), [(0, False), (20, True), (60, False)])
def test_a_label_was_broken_only_where_a_line_stands_on_either_side(at: float, *, had_room: bool):
    label = cell((0, 0, 100, 40), ("收入", 0, 5), ("支出", 0, 25))
    assert label.had_room_before(at) == had_room


def test_a_ruling_may_run_anywhere_through_a_blank_cell():
    assert cell((0, 0, 100, 40)).is_free(0, 50)
    assert cell((0, 0, 100, 40)).is_free(1, 20)


def test_three_borders_are_too_few_to_be_the_rest_of_a_table():
    above = LostBorders()
    above.go_on_below([0, 100, 200, 300, 400])
    assert above.of([0, 100, 200, 400]) == [300]
    above.go_on_below([0, 100, 200, 300])
    assert above.of([0, 100, 300]) == ()


@pytest.mark.parametrize(("border", "lost"), [(203, [50]), (203.5, ())])
def test_borders_three_points_apart_are_the_same(border: float, lost: Sequence[float]):
    known = LostBorders()
    known.learn([0, 100, 200], [50])
    assert known.of([0, 100, border]) == lost


@pytest.mark.parametrize(
    ("text", "may_lack"),
    [
        ("1.00 2.00", True),
        ("1.00\n2.00", True),
        ("收入 1.00", True),
        ("1.00 收入", True),
        ("教育\n12", True),
        ("20 教育", True),
        ("收入 支出", True),
        ("教育\n12\n支出", True),
        ("201 教育", False),
        ("收 入", False),
        ("收入支出", False),
        ("1.00", False),
        ("", False),
    ],
)
def test_a_text_may_be_that_of_several_cells(text: str, *, may_lack: bool):
    assert may_lack_rulings(["", text], [cell((0, 0, 100, 20))] * 2, ()) == may_lack


def test_each_cell_has_its_text():
    with pytest.raises(ValueError, match="shorter"):
        may_lack_rulings(["收入\n支出"], [], ())


def test_heights_that_differ_by_less_than_a_tenth_of_a_point_are_one():
    assert heights_of_several([20.01, 20.02, 20.03, 20.04, 40.1]) == {40.1}


def test_a_cell_that_lacks_nothing_adds_no_sides():
    whole = cell((100, 0, 300, 60), ("备注", 105, 5))
    assert 300 not in {edge.x1 for edge in lost_rulings([*TWO_AMOUNTS, whole], ())}


@pytest.mark.parametrize("tops", [(80, 60), (-40, -20)], ids=["below", "above"])
@pytest.mark.parametrize("apart", [0, 3])
def test_a_regained_ruling_runs_on_from_group_to_group(tops: tuple[float, float], apart: float):
    by = apart if tops[0] > 0 else -apart
    groups = [below(top + by, ("编码", 2), ("基本支出", 120)) for top in tops]
    edges = lost_rulings([*TWO_AMOUNTS, *groups], ())
    assert {edge.top for edge in edges if edge.x0 == edge.x1 == 51} >= {top + by for top in tops}


@pytest.mark.parametrize("top", [64, -24])
def test_a_regained_ruling_runs_through_nothing_that_does_not_touch_its_end(top: float):
    apart = below(top, ("编码", 2), ("基本支出", 120))
    assert {edge.top for edge in lost_rulings([*TWO_AMOUNTS, apart], ())} == {0, 20, 40, 60}


@pytest.mark.parametrize(("border", "is_cut"), [(3, False), (3.5, True), (96.5, True), (97, False)])
def test_borders_at_a_cell_s_side_part_it_not(border: float, *, is_cut: bool):
    row = cell((0, 0, 100, 20), ("1.00", 20, 5))
    edges = lost_rulings([row], (), borders=(border,))
    assert (border in {edge.x0 for edge in edges}) == is_cut


@pytest.mark.parametrize(
    ("far", "is_cut"), [(97, False), (96, True)], ids=["at its side", "apart from it"]
)
def test_a_number_is_parted_from_no_border_at_its_cell_s_side(far: float, *, is_cut: bool):
    row = [cell((0, 20, far, 40), ("无", 5, 25)), cell((far, 20, 150, 40))]
    number = cell((0, 0, 100, 20), ("1.00", 50, 5))
    assert (Edge(far, 0, far, 20) in lost_rulings([*row, number], ())) == is_cut


def test_a_number_beside_two_rows_stays_one_cell():
    rows = [cell((0, top, 100, top + 20), ("收入", 5, top + 5)) for top in (0, 20)]
    assert lost_rulings([*rows, cell((100, 0, 200, 40), ("1.00", 105, 25))], ()) == []


def test_headings_are_parted_at_the_border_nearest_to_the_middle_between_them():
    heading = cell((0, 0, 100, 20), ("收入", 15, 5), ("支出", 65, 5))
    row = [cell((x0, 20, x1, 40), ("无", x0 + 5, 25)) for x0, x1 in ((0, 20), (20, 52), (52, 100))]
    assert [edge.x0 for edge in lost_rulings([heading, *row], ()) if edge.x0 == edge.x1] == [
        *(0, 52, 52, 100),
    ]


def test_a_column_is_parted_though_a_heading_over_several_ends_where_it_does():
    heading = cell((-100, -20, 100, 0), ("本年支出", -20, -15))
    names = [cell((-100, top, 0, top + 20), ("名称", -95, top + 5)) for top in (0, 20, 40)]
    assert regained([heading, *names, *TWO_AMOUNTS]) == ({51}, set())


def test_a_blank_cell_tells_nothing_of_a_lost_ruling():
    assert regained([TWO_AMOUNTS[0], cell((0, 20, 100, 40))]) == ({51}, set())


@pytest.mark.parametrize(
    ("ends", "at"), [((42,), 42), ((60,), 60), ((41, 61), 51)], ids=["left", "right", "outside"]
)
def test_a_ruling_may_run_where_an_amount_ends(ends: tuple[float, ...], at: float):
    assert regained(TWO_AMOUNTS, ends) == ({at}, set())


def test_of_gaps_that_as_many_share_the_first_tells():
    gaps = [
        cell((0, 0, 240, 20), ("1.00", 60, 5), ("2.00", 120, 5)),
        cell((0, 20, 240, 40), ("1.00", 0, 25), ("2.00", 60, 25)),
    ]
    assert regained(gaps) == ({50}, set())


@pytest.mark.parametrize(("left", "at"), [(55, 82.5), (75, 57.5)])
def test_a_ruling_runs_on_the_side_of_a_word_where_most_of_the_gap_is(left: float, at: float):
    rows = [
        cell((0, top, 140, top + 20), ("1.00", 0, top + 5), ("2.00", 100, top + 5))
        for top in (0, 20, 40, 60)
    ]
    assert regained([*rows, cell((0, 80, 140, 100), ("收", left, 85))]) == ({at}, set())


def test_what_stands_on_both_sides_knows_best_where_a_ruling_ran():
    rows = [
        cell((0, top, 160, top + 20), ("1.00", 0, top + 5), ("2.00", 115, top + 5))
        for top in (0, 20, 40)
    ]
    words = cell((0, 60, 160, 80), ("收", 45, 65), ("支", 130, 65))
    across = cell((0, 80, 160, 100), ("一般公共服务", 55, 85))
    assert regained([*rows, words, across]) == ({85}, set())


def test_rows_that_print_most_have_as_many_words_before_a_ruling():
    heading = cell((0, 0, 100, 20), ("收入", 15, 5), ("支出", 65, 5))
    rows = [
        cell((0, top, 100, top + 20), ("收", 5, top + 5), ("支", x, top + 5), ("备", 75, top + 5))
        for top, x in ((20, 38), (40, 52))
    ]
    assert regained([heading, *rows]) == ({38}, set())


@pytest.mark.parametrize(
    ("text", "top", "size", "at"),
    [
        ("小", 17, 2, {22}),
        ("小", 21, 2, {18}),
        ("收", 24, 10, {19.5}),
        ("收", 15, 10, set()),
        ("收", 30, 10, {20}),
    ],
    ids=["above", "below", "from below", "all of it", "beside the lower row"],
)
def test_a_ruling_across_runs_where_most_room_is_between_two_rows(
    text: str, top: float, size: float, at: set[float]
):
    amounts = cell((0, 0, 100, 44), ("1.00", 5, 5), ("2.00", 5, 25))
    beside = FilledCell((100, 0, 200, 44), chars(text, 120, top, size=size))
    assert regained([amounts, beside]) == (set(), at)


def test_the_upper_of_two_amounts_is_of_the_first_row_however_far_it_is_indented():
    amounts = cell((0, 0, 100, 44), ("1.00", 15, 5), ("2.00", 5, 25))
    assert regained([amounts]) == (set(), {20})


def test_amounts_of_which_one_hangs_less_than_half_its_height_lower_are_of_one_row():
    assert regained([cell((0, 0, 100, 44), ("1.00", 5, 5), ("2.00", 5, 9.8))]) == (set(), set())


def headed(*texts: tuple[str, float], left: float, height: float = 44) -> FilledCell:
    """A cell of a row of a table, its texts below each other."""
    return cell((left, 0, left + 100, height), *((text, left + 5, top) for text, top in texts))


WORDS_OVER_NUMBER = ("收入", 5), ("1.00", 27)
LINES_OVER_NUMBER = ("本年", 3), ("收入", 15), ("1.00", 30)


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ([WORDS_OVER_NUMBER] * 2, {21}),
        ([WORDS_OVER_NUMBER], set()),
        ([LINES_OVER_NUMBER] * 2, {27.5}),
        ([(("收入", 3), ("12", 15), ("1.00", 30))] * 2, set()),
        ([WORDS_OVER_NUMBER, WORDS_OVER_NUMBER, (), (("备注", 5),)], {21}),
        ([WORDS_OVER_NUMBER, WORDS_OVER_NUMBER, (("1.00", 5),)], set()),
        ([*[WORDS_OVER_NUMBER] * 2, *[(("1.00", 27),)] * 2], set()),
        ([*[WORDS_OVER_NUMBER] * 3, *[(("1.00", 27),)] * 2], {21}),
        ([WORDS_OVER_NUMBER, (("收入", 5), ("1.00", 32))], {21}),
        ([WORDS_OVER_NUMBER, (("收入", 5), ("1.00", 32.5))], set()),
    ],
    ids=[
        *("two", "one", "words in lines", "a number above", "beside blanks and words"),
        *("beside another row", "half of all", "three in five"),
        *("half a line lower", "more than half a line lower"),
    ],
)
def test_words_over_numbers_of_one_row_are_a_header(
    rows: list[tuple[tuple[str, float], ...]], at: set[float]
):
    cells = [headed(*texts, left=100 * place) for place, texts in enumerate(rows)]
    assert regained(cells) == (set(), at)


@pytest.mark.parametrize(("top", "at"), [(24, {24.5}), (26, set())])
def test_the_smaller_of_two_numbers_tells_how_far_apart_those_of_a_row_stand(
    top: float, at: set[float]
):
    high = FilledCell((100, 0, 200, 60), [*chars("收入", 105, 5), *chars("100", 105, top, size=20)])
    assert regained([headed(("收入", 5), ("100", 25), left=0, height=60), high])[1] == (
        {19.5} if at else set()
    )


USUAL = [cell((0, top, 100, top + 20), ("项目", 5, top + 5)) for top in range(0, 80, 20)]


@pytest.mark.parametrize(
    ("tops", "width", "height", "at"),
    [
        ((109, 125), 100, 40, {120}),
        ((109.5, 125), 100, 40, set()),
        ((105, 125), 45, 40, set()),
        ((105, 125), 100, 30, set()),
    ],
    ids=["a fifth off", "further off", "without room", "of no two rows"],
)
def test_lines_in_the_middle_of_the_usual_rows_are_of_several(
    tops: tuple[float, float], width: float, height: float, at: set[float]
):
    label = cell((0, 100, width, 100 + height), ("收入", 5, tops[0]), ("支出", 5, tops[1]))
    assert regained([*USUAL, label]) == (set(), at)


def test_one_label_that_had_room_tells_of_two_rows_and_what_began_further_up_stays_whole():
    label = cell((0, 100, 100, 140), ("收入", 5, 105), ("支出", 5, 125))
    narrow = cell((100, 100, 140, 140), ("收入", 105, 105), ("支出", 105, 125))
    in_the_middle = cell((140, 60, 200, 140), ("备注", 145, 95))
    through = cell((200, 80, 300, 140), ("备注", 205, 115))
    edges = lost_rulings([*USUAL, label, narrow, in_the_middle, through], ())
    assert {(edge.x0, edge.x1) for edge in edges if edge.top == edge.bottom == 120} == {
        *((0, 100), (100, 140)),
    }
