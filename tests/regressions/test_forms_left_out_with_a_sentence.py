"""A form that a sentence with its title said to be left out was no form at all."""

import pytest

from pipelines.recognising.captions import declares_empty
from pipelines.recognising.catalogue import load_catalogue
from tests.unit.normalising.drawn import collected, expenditure_table

TITLE = "国有资本经营预算财政拨款支出决算表"


@pytest.mark.parametrize(
    ("number", "statement"),
    [
        ("公开09表", "本单位2023年度没有国有资本经营预算财政拨款安排的支出，因此未予列示。"),
        ("", "我局未发生此项支出，故不再列示。"),
        ("财决09表", "本表无数据。"),
    ],
)
def test_a_form_left_out_with_a_sentence_is_declared_empty(number: str, statement: str):
    contents = collected("三、决算报表", f"{number}《{TITLE}》：{statement}")
    assert [
        (each.form, each.title, each.number_text, each.empty_statement)
        for each in contents.printings
    ] == [("state_capital", TITLE, number, statement)]


@pytest.mark.parametrize(
    "text",
    [
        f"公开09表《{TITLE}》：反映本单位国有资本经营预算支出情况。",
        f"按照《{TITLE}》，本单位没有此项支出，故不予列示。",
        "《预算法》：本单位没有此项支出，故不予列示。",
    ],
)
def test_a_sentence_about_a_form_declares_nothing(text: str):
    assert not collected("三、决算报表", text).printings


@pytest.mark.parametrize(
    ("sentence", "is_empty"),
    [
        ("我站没有政府性基金安排的支出，故本表未填列。", True),
        ("涉密内容的支出，故不予列示。", False),
        ("我站没有遗漏。支出按科目列示，故不予合并。", False),
    ],
)
def test_what_is_not_listed_because_there_is_none(sentence: str, is_empty: bool):  # noqa: FBT001
    assert declares_empty(sentence, load_catalogue()) is is_empty


def test_below_another_form_it_is_no_note_of_that():
    contents = collected(
        "支出决算表",
        "单位：万元",
        expenditure_table(),
        "注：本表反映各项支出。",
        f"公开09表《{TITLE}》：本单位没有此项支出，因此不予列示。",
    )
    assert [(each.title, each.note_text) for each in contents.printings] == [
        ("支出决算表", "注：本表反映各项支出。"),
        (TITLE, "本单位没有此项支出，因此不予列示。"),
    ]
