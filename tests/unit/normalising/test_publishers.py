"""A government's and a company's documents are told from a department's by all their words."""

import pytest

from pipelines.normalising.publishers import Publisher
from tests.unit.normalising.printed import published

GOVERNMENT_TITLES = (
    "2025年一般公共预算收入预算表",
    "2025年一般公共预算收支平衡表",
    "2025年税收返还和转移支付表",
    "2024年地方政府一般债务限额和余额情况表",
    "2025年社会保险基金收入预算表",
)
DEPARTMENT_TITLES = ("部门收支总表", "部门收入总表", "财政拨款收支总表", "三公经费支出表")
TAXES = ("一、税收收入", "增值税", "企业所得税", "契税", "二、非税收入")


def test_a_government_is_told_by_its_titles_and_rows():
    found = published(
        titles=GOVERNMENT_TITLES[:1], labels=(*TAXES, "转移性收入", "返还性收入", "上级补助收入")
    )
    assert found.publisher is Publisher.GOVERNMENT
    assert "一般公共预算收入预算表" in found.evidence
    assert "税收收入" in found.evidence


def test_a_government_is_told_without_rows_that_were_read():
    assert published(titles=GOVERNMENT_TITLES).publisher is Publisher.GOVERNMENT
    assert published(*GOVERNMENT_TITLES).publisher is Publisher.GOVERNMENT


def test_a_government_is_told_without_its_name_and_with_forms_like_a_departments():
    found = published(
        "政府预算公开",
        titles=(
            "2025年一般公共预算收入表",
            "2025年一般公共预算支出表",
            "2025年一般公共预算基本支出表",
            "2025年三公经费预算表",
        ),
        labels=(*TAXES, "一般公共服务支出", "合计"),
    )
    assert found.publisher is Publisher.GOVERNMENT
    assert "三公" in found.evidence


def test_the_finance_office_on_a_governments_tables_makes_no_department():
    found = published(titles=GOVERNMENT_TITLES[:2], labels=TAXES, entity="柳溪市财政局")
    assert found.publisher is Publisher.GOVERNMENT


def test_a_company_is_told_by_its_statements():
    found = published(
        titles=("合并资产负债表", "利润表", "现金流量表"),
        labels=("货币资金", "实收资本", "一、营业收入", "四、净利润"),
        entity="柳溪市水务投资有限公司",
    )
    assert found.publisher is Publisher.COMPANY
    assert "利润表" in found.evidence


@pytest.mark.parametrize(
    "lines",
    [
        ("柳溪市国资委2024年部门预算", "本部门监管国有企业，负责国有资本收益收缴。"),
        (
            "柳溪市财政局2024年部门预算",
            "（三）负责政府债务限额管理，编制社会保险基金预算，组织税收收入、转移性收入入库。",
        ),
        ("柳溪市税务局2023年度部门决算", "组织增值税、企业所得税征收。"),
    ],
    ids=["owner", "finance", "taxes"],
)
def test_duties_for_government_and_companies_leave_a_department_one(lines: tuple[str, ...]):
    found = published(*lines, titles=DEPARTMENT_TITLES, labels=("财政拨款收入", "事业收入"))
    assert found.publisher is Publisher.DEPARTMENT
    assert "部门" in found.evidence


def test_a_finance_office_that_prints_transfers_beside_its_own_forms_is_a_department():
    found = published(
        "柳溪市财政局2024年部门预算公开",
        titles=(*DEPARTMENT_TITLES, "市对下转移支付预算表", "政府债务限额余额情况表"),
        labels=("财政拨款收入", "事业收入", "税收收入"),
        entity="柳溪市财政局",
    )
    assert found.publisher is Publisher.DEPARTMENT
    assert "against it: 政府债务限额余额情况" in found.evidence


def test_a_departments_financial_report_makes_no_company():
    found = published(
        "柳溪市林业局2023年度部门决算",
        titles=("收入支出决算总表", "资产负债表", "收入费用表", "净资产变动表"),
        labels=("货币资金", "长期借款"),
    )
    assert found.publisher is Publisher.DEPARTMENT


@pytest.mark.parametrize(
    ("titles", "labels"),
    [
        (("利润表",), ()),
        (("一般公共预算收入表",), ()),
        ((), ("税收收入",)),
        (("政府预算支出经济分类表",), ("上级补助收入",)),
        ((), ()),
    ],
    ids=["one statement", "one title", "one row", "economic classes", "nothing"],
)
def test_one_word_never_decides(titles: tuple[str, ...], labels: tuple[str, ...]):
    assert published(titles=titles, labels=labels).publisher is Publisher.DEPARTMENT


def test_a_wording_counts_once_however_often_it_is_printed():
    assert published(titles=["一般公共预算收入表"] * 9).publisher is Publisher.DEPARTMENT


def test_nothing_printed_is_said_to_be_nothing():
    assert published().evidence.startswith("Nothing printed says")


TAX_ROWS = ("税收收入", "转移性收入", "国有土地使用权出让收入")
FEW_WORDS = ("三公经费预算表", "机关运行经费表")
STATEMENTS = ("资产负债表", "利润表", "现金流量表")


