"""Goods were called by what they are counted in, and 项 below 计量单位 was a level of a code."""

from tests.unit.normalising.drawn import collected
from tests.unit.recognising.grids import grid

GOODS = """
    预算项目 | 采购项目 | 采购目录 | 计量单位 | 数量 | 面向中小企业预留资金 | 政府采购预算 | < | <
    ^ | ^ | ^ | ^ | ^ | ^ | 合计 | 一般公共预算 | 单位自筹
    仪器更新 | 屋面修缮 | B08010000 修缮工程 | 项 | 1 | 30.00 | 30.00 | 30.00 | .
    仪器更新 | 气相色谱仪 | A02100000 分析仪器 | 台 | 3 | . | 60.00 | . | 60.00
    公用经费 | 打印纸 | A05040100 纸 | 箱 | 40 | 5.00 | 5.00 | 5.00 | .
    合 计 | < | < | < | < | 35.00 | 95.00 | 35.00 | 60.00
"""
ASSETS = """
    单位名称 | 资产类别 | 资产名称 | 计量单位 | 财政部门批复数（元） | < | <
    ^ | ^ | ^ | ^ | 数量 | 单价 | 金额
    某某站 | A02 设备 | 气相色谱仪 | 项 | 3 | 20.00 | 60.00
    某某站 | A02 设备 | 采样泵 | 台 | 2 | 4.00 | 8.00
    合计 | < | < | < | 5 | . | 68.00
"""
LEVELS = """
    科目编码 | < | < | 科目名称 | 合计
    类 | 款 | 项 | 栏次 | 1
    211 | 03 | 01 | 大气 | 9.00
"""


def test_goods_are_called_by_their_names():
    contents = collected("某某站2026年部门预算", "部门政府采购预算表", "单位：元", grid(GOODS))
    assert [row.row_label for row in contents.rows] == ["屋面修缮", "气相色谱仪", "打印纸", "合计"]
    total = [figure for figure in contents.figures if figure.row.line == "total"]
    assert [(figure.measure, figure.text) for figure in total] == [
        ("sme_reserved", "35.00"),
        ("total", "95.00"),
        ("general_public_budget", "35.00"),
        ("unit_funds", "60.00"),
    ]
    assert [figure.text for figure in contents.figures if figure.unit is None] == ["1", "3", "40"]


def test_assets_to_be_bought_have_a_price_and_an_amount():
    contents = collected("某某站2026年部门预算", "新增资产配置表", "单位：元", grid(ASSETS))
    assert [row.row_label for row in contents.rows] == ["气相色谱仪", "采样泵", "合计"]
    assert [(figure.measure, figure.text) for figure in contents.figures if figure.unit] == [
        ("unit_price", "20.00"),
        ("total", "60.00"),
        ("unit_price", "4.00"),
        ("total", "8.00"),
        ("total", "68.00"),
    ]


def test_levels_of_codes_beside_column_numbers_stay_header():
    contents = collected("支出预算总表", "单位：元", grid(LEVELS))
    assert [row.row_code for row in contents.rows] == ["2110301"]
