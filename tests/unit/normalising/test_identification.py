"""Whose document it is, of which year and kind, is taken from its own words."""

from dataclasses import replace

import pytest

from pipelines.domain.disclosure import DocumentKind, Scope
from tests.unit.normalising.printed import FINAL_FORM, identified, printed, printing

BUDGET_FORM = (printing("支出预算总表", form="budget_expenditure"),)


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
    identification = identified(
        printings=[printing("支出决算表", form="expenditure", entity="某县水利局")]
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


def test_the_year_may_stand_beside_the_unit_of_a_form_only():
    forms = [replace(FINAL_FORM[0], year=year) for year in (2023, 2023, 2022)]
    assert identified("某县水利局", "与2021年决算相比。", printings=forms).fiscal_year == 2023
    headed = identified("某县水利局2024年度部门决算", printings=forms)
    assert headed.fiscal_year == 2024


def test_the_year_may_be_printed_on_the_forms_only():
    forms = [
        printing("2023年度支出决算表", form="expenditure"),
        printing("2025年部门收入决算表"),
    ]
    assert identified(printings=forms).fiscal_year in (2023, 2025)


def test_the_kind_is_that_of_the_forms():
    assert identified("某县水利局2023年度部门决算").kind is DocumentKind.FINAL_ACCOUNTS
    budget = identified("某县水利局2024年部门预算", printings=BUDGET_FORM)
    assert (budget.kind, budget.fiscal_year, budget.department_name) == (
        DocumentKind.BUDGET,
        2024,
        "某县水利局",
    )
    assert budget.evidence["kind"] == "支出预算总表"


def test_without_forms_there_is_no_kind():
    nothing = identified(printings=[])
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
    unit = identified(
        "某县水利站",
        printings=[printing("2024年预算单位支出预算总表", form="budget_expenditure")],
    )
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


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (("某县水利局", "2019年度部门预算公开"), DocumentKind.BUDGET),
        (("某县水利局2019年度部门决算", "政府性基金预算收支情况说明"), DocumentKind.FINAL_ACCOUNTS),
        (("某县水利局概况", "一般公共预算支出情况说明"), None),
        (("某县水利局概况", "2019年，本部门预算总收入5万元，较上年增加。"), DocumentKind.BUDGET),
        (
            ("某县水利局概况", "部门预算单位构成", "三、支出决算情况说明"),
            DocumentKind.FINAL_ACCOUNTS,
        ),
    ],
    ids=["cover", "fund", "fund only", "sentence", "heading"],
)
def test_where_no_form_is_named_headings_say_the_kind(
    lines: tuple[str, ...], kind: DocumentKind | None
):
    assert identified(*lines, printings=printed("收支总表")).kind is kind


def test_titles_say_the_kind_too():
    identification = identified(printings=printed("收入预算总表", "支出预算总表", "三公经费表"))
    assert identification.kind is DocumentKind.BUDGET
    assert identification.evidence["kind"] == "收入预算总表"


def test_prose_alone_says_whose_document_it_is_and_of_which_year_and_kind():
    prose = identified(
        "柳溪市茶叶局",
        "2019年度部门预算公开",
        "第三部分 2019年度部门预算情况说明",
        "柳溪市茶叶局2019年度收入、支出预算总计90.00万元，比2018年度预算增加1.00万元。",
        printings=[],
    )
    assert (prose.department_name, prose.fiscal_year, prose.kind) == (
        "柳溪市茶叶局",
        2019,
        DocumentKind.BUDGET,
    )


@pytest.mark.parametrize(
    ("lines", "titles", "year"),
    [
        (("甲省2018年度", "省级部门预算公开报表"), (), 2018),
        (("甲省2018年度", "部门预算"), (), 2018),
        (("柳溪市茶叶局部门预算", "（2018年度）"), (), 2018),
        (("柳溪市2018年市级部门预算",), (), 2018),
        ((), ("柳溪市茶叶局2018年部门收支总表",), 2018),
        ((), ("2018年收支总表",), 2018),
        ((), ("2017年与2018年收支对比表",), None),
        (("2018年部门预算", "2018年2月5日", "2019年1月"), (), 2018),
    ],
    ids=[
        "behind the province",
        "behind the province, no level",
        "below",
        "level",
        "title with name",
        "title",
        "title of two years",
        "dates",
    ],
)
def test_the_year_wherever_it_stands(lines: tuple[str, ...], titles: tuple[str, ...], year):
    assert identified(*lines, printings=printed(*titles)).fiscal_year == year


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("中共长沙市委组织部", "430100"),
        ("中国共产党长沙市委员会组织部", "430100"),
        ("中国共产主义青年团湖南省委员会", "430000"),
        ("中国民主同盟长沙市委员会", "430100"),
        ("国家税务总局长沙市税务局", "430100"),
    ],
)
def test_an_organs_division_follows_from_its_name(name: str, code: str):
    assert identified(f"{name}2023年度部门决算").region_code == code


