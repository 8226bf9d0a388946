"""A party organ printed its name short one year and long the next and became two departments."""

from tests.unit.normalising.printed import identified


def test_the_short_and_the_long_name_are_one_body_with_its_division():
    short = identified("中共湖南省委茶叶工作办公室2023年度部门决算")
    long = identified("中国共产党湖南省委员会茶叶工作办公室", "2023年度部门决算")
    assert short.department_name == long.department_name == "中共湖南省委茶叶工作办公室"
    assert short.region_code == long.region_code == "430000"
    assert "中国共产党湖南省委员会" in long.evidence["department_name"]
