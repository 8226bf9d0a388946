"""Lists of performance indicators, laid out as provinces do."""

from decimal import Decimal

import pytest

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.disclosure import PerformanceIndicator, StatedValue
from pipelines.domain.document import Table
from pipelines.normalising.indicators import read_indicators, read_stated
from pipelines.recognising.assembling import assemble_tables
from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import document, grid


def _indicators(*blocks: Table | str) -> list[PerformanceIndicator]:
    return list(read_indicators(assemble_tables(document(*blocks)).tables))


def _paths(indicators: list[PerformanceIndicator]) -> list[tuple[str, ...]]:
    return [
        (it.project_name, it.indicator_class, it.indicator_type, it.indicator_name, it.target.text)
        for it in indicators
    ]


ONE_PROJECT = grid("""
    项目名称 | 老旧水表改造 | < | <
    主管部门 | 某市水务局 | 实施单位 | 供水管理站
    项目资金(万元) | 年度资金总额 | 80.00 | .
    年度目标 | 完成改造，用户满意。 | < | <
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 改造水表 | ≥1,200只
    ^ | 质量指标 | 验收合格率 | 100%
    ^ | ^ | 返工率 | ≤2%
    效益指标 | 社会效益 | 供水保障能力 | 有所提升
""")


def test_every_indicator_has_its_levels_and_its_project() -> None:
    assert _paths(_indicators("项目支出绩效目标表", ONE_PROJECT)) == [
        ("老旧水表改造", "产出指标", "数量指标", "改造水表", "≥1,200只"),
        ("老旧水表改造", "产出指标", "质量指标", "验收合格率", "100%"),
        ("老旧水表改造", "产出指标", "质量指标", "返工率", "≤2%"),
        ("老旧水表改造", "效益指标", "社会效益", "供水保障能力", "有所提升"),
    ]


def test_the_next_sheet_is_of_the_next_project() -> None:
    other = grid("""
        项目名称：管网巡查 | < | < | <
        一级指标 | 二级指标 | 三级指标 | 指标值
        产出指标 | 数量指标 | 巡查里程 | ≥300公里
    """)
    found = _indicators("项目支出绩效目标表", ONE_PROJECT, "项目支出绩效目标表", other)
    assert _paths(found)[-1] == ("管网巡查", "产出指标", "数量指标", "巡查里程", "≥300公里")


def test_a_project_named_in_a_line_above() -> None:
    listed = grid("""
        一级指标 | 二级指标 | 三级指标 | 指标值
        产出指标 | 数量指标 | 巡查里程 | ≥300公里
    """)
    (found,) = _indicators("项目支出绩效目标表", "项目名称：管网巡查", listed)
    assert found.project_name == "管网巡查"


def test_the_department_as_a_whole_is_no_project() -> None:
    whole = grid("""
        部门名称 | 某市水务局 | < | <
        年度总体目标 | 保障供水。 | < | <
        一级指标 | 二级指标 | 三级指标 | 指标值
        产出指标 | 数量指标 | 水厂 | =3座
    """)
    (found,) = _indicators("项目支出绩效目标表", ONE_PROJECT, "部门整体支出绩效目标表", whole)[4:]
    assert (found.project_name, found.indicator_name) == ("", "水厂")


def test_a_heading_down_the_side_is_no_level() -> None:
    sheet = grid("""
        项目名称 | < | 管网巡查 | < | <
        绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值
        ^ | 产出指标 | 数量指标 | 巡查里程 | ≥300公里
        ^ | ^ | 时效指标 | 完成时间 | 12月底前
    """)
    assert _paths(_indicators("项目支出绩效目标表", sheet)) == [
        ("管网巡查", "产出指标", "数量指标", "巡查里程", "≥300公里"),
        ("管网巡查", "产出指标", "时效指标", "完成时间", "12月底前"),
    ]


