"""One organ has one name, however long it is printed."""

import pytest

from pipelines.normalising.organs import canonical_name, from_its_place


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("中国共产党柳溪市委员会宣传部", "中共柳溪市委宣传部"),
        ("中共柳溪市委员会宣传部", "中共柳溪市委宣传部"),
        ("中共柳溪市委宣传部", "中共柳溪市委宣传部"),
        ("柳溪市委宣传部", "中共柳溪市委宣传部"),
        ("中国共产党柳溪市委员会", "中共柳溪市委"),
        ("中国共产党阿坝藏族羌族自治州委员会党校", "中共阿坝藏族羌族自治州委党校"),
        ("中国共产党柳溪市委员会统一战线工作部", "中共柳溪市委统战部"),
        ("中国共产党柳溪市委员会政法委员会", "中共柳溪市委政法委"),
        ("中国共产党柳溪市纪律检查委员会", "中共柳溪市纪委"),
        ("中共柳溪市直属机关工作委员会", "中共柳溪市直属机关工委"),
        ("中国共产党柳溪市白石镇委员会", "中共柳溪市白石镇委"),
        ("中国共产主义青年团柳溪市委员会", "共青团柳溪市委"),
        ("中国民主同盟柳溪市委员会", "民盟柳溪市委"),
        ("九三学社柳溪市委员会", "九三学社柳溪市委"),
        ("中国人民政治协商会议柳溪市委员会", "政协柳溪市委员会"),
    ],
)
def test_long_names_are_written_the_short_way(printed: str, name: str):
    assert canonical_name(printed) == name
    assert canonical_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "柳溪市发展和改革委员会",
        "柳溪市委托代理服务中心",
        "柳溪市机关事务管理局",
        "柳溪市卫生健康委员会",
        "柳溪市人大常委会办公室",
        "政协柳溪市委员会",
        "中国红十字会柳溪市支会",
    ],
)
def test_other_names_stay_as_they_are(name: str):
    assert canonical_name(name) == name


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("中国共产党柳溪市委员会", "柳溪市委员会"),
        ("政协柳溪市委员会", "柳溪市委员会"),
        ("中华人民共和国柳溪海关", "柳溪海关"),
        ("柳溪市审计局", "柳溪市审计局"),
        ("", ""),
    ],
)
def test_a_name_is_read_from_its_place(name: str, rest: str):
    assert from_its_place(name) == rest
