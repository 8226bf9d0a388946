"""What arithmetic proves of tables whose words nobody knows, and what it leaves open.

The tables are drawn inline with nonsense for titles and headers: 甲乙丙 and 丁戊己 mean nothing.
"""

from decimal import Decimal

import pytest

from pipelines.domain.disclosure import Disclosure, Figure, ResolvedBy
from pipelines.normalising.disclosing import disclose
from pipelines.normalising.equalities import CellRow, SupposedCell, load_equalities
from tests.paths import REFERENCE_DIR
from tests.unit.recognising.grids import document, grid

COVER = "云水市档案局2023年度部门决算"
SUMMARY = """
收入      | <         | 支出                      | <
项目      | 决算数    | 项目                      | 决算数
一、一般公共预算财政拨款收入 | 930.40 | 一、一般公共服务支出 | 700.10
二、其他收入 | 69.60   | 二、社会保障和就业支出    | 299.90
三、上级补助收入 | 0.00 | . | .
四、事业收入 | 0.00     | . | .
五、经营收入 | 0.00     | . | .
六、附属单位上缴收入 | 0.00 | . | .
本年收入合计 | 1000.00 | 本年支出合计              | 1000.00
总计      | 1000.00   | 总计                      | 1000.00
"""
APPROPRIATIONS = """
收入 | <      | 支出 | <    | <                    | <                          | <
项目 | 决算数 | 项目 | 合计 | 一般公共预算 | 政府性基金预算 | 国有资本经营预算
一、一般公共预算财政拨款 | 930.40 | 一、一般公共服务支出 | 630.50 | 630.50 | 0.00 | 0.00
二、政府性基金预算财政拨款 | 0.00 | 二、社会保障和就业支出 | 299.90 | 299.90 | 0.00 | 0.00
本年收入合计 | 930.40 | 本年支出合计 | 930.40 | 930.40 | 0.00 | 0.00
"""
EXPENDITURE = """
科目编码 | 科目名称             | {total} | {basic} | {project}
201      | 一般公共服务支出     | 700.10  | 450.00  | 250.10
20126    | 档案事务             | 700.10  | 450.00  | 250.10
2012601  | 行政运行             | 450.00  | 450.00  | .
2012604  | 档案馆               | 250.10  | .       | 250.10
208      | 社会保障和就业支出   | 299.90  | 180.00  | 119.90
20805    | 行政事业单位养老支出 | 299.90  | 180.00  | 119.90
2080505  | 机关事业单位基本养老保险缴费支出 | 180.00 | 180.00 | .
2080599  | 其他行政事业单位养老支出 | 119.90 | .   | 119.90
合计     | <                    | 1000.00 | 630.00  | 370.00
"""
GENERAL_BUDGET = """
科目编码 | 科目名称             | 合计   | 基本支出 | 项目支出
201      | 一般公共服务支出     | 630.50 | 450.00   | 180.50
20126    | 档案事务             | 630.50 | 450.00   | 180.50
2012601  | 行政运行             | 450.00 | 450.00   | .
2012604  | 档案馆               | 180.50 | .        | 180.50
208      | 社会保障和就业支出   | 299.90 | 180.00   | 119.90
20805    | 行政事业单位养老支出 | 299.90 | 180.00   | 119.90
2080505  | 机关事业单位基本养老保险缴费支出 | 180.00 | 180.00 | .
2080599  | 其他行政事业单位养老支出 | 119.90 | .    | 119.90
合计     | <                    | 930.40 | 630.00   | 300.40
"""
KNOWN = {"total": "本年支出合计", "basic": "基本支出", "project": "项目支出"}
NOBODY_KNOWS = {"total": "甲乙丙", "basic": "丁戊己", "project": "庚辛壬"}


def disclosed(*blocks: object) -> Disclosure:
    return disclose(document(COVER, *blocks), REFERENCE_DIR)  # type: ignore[arg-type]


def with_expenditure(title: str, **headers: str) -> Disclosure:
    words = {**KNOWN, **headers}
    return disclosed(
        "收入支出决算总表",
        "单位：万元",
        grid(SUMMARY),
        title,
        "单位：万元",
        grid(EXPENDITURE.format(**words)),
    )


def measures(found: Disclosure, form: str) -> dict[str, set[str]]:
    """The measures of a form by the header of their columns."""
    named: dict[str, set[str]] = {}
    for figure in found.figures:
        if figure.row.form == form and figure.measure:
            named.setdefault(figure.column.header_path[-1], set()).add(figure.measure)
    return named


def figures_of(found: Disclosure, table_index: int) -> list[Figure]:
    return [figure for figure in found.figures if figure.row.table_index == table_index]


