"""A column that slipped by a row is one error, and no other is taken for one."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.auditing.equations import Equation, PrintedAmount
from pipelines.auditing.evidence import Printing
from pipelines.auditing.location import Cause, Fault, locate_faults
from pipelines.auditing.shifts import Shift, find_shifts
from pipelines.auditing.slips import Slip

WAN = Decimal(10_000)
CENT = Decimal(100)
MEASURES = ("total", "basic", "project")
# A total, two classes and their items, in rows 0 to 5.
TREE = {0: (1, 4), 1: (2, 3), 4: (5,)}
BASIC = ("61.05", "40.02", "30.01", "10.01", "21.03", "21.03")
PROJECT = ("15.50", "9.20", "4.10", "5.10", "6.30", "6.30")
ROWS = {("form", ""): [list(range(len(BASIC)))]}

Place = tuple[str, int]
Cells = dict[Place, Decimal]


def column(measure: str) -> tuple[str, ...]:
    return ("form", "", measure)


def table() -> Cells:
    cells: Cells = {}
    for row, (basic, project) in enumerate(zip(BASIC, PROJECT, strict=True)):
        cells["basic", row], cells["project", row] = Decimal(basic), Decimal(project)
        cells["total", row] = Decimal(basic) + Decimal(project)
    return cells


def moved(cells: Cells, measure: str, by: int) -> Cells:
    """A column with all amounts in the row below or above; the outermost is printed nowhere."""
    rest = {place: value for place, value in cells.items() if place[0] != measure}
    return rest | {
        (measure, row + by): value
        for (name, row), value in cells.items()
        if name == measure and row + by in range(len(BASIC))
    }


def locate(
    cells: Cells,
    doubted: Place | None = None,
    stated: Cells | None = None,
    tree: Mapping[int, tuple[int, ...]] = TREE,
) -> list[Fault]:
    """What explains the errors of a table."""
    return locate_faults(*bound(cells, doubted, stated, tree), ROWS)


def bound(
    cells: Cells,
    doubted: Place | None = None,
    stated: Cells | None = None,
    tree: Mapping[int, tuple[int, ...]] = TREE,
) -> tuple[list[PrintedAmount], list[Equation], list[Printing]]:
    """What a table prints, and what binds it.

    Args:
        cells: What it prints.
        doubted: An amount that is in doubt: no equation binds it.
        stated: What the prose says of cells.
        tree: The rows that other rows add up to.
    """
    statements = {
        ("stated " + measure, row): value for (measure, row), value in (stated or {}).items()
    }
    amounts = [
        PrintedAmount(
            key=f"{measure} {row}",
            value=value,
            scale=2,
            unit_yuan=WAN,
            column=column(measure),
            row_index=row,
            row=("form", "", str(row)),
            column_index=[*MEASURES, measure].index(measure),
        )
        for (measure, row), value in (cells | statements).items()
        if (measure, row) != doubted
    ]

    def equation(name: str, terms: dict[Place, int]) -> Equation:
        said = cells | statements
        gap = sum(sign * said.get(place, Decimal(0)) for place, sign in terms.items())
        return Equation(
            name,
            "=",
            is_hard=True,
            fails=abs(gap) > Decimal("0.01") * len(terms),
            signs={
                f"{measure} {row}": sign
                for (measure, row), sign in terms.items()
                if (measure, row) in said
            },
            blanks=tuple(
                (column(measure), row, sign)
                for (measure, row), sign in terms.items()
                if (measure, row) not in said
            ),
        )

    sums = [
        equation(f"{measure} of {row}", {(measure, row): 1, **{(measure, at): -1 for at in parts}})
        for measure in MEASURES
        for row, parts in tree.items()
    ]
    rows = [
        equation(f"row {row}", {("total", row): 1, ("basic", row): -1, ("project", row): -1})
        for row in range(len(BASIC))
    ]
    copies = [
        equation(
            f"{measure} {row}", {(measure, row): 1, (measure.removeprefix("stated "), row): -1}
        )
        for measure, row in statements
    ]
    printings = [
        Printing(
            "form", None if place == doubted else value * WAN, CENT, column(place[0]), place[1]
        )
        for place, value in cells.items()
    ]
    evaluated = [
        each
        for each in (*sums, *rows, *copies)
        if doubted is None or " ".join(map(str, doubted)) not in each.signs
    ]
    return amounts, evaluated, printings


def shifts(cells: Cells) -> list[Shift]:
    """The columns of a table that may have slipped."""
    amounts, equations, printings = bound(cells)
    return find_shifts({each.key: each for each in amounts}, equations, printings, ROWS)


def test_a_table_that_adds_up_has_not_slipped():
    assert locate(table()) == []


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize(("by", "cause"), [(1, Cause.SHIFTED_DOWN), (-1, Cause.SHIFTED_UP)])
def test_a_column_that_slipped_is_one_error(measure, by, cause):
    right = table()
    (fault,) = locate(moved(right, measure, by))
    (explanation,) = fault.explanations
    assert fault.is_located
    assert explanation.cause is cause
    assert {each.slip for each in explanation.culprits} == {Slip.SHIFTED_ROW}
    # What is printed nowhere any more nobody can tell.
    lost = f"{measure} {len(BASIC) - 1 if by > 0 else 0}"
    assert {each.key: each.suggested for each in explanation.culprits} == {
        f"{name} {row}": None if f"{name} {row}" == lost else value
        for (name, row), value in right.items()
        if name == measure and f"{name} {row}" in {each.key for each in explanation.culprits}
    }


@given(
    place=st.sampled_from(sorted(table())),
    change=st.integers(min_value=6, max_value=10**6).map(lambda cents: Decimal(cents) / 100),
)
def test_a_single_wrong_figure_is_no_column_that_slipped(place, change):
    cells = table()
    faults = locate(cells | {place: cells[place] + change})
    causes = {each.cause for fault in faults for each in fault.explanations}
    assert causes == {Cause.FIGURES}


def test_an_error_beside_a_column_that_slipped_is_found_too():
    wrong = moved(table(), "basic", 1) | {("project", 2): Decimal("4.70")}
    faults = locate(wrong)
    shifted = [fault for fault in faults if fault.explanations[0].cause is Cause.SHIFTED_DOWN]
    others = [fault for fault in faults if fault not in shifted]
    assert len(shifted) == 1
    assert {each.key for fault in others for each in fault.explanations[0].culprits} == {
        "project 2"
    }


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("row", range(1, len(BASIC)))
def test_a_column_slips_with_an_amount_that_is_in_doubt(measure, row):
    faults = locate(moved(table(), measure, 1), doubted=(measure, row))
    causes = {each.cause for fault in faults for each in fault.explanations}
    assert causes == {Cause.SHIFTED_DOWN}


def test_an_amount_in_doubt_is_no_column_that_slipped():
    wrong = table() | {("total", 4): Decimal("99.99")}
    faults = locate(wrong, doubted=("basic", 4))
    causes = {each.cause for fault in faults for each in fault.explanations}
    assert causes == {Cause.FIGURES}


@pytest.mark.parametrize(("by", "lost"), [(1, len(BASIC) - 1), (-1, 0)])
def test_a_statement_that_denies_what_is_printed_nowhere_hides_no_shift(by, lost):
    """It failed before the column slipped, and would fail if the column were moved back."""
    right = table()
    wrong = {("basic", lost): right["basic", lost] + 2}
    (fault,) = locate(moved(right, "basic", by), stated=wrong)
    assert fault.is_located
    assert fault.explanations[0].cause in {Cause.SHIFTED_DOWN, Cause.SHIFTED_UP}


@pytest.mark.parametrize("stated", [{}, {("total", 0): Decimal("99.99")}])
def test_a_column_of_one_amount_slips_beside_another_error(stated):
    """One amount may fall into place by chance: the shift has to explain more than figures do."""
    cells = table()
    for row in range(len(BASIC)):
        cells.pop(("basic", row))
    for row in (0, 4, 5):
        cells["basic", row] = Decimal("21.03")
    for row in range(len(BASIC)):
        cells["total", row] = cells["project", row] + cells.get(("basic", row), Decimal(0))
    faults = locate(moved(cells, "basic", 1), stated=stated)
    shifted = [each for each in faults if each.explanations[0].cause is Cause.SHIFTED_DOWN]
    others = [each for each in faults if each not in shifted]
    assert len(shifted) == 1
    assert [each.failing for each in others] == [("stated total 0",) for _ in stated]


def test_the_last_row_may_have_lost_its_amount_to_a_blank_one():
    """What moved into it is blank, and what is printed nowhere is not what stands above it."""
    cells = table()
    for measure in MEASURES:
        cells[measure, 5] = cells[measure, 0]
        for row, before in ((0, 1), (1, 2), (2, 3)):
            cells[measure, row] = cells[measure, before]
        cells[measure, 3] = cells.pop((measure, 4))
    tree = {5: (0, 3), 0: (1, 2)}
    assert locate(cells, tree=tree) == []
    faults = locate(moved(cells, "basic", 1), tree=tree)
    assert [each.explanations[0].cause for each in faults] == [Cause.SHIFTED_DOWN]


def test_figures_that_print_what_they_should_are_no_culprits():
    """The last two rows print the same amount: moved by one, the last of them is right."""
    printed = moved(table(), "basic", -1)
    (fault,) = locate(printed)
    suggested = {each.key: each.suggested for each in fault.explanations[0].culprits}
    assert "basic 4" not in suggested
    assert suggested["basic 3"] == table()["basic", 3]


@pytest.mark.parametrize("measure", MEASURES)
def test_sums_and_rows_agree_about_what_is_printed_nowhere(measure: str):
    """The first of them tells how much it is; those that follow are mended by it."""
    printed = moved(table(), measure, -1)
    (shift,) = (each for each in shifts(printed) if each.suggested[f"{measure} 1"])
    assert {f"{measure} of 0", "row 0"} & shift.mended
    assert {f"{measure} of 1", "row 1", "row 2", "row 3"} <= shift.mended
    assert f"{measure} 0" not in printed or shift.suggested[f"{measure} 0"] is None
    assert shift.is_certain
    assert not shift.is_down


@pytest.mark.parametrize(("different", "is_certain"), [(1, False), (2, True)])
def test_a_column_slipped_for_certain_where_two_amounts_fall_into_place(
    different: int, *, is_certain: bool
):
    cells = table()
    amounts = {0: "30.00", 4: "30.00", 5: "30.00"}
    if different > 1:
        amounts |= {0: "70.00", 1: "40.00", 2: "40.00"}
    for row in range(len(BASIC)):
        cells.pop(("basic", row))
        if row in amounts:
            cells["basic", row] = Decimal(amounts[row])
        cells["total", row] = cells["project", row] + Decimal(amounts.get(row, "0"))
    assert [each.is_certain for each in shifts(moved(cells, "basic", 1))] == [is_certain]


def test_what_need_not_hold_tells_of_no_column_that_slipped():
    amounts, equations, printings = bound(moved(table(), "basic", 1))
    printed = {each.key: each for each in amounts}
    assert find_shifts(printed, equations, printings, ROWS)
    soft = [replace(each, is_hard=False) for each in equations]
    assert find_shifts(printed, soft, printings, ROWS) == []


Said = tuple[str, Mapping[int, int], str]


def says(row: int, amount: str, relation: str = "=") -> Said:
    """An amount of a row, or with a relation a bound of it, that stands outside the column."""
    return relation, {row: 1}, amount


def moves(printed: Mapping[int, str], *said: Said, rows: int = 5) -> list[Shift]:
    """The ways in which a column slipped, of which something outside says what it should print.

    Args:
        printed: Amounts by row.
        said: Relations, what is added up of the column, and what that should be.
        rows: How many rows there are.
    """

    def amount(key: str, value: str, column: tuple[str, ...], row: int) -> PrintedAmount:
        places = {"row": ("form", "", f"{row}"), "column_index": 0}
        return PrintedAmount(key, Decimal(value), 2, WAN, column, row, **places)

    outside = {
        f"said {at}": amount(f"said {at}", said[at][2], ("x",), at) for at in range(len(said))
    }
    inside = {f"{row}": amount(f"{row}", value, ("c", ""), row) for row, value in printed.items()}
    equations = []
    for number, (relation, signs, value) in enumerate(said):
        terms = {row: Decimal(printed.get(row, 0)) for row in signs}
        gap = sum(sign * terms[row] for row, sign in signs.items()) - Decimal(value)
        equations.append(
            Equation(
                f"{number}",
                relation,
                is_hard=True,
                fails={"=": gap != 0, "<=": gap > 0, ">=": gap < 0}[relation],
                signs={
                    **{f"{row}": sign for row, sign in signs.items() if row in printed},
                    f"said {number}": -1,
                },
                blanks=(
                    (("beside",), number, 1),
                    *((("c", ""), row, sign) for row, sign in signs.items() if row not in printed),
                ),
            )
        )
    printings = [
        Printing("c", each.yuan, CENT, each.column, each.row_index) for each in inside.values()
    ]
    return find_shifts(outside | inside, equations, printings, {("c", ""): [list(range(rows))]})


@pytest.mark.parametrize(
    ("bound", "is_met"),
    [
        (says(1, "15.00", ">="), True),
        # Each of the two amounts may be half a cent more or less.
        (says(1, "20.01", ">="), True),
        (says(1, "20.02", ">="), False),
        (says(1, "20.01"), True),
        (says(1, "20.02"), False),
        (says(1, "19.99"), True),
        (says(1, "19.98"), False),
    ],
)
def test_what_slipped_down_meets_a_bound_up_to_rounding(bound: Said, *, is_met: bool):
    shifts = moves({1: "10.00", 2: "20.00", 3: "30.00"}, says(0, "10.00"), bound)
    assert [each.mended for each in shifts] == [{"0", "1"}] * is_met


@pytest.mark.parametrize(("limit", "is_met"), [("19.99", True), ("19.98", False)])
def test_what_slipped_down_stays_below_a_bound_up_to_rounding(limit: str, *, is_met: bool):
    shifts = moves({1: "30.00", 2: "20.00", 3: "10.00"}, says(0, "30.00"), says(1, limit, "<="))
    assert [each.mended for each in shifts] == [{"0", "1"}] * is_met


@pytest.mark.parametrize(
    ("amount", "bound", "is_met"),
    [
        ("40.00", says(3, "35.00", ">="), True),
        ("20.00", says(3, "25.00", "<="), True),
        ("40.00", says(3, "40.01", ">="), True),
        ("40.00", says(3, "40.03", ">="), False),
        ("20.00", says(3, "19.99", "<="), True),
        ("20.00", says(3, "19.97", "<="), False),
        ("40.00", says(3, "39.99"), True),
        ("40.00", says(3, "39.97"), False),
    ],
)
def test_two_have_to_agree_about_what_is_printed_nowhere(amount: str, bound: Said, *, is_met: bool):
    """The last row has lost its amount: two say what it was, the second is mended by that."""
    shifts = moves(
        {1: "10.00", 2: "20.00", 3: "30.00"}, says(0, "10.00"), says(3, amount), bound, rows=4
    )
    assert [each.mended for each in shifts] == [{"0", "2"}] * is_met


def test_of_two_ways_the_one_that_mends_more_is_told():
    """Moved down the first row would be printed nowhere, moved up all are what they should be."""
    (shift,) = moves(
        {0: "10.00", 1: "20.00", 2: "10.00", 3: "20.00", 4: "10.00"},
        says(0, "20.00"),
        says(1, "10.00"),
        says(2, "20.00"),
    )
    assert shift.is_down
    assert shift.mended == {"0", "1", "2"}


def test_the_outermost_row_that_prints_an_amount_may_have_lost_it():
    """Below it a row is blank, and was blank before the column slipped."""
    (shift,) = moves(
        {1: "10.00", 2: "20.00", 3: "30.00"},
        says(0, "10.00"),
        says(1, "20.00"),
        says(2, "30.00"),
        says(3, "40.00"),
        says(3, "35.00", ">="),
    )
    assert shift.mended == {"0", "1", "2", "4"}
    assert shift.suggested == {"1": 20 * WAN, "2": 30 * WAN, "3": None}


@pytest.mark.parametrize("row", [1, 8])
def test_what_holds_already_does_not_speak_for_a_move(row: int):
    """However often a row that stays what it is, or the last one, is said to be what it prints."""
    printed = dict.fromkeys(range(1, 9), "20.00")
    held = [says(row, "20.00")] * 6
    assert moves(printed, says(0, "20.00"), says(2, "99.00"), *held, rows=9) == []


@pytest.mark.parametrize(("mended", "is_told"), [(4, False), (5, True)])
def test_for_each_that_another_error_breaks_more_than_four_are_mended(
    mended: int, *, is_told: bool
):
    amounts = [f"{row + 1}0.00" for row in range(6)]
    printed = {row + 1: amount for row, amount in enumerate(amounts)}
    right = [says(row, amounts[row]) for row in range(mended)]
    shifts = moves(printed, *right, says(5, "99.00"), rows=7)
    assert [len(each.mended) for each in shifts] == [mended] * is_told


@pytest.mark.parametrize(("third", "is_certain"), [("7.00", False), ("8.00", True)])
def test_an_amount_that_stays_in_its_place_makes_nothing_certain(third: str, *, is_certain: bool):
    """The third row prints what the fourth one does, so that it prints the same when moved."""
    (shift,) = moves(
        {1: "30.00", 2: third, 3: "7.00", 4: "7.00"},
        says(0, "30.00"),
        ("=", {0: 1, 2: 1}, "37.00"),
    )
    assert shift.is_certain is is_certain


def test_one_amount_is_no_column():
    assert moves({1: "10.00"}, says(0, "10.00"), says(0, "10.00")) == []


@pytest.mark.parametrize(("others", "is_told"), [(1, True), (2, False)])
def test_what_denies_that_an_amount_was_lost_speaks_against_a_move(others: int, *, is_told: bool):
    denying = [says(3, f"{row}00.00") for row in range(1, others + 1)]
    shifts = moves(
        {1: "10.00", 2: "20.00", 3: "30.00"},
        *(says(0, "10.00"), says(3, "40.00"), says(3, "40.00")),
        *denying,
        rows=4,
    )
    assert [each.mended for each in shifts] == [{"0", "2"}] * is_told


def test_what_holds_says_first_what_is_printed_nowhere():
    """Of the last row's amount one says what is printed there, and two that it was another."""
    (shift,) = moves(
        {1: "10.00", 2: "20.00", 3: "30.00"},
        *(says(0, "10.00"), says(1, "20.00"), says(2, "30.00")),
        *(says(3, "30.00"), says(3, "40.00"), says(3, "40.00")),
        rows=4,
    )
    assert shift.mended == {"0", "1", "2"}


@pytest.mark.parametrize(("lost", "is_certain"), [((), False), ((says(3, "40.00"),), True)])
def test_two_that_agree_about_what_is_printed_nowhere_speak_for_a_move(
    lost: tuple[Said, ...], *, is_certain: bool
):
    """What a lone equation adds up beside it has not fallen into place: it may be anything."""
    (shift,) = moves(
        {1: "10.00", 2: "20.00", 3: "30.00"},
        *(says(0, "10.00"), says(0, "10.00")),
        *(("=", {2: 1, 3: 1}, "70.00"), *lost),
        rows=4,
    )
    assert shift.is_certain is is_certain
