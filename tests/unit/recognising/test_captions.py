"""The lines around a form: what is a title, a unit, a body's name, a note."""

import pytest

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.place import Place
from pipelines.recognising.captions import (
    CaptionLine,
    Captions,
    caption_lines,
    caption_parts,
    declares_empty,
    empty_statement,
    entity_in,
    is_caption_row,
    is_note,
    is_only_caption,
    is_prose,
    looks_like_form_title,
    loose_amounts,
    read_captions,
    title_as_printed,
    titled_forms,
    unit_in,
)
from pipelines.recognising.catalogue import load_catalogue

CATALOGUE = load_catalogue()


def lines(*texts: str) -> list[CaptionLine]:
    return [CaptionLine(text, Place(path=f"body/p[{number}]")) for number, text in enumerate(texts)]


def captions(*texts: str) -> Captions:
    return read_captions(lines(*texts), CATALOGUE)


def form_names(read: Captions) -> list[str]:
    return [spec.form for spec in read.forms]


def form_of(title: str) -> str:
    forms = titled_forms(title, CATALOGUE)
    return forms[0].form if len(forms) == 1 else ""


@pytest.mark.parametrize(
    "prefix",
    [
        "",
        "2023年度",
        "2023年",
        "2024年部门",
        "2024年预算单位",
        "2024年单位",
        "本部门",
        "部门本级",
        "某县水利局",
        "某县水利局2023年度",
        "某县水利局2023年度部门",
        "某县水利局（本级）",
        "某市某区人民政府某街道办事处",
        "某省某委员会",
        "某县第一中学",
        "公开01表 ",
        "（公开08表）",
        "表一：",
        "表1 ",
        "附表3：",
        "一、",
        "（三）",
        "3.",
        "财决01表",
    ],
    ids=repr,
)
@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("收入支出决算总表", "income_expenditure_summary"),
        ("收入决算表", "income"),
        ("政府性基金预算财政拨款收入支出决算表", "government_fund"),
    ],
)
def test_year_level_body_and_number_may_stand_before_a_title(prefix: str, title: str, form: str):
    assert form_of(prefix + title) == form


@pytest.mark.parametrize(
    "suffix",
    ["", "（公开01表）", "（续）", "（续表）", "（本级）", "（汇总）", "（2023年度）", " 公开01表"],
    ids=repr,
)
def test_number_level_and_year_may_stand_behind_a_title(suffix: str):
    assert form_of(f"收入决算表{suffix}") == "income"


@pytest.mark.parametrize(
    ("title", "ending"),
    [
        ("项目支出决算表", "expenditure"),
        ("机关运行经费支出决算表", "expenditure"),
        ("政府采购支出决算表", "expenditure"),
        ("会议费支出决算表", "expenditure"),
        ("财政拨款支出决算表", "expenditure"),
        ("扶贫专项资金支出决算表", "expenditure"),
        ("一般公共预算财政拨款项目支出决算表", "general_budget_expenditure"),
        ("政府性基金预算财政拨款基本支出决算表", "government_fund"),
        ("收入决算表（分单位）", "income"),
    ],
)
def test_a_title_that_only_ends_like_another_form_is_not_that_form(title: str, ending: str):
    assert form_of(title) != ending


@pytest.mark.parametrize(
    "title",
    [
        "扶贫专项资金支出决算表",
        "社会保险基金支出决算表",
        "收入决算表说明",
        "收入决算表的填报",
        "一、收入决算情况说明",
        "收入决算表5",
        "收入决算表…………5",
        "收入决算",
        "表",
        "",
    ],
    ids=repr,
)
def test_a_line_that_is_no_title_begins_no_form(title: str):
    """Better no form than the wrong one."""
    assert form_of(title) == ""


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("支出决算表", "expenditure"),
        ("收入支出决算表", "income_expenditure_summary"),
        ("财政拨款收入支出决算总表", "appropriation_summary"),
        ("一般公共预算财政拨款支出决算表", "general_budget_expenditure"),
        ("国有资本经营预算财政拨款支出决算表", "state_capital"),
        ("财政拨款收支预算总表", "budget_appropriation_summary"),
        ("2025年部门财务收支预算总表", "budget_summary"),
        ("一般公共预算基本支出部门预算经济分类预算表", "budget_basic_expenditure"),
        ("财政拨款“三公”经费支出决算表", "three_public"),
        ("财政拨款三公”经费支出决算表", "three_public"),
    ],
)
def test_the_longest_title_that_ends_the_line_wins(title: str, form: str):
    assert form_of(title) == form


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("项目支出决算表", True),
        ("国有资产使用情况表", True),
        ("公开10表 政府采购情况表", True),
        ("收入决算表（分单位）", True),
        ("名单表", False),
        ("收入决算情况说明", False),
        ("见附件中的收入决算表。", False),
        ("收入：决算表", False),
    ],
)
def test_a_line_that_claims_to_be_some_form_is_told(text: str, claims: bool):  # noqa: FBT001
    assert looks_like_form_title(text) is claims


