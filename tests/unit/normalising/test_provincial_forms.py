"""Provincial forms as they are printed: amounts have a measure, counts have no unit."""

from pipelines.normalising.figures import TableContents
from tests.unit.normalising.drawn import collected, named, unnamed
from tests.unit.recognising.grids import grid


def figures(contents: TableContents) -> list[tuple[str, str, str, str]]:
    return [(f.form, f.row.row_label, f.measure, f.text) for f in named(contents)]


def counts(contents: TableContents) -> list[str]:
    """The numbers that are no money: they have neither measure nor unit."""
    assert contents.rejections == []
    return [f.text for f in unnamed(contents) if f.unit is None]


def test_assets_by_kind_are_amounts():
    table = grid(
        """
        项目 | 行次 | 资产总额 | 流动资产 | 固定资产 | < | < | 对外投资/有价证券 | 无形资产
        ^ | ^ | ^ | ^ | 小计 | 房屋构筑物 | 单价200万以上大型设备 | ^ | ^
        栏次 | . | 1 | 2 | 3 | 4 | 5 | 6 | 7
        合计 | 1 | 10.00 | 1.00 | 8.00 | 7.00 | 1.00 | 0.50 | 0.50
        填报说明：资产总额＝流动资产＋固定资产＋对外投资＋无形资产。 | < | < | < | < | < | < | < | <
        """
    )
    contents = collected("国有资产使用情况表", "金额单位：万元", table)
    assert [(measure, text) for _, _, measure, text in figures(contents)] == [
        *(("total", "10.00"), ("current", "1.00"), ("fixed", "8.00"), ("buildings", "7.00")),
        *(("large_equipment", "1.00"), ("investments", "0.50"), ("intangible", "0.50")),
    ]
    assert contents.rejections == []


def test_numbers_of_vehicles_and_areas_are_no_amounts():
    table = grid(
        """
        资产项目 | 数量 | 面积（平方米） | 原值
        车辆 | 3 | . | 45.00
        房屋 | . | 1200.50 | 300.00
        """
    )
    contents = collected("国有资产占用情况表", "单位：万元", table)
    assert figures(contents) == [
        ("asset_holdings", "车辆", "original_value", "45.00"),
        ("asset_holdings", "房屋", "original_value", "300.00"),
    ]
    assert counts(contents) == ["3", "1200.50"]


def test_how_a_body_runs_is_read_item_by_item_in_two_blocks():
    table = grid(
        """
        项目 | 行次 | 预算数 | 统计数 | 项目 | 行次 | 统计数
        栏次 | . | 1 | 2 | 栏次 | . | 3
        一、“三公”经费支出 | 1 | — | — | 四、机关运行经费 | 23 | 30.00
        （一）支出合计 | 2 | 5.00 | 4.00 | （一）行政单位 | 24 | 30.00
        3．公务接待费 | 7 | 5.00 | 4.00 | 五、国有资产占用情况 | 26 | —
        （1）国内接待费 | 8 | 一 | 4.00 | （一）车辆数合计（辆） | 27 | 3
        5．国内公务接待批次（个） | 16 | — | 12 | 3．机要通信用车 | 30 | 2
        二、会议费 | 21 | 一 | 1.00 | （一）政府采购支出合计 | 36 | 9.00
        三、培训费 | 22 | — | 2.00 | 其中：授予小微企业合同金额 | 41 | 6.00
        """
    )
    contents = collected("机构运行信息表", "财决附03表", "金额单位：万元", table)
    assert [(measure, text) for _, _, measure, text in figures(contents)] == [
        ("actual_agency_operation", "30.00"),
        *(("budget_total", "5.00"), ("actual_total", "4.00")),
        ("actual_agency_operation_administrative", "30.00"),
        *(("budget_reception", "5.00"), ("actual_reception", "4.00")),
        ("actual_reception_domestic", "4.00"),
        *(("actual_meeting", "1.00"), ("actual_procurement", "9.00")),
        *(("actual_training", "2.00"), ("actual_micro", "6.00")),
    ]
    assert counts(contents) == ["3", "12", "2"]


def test_procurement_is_read_by_columns_and_by_rows():
    by_columns = grid("合计 | 货物 | 工程 | 服务\n9.00 | 4.00 | 3.00 | 2.00")
    by_rows = grid("项目 | 金额\n政府采购支出合计 | 9.00\n1.政府采购货物支出 | 4.00")
    columns = collected("政府采购支出决算表", "单位：万元", by_columns)
    assert [(m, text) for _, _, m, text in figures(columns)] == [
        *(("total", "9.00"), ("goods", "4.00"), ("works", "3.00"), ("services", "2.00")),
    ]
    rows = collected("某县水利局2023年度部门决算", "政府采购情况表", "单位：万元", by_rows)
    assert [(m, text) for _, _, m, text in figures(rows)] == [("total", "9.00"), ("goods", "4.00")]


def test_projects_of_a_budget_stand_by_name():
    table = grid(
        """
        类型 | 项目名称 | 项目单位 | 合计 | 本年拨款 | < | 财政拨款结转结余 | 单位资金
        ^ | ^ | ^ | ^ | 一般公共预算 | 政府性基金预算 | 一般公共预算 | ^
        特定目标类 | 水库除险 | 某县水利局 | 9.00 | 6.00 | 1.00 | 1.00 | 1.00
        """
    )
    contents = collected("某县水利局2026年部门预算", "项目支出表", "单位：万元", table)
    assert [(measure, text) for _, _, measure, text in figures(contents)] == [
        *(("total", "9.00"), ("general_public_budget", "6.00"), ("government_fund", "1.00")),
        *(("opening_balance_general_public_budget", "1.00"), ("unit_funds", "1.00")),
    ]
    assert contents.rejections == []


