"""Names are found wherever covers, heads, titles and entity lines print them, and alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.normalising.body_names import clean_name, is_same_body
from tests.unit.normalising.printed import identified, printing

NAME = "某县茶叶局"


@pytest.mark.parametrize(
    "lines",
    [
        ("某县", "茶叶局", "2022年度", "部门决算"),
        ("柳溪市白石区茶叶和农", "产品局", "2022年度部门决算"),
        ("柳溪市白石区", "茶叶和农", "产品局", "2022年度部门决算"),
        ("目录", "柳溪市白石区茶叶和农", "产品局2022年度部门决算"),
        ("柳溪市", "白石区茶叶和农产品局", "2022年度部门决算公开"),
    ],
    ids=lambda lines: " / ".join(lines),
)
def test_a_name_broken_over_the_lines_of_a_cover_is_put_together(lines: tuple[str, ...]):
    whole = {NAME, "柳溪市白石区茶叶和农产品局"}
    assert identified(*lines).department_name in whole


@pytest.mark.parametrize(
    "lines",
    [
        ("2022年度部门决算", NAME, "2023年8月"),
        ("部门决算公开", "2022年度", NAME),
        ("2022年度部门决算公开报表", "某县", "茶叶局"),
        ("2022年度", NAME, "部门决算"),
        (f"{NAME}部门决算公开", "（2022年度）"),
        (f"部门名称：{NAME}",),
        (f"编制单位（公章）：{NAME}",),
        (f"部 门：{NAME}  单位：万元",),
        (f"预算部门：{NAME} 公开01表 单位：万元",),
        (f"{NAME}（部门）主要职能",),
        (f"{NAME}2022年度部门收入决算表",),
    ],
    ids=lambda lines: " / ".join(lines),
)
def test_layouts_in_which_a_name_stands(lines: tuple[str, ...]):
    assert identified(*lines).department_name == NAME


@pytest.mark.parametrize(
    "rest", ["住房和城乡建设局", "市场监督管理局", "城市管理局", "白石镇人民政府"]
)
def test_a_place_above_the_rest_of_a_name_belongs_to_it(rest: str):
    assert identified("柳溪县", rest, "2022年度部门决算").department_name == f"柳溪县{rest}"
    assert (
        identified("甲省柳溪县", f"{rest}2022年度部门决算").department_name == f"甲省柳溪县{rest}"
    )


def test_a_running_head_names_the_body():
    pages = [line for page in range(3) for line in (NAME, f"正文第{page}页。")]
    assert identified(*pages).department_name == NAME


@pytest.mark.parametrize(
    "title",
    [
        "某县茶叶局2024年部门收支总表",
        "某县茶叶局部门收支总表",
        "2024年某县茶叶局收入决算表",
        "某县茶叶局一般公共预算支出表",
    ],
)
def test_a_title_may_begin_with_the_name(title: str):
    assert identified(printings=[printing(title)]).department_name == NAME


@pytest.mark.parametrize(
    "title",
    [
        "部门收支总表",
        "一般公共预算财政拨款支出决算表",
        "2024年预算单位收入预算总表",
        "柳溪市一般公共预算收入表",
        "柳溪市本级一般公共预算支出表",
        "全市社会保险基金支出表",
        "本单位三公经费表",
    ],
)
def test_a_title_without_a_name_names_nobody(title: str):
    assert identified(printings=[printing(title)]).department_name == ""


@pytest.mark.parametrize(
    "lines",
    [
        ("柳溪市2024年部门预算",),
        ("柳溪省2024年度", "省级部门预算公开报表"),
        ("柳溪市2024年区级部门预算",),
        ("组织全县中小学2023年度决算工作",),
        ("柳溪市财政局", "2024年3月"),
        ("2024年度部门预算", "目录"),
        ("2024年度部门预算", "柳溪省财政厅印制"),
    ],
    ids=lambda lines: " / ".join(lines),
)
def test_a_division_a_sentence_or_a_printer_is_no_body(lines: tuple[str, ...]):
    assert identified(*lines).department_name == ""


def test_the_name_above_the_publication_is_not_joined_with_another_body():
    lines = ("柳溪市茶叶局", "柳溪市茶叶试验站", "2022年度单位决算")
    assert identified(*lines).department_name == "柳溪市茶叶试验站"


def test_the_department_above_a_unit_weighs_less_than_the_unit():
    lines = ("主管部门：柳溪市茶叶局", "预算单位：柳溪市茶叶试验站")
    assert identified(*lines).department_name == "柳溪市茶叶试验站"


def test_a_name_with_and_without_its_province_is_one_and_the_cover_says_which():
    tables = [printing("收入决算表", entity="柳溪市茶叶局") for _ in range(9)]
    cover = identified("甲省柳溪市茶叶局2022年度部门决算", printings=tables)
    assert cover.department_name == "甲省柳溪市茶叶局"
    assert identified("2022年度部门决算", printings=tables).department_name == "柳溪市茶叶局"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("甲省柳溪市茶叶局", "柳溪市茶叶局", True),
        ("柳溪市茶叶局", "柳溪市茶叶局", True),
        ("柳溪市白石区茶叶局", "柳溪市茶叶局", False),
        ("柳溪县白石镇人民政府", "白石镇人民政府", True),
        ("柳溪市茶叶局", "茶叶局", False),
        ("柳溪市住房和城乡建设局", "住房和城乡建设局", False),
        ("柳溪市市场监督管理局", "市场监督管理局", False),
        ("柳溪市茶叶局柳溪市试验站", "柳溪市试验站", False),
    ],
)
def test_only_divisions_above_may_differ(one: str, other: str, same):
    assert is_same_body(one, other) is same
    assert is_same_body(other, one) is same


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("某县茶叶局2024年部门预算公开", NAME),
        ("2024年度某县茶叶局", NAME),
        ("附件2：某县茶叶局", NAME),
        ("三、某县茶叶局", NAME),
        ("（二）某县茶叶局", NAME),
        ("第一部分 某县茶叶局（本级）", NAME),
        ("某县茶叶局（某县种植局）", "某县茶叶局(某县种植局)"),
        ("某县茶叶局（某县种", ""),
        ("部门预算", ""),
        ("2024年", ""),
    ],
)
def test_a_name_is_cleaned_of_what_is_printed_around_it(printed: str, name: str):
    assert clean_name(printed) == name


_PIECES = (
    "某县",
    "柳溪市",
    "茶叶局",
    "中共",
    "委员会",
    "部门",
    "部门预算",
    "单位决算",
    "2024年",
    "2023",
)
_OTHERS = (
    "年度",
    "（本级）",
    "附件1：",
    "关于",
    "第一部分",
    "中心",
    "(",
    ")",
    "概况",
    "公开",
    "：",
    "表",
)


@given(st.lists(st.sampled_from(_PIECES + _OTHERS), max_size=8).map("".join))
def test_names_never_contain_a_year_or_a_publication(line: str):
    names = (
        clean_name(line),
        identified(line).department_name,
        identified(printings=[printing(line, entity=line)]).department_name,
    )
    for name in names:
        assert not re.search(r"20\d{2}|部门预算|部门决算|单位预算|单位决算", name)
