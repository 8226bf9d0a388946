"""The 三公 form: one row of amounts under two possible headers, or a row for each item.

Knows the items and their order. Does not know any other form.
"""

from collections.abc import Callable, Mapping

from tests.forge.forms.writing import FormWriter, Row, header
from tests.forge.grid import Align, Grid, GridBuilder, GridCell
from tests.forge.ledger import Fen, Ledger, ThreePublic
from tests.forge.styles import Form, HouseStyle, ThreePublicLayout, ZeroMark

ITEMS = ("total", "overseas", "vehicle", "vehicle_purchase", "vehicle_operation", "reception")
FURTHER_ITEMS = ("meeting", "training")
PERIODS = (("budget", "预算数"), ("actual", "决算数"))
GROUP = "财政拨款“三公”经费"


def three_public(ledger: Ledger, style: HouseStyle) -> Grid:
    """Lay out the 三公 form."""
    if style.three_public_layout is ThreePublicLayout.ROWS:
        return _rows(ledger, style)
    items = _items(style)
    builder = GridBuilder((12,) * len(items) * len(PERIODS))
    writer = FormWriter(Form.THREE_PUBLIC, style, style.zeros.three_public, builder)
    top = 1 if style.heads_three_public else 0
    if top:
        builder.put(header(GROUP, 0, 0, 1, len(builder.widths)))
    if style.three_public_layout is ThreePublicLayout.PAIRED:
        _write_paired_header(builder, style, top)
        order = [(period, item) for item in items for period, _ in PERIODS]
    else:
        _write_consecutive_header(builder, style, top)
        order = [(period, item) for period, _ in PERIODS for item in items]
    amounts = _by_period(ledger)
    row = builder.start_row()
    for column, (period, item) in enumerate(order):
        writer.write_amount(row, column, Row(""), f"{period}_{item}", amounts[period][item])
    return builder.build()


def has_amounts(ledger: Ledger, style: HouseStyle) -> bool:
    """Whether the form has anything to show."""
    items = set(_items(style))
    if style.three_public_layout is ThreePublicLayout.ROWS:
        items = {item for _, item in _labelled_items(style) if item}
    return any(amounts[item] for amounts in _by_period(ledger).values() for item in items)


def _items(style: HouseStyle) -> tuple[str, ...]:
    return (*ITEMS, *FURTHER_ITEMS) if style.has_meeting_training else ITEMS


def _by_period(ledger: Ledger) -> Mapping[str, Mapping[str, Fen]]:
    return {
        "budget": _amounts(ledger.budgeted, ledger.budgeted_beyond),
        "actual": _amounts(ledger.actual, ledger.actual_beyond),
    }


def _amounts(expenses: ThreePublic, beyond: Mapping[str, Fen]) -> Mapping[str, Fen]:
    return {
        "total": expenses.total,
        "overseas": expenses.overseas,
        "vehicle": expenses.vehicle,
        "vehicle_purchase": expenses.vehicle_purchase,
        "vehicle_operation": expenses.vehicle_operation,
        "reception": expenses.reception,
        **beyond,
    }


def _write_consecutive_header(builder: GridBuilder, style: HouseStyle, top: int) -> None:
    width = len(_items(style))
    for period, (_, title) in enumerate(PERIODS):
        first = period * width
        builder.put(header(title, top, first, 1, width))
        _write_item_headers(builder, style, top + 1, first, 1)
    if style.prints_column_numbers:
        row = builder.start_row()
        builder.put_texts(row, [str(number + 1) for number in range(len(builder.widths))])
    builder.end_header()


def _write_paired_header(builder: GridBuilder, style: HouseStyle, top: int) -> None:
    pair = len(PERIODS)
    _write_item_headers(builder, style, top, 0, pair)
    row = builder.start_row()
    builder.put_texts(row, [title for _ in _items(style) for _, title in PERIODS])
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
    alone = [("合计", 0), (words.overseas, 1), ("公务接待费", 5)]
    if style.has_meeting_training:
        alone += [("会议费", 6), ("培训费", 7)]
    parts = (("小计", 2), ("公务用车购置费", 3), (words.vehicle_operation, 4))
    for text, item in alone:
        builder.put(header(text, row, first + item * width, depth, width))
        if depth == 1:
            builder.put(header("", row + 1, first + item * width, 1, width))
    builder.put(header(words.vehicle, row, first + 2 * width, 1, len(parts) * width))
    for text, item in parts:
        builder.put(header(text, row + 1, first + item * width, 1, width))


