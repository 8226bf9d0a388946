"""Writes the narrative of a disclosure and records the claims it makes.

Knows which facts a sentence needs and how they follow from the ledger. Does not know forms or
file formats.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tests.forge.blocks import Role, TextBlock
from tests.forge.catalogue import ancestors, economic_names, function_names
from tests.forge.ledger import (
    PERSONNEL_CLASSES,
    Department,
    Fen,
    FiscalEntry,
    Ledger,
    Money,
    OwnEntry,
    VehicleType,
    fund_by_item,
    spending_by_class,
)
from tests.forge.numerals import ordinal, write_percent, write_wan_yuan
from tests.forge.styles import HouseStyle
from tests.forge.wording import GLOSSARY, WORDINGS, Wording

PLACE = re.compile(r"\{([a-z0-9_.]+)\}")
CLAIM_UNITS: Mapping[str, str] = {
    "procurement.total": "万元",
    "procurement.goods": "万元",
    "procurement.works": "万元",
    "procurement.services": "万元",
    "procurement.sme": "万元",
    "procurement.sme_share": "%",
    "procurement.micro": "万元",
    "procurement.micro_share": "%",
    "assets.vehicles.total": "辆",
    **{f"assets.vehicles.{kind}": "辆" for kind in VehicleType},
    "assets.equipment.general_500k": "台（套）",
    "assets.equipment.special_1m": "台（套）",
    "assets.equipment.over_1m": "台（套）",
}

VEHICLE_NAMES: Mapping[VehicleType, str] = {
    VehicleType.LEADER: "领导干部用车",
    VehicleType.COURIER: "机要通信用车",
    VehicleType.EMERGENCY: "应急保障用车",
    VehicleType.ENFORCEMENT: "执法执勤用车",
    VehicleType.SPECIAL: "特种专业技术用车",
    VehicleType.RETIRED: "离退休干部用车",
    VehicleType.OTHER: "其他用车",
}

FUND_NAMES: Mapping[Money, str] = {
    Money.GOVERNMENT_FUND: "政府性基金预算财政拨款",
    Money.STATE_CAPITAL: "国有资本经营预算财政拨款",
}


@dataclass(frozen=True, slots=True)
class PrintedClaim:
    """One value that the narrative states of procurement or assets.

    Attributes:
        subject: What the value is of.
        value_text: The number exactly as printed.
        unit: The unit printed behind it.
        base: Subject that a share is a share of, '' where not a share.
    """

    subject: str
    value_text: str
    unit: str
    base: str = ""


@dataclass(frozen=True, slots=True)
class Narrative:
    """The running text of a disclosure and the claims in it, in reading order."""

    overview: tuple[TextBlock, ...]
    explanation: tuple[TextBlock, ...]
    glossary: tuple[TextBlock, ...]
    claims: tuple[PrintedClaim, ...]


@dataclass(slots=True, kw_only=True)
class ClaimWriter:
    """Fills sentences and records the claims among what is filled in.

    Attributes:
        altered: Texts printed instead of the true ones, by claim subject.
    """

    altered: Mapping[str, str]
    claims: list[PrintedClaim] = field(default_factory=list)

    def fill(self, sentence: str, facts: Mapping[str, str]) -> str:
        """Fill the places of a sentence, recording the claims among them."""
        return PLACE.sub(lambda place: self._value(place.group(1), facts), sentence)

    def base_of(self, subject: str) -> str:
        """What a share is a share of, '' where the subject is no share."""
        return "procurement.total" if subject == "procurement.sme_share" else ""

    def _value(self, name: str, facts: Mapping[str, str]) -> str:
        if name not in CLAIM_UNITS:
            return facts[name]
        text = self.altered.get(name, facts[name])
        self.claims.append(PrintedClaim(name, text, CLAIM_UNITS[name], self.base_of(name)))
        return text


@dataclass(slots=True, kw_only=True)
class Narrator(ClaimWriter):
    """Fills sentences with a ledger's facts."""

    ledger: Ledger
    wording: Wording

    def amount(self, amount: Fen) -> str:
        """An amount in 万元 as this family writes it."""
        return write_wan_yuan(amount, trims_zeros=self.wording.trims_zeros)

    def percent(self, part: int, whole: int) -> str:
        """A share as this family writes it."""
        return write_percent(part, whole, trims_zeros=self.wording.trims_zeros)

    def base_of(self, subject: str) -> str:
        """What a share is a share of, which for small enterprises depends on the wording."""
        if subject == "procurement.micro_share":
            return self.wording.micro_base
        return ClaimWriter.base_of(self, subject)

    def change(self, now: Fen, before: Fen) -> str:
        """How an amount moved against last year, as printed."""
        difference = now - before
        if difference == 0:
            return "持平"
        more, rate = ("增加", "增长") if difference > 0 else ("减少", "下降")
        moved = f"{more}{self.amount(abs(difference))}万元"
        return f"{moved}，{rate}{self.percent(abs(difference), before)}%" if before else moved

    def rate(self, actual: Fen, budget: Fen) -> str:
        """The clause on completion; nothing where there was no budget to complete."""
        return f"，完成预算的{self.percent(actual, budget)}%" if budget else ""