def test_a_total_nobody_knows_is_what_its_parts_add_up_to():
    found = with_expenditure("支出决算表", total="甲乙丙")
    assert measures(found, "expenditure") == {
        "甲乙丙": {"total"},
        "基本支出": {"basic"},
        "项目支出": {"project"},
    }
    total = next(figure for figure in found.figures if figure.column.header_path == ("甲乙丙",))
    assert total.resolved_by is ResolvedBy.PROOF
    basic = next(figure for figure in found.figures if figure.column.header_path == ("基本支出",))
    assert basic.resolved_by is ResolvedBy.WORDS


def test_a_table_nobody_titles_is_the_form_whose_equalities_hold():
    found = disclosed(
        "收入支出决算总表",
        "单位：万元",
        grid(SUMMARY),
        "财政拨款收入支出决算总表",
        "单位：万元",
        grid(APPROPRIATIONS),
        "甲乙丙丁戊己",
        "单位：万元",
        grid(EXPENDITURE.format(**NOBODY_KNOWS)),
    )
    assert [(table.form, table.resolved_by) for table in found.forms] == [
        ("income_expenditure_summary", ResolvedBy.WORDS),
        ("appropriation_summary", ResolvedBy.WORDS),
        ("expenditure", ResolvedBy.PROOF),
    ]
    assert "tot_exp_total" in found.forms[2].resolution


def test_a_form_that_nothing_refutes_forbids_to_take_another():
    """Without the appropriations it may as well be the expenditure of the general budget."""
    found = with_expenditure("甲乙丙丁戊己")
    assert [table.form for table in found.forms] == ["income_expenditure_summary", ""]


ONE_FUND = """
收入 | <      | 支出 | <
项目 | 决算数 | 项目 | {header}
一、一般公共预算财政拨款 | 1000.00 | 一、一般公共服务支出 | 700.10
二、政府性基金预算财政拨款 | 0.00 | 二、社会保障和就业支出 | 299.90
本年收入合计 | 1000.00 | 本年支出合计 | 1000.00
"""


@pytest.mark.parametrize(("header", "expected"), [("决算数", {"total"}), ("甲乙丙", set())])
def test_a_part_beside_no_other_is_no_part(header: str, expected: set[str]):
    """Where all money is of one fund, that fund's sums hold of the total, too."""
    found = disclosed(
        "财政拨款收入支出决算总表",
        "单位：万元",
        grid(ONE_FUND.format(header=header)),
        "一般公共预算财政拨款支出决算表",
        "单位：万元",
        grid(EXPENDITURE.format(**KNOWN)),
    )
    spent = measures(found, "appropriation_summary").get(header, set()) - {"amount"}
    assert spent == expected


@pytest.mark.parametrize("heading", ["^ | ^ | ^ | ^ | 小计 | 甲乙丙", "^ | ^ | ^ | ^ | ^ | ^"])
def test_sums_down_a_column_do_not_name_it(heading: str):
    """They hold of a part, and of another year, as well as of the whole."""
    group = "项目支出 | <" if "小计" in heading else "项目支出 | 甲乙丙"
    rows = EXPENDITURE.strip().splitlines()[1:]
    more = [f"{row} | {row.rpartition('|')[2]}" for row in rows]
    header = f"科目编码 | 科目名称 | 合计 | 基本支出 | {group}\n{heading}\n"
    table = grid(header + "\n".join(more))
    found = disclose(
        document("云水市档案局2025年部门预算", "一般公共预算支出情况表", "单位：万元", table),
        REFERENCE_DIR,
    )
    assert not measures(found, "budget_general_expenditure").get("甲乙丙")


def test_a_document_that_contradicts_itself_names_nothing_by_proof():
    broken = EXPENDITURE.format(**NOBODY_KNOWS).replace("1000.00 | 630.00", "1000.10 | 630.00")
    found = disclosed(
        "收入支出决算总表", "单位：万元", grid(SUMMARY), "甲乙丙", "单位：万元", grid(broken)
    )
    assert [table.form for table in found.forms] == ["income_expenditure_summary", ""]
    assert not any(figure.measure for figure in figures_of(found, 1))
    assert len(figures_of(found, 1)) == 23


def test_a_table_without_ties_to_another_form_stays_without_a_name():
    found = disclosed("甲乙丙", "单位：万元", grid(EXPENDITURE.format(**NOBODY_KNOWS)))
    assert [table.form for table in found.forms] == [""]
    assert len(found.figures) == 23


