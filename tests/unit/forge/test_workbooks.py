"""Workbooks show what the document prints, whatever their cells hold, and hide other numbers."""

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
import pytest
import xlrd
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.forge.blocks import Section, TableBlock
from tests.forge.disclosure import draft
from tests.forge.invention import Character, invent_ledger
from tests.forge.styles import NAMED_STYLES, HouseStyle, ZeroMark, ZeroMarks
from tests.forge.workbook import GENERAL
from tests.forge.workbook_habits import (
    AmountCells,
    BlankCells,
    ColumnHiding,
    FormSheets,
    Mask,
    WorkbookHabits,
    draw_habits,
)
from tests.forge.xls_writer import write_xls
from tests.forge.xlsx_writer import write_xlsx

LEDGER = invent_ledger(
    random.Random(5),  # noqa: S311 - reproducible, and nothing is kept secret
    character=Character(12, "2120101", ("2120102",), carries_over=True, has_government_fund=True),
)
DASHING = ZeroMarks(*[ZeroMark.DASH] * 5)
STYLES = (*NAMED_STYLES, replace(NAMED_STYLES[1], name="dashes", zeros=DASHING))
HIDING = WorkbookHabits(hides_columns=True, hides_rows=True, hides_sheets=True)
DRAWN = [draw_habits(seed) for seed in range(6)]


def sections_of(style: HouseStyle) -> tuple[Section, ...]:
    return draft(LEDGER, style).sections()


def squeezed(text: str) -> str:
    return "".join(text.split())


def printed(sections: Iterable[Section]) -> Counter[str]:
    """Every text of the document."""
    texts: list[str] = []
    for section in sections:
        for block in section.blocks:
            if isinstance(block, TableBlock):
                texts += (cell.text for cell in block.grid.cells)
            else:
                texts += (block.text, block.right)
    return Counter(filter(None, map(squeezed, texts)))


