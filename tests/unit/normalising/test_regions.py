"""A body's name leads to the one division it begins with."""

import re

import pytest

from pipelines.normalising.regions import Division, Divisions, load_divisions, locate
from tests.paths import REFERENCE_DIR

DIVISIONS = load_divisions(REFERENCE_DIR)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("湖南省审计厅", "430000"),
        ("长沙市审计局", "430100"),
        ("岳麓区审计局", "430104"),
        ("长沙市岳麓区审计局", "430104"),
        ("湖南省长沙市岳麓区审计局", "430104"),
        ("湖南省岳麓区审计局", "430104"),
        ("元江哈尼族彝族傣族自治县水利局", "530428"),
        ("长沙市", "430100"),
    ],
)
def test_parents_may_be_left_out(name: str, code: str):
    assert locate(name, "", DIVISIONS) == code


@pytest.mark.parametrize("name", ["审计局", "某县水利局", "国家审计署", ""])
def test_a_name_without_a_division_leads_nowhere(name: str):
    assert locate(name, "湖南省长沙市", DIVISIONS) == ""


@pytest.mark.parametrize(
    ("context", "code"),
    [
        ("江苏省南京市人民政府", "320106"),
        ("徐州市的年度安排", "320302"),
        ("福州市，福州市，南京市", "350102"),
        ("", ""),
        ("北京市", ""),
        ("南京市与徐州市", ""),
    ],
    ids=["province and city", "city", "most often named", "nothing", "elsewhere", "a tie"],
)
def test_a_name_shared_by_several_divisions_needs_the_context(context: str, code: str):
    assert locate("鼓楼区财政局", context, DIVISIONS) == code


def test_a_name_with_its_city_needs_no_context():
    assert locate("徐州市鼓楼区财政局", "福州市，福州市", DIVISIONS) == "320302"


def test_the_longest_spelling_wins():
    province = Division("100000", "甲省", "")
    city = Division("100100", "甲省市", "100000")
    divisions = Divisions(
        {province.code: province, city.code: city},
        {"甲省": frozenset(["100000"]), "甲省市": frozenset(["100100"])},
    )
    assert locate("甲省市局", "", divisions) == "100100"


def test_the_reference_list_is_a_tree_of_six_digit_codes():
    codes = set(DIVISIONS.by_code)
    assert [code for code in codes if not re.fullmatch(r"\d{6}", code)] == []
    parents = {division.parent_code for division in DIVISIONS.by_code.values()} - {""}
    assert parents <= codes


def test_the_supplement_is_part_of_the_list():
    assert locate("石家庄高新技术产业开发区财政局", "", DIVISIONS) == "130171"


def test_a_division_that_is_its_own_parent_ends_the_search(tmp_path):
    header = "code,name_zh,level,parent_code\n"
    for name in ("administrative_divisions.csv", "administrative_divisions_supplement.csv"):
        text = header + ("100000,甲省,province,100000\n" if "supplement" not in name else "")
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert locate("甲省审计厅", "", load_divisions(tmp_path)) == "100000"