def test_three_public_by_rows_may_say_how_much_is_of_the_general_budget():
    table = grid(
        """
        项目 | 本年预算数 | 其中：公共预算财政拨款
        合计 | 3.00 | 2.00
        1.因公出国（境）费 | . | .
        """
    )
    contents = collected("“三公”经费预算表", "单位：万元", table)
    assert [(measure, text) for _, _, measure, text in figures(contents)] == [
        ("total", "3.00"),
        ("general_public_budget_total", "2.00"),
    ]


def test_what_the_year_began_with_stands_beside_what_it_ended_with():
    table = grid(
        """
        科目编码 | 科目名称 | 年初预算数 | 决算数 | < | < | 决算数占年初预算数的比例（%）
        ^ | ^ | ^ | 小计 | 基本支出 | 项目支出 | ^
        合计 | < | 8.00 | 9.00 | 6.00 | 3.00 | 112.50
        204 | 公共安全支出 | 8.00 | 9.00 | 6.00 | 3.00 | 112.50
        """
    )
    contents = collected("一般公共预算财政拨款支出决算表", "单位：万元", table)
    assert [(measure, text) for _, _, measure, text in figures(contents)] == 2 * [
        *(("budget", "8.00"), ("total", "9.00"), ("basic", "6.00"), ("project", "3.00")),
    ]
    assert counts(contents) == ["112.50", "112.50"]


def test_a_column_in_per_cent_is_no_money_whatever_it_measures():
    table = grid(
        """
        项目 | 2023年预算数 | 2024年预算数 | 增减额 | 增减（%）
        公务接待费 | 0.40 | 0.30 | -0.10 | -25.00
        """
    )
    contents = collected("一般公共预算“三公”经费支出情况表", "单位：万元", table)
    assert counts(contents) == ["-25.00"]


def test_what_is_bought_has_a_sort_a_number_and_a_price():
    table = grid(
        """
        采购项目名称 | 采购类型 | 采购品目编码 | 计量单位 | 采购数量 | 采购预算金额 | 资金来源 | <
        ^ | ^ | ^ | ^ | ^ | ^ | 一般公共预算 | 其他资金
        合计 | . | . | . | . | 27.00 | 27.00 | 0.00
        办公桌 | 货物 | A05 | 张 | 6 | 12.00 | 12.00 | 0.00
        抽水泵 | 货物 | A02 | 台 | 2 | 15.00 | 15.00 | 0.00
        """
    )
    contents = collected("政府采购预算明细表", "单位：万元", table)
    assert [it[1:] for it in figures(contents)] == [
        ("合计", "total", "27.00"),
        ("合计", "general_public_budget", "27.00"),
        ("合计", "other_funds", "0.00"),
        ("办公桌", "total", "12.00"),
        ("办公桌", "general_public_budget", "12.00"),
        ("办公桌", "other_funds", "0.00"),
        ("抽水泵", "total", "15.00"),
        ("抽水泵", "general_public_budget", "15.00"),
        ("抽水泵", "other_funds", "0.00"),
    ]
    assert counts(contents) == ["6", "2"]


def test_projects_are_called_by_their_names_not_by_their_sort():
    table = grid(
        """
        序号 | 项目名称 | 项目分类 | 2025年预算数 | < | 财政拨款结转结余
        ^ | ^ | ^ | 总计 | 其中：一般公共预算 | ^
        . | 合计 | . | 90.00 | 80.00 | 10.00
        1 | 水表改造 | 重点专项 | 60.00 | 50.00 | 10.00
        2 | 管网巡查 | 一般性项目 | 20.00 | 20.00 | 0.00
        3 | 水质监测 | 一般性项目 | 10.00 | 10.00 | 0.00
        """
    )
    contents = collected("项目支出明细表", "单位：万元", table)
    assert {it[1] for it in figures(contents)} == {"合计", "水表改造", "管网巡查", "水质监测"}
    assert [it[2:] for it in figures(contents)[3:6]] == [
        ("total", "60.00"),
        ("general_public_budget", "50.00"),
        ("opening_balance", "10.00"),
    ]


def test_amounts_that_reach_over_columns_of_no_other_are_read():
    table = grid(
        """
        部门名称 | 某市水务局 | < | < | <
        年度预算申请 | 资金总额 | < | 90.00 | <
        ^ | 按来源分 | 财政拨款 | 80.00 | <
        ^ | ^ | 其他资金 | 10.00 | <
        """
    )
    contents = collected("部门整体支出绩效目标申报表", "单位：万元", table)
    assert [f.text for f in unnamed(contents)] == ["90.00", "80.00", "10.00"]
    assert contents.rejections == []


def test_columns_that_count_things_are_no_money():
    table = grid(
        """
        项目 | 车辆数量（台、辆） | < | 单价50万元（含）以上的通用设备（台、套）
        ^ | 小计 | 机要通信用车 | ^
        合计 | 3 | 2 | 1
        """
    )
    contents = collected("国有资产占用情况表", "单位：万元", table)
    assert counts(contents) == ["3", "2", "1"]


def test_the_total_of_the_three_is_not_the_one_over_meetings_and_training():
    table = grid(
        """
        项目 | 2024年预算数
        合计 | 13.50
        一、“三公”经费小计 | 5.80
        1.公务接待费 | 1.80
        2.公务用车购置及运行费 | 4.00
        二、会议费 | 3.20
        三、培训费 | 4.50
        """
    )
    contents = collected("“三公”经费、会议费和培训费支出情况表", "单位：万元", table)
    assert [(label, text) for _, label, m, text in figures(contents) if m == "total"] == [
        ("一、“三公”经费小计", "5.80")
    ]
