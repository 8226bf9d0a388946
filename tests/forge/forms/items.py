"""The forms with one row for each functional code.

Knows their column headers and the tree of 类, 款 and 项. Does not know the two-sided forms.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.forge.catalogue import ancestors, function_names
from tests.forge.forms.writing import FormWriter, Row, code_cells, code_columns, header
from tests.forge.grid import Align, Grid, GridBuilder, GridCell
from tests.forge.ledger import (
    Fen,
    Ledger,
    Money,
    fund_by_item,
    income_by_item,
    spending_by_item,
    sum_measures,
)
from tests.forge.styles import (
    CodeLayout,
    Form,
    HouseStyle,
    StateCapitalLayout,
    TotalRow,
    ZeroMark,
)

CODE_LEVELS = 3
EMPTY_FORM_ROWS = 4
LEVEL_NAMES = ("类", "款", "项")
LONG_HEADER = 6
"""Headers of more characters than this get a wider column."""

Items = Mapping[str, Mapping[str, Fen]]


@dataclass(frozen=True, slots=True)
class Column:
    """One value column.

    Attributes:
        group: Header above, shared by neighbouring columns; '' where the header stands alone.
    """

    measure: str
    title: str
    group: str = ""


def income(ledger: Ledger, style: HouseStyle) -> Grid:
    """Lay out form 02."""
    columns = (
        Column("total", "本年收入合计"),
        Column("fiscal_appropriation", "财政拨款收入"),
        Column("superior_subsidy", "上级补助收入"),
        Column("institutional", "事业收入"),
        Column("operating", "经营收入"),
        Column("affiliated_remittance", "附属单位上缴收入"),
        Column("other", "其他收入"),
    )
    return _lay_out(Form.INCOME, style, columns, income_by_item(ledger), style.total_row)


def expenditure(ledger: Ledger, style: HouseStyle) -> Grid:
    """Lay out form 03."""
    columns = (
        Column("total", "本年支出合计"),
        Column("basic", "基本支出"),
        Column("project", "项目支出"),
        Column("remittance_to_superior", "上缴上级支出"),
        Column("operating", "经营支出"),
        Column("subsidy_to_affiliated", "对附属单位补助支出"),
    )
    return _lay_out(Form.EXPENDITURE, style, columns, spending_by_item(ledger), style.total_row)


def general_budget_expenditure(ledger: Ledger, style: HouseStyle) -> Grid:
    """Lay out form 05."""
    items = fund_by_item(ledger, Money.GENERAL)
    spent = {code: row for code, row in items.items() if row["total"]}
    return _lay_out(
        Form.GENERAL_BUDGET_EXPENDITURE,
        style,
        _spending_columns(style),
        spent,
        style.general_budget_total_row,
    )


def government_fund(ledger: Ledger, style: HouseStyle) -> Grid:
    """Lay out the government-fund form."""
    items = fund_by_item(ledger, Money.GOVERNMENT_FUND)
    return _lay_out(Form.GOVERNMENT_FUND, style, _fund_columns(style), items, style.total_row)


def state_capital(ledger: Ledger, style: HouseStyle) -> Grid:
    """Lay out the state-capital form."""
    items = fund_by_item(ledger, Money.STATE_CAPITAL)
    if style.state_capital_layout is StateCapitalLayout.INCOME_AND_SPENDING:
        columns = _fund_columns(style)
    else:
        columns = _spending_columns(style)
        items = {code: row for code, row in items.items() if row["total"]}
    return _lay_out(Form.STATE_CAPITAL, style, columns, items, style.total_row)


def _spending_columns(style: HouseStyle) -> tuple[Column, ...]:
    group = "本年支出"
    return (
        Column("total", style.words.spending_total, group),
        Column("basic", "基本支出", group),
        Column("project", "项目支出", group),
    )


def _fund_columns(style: HouseStyle) -> tuple[Column, ...]:
    return (
        Column("opening_balance", "年初结转和结余"),
        Column("income", "本年收入"),
        *_spending_columns(style),
        Column("closing_balance", "年末结转和结余"),
    )


def _lay_out(
    form: Form,
    style: HouseStyle,
    columns: Sequence[Column],
    items: Items,
    total_row: TotalRow,
) -> Grid:
    codes = code_columns(style.code_layout, CODE_LEVELS)
    code_widths = (13,) if codes == 1 else (7, 5, 5)
    widths = (*code_widths, 32, *(14 + (len(c.title) > LONG_HEADER) * 3 for c in columns))
    builder = GridBuilder(widths)
    zero = style.zeros.items if items else style.zeros.empty_forms
    writer = FormWriter(form, style, zero, builder)
    _write_header(builder, style, columns, codes)
    if total_row is TotalRow.TOP:
        _write_total(writer, columns, codes, items)
    _write_tree(writer, columns, codes, items)
    builder.put_blank_rows(_blank_rows(style, items), _filler(style))
    if total_row is TotalRow.BOTTOM:
        _write_total(writer, columns, codes, items)
    return builder.build()


def _blank_rows(style: HouseStyle, items: Items) -> int:
    return style.padding_rows if items else max(style.padding_rows, EMPTY_FORM_ROWS)


def _filler(style: HouseStyle) -> str:
    return ZeroMark.WIDE_SPACE.value if style.zeros.items is ZeroMark.WIDE_SPACE else ""


def _write_header(
    builder: GridBuilder, style: HouseStyle, columns: Sequence[Column], codes: int
) -> None:
    is_split = style.code_layout is CodeLayout.SPLIT
    depth = 2 + is_split + style.has_tall_header
    builder.put(header(style.words.item, 0, 0, 1, codes + 1))
    builder.put(header(style.words.function_name, 1, codes, depth - 1))
    code_depth = depth - 1 - is_split
    builder.put(header(style.words.function_code, 1, 0, code_depth, codes))
    if is_split:
        builder.put_texts(depth - 1, LEVEL_NAMES)
    _write_value_headers(builder, columns, codes + 1, depth)
    if style.prints_column_numbers:
        row = builder.start_row()
        builder.put(header(style.words.column_numbers, row, 0, 1, codes + 1))
        numbers = [str(number) for number in range(1, len(columns) + 1)]
        builder.put_texts(row, numbers, first=codes + 1)
    builder.end_header()


def _write_value_headers(
    builder: GridBuilder, columns: Sequence[Column], first: int, depth: int
) -> None:
    groups = [column.group for column in columns]
    for offset, column in enumerate(columns):
        if not column.group:
            builder.put(header(column.title, 0, first + offset, depth))
            continue
        if offset == groups.index(column.group):
            span = groups.count(column.group)
            builder.put(header(column.group, 0, first + offset, 1, span))
        builder.put(header(column.title, 1, first + offset, depth - 1))


def _write_total(writer: FormWriter, columns: Sequence[Column], codes: int, items: Items) -> None:
    row = writer.grid.start_row()
    label = writer.style.words.grand_total
    if writer.style.merges_total_label:
        writer.grid.put(GridCell(label, row, 0, 1, codes + 1))
    else:
        writer.grid.put_texts(row, [*("" for _ in range(codes)), label])
    _write_values(writer, row, Row(label), columns, codes, sum_measures(items.values()))


def _write_tree(writer: FormWriter, columns: Sequence[Column], codes: int, items: Items) -> None:
    for code, measures in with_ancestors(items).items():
        row = writer.grid.start_row()
        cells = code_cells(code, writer.style.code_layout, CODE_LEVELS)
        writer.grid.put_texts(row, cells, Align.LEFT)
        name = function_names()[code]
        writer.grid.put(GridCell(name, row, codes, align=Align.LEFT))
        _write_values(writer, row, Row(name, code), columns, codes, measures)


def with_ancestors(items: Items) -> dict[str, dict[str, Fen]]:
    """Add the 类 and 款 rows that items sum up to, in printing order."""
    codes = sorted({parent for code in items for parent in (*ancestors(code), code)})
    return {
        code: sum_measures(row for item, row in items.items() if item.startswith(code))
        for code in codes
    }


def _write_values(
    writer: FormWriter,
    row: int,
    identity: Row,
    columns: Sequence[Column],
    codes: int,
    measures: Mapping[str, Fen],
) -> None:
    for offset, column in enumerate(columns):
        amount = measures.get(column.measure, 0)
        writer.write_amount(row, codes + 1 + offset, identity, column.measure, amount)
