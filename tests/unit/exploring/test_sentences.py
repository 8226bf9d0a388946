"""What should be, and what is: never a rule as if it held, never a zero for what is not printed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pipelines.domain.languages import Language
from pipelines.exploring.labels import Labels, Names
from pipelines.exploring.sentences import (
    finding_text,
    gap_text,
    sentence,
    side_text,
    what_is,
    what_should_be,
)
from tests.unit.exploring.test_rendering import DISCREPANCY, bound

ENGLISH = Names(Labels(), Language.EN)
TOTAL, *PARTS = DISCREPANCY.terms
STATED = replace(bound("left", "11.00"), is_statement=True)
PROSE = replace(
    DISCREPANCY,
    left_yuan=Decimal(110_000),
    right_yuan=Decimal(120_000),
    terms=(STATED, replace(TOTAL, side="right")),
)
ABSENT = replace(DISCREPANCY, left_yuan=None, right_yuan=Decimal(86_800), terms=(PARTS[0],))
CASES = {
    "a total and its parts": (
        DISCREPANCY,
        "should equal the sum of 3 items: "
        "12.00 万元 is printed, while the 3 items sum to 11.00 万元; difference 1.00 万元",
        "应等于各项（3 项）之和，实则印为 12.00 万元，"
        "而各项（3 项）之和为 11.00 万元，相差 1.00 万元",
    ),
    "prose and a table": (
        PROSE,
        "should be equal: the prose prints 11.00 万元, while the table prints 12.00 万元; "
        "difference 1.00 万元",
        "应相等，实则文字印为 11.00 万元，而表内印为 12.00 万元，相差 1.00 万元",
    ),
    "a side that is not printed": (
        ABSENT,
        "should be equal: the left side is not printed, while the right side prints 8.68 万元",
        "应相等，实则左边未列示，而右边印为 8.68 万元",
    ),
    "another document": (
        replace(PROSE, terms=(bound("left", "11.00"), replace(PROSE.terms[1], document_id="x"))),
        "should be equal: this document prints 11.00 万元, while the other document prints "
        "12.00 万元; difference 1.00 万元",
        "应相等，实则本文件印为 11.00 万元，而另一文件印为 12.00 万元，相差 1.00 万元",
    ),
    "a part beyond its whole": (
        replace(DISCREPANCY, relation="<=", terms=(TOTAL, bound("right", "11.00"))),
        "the left side should not exceed the right side: the left side prints 12.00 万元, while "
        "the right side prints 11.00 万元; difference 1.00 万元",
        "左边应不超过右边，实则左边印为 12.00 万元，而右边印为 11.00 万元，相差 1.00 万元",
    ),
    "units that differ": (
        replace(
            DISCREPANCY, terms=(TOTAL, replace(bound("right", "11"), printed="110,000", unit="元"))
        ),
        "should be equal: the left side prints 12.00 万元, while the right side prints "
        "110,000 元; difference 10,000.00 元",
        "应相等，实则左边印为 12.00 万元，而右边印为 110,000 元，相差 10,000.00 元",
    ),
    "a per cent and its amounts": (
        replace(
            DISCREPANCY,
            relation="",
            unit="%",
            left_yuan=Decimal("67.290000"),
            right_yuan=Decimal("61.398500"),
            terms=(
                replace(STATED, printed="67.29", unit="%", amount_yuan=Decimal("67.29")),
                *PARTS[:2],
            ),
        ),
        "should follow from the amounts: 67.29 % is printed, while the amounts yield 61.3985 %; "
        "difference 5.8915 %",
        "应与金额相符，实则印为 67.29 %，而按金额计得 61.3985 %，相差 5.8915 %",
    ),
    "amounts taken from each other": (
        replace(
            PROSE, terms=(bound("left", "9.00"), bound("left", "-2.00", sign=-1), PROSE.terms[1])
        ),
        "should be equal: the 2 items of the left side come to 11.00 万元, while the right side "
        "prints 12.00 万元; difference 1.00 万元",
        "应相等，实则左边各项（2 项）加减得 11.00 万元，而右边印为 12.00 万元，相差 1.00 万元",
    ),
}


@pytest.mark.parametrize(("compared", "english", "chinese"), CASES.values(), ids=CASES)
def test_what_should_be_and_what_is_in_both_languages(compared, english, chinese):
    assert sentence(compared, Language.EN) == english
    assert sentence(compared, Language.ZH) == chinese


def test_a_rule_is_told_with_what_violates_it():
    told = replace(DISCREPANCY, meaning_zh="合计等于三项之和。")
    assert finding_text(told, Names(Labels(), Language.ZH)) == (
        "应当：合计等于三项之和；但是：印为 12.00 万元，"
        "而各项（3 项）之和为 11.00 万元，相差 1.00 万元"
    )
    told = finding_text(replace(ABSENT, meaning_en="The twins agree."), ENGLISH)
    assert told.startswith("should be: The twins agree; but: the left side is not printed")


def test_sides_that_are_alike_are_not_said_to_differ():
    alike = replace(DISCREPANCY, relation="", right_yuan=DISCREPANCY.left_yuan)
    assert what_should_be(alike, Language.EN) == ""
    assert what_is(alike, Language.EN) == "12.00 万元 is printed, and the 3 items sum to 12.00 万元"


@pytest.mark.parametrize(
    ("reason", "printed", "expected", "said"),
    [
        ("row 3 is missing", "", "", "row 3 is missing"),
        ("", "**万元", "", "printed: **万元"),
        ("", "2022年", "2023年", "printed: 2022年; expected: 2023年"),
    ],
)
def test_without_amounts_the_reason_or_the_words_are_said(reason, printed, expected, said):
    wordless = replace(
        DISCREPANCY,
        left_yuan=None,
        right_yuan=None,
        difference_yuan=None,
        relation="",
        unit="",
        terms=(),
        meaning_en="A rule.",
        reason=reason,
        printed_left=printed,
        printed_right=expected,
    )
    assert sentence(wordless, Language.EN) == ""
    assert finding_text(wordless, ENGLISH) == f"should be: A rule; but: {said}"


def test_a_printed_zero_and_an_absent_side_are_two_things():
    zero = replace(ABSENT, left_yuan=Decimal(0), terms=(bound("left", "0.00"), PARTS[0]))
    assert side_text(zero, "left", Language.ZH) == "0.00 万元"
    assert side_text(ABSENT, "left", Language.ZH) == "未列示"
    assert side_text(ABSENT, "left", Language.EN) == "nothing is printed"
    assert (gap_text(zero), gap_text(ABSENT)) == ("8.68 万元", "")
