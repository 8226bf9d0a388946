"""A project was called like its office, and goods like the way they are bought."""

from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import grid

PROJECTS = """
    类型 | 项目名称 | 项目单位 | 合计 | 本年拨款 | <
    ^ | ^ | ^ | ^ | 一般公共预算 | 政府性基金预算
    合计 | . | . | 9.00 | 9.00 | .
    特定目标类 | 河道清淤 | 某某局 | 6.00 | 6.00 | .
    特定目标类 | 堤防加固 | 某某局 | 3.00 | 3.00 | .
"""
GOODS = """
    采购品目大类 | 采购物品名称 | 采购组织形式 | 总计 | 一般公共预算资金
    合计 | . | . | 9.00 | 9.00
    货物 | . | . | 9.00 | 9.00
    . | 移动硬盘 | 分散采购 | 4.00 | 4.00
    . | 扫描仪 | 分散采购 | 5.00 | 5.00
"""
PARTS = """
    项目名称 | 建设内容 | 合计
    水库除险 | 坝体加固 | 4.00
    水库除险 | 溢洪道改造 | 5.00
"""


def test_a_project_is_called_by_its_name_and_not_by_its_unit():
    contents = collected("项目支出表", "单位：万元", grid(PROJECTS))
    assert [row.row_path for row in contents.rows] == [
        ("合计",),
        ("某某局", "特定目标类", "河道清淤"),
        ("某某局", "特定目标类", "堤防加固"),
    ]


def test_what_is_bought_is_called_by_its_name_and_not_by_how_it_is_bought():
    contents = collected("政府采购支出预算表", "单位：万元", grid(GOODS))
    assert [row.row_label for row in contents.rows] == ["合计", "货物", "移动硬盘", "扫描仪"]


def test_what_tells_more_rows_apart_than_the_name_before_it_names_them():
    contents = collected("项目支出表", "单位：万元", grid(PARTS))
    assert [row.row_label for row in contents.rows] == ["坝体加固", "溢洪道改造"]