def write_narrative(
    ledger: Ledger, style: HouseStyle, altered: Mapping[str, str] | None = None
) -> Narrative:
    """Write the narrative of a ledger in a house's wording.

    Args:
        ledger: The books.
        style: Decides the family of sentences.
        altered: Texts printed instead of the true ones, by claim subject: planted contradictions.
    """
    narrator = Narrator(ledger=ledger, wording=WORDINGS[style.narrative], altered=altered or {})
    sections = (
        ("收入支出决算总体情况说明", _totals(narrator)),
        ("收入决算情况说明", _income(narrator)),
        ("支出决算情况说明", _spending(narrator)),
        ("财政拨款收入支出决算总体情况说明", _appropriation(narrator)),
        ("一般公共预算财政拨款支出决算情况说明", _general(narrator)),
        ("一般公共预算财政拨款基本支出决算情况说明", _basic(narrator)),
        ("财政拨款“三公”经费支出决算情况说明", _three_public(narrator)),
        ("政府性基金预算收入支出决算情况说明", _fund(narrator, Money.GOVERNMENT_FUND)),
        ("国有资本经营预算财政拨款支出决算情况说明", _fund(narrator, Money.STATE_CAPITAL)),
        ("机关运行经费支出情况说明", _agency(narrator)),
        ("政府采购支出情况说明", _procurement(narrator)),
        ("国有资产占用情况说明", _assets(narrator)),
    )
    explanation = tuple(
        block
        for number, (heading, paragraphs) in enumerate(sections, start=1)
        for block in (
            TextBlock(f"{ordinal(number)}、{heading}", Role.HEADING),
            *_bodies(paragraphs),
        )
    )
    return Narrative(_overview(ledger), explanation, _glossary(), tuple(narrator.claims))


def _bodies(paragraphs: Iterable[str]) -> tuple[TextBlock, ...]:
    return tuple(TextBlock(text, Role.BODY) for text in paragraphs)


def _overview(ledger: Ledger) -> tuple[TextBlock, ...]:
    department = ledger.department
    duties = (f"（{ordinal(n)}）{duty}。" for n, duty in enumerate(department.duties, start=1))
    return (
        TextBlock("一、主要职责", Role.HEADING),
        *_bodies(duties),
        TextBlock("二、机构设置", Role.HEADING),
        *_bodies(_units(department, ledger.fiscal_year)),
    )


def _units(department: Department, fiscal_year: int) -> Iterable[str]:
    """The bodies whose accounts the document holds."""
    if not department.unit_names:
        return (f"纳入{fiscal_year}年度决算编制范围的只有{department.name}一家。",)
    listed = (f"{number}.{name}" for number, name in enumerate(department.unit_names, start=1))
    count = len(department.unit_names)
    return (f"纳入{fiscal_year}年度决算编制范围的单位共{count}个，包括：", *listed)


def _glossary() -> tuple[TextBlock, ...]:
    return _bodies(f"{number}.{text}" for number, text in enumerate(GLOSSARY, start=1))


def _years(narrator: Narrator) -> dict[str, str]:
    ledger = narrator.ledger
    return {
        "name": ledger.department.name,
        "year": str(ledger.fiscal_year),
        "prior_year": str(ledger.fiscal_year - 1),
    }


def _change(narrator: Narrator, now: Fen, before: Fen | None) -> str:
    return "没有可比数据" if before is None else narrator.change(now, before)


def _totals(narrator: Narrator) -> list[str]:
    ledger = narrator.ledger
    before = ledger.prior.grand_total if ledger.prior else None
    facts = {
        **_years(narrator),
        "grand_total": narrator.amount(ledger.grand_total),
        "grand_change": _change(narrator, ledger.grand_total, before),
    }
    return [narrator.fill(narrator.wording.totals, facts)]


def _listing(narrator: Narrator, parts: Mapping[str, Fen]) -> str:
    whole = sum(parts.values())
    shown = {
        name: amount
        for name, amount in parts.items()
        if amount or narrator.wording.lists_everything
    }
    clauses = []
    for name, amount in shown.items():
        share = f"，占{narrator.percent(amount, whole)}%" if whole else ""
        clauses.append(f"{name}{narrator.amount(amount)}万元{share}")
    return "；".join(clauses)


