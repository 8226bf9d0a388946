"""A document is walked once: forms begin, continue, end, and are declared empty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.disclosure import FurnitureKind, RejectionReason
from pipelines.domain.document import Table
from pipelines.recognising.catalogue import load_catalogue
from pipelines.recognising.forms import RecognisedForm, Recognition, recognise_forms
from tests.unit.recognising.grids import document, grid

CATALOGUE = load_catalogue()
HEADER = """
    项目 | < | 本年支出合计 | 基本支出 | 项目支出
    科目编码 | 科目名称 | ^ | ^ | ^
    栏次 | < | 1 | 2 | 3
"""
BODY = """
    合计 | < | 9.00 | 5.00 | 4.00
    208 | 社会保障和就业支出 | 9.00 | 5.00 | 4.00
"""
MORE = """
    20805 | 行政事业单位养老支出 | 9.00 | 5.00 | 4.00
    2080505 | 机关事业单位基本养老保险缴费支出 | 9.00 | 5.00 | 4.00
"""
FIRST = grid(HEADER + BODY)
CONTINUED = grid(MORE)
CONTINUED_WITH_HEADER = grid(HEADER + MORE)
INCOME = grid(
    """
    项目 | < | 本年收入合计 | 财政拨款收入
    科目编码 | 科目名称 | ^ | ^
    合计 | < | 9.00 | 9.00
    """
)
CAPTIONS = ("支出决算表", "公开03表", "部门：某县水利局", "单位：万元")
LABELS = [
    "合计",
    "社会保障和就业支出",
    "行政事业单位养老支出",
    "机关事业单位基本养老保险缴费支出",
]


def recognise(*blocks: str | Table) -> Recognition:
    return recognise_forms(document(*blocks), CATALOGUE)


def the_form(*blocks: str | Table) -> RecognisedForm:
    (form,) = recognise(*blocks).forms
    return form


def names(recognition: Recognition) -> list[str]:
    return [form.spec.form for form in recognition.forms]


def labels(form: RecognisedForm) -> list[str]:
    return [row.label for row in form.rows]


def narrative(recognition: Recognition) -> list[str]:
    return [paragraph.text for paragraph in recognition.paragraphs]


def test_a_form_is_its_captions_and_its_table():
    form = the_form(*CAPTIONS, FIRST)
    assert (form.spec.form, form.unit, form.captions.entity_text, form.captions.number_text) == (
        "expenditure",
        PrintedUnit.WAN_YUAN,
        "某县水利局",
        "公开03表",
    )
    assert labels(form) == LABELS[:2]
    assert form.place.path == "body/p[1]"


def test_captions_are_no_narrative():
    recognition = recognise("前言。", *CAPTIONS, FIRST, "后记。")
    assert narrative(recognition) == ["前言。", "后记。"]


def test_captions_may_stand_in_the_table():
    table = grid(
        """
        支出决算表 | < | < | <
        部门：某县水利局 | < | 公开03表 | 单位：万元
        科目编码 | 科目名称 | 合计 | 基本支出
        208 | 社保 | 1.00 | 1.00
        """
    )
    form = the_form(table)
    assert (form.spec.form, form.unit, labels(form)) == (
        "expenditure",
        PrintedUnit.WAN_YUAN,
        ["社保"],
    )


def test_captions_may_stand_in_a_table_of_their_own():
    captions = grid("支出决算表 | <\n部门：某县水利局 | 单位：万元")
    form = the_form(captions, FIRST)
    assert (form.captions.entity_text, form.unit) == ("某县水利局", PrintedUnit.WAN_YUAN)


def test_two_forms_follow_one_another():
    recognition = recognise("收入决算表", INCOME, "支出决算表", FIRST)
    assert names(recognition) == ["income", "expenditure"]
    assert recognition.unknown == ()


def test_the_number_of_a_form_never_says_which_form_it_is():
    assert the_form("公开07表", "支出决算表", FIRST).spec.form == "expenditure"


@pytest.mark.parametrize(
    "between",
    [
        (CONTINUED,),
        (CONTINUED_WITH_HEADER,),
        ("支出决算表", "单位：万元", CONTINUED_WITH_HEADER),
        ("支出决算表", "单位：万元", CONTINUED),
        ("支出决算表（续）", CONTINUED_WITH_HEADER),
    ],
    ids=["without header", "with header", "with title", "title without header", "marked"],
)
def test_a_form_continues_on_a_further_page(between: tuple[str | Table, ...]):
    recognition = recognise(*CAPTIONS, FIRST, *between)
    (form,) = recognition.forms
    assert labels(form) == LABELS
    assert recognition.unknown == ()


def test_column_numbers_of_a_repeated_header_are_counted_once():
    form = the_form(*CAPTIONS, FIRST, CONTINUED_WITH_HEADER)
    numbers = [item for item in form.furniture if item.kind is FurnitureKind.COLUMN_NUMBER]
    assert [item.text for item in numbers] == ["1", "2", "3"]


def test_a_form_may_continue_over_many_pages():
    form = the_form(*CAPTIONS, FIRST, CONTINUED, CONTINUED, CONTINUED_WITH_HEADER)
    assert len(form.rows) == 8
    assert form.grid_rows == 5 + 2 + 2 + 5


@given(st.lists(st.integers(1, 4), min_size=1, max_size=5))
def test_splitting_a_form_over_pages_changes_none_of_its_rows(sizes: list[int]):
    rows = [
        f"{2010000 + number} | 科目{number} | {number}.00 | {number}.00 | ."
        for number in range(sum(sizes))
    ]
    whole = the_form(*CAPTIONS, grid(HEADER + "\n".join(rows)))
    pages = []
    for size in sizes:
        pages.append(grid("\n".join([*([] if pages else [HEADER.strip()]), *rows[:size]])))
        rows = rows[size:]
    split = the_form(*CAPTIONS, *pages)
    assert [(row.code_parts, row.label) for row in split.rows] == [
        (row.code_parts, row.label) for row in whole.rows
    ]
    assert [[value.measure for value in row.values] for row in split.rows] == [
        [value.measure for value in row.values] for row in whole.rows
    ]


def test_text_between_two_tables_ends_the_form():
    recognition = recognise(*CAPTIONS, FIRST, "第三部分 情况说明", CONTINUED)
    (form,) = recognition.forms
    assert labels(form) == LABELS[:2]


def test_a_table_of_words_adds_no_values_to_a_form():
    recognition = recognise(*CAPTIONS, FIRST, grid("部门职责 | 内设机构\n水利 | 办公室"))
    (form,) = recognition.forms
    assert [row.label for row in form.rows if row.values] == LABELS[:2]
    assert recognition.unknown == ()


def test_a_table_with_a_heading_of_its_own_does_not_continue_a_form():
    foreign = grid("专项资金绩效情况表 | < | <\n车辆 | 5 | 2.00\n设备 | 3 | 1.00")
    recognition = recognise(*CAPTIONS, FIRST, foreign)
    (form,) = recognition.forms
    assert labels(form) == LABELS[:2]
    assert [refusal.reason for refusal in recognition.unknown] == [RejectionReason.UNKNOWN_FORM]


def test_a_form_of_no_catalogue_entry_is_named():
    recognition = recognise(
        *CAPTIONS, FIRST, "扶贫专项资金支出决算表", "单位：万元", grid("项目 | 金额\n某项目 | 3.00")
    )
    assert names(recognition) == ["expenditure"]
    (refusal,) = recognition.unknown
    assert (refusal.reason, refusal.printed) == (
        RejectionReason.UNKNOWN_FORM,
        "扶贫专项资金支出决算表",
    )
    assert "not in the catalogue" in refusal.detail


def test_a_form_of_no_catalogue_entry_is_named_wherever_its_title_stands():
    """In tables of their own, title and unit were taken for a table of words and forgotten."""
    title, unit = grid("扶贫专项资金支出决算表 | <"), grid("部门： | 某县水利局 | 单位：万元")
    recognition = recognise(*CAPTIONS, FIRST, title, unit, grid("名目 | 数额\n修路 | 3.00"))
    assert labels(recognition.forms[0]) == LABELS[:2]
    assert [refusal.printed for refusal in recognition.unknown] == ["扶贫专项资金支出决算表"]


def test_a_title_of_the_contents_list_names_no_unknown_form():
    recognition = recognise(
        "扶贫专项资金支出决算表", "一、概况", grid("项目 | 金额\n某项目 | 3.00")
    )
    assert (recognition.forms, recognition.unknown) == ((), ())


def test_a_form_whose_header_is_foreign_is_refused_with_every_number_of_it():
    form = the_form("支出决算表", grid("甲 | 乙 | 丙\n一 | 2.00 | 3.00"))
    assert (form.header, form.rows) == (None, [])
    assert {refusal.reason for refusal in form.refusals} == {RejectionReason.UNKNOWN_COLUMN}
    assert "expenditure" in form.refusals[0].detail
    assert {refusal.printed for refusal in form.refusals} >= {"2.00", "3.00"}


def test_a_document_without_forms_is_all_narrative():
    recognition = recognise("某县水利局", "职责如下。", grid("姓名 | 职务\n张 | 局长"))
    assert (recognition.forms, recognition.unknown) == ((), ())
    assert narrative(recognition) == ["某县水利局", "职责如下。"]


def test_the_contents_list_begins_no_form():
    recognition = recognise(
        "目录", "一、收入决算表", "二、支出决算表", "第二部分 决算表", *CAPTIONS, FIRST
    )
    assert names(recognition) == ["expenditure"]
    assert "一、收入决算表" in narrative(recognition)


@pytest.mark.parametrize(
    "note",
    [
        "注：本表反映部门本年度各项支出情况。",
        "说明：本年无此项。",
        "本部门没有此项支出，故本表无数据。",
    ],
)
def test_a_note_below_a_form_is_its_note(note: str):
    recognition = recognise(*CAPTIONS, FIRST, note, "下文。")
    (form,) = recognition.forms
    assert form.note_text == note
    assert narrative(recognition) == ["下文。"]


def test_a_numbered_note_goes_on():
    form = the_form(*CAPTIONS, FIRST, "注：1.本表反映支出。", "2.可能存在尾数误差。", "3、其他。")
    assert form.note_text == "注：1.本表反映支出。\n2.可能存在尾数误差。\n3、其他。"


def test_a_numbered_title_below_a_note_is_no_note():
    recognition = recognise(*CAPTIONS, FIRST, "注：本表反映支出。", "2.收入决算表", INCOME)
    assert names(recognition) == ["expenditure", "income"]
    assert recognition.forms[0].note_text == "注：本表反映支出。"


def test_a_note_away_from_its_form_is_narrative():
    recognition = recognise(*CAPTIONS, FIRST, "下文。", "注：见附件。")
    assert recognition.forms[0].note_text == ""
    assert narrative(recognition) == ["下文。", "注：见附件。"]


def test_notes_in_the_grid_and_below_it_are_one_note():
    form = the_form(
        *CAPTIONS, grid(HEADER + BODY + "注：1.本表反映支出。 | < | < | < | <"), "2.尾数误差。"
    )
    assert form.note_text == "注：1.本表反映支出。\n2.尾数误差。"


STATEMENT = "本部门没有政府性基金收入，也没有使用政府性基金安排的支出，故本表无数据。"


def test_a_form_declared_empty_without_a_table_is_present():
    recognition = recognise(
        *CAPTIONS, FIRST, "下文。", "政府性基金预算财政拨款收入支出决算表", "单位：万元", STATEMENT
    )
    assert names(recognition) == ["expenditure", "government_fund"]
    empty = recognition.forms[1]
    assert (empty.header, empty.columns, empty.rows, empty.note_text) == (None, (), [], STATEMENT)


def test_a_form_right_below_another_may_be_declared_empty_without_a_table():
    recognition = recognise(
        *CAPTIONS, FIRST, "政府性基金预算财政拨款收入支出决算表", "公开08表 单位：万元", STATEMENT
    )
    assert names(recognition) == ["expenditure", "government_fund"]


def test_a_title_far_from_a_statement_is_not_declared_empty():
    recognition = recognise(
        *CAPTIONS, FIRST, "政府性基金预算财政拨款收入支出决算表", "见附件。", STATEMENT
    )
    assert names(recognition) == ["expenditure"]


def test_a_form_that_is_printed_is_not_declared_empty_again():
    recognition = recognise(*CAPTIONS, FIRST, "下文。", "支出决算表", STATEMENT)
    assert names(recognition) == ["expenditure"]


def test_the_same_form_is_kept_as_often_as_it_is_printed():
    """Which printing counts is decided where figures are made."""
    recognition = recognise(*CAPTIONS, FIRST, "注：一。", *CAPTIONS, FIRST)
    assert names(recognition) == ["expenditure", "expenditure"]


def test_a_continuation_with_other_columns_is_named_and_not_mixed_in():
    other = grid("科目编码 | 科目名称 | 合计 | 经营支出\n208 | 社保 | 7.00 | 7.00")
    recognition = recognise(*CAPTIONS, FIRST, other)
    (form,) = recognition.forms
    assert labels(form) == LABELS[:2]
    assert [refusal.reason for refusal in recognition.unknown] == [RejectionReason.UNKNOWN_FORM]


def test_no_header_means_no_body():
    form = the_form("支出决算表", grid("甲 | 乙\n一 | 2.00"))
    with pytest.raises(ValueError, match="without a header"):
        form.add(CONTINUED, 0, CATALOGUE)
