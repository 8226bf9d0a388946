"""Forms that some provinces print beside the nine: by unit, of projects, of economic classes.

Knows their rows and columns. Does not know the nine forms.
"""

from collections.abc import Callable, Mapping, Sequence

from tests.forge.catalogue import economic_names
from tests.forge.forms.assets import asset_holdings
from tests.forge.forms.coded import CodedForm, Column, Items, by_function, lay_out_coded
from tests.forge.forms.writing import FormWriter, Row, header
from tests.forge.grid import Align, Grid, GridBuilder, GridCell
from tests.forge.ledger import (
    ECONOMIC_CLASSES,
    PUBLIC_CLASSES,
    Fen,
    Ledger,
    Money,
    economic_by_item,
    income_by_item,
    projects_by_item,
    spending_by_item,
    split_among_units,
    sum_measures,
)
from tests.forge.styles import ExtraForm, HouseStyle, ProjectColumns, TotalRow

Columns = Sequence[tuple[str, str]]

INCOME_COLUMNS: Columns = (
    ("total", "本年收入合计"),
    ("fiscal_appropriation", "财政拨款收入"),
    ("superior_subsidy", "上级补助收入"),
    ("institutional", "事业收入"),
    ("operating", "经营收入"),
    ("affiliated_remittance", "附属单位上缴收入"),
    ("other", "其他收入"),
)
EXPENDITURE_COLUMNS: Columns = (
    ("total", "本年支出合计"),
    ("basic", "基本支出"),
    ("project", "项目支出"),
    ("remittance_to_superior", "上缴上级支出"),
    ("operating", "经营支出"),
    ("subsidy_to_affiliated", "对附属单位补助支出"),
)
PROJECT_COLUMNS: Mapping[ProjectColumns, Columns] = {
    ProjectColumns.TOTAL: (("total", "合计"),),
    ProjectColumns.BY_FUND: (
        ("total", "合计"),
        (Money.GENERAL.value, "一般公共预算财政拨款"),
        (Money.GOVERNMENT_FUND.value, "政府性基金预算财政拨款"),
        (Money.STATE_CAPITAL.value, "国有资本经营预算财政拨款"),
    ),
}


def income_by_unit(ledger: Ledger, style: HouseStyle) -> Grid:
    """Lay out 收入决算表 by unit."""
    of_all = sum_measures(income_by_item(ledger).values())
    return _by_unit(ExtraForm.INCOME_BY_UNIT, ledger, style, INCOME_COLUMNS, of_all)


def expenditure_by_unit(ledger: Ledger, style: HouseStyle) -> Grid:
    """Lay out 支出决算表 by unit."""
    of_all = sum_measures(spending_by_item(ledger).values())
    return _by_unit(ExtraForm.EXPENDITURE_BY_UNIT, ledger, style, EXPENDITURE_COLUMNS, of_all)


def project_expenditure(ledger: Ledger, style: HouseStyle) -> Grid:
    """Lay out 项目支出决算表, of the general public budget or of every fund."""
    is_general = style.project_columns is ProjectColumns.TOTAL
    items = projects_by_item(ledger, *((Money.GENERAL,) if is_general else tuple(Money)))
    columns = PROJECT_COLUMNS[style.project_columns]
    return _by_function(ExtraForm.PROJECT_EXPENDITURE, style, columns, items)


def expenditure_detail(ledger: Ledger, style: HouseStyle) -> Grid:
    """Lay out 财政拨款支出决算明细表: functional codes by economic class."""
    names = economic_names()
    columns = (
        ("total", "合计"),
        *((f"econ_{code}", names[code]) for code in ECONOMIC_CLASSES),
    )
    return _by_function(ExtraForm.EXPENDITURE_DETAIL, style, columns, economic_by_item(ledger))


def agency_operation(ledger: Ledger, style: HouseStyle) -> Grid:
    """Lay out 机关运行经费支出情况表: one row for each item of 公用经费."""
    builder = GridBuilder((44, 18, 18))
    form = ExtraForm.AGENCY_OPERATION
    writer = FormWriter(form, style, style.zeros.economic, builder)
    builder.put_texts(0, [style.words.item, "预算数", "决算数"])
    _number_columns(builder, style, 1, 2)
    builder.end_header()
    spent = _agency_items(ledger)
    for label, actual in (("合计", sum(spent.values())), *spent.items()):
        row = builder.start_row()
        builder.put(GridCell(label, row, 0, align=Align.LEFT))
        if style.not_applicable_mark:
            builder.put(GridCell(style.not_applicable_mark, row, 1))
        else:
            writer.write_amount(row, 1, Row(label), "budget", actual + actual // 10)
        writer.write_amount(row, 2, Row(label), "actual", actual)
    return builder.build()


def _agency_items(ledger: Ledger) -> dict[str, Fen]:
    if not ledger.department.is_administrative:
        return {}
    return {
        economic_names()[code]: amount
        for code, amount in ledger.economic.items()
        if code.startswith(PUBLIC_CLASSES)
    }


def _by_function(form: ExtraForm, style: HouseStyle, columns: Columns, items: Items) -> Grid:
    titled = tuple(Column(measure, title) for measure, title in columns)
    return lay_out_coded(CodedForm(form, by_function(style), titled, items, style.total_row), style)


def _by_unit(
    form: ExtraForm,
    ledger: Ledger,
    style: HouseStyle,
    columns: Columns,
    of_all: Mapping[str, Fen],
) -> Grid:
    number = (5,) if style.prints_line_numbers else ()
    builder = GridBuilder((*number, 36, *(15 for _ in columns)))
    writer = FormWriter(form, style, style.zeros.items, builder)
    depth = 2 if style.has_tall_header else 1
    titles = [*("序号" for _ in number), "单位名称", *(title for _, title in columns)]
    for column, title in enumerate(titles):
        builder.put(header(title, 0, column, depth))
    _number_columns(builder, style, len(number) + 1, len(columns))
    builder.end_header()
    measures = [measure for measure, _ in columns]
    units = split_among_units(ledger.department, of_all)
    rows: list[tuple[str, str, Mapping[str, Fen]]] = [
        (str(place), name, amounts) for place, (name, amounts) in enumerate(units.items(), start=1)
    ]
    total = ("", style.words.grand_total, of_all)
    rows = [total, *rows] if style.total_row is TotalRow.TOP else [*rows, total]
    for place, name, amounts in rows:
        row = builder.start_row()
        if number:
            builder.put(GridCell(place, row, 0))
        builder.put(GridCell(name, row, len(number), align=Align.LEFT))
        for offset, measure in enumerate(measures):
            amount = amounts.get(measure, 0)
            writer.write_amount(row, len(number) + 1 + offset, Row(name), measure, amount)
    return builder.build()


def _number_columns(builder: GridBuilder, style: HouseStyle, labels: int, columns: int) -> None:
    if not style.prints_column_numbers:
        return
    row = builder.start_row()
    builder.put(header(style.words.column_numbers, row, 0, 1, labels))
    builder.put_texts(row, [str(n) for n in range(1, columns + 1)], first=labels)


LAY_OUT: Mapping[ExtraForm, Callable[[Ledger, HouseStyle], Grid]] = {
    ExtraForm.INCOME_BY_UNIT: income_by_unit,
    ExtraForm.EXPENDITURE_BY_UNIT: expenditure_by_unit,
    ExtraForm.PROJECT_EXPENDITURE: project_expenditure,
    ExtraForm.EXPENDITURE_DETAIL: expenditure_detail,
    ExtraForm.AGENCY_OPERATION: agency_operation,
    ExtraForm.ASSET_HOLDINGS: asset_holdings,
}