def _rows(ledger: Ledger, style: HouseStyle) -> Grid:
    """One row for each item, with a column for what was budgeted and one for what was spent."""
    number = (6,) if style.prints_line_numbers else ()
    builder = GridBuilder((44, *number, 18, 18))
    writer = FormWriter(Form.THREE_PUBLIC, style, style.zeros.three_public, builder)
    titles = ["行次"] if style.prints_line_numbers else []
    builder.put_texts(0, [style.words.item, *titles, *(title for _, title in PERIODS)])
    if style.prints_column_numbers:
        blank = [""] * len(titles)
        builder.put_texts(1, [style.words.column_numbers, *blank, "1", "2"])
    builder.end_header()
    amounts = _by_period(ledger)
    for line, (label, item) in enumerate(_labelled_items(style), start=1):
        row = builder.start_row()
        builder.put(GridCell(label, row, 0, align=Align.LEFT))
        if style.prints_line_numbers:
            builder.put(GridCell(str(line), row, 1))
        _write_periods(writer, row, label, item, amounts)
    _write_counts(builder, ledger, style)
    return builder.build()


def _write_periods(
    writer: FormWriter,
    row: int,
    label: str,
    item: str,
    amounts: Mapping[str, Mapping[str, Fen]],
) -> None:
    first = len(writer.grid.widths) - len(PERIODS)
    for offset, (period, _) in enumerate(PERIODS):
        if item:
            amount = amounts[period][item]
            writer.write_amount(row, first + offset, Row(label), f"{period}_{item}", amount)
        else:
            writer.grid.put(GridCell("", row, first + offset))


def _labelled_items(style: HouseStyle) -> list[tuple[str, str]]:
    """Labels and items from the top; a heading has no item."""
    words = style.words
    labelled = [
        ("一、“三公”经费支出", ""),
        ("（一）支出合计", "total"),
        (f"  1．{words.overseas}", "overseas"),
        (f"  2．{words.vehicle}", "vehicle"),
        ("    （1）公务用车购置费", "vehicle_purchase"),
        (f"    （2）{words.vehicle_operation}", "vehicle_operation"),
        ("  3．公务接待费", "reception"),
    ]
    further = []
    if style.has_agency_rows:
        further.append(("机关运行经费", "agency_operation"))
    if style.has_meeting_training:
        further += [("会议费", "meeting"), ("培训费", "training")]
    ordinals = "二三四"
    return labelled + [
        (f"{ordinal}、{label}", item)
        for ordinal, (label, item) in zip(ordinals, further, strict=False)
    ]


COUNTED: tuple[tuple[str, Callable[[Ledger], int]], ...] = (
    ("1．因公出国（境）团组数（个）", lambda ledger: ledger.counts.delegations),
    ("2．因公出国（境）人次数（人）", lambda ledger: ledger.counts.travellers),
    ("3．公务用车购置数（辆）", lambda ledger: ledger.counts.vehicles_bought),
    ("4．公务用车保有量（辆）", lambda ledger: ledger.counts.vehicles_kept),
    ("5．国内公务接待批次（个）", lambda ledger: ledger.counts.receptions),
    ("6．国内公务接待人次（人）", lambda ledger: ledger.counts.guests),
)


def counts_of(ledger: Ledger, style: HouseStyle) -> tuple[str, ...]:
    """Numbers below the items that are no amounts, and so no figures."""
    has_rows = style.three_public_layout is ThreePublicLayout.ROWS
    if not (has_rows and style.has_three_public_counts):
        return ()
    return tuple(str(of(ledger)) for _, of in COUNTED)


def _write_counts(builder: GridBuilder, ledger: Ledger, style: HouseStyle) -> None:
    if not style.has_three_public_counts:
        return
    labels = (label for label, _ in COUNTED)
    counted = [
        ("（二）相关统计数", ""),
        *zip(labels, counts_of(ledger, style), strict=True),
    ]
    for label, text in counted:
        row = builder.start_row()
        blanks = [""] * (len(builder.widths) - 3)
        unbudgeted = ZeroMark.BLANK.value if not text else "—"
        builder.put_texts(row, [label, *blanks, unbudgeted, text])
