"""A column of the year before beside this year's gave one row two figures of one measure."""

from tests.unit.normalising.drawn import collected, named, texts, unnamed
from tests.unit.recognising.grids import grid

HEADER = "项目 | {} | {} | 项目 | 2023年决算数"
ROW = "本年收入合计 | 3.00 | 2.00 | 本年支出合计 | 1.00"


def test_figures_of_two_years_have_two_measures():
    table = grid(f"{HEADER.format('2023年决算数', '2022年决算数')}\n{ROW}")
    contents = collected("收入支出决算总表", "单位：万元", table)
    printed = [(figure.section, figure.measure, figure.text) for figure in contents.figures]
    assert printed == [
        ("income", "amount", "3.00"),
        ("income", "prior_amount", "2.00"),
        ("expenditure", "amount", "1.00"),
    ]


def test_figures_that_no_header_tells_apart_have_no_measure_rather_than_the_same():
    table = grid(f"{HEADER.format('决算数', '决算数')}\n{ROW}")
    contents = collected("收入支出决算总表", "单位：万元", table)
    assert texts(named(contents)) == ["1.00"]
    assert texts(unnamed(contents)) == ["3.00", "2.00"]
