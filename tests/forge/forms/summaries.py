"""The two-sided forms: income on the left, expenditure on the right.

Knows their lines and fillers. Does not know the forms with a row for each code.
"""

from collections.abc import Mapping, Sequence

from tests.forge.catalogue import function_classes
from tests.forge.forms.two_sided import Line, Side, lay_out_two_sided
from tests.forge.grid import Grid
from tests.forge.ledger import Fen, Ledger, Money, spending_by_class
from tests.forge.numerals import ordinal
from tests.forge.styles import Form, FunctionList, HouseStyle

DEBT_CLASSES = frozenset({"231", "232"})
ALWAYS_LISTED = 6
"""Trimmed lists keep the first six classes even where they are empty."""

FUND_NAMES: Mapping[Money, str] = {
    Money.GENERAL: "一般公共预算财政拨款",
    Money.GOVERNMENT_FUND: "政府性基金预算财政拨款",
    Money.STATE_CAPITAL: "国有资本经营预算财政拨款",
}


def funds_printed(style: HouseStyle) -> tuple[Money, ...]:
    """The kinds of fiscal money a house's summaries know."""
    if style.has_state_capital_line:
        return tuple(Money)
    return (Money.GENERAL, Money.GOVERNMENT_FUND)


def class_labels(
    style: HouseStyle, used: Sequence[str], *, is_trimmed: bool = False
) -> dict[str, str]:
    """The numbered labels of the 类 lines by code.

    Args:
        style: Decides which classes are listed and how they are numbered.
        used: Codes that have money and must be listed.
        is_trimmed: Whether this form lists fewer classes than the house usually does.
    """
    lists_all = style.function_list in {FunctionList.FULL_24, FunctionList.FULL_26}
    codes = [code for code in function_classes() if _is_numbered(code, style, used)]
    listed = [
        (number, code)
        for number, code in enumerate(codes, start=1)
        if code in used or number <= ALWAYS_LISTED or (lists_all and not is_trimmed)
    ]
    if style.function_list is FunctionList.RENUMBERED:
        listed = [(number, code) for number, (_, code) in enumerate(listed, start=1)]
    return {code: f"{ordinal(number)}、{function_classes()[code]}" for number, code in listed}


def _is_numbered(code: str, style: HouseStyle, used: Sequence[str]) -> bool:
    knows_debt = style.function_list is FunctionList.FULL_26
    return knows_debt or code in used or code not in DEBT_CLASSES


def income_expenditure_summary(ledger: Ledger, style: HouseStyle) -> Grid:
    """Lay out form 01."""
    measure = (("amount", "决算数"),)
    words = style.words
    sides = (
        Side("income", words.income_side, words.item, measure, _income_lines(ledger, style)),
        Side(
            "expenditure", words.expenditure_side, words.item, measure, _class_lines(ledger, style)
        ),
    )
    closing = (
        (
            Line("本年收入合计", {"amount": ledger.income}, is_total=True),
            Line("本年支出合计", {"amount": ledger.spending}, is_total=True),
        ),
        (
            Line(words.surplus, {"amount": ledger.from_surplus}),
            Line("结余分配", {"amount": ledger.allocated}),
        ),
        (
            Line("年初结转和结余", {"amount": ledger.opening}),
            Line("年末结转和结余", {"amount": ledger.closing}),
        ),
        *_padding(style),
        (
            Line("总计", {"amount": ledger.grand_total}, is_total=True),
            Line("总计", {"amount": ledger.grand_total}, is_total=True),
        ),
    )
    return lay_out_two_sided(Form.INCOME_EXPENDITURE_SUMMARY, style, sides, closing)


def appropriation_summary(ledger: Ledger, style: HouseStyle) -> Grid:
    """Lay out form 04."""
    funds = funds_printed(style)
    words = style.words
    spending_columns = (("total", "合计"), *((fund.value, FUND_NAMES[fund]) for fund in funds))
    sides = (
        Side(
            "income",
            words.income_side,
            words.item,
            (("amount", words.appropriation_amount),),
            tuple(
                Line(
                    f"{ordinal(number)}、{FUND_NAMES[fund]}", {"amount": ledger.fiscal_income(fund)}
                )
                for number, fund in enumerate(funds, start=1)
            ),
        ),
        Side(
            "expenditure",
            words.expenditure_side,
            words.item,
            spending_columns,
            _fiscal_class_lines(ledger, style),
        ),
    )
    return lay_out_two_sided(
        Form.APPROPRIATION_SUMMARY, style, sides, _appropriation_end(ledger, style)
    )


