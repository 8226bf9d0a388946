"""The 三公 form: one row of twelve amounts under two possible headers.

Knows the items and their order. Does not know any other form.
"""

from collections.abc import Mapping

from tests.forge.forms.writing import FormWriter, Row, header
from tests.forge.grid import Grid, GridBuilder
from tests.forge.ledger import Fen, Ledger, ThreePublic
from tests.forge.styles import Form, HouseStyle, ThreePublicLayout

ITEMS = ("total", "overseas", "vehicle", "vehicle_purchase", "vehicle_operation", "reception")
PERIODS = (("budget", "预算数"), ("actual", "决算数"))


def three_public(ledger: Ledger, style: HouseStyle) -> Grid:
    """Lay out the 三公 form."""
    builder = GridBuilder((12,) * len(ITEMS) * len(PERIODS))
    writer = FormWriter(Form.THREE_PUBLIC, style, style.zeros.three_public, builder)
    if style.three_public_layout is ThreePublicLayout.PAIRED:
        _write_paired_header(builder, style)
        order = [(period, item) for item in ITEMS for period, _ in PERIODS]
    else:
        _write_consecutive_header(builder, style)
        order = [(period, item) for period, _ in PERIODS for item in ITEMS]
    amounts = {"budget": _amounts(ledger.budgeted), "actual": _amounts(ledger.actual)}
    row = builder.start_row()
    for column, (period, item) in enumerate(order):
        writer.write_amount(row, column, Row(""), f"{period}_{item}", amounts[period][item])
    return builder.build()


def _amounts(expenses: ThreePublic) -> Mapping[str, Fen]:
    return {
        "total": expenses.total,
        "overseas": expenses.overseas,
        "vehicle": expenses.vehicle,
        "vehicle_purchase": expenses.vehicle_purchase,
        "vehicle_operation": expenses.vehicle_operation,
        "reception": expenses.reception,
    }


def _write_consecutive_header(builder: GridBuilder, style: HouseStyle) -> None:
    for period, (_, title) in enumerate(PERIODS):
        first = period * len(ITEMS)
        builder.put(header(title, 0, first, 1, len(ITEMS)))
        _write_item_headers(builder, style, 1, first, 1)
    if style.prints_column_numbers:
        row = builder.start_row()
        builder.put_texts(row, [str(number + 1) for number in range(len(builder.widths))])
    builder.end_header()


def _write_paired_header(builder: GridBuilder, style: HouseStyle) -> None:
    pair = len(PERIODS)
    _write_item_headers(builder, style, 0, 0, pair)
    row = builder.start_row()
    builder.put_texts(row, [title for _ in ITEMS for _, title in PERIODS])
    if style.prints_column_numbers:
        row = builder.start_row()
        builder.put_texts(row, [str(number + 1) for number in range(len(builder.widths))])
    builder.end_header()


def _write_item_headers(
    builder: GridBuilder, style: HouseStyle, row: int, first: int, width: int
) -> None:
    """Two rows of headers whose items are ``width`` columns wide."""
    words = style.words
    depth = 2 if style.merges_three_public_header else 1
    alone = (("合计", 0), (words.overseas, 1), ("公务接待费", 5))
    parts = (("小计", 2), ("公务用车购置费", 3), (words.vehicle_operation, 4))
    for text, item in alone:
        builder.put(header(text, row, first + item * width, depth, width))
        if depth == 1:
            builder.put(header("", row + 1, first + item * width, 1, width))
    builder.put(header(words.vehicle, row, first + 2 * width, 1, len(parts) * width))
    for text, item in parts:
        builder.put(header(text, row + 1, first + item * width, 1, width))