@pytest.mark.parametrize(
    ("titles", "labels", "publisher"),
    [
        ((*FEW_WORDS, "整体支出绩效目标表"), TAX_ROWS, Publisher.GOVERNMENT),
        ((*FEW_WORDS, "整体支出绩效目标表", "基本支出表"), TAX_ROWS, Publisher.DEPARTMENT),
        ((*FEW_WORDS, *STATEMENTS, "收入费用表"), (), Publisher.COMPANY),
        ((*FEW_WORDS, *STATEMENTS, "收入费用表", "项目支出表"), (), Publisher.DEPARTMENT),
    ],
    ids=["taxes", "as many words", "statements", "as many words beside statements"],
)
def test_the_heavier_words_decide_and_for_a_department_where_they_are_even(
    titles: tuple[str, ...], labels: tuple[str, ...], publisher: Publisher
):
    assert published(titles=titles, labels=labels).publisher is publisher


def test_a_department_named_on_the_tables_outweighs_a_few_words():
    titles, labels = ("2025年一般公共预算收入表", "部门收支总表"), ("税收收入", "契税")
    assert published(titles=titles, labels=labels).publisher is Publisher.GOVERNMENT
    named = published(titles=titles, labels=labels, entity="柳溪市茶叶局")
    assert named.publisher is Publisher.DEPARTMENT


@pytest.mark.parametrize(
    ("titles", "labels", "publisher"),
    [
        (("利润表", "损益表", "现金流量表"), (), Publisher.DEPARTMENT),
        (("利润表", "现金流量表", "资产负债表"), (), Publisher.COMPANY),
        (("利润表",), ("营业收入",), Publisher.COMPANY),
        (("利润表",), ("营业成本",), Publisher.DEPARTMENT),
        (("一般公共预算收入表",), ("税收收入",), Publisher.DEPARTMENT),
        (("一般公共预算收入表",), ("税收收入", "增值税"), Publisher.GOVERNMENT),
        (("税收返还表", "资产负债表", "利润表", "现金流量表"), (), Publisher.COMPANY),
    ],
    ids=["five", "seven", "six", "five of two", "five of a government", "seven", "the heavier"],
)
def test_six_are_enough_and_the_heavier_wins(
    titles: tuple[str, ...], labels: tuple[str, ...], publisher: Publisher
):
    assert published(titles=titles, labels=labels).publisher is publisher


@pytest.mark.parametrize(
    ("titles", "entity", "publisher"),
    [
        (("税收返还表", "一般公共预算收入表", "内设机构表"), "柳溪市茶叶局", Publisher.DEPARTMENT),
        (("税收返还表", "一般公共预算收入表"), "柳溪市茶叶局", Publisher.GOVERNMENT),
        (("税收返还表", "一般公共预算收入表", "内设机构表"), "柳溪市财政局", Publisher.GOVERNMENT),
        (("税收返还表", "一般公共预算收入表", "内设机构表"), "柳溪县白石镇", Publisher.GOVERNMENT),
        (("税收返还表", "一般公共预算收入表", "内设机构表"), "", Publisher.GOVERNMENT),
        (("利润表",), "柳溪市水务公司", Publisher.COMPANY),
        (("资产负债表",), "柳溪市水务公司", Publisher.DEPARTMENT),
    ],
    ids=["five and two", "five", "finance office", "town", "nobody", "three and three", "and two"],
)
def test_a_body_named_on_the_tables_weighs_five_and_a_company_three(
    titles: tuple[str, ...], entity: str, publisher: Publisher
):
    assert published(titles=titles, entity=entity).publisher is publisher


def test_a_text_that_speaks_of_itself_weighs_three_once():
    titles = ("税收返还表", "一般公共预算收入表")
    assert published("甲。" * 30 + "我局", titles=titles).publisher is Publisher.GOVERNMENT
    words = published("甲。" * 30 + "我局。本单位。", titles=("利润表", "损益表", "营业收入表"))
    assert words.publisher is Publisher.DEPARTMENT
    assert "我局" in words.evidence


def test_the_evidence_quotes_six_words_the_heaviest_first():
    found = published(titles=("三公经费表", "收入费用表", "部门决算表"))
    assert (
        found.evidence == "It prints words of a department's or unit's: 部门决算, 收入费用表, 三公."
    )
    many = published(
        titles=(
            *("三公经费表", "基本支出表", "项目支出表", "机关运行经费表", "内设机构表"),
            *("部门决算表", "收入费用表"),
        )
    )
    assert many.evidence.endswith("三公, 基本支出, ….")
    assert len(many.evidence.split(": ")[1].split(", ")) == 7
    few = ("三公经费表", "基本支出表", "项目支出表", "机关运行经费表", "内设机构表", "部门决算表")
    assert published(titles=few).evidence.endswith("项目支出.")


def test_words_for_somebody_else_are_told_where_nothing_speaks_for_a_department():
    assert published(titles=("利润表",)).evidence == (
        "Nothing printed says that it is a government's or a company's."
        " Fewer or weaker words speak against it: 利润表."
    )