def test_title_number_body_and_unit_are_read_together():
    read = captions("收入决算表", "公开02表", "部门：某县水利局", "单位：万元")
    assert (form_names(read), read.title, read.number_text, read.entity_text, read.unit) == (
        ["income"],
        "收入决算表",
        "公开02表",
        "某县水利局",
        PrintedUnit.WAN_YUAN,
    )
    assert read.place == Place(path="body/p[0]")


def test_all_of_it_may_stand_on_one_line():
    read = captions("收入决算表", "部门：某县水利局 公开02表 金额单位：元")
    assert (read.number_text, read.entity_text, read.unit) == (
        "公开02表",
        "某县水利局",
        PrintedUnit.YUAN,
    )


@pytest.mark.parametrize(
    "printed", ["公开02表 收入决算表", "收入决算表（公开02表）", "收入决算表 公开 02 表"]
)
def test_the_title_loses_the_number_printed_with_it(printed: str):
    read = captions(printed, "单位：万元")
    assert (read.title, read.number_text) == ("收入决算表", "公开02表")


def test_of_several_titles_the_last_one_counts():
    """A contents list comes first, or the form before this one was no table."""
    read = captions("收入决算表", "支出决算表", "单位：万元")
    assert form_names(read) == ["expenditure"]


@pytest.mark.parametrize(
    "between",
    [
        "第三部分 部门决算情况说明",
        "一、收入情况",
        "（一）总体情况",
        "以上各表金额单位为万元。",
        "长" * 61,
    ],
    ids=["part", "heading", "sub-heading", "sentence", "paragraph"],
)
def test_a_title_of_a_contents_list_is_no_caption(between: str):
    assert captions("收入决算表", between).forms == ()


def test_the_unit_of_another_form_is_not_taken():
    read = captions("支出决算表", "单位：元", "收入决算表", "部门：某县水利局")
    assert read.unit is None


@pytest.mark.parametrize(
    ("texts", "form", "title"),
    [
        (("一般公共预算财政拨款", "支出决算表"), "general_budget_expenditure", None),
        (
            ("一般公共预算", "财政拨款基本", "支出决算表"),
            "basic_expenditure",
            None,
        ),
        (("2023年度", "收入决算表"), "income", "收入决算表"),
        (("某县水利局", "收入决算表"), "income", "收入决算表"),
    ],
    ids=["two lines", "three lines", "year above", "body above"],
)
def test_a_title_broken_over_lines_is_put_together(
    texts: tuple[str, ...], form: str, title: str | None
):
    read = captions(*texts, "单位：万元")
    assert (form_names(read), read.title) == ([form], title or "".join(texts))


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("编制单位：某县水利局    2023年度    金额单位：万元", 2023),
        ("公开03表 2023年 单位：元", 2023),
        ("2023年度", 2023),
        ("2023年决算数与2022年", None),
        ("填报日期：2024年3月1日", None),
        ("部门：某县水利局2023年度工程处", None),
    ],
)
def test_a_year_by_itself_beside_unit_or_body_is_the_forms(line: str, year: int | None):
    assert captions("支出决算表", line).year == year


def test_lines_without_a_title_still_say_the_unit():
    read = captions("部门：某县水利局", "单位：万元")
    assert (read.forms, read.title, read.unit, read.entity_text, read.place) == (
        (),
        "",
        PrintedUnit.WAN_YUAN,
        "某县水利局",
        None,
    )


