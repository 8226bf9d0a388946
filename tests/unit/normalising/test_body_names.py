"""Names are found wherever covers, heads, titles and entity lines print them, and alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.normalising.body_names import (
    clean_name,
    is_heading,
    is_same_body,
    with_lone_years,
)
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


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (("某局", "2023年度", "部门决算"), ["某局", "2023年度部门决算"]),
        (("2023年", "某局", "部门决算"), ["2023年某局", "部门决算"]),
        (("某局", "2023年度"), ["某局", "2023年度"]),
        (("2023年度预算", "某局"), ["2023年度预算", "某局"]),
        ((), []),
    ],
)
def test_a_lone_year_is_joined_to_the_line_below(lines: tuple[str, ...], joined: list[str]):
    assert with_lone_years(lines) == joined


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("甲" * 40, True),
        ("甲" * 41, False),
        ("一、概况", True),
        ("甲。", False),
        ("甲;乙", False),
        ("甲,乙", False),
        ("", True),
    ],
)
def test_a_heading_is_short_and_no_sentence(text: str, heading: bool):  # noqa: FBT001
    assert is_heading(text) is heading


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("某" * 39 + "局", "某" * 39 + "局"),
        ("某" * 40 + "局", ""),
        ("某县)茶叶局", ""),
        ("本局", ""),
        ("我单位", ""),
        ("负责茶叶局", ""),
        ("组织部", "组织部"),
        ("组织茶叶局", ""),
        ("柳溪市", ""),
        ("柳溪市白石区", ""),
        ("柳溪市开发区", "柳溪市开发区"),
        ("某县茶叶", ""),
        ("某县茶叶局部门", NAME),
        ("某县茶叶局（汇总）", NAME),
        ("附件：关于某县茶叶局", NAME),
        ("3.某县茶叶局", NAME),
    ],
)
def test_a_name_ends_like_a_body_s_and_speaks_of_nobody_else(printed: str, name: str):
    assert clean_name(printed) == name


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ((NAME, "2022年度部门决算") , NAME),
        ((*["甲乙"] * 10, "某县", "茶叶局2022年度部门决算"), NAME),
        ((*["甲乙"] * 11, "某县", "茶叶局2022年度部门决算"), NAME),
        ((*["甲乙"] * 12, "某县", "茶叶局2022年度部门决算"), "茶叶局"),
        (("某县", "茶叶", "局", "2022年度部门决算"), NAME),
        (("某县茶叶局", "2022年收入支出表"), ""),
    ],
)  # fmt: skip
def test_a_name_is_broken_on_the_cover_s_first_lines_only(lines: tuple[str, ...], name: str):
    assert identified(*lines).department_name == name


@pytest.mark.parametrize(("count", "name"), [(2, ""), (3, NAME)])
def test_a_line_that_comes_back_three_times_is_a_running_head(count: int, name: str):
    assert identified(*[NAME, "正文。"] * count).department_name == name


@pytest.mark.parametrize(
    "head",
    ["茶叶局", f"{NAME}2022年", f"{NAME}。", "茶" * 40 + NAME],
    ids=["no place", "a year", "a sentence", "too long"],
)
def test_a_line_that_is_no_name_of_a_place_s_body_is_no_running_head(head: str):
    assert identified(*[head, "正文。"] * 4).department_name == ""


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("部门决算公开", NAME), NAME),
        (("2022年度部门决算公开报表", "2023年8月", NAME), ""),
        (("2022年度部门决算公开", "2022年某县茶叶局"), NAME),
        (("2022年度部门决算公开", "某县茶叶局目录"), ""),
        (("柳溪市茶叶站", "2022年度部门决算公开", NAME), "柳溪市茶叶站"),
        (("2022年度部门决算公开", "茶叶局"), ""),
    ],
)
def test_the_name_below_the_publication_is_read_unless_it_stood_above(
    lines: tuple[str, ...], name: str
):
    assert identified(*lines).department_name == name


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ((f"{NAME}概况",), NAME),
        ((f"第一部分 {NAME}基本概况",), NAME),
        ((f"{NAME}机构设置",), NAME),
        ((f"2022年度{NAME}部门决算公开",), NAME),
        ((f"2022年{NAME}三公经费支出决算情况说明",), NAME),
        ((f"{NAME}2022年度三公经费支出决算情况说明",), NAME),
        ((f"主管部门：{NAME}",), NAME),
        (("部门名称：",), ""),
    ],
)
def test_headings_and_labels_that_hold_a_name(lines: tuple[str, ...], name: str):
    assert identified(*lines).department_name == name


def test_the_name_that_weighs_most_is_taken_and_of_equals_the_first():
    one, other = "柳溪市茶叶局", "柳溪市林业局"
    assert identified(f"部门：{one}", f"部门：{other}").department_name == one
    assert identified(f"部门：{other}", f"部门：{one}").department_name == other
    assert identified(f"部门：{one}", *[f"部门：{other}"] * 2).department_name == other
    assert identified(f"{one}机构设置", f"{other}概况").department_name == other


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("甲省茶叶局", "茶叶局", False),
        ("甲省", "甲省", True),
        ("甲柳溪市茶叶局", "柳溪市茶叶局", False),
        ("柳溪市茶叶局", "", False),
    ],
)
def test_what_stands_before_the_shorter_name_is_a_division(one: str, other: str, same: bool):  # noqa: FBT001
    assert is_same_body(one, other) is same
