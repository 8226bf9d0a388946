"""Printed words fold to the same word where only their printing differs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.recognising.wording import fold_header, fold_label, squash

WORDS = st.text(
    alphabet="财政拨款三公经费支出决算表（）()０9一、．“”‘’ 　\n\u200b⻔⼊", max_size=20
)


@pytest.mark.parametrize(
    "printed",
    [
        "财政拨款三公经费支出决算表",
        "财政拨款“三公”经费支出决算表",
        "财政拨款‘三公’经费支出决算表",
        '财政拨款"三公"经费支出决算表',
        "财政拨款＂三公＂经费支出决算表",
        "财政拨款「三公」经费支出决算表",
        "财政拨款〈三公〉经费支出决算表",
        "财政拨款三公”经费支出决算表",
        "财政拨款 三公 经费支出决算表",
        "财政拨款　三公　经费\n支出决算表",
        "财政\u200b拨款三公经费\ufeff支出决算表",
        "《财政拨款三公经费支出决算表》",
        "财政拨款三公经费⽀出决算表",
    ],
    ids=repr,
)
def test_quotes_spaces_and_invisible_characters_make_no_difference(printed: str):
    assert squash(printed) == "财政拨款三公经费支出决算表"


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("因公出国（境）费", "因公出国(境)费"),
        ("单位：万元", "单位:万元"),
        ("１２．５", "12.5"),
        ("⑴", "(1)"),
        ("㈠", "(一)"),
        ("12，345", "12,345"),
    ],
)
def test_full_width_forms_become_plain_ones(printed: str, folded: str):
    assert squash(printed) == folded


@given(WORDS)
def test_folding_twice_changes_nothing(text: str):
    assert squash(squash(text)) == squash(text)


@given(WORDS, WORDS)
def test_folding_parts_is_folding_the_whole(left: str, right: str):
    assert squash(left) + squash(right) == squash(left + right)


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("决算数", "决算数"),
        ("2024年度决算数", "决算数"),
        ("2024年决算数（万元）", "决算数"),
        ("金额(单位：元)", "金额"),
        ("所占比例（%）", "所占比例"),
        ("因公出国（境）费", "因公出国(境)费"),
        ("公务用车\n购置费", "公务用车购置费"),
        ("2024", "2024"),
    ],
)
def test_headers_lose_years_and_units(printed: str, folded: str):
    assert fold_header(printed) == folded


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("一、一般公共服务支出", "一般公共服务支出"),
        ("二十三、其他支出", "其他支出"),
        ("（一）人员经费", "人员经费"),
        ("1.一般公共预算资金", "一般公共预算资金"),
        ("１２、其他", "其他"),
        ("其中：教育收费", "教育收费"),
        ("八、其中：教育收费", "教育收费"),
        ("一、（一）1.收入", "收入"),
        ("年初结转和结余", "年初结转和结余"),
        ("本年收入合计", "本年收入合计"),
        ("一般公共预算财政拨款", "一般公共预算财政拨款"),
        ("十", "十"),
    ],
)
def test_labels_lose_their_ordinal_and_nothing_else(printed: str, folded: str):
    assert fold_label(printed) == folded