def test_no_lines_say_nothing():
    assert captions() == Captions(
        forms=(),
        title="",
        is_titled=False,
        number_text="",
        unit=None,
        entity_text="",
        place=None,
    )


def test_the_nearest_line_that_is_no_other_caption_is_the_title_of_a_table_of_no_known_form():
    read = captions("前言", "水库除险加固明细", "部门：某县水利局", "单位：万元")
    assert (read.forms, read.title, read.is_titled) == ((), "水库除险加固明细", False)
    assert read.place == Place(path="body/p[1]")


@pytest.mark.parametrize("title", ["扶贫专项资金支出决算表", "公开10表 扶贫专项资金支出决算表"])
def test_a_form_s_title_that_nobody_knows_is_a_title_all_the_same(title: str):
    read = captions(title, "单位：万元")
    assert (read.forms, read.title, read.is_titled) == ((), "扶贫专项资金支出决算表", True)


@pytest.mark.parametrize("line", ["本部门有下列车辆。", "长" * 61, "12", "- 3 -"])
def test_sentences_and_page_numbers_are_no_titles(line: str):
    assert captions(line, "单位：万元").title == ""


def test_a_title_that_two_kinds_of_documents_share_names_a_form_of_each():
    read = captions("“三公”经费支出情况表", "单位：万元")
    assert form_names(read) == ["three_public", "budget_three_public"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", PrintedUnit.WAN_YUAN),
        ("单位:万元", PrintedUnit.WAN_YUAN),
        ("（单位：万元）", PrintedUnit.WAN_YUAN),
        ("单位（万元）", PrintedUnit.WAN_YUAN),
        ("单 位 ： 万 元", PrintedUnit.WAN_YUAN),
        ("单位万元", PrintedUnit.WAN_YUAN),
        ("金额单位：元", PrintedUnit.YUAN),
        ("计量单位：元", PrintedUnit.YUAN),
        ("单位：亿元", PrintedUnit.YI_YUAN),
        ("编制单位：某局 单位：元", PrintedUnit.YUAN),
        ("单位：万元公开01表", PrintedUnit.WAN_YUAN),
        ("单位：元公开01表部门：某县水利局", PrintedUnit.YUAN),
        ("单位：千元", PrintedUnit.QIAN_YUAN),
        ("单位：某局", None),
        ("万元", PrintedUnit.WAN_YUAN),
        ("（万元）", PrintedUnit.WAN_YUAN),
        ("合计万元", None),
        ("部门：某局", None),
        ("", None),
    ],
    ids=repr,
)
def test_the_unit_is_read_in_all_its_printings(text: str, unit: PrintedUnit | None):
    assert unit_in(text) is unit


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("部门：某县水利局", "某县水利局"),
        ("部门:某县水利局", "某县水利局"),
        ("编制单位：某县水利局", "某县水利局"),
        ("填报单位：某县水利局（本级）", "某县水利局(本级)"),
        ("公开部门：某县 水利局", "某县水利局"),
        ("单位名称：某县水利局 2023年度", "某县水利局"),
        ("部门：某县水利局 单位：万元", "某县水利局"),
        ("部门：某县水利局金额单位：万元", "某县水利局"),
        ("部门：某县水利局公开02表", "某县水利局"),
        ("部门：", ""),
        ("部门： 单位：万元", ""),
        ("部门公开02表", ""),
        ("单位：万元", ""),
        ("本部门：概况", ""),
    ],
    ids=repr,
)
def test_the_body_is_read_and_nothing_behind_it(text: str, body: str):
    assert entity_in(text, CATALOGUE) == body


@pytest.mark.parametrize(
    ("text", "is_caption"),
    [
        ("收入决算表", True),
        ("公开02表", True),
        ("部门：", True),
        ("单位：万元", True),
        ("部门：某局单位：万元", True),
        ("项目本年收入合计", False),
        ("合计899.51", False),
        ("2080505机关事业单位基本养老保险缴费支出", False),
    ],
)
def test_caption_rows_are_told_from_the_grid(text: str, is_caption: bool):  # noqa: FBT001
    assert is_caption_row(text, CATALOGUE) is is_caption


