"""Answers on the samples in Chinese: no English sentence, and columns below each other."""

import re

import pytest

from pipelines.cli.help_layout import columns_of
from pipelines.exploring.rendering.topics import TOPIC_WIDTH
from tests.e2e.conftest import SampleWarehouse
from tests.e2e.sample_run import juesuan

# Three words of small letters in a row are a sentence; names and settings are none.
CHINESE = re.compile(r"[\u4e00-\u9fff]{3}")
ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}")


@pytest.mark.parametrize(
    "words",
    [
        ["status"],
        ["explain", "敦煌"],
        ["discrepancies"],
        ["wording"],
        ["wording", "--prose"],
        ["doctor"],
        ["acknowledge", "--list"],
    ],
    ids=" ".join,
)
def test_no_answer_holds_an_english_sentence(samples: SampleWarehouse, words: list[str]):
    answer = juesuan(*words, "--warehouse", samples.path, JUESUAN_LANG="zh")
    assert (answer.exit_code, answer.complaints) == (0, "")
    assert CHINESE.search(answer.output)
    assert ENGLISH.findall(answer.output) == []


def test_the_columns_of_chinese_tables_and_lines_stand_below_each_other(samples: SampleWarehouse):
    status = juesuan("status", "--warehouse", samples.path, JUESUAN_LANG="zh").output
    topics = [found[0] for found in re.finditer(r"^(?:文件|文档|表格|勾稽关系) +", status, re.M)]
    assert {columns_of(topic) for topic in topics} == {TOPIC_WIDTH}
    tables = [part for part in re.split(r"\n\s*\n", status) if "─" in part]
    assert len(tables) == 3
    for table in tables:
        assert len({columns_of(line) for line in table.splitlines() if line.strip()}) == 1, table
