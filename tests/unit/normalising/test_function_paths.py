"""What the brackets of a label say of 类, 款 and 项."""

import pytest

from pipelines.normalising.function_paths import FunctionPath, function_path


@pytest.mark.parametrize(
    ("item", "label", "path"),
    [
        ("class", "教育支出", FunctionPath("教育支出", level="class")),
        ("class", "3.教育支出 (205类)", FunctionPath("教育支出", level="class")),
        ("subclass", "普通教育", FunctionPath("", "普通教育", level="subclass")),
        (
            "subclass",
            "教育支出（类）普通教育",
            FunctionPath("教育支出", "普通教育", level="subclass"),
        ),
        (
            "class",
            "教育支出（类）普通教育（款）",
            FunctionPath("教育支出", "普通教育", level="subclass"),
        ),
        (
            "class",
            "教育（类）普通教育（款）小学教育（项）",
            FunctionPath("教育", "普通教育", "小学教育", "item"),
        ),
        ("item", "教育支出（类）小学教育", FunctionPath("教育支出", "", "小学教育", "item")),
        ("item", "", FunctionPath()),
        ("total", "教育支出（类）", FunctionPath()),
    ],
    ids=lambda value: str(value)[:20],
)
def test_the_innermost_bracket_tells_the_level(item, label, path):
    assert function_path("general_budget", item, label) == path


@pytest.mark.parametrize("topic", ["basic", "project", "three_public", ""])
def test_only_functional_classes_have_levels(topic):
    assert function_path(topic, "class", "工资福利支出") == FunctionPath()
