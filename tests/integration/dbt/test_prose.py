"""Each check of the prose fails where one statement is changed, and what it entails, and no other.

A sound disclosure states every kind of thing once; each case changes a word or a number of it. All
are built in one run.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace

import duckdb
import pytest

from tests.integration.dbt.built import NO_TESTS, Query, build_documents
from tests.integration.dbt.staged import Disclosed, Form, Row, Stated
from tests.paths import PROJECT_DIR

ITEM = "教育支出（类）普通教育（款）{}（项）"
CATALOGUE = PROJECT_DIR / "dbt_project" / "seeds" / "identities" / "identities.csv"
FAILING = (
    *("violation", "undefined_ratio", "residual_plug", "copy_mismatch", "coarse_precision"),
    "ambiguous",
)


def spent(total: str, basic: str, project: str) -> dict[str, str]:
    return {"total": total, "basic": basic, "project": project}


CODED = (
    Row("205", "教育支出", "", spent("100.00", "60.00", "40.00")),
    Row("20502", "普通教育", "", spent("100.00", "60.00", "40.00")),
    Row("2050201", "学前教育", "", spent("50.00", "40.00", "10.00")),
    Row("2050202", "小学教育", "", spent("30.00", "15.00", "15.00")),
    Row("2050203", "初中教育", "", spent("20.00", "5.00", "15.00")),
    Row("", "合计", "total", spent("100.00", "60.00", "40.00")),
)


def line(name: str, amount: str, measure: str = "amount") -> Row:
    return Row("", name, name, {measure: amount})


def item(code: str, label: str, amount: str) -> Row:
    return Row(code, label, "", {"amount": amount})


UNITS = ("虚构县档案局本级", "虚构县档案馆")
FORMS = (
    Form(
        "income_expenditure_summary",
        (
            line("general_public_budget", "100.00"),
            line("income_total", "100.00"),
            line("grand_total", "100.00"),
        ),
        section="income",
    ),
    Form(
        "income_expenditure_summary",
        (
            Row("", "教育支出", "function_class", {"amount": "100.00"}),
            line("expenditure_total", "100.00"),
            line("grand_total", "100.00"),
        ),
        section="expenditure",
    ),
    Form(
        "appropriation_summary",
        (
            line("general_public_budget", "100.00"),
            line("income_total", "100.00"),
            line("grand_total", "100.00"),
        ),
        section="income",
    ),
    Form(
        "income",
        (Row("", "合计", "total", {"total": "100.00", "fiscal_appropriation": "100.00"}),),
    ),
    Form("expenditure", CODED),
    Form("general_budget_expenditure", CODED),
    Form(
        "basic_expenditure",
        (
            item("301", "工资福利支出", "40.00"),
            item("30101", "基本工资", "30.00"),
            item("30102", "津贴补贴", "10.00"),
            item("30103", "奖金", "0.00"),
            item("302", "商品和服务支出", "20.00"),
            item("30201", "办公费", "15.00"),
            item("30215", "会议费", "2.00"),
            item("30216", "培训费", "1.00"),
            item("30217", "公务接待费", "2.00"),
            line("personnel_total", "40.00"),
            line("public_total", "20.00"),
        ),
    ),
    Form(
        "three_public",
        (
            Row(
                printed={
                    "budget_total": "5.00",
                    "budget_overseas": "1.00",
                    "budget_vehicle": "2.00",
                    "budget_reception": "2.00",
                    "actual_total": "4.00",
                    "actual_overseas": "0.50",
                    "actual_vehicle": "1.50",
                    "actual_reception": "2.00",
                    "actual_agency_operation": "20.00",
                }
            ),
        ),
    ),
    Form(
        "government_fund",
        (Row("", "合计", "total", spent("0.00", "0.00", "0.00")),),
        empty_statement="无政府性基金",
        empty_statement_forms="government_fund",
    ),
)


def three_public(thing: str, budget: str, actual: str, share: str, change: str) -> list[Stated]:
    subject = f"three_public.{thing}"
    moved = {"base": "prior_final", "paragraph": 9}
    return [
        Stated(f"{subject}.budget", "amount", budget, paragraph=9),
        Stated(f"{subject}.actual", "amount", actual, paragraph=9),
        *([Stated(f"{subject}.actual", "share", share, "three_public.total")] if share else []),
        Stated(f"{subject}.actual", "change", change, direction="decrease", **moved),
    ]


def executed(label: str, opening: str, actual: str, rate: str, direction: str) -> list[Stated]:
    path = ITEM.format(label)
    subject = "general_budget.item"
    return [
        Stated(f"{subject}.opening_budget", "amount", opening, label=path),
        Stated(f"{subject}.actual", "amount", actual, label=path),
        Stated(f"{subject}.actual", "completion", rate, "opening_budget", label=path),
        Stated(f"{subject}.actual", "comparison", "比", "opening_budget", direction, label=path),
    ]


PROSE = (
    Stated("income_expenditure.total.actual", "amount", "100.00", paragraph=1),
    Stated("income_expenditure.total.actual", "change", "20.00", "prior_final", paragraph=1),
    Stated("income_expenditure.total.actual", "growth", "25.00", "prior_final", paragraph=1),
    Stated("reasons.variance.actual", "amount", "20.00", "income_expenditure.total", paragraph=1),
    Stated("appropriation.total.actual", "amount", "100.00", paragraph=2),
    Stated("appropriation.total.actual", "change", "20.00", "prior_final", paragraph=2),
    Stated("appropriation.total.actual", "growth", "25.00", "prior_final", paragraph=2),
    Stated("income.total.actual", "amount", "100.00"),
    Stated("income.appropriation.actual", "amount", "100.00"),
    Stated("income.appropriation.actual", "share", "100.00", "income.total"),
    Stated("expenditure.total.actual", "amount", "100.00"),
    Stated("expenditure.basic.actual", "amount", "60.00"),
    Stated("expenditure.basic.actual", "share", "60.00", "expenditure.total"),
    Stated("expenditure.project.actual", "amount", "40.00"),
    Stated("expenditure.project.actual", "share", "40.00", "expenditure.total"),
    # What one class was spent on is no project expenditure of the department.
    Stated("expenditure.project.actual", "amount", "7.00", group="教育（类）"),
    Stated("general_budget.total.actual", "amount", "100.00"),
    Stated("general_budget.total.actual", "share", "100.00", "expenditure.total"),
    Stated("general_budget.total.opening_budget", "amount", "90.00"),
    Stated("general_budget.total.actual", "completion", "111.11", "opening_budget"),
    Stated("general_budget.class.actual", "amount", "100.00", label="教育（类）"),
    Stated(
        "general_budget.class.actual", "share", "100.00", "general_budget.total", label="教育（类）"
    ),
    *executed("学前教育", "45.00", "50.00", "111.11", "increase"),
    *executed("小学教育", "25.00", "30.00", "120.00", "increase"),
    *executed("初中教育", "20.00", "20.00", "100.00", "equal"),
    Stated("government_fund.total.actual", "amount", "0.00"),
    Stated("basic.total.actual", "amount", "60.00"),
    Stated("basic.personnel.actual", "amount", "40.00"),
    Stated("basic.personnel.actual", "share", "66.67", "basic.total"),
    Stated("basic.public.actual", "amount", "20.00"),
    Stated("basic.public.actual", "share", "33.33", "basic.total"),
    Stated("basic.personnel_item.actual", "name", "基本工资", label="基本工资"),
    Stated("basic.personnel_item.actual", "name", "津贴补贴", label="津贴补贴"),
    Stated("basic.public_item.actual", "amount", "15.00", label="办公费"),
    Stated("basic.public_item.actual", "amount", "2.00", label="会议费"),
    Stated("basic.public_item.actual", "amount", "1.00", label="培训费"),
    Stated("basic.public_item.actual", "amount", "2.00", label="公务接待费"),
    *three_public("total", "5.00", "4.00", "", "-1.00"),
    Stated("three_public.total.prior_final", "amount", "5.00", paragraph=9),
    Stated("three_public.total.actual", "growth", "-20.00", "prior_final", paragraph=9),
    Stated("three_public.total.actual", "completion", "80.00", "budget", paragraph=9),
    *three_public("overseas", "1.00", "0.50", "12.50", "-0.25"),
    *three_public("vehicle", "2.00", "1.50", "37.50", "-0.25"),
    *three_public("reception", "2.00", "2.00", "50.00", "-0.50"),
    Stated("three_public.overseas_groups.actual", "count", "1"),
    Stated("three_public.overseas_persons.actual", "count", "3"),
    Stated("three_public.reception_batches.actual", "count", "5"),
    Stated("three_public.reception_persons.actual", "count", "20"),
    Stated("three_public.vehicles_held.held", "count", "1"),
    Stated("operating_cost.total.actual", "amount", "20.00"),
    Stated("meetings.total.actual", "amount", "5.00"),
    Stated("meetings.basic.actual", "amount", "2.00"),
    Stated("meetings.project.actual", "amount", "3.00"),
    Stated("training.total.actual", "amount", "1.50"),
    Stated("procurement.total.actual", "amount", "30.00"),
    Stated("procurement.goods.actual", "amount", "10.00"),
    Stated("procurement.works.actual", "amount", "5.00"),
    Stated("procurement.services.actual", "amount", "15.00"),
    Stated("procurement.sme.actual", "amount", "24.00"),
    Stated("procurement.sme.actual", "share", "80.00", "procurement.total"),
    Stated("procurement.micro.actual", "amount", "12.00"),
    Stated("procurement.micro.actual", "share", "50.00", "procurement.sme"),
    Stated("procurement.sme_in_goods.actual", "share", "80.00", "procurement.goods"),
    Stated("procurement.sme_in_works.actual", "share", "80.00", "procurement.works"),
    Stated("procurement.sme_in_services.actual", "share", "80.00", "procurement.services"),
    Stated("organisation.units.held", "count", "2", label="预算单位", unit="家", part="overview"),
    Stated("assets.equipment.over_1m.held", "count", "1", unit="台（套）"),
    Stated("assets.vehicles.total.held", "count", "2"),
    Stated("assets.vehicles.leader.held", "count", "1"),
    Stated("assets.vehicles.other.held", "count", "1"),
    Stated("performance.self_evaluation_funds.actual", "amount", "40.00"),
    Stated("performance.self_evaluation_funds.actual", "share", "100.00", "expenditure.project"),
    Stated("performance.indicator.actual", "count", "100", label="办件", unit="件"),
    *(
        Stated(
            "performance.indicator.actual",
            "count",
            text,
            label=label,
            unit="件",
            whole=("performance.indicator.actual", "办件"),
        )
        for label, text in (("登记", "60"), ("变更", "40"))
    ),
    Stated("performance.indicator.actual", "amount", "8.00", label="救助"),
    Stated("performance.indicator.actual", "share", "20.00", "expenditure.project", label="救助"),
    Stated("funds.named.actual", "amount", "10.00", label="专项资金", year=2023, paragraph=20),
    Stated("funds.named.actual", "amount", "10.00", label="专项资金", year=2023, paragraph=21),
)


def appended(subject: str, kind: str, text: str, **more: object) -> Stated:
    return Stated(subject, kind, text, part="appendix", paragraph=30, **more)  # type: ignore[arg-type]


REPORT = (
    appended("expenditure.total.opening_budget", "amount", "90.00"),
    appended("expenditure.basic.opening_budget", "amount", "55.00"),
    appended("expenditure.project.opening_budget", "amount", "35.00"),
    appended("expenditure.addition.budget", "amount", "10.00"),
    appended("expenditure.total.actual", "amount", "100.00"),
    appended("expenditure.basic.actual", "amount", "60.00"),
    appended("expenditure.project.actual", "amount", "40.00"),
    appended("basic.personnel.actual", "amount", "40.00"),
    appended("basic.class.actual", "amount", "40.00", label="工资福利支出"),
    appended("basic.class.actual", "amount", "20.00", label="商品和服务支出"),
    appended("basic.personnel_item.actual", "amount", "30.00", label="基本工资"),
    appended("project.class.actual", "amount", "30.00", label="商品和服务支出"),
    appended("project.class.actual", "amount", "10.00", label="资本性支出"),
    appended("project.income.actual", "amount", "25.00", label="甲"),
    appended("project.total.actual", "amount", "25.00", label="甲"),
    appended("project.total.actual", "completion", "100.00", base="budget", label="甲"),
    appended("project.item.actual", "amount", "20.00", label="办公费", group="甲"),
    appended("project.item.actual", "amount", "5.00", label="办公设备购置", group="甲"),
    appended("project.total.actual", "amount", "15.00", label="乙"),
    appended("project.item.actual", "amount", "10.00", label="办公费", group="乙"),
    appended("project.item.actual", "amount", "0.00", label="公务接待费", group="乙"),
    appended("project.count.actual", "count", "2", unit="个"),
    appended("project.item.actual", "amount", "5.00", label="办公设备购置", group="乙"),
    appended("three_public.total.actual", "amount", "4.00"),
    appended("three_public.total.opening_budget", "amount", "5.00"),
    appended("three_public.vehicle_operation.opening_budget", "amount", "3.00"),
    appended("three_public.reception.opening_budget", "amount", "2.00"),
    appended("staffing.total.held", "count", "12"),
    appended("staffing.staff.held", "count", "9"),
    appended("staffing.temporary.held", "count", "1"),
    appended("staffing.retired.held", "count", "2"),
    appended("staffing.posts.held", "count", "10"),
)

BUDGET_FORMS = (
    Form(
        "budget_summary",
        (line("income_total", "100.00"), line("grand_total", "100.00")),
        section="income",
    ),
    Form(
        "budget_summary",
        (line("expenditure_total", "100.00"), line("grand_total", "100.00")),
        section="expenditure",
    ),
    Form(
        "budget_appropriation_summary",
        (line("general_public_budget", "100.00"), line("grand_total", "100.00")),
        section="income",
    ),
    Form("budget_expenditure", CODED),
    Form("budget_general_expenditure", CODED),
    Form(
        "budget_three_public",
        (
            Row(
                printed={
                    "total": "3.00",
                    "overseas": "0.00",
                    "vehicle": "1.00",
                    "reception": "2.00",
                    "agency_operation": "20.00",
                }
            ),
        ),
    ),
)
BUDGET_PROSE = (
    Stated("expenditure.total.budget", "amount", "100.00"),
    Stated("appropriation.total.budget", "amount", "100.00"),
    Stated("general_budget.total.budget", "amount", "100.00"),
    Stated("general_budget.item.budget", "amount", "30.00", label="小学教育（项）"),
    Stated("three_public.reception.budget", "amount", "2.00"),
    Stated("operating_cost.total.budget", "amount", "20.00"),
    Stated("procurement.total.budget", "amount", "20.00"),
    Stated("procurement.sme_reserved.budget", "amount", "12.00"),
    Stated("procurement.micro_reserved.budget", "amount", "6.00"),
    Stated("performance.target_funds.budget", "amount", "30.00"),
    Stated("three_public.total.budget", "amount", "3.00"),
    Stated("three_public.total.prior_budget", "amount", "4.00"),
    Stated("three_public.total.budget", "change", "-1.00", "prior_budget"),
)


OF_BUDGETS = frozenset(
    row["identity_id"]
    for row in csv.DictReader(CATALOGUE.read_text(encoding="utf-8").splitlines())
    if row["document_kind"] == "budget"
)


@dataclass(frozen=True, slots=True)
class Case:
    """A disclosure in which a statement is made otherwise.

    Attributes:
        identity_id: The identity that this breaks.
        entails: Others that share the statement and break with it.
        prose: What the disclosure then states.
        text_findings: What is then wrong with its words.
        forms: What its forms print.
    """

    identity_id: str
    entails: tuple[str, ...]
    prose: tuple[Stated, ...]
    text_findings: tuple[tuple[str, str], ...] = ()
    forms: tuple[Form, ...] = FORMS

    @property
    def is_budget(self) -> bool:
        """Whether the disclosure is a budget."""
        return self.identity_id in OF_BUDGETS


def said(
    identity_id: str,
    subject: str,
    kind: str,
    text: str,
    *entails: str,
    label: str = "",
    group: str = "",
    part: str = "narrative",
    **fields: object,
) -> Case:
    """State one thing otherwise; the last statement of it, where there are several."""
    prose = BUDGET_PROSE if identity_id in OF_BUDGETS else (*PROSE, *REPORT)
    key = (subject, kind, label, group, part)
    *_, place = (
        index
        for index, each in enumerate(prose)
        if (each.subject, each.kind, each.label, each.group, each.part) == key
    )
    changed = replace(prose[place], text=text, **fields)  # type: ignore[arg-type]
    return Case(identity_id, entails, (*prose[:place], changed, *prose[place + 1 :]))


def added(identity_id: str, *statements: Stated) -> Case:
    """State something more."""
    return Case(identity_id, (), (*PROSE, *REPORT, *statements))


def worded(identity_id: str, kind: str) -> Case:
    """Let something be wrong with the words themselves."""
    return Case(identity_id, (), (*PROSE, *REPORT), ((kind, "说明"),))


def level_though_its_parts_moved() -> Case:
    """The three public expenses are said to have stayed the same, and each of them fell."""
    prose = tuple(
        replace(each, kind="direction", text="持平", direction="equal")
        if (each.subject, each.kind, each.part)
        == ("three_public.total.actual", "change", "narrative")
        else each
        for each in (*PROSE, *REPORT)
    )
    return Case("yoy_level_parts", ("yoy_parts", "yoy_prior", "yoy_rate", "yoy_stated"), prose)


def blank_in_the_form() -> Case:
    """The form leaves the cell of the agency operating cost blank."""
    forms = tuple(
        replace(
            form,
            rows=tuple(
                replace(row, printed={**row.printed, "actual_agency_operation": ""})
                for row in form.rows
            ),
        )
        if form.form == "three_public"
        else form
        for form in FORMS
    )
    return Case("nar_blank", (), (*PROSE, *REPORT), forms=forms)


def called_as_it_was() -> Case:
    """A 类 has the name that it had some years ago, the form has the present one."""
    forms = tuple(
        replace(
            form,
            rows=(
                *form.rows,
                Row("210", "卫生健康支出", "", spent("0.00", "0.00", "0.00")),
            ),
        )
        if form.form == "general_budget_expenditure"
        else form
        for form in FORMS
    )
    named = Stated(
        "general_budget.class.actual", "amount", "0.00", label="医疗卫生与计划生育支出（类）"
    )
    return Case("former_name", (), (*PROSE, *REPORT, named), forms=forms)


def of_report(identity_id: str, subject: str, text: str, *entails: str, **key: str) -> Case:
    """State an amount or a count of the appended report otherwise."""
    kind = "count" if subject.startswith(("staffing", "project.count")) else "amount"
    return said(identity_id, subject, kind, text, *entails, part="appendix", **key)


def every_item_at_its_budget() -> Case:
    """All opening budgets are the final figures."""
    final = {"学前教育": "50.00", "小学教育": "30.00", "初中教育": "20.00"}
    items = [
        statement
        for label, amount in final.items()
        for statement in executed(label, amount, amount, "100.00", "equal")
    ]
    others = [
        replace(each, text={"90.00": "100.00", "111.11": "100.00"}.get(each.text, each.text))
        for each in PROSE
        if not each.subject.startswith("general_budget.item")
    ]
    return Case("nar_all_budget_equals_actual", ("app_initial_vs_nar",), (*others, *items, *REPORT))


def misnamed() -> Case:
    """One 款 has another name in the prose than in the form."""
    prose = tuple(
        replace(each, label=each.label.replace("普通教育（款）小学", "普通教学（款）小学"))
        for each in (*PROSE, *REPORT)
    )
    return Case("label_mismatch", (), prose)


def reception_paid_from_a_project() -> Case:
    """A project lists a reception that the form of the three public expenses does not hold."""
    prose = tuple(
        replace(each, text={"公务接待费": "1.00", "办公费": "9.00"}[each.label])
        if (each.group, each.label) in {("乙", "公务接待费"), ("乙", "办公费")}
        else each
        for each in (*PROSE, *REPORT)
    )
    return Case("tpe_eq_bas_plus_projects", (), prose)


def no_equipment() -> Case:
    """Vehicles are counted by their use, and no equipment beside them."""
    prose = tuple(
        replace(each, subject=each.subject.replace("equipment.over_1m", "floor_area"))
        for each in (*PROSE, *REPORT)
    )
    return Case("asset_thresholds", (), prose)


SMALL = ITEM.format("小学教育")
CASES = (
    said("nar_totals", "appropriation.total.actual", "amount", "101.00", "yoy_rate"),
    said("nar_income_lines", "income.total.actual", "amount", "103.00", "nar_income_shares"),
    said("nar_exp_lines", "expenditure.basic.actual", "amount", "63.00", "nar_exp_shares"),
    said(
        *("nar_gpb_total", "general_budget.total.actual", "amount", "103.00"),
        *("nar_gpb_share_of_total", "nar_completion_rate", "nar_lei_sum", "nar_lei_shares"),
    ),
    said("nar_fund_totals", "government_fund.total.actual", "amount", "4.00"),
    said(
        *("nar_lei_list", "general_budget.class.actual", "amount", "97.00"),
        *("nar_lei_sum", "nar_lei_shares"),
        label="教育（类）",
    ),
    said(
        *("nar_item_actual", "general_budget.item.actual", "amount", "33.00"),
        "nar_completion_rate",
        label=SMALL,
    ),
    added(
        "nar_lei_sum",
        Stated("general_budget.class.actual", "amount", "5.00", label="科学技术（类）"),
    ),
    said(
        *("nar_item_budget_sum", "general_budget.item.opening_budget", "amount", "27.00"),
        "nar_completion_rate",
        label=SMALL,
    ),
    said(
        "nar_basic", "basic.total.actual", "amount", "63.00", "nar_basic_split", "nar_basic_shares"
    ),
    said(
        *("nar_basic_split", "basic.personnel.actual", "amount", "43.00"),
        *("nar_basic", "nar_basic_shares"),
    ),
    said("nar_basic_item_list", "basic.public_item.actual", "amount", "16.00", label="办公费"),
    said("nar_tpe_items", "three_public.reception.budget", "amount", "3.00", "nar_tpe_split"),
    said(
        *("nar_tpe_split", "three_public.total.budget", "amount", "6.00"),
        *("nar_tpe_items", "nar_tpe_rate"),
    ),
    said("nar_counts", "three_public.reception_batches.actual", "count", "25"),
    said("nar_opex_form", "operating_cost.total.actual", "amount", "19.00"),
    said("nar_opex_eq_public", "operating_cost.total.actual", "amount", "23.00", "nar_opex_form"),
    said(
        *("nar_meeting_ge_bas", "meetings.total.actual", "amount", "1.00"),
        "nar_meeting_detail_sum",
    ),
    said("nar_training_ge_bas", "training.total.actual", "amount", "0.50"),
    said("nar_meeting_detail_sum", "meetings.project.actual", "amount", "3.50"),
    said(
        *("proc_split", "procurement.goods.actual", "amount", "9.00"),
        "proc_sme_by_kind",
    ),
    said(
        *("proc_parts_le_total", "procurement.services.actual", "amount", "18.00"),
        *("proc_split", "proc_sme_by_kind"),
    ),
    said(*("proc_sme_le_total", "procurement.micro.actual", "amount", "30.00"), "proc_sme_share"),
    said(
        *("proc_le_spending", "procurement.total.actual", "amount", "90.00"),
        *("proc_split", "proc_sme_share"),
    ),
    said("veh_by_type", "assets.vehicles.total.held", "count", "3"),
    said("veh_types_le_total", "assets.vehicles.leader.held", "count", "3", "veh_by_type"),
    said("veh_vs_tpe", "three_public.vehicles_held.held", "count", "3"),
    said("yoy_parts", "three_public.overseas.actual", "change", "-0.75"),
    said("yoy_prior", "three_public.total.prior_final", "amount", "6.00", "yoy_stated"),
    said("yoy_stated", "three_public.total.actual", "growth", "-24.00", "yoy_rate"),
    added(
        "yoy_stated",
        Stated("meetings.basic.actual", "amount", "2.00", paragraph=40),
        Stated("meetings.basic.prior_final", "amount", "1.60", paragraph=40, year=2022),
        Stated("meetings.basic.actual", "growth", "20.00", "prior_final", paragraph=40),
    ),
    added(
        "yoy_stated",
        Stated("training.total.prior_final", "amount", "1.40", paragraph=0, year=2022),
        Stated("training.total.actual", "direction", "持平", "prior_final", "equal"),
    ),
    level_though_its_parts_moved(),
    added("stated_twice", Stated("meetings.total.actual", "amount", "6.00", paragraph=41)),
    added(
        "stated_twice", Stated("three_public.overseas_persons.actual", "count", "4", paragraph=41)
    ),
    blank_in_the_form(),
    called_as_it_was(),
    added("proc_part_le_whole", Stated("procurement.sme_reserved.actual", "amount", "33.00")),
    added(
        "proc_part_le_whole",
        Stated("procurement.sme_in_goods.actual", "amount", "11.00"),
    ),
    added(
        "units_named",
        Stated(
            *("staffing.offices.held", "count", "3"),
            unit="个",
            sentence="本局内设机构3个，分别为办公室、业务科。",
        ),
    ),
    added(
        "units_named",
        Stated(
            *("organisation.units.held", "count", "2"),
            label="下属事业单位",
            unit="家",
            sentence="下设2家事业单位，包括：县档案馆、县方志馆、县史料中心。",
        ),
    ),
    of_report("app_scope", "expenditure.total.actual", "130.00", "app_adjusted_chain"),
    of_report("app_totals", "expenditure.basic.actual", "66.00", "app_basic_econ"),
    of_report("app_initial_split", "expenditure.basic.opening_budget", "57.00"),
    of_report(
        *("app_initial_vs_nar", "expenditure.total.opening_budget", "92.00"),
        *("app_initial_split", "app_adjusted_chain"),
    ),
    of_report("app_adjusted_chain", "expenditure.addition.budget", "14.00"),
    of_report("app_personnel_scope", "basic.personnel.actual", "44.00"),
    of_report("app_basic_items", "basic.personnel_item.actual", "31.00", label="基本工资"),
    of_report(
        *("app_basic_econ", "basic.class.actual", "21.00", "app_basic_items"),
        label="商品和服务支出",
    ),
    of_report(
        *("app_project_econ", "project.class.actual", "12.00", "app_items_by_class"),
        label="资本性支出",
    ),
    of_report(
        *("app_projects_total", "project.total.actual", "16.00", "app_project_items"), label="乙"
    ),
    of_report(
        *("app_project_items", "project.item.actual", "21.00", "app_items_by_class"),
        label="办公费",
        group="甲",
    ),
    of_report(
        *("app_items_by_class", "project.item.actual", "6.00", "app_project_items"),
        label="办公设备购置",
        group="乙",
    ),
    of_report("app_tpe", "three_public.total.actual", "4.50"),
    of_report("app_tpe_opening", "three_public.reception.opening_budget", "2.50"),
    of_report("app_headcount", "staffing.retired.held", "4"),
    of_report("app_staff_le_posts", "staffing.posts.held", "8"),
    said("b_nar_totals", "expenditure.total.budget", "amount", "104.00"),
    said("b_nar_appropriation", "appropriation.total.budget", "amount", "104.00"),
    said("b_nar_funds", "general_budget.total.budget", "amount", "104.00"),
    said("b_nar_items", "general_budget.item.budget", "amount", "33.00", label="小学教育（项）"),
    said("b_nar_tpe", "three_public.reception.budget", "amount", "2.50"),
    said("b_nar_opex", "operating_cost.total.budget", "amount", "21.00"),
    said(
        *("b_proc", "procurement.sme_reserved.budget", "amount", "21.00"),
        "proc_part_le_whole",
    ),
    said("b_perf_targets", "performance.target_funds.budget", "amount", "42.00"),
    said("b_yoy", "three_public.total.prior_budget", "amount", "5.00", "yoy_stated"),
    reception_paid_from_a_project(),
    said("yoy_same_base", "appropriation.total.actual", "growth", "26.00", "yoy_rate"),
    said("nar_percap_sane", "three_public.reception_persons.actual", "count", "5000"),
    of_report("app_project_count", "project.count.actual", "3"),
    said("b_units", "organisation.units.held", "count", "3", label="预算单位", part="overview"),
    no_equipment(),
    added(
        "no_single_reading",
        Stated("", "amount", "7.00", reading="ambiguous"),
    ),
    said("nar_income_shares", "income.appropriation.actual", "share", "90.00"),
    said("nar_exp_shares", "expenditure.basic.actual", "share", "61.00"),
    said("nar_gpb_share_of_total", "general_budget.total.actual", "share", "90.00"),
    said("nar_lei_shares", "general_budget.class.actual", "share", "90.00", label="教育（类）"),
    said("nar_basic_shares", "basic.personnel.actual", "share", "60.00"),
    said("nar_tpe_shares", "three_public.reception.actual", "share", "55.00"),
    said("proc_sme_share", "procurement.sme.actual", "share", "70.00"),
    said("perf_scope_share", "performance.self_evaluation_funds.actual", "share", "90.00"),
    said("nar_other_shares", "performance.indicator.actual", "share", "30.00", label="救助"),
    said("nar_completion_rate", "general_budget.total.actual", "completion", "101.11"),
    said("nar_tpe_rate", "three_public.total.actual", "completion", "85.00"),
    said(
        *("app_project_rate", "project.total.actual", "completion", "90.00"),
        label="甲",
        part="appendix",
    ),
    said("yoy_rate", "three_public.total.actual", "growth", "-30.00", "yoy_stated"),
    said("yoy_direction", "income_expenditure.total.actual", "growth", "-25.00"),
    said("proc_sme_by_kind", "procurement.sme_in_goods.actual", "share", "50.00"),
    said(
        *("nar_equal_claims", "general_budget.item.actual", "comparison", "小于"),
        label=ITEM.format("学前教育"),
        direction="decrease",
    ),
    said("perf_fund_year", "funds.named.actual", "amount", "12.00", label="专项资金", year=2022),
    said("app_activity_sums", "performance.indicator.actual", "count", "45", label="变更"),
    every_item_at_its_budget(),
    said("reason_explains_delta", "reasons.variance.actual", "amount", "25.00"),
    misnamed(),
    added("nar_basic_names", Stated("basic.personnel_item.actual", "name", "奖金", label="奖金")),
    worded("placeholder_residue", "placeholder"),
    worded("template_residue", "template_residue"),
    worded("wrong_fund", "wrong_fund"),
    worded("unit_missing", "unit_missing"),
    worded("name_mismatch", "name_mismatch"),
    worded("wrong_year", "wrong_year"),
)
SOUND = Disclosed("0" * 16, FORMS, claims=(*PROSE, *REPORT), units=UNITS)
SOUND_BUDGET = Disclosed("f" * 16, BUDGET_FORMS, kind="budget", claims=BUDGET_PROSE)


def document_of(case: Case) -> Disclosed:
    return Disclosed(
        f"{CASES.index(case) + 1:016x}",
        BUDGET_FORMS if case.is_budget else case.forms,
        kind="budget" if case.is_budget else "final_accounts",
        department=f"虚构县{case.identity_id}局",
        claims=case.prose,
        text_findings=case.text_findings,
        units=UNITS,
    )


@pytest.fixture(scope="module")
def query(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Query]:
    folder = tmp_path_factory.mktemp("prose")
    documents = (SOUND, SOUND_BUDGET, *map(document_of, CASES))
    marts = ("+fct_identity_checks", "+fct_discrepancies", "+fct_disclosed_figures")
    warehouse, _ = build_documents(folder, documents, options=("--select", *marts, *NO_TESTS))
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield lambda sql, *values: connection.execute(sql, values).fetchall()


@pytest.fixture(scope="module")
def failing(query: Query) -> dict[str, set[str]]:
    """The checks of the prose that fail, by document; a document without any is there too."""
    documents = (SOUND, SOUND_BUDGET, *map(document_of, CASES))
    found = query(
        "select document_id, identity_id from marts.fct_identity_checks "
        "where evidence = 'narrative' and list_contains(?, tier)",
        list(FAILING),
    )
    by_document: dict[str, set[str]] = {document.document_id: set() for document in documents}
    for document_id, identity_id in found:
        by_document[document_id].add(identity_id)
    return by_document


def test_sound_prose_breaks_nothing(failing: dict[str, set[str]]):
    assert failing[SOUND.document_id] == set()
    assert failing[SOUND_BUDGET.document_id] == set()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.identity_id)
def test_a_changed_statement_breaks_its_identity_and_what_it_entails(
    failing: dict[str, set[str]], case: Case
):
    assert failing[document_of(case).document_id] == {case.identity_id, *case.entails}


def case_of(identity_id: str) -> Disclosed:
    """The first document that breaks an identity of the prose."""
    return document_of(next(case for case in CASES if case.identity_id == identity_id))


@pytest.mark.parametrize(
    ("broken", "identity_id", "conflict"),
    [
        ("nar_totals", "nar_totals", "prose_forms"),
        ("nar_totals", "yoy_rate", "prose"),
        ("nar_basic", "nar_basic_split", "prose"),
        ("nar_blank", "nar_blank", "prose_forms"),
        ("stated_twice", "stated_twice", "prose"),
        ("template_residue", "template_residue", "wording"),
    ],
)
def test_a_contradiction_says_what_contradicts_what(
    query: Query, broken: str, identity_id: str, conflict: str
):
    found = query(
        "select conflict from marts.fct_discrepancies "
        "where document_id = ? and list_contains(string_split(identity_ids, ', '), ?)",
        case_of(broken).document_id,
        identity_id,
    )
    assert set(found) == {(conflict,)}


def test_what_the_prose_says_is_told_beside_a_status_that_it_leaves_alone(query: Query):
    told = """
        select form, measure, amount_text, status
        from marts.fct_disclosed_figures
        where document_id = ? and is_contradicted_by_prose
    """
    statuses = (
        "select figure_id[17:], status from marts.fct_disclosed_figures where document_id = ?"
    )
    broken = case_of("nar_totals").document_id
    assert query(told, broken)
    assert sorted(query(statuses, broken)) == sorted(query(statuses, SOUND.document_id))
    for document in (SOUND, case_of("stated_twice"), case_of("template_residue")):
        assert query(told, document.document_id) == []


def test_each_check_of_the_prose_has_a_case():
    with CATALOGUE.open(encoding="utf-8", newline="") as lines:
        identities = {
            row["identity_id"] for row in csv.DictReader(lines) if row["evidence"] == "narrative"
        }
    assert {case.identity_id for case in CASES} == identities
