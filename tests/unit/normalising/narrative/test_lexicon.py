"""A text folded for reading still tells where its characters stood and what was in quotes."""

import pytest

from pipelines.normalising.narrative.lexicon import fold


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“甲乙”支出", ["甲乙"]),
        ('"甲乙"支出', ["甲乙"]),
        ("「甲」『乙』", ["甲", "乙"]),
        ('甲"乙"丙"丁"', ["乙", "丁"]),
        ("“甲“乙”丙", ["甲", "乙"]),
        ("甲”乙”", ["乙"]),
        ("“”甲", []),
        ("“甲", []),
    ],
    ids=[
        *("round", "straight", "corners", "straight ones in turn", "one opened twice"),
        *("one closed twice", "nothing between", "never closed"),
    ],
)
def test_what_is_in_quotes_is_known_though_quotes_are_not_read(text: str, quoted: list[str]):
    folded = fold(text)
    assert [folded.text[begin:end] for begin, end in folded.quoted] == quoted
    assert not set(folded.text) & set('“”"「」『』')


def test_what_was_printed_is_found_for_what_was_folded():
    folded = fold("收入 １２.５万元，“三公”经费")
    begin = folded.text.index("12.5")
    assert folded.printed(begin, begin + 4) == "１２.５"
    begin = folded.text.index("三公")
    assert folded.printed(begin, begin + 4) == "三公”经费"
    assert folded.printed(begin, begin) == ""