@pytest.mark.parametrize(
    "heading",
    [
        "某县水利局2021年度一般公共预算财政拨款“三公”经费支出决算",
        "某县水利局2021年度“三公”经费支出决算情况说明",
        "2021年度某县水利局“三公”经费决算公开说明",
        "某县水利局部门2021年政府性基金预算财政拨款支出决算情况",
    ],
)
def test_a_page_about_one_fund_is_identified_by_its_heading(heading: str):
    identification = identified(heading, "其中：公务接待费1.50万元。")
    assert (identification.department_name, identification.fiscal_year, identification.kind) == (
        "某县水利局",
        2021,
        DocumentKind.FINAL_ACCOUNTS,
    )


def test_the_year_of_the_publication_counts_before_that_of_a_heading_about_one_fund():
    identification = identified(
        "某县水利局2023年部门决算",
        "某县水利局2022年政府性基金支出决算情况",
        "某县水利局2022年“三公”经费支出决算情况",
    )
    assert identification.fiscal_year == 2023


@pytest.mark.parametrize(
    ("file_name", "year"),
    [
        ("附件1：柳溪县茶叶站2021年度部门决算公开表.xls", 2021),
        ("2021年柳溪县茶叶站报表.xls", 2021),
        ("柳溪县茶叶站2021年度决算、2022年度部门决算.xls", None),
        ("柳溪县茶叶站2022年部门预算公开表.xls", None),
        ("P020210831.xls", None),
    ],
    ids=["publication", "year alone", "two years", "another kind", "no year"],
)
def test_a_year_that_no_text_states_is_that_of_the_files_name(file_name: str, year: int | None):
    sheets = [printing("收入决算表", form="income", entity="柳溪县茶叶站")]
    named = identified(printings=sheets, file_name=file_name)
    assert named.fiscal_year == year
    assert named.evidence["fiscal_year"].startswith("file name: ") == (year is not None)


def test_what_the_text_states_counts_before_the_files_name():
    stated = identified("柳溪县茶叶站2021年度部门决算", file_name="2020年部门预算.docx")
    assert (stated.fiscal_year, stated.kind) == (2021, DocumentKind.FINAL_ACCOUNTS)
    assert stated.evidence["fiscal_year"] == "2021年度部门决算"


def test_a_kind_that_no_text_states_is_that_of_the_files_name():
    named = identified(printings=printed("收支总表"), file_name="柳溪县茶叶站2021年部门预算.xls")
    assert (named.kind, named.fiscal_year) == (DocumentKind.BUDGET, 2021)
    assert named.evidence["kind"] == "file name: 柳溪县茶叶站2021年部门预算"


@pytest.mark.parametrize(
    ("lines", "titles", "year"),
    [
        (("2023年度部门决算", "2022年度部门决算", "2022年度部门决算"), (), 2022),
        (("2023年度部门预算",), (), None),
        (("某县水利局2023年度", "部门决算"), (), 2023),
        (("某县水利局2023年度", "甲乙"), (), None),
        (("部门决算公开", "2023年度"), (), 2023),
        (("部门决算公开", "（2023年）"), (), 2023),
        (("部门预算公开", "2023年度"), (), None),
        (("甲乙公开", "2023年度"), (), None),
        (("2023年部门收入",), (), 2023),
        ((), ("2023年支出表",), 2023),
        ((), ("2022年和2023年支出表",), None),
        ((), ("2023年支出预算表",), None),
        ((), ("2023年支出决算表", "2022年支出表", "2022年支出表"), 2022),
        (("甲" * 41 + "2023年度部门决算",), (), 2023),
        (("甲" * 41 + "2022年度部门决算", "2023年度部门决算"), (), 2023),
    ],
)
def test_headings_and_titles_give_the_year_of_their_kind(
    lines: tuple[str, ...], titles: tuple[str, ...], year: int | None
):
    printings = [*FINAL_FORM, *printed(*titles)]
    assert identified(*lines, printings=printings).fiscal_year == year


def test_the_first_of_years_printed_equally_often_counts():
    assert identified("2023年度部门决算", "2022年度部门决算").fiscal_year == 2023
    assert identified("2022年度部门决算", "2023年度部门决算").fiscal_year == 2022


def test_a_cover_is_broken_among_the_first_paragraphs_only():
    cover = ("某县水利局2023年度", "部门决算")
    assert identified(*["甲"] * 58, *cover).fiscal_year == 2023
    assert identified(*["甲"] * 59, *cover).fiscal_year is None


@pytest.mark.parametrize(
    ("before", "scope"), [(59, Scope.UNIT), (60, Scope.DEPARTMENT)], ids=["the 60th", "the 61st"]
)
def test_the_first_sixty_paragraphs_say_the_scope(before: int, scope: Scope):
    assert identified(*["甲"] * before, "2023年度单位决算").scope is scope


@pytest.mark.parametrize(
    ("names", "is_template"),
    [
        (("某县水利局2023年度部门决算", "XX局2023年度部门决算"), False),
        (("XX局2023年度部门决算", "XX局2023年度部门决算", "XX局2023年度部门决算"), True),
        (("某县水利局2023年度部门决算",), False),
    ],
)
def test_a_name_still_to_be_filled_in_makes_a_template(
    names: tuple[str, ...],
    is_template: bool,  # noqa: FBT001
):
    assert identified(*names).is_template is is_template