MANY_PROJECTS = grid("""
    单位名称 | 项目名称 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 权重
    供水站 | 水表改造 | 产出指标 | 数量指标 | 改造水表 | ≥ | 1200 | 只 | 40
    . | . | . | 质量指标 | 合格率 | = | 100 | % | 20
    . | 管网巡查 | 产出指标 | 数量指标 | 巡查里程 | ≥ | 300 | 公里 | 50
    . | . | 满意度指标 | 满意度 | 用户满意度 | 定性 | 优良 | . | 10
""")


def test_what_is_left_blank_is_what_stands_above() -> None:
    found = _indicators("项目支出绩效目标表", MANY_PROJECTS)
    assert [it.unit_name for it in found] == ["供水站"] * 4
    assert _paths(found) == [
        ("水表改造", "产出指标", "数量指标", "改造水表", "1200"),
        ("水表改造", "产出指标", "质量指标", "合格率", "100"),
        ("管网巡查", "产出指标", "数量指标", "巡查里程", "300"),
        ("管网巡查", "满意度指标", "满意度", "用户满意度", "优良"),
    ]


def test_sign_and_unit_stand_in_cells_of_their_own() -> None:
    found = _indicators("项目支出绩效目标表", MANY_PROJECTS)
    assert [it.target for it in found] == [
        StatedValue("1200", ">=", Decimal(1200), "只"),
        StatedValue("100", "=", Decimal(100), "%"),
        StatedValue("300", ">=", Decimal(300), "公里"),
        StatedValue("优良", "", None, ""),
    ]
    assert [it.weight for it in found] == [40, 20, 50, 10]


def test_its_numbers_are_figures_and_no_money() -> None:
    (table,) = assemble_tables(document("项目支出绩效目标表", MANY_PROJECTS)).tables
    assert table.accounted_count == table.number_count == 7


EVALUATED = _indicators(
    "项目支出绩效自评表",
    grid("""
        项目名称 | 水表改造 | < | < | < | < | < | <
        一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
        产出指标 | 数量指标 | 改造水表 | ≥1200只 | 1,180只 | 40 | 38.5 | 天气影响
        ^ | 质量指标 | 合格率 | 100% | 100% | 20 | 20 | .
        总分 | < | < | < | < | 60 | 58.5 | .
    """),
)


def test_points_that_could_be_earned_and_were() -> None:
    assert [(it.weight, it.score) for it in EVALUATED] == [
        (40, Decimal("38.5")),
        (20, 20),
    ]


def test_what_was_reached_stands_beside_the_target() -> None:
    assert EVALUATED[0].target == StatedValue("≥1200只", ">=", Decimal(1200), "只")
    assert EVALUATED[0].achieved == StatedValue("1,180只", "", Decimal(1180), "只")


def test_a_total_is_no_indicator() -> None:
    assert [it.indicator_name for it in EVALUATED] == ["改造水表", "合格率"]


def test_a_list_that_a_page_cuts_goes_on() -> None:
    edges = [50, 120, 190, 330, 430]
    first = grid(
        """
        一级指标 | 二级指标 | 三级指标 | 指标值
        产出指标 | 数量指标 | 改造水表 | ≥1200只
        """,
        edges=edges,
    )
    rest = grid(". | 质量指标 | 合格率 | ≥98%", edges=edges)
    found = _indicators("项目支出绩效目标表", "项目名称：水表改造", first, rest)
    assert _paths(found) == [
        ("水表改造", "产出指标", "数量指标", "改造水表", "≥1200只"),
        ("水表改造", "产出指标", "质量指标", "合格率", "≥98%"),
    ]


def test_a_table_of_amounts_lists_no_indicators() -> None:
    table = grid("""
        项目名称 | 合计 | 财政拨款
        水表改造 | 80.00 | 80.00
    """)
    assert _indicators("项目支出表", table) == []


