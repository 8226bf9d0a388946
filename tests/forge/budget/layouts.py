"""How each of the nine budget forms is laid out from a budget in a house style.

Knows lines, columns and canonical measures. Does not know titles, notes or file formats.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from tests.forge.budget.ledger import (
    FISCAL,
    RARE_SOURCES,
    BudgetEntry,
    BudgetLedger,
    Source,
    basic_budget_by_code,
    income_budget_by_item,
    spending_budget_by_item,
)
from tests.forge.budget.styles import (
    BudgetForm,
    BudgetStyle,
    BudgetThreePublicLayout,
    IncomeColumns,
)
from tests.forge.catalogue import function_classes
from tests.forge.forms.coded import (
    Classification,
    CodedForm,
    Column,
    Items,
    by_economic_code,
    by_function,
    lay_out_coded,
)
from tests.forge.forms.summaries import class_labels
from tests.forge.forms.two_sided import Line, Side, lay_out_two_sided, put_header_tree
from tests.forge.forms.writing import FormWriter, Row
from tests.forge.grid import Grid, GridBuilder
from tests.forge.ledger import Fen, ThreePublic, add_measures
from tests.forge.numerals import ordinal
from tests.forge.styles import TotalRow

SPENDING_COLUMNS: tuple[tuple[str, str], ...] = (
    ("total", "合计"),
    ("basic", "基本支出"),
    ("project", "项目支出"),
)
RARE_SPENDING_COLUMNS: tuple[tuple[str, str], ...] = (
    ("remittance_to_superior", "上缴上级支出"),
    ("operating", "事业单位经营支出"),
    ("subsidy_to_affiliated", "对附属单位补助支出"),
)
FUND_TITLES: Mapping[Source, str] = {
    Source.GENERAL: "一般公共预算",
    Source.GOVERNMENT_FUND: "政府性基金预算",
    Source.STATE_CAPITAL: "国有资本经营预算",
}
OWN_SOURCES: Mapping[Source, str] = {
    Source.INSTITUTIONAL: "事业收入",
    Source.OPERATING: "事业单位经营收入",
    Source.SUPERIOR: "上级补助收入",
    Source.AFFILIATED: "附属单位上缴收入",
    Source.OTHER: "其他收入",
}


def lay_out_budget(form: BudgetForm, ledger: BudgetLedger, style: BudgetStyle) -> Grid:
    """Lay out one form."""
    return LAY_OUT[form](ledger, style)


def _summary(ledger: BudgetLedger, style: BudgetStyle) -> Grid:
    words = style.words
    sides = (
        Side(
            *("income", words.income_side, "项目", (("amount", words.amount),)),
            _income_lines(ledger, style),
        ),
        Side(
            *("expenditure", words.expenditure_side, "项目", _summary_columns(style)),
            _class_lines(ledger.entries, style, _spending_by_kind),
        ),
    )
    carried = ledger.carried_from(*Source)
    closing = _closing(
        style,
        (ledger.total - carried, carried),
        _spending_by_kind(ledger.entries),
    )
    return lay_out_two_sided(BudgetForm.SUMMARY, style.house, sides, closing)


def _summary_columns(style: BudgetStyle) -> tuple[tuple[str, str], ...]:
    amount = style.words.amount
    if not style.splits_summary:
        return (("amount", amount),)
    return (
        ("amount", f"{amount}/合计"),
        ("personnel", f"{amount}/基本支出/人员经费"),
        ("public", f"{amount}/基本支出/公用经费"),
        ("project", f"{amount}/项目支出"),
    )


def _spending_by_kind(entries: Iterable[BudgetEntry]) -> dict[str, Fen]:
    spent = tuple(entries)
    return {
        "amount": sum(entry.spent for entry in spent),
        "personnel": sum(entry.personnel for entry in spent),
        "public": sum(entry.public for entry in spent),
        "project": sum(entry.project for entry in spent),
    }


def _spending_by_fund(entries: Iterable[BudgetEntry]) -> dict[str, Fen]:
    spent = tuple(entry for entry in entries if entry.source in FISCAL)
    by_fund = {
        fund.value: sum(entry.spent for entry in spent if entry.source is fund) for fund in FISCAL
    }
    return {"total": sum(by_fund.values()), **by_fund}


def _fund_names(style: BudgetStyle) -> dict[Source, str]:
    words = style.words
    return {
        Source.GENERAL: words.general,
        Source.GOVERNMENT_FUND: words.government_fund,
        Source.STATE_CAPITAL: words.state_capital,
    }


def _fund_incomes(style: BudgetStyle) -> dict[Source, str]:
    """What income from each fund is called where it is not below 财政拨款收入."""
    return {fund: f"{name}{style.words.fund_income}" for fund, name in FUND_TITLES.items()}


def _own_sources(style: BudgetStyle) -> tuple[Source, ...]:
    is_short = not style.lists_every_kind
    return tuple(source for source in OWN_SOURCES if not (is_short and source in RARE_SOURCES))


def _income_lines(ledger: BudgetLedger, style: BudgetStyle) -> tuple[Line, ...]:
    funds = [
        (name, {"amount": ledger.income_from(fund)}) for fund, name in _fund_names(style).items()
    ]
    own = [
        (OWN_SOURCES[source], {"amount": ledger.income_from(source)})
        for source in _own_sources(style)
    ]
    if not style.nests_funds:
        named = [
            (name, {"amount": ledger.income_from(fund)})
            for fund, name in _fund_incomes(style).items()
        ]
        top = [*named, *own]
        return tuple(_numbered(number, *line) for number, line in enumerate(top, start=1))
    below = [
        Line(f"{style.words.sub_number.format(number=number)}{name}", amounts)
        for number, (name, amounts) in enumerate(funds, start=1)
    ]
    fiscal = {"amount": ledger.income_from(*FISCAL)}
    return (
        _numbered(1, "财政拨款收入", fiscal),
        *below,
        *(_numbered(number, *line) for number, line in enumerate(own, start=2)),
    )


def _numbered(number: int, name: str, amounts: Mapping[str, Fen]) -> Line:
    return Line(f"{ordinal(number)}、{name}", amounts)


def _class_lines(
    entries: Iterable[BudgetEntry],
    style: BudgetStyle,
    split: Callable[[Iterable[BudgetEntry]], dict[str, Fen]],
) -> tuple[Line, ...]:
    by_class: dict[str, list[BudgetEntry]] = {code: [] for code in function_classes()}
    for entry in entries:
        by_class[entry.code[:3]].append(entry)
    used = [code for code, members in by_class.items() if members]
    return tuple(
        Line(label, split(by_class[code]))
        for code, label in class_labels(style.house, used).items()
    )


def _closing(
    style: BudgetStyle, income: tuple[Fen, Fen], spent: Mapping[str, Fen]
) -> tuple[tuple[Line, Line], ...]:
    """The last lines: totals, and what was and will be carried over where the house has that."""
    of_year, carried = income
    words = style.words
    blank = tuple((Line(""), Line("")) for _ in range(style.house.padding_rows))
    totals = (
        Line(words.income_total, {"amount": of_year + carried}, is_total=True),
        Line(words.expenditure_total, spent, is_total=True),
    )
    if not style.balances_carry_over:
        return (*blank, totals)
    return (
        *blank,
        (
            Line("本年收入合计", {"amount": of_year}, is_total=True),
            Line("本年支出合计", spent, is_total=True),
        ),
        (
            Line("上年结转", {"amount": carried}),
            Line("结转下年", dict.fromkeys(spent, 0)),
        ),
        totals,
    )


def _appropriation_summary(ledger: BudgetLedger, style: BudgetStyle) -> Grid:
    entries = ledger.of(*FISCAL)
    words = style.words
    lines = tuple(
        _numbered(number, name, {"amount": ledger.income_from(fund)})
        for number, (fund, name) in enumerate(_fund_names(style).items(), start=1)
    )
    class_lines = _class_lines(entries, style, _spending_by_fund)
    carried = ledger.carried_from(*FISCAL)
    income = (ledger.income_from(*FISCAL), carried)
    closing = _closing(style, income, _spending_by_fund(entries))
    if style.outlines_appropriation:
        lines = _outlined_income(ledger, style)
        class_lines = _outlined_spending(class_lines, _spending_by_fund(entries))
        closing = closing[-1:]
    sides = (
        Side("income", "财政拨款收入", "项目", (("amount", words.amount),), lines),
        Side("expenditure", "财政拨款支出", "项目", _appropriation_columns(style), class_lines),
    )
    return lay_out_two_sided(BudgetForm.APPROPRIATION_SUMMARY, style.house, sides, closing)


def _appropriation_columns(style: BudgetStyle) -> tuple[tuple[str, str], ...]:
    if not style.splits_appropriation:
        return (("total", style.words.amount),)
    return (
        ("total", "合计"),
        (Source.GENERAL.value, "一般公共预算"),
        (Source.GOVERNMENT_FUND.value, "政府性基金预算"),
        (Source.STATE_CAPITAL.value, "国有资本经营预算"),
    )


def _outlined_income(ledger: BudgetLedger, style: BudgetStyle) -> tuple[Line, ...]:
    names = tuple(enumerate(_fund_names(style).items(), start=1))
    return (
        Line("一、本年收入", {"amount": ledger.income_from(*FISCAL)}),
        *(
            Line(f"（{ordinal(number)}）{name}", {"amount": ledger.income_from(fund)})
            for number, (fund, name) in names
        ),
        Line("二、上年结转", {"amount": ledger.carried_from(*FISCAL)}),
        *(
            Line(f"（{ordinal(number)}）{name}", {"amount": ledger.carried_from(fund)})
            for number, (fund, name) in names
        ),
    )


def _outlined_spending(class_lines: Iterable[Line], spent: Mapping[str, Fen]) -> tuple[Line, ...]:
    lower = tuple(
        Line(f"（{ordinal(number)}）{line.label.partition('、')[2]}", line.amounts)
        for number, line in enumerate(class_lines, start=1)
    )
    return (
        Line("一、本年支出", spent),
        *lower,
        Line("二、结转下年", dict.fromkeys(spent, 0)),
    )


def _income(ledger: BudgetLedger, style: BudgetStyle) -> Grid:
    group = "收入预算" if style.heads_columns else ""
    titles = {**{source.value: OWN_SOURCES[source] for source in _own_sources(style)}}
    titles[Source.OPERATING.value] = style.words.operating
    if style.income_columns is IncomeColumns.FUNDS:
        fiscal = {fund.value: name for fund, name in _fund_incomes(style).items()}
    else:
        fiscal = {"fiscal_appropriation": "财政拨款收入"}
    carried = {"opening_balance": "上年结转"} if style.balances_carry_over else {}
    columns = {"total": "合计", **carried, **fiscal, **titles}
    return _by_function(
        *(BudgetForm.INCOME, style, columns.items()), group, income_budget_by_item(ledger)
    )


def _expenditure(ledger: BudgetLedger, style: BudgetStyle) -> Grid:
    rare = RARE_SPENDING_COLUMNS if style.lists_every_kind else ()
    group = "支出预算" if style.heads_columns else ""
    items = spending_budget_by_item(ledger.entries)
    columns = (*SPENDING_COLUMNS, *rare)
    return _by_function(BudgetForm.EXPENDITURE, style, columns, group, items)


def _fund(form: BudgetForm, source: Source, group: str) -> Callable[..., Grid]:
    def lay_out(ledger: BudgetLedger, style: BudgetStyle) -> Grid:
        items = spending_budget_by_item(ledger.of(source))
        return _by_function(form, style, SPENDING_COLUMNS, group, items)

    return lay_out


def _projects(ledger: BudgetLedger, style: BudgetStyle) -> Grid:
    fiscal = {fund.value for fund in FISCAL}
    items: dict[str, dict[str, Fen]] = {}
    for entry in ledger.entries:
        if entry.project:
            column = entry.source.value if entry.source.value in fiscal else "unit_funds"
            add_measures(items, entry.code, {"total": entry.project, column: entry.project})
    columns = (
        ("total", "合计"),
        *((fund.value, title) for fund, title in FUND_TITLES.items()),
        ("unit_funds", "单位资金"),
    )
    return _by_function(BudgetForm.PROJECTS, style, columns, "", dict(sorted(items.items())))


def _by_function(
    form: BudgetForm,
    style: BudgetStyle,
    columns: Iterable[tuple[str, str]],
    group: str,
    items: Items,
) -> Grid:
    return _coded(form, style, by_function(style.house), columns, group, items)


def _basic_expenditure(ledger: BudgetLedger, style: BudgetStyle) -> Grid:
    words = style.words
    kind = by_economic_code(
        *(style.house, words.economic_item, words.economic_code, words.economic_name)
    )
    columns = (("total", "合计"), ("personnel", "人员经费"), ("public", "公用经费"))
    return _coded(
        *(BudgetForm.BASIC_EXPENDITURE, style, kind, columns),
        *("一般公共预算基本支出", basic_budget_by_code(ledger)),
    )


def _coded(
    form: BudgetForm,
    style: BudgetStyle,
    kind: Classification,
    columns: Iterable[tuple[str, str]],
    group: str,
    items: Items,
) -> Grid:
    titled = tuple(Column(measure, title, group) for measure, title in columns)
    total_row: TotalRow = style.house.total_row
    return lay_out_coded(CodedForm(form, kind, titled, items, total_row), style.house)


def _three_public(ledger: BudgetLedger, style: BudgetStyle) -> Grid:
    items = _three_public_columns(ledger.three_public, style)
    if style.three_public is BudgetThreePublicLayout.WITH_AGENCY_OPERATION:
        group = "“三公”经费预算数"
        agency = ("agency_operation", style.words.agency_operation, ledger.agency_operation)
        return _single_row([*_below(group, items), agency], style)
    if not style.compares_three_public:
        return _single_row(items, style)
    year, before = ledger.fiscal_year, _three_public_columns(ledger.prior_three_public, style)
    prior = [(f"prior_{measure}", title, amount) for measure, title, amount in before]
    return _single_row(
        [*_below(f"{year - 1}年预算数", prior), *_below(f"{year}年预算数", items)], style
    )


TitledAmounts = Sequence[tuple[str, str, Fen]]
"""Measure, path of headers and amount of neighbouring columns."""


def _three_public_columns(expenses: ThreePublic, style: BudgetStyle) -> TitledAmounts:
    words = style.words
    vehicles = (
        ("vehicle", "小计", expenses.vehicle),
        ("vehicle_purchase", words.vehicle_purchase, expenses.vehicle_purchase),
        ("vehicle_operation", words.vehicle_operation, expenses.vehicle_operation),
    )
    reception = ("reception", "公务接待费", expenses.reception)
    first = (("total", "合计", expenses.total), ("overseas", words.overseas, expenses.overseas))
    if style.three_public is BudgetThreePublicLayout.ITEMS_ONLY:
        return (*first, *_below(words.vehicle, vehicles), reception)
    return (*first, reception, *_below(words.vehicle, vehicles))


def _below(group: str, columns: TitledAmounts) -> TitledAmounts:
    return [(measure, f"{group}/{title}", amount) for measure, title, amount in columns]


def _single_row(columns: TitledAmounts, style: BudgetStyle) -> Grid:
    paths = [title.split("/") for _, title, _ in columns]
    builder = GridBuilder((12,) * len(columns))
    writer = FormWriter(
        BudgetForm.THREE_PUBLIC, style.house, style.house.zeros.three_public, builder
    )
    put_header_tree(builder, paths, 0, 0, max(len(path) for path in paths))
    if style.house.prints_column_numbers:
        builder.put_texts(builder.start_row(), [str(n) for n in range(1, len(columns) + 1)])
    builder.end_header()
    row = builder.start_row()
    for column, (measure, _, amount) in enumerate(columns):
        writer.write_amount(row, column, Row(""), measure, amount)
    return builder.build()


LAY_OUT: Mapping[BudgetForm, Callable[[BudgetLedger, BudgetStyle], Grid]] = {
    BudgetForm.SUMMARY: _summary,
    BudgetForm.INCOME: _income,
    BudgetForm.EXPENDITURE: _expenditure,
    BudgetForm.APPROPRIATION_SUMMARY: _appropriation_summary,
    BudgetForm.GENERAL_EXPENDITURE: _fund(
        BudgetForm.GENERAL_EXPENDITURE, Source.GENERAL, "一般公共预算支出"
    ),
    BudgetForm.GOVERNMENT_FUND: _fund(
        BudgetForm.GOVERNMENT_FUND, Source.GOVERNMENT_FUND, "政府性基金预算支出"
    ),
    BudgetForm.STATE_CAPITAL: _fund(
        BudgetForm.STATE_CAPITAL, Source.STATE_CAPITAL, "国有资本经营预算支出"
    ),
    BudgetForm.BASIC_EXPENDITURE: _basic_expenditure,
    BudgetForm.THREE_PUBLIC: _three_public,
    BudgetForm.PROJECTS: _projects,
}
