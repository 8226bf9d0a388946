"""The narratives read by hand, as the claims that the reader should make of them.

Knows how the items of ``narrative/*.narrative.csv`` are called as claims (docs/claims.md). Does not
know the documents.
"""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

GOLD_DIR = Path(__file__).parent / "narrative"

# Sections of the hand-checked files that stand in an appended report.
APPENDIX = "appendix_"
DIRECTIONS = {"增加": "increase", "减少": "decrease", "大于": "increase", "小于": "decrease"}

THREE_PUBLIC_COUNTS = {
    "overseas_group_count": "overseas_groups.actual",
    "overseas_person_count": "overseas_persons.actual",
    "reception_batch_count": "reception_batches.actual",
    "reception_person_count": "reception_persons.actual",
    "vehicle_holdings_count": "vehicles_held.held",
}
VEHICLES = {
    "leader": "leader",
    "confidential_communication": "courier",
    "emergency": "emergency",
    "law_enforcement": "enforcement",
    "special_technical": "special",
    "other": "other",
    "total": "total",
}
STAFFING = {
    "posts": "posts",
    "staff": "staff",
    "staff_count": "staff",
    "retired_count": "retired",
    "temporary_count": "temporary",
    "total_count": "total",
}
PERFORMANCE = {
    "self_evaluation_budget_amount": ("performance.self_evaluation_funds.actual", "amount"),
    "self_evaluation_share_of_projects_percent": (
        "performance.self_evaluation_funds.actual",
        "share",
    ),
    "department_evaluation_project_count": (
        "performance.department_evaluation_projects.actual",
        "count",
    ),
    "department_evaluation_amount": ("performance.department_evaluation_funds.actual", "amount"),
    "expenditure_total": ("expenditure.total.actual", "amount"),
    "project_total": ("expenditure.project.actual", "amount"),
    "department_score": ("performance.overall_score.actual", "score"),
    "project_score": ("performance.project_score.actual", "score"),
    "key_project_score": ("performance.key_project_score.actual", "score"),
    "grade": ("performance.overall_grade.actual", "grade"),
}
OVERALL = {
    "income_expenditure_overall": "income_expenditure.total",
    "appropriation_overall": "appropriation.total",
    "general_budget_overall": "general_budget.total",
}


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """One value as a person read it.

    Attributes:
        section, item: As the hand-checked file names them.
    """

    section: str
    item: str
    part: str
    subject: str
    kind: str
    value_text: str
    unit: str
    page: int
    base: str = ""
    direction: str = ""
    item_label: str = ""
    group_label: str = ""


@dataclass(frozen=True, slots=True)
class _Named:
    subject: str
    kind: str
    base: str = ""
    item_label: str = ""
    group_label: str = ""