def _appropriation_end(ledger: Ledger, style: HouseStyle) -> tuple[tuple[Line, Line], ...]:
    funds = funds_printed(style)
    spent = {fund: ledger.fiscal_spending(fund) for fund in funds}
    closing = {fund: ledger.fiscal_closing(fund) for fund in funds}
    used = {fund: spent[fund] + closing[fund] for fund in funds}
    opening_lines = tuple(
        (
            Line(_opening_label(number, fund, style), {"amount": ledger.fiscal_opening(fund)}),
            Line(""),
        )
        for number, fund in enumerate(funds, start=1)
    )
    return (
        (
            Line("本年收入合计", {"amount": ledger.fiscal_income()}, is_total=True),
            Line("本年支出合计", _split_by_fund(spent), is_total=True),
        ),
        (
            Line("年初财政拨款结转和结余", {"amount": ledger.fiscal_opening()}),
            Line("年末财政拨款结转和结余", _split_by_fund(closing)),
        ),
        *opening_lines,
        *_padding(style),
        (
            Line("总计", {"amount": ledger.appropriation_total}, is_total=True),
            Line("总计", _split_by_fund(used), is_total=True),
        ),
    )


def _opening_label(number: int, fund: Money, style: HouseStyle) -> str:
    """Houses without 行次 number these lines again, which repeats the labels of the income."""
    if style.prints_line_numbers:
        return f"  {FUND_NAMES[fund]}"
    return f"{ordinal(number)}、{FUND_NAMES[fund]}"


def _split_by_fund(amounts: Mapping[Money, Fen]) -> dict[str, Fen]:
    return {
        "total": sum(amounts.values()),
        **{fund.value: amount for fund, amount in amounts.items()},
    }


def _income_lines(ledger: Ledger, style: HouseStyle) -> tuple[Line, ...]:
    sources = {
        f"{FUND_NAMES[fund]}收入": ledger.fiscal_income(fund) for fund in funds_printed(style)
    }
    sources["上级补助收入"] = sum(entry.superior_subsidy for entry in ledger.own)
    sources["事业收入"] = sum(entry.institutional for entry in ledger.own)
    sources["经营收入"] = sum(entry.operating_income for entry in ledger.own)
    sources["附属单位上缴收入"] = sum(entry.affiliated_remittance for entry in ledger.own)
    sources["其他收入"] = sum(entry.other_income for entry in ledger.own)
    return tuple(
        Line(f"{ordinal(number)}、{name}", {"amount": amount})
        for number, (name, amount) in enumerate(sources.items(), start=1)
    )


def _class_lines(ledger: Ledger, style: HouseStyle) -> tuple[Line, ...]:
    spent = spending_by_class((*ledger.fiscal, *ledger.own))
    labels = class_labels(style, _with_money(spent), is_trimmed=style.trims_first_summary)
    return tuple(Line(label, {"amount": spent.get(code, 0)}) for code, label in labels.items())


def _fiscal_class_lines(ledger: Ledger, style: HouseStyle) -> tuple[Line, ...]:
    spent = {fund: spending_by_class(ledger.of(fund)) for fund in funds_printed(style)}
    used = _with_money(spending_by_class(ledger.fiscal))
    return tuple(
        Line(label, _split_by_fund({fund: spent[fund].get(code, 0) for fund in spent}))
        for code, label in class_labels(style, used).items()
    )


def _with_money(classes: Mapping[str, Fen]) -> list[str]:
    return [code for code, amount in classes.items() if amount]


def _padding(style: HouseStyle) -> tuple[tuple[Line, Line], ...]:
    return ((Line(""), Line("")),) if style.padding_rows else ()
