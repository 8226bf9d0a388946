"""Each paragraph knows the headings above it."""

import pytest

from pipelines.domain.disclosure import Part
from tests.unit.normalising.drawn import paragraphs


def paths(*texts: str) -> list[tuple[str, ...]]:
    return [paragraph.section_path for paragraph in paragraphs(*texts)]


def test_headings_nest_by_their_numbering():
    assert paths(
        "前言",
        "第三部分 情况说明",
        "一、收入情况",
        "（一）总体情况",
        "1. 财政拨款",
        "正文。",
    ) == [
        (),
        ("第三部分 情况说明",),
        ("第三部分 情况说明", "一、收入情况"),
        ("第三部分 情况说明", "一、收入情况", "（一）总体情况"),
        ("第三部分 情况说明", "一、收入情况", "（一）总体情况", "1. 财政拨款"),
        ("第三部分 情况说明", "一、收入情况", "（一）总体情况", "1. 财政拨款"),
    ]


def test_a_heading_closes_those_of_its_level_and_below():
    assert paths("一、收入", "（一）总体", "二、支出", "正文。")[-2:] == [("二、支出",)] * 2
    assert paths("第一部分 概况", "一、职责", "第二部分 决算表")[-1] == ("第二部分 决算表",)


def test_levels_may_be_left_out():
    assert paths("第一部分 概况", "（一）职责", "一、机构") == [
        ("第一部分 概况",),
        ("第一部分 概况", "（一）职责"),
        ("第一部分 概况", "一、机构"),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "第十二部分 名词解释",
        "第一章 概况",
        "十二、政府采购支出情况",
        "一. 收入",
        "（三）公务接待费",
        "(三)公务接待费",
        "12、其他",
        "3.其他",
    ],
)
def test_every_usual_numbering_makes_a_heading(heading: str):
    assert paths(heading) == [(heading,)]


@pytest.mark.parametrize(
    "text",
    [
        "一、2023年度收入总计899.51万元，比上年增加",
        "1.5万元",
        "（一）支出899.51万元",
        "一、收入；",
        "1、按规定，开展工作",
        "三公经费",
        "2023年度收入",
        "一、" + "很长的标题" * 9,
        "",
    ],
    ids=repr,
)
def test_sentences_amounts_and_long_lines_are_no_headings(text: str):
    assert paths("一、收入", text)[-1] == ("一、收入",)


def test_paragraphs_are_numbered_and_keep_their_text_and_place():
    first, second = paragraphs("一、收入", "  正文 。")
    assert (first.index, second.index) == (0, 1)
    assert (second.text, second.place.path) == ("  正文 。", "body/p[2]")
    assert paragraphs() == []


def test_behind_the_last_line_of_a_page_of_contents_the_parts_begin_again():
    contents = ("目录", "一、茶叶局概况", "二、预算表", "三、预算情况说明", "四、名词解释")
    body = (
        "一、茶叶局概况",
        "种茶。",
        "三、预算情况说明",
        "收入预算5万元。",
        "四、名词解释",
        "茶：叶。",
    )
    told = [paragraph.part for paragraph in paragraphs(*contents, *body)]
    assert told[len(contents) :] == [
        Part.OVERVIEW,
        Part.OVERVIEW,
        Part.NARRATIVE,
        Part.NARRATIVE,
        Part.DEFINITIONS,
        Part.DEFINITIONS,
    ]


def test_a_page_of_contents_may_number_the_parts_otherwise():
    contents = ("目录", "第一部分 茶叶局概况", "第二部分 预算情况说明", "第三部分 名词解释")
    told = paragraphs(*contents, "一、茶叶局概况", "种茶。", "二、预算情况说明", "收入5万元。")
    assert [each.part for each in told[-3::2]] == [Part.OVERVIEW, Part.NARRATIVE]


def test_the_first_of_the_parts_may_be_none_that_is_known():
    *_, first, duty = paragraphs("目录", "一、种茶", "四、名词解释", "一、种茶", "种好茶。")
    assert (first.part, duty.part) == (Part.FRONT, Part.FRONT)


def test_terms_numbered_below_the_definitions_do_not_leave_them():
    *_, term, text = paragraphs("第四部分 名词解释", "一、茶叶收入说明", "卖茶所得。")
    assert (term.part, text.part) == (Part.DEFINITIONS, Part.DEFINITIONS)
    *_, term, text = paragraphs("四、名词解释", "（一）茶叶收入说明", "卖茶所得。")
    assert (term.part, text.part) == (Part.DEFINITIONS, Part.DEFINITIONS)


def test_a_heading_in_the_line_of_its_paragraph_is_above_what_follows():
    told = paragraphs(
        "第二部分 决算情况说明",
        "一、收入情况。收入5万元。",
        "1.茶叶收入5万元。",
        "二、机关运行经费情况。支出3万元。",
        "三、茶叶3万元，卖出2万元。",
        "四、政府采购情况",
    )
    assert [(each.section_path[1:], each.topic, each.is_heading) for each in told[1:]] == [
        (("一、收入情况",), "income", False),
        (("一、收入情况",), "income", False),
        (("二、机关运行经费情况",), "operating_cost", False),
        ((), told[0].topic, False),
        (("四、政府采购情况",), "procurement", True),
    ]


def test_a_sentence_behind_a_number_is_no_heading():
    assert paths("一、收入", "1.茶叶丰收。卖出茶叶。", "收入5万元。")[-1] == ("一、收入",)


def parts(*texts: str) -> list[Part]:
    return [paragraph.part for paragraph in paragraphs(*texts)]


def test_what_is_told_of_money_beside_the_overview_is_the_narrative():
    told = parts("一、部门基本情况", "（一）机构设置", "二、部门收支总体情况", "（一）收入预算")
    assert told == [Part.OVERVIEW, Part.OVERVIEW, Part.NARRATIVE, Part.NARRATIVE]


def test_below_the_overview_and_beside_what_is_no_money_it_goes_on():
    assert parts("第一部分 部门概况", "一、部门收支总体情况")[-1] is Part.OVERVIEW
    assert parts("一、部门基本情况", "二、机构设置", "三、人员情况")[-1] is Part.OVERVIEW


def test_the_number_of_a_form_opens_no_appendix():
    assert parts("附表9", "正文。")[-1] is Part.FRONT
    assert parts("附表：项目支出绩效自评表", "正文。")[-1] is Part.APPENDIX