def _income(narrator: Narrator) -> list[str]:
    ledger = narrator.ledger
    sources = {
        "财政拨款收入": ledger.fiscal_income(),
        "上级补助收入": sum(entry.superior_subsidy for entry in ledger.own),
        "事业收入": sum(entry.institutional for entry in ledger.own),
        "经营收入": sum(entry.operating_income for entry in ledger.own),
        "附属单位上缴收入": sum(entry.affiliated_remittance for entry in ledger.own),
        "其他收入": sum(entry.other_income for entry in ledger.own),
    }
    facts = {
        **_years(narrator),
        "income": narrator.amount(ledger.income),
        "income_sources": _listing(narrator, sources),
    }
    return [narrator.fill(narrator.wording.income, facts)]


def _spending(narrator: Narrator) -> list[str]:
    ledger = narrator.ledger
    entries: tuple[FiscalEntry | OwnEntry, ...] = (*ledger.fiscal, *ledger.own)
    kinds = {
        "基本支出": sum(entry.basic for entry in entries),
        "项目支出": sum(entry.project for entry in entries),
        "上缴上级支出": sum(entry.remittance_to_superior for entry in ledger.own),
        "经营支出": sum(entry.operating_spending for entry in ledger.own),
        "对附属单位补助支出": sum(entry.subsidy_to_affiliated for entry in ledger.own),
    }
    facts = {
        **_years(narrator),
        "spending": narrator.amount(ledger.spending),
        "spending_kinds": _listing(narrator, kinds),
    }
    return [narrator.fill(narrator.wording.spending, facts)]


def _appropriation(narrator: Narrator) -> list[str]:
    ledger = narrator.ledger
    before = ledger.prior.appropriation_total if ledger.prior else None
    facts = {
        **_years(narrator),
        "appropriation": narrator.amount(ledger.appropriation_total),
        "appropriation_change": _change(narrator, ledger.appropriation_total, before),
    }
    return [narrator.fill(narrator.wording.appropriation, facts)]


def _general(narrator: Narrator) -> list[str]:
    ledger = narrator.ledger
    general = ledger.fiscal_spending(Money.GENERAL)
    before = ledger.prior.general_spending if ledger.prior else None
    classes = {
        f"{function_names()[code].removesuffix('支出')}（类）支出": amount
        for code, amount in spending_by_class(ledger.of(Money.GENERAL)).items()
        if amount
    }
    facts = {
        **_years(narrator),
        "general": narrator.amount(general),
        "general_share": narrator.percent(general, ledger.spending),
        "general_change": _change(narrator, general, before),
        "classes": _listing(narrator, classes),
    }
    wording = narrator.wording
    return [
        narrator.fill(wording.general, facts),
        narrator.fill(wording.structure, facts),
        *_general_items(narrator),
    ]


def _general_items(narrator: Narrator) -> list[str]:
    ledger = narrator.ledger
    spent = fund_by_item(ledger, Money.GENERAL)
    paragraphs = []
    for number, code in enumerate((c for c in spent if spent[c]["total"]), start=1):
        actual, budget = spent[code]["total"], ledger.initial_budget.get(code, 0)
        facts = {
            "item_budget": narrator.amount(budget),
            "item_actual": narrator.amount(actual),
            "item_rate": narrator.rate(actual, budget),
        }
        text = narrator.fill(narrator.wording.item, facts)
        paragraphs.append(f"{number}.{_item_name(code)}。{text}")
    return paragraphs


def _item_name(code: str) -> str:
    names = [function_names()[level] for level in (*ancestors(code), code)]
    return "".join(f"{name}（{level}）" for name, level in zip(names, "类款项", strict=True))


def _basic(narrator: Narrator) -> list[str]:
    ledger = narrator.ledger
    personnel = {c: a for c, a in ledger.economic.items() if c[:3] in PERSONNEL_CLASSES}
    public = {c: a for c, a in ledger.economic.items() if c[:3] not in PERSONNEL_CLASSES}
    facts = {
        **_years(narrator),
        "basic": narrator.amount(ledger.general_basic),
        "personnel": narrator.amount(ledger.personnel),
        "public": narrator.amount(ledger.public_expenses),
        "personnel_names": _names(personnel),
        "personnel_items": _items(narrator, personnel),
        "public_names": _names(public),
        "public_items": _items(narrator, public),
    }
    return [narrator.fill(narrator.wording.basic, facts)]


def _names(amounts: Mapping[str, Fen]) -> str:
    return "、".join(economic_names()[code] for code in amounts)


