"""The forms with one row for each functional code.

Knows their columns. Does not know how such a form is laid out, nor the two-sided forms.
"""

from collections.abc import Sequence

from tests.forge.forms.coded import CodedForm, Column, Items, by_function, lay_out_coded
from tests.forge.grid import Grid
from tests.forge.ledger import (
    Ledger,
    Money,
    fund_by_item,
    income_by_item,
    spending_by_item,
)
from tests.forge.styles import Form, HouseStyle, StateCapitalLayout, TotalRow


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
    return lay_out_coded(CodedForm(form, by_function(style), columns, items, total_row), style)