@pytest.mark.parametrize(
    ("printed", "comparator", "value", "unit"),
    [
        ("≥95%", ">=", "95", "%"),
        ("95%以上", ">=", "95", "%"),
        ("95%（含）以上", ">=", "95", "%"),
        ("不少于12次", ">=", "12", "次"),
        ("≤30个工作日", "<=", "30", "个工作日"),
        ("控制在320万元以内", "<=", "320", "万元"),
        ("＞4.5分", ">", "4.5", "分"),
        ("=1项", "=", "1", "项"),
        ("3年", "", "3", "年"),
        ("2024年", "", None, ""),
        ("2024年12月", "", None, ""),
        ("12月底前", "", None, ""),
        ("90%-95%", "", None, ""),
        ("持续改善", "", None, ""),
        ("1,200.50万元", "", "1200.50", "万元"),
    ],
)
def test_signs_numbers_and_units(
    printed: str, comparator: str, value: str | None, unit: str
) -> None:
    assert read_stated(printed) == StatedValue(
        printed, comparator, None if value is None else Decimal(value), unit
    )


@pytest.mark.parametrize("blank", ["", "/", "—", "无"])
def test_nothing_printed_is_nothing_stated(blank: str) -> None:
    assert read_stated(blank, "≥", "件") == StatedValue()


def test_every_indicator_stands_where_its_target_is_printed() -> None:
    found = _indicators("项目支出绩效目标表", ONE_PROJECT)
    assert len({it.place for it in found}) == len(found)


def test_the_funds_of_a_project_stand_below_its_name_under_a_header_of_their_own() -> None:
    sheet = grid("""
        项目名称 | 水表改造 | < | < | < | < | < | <
        主管部门 | 某市水务局 | < | 实施单位 | < | 供水管理站 | < | <
        项目资金（万元） | . | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
        ^ | 年度资金总额 | 80.00 | 90.00 | 85.50 | 10 | 95.00% | 9.5
        ^ | 其中：财政拨款 | 80.00 | 90.00 | 85.50 | — | — | —
        一级指标 | < | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
        产出指标 | < | 数量指标 | 改造水表 | ≥1200只 | 1,180只 | 40 | 38.5
    """)
    funds = collected("项目支出绩效自评表", sheet).printings[0]
    assert (funds.title, funds.unit, funds.number_count) == (
        "项目支出绩效自评表",
        PrintedUnit.WAN_YUAN,
        9,
    )
    figures = collected("项目支出绩效自评表", sheet).figures
    assert [(f.column.header_path[-1], f.text, f.unit is None) for f in figures[:6]] == [
        ("年初预算数", "80.00", False),
        ("全年预算数", "90.00", False),
        ("全年执行数", "85.50", False),
        ("分值", "10", True),
        ("执行率", "95.00%", True),
        ("得分", "9.5", True),
    ]
    assert [it.project_name for it in _indicators("项目支出绩效自评表", sheet)] == ["水表改造"]


def test_a_unit_that_only_labels_state_counts() -> None:
    sheet = grid("""
        项目名称 | 水表改造 | 实施单位 | 供水管理站
        项目资金（元） | 年度资金总额 | 800,000 | <
        ^ | 其中：财政拨款 | 800,000 | <
    """)
    assert {f.unit for f in collected("项目支出绩效目标表", sheet).figures} == {PrintedUnit.YUAN}


def test_brackets_of_either_width_are_the_same_unit() -> None:
    evaluated = grid("""
        一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 实际完成值
        产出指标 | 数量指标 | 新增设备 | ＝ | 120 | 台（套） | 120台(套)
        ^ | ^ | 新增软件 | ＝ | 按需 | 项（次） | 按需
    """)
    units = [
        (it.target.unit, it.achieved.unit) for it in _indicators("项目支出绩效自评表", evaluated)
    ]
    assert units == [("台(套)", "台(套)"), ("项(次)", "项(次)")]


@pytest.mark.parametrize(
    "line", ["项目名称：办案业务费 （2020年度）", "项目名称:办案业务费(2020年)"]
)
def test_the_year_of_a_sheet_is_no_part_of_its_projects_name(line: str) -> None:
    listed = grid("""
        一级指标 | 二级指标 | 三级指标 | 指标值
        产出指标 | 数量指标 | 办理案件 | ≥400件
    """)
    assert {it.project_name for it in _indicators("绩效自评表", line, listed)} == {"办案业务费"}


