"""Form 06: basic expenditure by economic code, in blocks side by side.

Knows which 类 stand in which block. Does not know functional codes.
"""

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from pipelines.domain.amount import PrintedUnit
from tests.forge.catalogue import CLASS_DIGITS, economic_children, economic_names
from tests.forge.forms.writing import FormWriter, Row, code_columns, header, printed_code, put_code
from tests.forge.grid import Grid, GridBuilder, GridCell
from tests.forge.ledger import RARE_CLASSES, Fen, Ledger
from tests.forge.styles import CodeLayout, EconomicBlocks, Form, HouseStyle

CODE_LEVELS = 2
LEVEL_NAMES = ("类", "款")
USUAL_DECIMALS = 2
AMOUNT, WIDE_AMOUNT = 15, 21
WIDE, NARROW = 25, 13
"""Relative widths of the names' columns."""

BLOCKS: Mapping[EconomicBlocks, tuple[tuple[str, ...], ...]] = {
    EconomicBlocks.TWO: (("301", "303"), ("302", "310")),
    EconomicBlocks.THREE: (("301", "303"), ("302",), ("307", "310", "399")),
}


def basic_expenditure(ledger: Ledger, style: HouseStyle) -> Grid:
    """Lay out form 06."""
    rare = tuple(code for code in RARE_CLASSES if ledger.economic_class(code))
    *others, last = BLOCKS[style.economic_blocks]
    blocks = (*others, (*last, *rare))
    codes = code_columns(style.economic_code_layout, CODE_LEVELS)
    width = codes + 2
    code_widths = (7,) * codes if codes > 1 else (11,)
    amount_width = WIDE_AMOUNT if _prints_long_amounts(style) else AMOUNT
    builder = GridBuilder(
        (*code_widths, NARROW if style.narrows_names else WIDE, amount_width) * len(blocks)
    )
    writer = FormWriter(Form.BASIC_EXPENDITURE, style, style.zeros.economic, builder)
    _write_header(builder, style, codes, len(blocks))
    for row_codes in zip_longest(*(_listed_codes(block) for block in blocks), fillvalue=""):
        row = builder.start_row()
        for position, code in enumerate(row_codes):
            _write_item(writer, row, position * width, codes, code, _amount(ledger, code))
    _write_totals(writer, ledger, codes)
    return builder.build()


def _prints_long_amounts(style: HouseStyle) -> bool:
    is_yuan = style.unit_of(Form.BASIC_EXPENDITURE) is PrintedUnit.YUAN
    return is_yuan or style.numbers.decimals > USUAL_DECIMALS


def _listed_codes(parents: Sequence[str]) -> list[str]:
    return [code for parent in parents for code in (parent, *economic_children(parent))]


def _amount(ledger: Ledger, code: str) -> Fen:
    if len(code) == CLASS_DIGITS:
        return ledger.economic_class(code)
    return ledger.economic.get(code, 0)


def _write_header(builder: GridBuilder, style: HouseStyle, codes: int, blocks: int) -> None:
    is_split = style.economic_code_layout is CodeLayout.SPLIT
    depth = 2 if is_split else 1
    for block in range(blocks):
        first = block * (codes + 2)
        builder.put(header(style.words.economic_code, 0, first, 1, codes))
        if is_split:
            builder.put_texts(1, LEVEL_NAMES, first=first)
        builder.put(header("科目名称", 0, first + codes, depth))
        builder.put(header("决算数", 0, first + codes + 1, depth))
    builder.end_header()


def _write_item(
    writer: FormWriter, row: int, column: int, codes: int, code: str, amount: Fen
) -> None:
    if not code:
        writer.grid.put_texts(row, [""] * (codes + 2), first=column)
        return
    name = economic_names()[code]
    is_indented = writer.style.indents_economic_items and len(code) > CLASS_DIGITS
    text = f"  {name}" if is_indented else name
    printed = printed_code(writer.style.economic_code_layout, CODE_LEVELS, writer.style)
    put_code(writer.grid, row, column, Row(text, code), printed)
    writer.write_amount(row, column + codes + 1, Row(name, code), "amount", amount)


def _write_totals(writer: FormWriter, ledger: Ledger, codes: int) -> None:
    row = writer.grid.start_row()
    columns = len(writer.grid.widths)
    block = codes + 2
    for label, amount, first, last in (
        ("人员经费合计", ledger.personnel, 0, block - 1),
        ("公用经费合计", ledger.public_expenses, block, columns - 1),
    ):
        writer.grid.put(GridCell(label, row, first, 1, last - first))
        writer.write_amount(row, last, Row(label), "amount", amount)
    if writer.style.prints_basic_total:
        row, label = writer.grid.start_row(), "基本支出合计"
        writer.grid.put(GridCell(label, row, 0, 1, columns - 1))
        writer.write_amount(row, columns - 1, Row(label), "amount", ledger.general_basic)