def _items(narrator: Narrator, amounts: Mapping[str, Fen]) -> str:
    return "、".join(
        f"{economic_names()[code]}{narrator.amount(amount)}万元" for code, amount in amounts.items()
    )


def _three_public(narrator: Narrator) -> list[str]:
    ledger = narrator.ledger
    budget, actual = ledger.budgeted, ledger.actual
    before = ledger.prior.three_public.total if ledger.prior else None
    facts = {
        **_years(narrator),
        "three_public_budget": narrator.amount(budget.total),
        "three_public_actual": narrator.amount(actual.total),
        "three_public_rate": narrator.rate(actual.total, budget.total),
        "three_public_change": _change(narrator, actual.total, before),
        "delegations": str(ledger.counts.delegations),
        "travellers": str(ledger.counts.travellers),
        "bought": str(ledger.counts.vehicles_bought),
        "kept": str(ledger.counts.vehicles_kept),
        "receptions": str(ledger.counts.receptions),
        "guests": str(ledger.counts.guests),
    }
    items = (
        ("因公出国（境）费", budget.overseas, actual.overseas),
        ("公务用车购置及运行维护费", budget.vehicle, actual.vehicle),
        ("公务接待费", budget.reception, actual.reception),
    )
    return [
        narrator.fill(narrator.wording.three_public_total, facts),
        *(_three_public_item(narrator, *item) for item in items),
        narrator.fill(narrator.wording.counts, facts),
    ]


def _three_public_item(narrator: Narrator, name: str, budget: Fen, actual: Fen) -> str:
    facts = {
        "item_name": name,
        "item_budget": narrator.amount(budget),
        "item_actual": narrator.amount(actual),
        "item_rate": narrator.rate(actual, budget),
    }
    return narrator.fill(narrator.wording.three_public_item, facts)


def _fund(narrator: Narrator, money: Money) -> list[str]:
    ledger = narrator.ledger
    facts = {
        **_years(narrator),
        "fund_name": FUND_NAMES[money],
        "fund_spent": narrator.amount(ledger.fiscal_spending(money)),
        "fund_closing": narrator.amount(ledger.fiscal_closing(money)),
    }
    wording = narrator.wording
    return [narrator.fill(wording.fund if ledger.of(money) else wording.no_fund, facts)]


def _agency(narrator: Narrator) -> list[str]:
    ledger = narrator.ledger
    if not ledger.department.is_administrative:
        return [narrator.wording.no_agency]
    before = ledger.prior.public_expenses if ledger.prior else None
    facts = {
        **_years(narrator),
        "public": narrator.amount(ledger.public_expenses),
        "agency_change": _change(narrator, ledger.public_expenses, before),
    }
    return [narrator.fill(narrator.wording.agency, facts)]


def _procurement(narrator: Narrator) -> list[str]:
    bought = narrator.ledger.procurement
    amounts = {
        "total": bought.total,
        "goods": bought.goods,
        "works": bought.works,
        "services": bought.services,
        "sme": bought.sme,
        "micro": bought.micro,
    }
    facts = {
        **_years(narrator),
        **{f"procurement.{name}": narrator.amount(amount) for name, amount in amounts.items()},
    }
    text = narrator.fill(narrator.wording.procurement, facts)
    base = bought.sme if narrator.wording.micro_base == "procurement.sme" else bought.total
    if not (bought.total and base):
        return [text]
    facts["procurement.sme_share"] = narrator.percent(bought.sme, bought.total)
    facts["procurement.micro_share"] = narrator.percent(bought.micro, base)
    return [text + narrator.fill(narrator.wording.procurement_shares, facts)]


def _assets(narrator: Narrator) -> list[str]:
    held = narrator.ledger.assets
    named = [
        kind
        for kind in VehicleType
        if held.vehicles.get(kind, 0) or narrator.wording.names_every_vehicle
    ]
    types = "、".join(f"{VEHICLE_NAMES[kind]}{{assets.vehicles.{kind}}}辆" for kind in named)
    if types and not narrator.wording.names_every_vehicle:
        types = f"，其中：{types}"
    sentence = narrator.wording.vehicles.replace("{vehicle_types}", types)
    facts = {
        **_years(narrator),
        "assets.vehicles.total": str(held.vehicle_total),
        **{f"assets.vehicles.{kind}": str(held.vehicles.get(kind, 0)) for kind in VehicleType},
        "assets.equipment.general_500k": str(held.general_500k),
        "assets.equipment.special_1m": str(held.special_1m),
        "assets.equipment.over_1m": str(held.over_1m),
    }
    return [narrator.fill(sentence + narrator.wording.equipment, facts)]