def test_a_column_before_the_levels_that_names_no_unit_is_none() -> None:
    listed = grid("""
        序号 | 预算单位 | 项目名称 | 一级指标 | 二级指标 | 三级指标 | 指标值
        1 | 供水站 | 水表改造 | 产出指标 | 数量指标 | 改造水表 | ≥1200只
        2 | 污水厂 | 管网巡查 | 产出指标 | 数量指标 | 巡查里程 | ≥300公里
    """)
    found = _indicators("项目支出绩效目标表", listed)
    assert [(it.unit_name, it.project_name) for it in found] == [
        ("供水站", "水表改造"),
        ("污水厂", "管网巡查"),
    ]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1948年", Decimal(1948), "年"),
        ("1949年", None, ""),
        ("2100年", None, ""),
        ("2101年", Decimal(2101), "年"),
        ("3年", Decimal(3), "年"),
        ("12月", Decimal(12), "月"),
        ("12月底", None, ""),
        ("5日前", None, ""),
        ("2023.5年", Decimal("2023.5"), "年"),
    ],
)
def test_a_year_or_a_day_is_a_date_and_a_span_of_time_a_number(
    text: str, value: Decimal | None, unit: str
) -> None:
    stated = read_stated(text)
    assert (stated.value, stated.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "comparator", "sign"),
    [
        ("≥5", "", ">="),
        ("5", "≥", ">="),
        ("≥5", "≤", ">="),
        ("5以上", "≤", ">="),
        ("有所提升", "≥", ">="),
        ("5", "", ""),
        ("5", "甲", ""),
    ],
)
def test_the_sign_beside_a_number_counts_before_that_of_its_column(
    text: str, comparator: str, sign: str
) -> None:
    assert read_stated(text, comparator).comparator == sign


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("5件", "个", "件"),
        ("5", "个", "个"),
        ("有所提升", "个", "个"),
        ("", "个", ""),
        ("5", "", ""),
    ],
)
def test_the_unit_beside_a_number_counts_before_that_of_its_column(
    text: str, unit: str, expected: str
) -> None:
    assert read_stated(text, "", unit).unit == expected


def test_levels_are_carried_down_until_an_outer_one_changes() -> None:
    listed = grid("""
        一级指标 | 二级指标 | 三级指标 | 指标值
        产出指标 | 数量指标 | 甲 | ≥1
        . | . | 乙 | ≥2
        . | 质量指标 | 丙 | ≥3
        效益指标 | . | 丁 | ≥4
        效益指标 | 社会效益 | . | ≥5
        . | . | . | ≥6
        . | . | 戊 | .
        合计 | . | . | 7
    """)
    found = _indicators("项目支出绩效目标表", listed)
    assert [(it.indicator_class, it.indicator_type, it.indicator_name) for it in found] == [
        ("产出指标", "数量指标", "甲"),
        ("产出指标", "数量指标", "乙"),
        ("产出指标", "质量指标", "丙"),
        ("效益指标", "", "丁"),
        ("", "效益指标", "社会效益"),
    ]
    assert [it.row_index for it in found] == [0, 1, 2, 3, 4]


def test_units_and_projects_before_the_levels_are_carried_down() -> None:
    listed = grid("""
        单位名称 | 项目名称 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 分值 | 得分
        某站 | 水表 | 产出指标 | 数量指标 | 甲 | ≥1 | 10分 | 9
        . | 管网 | 产出指标 | 数量指标 | 乙 | ≥2 | 20 | 见表
        某所 | 巡查 | 产出指标 | 数量指标 | 丙 | ≥3 | . | 5%
    """)
    found = _indicators("项目支出绩效目标表", listed)
    assert [(it.unit_name, it.project_name) for it in found] == [
        ("某站", "水表"),
        ("某站", "管网"),
        ("某所", "巡查"),
    ]
    assert [(it.weight, it.score) for it in found] == [(10, 9), (20, None), (None, 5)]
