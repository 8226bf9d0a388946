"""Writes the narrative of a budget and records the claims it makes.

Knows which facts a sentence needs. Does not know forms or file formats.
"""

from collections.abc import Mapping

from tests.forge.blocks import Role, TextBlock
from tests.forge.budget.ledger import FISCAL, BudgetLedger, Source, spending_budget_by_item
from tests.forge.catalogue import function_names
from tests.forge.ledger import Fen, VehicleType
from tests.forge.narrative import VEHICLE_NAMES, ClaimWriter, Narrative
from tests.forge.numerals import ordinal, write_wan_yuan

SECTIONS = ("收支预算说明", "支出安排说明", "“三公”经费说明", "政府采购情况", "国有资产占用情况")

TOTALS = (
    "{year}年收入预算{total}万元，其中：财政拨款收入{fiscal}万元{own}。{change}支出预算{total}万元，"
    "与收入预算持平。"
)
ITEM = "{number}. {name}安排{amount}万元。"
THREE_PUBLIC = (
    "{year}年“三公”经费预算{three_public}万元，其中：因公出国（境）费{overseas}万元，公务接待费"
    "{reception}万元，公务用车购置及运行费{vehicle}万元。{agency}"
)
AGENCY = "机关运行经费财政拨款预算{agency}万元。"
PROCUREMENT = (
    "{year}年政府采购预算总额{procurement.total}万元，其中：货物预算{procurement.goods}万元，工程预算"
    "{procurement.works}万元，服务预算{procurement.services}万元。"
)
ASSETS = (
    "{prior_year}年8月31日，共有车辆{assets.vehicles.total}辆{vehicles}。单价100万元（含）以上"
    "设备（不含车辆）{assets.equipment.over_1m}台（套）。"
)
GLOSSARY = (
    "人员经费：发给职工和离退休人员的开支。",
    "公用经费：维持办公所需的开支。",
    "项目支出：为特定任务编列的开支。",
)


def write_budget_narrative(
    ledger: BudgetLedger, altered: Mapping[str, str] | None = None
) -> Narrative:
    """Write the narrative of a budget.

    Args:
        ledger: The budget.
        altered: Texts to print instead of the true ones, by claim subject.
    """
    writer = ClaimWriter(altered=altered or {})
    facts = _facts(ledger)
    assets = ASSETS.replace("{vehicles}", _vehicles(ledger))
    bodies = (
        (writer.fill(TOTALS, facts),),
        _items(ledger),
        (writer.fill(THREE_PUBLIC, facts),),
        (writer.fill(PROCUREMENT, facts),),
        (writer.fill(assets, facts),),
    )
    explanation = tuple(
        block
        for number, (title, texts) in enumerate(zip(SECTIONS, bodies, strict=True), start=1)
        for block in (
            TextBlock(f"{ordinal(number)}、{title}", Role.HEADING),
            *(TextBlock(text, Role.BODY) for text in texts),
        )
    )
    return Narrative(
        overview=_overview(ledger),
        explanation=explanation,
        glossary=tuple(TextBlock(text, Role.BODY) for text in GLOSSARY),
        claims=tuple(writer.claims),
    )


def _overview(ledger: BudgetLedger) -> tuple[TextBlock, ...]:
    duties = (
        TextBlock(f"{number}. {duty}。", Role.BODY)
        for number, duty in enumerate(ledger.department.duties, start=1)
    )
    return (TextBlock("一、主要职责", Role.HEADING), *duties)


def _items(ledger: BudgetLedger) -> tuple[str, ...]:
    items = spending_budget_by_item(ledger.of(*FISCAL))
    return tuple(
        ITEM.format(number=number, name=function_names()[code], amount=_amount(measures["total"]))
        for number, (code, measures) in enumerate(items.items(), start=1)
    )


def _amount(amount: Fen) -> str:
    return write_wan_yuan(amount, trims_zeros=False)


def _facts(ledger: BudgetLedger) -> dict[str, str]:
    own = ledger.income_from(*(source for source in Source if source not in FISCAL))
    expenses, bought = ledger.three_public, ledger.procurement
    amounts: dict[str, Fen] = {
        "total": ledger.total,
        "fiscal": ledger.income_from(*FISCAL),
        "three_public": expenses.total,
        "overseas": expenses.overseas,
        "reception": expenses.reception,
        "vehicle": expenses.vehicle,
        "procurement.total": bought.total,
        "procurement.goods": bought.goods,
        "procurement.works": bought.works,
        "procurement.services": bought.services,
    }
    agency = _amount(ledger.agency_operation)
    held = ledger.assets
    return {
        "year": str(ledger.fiscal_year),
        "prior_year": str(ledger.fiscal_year - 1),
        **{name: _amount(amount) for name, amount in amounts.items()},
        "own": f"，其他各项收入{_amount(own)}万元" if own else "",
        "change": _change(ledger),
        "agency": AGENCY.format(agency=agency) if ledger.agency_operation else "",
        "assets.vehicles.total": str(held.vehicle_total),
        **{f"assets.vehicles.{kind}": str(count) for kind, count in held.vehicles.items()},
        "assets.equipment.over_1m": str(held.over_1m),
    }


def _change(ledger: BudgetLedger) -> str:
    if ledger.prior_income is None:
        return ""
    more = ledger.income_from(*Source) - ledger.prior_income
    return f"收入比上年预算{'增加' if more >= 0 else '减少'}{_amount(abs(more))}万元。"


def _vehicles(ledger: BudgetLedger) -> str:
    """The kinds of vehicle there are, with places for their counts."""
    held = [kind for kind in VehicleType if ledger.assets.vehicles.get(kind)]
    if not held:
        return ""
    kinds = "、".join(f"{VEHICLE_NAMES[kind]}{{assets.vehicles.{kind}}}辆" for kind in held)
    return f"，其中：{kinds}"