@pytest.mark.parametrize(
    "text",
    [
        "注：本表反映部门本年度收入。",
        "注:1.本表反映部门本年度收入。",
        "注1：本表反映部门本年度收入。",
        "说明：本单位无此项。",
        "备注：无",
        "注、见表二",
        "本部门没有政府性基金收入，故本表无数据。",
        "本表为空表",
    ],
)
def test_notes_and_statements_of_emptiness_are_notes(text: str):
    assert is_note(text, CATALOGUE)


@pytest.mark.parametrize(
    "text",
    [
        *("注册资本", "说明书", "备注", "本表反映收入", "2.本表可能有误差", ""),
        *("是否空表", "是否为空表", "空表理由", "本表为空的原因"),
    ],
)
def test_words_that_begin_like_a_note_are_none(text: str):
    assert not is_note(text, CATALOGUE)


@pytest.mark.parametrize(
    "text", ["故本表无数据。", "本 表 为 空 表", "本表为空", "无此项内容", "没有数据"]
)
def test_emptiness_is_declared_in_several_words(text: str):
    assert declares_empty(text, CATALOGUE)


@pytest.mark.parametrize(
    ("subject", "forms"),
    [
        ("政府性基金", ("government_fund", "budget_government_fund")),
        ("国有资本经营预算", ("state_capital", "budget_state_capital")),
        ("“三公”经费", ("three_public", "budget_three_public")),
        ("此类", ()),
    ],
)
def test_a_statement_of_emptiness_names_the_forms_it_speaks_of(
    subject: str, forms: tuple[str, ...]
):
    notes = f"注：1.本表反映收支。\n2.本部门没有{subject}支出，故本表无数据。"
    assert empty_statement(notes, CATALOGUE) == (
        f"2.本部门没有{subject}支出，故本表无数据。",
        forms,
    )


def test_notes_without_such_a_statement_declare_nothing():
    assert empty_statement("注：本表反映收支。", CATALOGUE) == ("", ())
    assert empty_statement("", CATALOGUE) == ("", ())


@pytest.mark.parametrize(
    ("line", "entity"),
    [
        ("部门蓝田县水文勘测局", "蓝田县水文勘测局"),
        ("编制单位蓝田县水文中心 公开03表", "蓝田县水文中心"),
        ("部门收支决算总表", ""),
        ("部门及所属单位", ""),
        ("部门预算", ""),
    ],
)
def test_a_body_is_named_though_its_colon_is_lost(line: str, entity: str):
    assert entity_in(line, CATALOGUE) == entity
    assert is_only_caption(line, CATALOGUE) == bool(entity)


@pytest.mark.parametrize(("filling", "is_parted"), [(100, True), (101, False)])
def test_only_a_short_paragraph_is_taken_apart(filling: int, is_parted: bool):  # noqa: FBT001
    """Of 120 characters it is one line of captions, of 121 it is prose."""
    text = "甲" * filling + "支出决算表 编制单位：某县水利局单位：元"
    parts = [line.text for line in caption_lines(text, Place())]
    assert len(text) == filling + 20
    assert parts == (
        ["甲" * filling + "支出决算表 ", "编制单位：某县水利局", "单位：元"]
        if is_parted
        else [text]
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("支出决算表\n公开03表\n部门：某局", ["支出决算表", "公开03表", "部门：某局"]),
        (" 支出决算表 \n\n 公开03表", ["支出决算表", "公开03表"]),
        ("扶贫资金支出表\n单位：元", ["扶贫资金支出表", "单位：元"]),
        ("支出决\n算表", ["支出决\n算表"]),
        ("部门：某局\n单位：元", ["部门：某局\n单位：元"]),
        ("支出决算表\n", ["支出决算表\n"]),
        ("", [""]),
    ],
)
def test_a_cell_of_several_lines_is_taken_apart_where_one_is_a_title(text: str, parts: list[str]):
    assert caption_parts(text, CATALOGUE) == parts


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("公开03表：支出决算表", "支出决算表"),
        ("支 出 决 算 表", "支 出 决 算 表"),
        ("公开03表 支 出 决 算 表 ", "支 出 决 算 表"),
        ("支 出 决算表 公开03表", "支 出 决算表"),
        ("表一、支出 决算表（2023年）", "支出 决算表（2023年）"),
        ("公开03表", "公开03表"),
        ("  ", ""),
        ("1.支出表支出表", "支出表支出表"),
    ],
)
def test_a_title_is_printed_as_it_is_without_its_number(text: str, title: str):
    assert title_as_printed(text) == title


