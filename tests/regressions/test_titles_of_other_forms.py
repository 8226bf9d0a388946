"""A title broken over three lines was taken for the shorter title that its last line is."""

import pytest

from pipelines.domain.place import Place
from pipelines.recognising.captions import CaptionLine, read_captions, titled_forms
from pipelines.recognising.catalogue import load_catalogue


def test_a_title_over_three_lines_names_its_own_form():
    texts = ("一般公共预算", "财政拨款基本", "支出决算表", "单位：万元")
    read = read_captions([CaptionLine(text, Place()) for text in texts], load_catalogue())
    (spec,) = read.forms
    assert (spec.form, read.title) == (
        "basic_expenditure",
        "一般公共预算财政拨款基本支出决算表",
    )


@pytest.mark.parametrize(
    "texts",
    [("一般公共预算财政拨款扶贫", "支出决算表"), ("2023年度政府性基金", "绩效", "收入决算表")],
)
def test_the_end_of_an_unknown_title_is_no_title(texts: tuple[str, ...]):
    """The rest of a torn title was taken for the form whose name it happens to be."""
    read = read_captions([CaptionLine(text, Place()) for text in texts], load_catalogue())
    assert read.forms == ()


@pytest.mark.parametrize("level", ["（本级）", "（汇总）"])
def test_a_body_may_state_its_level_in_brackets(level: str):
    (found,) = titled_forms(f"某县水利局{level}收入决算表", load_catalogue())
    assert found.form == "income"


@pytest.mark.parametrize("number", ["GK06 ", "Z07 ", "C07"])
def test_a_sheet_s_name_before_a_title_is_its_number(number: str):
    title = f"{number}一般公共预算财政拨款收入支出决算表(财决07表)"
    (found,) = titled_forms(title, load_catalogue())
    assert found.form == "general_budget_expenditure"