def shown_number(value: Decimal, number_format: str) -> str:
    """What a spreadsheet shows of a number; of the formats that departments use."""
    if number_format == GENERAL:
        return f"{value.normalize():f}"
    if number_format.startswith('[=0]"";'):
        number_format = number_format.partition(";")[2] if value else ""
    sections = number_format.split(";")
    place = 0 if value > 0 else min(1 if value < 0 else 2, len(sections) - 1)
    if value == 0 and len(sections) < 3:
        place = 0
    section = re.sub(r"\[Red\]|_.|\* |\?", "", sections[place]).replace("\\", "").strip()
    digits = re.search(r"#,##0(\.0+)?|0+(\.0+)?", section)
    if digits is None:
        return section.replace('"', "")
    decimals = len((digits[1] or digits[2] or ".")[1:])
    rounded = abs(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    written = f"{rounded:,f}" if "," in digits[0] else f"{rounded:f}"
    least = len(digits[0].partition(".")[0])
    if "," not in digits[0]:
        written = written.rjust(len(written) + least - len(written.partition(".")[0]), "0")
    sign = "-" if place == 0 and value < 0 else ""
    return sign + section.replace(digits[0], written)


def test_numbers_are_shown_as_spreadsheets_show_them():
    cases = {
        ("1234.5", "#,##0.00_);(#,##0.00)"): "1,234.50",
        ("-3", "0.00"): "-3.00",
        ("-3", "#,##0.00_ ;[Red]\\-#,##0.00\\ "): "-3.00",
        ("0", '_ * 0.00_ ;_ * \\-0.00_ ;_ * "-"??_ ;_ @_ '): "-",
        ("0", "0.00;\\-0.00;"): "",
        ("0", '[=0]"";0.00'): "",
        ("5", "00"): "05",
        ("12.3", GENERAL): "12.3",
    }
    for (value, number_format), shown in cases.items():
        assert shown_number(Decimal(value), number_format).strip() == shown


def shown(cell: Cell, sheet: Worksheet) -> str:
    value = cell.value
    if value is None or cell.number_format == ";;;" or is_white(cell):
        return ""
    if isinstance(value, str):
        return value
    if value == 0 and sheet.sheet_view.showZeros is False:
        return ""
    return shown_number(Decimal(str(value)), cell.number_format)


def is_white(cell: Cell) -> bool:
    colour = cell.font.color
    return colour is not None and colour.rgb == "FFFFFFFF"


def written_cells(sheet: Worksheet) -> list[Cell]:
    """The cells of a sheet; ``iter_rows`` would make all that lie between them, a million."""
    return list(sheet._cells.values())


def visible_texts(path: Path) -> Counter[str]:
    """Every text that a person sees in the workbook, as openpyxl reads it."""
    texts: list[str] = []
    for sheet in openpyxl.load_workbook(path, data_only=True).worksheets:
        if sheet.sheet_state == "visible":
            texts += (
                shown(cell, sheet)
                for cell in written_cells(sheet)
                if cell.value is not None and not is_hidden(cell, sheet)
            )
    return Counter(filter(None, map(squeezed, texts)))


def is_hidden(cell: Cell, sheet: Worksheet) -> bool:
    is_hidden_column = sheet.column_dimensions[get_column_letter(cell.column)].hidden
    return is_hidden_column or sheet.row_dimensions[cell.row].hidden


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
@pytest.mark.parametrize("habits", [WorkbookHabits(), *DRAWN], ids=lambda habits: habits.seed)
def test_a_workbook_shows_what_the_document_prints(
    style: HouseStyle, habits: WorkbookHabits, tmp_path: Path
):
    sections = sections_of(style)
    write_xlsx(sections, tmp_path / "forged.xlsx", habits)
    assert visible_texts(tmp_path / "forged.xlsx") == printed(sections)


@pytest.mark.parametrize("mask", Mask)
@pytest.mark.parametrize("blanks", BlankCells)
def test_every_number_format_shows_what_the_document_prints(
    mask: Mask, blanks: BlankCells, tmp_path: Path
):
    sections = sections_of(STYLES[2])
    habits = WorkbookHabits(mask=mask, blanks=blanks, keeps_digits=True, has_numeric_codes=True)
    write_xlsx(sections, tmp_path / "forged.xlsx", habits)
    assert visible_texts(tmp_path / "forged.xlsx") == printed(sections)


def test_rows_columns_and_sheets_with_other_numbers_are_hidden(tmp_path: Path):
    path = tmp_path / "forged.xlsx"
    write_xlsx(sections_of(STYLES[1]), path, HIDING)
    sheets = openpyxl.load_workbook(path).worksheets
    (last_year,) = (sheet for sheet in sheets if sheet.sheet_state == "hidden")
    assert numbers_in(cell for row in last_year.iter_rows() for cell in row) > 20
    forms = [sheet for sheet in sheets if any(hidden_cells(sheet))]
    assert len(forms) > 8
    assert all(numbers_in(hidden_cells(sheet)) for sheet in forms)


@pytest.mark.parametrize("hiding", ColumnHiding)
def test_a_helper_column_is_there_and_nobody_sees_it(hiding: ColumnHiding, tmp_path: Path):
    sections = sections_of(STYLES[1])
    habits = WorkbookHabits(hides_columns=True, column_hiding=hiding)
    path = tmp_path / "forged.xlsx"
    write_xlsx(sections, path, habits)
    cells = [
        cell
        for sheet in openpyxl.load_workbook(path).worksheets
        for cell in written_cells(sheet)
        if not isinstance(cell, MergedCell) and is_unseen(cell, sheet)
    ]
    assert numbers_in(cells) > 50
    assert visible_texts(path) == printed(sections)


def is_unseen(cell: Cell, sheet: Worksheet) -> bool:
    return is_white(cell) or cell.number_format == ";;;" or is_hidden(cell, sheet)


def test_forms_may_stand_side_by_side_in_cells_that_are_not_merged(tmp_path: Path):
    sections = sections_of(STYLES[1])
    path = tmp_path / "forged.xlsx"
    habits = WorkbookHabits(
        form_sheets=FormSheets.SIDE_BY_SIDE, centres_across=True, has_far_cells=True
    )
    write_xlsx(sections, path, habits)
    first = openpyxl.load_workbook(path).worksheets[3]
    columns = {cell.value: cell.column for row in first["A1:AZ9"] for cell in row if cell.value}
    assert columns["收入支出决算总表"] < columns["收入决算表"]
    # Notes below a form are merged all the same, so that their lines are broken.
    heads = [merged for merged in first.merged_cells.ranges if merged.min_row < 10]
    assert heads
    assert all(merged.min_row < merged.max_row for merged in heads)
    assert first.max_row > 20_000
    assert visible_texts(path) == printed(sections)


def hidden_cells(sheet: Worksheet) -> Iterator[Cell]:
    return (cell for cell in written_cells(sheet) if is_hidden(cell, sheet))


def numbers_in(cells: Iterable[Cell]) -> int:
    return sum(isinstance(cell.value, int | float) for cell in cells)


def test_formulas_refer_to_a_hidden_sheet_that_says_the_same(tmp_path: Path):
    path = tmp_path / "forged.xlsx"
    write_xlsx(sections_of(STYLES[2]), path, WorkbookHabits(amounts=AmountCells.FORMULAS))
    written, results = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    base = written["基础数据"]
    assert base.sheet_state == "hidden"
    checked = 0
    for sheet in written.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            refers = re.fullmatch(r"=基础数据!([A-Z]+\d+)/10000", str(cell.value))
            if refers:
                result = results[sheet.title][cell.coordinate].value
                assert base[refers[1]].value / 10000 == pytest.approx(result)
                checked += 1
    assert checked > 50


def test_forms_may_share_sheets(tmp_path: Path):
    sections = sections_of(STYLES[1])
    write_xlsx(sections, tmp_path / "each.xlsx")
    write_xlsx(sections, tmp_path / "few.xlsx", WorkbookHabits(form_sheets=FormSheets.STACKED))
    each, few = (
        openpyxl.load_workbook(tmp_path / name).sheetnames for name in ("each.xlsx", "few.xlsx")
    )
    assert len(each) - len(few) == 6
    assert each[:3] == ["封面", "目录", "部门概况"]
    assert each[3] == "1.收入支出决算总表"


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
@pytest.mark.parametrize("habits", [HIDING, *DRAWN], ids=lambda habits: habits.seed)
def test_an_old_workbook_holds_the_values_of_the_new_one(
    style: HouseStyle, habits: WorkbookHabits, tmp_path: Path
):
    sections = sections_of(style)
    new, old = tmp_path / "forged.xlsx", tmp_path / "forged.xls"
    write_xlsx(sections, new, habits)
    write_xls(sections, old, habits)
    assert values_of_old(old) == values_of_new(new)


Values = dict[str, tuple[bool, dict[tuple[int, int], object]]]
"""Of each sheet, whether it is hidden, and what its cells hold, formulas by their results."""


def values_of_old(path: Path) -> Values:
    return {
        sheet.name: (
            sheet.visibility > 0,
            {
                (row, column): value
                for row in range(sheet.nrows)
                for column, value in enumerate(sheet.row_values(row))
                if value != ""
            },
        )
        # Rows end where they end, and not where the widest one does.
        for sheet in xlrd.open_workbook(path, ragged_rows=True).sheets()
    }


def values_of_new(path: Path) -> Values:
    return {
        sheet.title: (
            sheet.sheet_state != "visible",
            {
                (cell.row - 1, cell.column - 1): cell.value
                for cell in written_cells(sheet)
                if cell.value is not None
            },
        )
        for sheet in openpyxl.load_workbook(path, data_only=True).worksheets
    }


@pytest.mark.parametrize("write", [write_xlsx, write_xls])
def test_writing_twice_gives_the_same_bytes(write, tmp_path: Path):
    sections = sections_of(STYLES[2])
    for name in ("first", "second"):
        write(sections, tmp_path / name, DRAWN[1])
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()
