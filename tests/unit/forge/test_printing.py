"""What the forms show and what is recorded of them are the same."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.forge.grid import Grid
from tests.forge.invention import Character, invent_ledger
from tests.forge.ledger import Ledger
from tests.forge.printing import UnprintableLedgerError, print_forms
from tests.forge.strategies import printable_pairs
from tests.forge.styles import (
    METROPOLITAN,
    MINISTRY_2022,
    NAMED_STYLES,
    OLDER_COUNTY,
    Form,
    HouseStyle,
)

PLAIN = Character(headcount=20, running_item="2010301", project_items=("2010302",))


def plain_ledger(seed: int = 1) -> Ledger:
    return invent_ledger(random.Random(seed), character=PLAIN)  # noqa: S311


def squeezed(text: str) -> str:
    return "".join(text.split())


def covered(grid: Grid) -> list[tuple[int, int]]:
    return [
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]


@given(printable_pairs())
@settings(max_examples=30, deadline=None)
def test_grids_are_whole_and_hold_what_is_recorded(pair: tuple[Ledger, HouseStyle]):
    for form in print_forms(*pair):
        grid = form.grid
        whole = [(r, c) for r in range(grid.row_count) for c in range(grid.column_count)]
        assert sorted(covered(grid)) == whole, form.title
        texts = {(cell.row, cell.column): cell.text for cell in grid.cells}
        for placed in grid.figures:
            assert placed.figure.amount_text.strip()
            assert texts[placed.row, placed.column] == placed.figure.amount_text
            assert squeezed(placed.figure.row_label) == placed.figure.row_label
            assert placed.figure.form == form.form


@pytest.mark.parametrize("style", NAMED_STYLES, ids=lambda style: style.name)
def test_nine_forms_are_printed_in_the_order_of_the_house(style: HouseStyle):
    forms = print_forms(plain_ledger(), style)
    assert tuple(form.form for form in forms) == style.forms()
    assert {form.form for form in forms} == set(Form)


def test_one_number_means_different_forms_in_different_houses():
    by_style = {
        style.name: {form.number_text: form.form for form in print_forms(plain_ledger(), style)}
        for style in (OLDER_COUNTY, MINISTRY_2022)
    }
    assert by_style["older county"]["公开07表"] is Form.THREE_PUBLIC
    assert by_style["ministry 2022"]["公开07表"] is Form.GOVERNMENT_FUND


def test_codes_split_over_three_cells_are_recorded_joined():
    income = next(f for f in print_forms(plain_ledger(), METROPOLITAN) if f.form is Form.INCOME)
    placed = next(p for p in income.grid.figures if len(p.figure.row_code) == 7)
    cells = "".join(income.grid.text_at(placed.row, column) for column in range(3))
    assert cells == placed.figure.row_code


def test_an_empty_fund_form_says_that_it_has_no_data():
    forms = print_forms(plain_ledger(), MINISTRY_2022)
    fund = next(form for form in forms if form.form is Form.GOVERNMENT_FUND)
    assert any("无数据" in note for note in fund.notes)
    assert fund.figures == ()


def test_a_printed_zero_is_recorded_where_the_house_prints_zeros():
    forms = print_forms(plain_ledger(), OLDER_COUNTY)
    fund = next(form for form in forms if form.form is Form.GOVERNMENT_FUND)
    assert {figure.amount_text for figure in fund.figures} == {"0"}


def test_state_capital_needs_a_line_in_the_summaries():
    ledger = invent_ledger(
        random.Random(1),  # noqa: S311
        character=replace(PLAIN, has_state_capital=True),
    )
    with pytest.raises(UnprintableLedgerError, match="older county"):
        print_forms(ledger, OLDER_COUNTY)
