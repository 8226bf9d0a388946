"""A number in quotes, in a sentence that states no value, was neither a claim nor furniture.

Quotes blank a number out before a sentence is asked whether it states anything; one without any
other number was left unread, and the number with it.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.domain.disclosure import ProseFurnitureKind
from pipelines.domain.document import Paragraph
from pipelines.domain.place import Place
from pipelines.normalising.narrative.claims import Prose, read_prose
from pipelines.normalising.narrative.sections import place_in_sections

NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)*")
# What may stand in a sentence, with numbers and without, in quotes and out of them.
PIECES = (
    "推行", "“131”", "监管模式", "「12345」", "热线", "“A+1”", "\"24\"", "收入", "3万元", "2023年",
    "5人", "，", "。", "；", "：", "！", "(", ")", "“", "”", " ", "持平", "增加", "项目支出",
)  # fmt: skip


def prose(heading: str, text: str) -> Prose:
    paragraphs = place_in_sections([Paragraph(each, Place()) for each in (heading, text)])
    return read_prose(list(paragraphs), fiscal_year=2023)


@pytest.mark.parametrize(
    "text",
    ["推行“131”监管模式。", "收入5万元。推行“131”监管模式。", "推行“131”监管模式，共3万元。"],
)
@pytest.mark.parametrize("heading", ["一、收入决算情况说明", "一、主要职责"])
def test_a_name_in_quotes_is_furniture_whatever_its_sentence_states(heading: str, text: str):
    names = [
        (each.number_text, each.begin)
        for each in prose(heading, text).furniture
        if each.kind is ProseFurnitureKind.NAME
    ]
    assert names == [("131", text.index("131"))]


@pytest.mark.parametrize("heading", ["一、收入决算情况说明", "一、主要职责"])
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12))
def test_every_number_is_a_claims_or_furniture_and_not_both(heading: str, pieces: list[str]):
    text = "本部门" + "".join(pieces) + "情况，如下"
    told = prose(heading, text)
    claimed = {place for claim in told.claims for place in range(claim.begin, claim.end)}
    named = {
        place
        for each in told.furniture
        for place in range(each.begin, each.begin + len(each.number_text))
    }
    assert not claimed & named
    missing = [m[0] for m in NUMBER.finditer(text) if m.start() not in claimed | named]
    assert not missing, text
