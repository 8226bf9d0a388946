"""A sentence claims what stands right behind a label, and nothing that must be guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lark import Token

from pipelines.domain.disclosure import Claim, ClaimKind, Direction, DocumentKind, Reading
from pipelines.normalising.narrative.lexicon import load_wording
from pipelines.normalising.narrative.numbers import UNREAD
from pipelines.normalising.narrative.phrases import parse, terminals
from tests.unit.normalising.drawn import claims, stated

PROCUREMENT = (
    "本部门2023年度政府采购支出总额100.00万元，其中：政府采购货物支出60.00万元、"
    "政府采购工程支出30.00万元、政府采购服务支出10.00万元。授予中小企业合同金额80.00万元，"
    "占政府采购支出总额的80%，其中：授予小微企业合同金额40.00万元，占授予中小企业合同金额的50.0%；"
    "货物采购授予中小企业合同金额占货物支出金额的60%，工程采购授予中小企业合同金额占工程支出金额的"
    "100.00%，服务采购授予中小企业合同金额占服务支出金额的0%。"
)
ASSETS = (
    "截至2023年12月31日，本单位共有车辆5辆，其中，部级领导干部用车0辆、机要通信用车2辆、"
    "应急保障用车1辆、其他用车2辆，其他用车主要是公务用车；单位价值50万元以上通用设备3台（套），"
    "无单位价值100万元以上专用设备。"
)


def clear(*texts: str) -> list[Claim]:
    """The claims that can be read in one way only."""
    return [claim for claim in stated(*texts) if claim.reading is Reading.CLEAR]


def test_amounts_are_claimed_in_yuan_as_printed():
    found = claims(PROCUREMENT)
    assert {
        subject: (claim.kind, claim.value_text, claim.value, claim.scale, claim.unit)
        for subject, claim in found.items()
        if claim.kind is ClaimKind.AMOUNT
    } == {
        "procurement.total": (ClaimKind.AMOUNT, "100.00", Decimal(1_000_000), 2, "万元"),
        "procurement.goods": (ClaimKind.AMOUNT, "60.00", Decimal(600_000), 2, "万元"),
        "procurement.works": (ClaimKind.AMOUNT, "30.00", Decimal(300_000), 2, "万元"),
        "procurement.services": (ClaimKind.AMOUNT, "10.00", Decimal(100_000), 2, "万元"),
        "procurement.sme": (ClaimKind.AMOUNT, "80.00", Decimal(800_000), 2, "万元"),
        "procurement.micro": (ClaimKind.AMOUNT, "40.00", Decimal(400_000), 2, "万元"),
    }


def test_shares_are_claimed_with_what_they_are_of():
    found = claims(PROCUREMENT)
    assert {
        subject: (claim.value_text, claim.value, claim.scale, claim.unit, claim.base)
        for subject, claim in found.items()
        if claim.kind is ClaimKind.SHARE
    } == {
        "procurement.sme_share": ("80", Decimal(80), 0, "%", "procurement.total"),
        "procurement.micro_share": ("50.0", Decimal(50), 1, "%", "procurement.sme"),
        "procurement.sme_in_goods_share": ("60", Decimal(60), 0, "%", "procurement.goods"),
        "procurement.sme_in_works_share": ("100.00", Decimal(100), 2, "%", "procurement.works"),
        "procurement.sme_in_services_share": ("0", Decimal(0), 0, "%", "procurement.services"),
    }


def test_counts_are_claimed_with_their_unit():
    assert {
        subject: (claim.kind, claim.value, claim.unit) for subject, claim in claims(ASSETS).items()
    } == {
        "assets.vehicles.total": (ClaimKind.COUNT, 5, "辆"),
        "assets.vehicles.ministerial": (ClaimKind.COUNT, 0, "辆"),
        "assets.vehicles.courier": (ClaimKind.COUNT, 2, "辆"),
        "assets.vehicles.emergency": (ClaimKind.COUNT, 1, "辆"),
        "assets.vehicles.other": (ClaimKind.COUNT, 2, "辆"),
        "assets.equipment.general_500k": (ClaimKind.COUNT, 3, "台（套）"),
        "assets.equipment.special_1m": (ClaimKind.COUNT, 0, ""),
    }


def test_a_claim_knows_its_section_sentence_and_place():
    claim = claims("（一）政府采购支出情况", "前句。本年度政府采购支出总额 5 万元。后句。")[
        "procurement.total"
    ]
    assert (claim.section_path[-1], claim.sentence, claim.place.path) == (
        "（一）政府采购支出情况",
        "本年度政府采购支出总额 5 万元。",
        "body/p[2]",
    )


@pytest.mark.parametrize(
    "filler", ["", "为", "是", "共", "共计", "合计", "约", "：", " ", "为人民币", "支出", "金额为"]
)
def test_a_filler_may_stand_between_label_and_number(filler: str):
    claim = claims(f"政府采购支出总额{filler}12.5万元。")["procurement.total"]
    assert claim.value == 125_000


@pytest.mark.parametrize(
    "sentence",
    [
        "政府采购支出总额比上年增加10万元。",
        "政府采购支出总额较2022年度的10万元有所减少。",
        "政府采购支出总额增加，主要原因是设备购置5万元。",
        "政府采购支出总额占比为50%。",
        "政府采购支出总额10个。",
        "政府采购支出总额见附表。",
    ],
)
def test_a_number_that_is_not_the_labels_own_is_no_claim(sentence: str):
    own = [claim for claim in clear(sentence) if claim.subject == "procurement.total.actual"]
    assert [claim.value for claim in own if claim.kind is ClaimKind.AMOUNT] == []


@pytest.mark.parametrize("border", ["。", "；", "！"])
def test_a_number_never_crosses_the_end_of_a_sentence(border: str):
    assert clear(f"政府采购支出总额{border}10万元已支付。") == []


def test_what_cannot_be_told_is_kept_as_ambiguous():
    (claim,) = stated("政府采购支出总额10个。")
    assert claim.reading is Reading.AMBIGUOUS
    assert claim.reading_note


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1,234.50万元", Decimal(12_345_000)),
        ("0.5亿元", Decimal(50_000_000)),
        ("12345.67元", Decimal("12345.67")),
        ("１２．５万元", Decimal(125_000)),
        ("12.5 万 元", Decimal(125_000)),
        ("0万元", Decimal(0)),
        ("-3万元", Decimal(-30_000)),
    ],
)
def test_amounts_are_read_in_every_printing(printed: str, value: Decimal):
    assert claims(f"政府采购支出总额{printed}。")["procurement.total"].value == value


@given(st.decimals(min_value=0, max_value=10**8, places=2), st.booleans())
def test_any_amount_is_read_back(number: Decimal, separated: bool):  # noqa: FBT001
    printed = f"{number:,f}" if separated else f"{number:f}"
    claim = claims(f"政府采购支出总额{printed}万元。")["procurement.total"]
    assert (claim.value, claim.scale, claim.value_text) == (number * 10_000, 2, printed)


@pytest.mark.parametrize(
    "words",
    [
        "占政府采购支出总额的80%",
        "占政府采购支出总额80%",
        "占政府采购支出总额的比重为80%",
        "占政府采购支出总额的比例是80%",
        "占政府采购总额的80.0%",
        "占采购支出总额的80％",
    ],
)
def test_a_share_is_read_in_several_wordings(words: str):
    found = claims(f"政府采购：授予中小企业合同金额80万元，{words}。")
    claim = found["procurement.sme_share"]
    assert (claim.value, claim.base) == (80, "procurement.total")


def test_a_share_of_nothing_named_has_no_base():
    claim = claims("政府采购：授予中小企业合同金额80万元，占80%。")["procurement.sme_share"]
    assert (claim.value, claim.base) == (80, "")


def test_a_share_behind_another_label_is_that_labels_own():
    found = claims(
        "政府采购：授予中小企业合同金额80万元，其中授予小微企业合同金额40万元，"
        "占授予中小企业合同金额的50%。"
    )
    assert "procurement.sme_share" not in found
    assert found["procurement.micro_share"].value == 50


def test_the_base_of_a_share_is_not_claimed_itself():
    found = claims("政府采购：授予中小企业合同金额80万元，占政府采购支出总额100万元的80%。")
    assert "procurement.total" not in found


@pytest.mark.parametrize("word", ["无", "没有"])
def test_a_statement_of_none_claims_zero(word: str):
    claim = claims(f"国有资产占用情况：{word}单位价值100万元以上专用设备。")[
        "assets.equipment.special_1m"
    ]
    assert (claim.value, claim.value_text, claim.kind) == (0, word, ClaimKind.COUNT)


def test_the_longest_label_wins():
    found = claims("车辆：主要领导干部用车1辆、部级领导干部用车2辆、特种专业技术用车3辆。")
    assert {subject: claim.value for subject, claim in found.items()} == {
        "assets.vehicles.leader": 1,
        "assets.vehicles.ministerial": 2,
        "assets.vehicles.special": 3,
    }


def test_each_statement_of_a_value_is_a_claim_of_its_own():
    found = stated("国有资产：共有车辆5辆。", "车辆情况：共有车辆6辆。")
    assert [(claim.claim_index, claim.value) for claim in found] == [(0, 5), (1, 6)]


@pytest.mark.parametrize(
    "text", ["公务接待费支出5万元，服务支出3万元，货物2万元。", "基本支出中，工程支出30万元。"]
)
def test_words_of_other_topics_name_nothing(text: str):
    assert not any(claim.subject.startswith("procurement") for claim in stated(text))


def test_a_heading_opens_its_topic():
    heading = "十、政府采购支出情况"
    assert set(claims(heading, "货物支出5万元。")) == {"procurement.goods"}
    assert clear(heading, "十一、培训费情况", "货物支出5万元。") == []


def test_a_word_before_may_make_it_another_thing():
    assert clear("七、“三公”经费支出情况", "人均接待费105.5元。") == []


def test_definitions_claim_nothing():
    assert stated("第四部分 名词解释", "一、机关运行经费：指支出100万元以上的经费。") == ()


def test_amounts_told_among_definitions_are_in_doubt():
    told = stated("第四部分 名词解释", "茶叶收入：2023年茶叶收入5万元，增长2.5%。")
    assert [(claim.value_text, claim.reading, claim.reading_note) for claim in told] == [
        ("5", Reading.AMBIGUOUS, UNREAD),
        ("2.5", Reading.AMBIGUOUS, UNREAD),
    ]
    assert stated("一、预算表", "说明：2023年茶叶收入5万元，2022年4万元。")[0].subject == ""


def test_an_overview_without_headings_tells_of_staff():
    told = stated("第一部分 概况", "某局内设9个机构，事业编制20名，在职18人。")
    assert [(claim.subject, claim.value) for claim in told] == [
        ("staffing.offices.held", 9),
        ("staffing.posts.held", 20),
        ("staffing.staff.held", 18),
    ]


def test_no_paragraphs_claim_nothing():
    assert stated() == ()


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_an_unsaid_role_is_the_documents(kind: DocumentKind):
    (claim,) = stated("十、机关运行经费", "机关运行经费5万元。", kind=kind)
    role = "budget" if kind is DocumentKind.BUDGET else "actual"
    assert claim.subject == f"operating_cost.total.{role}"


def test_a_lost_unit_is_read_by_the_sentences_other_units_and_said():
    heading = "十、机关运行经费"
    text = "机关运行经费65.83万元，比年初预算数76.87减少11.04万元，降低14.36。"
    found = {claim.value_text: claim for claim in stated(heading, text)}
    budget, fall = found["76.87"], found["14.36"]
    assert (budget.value, budget.unit, budget.is_unit_missing) == (768_700, "", True)
    assert (budget.subject, fall.kind) == (
        "operating_cost.total.opening_budget",
        ClaimKind.GROWTH,
    )
    assert (fall.value, fall.is_unit_missing) == (Decimal("-14.36"), True)


def test_every_word_names_one_subject_of_its_topic():
    """Two subjects of one topic with one word would make what it names a matter of order."""
    wording = load_wording()
    for key, subject in wording.subjects.items():
        for item in subject.counts.values():
            assert "." not in item, key
        for name in subject.pair:
            assert name in wording.subjects, key


@given(st.lists(st.sampled_from(sorted(terminals())), max_size=30))
def test_every_row_of_tokens_is_a_sentence(kinds: list[str]):
    """Nothing that is printed can make the grammar fail, and no token is lost."""
    tokens = [
        Token(kind, "x", start_pos=index, end_pos=index + 1) for index, kind in enumerate(kinds)
    ]
    assert [token for phrase in parse(tokens) for token in phrase.tokens] == tokens


@given(
    st.text(
        alphabet="收支总计三公经费为占比增加减少万元%，。；、：（）0123456789.X*年与上类款项",
        max_size=80,
    )
)
def test_any_text_is_read_without_failing(text: str):
    for claim in stated("一、“三公”经费支出情况", text):
        assert claim.value_text in text or claim.value_text == ""


@pytest.mark.parametrize(
    ("heading", "sentence", "printed"),
    [
        ("三、支出决算情况说明", "档案馆维修项目支出20万元。", "20"),
        ("十二、政府采购支出情况", "政府采购服务支出40万元，节约资金10万元。", "10"),
        ("十二、政府采购支出情况", "授予中小企业合同金额100%。", "100"),
    ],
)
def test_a_number_of_another_thing_is_not_paired(heading: str, sentence: str, printed: str):
    assert printed not in [claim.value_text for claim in clear(heading, sentence)]


@pytest.mark.parametrize(
    "behind",
    ["比上年增加1万元", "占三公经费支出的20%", "完成预算的80%", "其中：公务接待费0.5万元"],
)
def test_what_follows_an_amount_of_something_unknown_is_unknown_too(behind: str):
    found = clear("七、“三公”经费情况", f"公务接待费2万元。租车费5万元，{behind}。")
    assert [claim.value_text for claim in found] == ["2"]


def test_what_something_was_and_became_are_two_values():
    found = clear("七、“三公”经费支出情况", "公务用车保有量由5辆减少到3辆。")
    assert [(claim.role, claim.value) for claim in found] == [("prior_final", 5), ("actual", 3)]


def test_money_behind_what_was_bought_is_what_it_cost():
    found = clear(
        "七、“三公”经费支出情况", "公务用车购置及运行维护费支出9万元，其中购车2辆，支出6万元。"
    )
    assert found[-1].subject == "three_public.vehicle_purchase.actual"


def test_a_decrease_of_less_than_nothing_and_growth_in_multiples_are_not_guessed():
    found = stated("三公经费支出5万元，比上年减少-3万元，增长1.2倍。")
    assert [claim.value_text for claim in found if claim.reading is Reading.AMBIGUOUS] == [
        "-3",
        "1.2",
    ]


def test_an_increase_below_zero_is_a_decrease():
    change = next(
        claim
        for claim in clear("三公经费支出5万元，比上年增加-3万元。")
        if claim.kind is ClaimKind.CHANGE
    )
    assert (change.value, change.direction) == (Decimal(-30_000), Direction.DECREASE)


def test_a_comparison_may_name_what_is_compared():
    found = clear("七、“三公”经费情况", "三公经费支出5万元，比上年公务接待费减少1万元。")
    assert found[-1].subject == "three_public.reception.actual"


def test_what_money_was_for_is_not_what_the_sentence_is_about():
    found = clear(
        "五、一般公共预算财政拨款支出决算情况",
        "1.教育支出50万元，主要用于保障人员经费和公用经费，完成年初预算的90%。",
    )
    assert [claim.subject for claim in found] == ["general_budget.class.actual"] * 2


@pytest.mark.parametrize(
    ("base", "whole"),
    [("总收入", "income.total"), ("本年收入", "income.total"), ("收入", "income.total")],
)
def test_a_share_of_all_income_is_of_the_list_it_stands_in(base: str, whole: str):
    found = clear("二、收入决算情况", f"本年收入合计9万元，其中：事业收入3万元，占{base}的33.33%。")
    assert found[-1].base == whole


def test_a_telephone_number_is_no_indicator():
    assert stated("三、绩效评价情况", "联系电话：0731-88821234，邮编410083。") == ()


@pytest.mark.parametrize(
    "line",
    [
        "发布日期：2024-02-18 来源：某市水利局 浏览次数：132",
        "网站标识码：3700000001",
        "鲁ICP备05012345号-1",
        "版权所有 © 2024 某市人民政府",
    ],
)
def test_what_a_web_page_says_of_itself_is_no_value(line: str):
    assert stated("三、绩效评价情况", line) == ()


def test_visits_that_are_an_indicator_are_a_value():
    assert stated("三、绩效评价情况", "全年网站访问量达132万次。") != ()


@pytest.mark.parametrize("words", ["当年未购置公务用车", "全年没有购置公务用车"])
def test_no_vehicle_bought_says_nothing_of_how_many_there_are(words: str):
    (claim,) = clear("七、“三公”经费支出情况", f"{words}。")
    assert (claim.subject, claim.value) == ("three_public.vehicles_bought.actual", 0)
