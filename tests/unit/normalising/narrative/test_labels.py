"""Names and lists of them are cut out of the words around them."""

import pytest

from pipelines.normalising.narrative.labels import clean_label, entries_of, numbering


@pytest.mark.parametrize(
    ("text", "is_introduced", "style"),
    [
        ("二是会议费减少", False, "一是"),
        ("2、会议费减少", False, "1、"),
        ("(二)会议费减少", False, "(一)"),
        ("会议费减少", False, ""),
        ("主要原因是:三是会议费减少", False, ""),
        ("主要原因是:三是会议费减少", True, "一是"),
        ("原因:2、会议费减少", True, "1、"),
        ("主要原因是:会议费减少", True, ""),
    ],
)
def test_numbers_of_one_style_are_alike(text: str, *, is_introduced: bool, style: str):
    assert numbering(text, is_introduced=is_introduced) == style


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("其中:会议费", "会议费"),
        ("1、其中:会议费", "会议费"),
        ("本年会议费", "会议费"),
        ("会议费其中", "会议费其中"),
        ("其中", ""),
        ("", ""),
    ],
)
def test_words_that_introduce_a_name_are_none_of_it(text: str, label: str):
    assert clean_label(text, ("本年",)) == label


@pytest.mark.parametrize(
    ("text", "entries", "rest"),
    [
        (
            "基本工资99.16万元、津贴补贴、奖金等。",
            [("基本工资", "99.16万元"), ("津贴补贴", ""), ("奖金", "")],
            "。",
        ),
        (":会议费1万元，培训费2万元;接待费", [("会议费", "1万元"), ("培训费", "2万元")], ";接待费"),
        ("会议费、培训费，比上年减少", [("会议费", ""), ("培训费", "")], "比上年减少"),
        ("会议费(含会场)、培训费", [("会议费(含会场)", ""), ("培训费", "")], ""),
        ("费" * 41 + "。", [], None),
    ],
    ids=["a full stop", "a semicolon", "a comma behind a name", "the end", "too long"],
)
def test_a_list_ends_where_no_entry_follows(
    text: str, entries: list[tuple[str, str]], rest: str | None
):
    found = list(entries_of(text, 0, len(text)))
    values = [text[slice(*each.value)] if each.value else "" for each in found]
    labels = [text[each.begin : each.end] for each in found]
    assert list(zip(labels, values, strict=True)) == entries
    assert rest is None or text[found[-1].read_to :] == rest
