"""Whose document it is, of which year and kind, is taken from its own words."""

import pytest

from pipelines.domain.disclosure import DocumentKind, Scope
from pipelines.normalising.identification import identify
from pipelines.normalising.regions import load_divisions
from tests.paths import REFERENCE_DIR
from tests.unit.normalising.drawn import BUDGET_FORM, expenditure_table, identified, recognised

TABLE = expenditure_table()


@pytest.mark.parametrize(
    "lines",
    [
        ("某县水利局2023年度部门决算",),
        ("某县水利局2023年部门决算",),
        ("某县水利局 2023 年度 部门决算",),
        ("某县水利局部门2023年度部门决算",),
        ("2023年度某县水利局部门决算",),
        ("2023年度某县水利局部门决算公开说明",),
        ("某县水利局", "2023年度部门决算"),
        ("某县", "水利局2023年度部门决算"),
        ("目录", "第一部分 某县水利局概况"),
        ("某县水利局概况",),
        ("第一部分 某县水利局部门概况",),
        ("某县水利局（本级）2023年度部门决算",),
    ],
    ids=lambda lines: " / ".join(lines),
)
def test_the_body_is_named_on_cover_heading_or_contents(lines: tuple[str, ...]):
    assert identified(*lines).department_name == "某县水利局"


def test_the_body_may_be_named_on_the_forms_only():
    recognition = recognised("支出决算表", "部门：某县水利局 单位：万元", TABLE)
    identification = identify(
        recognition.forms, recognition.paragraphs, load_divisions(REFERENCE_DIR)
    )
    assert identification.department_name == "某县水利局"
    assert identification.evidence["department_name"] == "某县水利局"


@pytest.mark.parametrize(
    "lines",
    [
        ("2023年度部门决算",),
        ("本部门2023年度部门决算",),
        ("第一部分 部门概况", "第二部分 2023年度部门决算表"),
        ("第一部分 单位基本概况",),
        ("我局主管全县水利，2023年度决算如下。",),
        (),
    ],
    ids=lambda lines: " / ".join(lines) or "nothing",
)
def test_words_that_name_nobody_name_nobody(lines: tuple[str, ...]):
    assert identified(*lines).department_name == ""


def test_the_name_printed_most_often_wins():
    identification = identified(
        "某县水利局2023年度部门决算",
        "第一部分 某县水利局概况",
        "某县财政局2023年度部门决算",
    )
    assert identification.department_name == "某县水利局"


def test_of_names_printed_equally_often_the_first_wins():
    lines = ("某县水利局2023年度部门决算", "正文。", "某县财政局2023年度部门决算")
    assert identified(*lines).department_name == "某县水利局"


def test_the_division_follows_from_the_name():
    assert identified("长沙市岳麓区审计局2023年度部门决算").region_code == "430104"
    assert identified("某县水利局2023年度部门决算").region_code == ""


@pytest.mark.parametrize(
    ("context", "code"), [("上海市", "310107"), ("浙江省舟山市", "330903"), ("正文", "")]
)
def test_an_ambiguous_division_is_decided_by_the_document(context: str, code: str):
    lines = ("普陀区审计局2023年度部门决算", f"在{context}的领导下开展工作。")
    assert identified(*lines).region_code == code


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        (("某县水利局2023年度部门决算",), 2023),
        (("某县水利局2023年度决算公开",), 2023),
        (("第三部分 2023年度部门决算情况说明",), 2023),
        (("某县水利局", "2023年度部门决算"), 2023),
        (("2023年度财政决算公开",), 2023),
        (("某县水利局二〇二三年度部门决算",), 2023),
        (("某县水利局", "二○二三年度部门决算"), 2023),
        (("某县水利局", "二零二三 年 度 部门决算"), 2023),
        (("本部门2023年度决算收入总计5万元。",), 2023),
        (("某县水利局",), None),
        (("某县水利局2023年度部门预算",), None),
    ],
    ids=[
        "cover",
        "report",
        "part",
        "two lines",
        "fiscal",
        "spelled",
        "circles",
        "zero",
        "sentence",
        "no year",
        "another kind",
    ],
)
def test_the_year_is_that_of_the_accounts(lines: tuple[str, ...], year: int | None):
    assert identified(*lines).fiscal_year == year


@pytest.mark.parametrize(
    "comparison",
    [
        "与2022年度决算相比，支出增加5万元，2022年度决算为3万元。",
        "2022年度决算数为5万元；2022年度部门决算已公开。",
        "比2021年度决算、2022年度决算、2022年决算均有增加，",
    ],
)
def test_comparisons_with_other_years_decide_nothing(comparison: str):
    identification = identified("某县水利局2023年度部门决算", comparison, comparison)
    assert identification.fiscal_year == 2023
    assert identification.evidence["fiscal_year"] == "2023年度部门决算"


def test_the_year_may_be_printed_on_the_forms_only():
    recognition = recognised("2023年度支出决算表", "单位：万元", TABLE, "2025年部门收入决算表")
    divisions = load_divisions(REFERENCE_DIR)
    assert identify(recognition.forms, recognition.paragraphs, divisions).fiscal_year in (
        2023,
        2025,
    )


def test_the_kind_is_that_of_the_forms():
    assert identified("某县水利局2023年度部门决算").kind is DocumentKind.FINAL_ACCOUNTS
    budget = identified("某县水利局2024年部门预算", form=BUDGET_FORM)
    assert (budget.kind, budget.fiscal_year, budget.department_name) == (
        DocumentKind.BUDGET,
        2024,
        "某县水利局",
    )
    assert budget.evidence["kind"] == "支出预算总表"


def test_without_forms_there_is_no_kind():
    nothing = identify([], [], load_divisions(REFERENCE_DIR))
    assert (nothing.kind, nothing.fiscal_year, nothing.department_name) == (None, None, "")
    assert set(nothing.evidence.values()) == {""}


@pytest.mark.parametrize(
    ("line", "scope"),
    [
        ("某县水利局2023年度部门决算", Scope.DEPARTMENT),
        ("某县水利站2023年度单位决算", Scope.UNIT),
        ("某县水利站2024年单位收入决算表", Scope.UNIT),
        ("某县水利站2024年预算单位财务收支", Scope.UNIT),
        ("某县水利局概况", Scope.DEPARTMENT),
    ],
)
def test_a_units_own_document_is_told_from_a_departments(line: str, scope: Scope):
    assert identified(line).scope is scope


def test_the_titles_of_the_forms_say_the_scope_too():
    unit = identified("某县水利站", form=("2024年预算单位支出预算总表", "单位：元"))
    assert (unit.scope, unit.fiscal_year) == (Scope.UNIT, 2024)
    assert unit.evidence["scope"] == "2024年预算单位支出"


def test_the_scope_printed_most_often_wins():
    lines = (
        "某县水利站2023年度单位决算",
        "第二部分 2023年度单位决算表",
        "2023年度部门决算情况说明",
    )
    assert identified(*lines).scope is Scope.UNIT


def test_the_words_that_were_relied_on_are_kept():
    assert identified("某县水利局2023年度部门决算").evidence == {
        "department_name": "某县水利局2023年度部门决算",
        "fiscal_year": "2023年度部门决算",
        "kind": "支出决算表",
        "scope": "2023年度部门决算",
    }
