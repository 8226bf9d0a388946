"""Charts as Vega-Lite describes them, and as they are drawn."""

import re
from decimal import Decimal

import altair as alt
import pytest
from jsonschema import ValidationError

from pipelines.serving.charts import Point, bar_chart, drawn, line_chart

YEARS = [
    Point("2022", "收入", Decimal(1_000_000)),
    Point("2023", "收入", Decimal(1_200_000)),
    Point("2022", "支出", Decimal(900_000)),
    Point("2023", "支出", Decimal(1_100_000)),
]


def shares(*values: str) -> list[Point]:
    return [Point(str(2020 + at), "已证实", Decimal(value)) for at, value in enumerate(values)]


def test_amounts_are_drawn_in_wan_and_told_to_the_last_digit():
    spec = bar_chart([Point("教育支出", "", Decimal("12345.678"))], "万元")
    (values,) = (each["values"] for each in [spec["data"]])
    assert values == [{"label": "教育支出", "series": "", "value": 1.2345678, "told": "1.2345678"}]


def test_bars_keep_the_given_order():
    points = [Point(label, "", Decimal(1)) for label in ("乙", "甲", "丙")]
    spec = bar_chart(points, "万元")
    assert spec["encoding"]["y"]["sort"] == ["乙", "甲", "丙"]


def test_series_stand_beside_each_other_and_are_named():
    spec = bar_chart(YEARS, "万元")
    assert spec["encoding"]["yOffset"]["sort"] == ["收入", "支出"]
    assert spec["layer"][0]["encoding"]["color"]["legend"]["orient"] == "top"
    assert bar_chart(YEARS[:2], "万元")["layer"][0]["encoding"]["color"]["legend"] is None


@pytest.mark.parametrize(
    ("values", "domain"),
    [
        (("99.9", "100"), [90, 100]),
        (("100", "100"), [90, 100]),
        (("84.2", "100"), [80, 100]),
        (("3", "50"), [0, 100]),
        ((), [90, 100]),
    ],
)
def test_shares_stand_on_a_scale_on_which_a_tenth_looks_like_one(values, domain):
    spec = line_chart(shares(*values), "%", is_share=True)
    assert spec["encoding"]["y"]["scale"]["domain"] == domain


@pytest.mark.parametrize("points", [YEARS, YEARS[:2], []], ids=["two series", "one", "none"])
def test_charts_are_vega_lite_as_its_schema_has_it(points: list[Point]):
    for is_narrow in (False, True):
        alt.Chart.from_dict(bar_chart(points, "万元", is_narrow=is_narrow))
        alt.Chart.from_dict(line_chart(points, "万元", is_narrow=is_narrow))
        alt.Chart.from_dict(line_chart(points, "%", is_share=True, is_narrow=is_narrow))
    misspelt = {**line_chart(points, "万元"), "heigth": 220}
    with pytest.raises(ValidationError, match="heigth"):
        alt.Chart.from_dict(misspelt)


@pytest.mark.parametrize(("year_count", "drawn_count"), [(3, 3), (10, 5), (12, 6)])
def test_years_that_do_not_fit_a_telephone_are_left_out_evenly(year_count: int, drawn_count: int):
    points = shares(*["50"] * year_count)
    picture = bytes(drawn(line_chart(points, "%", is_share=True, is_narrow=True), "svg").body)
    years = re.findall(r' opacity="1">(20\d\d)</text>', picture.decode())
    assert years == [point.label for point in points][:: year_count // drawn_count]


def test_a_telephone_gets_a_narrower_chart():
    assert line_chart(YEARS, "万元", is_narrow=True)["width"] < 300
    assert bar_chart(YEARS, "万元", is_narrow=True)["width"] < 300


def test_what_a_chart_names_cannot_become_markup():
    hostile = "</text><script>alert(1)</script>"
    picture = drawn(bar_chart([Point(hostile, "", Decimal(1))], "万元"), "svg")
    assert b"<script" not in picture.body
    assert b"&lt;script&gt;" in picture.body
