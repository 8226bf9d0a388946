"""A title that reached the page's edge was joined with the department line, and its form was lost.

Found by forging a thousand layouts: 462 of seed 20261122.
"""

import pytest

from pipelines.domain.place import Place
from pipelines.recognising.captions import caption_lines, read_captions
from pipelines.recognising.catalogue import load_catalogue


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("十、收入决算表部门：某县水利局", ["十、收入决算表", "部门：某县水利局"]),
        ("支出决算表 编制单位：某县水利局", ["支出决算表 ", "编制单位：某县水利局"]),
        ("部门：某县水利局 金额单位：元", ["部门：某县水利局 ", "金额单位：元"]),
        ("某县水利局2023年度部门决算", ["某县水利局2023年度部门决算"]),
    ],
)
def test_a_line_is_taken_apart_where_captions_begin(printed: str, parts: list[str]):
    assert [line.text for line in caption_lines(printed, Place(page=1))] == parts


def test_the_form_and_its_department_are_both_found():
    lines = caption_lines("十、收入决算表部门：某县水利局", Place(page=1))
    captions = read_captions(lines, load_catalogue())
    (spec,) = captions.forms
    assert (spec.form, captions.entity_text) == ("income", "某县水利局")
