"""What arithmetic proves of tables whose words nobody knows, and what it leaves open.

The tables are drawn inline with nonsense for titles and headers: 甲乙丙 and 丁戊己 mean nothing.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest

from pipelines.domain.disclosure import Disclosure, DocumentKind, Figure, ResolvedBy
from pipelines.normalising import proof
from pipelines.normalising.disclosing import disclose
from pipelines.normalising.equalities import CellRow, SupposedCell, load_equalities
from pipelines.normalising.proof import prove_meanings
from pipelines.recognising.assembling import assemble_tables
from pipelines.recognising.catalogue import load_catalogue
from pipelines.recognising.naming import Meaning, name_columns
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


def meant(drawing: str, form: str = "", title: str = "甲乙丙丁") -> Meaning:
    """What the words of a table say, in 万元, of a form or of none."""
    (table,) = assemble_tables(document(COVER, title, "单位：万元", grid(drawing))).tables
    meaning = Meaning(table, load_catalogue().by_name[form] if form else None)
    name_columns(meaning)
    return meaning


def settled(header: str, *rows: str, form: str = "budget_three_public") -> list[str]:
    """What the columns of three public expenses measure when their totals are told apart."""
    meaning = meant("\n".join((header, *rows)), form)
    prove_meanings([meaning], [], meaning.spec.kind, REFERENCE_DIR)
    return [meaning.measures.get(each.index, ("",))[0] for each in meaning.table.columns]


THREE_AND_MEETINGS = "合计 | 因公出国（境）费 | 公务用车购置及运行费 | 公务接待费 | 会议费"


@pytest.mark.parametrize(
    ("row", "total"),
    [
        ("30.00 | 10.00 | 15.00 | 5.00 | 1.00", "total"),
        ("30.02 | 10.00 | 15.00 | 5.00 | 1.00", "total"),
        ("30.03 | 10.00 | 15.00 | 5.00 | 1.00", ""),
        ("29.98 | 10.00 | 15.00 | 5.00 | 1.00", "total"),
        ("29.97 | 10.00 | 15.00 | 5.00 | 1.00", ""),
        ("30.01 | 10.00 | 20.00 | 0.00 | 1.00", "total"),
        ("30.02 | 10.00 | 20.00 | 0.00 | 1.00", ""),
        ("31.00 | 10.00 | 15.00 | 5.00 | 1.00", "grand_total"),
        ("30.00 | 10.00 | 15.00 | 5.00 | 0.00", "total"),
        ("30.00 | 10.00 | 15.00 | 5.00 | .", "total"),
        ("30.00 | 10.00 | 15.00 | 5.00 | 0.01", ""),
        (". | 10.00 | 15.00 | 5.00 | 1.00", ""),
        ("三十 | 10.00 | 15.00 | 5.00 | 1.00", ""),
    ],
    ids=[
        "the three",
        "as far off as four roundings take it",
        "farther",
        "as far below",
        "farther below",
        "what is nil is not rounded",
        "and so reaches no farther",
        "all of them",
        "nothing beside",
        "nothing printed beside",
        "the three and all of them alike",
        "no total",
        "no number",
    ],
)
def test_a_bare_total_is_of_the_three_or_of_all_as_they_add_up(row: str, total: str):
    named = settled(THREE_AND_MEETINGS, row)
    assert named == [total, "overseas", "vehicle", "reception", "meeting"]


@pytest.mark.parametrize(
    ("total", "measure"),
    [("30.00", ""), ("31.00", "grand_total"), ("32.00", "")],
    ids=["the three once more", "all of them", "neither"],
)
def test_beside_the_total_of_the_three_a_bare_one_is_of_all_or_of_nothing_known(
    total: str, measure: str
):
    header = THREE_AND_MEETINGS.replace("合计 |", "合计 | “三公”经费合计 |")
    named = settled(header, f"{total} | 30.00 | 10.00 | 15.00 | 5.00 | 1.00")
    assert named == [measure, "total", "overseas", "vehicle", "reception", "meeting"]


def test_vehicles_without_a_subtotal_are_what_is_bought_and_what_is_run():
    header = "合计 | 因公出国（境）费 | 公务接待费 | 公务用车购置费 | 公务用车运行费 | 培训费"
    row = "{} | 10.00 | 5.00 | 8.00 | 7.00 | 1.00"
    assert settled(header, row.format("30.00"))[0] == "total"
    assert settled(header, row.format("31.00"))[0] == "grand_total"
    assert settled(header, row.format("23.00"))[0] == ""


def test_only_a_single_row_of_amounts_tells_the_total():
    row = "30.00 | 10.00 | 15.00 | 5.00 | 1.00"
    assert settled(THREE_AND_MEETINGS, row)[0] == "total"
    assert settled(THREE_AND_MEETINGS, row, row)[0] == ""


def test_the_totals_of_the_budget_and_of_the_accounts_are_settled_each_by_its_own():
    items = THREE_AND_MEETINGS
    header = f"预算数 | < | < | < | < | 决算数 | < | < | < | <\n{items} | {items}"
    row = "31.00 | 10.00 | 15.00 | 5.00 | 1.00 | 29.00 | 9.00 | 15.00 | 5.00 | 1.00"
    named = settled(header, row, form="three_public")
    assert (named[0], named[5]) == ("budget_grand_total", "actual_total")


UNKNOWN = "科目编码 | 科目名称 | {}\n201 | 一般公共服务支出 | {}"


def ways(*headers: str) -> list[list[str]]:
    """The ways to name the columns of an expenditure of which nobody understands the header."""
    amounts = " | ".join("1.00" for _ in headers)
    meaning = meant(UNKNOWN.format(" | ".join(headers), amounts), "expenditure")
    columns, section = meaning.table.columns, meaning.sections[0]
    return [list(way.values()) for way in proof._ways(meaning, columns, section)]


MEASURES = [
    *("total", "basic", "project"),
    *("remittance_to_superior", "operating", "subsidy_to_affiliated"),
]


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (("合计", "基本支出"), [[]]),
        (("甲乙丙",), [["total"]]),
        (("合计", "甲乙丙"), [[each] for each in MEASURES[1:]]),
        (("甲乙丙", "基本支出"), [["total"]]),
        (("基本支出", "甲乙丙"), [[each] for each in MEASURES[2:]]),
        (("合计", "甲乙丙", "项目支出"), [["basic"]]),
        (("甲乙丙", "基本支出", "丁戊己"), [["total", each] for each in MEASURES[2:]]),
        (("经营支出", "项目支出", "甲乙丙"), []),
        (("合计", "甲乙丙", "丁戊己", "经营支出"),
         [["basic", "project"], ["basic", MEASURES[3]], ["project", MEASURES[3]]]),
    ],
)  # fmt: skip
def test_columns_are_named_in_the_order_in_which_forms_print_them(
    headers: Sequence[str], expected: list[list[str]]
):
    assert ways(*headers) == expected


def test_what_stands_below_a_group_that_measures_something_is_a_part_and_gets_no_name():
    drawing = """
    科目编码 | 科目名称 | 合计 | 项目支出 | < | 甲乙丙
    ^ | ^ | ^ | 小计 | 丁戊己 | ^
    201 | 一般公共服务支出 | 3.00 | 1.00 | 1.00 | 2.00
    """
    meaning = meant(drawing, "expenditure")
    found = list(proof._ways(meaning, meaning.table.columns, meaning.sections[0]))
    assert {index for way in found for index in way} == {5}


def test_below_the_total_a_column_is_free():
    drawing = """
    科目编码 | 科目名称 | 本年支出合计 | <
    ^ | ^ | 小计 | 甲乙丙
    201 | 一般公共服务支出 | 3.00 | 1.00
    """
    meaning = meant(drawing, "expenditure")
    found = list(proof._ways(meaning, meaning.table.columns, meaning.sections[0]))
    assert {index for way in found for index in way} == {3}


EXPENDITURE_SPEC = load_catalogue().by_name["expenditure"]


@pytest.mark.parametrize(
    ("headers", "form", "count"),
    [
        (("合计", "甲乙丙"), "", 5),
        (("合计", "甲乙丙", "会议费"), "", 0),
        (("合计", "甲乙丙", "会议费"), "expenditure", 5),
        (("甲", "乙", "丙"), "", 20),
    ],
    ids=["an unknown one", "one of another form", "one of another form in a form", "three unknown"],
)
def test_a_header_that_measures_what_no_such_form_prints_forbids_the_form(
    headers: Sequence[str], form: str, count: int
):
    amounts = " | ".join("1.00" for _ in headers)
    meaning = meant(UNKNOWN.format(" | ".join(headers), amounts), form)
    supposed = list(proof._suppositions(meaning, EXPENDITURE_SPEC))
    assert len(supposed) == count
    assert {each.form for each in supposed} <= {"expenditure"}


@pytest.mark.parametrize(("most", "count"), [(20, 20), (19, 0)])
def test_too_many_ways_are_not_tried(monkeypatch: pytest.MonkeyPatch, most: int, count: int):
    monkeypatch.setattr(proof, "MOST_WAYS", most)
    meaning = meant(UNKNOWN.format("甲 | 乙 | 丙", "1.00 | 1.00 | 1.00"))
    assert len(list(proof._suppositions(meaning, EXPENDITURE_SPEC))) == count


def test_what_is_supposed_by_order_is_proof_and_what_words_say_stays():
    meaning = meant(UNKNOWN.format("甲乙丙 | 基本支出", "1.00 | 1.00"))
    (supposed,) = proof._suppositions(meaning, EXPENDITURE_SPEC)
    assert supposed.measures == {
        2: ("total", ResolvedBy.PROOF),
        3: ("basic", ResolvedBy.WORDS),
    }


def supposed(
    amounts: str, others: str = "income", form: str = "expenditure", **measures: str
) -> proof._Supposition:
    """A supposition for which amounts and other forms speak: 1 2 3, all in equalities."""
    meaning = meant(UNKNOWN.format("甲 | 乙", "1.00 | 1.00"), form)
    columns = {"a": 2, "b": 3}
    meaning.measures = {
        columns[name]: (measure, ResolvedBy.PROOF) for name, measure in measures.items()
    }
    return proof._Supposition(
        meaning,
        frozenset(map(Decimal, amounts.split())),
        frozenset(others.split()),
        frozenset(measures.values()),
        ("an identity",),
    )


def singled_out(*fitting: proof._Supposition, is_named: bool = False) -> Mapping[int, str] | None:
    """What the columns of the accepted supposition measure, None where none is accepted."""
    found = proof._only_one(fitting, is_named=is_named)
    return found and {index: measure for index, (measure, _) in found.meaning.measures.items()}


@pytest.mark.parametrize(
    ("amounts", "others", "is_named", "is_accepted"),
    [
        ("1 2 3", "income", False, True),
        ("1 2", "income", False, False),
        ("1 2 3", "", False, False),
        ("1 2 3", "", True, True),
        ("1 2", "income", True, False),
    ],
    ids=["enough", "two amounts", "no tie", "no tie of a form that is known", "two of a known one"],
)
def test_three_unequal_amounts_and_a_tie_are_enough(
    amounts: str, others: str, *, is_named: bool, is_accepted: bool
):
    found = singled_out(supposed(amounts, others, a="total"), is_named=is_named)
    assert found == ({2: "total"} if is_accepted else None)


TOTAL = {"a": "total"}
BASIC = {"a": "total", "b": "basic"}
PROJECT = {"a": "total", "b": "project"}


@pytest.mark.parametrize(
    ("amounts", "others", "form", "named", "expected"),
    [
        ("1 2 3", "income", "expenditure", TOTAL, {2: "total", 3: "basic"}),
        ("1 2 5", "income", "expenditure", PROJECT, None),
        ("2 3 4 5", "income", "expenditure", PROJECT, {2: "total"}),
        ("1 2 3 4", "income", "expenditure", PROJECT, {2: "total"}),
        ("1 2 3 4", "income", "expenditure", {"a": "basic", "b": "project"}, None),
        ("1 2 3 4 5", "", "expenditure", PROJECT, {2: "total"}),
        ("1 2 3 4", "", "expenditure", PROJECT, {2: "total"}),
        ("1 2 3", "income", "appropriation_expenditure", TOTAL, None),
        ("1 2", "income", "appropriation_expenditure", TOTAL, {2: "total", 3: "basic"}),
    ],
    ids=[
        "the same with less named",
        "another with two amounts in common",
        "another with as many amounts",
        "another with the same",
        "nothing in common",
        "more amounts without a tie",
        "the same amounts without a tie",
        "another form",
        "another form without enough",
    ],
)
def test_of_several_suppositions_only_what_all_say_is_accepted(
    amounts: str,
    others: str,
    form: str,
    named: Mapping[str, str],
    expected: Mapping[int, str] | None,
):
    whole = supposed("1 2 3 4", **BASIC)
    rival = supposed(amounts, others, form, **named)
    assert singled_out(whole, rival) == expected
    assert singled_out(rival, whole) == expected


def test_nothing_that_fits_singles_nothing_out():
    assert singled_out() is None
    assert singled_out(is_named=True) is None


def test_what_suppositions_have_in_common_is_tied_by_what_ties_each():
    one = supposed("1 2 3 4", "income summary", a="total", b="basic")
    other = supposed("2 3 4 5", "income fund", a="total", b="project")
    common = proof._common([one, other])
    assert common is not None
    assert common.amounts == {2, 3, 4}
    assert (common.others, common.tied) == ({"income"}, {"total"})
    assert common.measures == {2: ("total", ResolvedBy.PROOF)}


def test_sums_down_a_column_alone_leave_it_without_a_measure():
    found = supposed("1 2 3", a="total", b="basic")
    told = proof._Supposition(found.meaning, found.amounts, found.others, frozenset({"basic"}), ())
    assert told.measures == {3: ("basic", ResolvedBy.PROOF)}
    found.meaning.measures[2] = ("total", ResolvedBy.WORDS)
    assert set(told.measures) == {2, 3}


@pytest.mark.parametrize(
    ("identities", "said"),
    [
        ("a b", "a, b hold"),
        ("a b c", "a, b, c hold"),
        ("a b c d", "a, b, c and 1 more hold"),
        ("a b c d e", "a, b, c and 2 more hold"),
    ],
)
@pytest.mark.parametrize("form", ["", "expenditure"])
def test_an_accepted_meaning_tells_which_equalities_prove_it(identities: str, said: str, form: str):
    found = supposed("1 2 3", a="total")
    accepted = proof._Supposition(
        found.meaning, found.amounts, found.others, found.tied, tuple(identities.split())
    )
    meaning = meant(UNKNOWN.format("甲 | 乙", "1.00 | 1.00"), form)
    meaning.resolution = "titled so"
    proof._accept(meaning, accepted)
    proven = f"the only meaning for which {said}, over 3 unequal amounts"
    assert meaning.resolution == (f"titled so; columns: {proven}" if form else proven)
    assert meaning.resolved_by is (ResolvedBy.NOTHING if form else ResolvedBy.PROOF)
    assert (meaning.form, meaning.measures) == ("expenditure", accepted.measures)


def prover(*meanings: Meaning, kind: DocumentKind = DocumentKind.FINAL_ACCOUNTS) -> proof._Prover:
    return proof._Prover(meanings, [], kind, REFERENCE_DIR)


@pytest.mark.parametrize(
    ("drawing", "form", "is_open"),
    [
        (UNKNOWN.format("合计 | 甲乙丙", "1.00 | 1.00"), "expenditure", True),
        (UNKNOWN.format("合计 | 基本支出", "1.00 | 1.00"), "expenditure", False),
        (UNKNOWN.format("合计 | 会议费", "1.00 | 1.00"), "expenditure", False),
        (UNKNOWN.format("合计 | 基本支出", "1.00 | 1.00"), "", True),
        ("合计 | 甲乙丙 | 公务接待费\n1.00 | 1.00 | .", "three_public", False),
        ("项目 | 预算数 | 甲\n合计 | 3.00 | 1\n公务接待费 | 3.00 | 1", "three_public", False),
    ],
    ids=[
        "a column that nobody understands",
        "all understood",
        "understood, and of another form",
        "no form",
        "a form of one row",
        "items down the side",
    ],
)
def test_what_words_left_open_is_open_to_proof(drawing: str, form: str, *, is_open: bool):
    assert prover(meant(drawing, form)).is_open(0) is is_open


def test_a_table_without_a_form_whose_title_is_understood_is_not_open():
    drawing = UNKNOWN.format("合计 | 基本支出", "1.00 | 1.00")
    assert not prover(meant(drawing, title="会议费支出表")).is_open(0)


def candidates(drawing: str, title: str = "甲乙丙丁", **known: object) -> list[str]:
    """The forms that a table without a name may be, beside one that has its name."""
    meaning = meant(drawing, title=title)
    beside = meant(UNKNOWN.format("合计", "1.00"), "expenditure")
    among = prover(meaning, beside, **known)  # type: ignore[arg-type]
    return [spec.form for spec in among._candidates(meaning)]


FUNCTIONAL = UNKNOWN.format("甲乙丙", "1.00")
ECONOMIC = "科目编码 | 科目名称 | 甲乙丙\n301 | 工资福利支出 | 1.00"
SIDES = "项目 | 决算数 | 项目 | 决算数\n甲乙 | 1.00 | 丙丁 | 1.00"
NO_CODES = "项目 | 决算数\n甲乙 | 1.00"


@pytest.mark.parametrize(
    ("drawing", "title", "forms"),
    [
        (FUNCTIONAL, "甲乙丙丁", {
            "income", "general_budget_expenditure", "government_fund", "state_capital",
            "expenditure_detail", "general_budget_expenditure_detail", "appropriation_expenditure",
        }),
        (FUNCTIONAL, "政府性基金甲乙丙丁", {"government_fund"}),
        (ECONOMIC, "甲乙丙丁", {
            "basic_expenditure", "expenditure_by_economic_class", "appropriation_basic_expenditure",
            "government_fund_basic_expenditure",
        }),
        (SIDES, "甲乙丙丁", {"income_expenditure_summary", "appropriation_summary"}),
        (NO_CODES, "甲乙丙丁", set()),
    ],
    ids=["functional codes", "of one fund", "economic codes", "two sides", "no codes"],
)  # fmt: skip
def test_codes_sides_and_funds_tell_which_forms_a_table_may_be(
    drawing: str, title: str, forms: set[str]
):
    assert set(candidates(drawing, title)) == forms


def test_of_a_budget_the_forms_of_budgets_are_tried():
    found = candidates(FUNCTIONAL, kind=DocumentKind.BUDGET)
    assert found
    assert all(each.startswith("budget_") for each in found)


def test_without_a_kind_nothing_is_proven():
    meaning = meant("\n".join((THREE_AND_MEETINGS, "6 | 1 | 2 | 3 | 1")), "budget_three_public")
    prove_meanings([meaning], [], None, REFERENCE_DIR)
    assert 0 not in meaning.measures


def test_the_rows_of_a_table_as_equalities_see_them():
    drawing = """
    科目编码 | 科目名称 | 合计
    201 | 一般公共服务支出 | 9.00
    20126 | 档案事务 | 9.00
    2012601 | 行政运行 | 5.00
    2012604 | 档案馆 | 4.00
    20805 | 行政事业单位养老支出 | 1.00
    . | 教育支出 | 1.00
    . | 甲乙丙支出 | 1.00
    . | 甲乙丙 | 1.00
    合计 | < | 9.00
    """
    meaning = meant(drawing, "expenditure")
    rows = prover(meaning)._rows(meaning)
    assert [(row.key, row.code, row.is_leaf, row.siblings) for row in rows] == [
        ("201", "201", False, 0),
        ("20126", "20126", False, 1),
        ("2012601", "2012601", True, 2),
        ("2012604", "2012604", True, 2),
        ("20805", "20805", True, 1),
        ("教育支出", "", False, 0),
        ("甲乙丙支出", "", False, 0),
        ("甲乙丙", "", False, 0),
        ("total", "", False, 0),
    ]
    assert [row.line for row in rows[:2]] == ["", ""]
    assert rows[-1].line == "total"


def test_functional_classes_are_known_by_their_codes_whatever_their_name():
    drawing = """
    项目 | 决算数 | 项目 | 决算数
    一、财政拨款收入 | 9.00 | 一、教育支出 | 4.00
    二、事业收入 | 1.00 | 二、甲乙丙支出 | 5.00
    """
    meaning = meant(drawing, "income_expenditure_summary")
    keys = {row.key for row in prover(meaning)._rows(meaning)}
    assert {"205", "甲乙丙支出", "institutional"} <= keys


def test_amounts_are_in_yuan_and_known_to_half_of_their_last_digit():
    drawing = "科目编码 | 科目名称 | 合计 | 基本支出 | 甲乙\n201 | 其他 | 1.50 | 不详 | 2"
    meaning = meant(drawing, "expenditure")
    (found,) = prover(meaning)._cells_of(0, meaning)
    assert (found.measure, found.amount, found.half_step) == ("total", 15000, 50)
    meaning.spec = None
    assert prover(meaning)._cells_of(0, meaning) == []
