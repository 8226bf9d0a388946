"""What is named as a reason keeps its own sign, and never becomes what it explains."""

from decimal import Decimal

import pytest

from pipelines.domain.disclosure import Claim, Direction, Reading
from tests.unit.normalising.drawn import stated

HEADING = "一、收入支出决算总体情况说明"
CHANGE = "2023年度收入支出总计400万元，与2022年度相比减少40万元，下降9.09%。"


def reasons(*texts: str) -> list[tuple[str, Decimal | None, str]]:
    """Label, value and subject explained of each clear amount that a reason names."""
    return [
        (claim.item_label, claim.value, claim.base)
        for claim in stated(*texts)
        if claim.subject.startswith("reasons.") and claim.reading is Reading.CLEAR
    ]


def others(*texts: str) -> list[Claim]:
    """Everything else that is claimed, clear or not."""
    return [claim for claim in stated(*texts) if not claim.subject.startswith("reasons.")]


@pytest.mark.parametrize(
    "told",
    [
        "主要原因是工资减少30万元、设备购置减少15万元、项目支出增加5万元。",
        "主要原因：一是工资减少30万元；二是设备购置减少15万元；三是项目支出增加5万元。",
        "主要原因有以下几点：（1）工资减少30万元；（2）设备购置减少15万元；（3）项目支出增加5万元。",
        "减少的主要原因为：①工资减少30万元。②设备购置减少15万元。③项目支出增加5万元。",
        "主要是减少工资30万元，减少设备购置15万元，同时增加项目支出5万元。",
        "主要原因是工资比上年减少30万元，设备购置较上年减少15万元，项目支出比2022年增加5万元。",
        "主要原因是工资比年初预算减少30万元，设备购置比年初预算减少15万元，项目支出增加5万元。",
    ],
)
def test_each_reason_of_a_list_keeps_its_own_sign(told: str):
    assert reasons(HEADING, CHANGE + told) == [
        ("工资", -300_000, "income_expenditure.total"),
        ("设备购置", -150_000, "income_expenditure.total"),
        ("项目支出", 50_000, "income_expenditure.total"),
    ]
    # Nothing that a reason says is said of the total.
    assert others(HEADING, CHANGE + told) == others(HEADING, CHANGE)


def test_a_reason_s_verb_before_the_section_s_own_words_is_a_reason_still():
    found = stated(
        "七、“三公”经费支出决算情况说明",
        "“三公”经费支出6万元，比上年减少4万元，主要是压减公务用车运行维护费5万元，"
        "增加公务接待费1万元。",
    )
    assert [claim.subject for claim in found if claim.kind == "amount"] == [
        "three_public.total.actual"
    ]
    assert [claim.value for claim in found if claim.subject.startswith("reasons.")] == [
        -50_000,
        10_000,
    ]


def test_what_something_was_and_became_is_no_reason_s_amount():
    text = f"{CHANGE}主要原因是租金由上年的90万元减少到60万元，印刷费减少10万元。"
    assert reasons(HEADING, text) == [("印刷费", -100_000, "income_expenditure.total")]
    levels = [claim for claim in stated(HEADING, text) if claim.reading is Reading.AMBIGUOUS]
    assert [(claim.value_text, claim.direction) for claim in levels] == [
        ("90", Direction.UNSAID),
        ("60", Direction.UNSAID),
    ]


def test_growth_behind_a_reason_s_amount_has_its_name():
    text = f"{CHANGE}主要原因是劳务费减少了40万元，下降20%。"
    assert [label for label, *_ in reasons(HEADING, text)] == ["劳务费", "劳务费"]


def test_reasons_numbered_one_way_end_where_parts_numbered_another_way_go_on():
    found = stated(
        "二、收入决算情况说明",
        "本年收入合计90万元，其中：1、财政拨款收入60万元，比上年增加5万元，"
        "主要原因：一是补助增加6万元；二是专款减少1万元；2、事业收入30万元，比上年减少2万元。",
    )
    assert [claim.value for claim in found if claim.subject.startswith("reasons.")] == [
        60_000,
        -10_000,
    ]
    assert [claim.value for claim in found if claim.subject == "income.institutional.actual"] == [
        300_000,
        None,
        -20_000,
    ]


def test_a_comparison_behind_a_reason_is_the_sentence_s_own_again():
    found = stated(
        "十、机关运行经费支出情况",
        "机关运行经费支出50万元，比年初预算减少5万元，主要原因是压缩开支，比上年减少8万元。",
    )
    assert [(claim.base, claim.value) for claim in found if claim.kind == "change"] == [
        ("opening_budget", -50_000),
        ("prior_final", -80_000),
    ]