def test_amounts_that_are_all_alike_prove_nothing():
    alike = """
    科目编码 | 科目名称         | 甲乙丙 | 丁戊己 | 庚辛壬
    201      | 一般公共服务支出 | 5.00   | 5.00   | .
    20126    | 档案事务         | 5.00   | 5.00   | .
    2012601  | 行政运行         | 5.00   | 5.00   | .
    合计     | <                | 5.00   | 5.00   | .
    """
    summary = """
    收入 | < | 支出 | <
    项目 | 决算数 | 项目 | 决算数
    一、一般公共预算财政拨款收入 | 5.00 | 一、一般公共服务支出 | 5.00
    本年收入合计 | 5.00 | 本年支出合计 | 5.00
    """
    found = disclosed(
        "收入支出决算总表", "单位：万元", grid(summary), "甲乙丙", "单位：万元", grid(alike)
    )
    assert [table.form for table in found.forms] == ["income_expenditure_summary", ""]


def test_a_title_that_names_another_fund_forbids_what_the_sums_allow():
    found = with_expenditure("政府性基金甲乙丙表")
    assert found.forms[1].form == ""


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("一般公共预算甲乙丙表", "general_budget_expenditure"),
        ("甲乙丙表", ""),
        ("政府性基金甲乙丙表", ""),
    ],
)
def test_a_fund_in_the_title_leaves_only_its_own_forms(title: str, form: str):
    """Without it, all funds' expenditure may add up so as well."""
    found = disclosed(
        "财政拨款收入支出决算总表",
        "单位：万元",
        grid(APPROPRIATIONS),
        title,
        "单位：万元",
        grid(GENERAL_BUDGET),
    )
    assert found.forms[1].form == form


CLASSES = """
收入 | <      | 支出 | <    | <                    | <                          | <
项目 | 决算数 | 项目 | 合计 | 甲乙丙 | 政府性基金预算 | 国有资本经营预算
一、一般公共预算财政拨款 | 930.40 | 一、{first}支出 | {one} | 630.50 | 0.00 | 0.00
二、政府性基金预算财政拨款 | 0.00 | 二、{second}支出 | {other} | 299.90 | 0.00 | 0.00
本年收入合计 | 930.40 | 本年支出合计 | 930.40 | 930.40 | 0.00 | 0.00
"""


@pytest.mark.parametrize(
    ("first", "second"),
    [("一般公共服务", "教育"), ("某某新设", "又某新设")],
    ids=["known classes", "classes of no code"],
)
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("630.50", "299.90", {"general_public_budget"}), ("630.60", "299.80", set())],
    ids=["each holds", "errors that cancel out"],
)
def test_each_functional_class_is_a_line_of_its_own(
    first: str, second: str, one: str, other: str, expected: set[str]
):
    drawing = CLASSES.format(first=first, second=second, one=one, other=other)
    found = disclosed("财政拨款收入支出决算总表", "单位：万元", grid(drawing))
    assert measures(found, "appropriation_summary").get("甲乙丙", set()) == expected


THREE_PUBLIC = """
合计    | 因公出国（境）费 | 公务接待费 | 公务用车购置及运行费 | 会议费 | 培训费
{total} | 10.00 | 5.00 | 15.00 | 30.00 | 40.00
"""


@pytest.mark.parametrize(
    ("total", "measure"), [("30.00", "total"), ("100.00", "grand_total"), ("45.00", "")]
)
def test_a_bare_total_is_of_what_it_adds_up(total: str, measure: str):
    found = disclose(
        document(
            "云水市档案局2024年部门预算",
            "“三公”经费、会议费、培训费支出预算表",
            "单位：万元",
            grid(THREE_PUBLIC.format(total=total)),
        ),
        REFERENCE_DIR,
    )
    first = next(f for f in found.figures if f.column.header_path == ("合计",))
    assert (first.text, first.measure) == (total, measure)


def cell(form: str, code: str, measure: str, amount: str, *, line: str = "") -> SupposedCell:
    row = CellRow(key=code or line, code=code, line=line, is_leaf=False, siblings=2)
    return SupposedCell(form, "", row, measure, Decimal(amount), Decimal("0.005"))


@pytest.mark.parametrize(
    ("total", "holds"), [("12.00", True), ("12.01", True), ("12.02", False)], ids=str
)
def test_an_equality_holds_within_what_rounding_explains(total: str, *, holds: bool):
    equality = next(
        each
        for each in load_equalities(REFERENCE_DIR.parent / "identities")
        if each.identity == "gpb_row_split"
    )
    cells = [
        cell("general_budget_expenditure", "201", "total", total),
        cell("general_budget_expenditure", "201", "basic", "7.00"),
        cell("general_budget_expenditure", "201", "project", "5.00"),
    ]
    assert [instance.holds for instance in equality.evaluate(cells)] == [holds]


def test_nil_equalities_are_no_instances():
    equality = next(
        each
        for each in load_equalities(REFERENCE_DIR.parent / "identities")
        if each.identity == "gpb_row_split"
    )
    cells = [
        cell("general_budget_expenditure", "201", "total", "0.00"),
        cell("general_budget_expenditure", "201", "basic", "0.00"),
    ]
    assert list(equality.evaluate(cells)) == []