@pytest.mark.parametrize(("length", "form"), [(40, "expenditure"), (41, "")])
def test_the_name_of_a_body_before_a_title_has_an_end(length: int, form: str):
    assert form_of("某" * (length - 1) + "局支出决算表") == form


@pytest.mark.parametrize(("length", "form"), [(80, "income"), (81, "")])
def test_a_title_has_an_end(length: int, form: str):
    title = "收入决算表"
    assert form_of("全年" * ((length - 5) // 2) + "总" * ((length - 5) % 2) + title) == form


@pytest.mark.parametrize(
    ("prefix", "form"),
    [
        ("某县水利局2023年部门", "expenditure"),
        ("某县水利局部门", "expenditure"),
        ("某县水利局（汇总）", "expenditure"),
        ("某县水利", ""),
        ("某县水利2023年", ""),
        ("水利部门", ""),
    ],
)
def test_only_a_body_s_name_stands_before_a_title(prefix: str, form: str):
    assert form_of(f"{prefix}支出决算表") == form


@pytest.mark.parametrize(
    ("above", "title", "is_titled"),
    [
        (("甲" * 60,), "甲" * 60, False),
        (("甲" * 61,), "", False),
        (("某某情况", "2023年度"), "某某情况", False),
        (("某某情况", "单位：平方米"), "某某情况", False),
        (("某某情况", "— 3 —"), "某某情况", False),
        (("某某情况", ""), "某某情况", False),
        (("某某情况", "公开05表", "部门：某局"), "某某情况", False),
        (("某某情况", "以上为说明。"), "", False),
        (("甲支出表", "计量单位：平方米支出表"), "甲支出表", True),
    ],
)
def test_the_nearest_line_above_is_the_title(above: tuple[str, ...], title: str, is_titled: bool):  # noqa: FBT001
    read = captions(*above)
    assert (read.title, read.is_titled) == (title, is_titled)


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("单位：人", True),
        ("单位：辆", True),
        ("计量单位:（平方米）", True),
        ("单位：万元", False),
        ("单位：某局", False),
        ("部门：某局", False),
        ("单位：人、辆", False),
    ],
)
def test_a_unit_may_be_one_of_things(line: str, counts: bool):  # noqa: FBT001
    assert captions("某某情况表", line).counts_things is counts


@pytest.mark.parametrize(
    ("above", "forms"),
    [
        (("一般公共预算财政拨款", "项目", "支出决算表"), []),
        (("政府性基金预算", "公开03表", "支出决算表"), ["expenditure"]),
        (("某县水利局政府性基金", "甲乙丙", "支出决算表"), []),
        (("政府性基金预算情况说明", "支出决算表"), ["expenditure"]),
        (("政府性基金", "甲", "乙", "丙", "支出决算表"), ["expenditure"]),
        (("甲乙丙", "支出决算表"), ["expenditure"]),
        (("一、政府性基金", "支出决算表"), ["government_fund"]),
    ],
)
def test_what_names_some_money_right_above_a_title_is_its_beginning(
    above: tuple[str, ...], forms: list[str]
):
    assert form_names(captions(*above)) == forms


@pytest.mark.parametrize(
    ("above", "title", "forms"),
    [
        (("政府性基金预算财政拨款", "收入支出决算表"),
         "政府性基金预算财政拨款收入支出决算表", ["government_fund"]),
        (("政府性基金预算", "财政拨款", "收入支出决算表"),
         "政府性基金预算财政拨款收入支出决算表", ["government_fund"]),
        (("收入决算表", "支出决算表"), "支出决算表", ["expenditure"]),
        (("支出决算表", "表一"), "支出决算表", ["expenditure"]),
        (("支出决", "算表"), "支出决算表", ["expenditure"]),
        (("支", "出决", "算表"), "支出决算表", ["expenditure"]),
        (("支", "出", "决", "算表"), "算表", []),
        (("2024年部门预算", "收入支出总表"), "收入支出总表", ["budget_summary"]),
    ],
)  # fmt: skip
def test_a_title_is_broken_over_three_lines_at_most(
    above: tuple[str, ...], title: str, forms: list[str]
):
    read = captions(*above)
    assert (read.title, form_names(read)) == (title, forms)


