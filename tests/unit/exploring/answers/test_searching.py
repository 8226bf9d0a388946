"""What a search finds: any part of a name, in any order, in characters or by pinyin."""

import time

import pytest

from pipelines.exploring.answers.bodies import Body
from pipelines.exploring.answers.regions import Region
from pipelines.exploring.answers.searching import FoundFile, SearchIndex


def body(name: str, region: str = "某省某市") -> Body:
    return Body(
        name, name, "department", name, "990100", region, "某市", "prefecture", 1, 2023, 2023
    )


NAMES = (
    "某某市教育局",
    "某某市教育考试中心",
    "某某市财政局",
    "重庆某某局",
    "银行监管局",
    "第二中学（ＡＢＣ）",
)
INDEX = SearchIndex(
    [body(name) for name in NAMES],
    [Region("990100", "某省某市", "某市", "prefecture", "990000", 1, 1)],
    [
        FoundFile("a", "某某市教育局2023年度部门决算.pdf", 2023, "final_accounts"),
        FoundFile("b", "notice.html", None, ""),
    ],
)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("教育局", ["某某市教育局"]),
        ("教育", ["某某市教育局", "某某市教育考试中心"]),
        ("局 教育", ["某某市教育局"]),
        ("某某教育局", ["某某市教育局"]),
        ("mmsjyj", ["某某市教育局"]),
        ("JYJ", ["某某市教育局"]),
        ("jy局", ["某某市教育局"]),
        ("cq", ["重庆某某局"]),
        ("zq", ["重庆某某局"]),
        ("yhjg", ["银行监管局"]),
        ("abc", ["第二中学（ＡＢＣ）"]),
        ("ａｂｃ", ["第二中学（ＡＢＣ）"]),
        ("某省 财政", ["某某市财政局"]),
        ("卫生", []),
        (".*", []),
        ("[", []),
        ("", []),
        ("  ", []),
    ],
)
def test_bodies_are_found_by_any_part_in_any_order(wanted, found):
    assert [each.name for each in INDEX.find(wanted).bodies] == found


def test_regions_and_files_are_found_too():
    assert [each.region_code for each in INDEX.find("xyz").regions] == []
    assert [each.region_code for each in INDEX.find("某省").regions] == ["990100"]
    assert [each.document_id for each in INDEX.find("2023 教育").files] == ["a"]
    assert [each.document_id for each in INDEX.find("notice").files] == ["b"]


def test_the_shortest_name_comes_first_and_the_own_name_before_the_region():
    index = SearchIndex(
        [body("丙丁局", "甲乙市"), body("甲乙市某某某某局", "甲乙市"), body("甲乙局", "甲乙市")],
        [],
        [],
    )
    assert [each.name for each in index.find("甲乙").bodies] == [
        *("甲乙局", "甲乙市某某某某局", "丙丁局"),
    ]


def test_ten_thousand_names_take_less_than_a_tenth_of_a_second_of_processor_time():
    characters = "教育财政卫生健康民政交通水利农业文化体育档案医保退役审计统计林业"
    names = [
        f"第{number}{characters[number % 29]}{characters[number % 31]}{characters[number % 23]}局"
        for number in range(10_000)
    ]
    files = [FoundFile(name, f"{name}2023年度部门决算.pdf", 2023, "") for name in names]
    index = SearchIndex([body(name) for name in names], [], files)
    for wanted in ("jy", "教育 局", "qqqq", "第9999", "dzzz局"):
        began = time.process_time()
        index.find(wanted)
        assert time.process_time() - began < 0.1, wanted