def gold_claims(name: str) -> list[GoldClaim]:
    """The claims of one hand-checked file, those only that the vocabulary has a name for."""
    with (GOLD_DIR / f"{name}.narrative.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return list(_claims(rows))


def _claims(rows: list[dict[str, str]]) -> Iterator[GoldClaim]:
    labels = _labels(rows)
    for row in rows:
        named = _name(row, labels)
        if named is None:
            continue
        is_word = named.kind in {"direction", "comparison"}
        yield GoldClaim(
            section=row["section"],
            item=row["item"],
            part="appendix" if row["section"].startswith(APPENDIX) else "narrative",
            subject=named.subject,
            kind=named.kind,
            value_text=row["value_text"],
            unit=row["unit"],
            page=int(row["page"]),
            base=named.base,
            direction=DIRECTIONS.get(row["value_text"], "equal") if is_word else "",
            item_label=named.item_label,
            group_label=named.group_label,
        )


def _labels(rows: list[dict[str, str]]) -> dict[tuple[str, str], str]:
    """What the numbered things of a section are called: items by their path, projects by name."""
    parts: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows:
        match = re.fullmatch(r"(\d+)_(class|group|item|name)", row["item"])
        if match:
            parts.setdefault((row["section"], match[1]), {})[match[2]] = row["value_text"]
    levels = (("class", "类"), ("group", "款"), ("item", "项"))
    return {
        key: named.get("name")
        or "".join(f"{named[part]}（{level}）" for part, level in levels if part in named)
        for key, named in parts.items()
    }


def _name(row: dict[str, str], labels: dict[tuple[str, str], str]) -> _Named | None:
    section, item = row["section"], row["item"]
    if re.fullmatch(r"\d+_(class|group|item|name)", item):
        return None
    namers = {
        "income": _of_list("income", "fiscal_appropriation"),
        "expenditure": _of_list("expenditure", ""),
        "general_budget_structure": _structure,
        "basic_expenditure": _basic,
        "appendix_basic": _appended_basic,
        "three_public": _three_public,
        "appendix_three_public": _three_public,
        "operating_cost": _operating_cost,
        "meetings_training": _meetings,
        "procurement": _procurement,
        "state_assets": _assets,
        "appendix_accounts": _accounts,
        "appendix_staffing": _staffing,
        "performance": _performance,
        "appendix_performance": _performance,
    }
    if section in OVERALL:
        return _overall(section, item)
    if section in {"general_budget_items", "appendix_projects", "appendix_project_use"}:
        return _numbered(row, labels)
    if section in {"performance_results", "appendix_results"}:
        return _indicator(row)
    namer = namers.get(section)
    return namer(row) if namer else None


def _overall(section: str, item: str) -> _Named | None:
    if item.startswith("reason_"):
        return None
    if item == "share_of_total_expenditure":
        return _Named(f"{OVERALL[section]}.actual", "share", "expenditure.total")
    return _moved(OVERALL[section], item, "prior_final") or _Named(
        f"{OVERALL[section]}.actual", "amount"
    )


def _moved(topic: str, item: str, base: str) -> _Named | None:
    """A change against another figure, by the end of the item's name."""
    kinds = {"direction": "direction", "change_amount": "change", "change_percent": "growth"}
    for ending, kind in kinds.items():
        if item.endswith(ending):
            return _Named(f"{topic}.actual", kind, base)
    return None


def _of_list(topic: str, appropriation: str) -> Callable[[dict[str, str]], _Named]:
    def namer(row: dict[str, str]) -> _Named:
        item = row["item"].removesuffix("_share_percent")
        item = "appropriation" if item == appropriation else item
        kind = "share" if row["item"].endswith("_share_percent") else "amount"
        return _Named(f"{topic}.{item}.actual", kind, f"{topic}.total" if kind == "share" else "")

    return namer


def _structure(row: dict[str, str]) -> _Named:
    if row["item"] == "total":
        return _Named("general_budget.total.actual", "amount")
    label = row["item"].removesuffix("_share_percent")
    if label != row["item"]:
        return _Named("general_budget.class.actual", "share", "general_budget.total", label)
    return _Named("general_budget.class.actual", "amount", item_label=label)


def _numbered(row: dict[str, str], labels: dict[tuple[str, str], str]) -> _Named | None:
    match = re.fullmatch(r"(?:(\d+)_)?(.+)", row["item"])
    assert match is not None
    number, what = match[1], match[2]
    label = labels.get((row["section"], number), "") if number else ""
    if row["section"] != "general_budget_items":
        if what.startswith("item_"):
            item = what.removeprefix("item_")
            return _Named("project.item.actual", "amount", item_label=item, group_label=label)
        if what == "execution_percent":
            return None
        subject = "project.income.actual" if what == "income" else "project.total.actual"
        return _Named(subject, "amount", item_label=label)
    topic = "general_budget.item" if number else "general_budget.total"
    match what:
        case "opening_budget" | "opening_budget_total":
            return _Named(f"{topic}.opening_budget", "amount", item_label=label)
        case "actual" | "actual_total":
            return _Named(f"{topic}.actual", "amount", item_label=label)
        case "completion_percent":
            return _Named(f"{topic}.actual", "completion", "opening_budget", label)
        case "comparison":
            return _Named(f"{topic}.actual", "comparison", "opening_budget", label)
    return None


def _basic(row: dict[str, str]) -> _Named | None:
    item = row["item"]
    match = re.fullmatch(r"(personnel|public|individuals)_item_(.+)", item)
    if match:
        is_name = not row["unit"]
        label = row["value_text"] if is_name else match[2]
        subject = f"basic.{match[1]}_item.actual"
        return _Named(subject, "name" if is_name else "amount", item_label=label)
    if item.endswith("_share_percent"):
        part = item.removesuffix("_share_percent")
        return _Named(f"basic.{part}.actual", "share", "basic.total")
    return _Named(f"basic.{item}.actual", "amount")


def _appended_basic(row: dict[str, str]) -> _Named | None:
    if row["item"] == "total":
        return _Named("expenditure.basic.actual", "amount")
    if row["item"].startswith("individuals_item_"):
        label = row["item"].removeprefix("individuals_item_")
        return _Named("basic.personnel_item.actual", "amount", item_label=label)
    if row["item"] == "individuals":
        return _Named("basic.class.actual", "amount", item_label="对个人和家庭的补助")
    return _basic(row)


def _three_public(row: dict[str, str]) -> _Named | None:
    item = row["item"]
    if item in THREE_PUBLIC_COUNTS:
        return _Named(f"three_public.{THREE_PUBLIC_COUNTS[item]}", "count")
    match = re.fullmatch(r"(opening_budget|budget|actual)_([a-z_]+)", item)
    if match:
        return _Named(f"three_public.{match[2]}.{match[1]}", "amount")
    match = re.fullmatch(r"(?:([a-z_]+)_)?(completion_percent|comparison|share_percent)", item)
    if match:
        thing, kind = match[1] or "total", match[2].removesuffix("_percent")
        bases = {"completion": "budget", "comparison": "opening_budget"}
        return _Named(f"three_public.{thing}.actual", kind, bases.get(kind, "three_public.total"))
    match = re.fullmatch(r"(?:([a-z_]+)_)?(yoy_[a-z_]+)", item)
    if match:
        return _moved(f"three_public.{match[1] or 'total'}", match[2], "prior_final")
    return None


def _operating_cost(row: dict[str, str]) -> _Named | None:
    topic, item = "operating_cost.total", row["item"]
    if item == "amount":
        return _Named(f"{topic}.actual", "amount")
    if item == "opening_budget":
        return _Named(f"{topic}.opening_budget", "amount")
    if item == "budget_comparison":
        return _Named(f"{topic}.actual", "comparison", "opening_budget")
    return _moved(topic, item, "prior_final" if item.startswith("yoy_") else "opening_budget")


def _meetings(row: dict[str, str]) -> _Named | None:
    match = re.fullmatch(r"(meeting|training)_(amount|basic|project)", row["item"])
    if match:
        topic = {"meeting": "meetings", "training": "training"}[match[1]]
        what = "total" if match[2] == "amount" else match[2]
        return _Named(f"{topic}.{what}.actual", "amount")
    return None


def _procurement(row: dict[str, str]) -> _Named:
    item = row["item"]
    within = re.fullmatch(r"sme_share_of_([a-z]+)_percent", item)
    if within:
        return _Named(f"procurement.sme_in_{within[1]}.actual", "share", f"procurement.{within[1]}")
    if item == "sme_share_percent":
        return _Named("procurement.sme.actual", "share", "procurement.total")
    if item.startswith("micro_share"):
        base = item.removeprefix("micro_share_of_").removesuffix("_percent")
        return _Named("procurement.micro.actual", "share", f"procurement.{base}")
    return _Named(f"procurement.{item.removesuffix('_amount')}.actual", "amount")


def _assets(row: dict[str, str]) -> _Named | None:
    item = row["item"]
    if item.startswith("vehicle_"):
        kind = VEHICLES[item.removeprefix("vehicle_")]
        return _Named(f"assets.vehicles.{kind}.held", "count")
    if item.startswith("equipment_"):
        size = item.removeprefix("equipment_").removesuffix("_count")
        kind = "none" if row["value_text"] == "无" else "count"
        return _Named(f"assets.equipment.{size}.held", kind)
    return None


def _accounts(row: dict[str, str]) -> _Named | None:
    item = row["item"]
    match = re.fullmatch(r"(basic|project)_([一-龥]+)", item)
    if match:
        return _Named(f"{match[1]}.class.actual", "amount", item_label=match[2])
    named = {
        "opening_budget": "expenditure.total.opening_budget",
        "opening_budget_expenditure": "expenditure.total.opening_budget",
        "opening_budget_income": "income.total.opening_budget",
        "opening_budget_basic": "expenditure.basic.opening_budget",
        "opening_budget_project": "expenditure.project.opening_budget",
        "full_year_budget": "expenditure.total.adjusted_budget",
        "expenditure_total": "expenditure.total.actual",
        "expenditure_basic": "expenditure.basic.actual",
        "expenditure_project": "expenditure.project.actual",
        "income_total": "income.total.actual",
        "income_fiscal_appropriation": "income.appropriation.actual",
        "income_other": "income.other.actual",
    }
    return _Named(named[item], "amount") if item in named else None


def _staffing(row: dict[str, str]) -> _Named | None:
    item = row["item"].removeprefix("affiliated_")
    return _Named(f"staffing.{STAFFING[item]}.held", "count") if item in STAFFING else None


def _performance(row: dict[str, str]) -> _Named | None:
    if not re.search(r"\d|优|良", row["value_text"]) or row["item"] not in PERFORMANCE:
        return None
    subject, kind = PERFORMANCE[row["item"]]
    return _Named(subject, kind, "expenditure.project" if kind == "share" else "")


def _indicator(row: dict[str, str]) -> _Named | None:
    if not re.fullmatch(r"[\d.]+", row["value_text"]) or not row["unit"]:
        return None
    kind = "rate" if row["unit"] == "%" else "amount" if row["unit"].endswith("元") else "count"
    return _Named("performance.indicator.actual", kind, item_label=row["item"])