@pytest.mark.parametrize(
    ("above", "unit"),
    [
        (("单位：万元", "支出决算表"), PrintedUnit.WAN_YUAN),
        (("单位：万元", "公开03表", "部门：某局", "支出决算表"), PrintedUnit.WAN_YUAN),
        (("收入决算表", "单位：万元", "支出决算表"), None),
        (("单位：万元", "某某情况。", "支出决算表"), None),
        (("某某情况。", "单位：万元", "支出决算表"), PrintedUnit.WAN_YUAN),
        (("单位：元", "单位：万元", "支出决算表"), PrintedUnit.WAN_YUAN),
        (("单位：万元", "支出决算表", "单位：元"), PrintedUnit.YUAN),
        (("支出决算表",), None),
    ],
)
def test_a_unit_right_above_a_title_is_its_own(above: tuple[str, ...], unit: PrintedUnit | None):
    assert captions(*above).unit == unit


@pytest.mark.parametrize(
    ("text", "amounts", "prose"),
    [
        ("合计 1,234.50 12.00", ["1,234.50", "12.00"], False),
        ("合计 -12.00 1,234", ["-12.00", "1,234"], False),
        ("合计 12 12.5 12.345", [], False),
        ("支出 12.00万元", [], False),
        ("增长 12.00%", [], False),
        ("支出12.00，收入3.00", [], True),
        ("支出 12.00。", [], True),
        ("合计 1.00 注：含3.00，其中4.00。", ["1.00"], False),
        ("合计 1,000.00", ["1,000.00"], False),
    ],
)
def test_amounts_that_stand_loose_on_a_line(text: str, amounts: list[str], prose: bool):  # noqa: FBT001
    assert loose_amounts(text, CATALOGUE) == amounts
    assert is_prose(text, CATALOGUE) is prose


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("公开03表", "公开03表"),
        ("附 公开 03 表 单位：元", "公开03表"),
        ("公开3表", "公开3表"),
        ("表3", "表3"),
        ("（表3-2）", "表3-2"),
        ("预算03-2表", "预算03-2表"),
        ("部门公开表3 单位：元", "部门公开表3"),
        ("公开表三", "公开表三"),
        ("编制单位：某局 财决03表 单位：元", "财决03表"),
        ("附件3", ""),
        ("三、", ""),
        ("表示", ""),
        ("某某报告第3表格", ""),
    ],
)
def test_the_number_of_a_form(text: str, number: str):
    assert captions("支出决算表", text).number_text == number


@pytest.mark.parametrize(
    ("text", "is_only"),
    [
        ("公开03表", True),
        ("单位：万元", True),
        ("（万元）", True),
        ("公开03表 单位：万元", True),
        ("部门：某局 单位：万元", True),
        ("", True),
        ("支出决算表", False),
        ("公开03表 支出", False),
        ("1.00", False),
    ],
)
def test_a_line_of_captions_alone(text: str, is_only: bool):  # noqa: FBT001
    assert is_only_caption(text, CATALOGUE) is is_only


@pytest.mark.parametrize(
    ("text", "is_caption"),
    [
        ("附03表", True),
        ("计量单位：平方米", True),
        ("扶贫资金支出明细表", True),
        ("单位名称", False),
        ("合计", False),
    ],
)
def test_numbers_and_units_of_things_are_caption_rows(text: str, is_caption: bool):  # noqa: FBT001
    assert is_caption_row(text, CATALOGUE) is is_caption


def test_of_several_sentences_the_one_that_declares_emptiness_is_quoted():
    notes = "注：一。\n本单位没有政府性基金收入，故本表无数据。其他。"
    sentence, named = empty_statement(notes, CATALOGUE)
    assert sentence == "本单位没有政府性基金收入，故本表无数据。"
    assert "government_fund" in named
