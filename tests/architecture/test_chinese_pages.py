"""The pages in Chinese say what the seeds say, and what the English ones say of tiers."""

import re

import pytest

from pipelines.exploring.chinese_pages import KINDS, MARK, lists, written
from pipelines.exploring.labels import shipped_labels
from tests.architecture.test_docs import first_names, section, text_of
from tests.paths import PROJECT_DIR

PROJECT = PROJECT_DIR / "dbt_project"
LABELS = shipped_labels(PROJECT)


@pytest.mark.parametrize("page", ["names.md", "identities.md"])
def test_the_lists_of_a_page_are_those_of_the_seeds(page):
    text = text_of(f"docs/zh/{page}")
    assert text == written(text, lists(PROJECT)[page]), "run make columns"


def test_only_pages_that_say_where_are_written_into():
    with pytest.raises(ValueError, match="no mark"):
        written("# 没有标记\n", "")
    assert written(f"# 页\n\n{MARK}\n旧", "新") == f"# 页\n\n{MARK}\n\n新\n"


def test_every_kind_that_is_listed_has_names():
    assert set(KINDS) - set(LABELS.kinds) == set()


def test_tiers_statuses_and_attributions_are_explained_by_their_names():
    text = text_of("docs/zh/identities.md")
    tiers = section(text, "等级")
    rest = section(text, "硬软、状态与归因")
    for kind, listed in (
        ("tier", first_names(tiers)),
        ("status", [name for name in first_names(rest) if name in LABELS.of_kind("status")]),
        ("attribution", [n for n in first_names(rest) if n in LABELS.of_kind("attribution")]),
    ):
        assert set(listed) == set(LABELS.of_kind(kind))
        for name in listed:
            assert f"`{name}` {LABELS.of_kind(kind)[name].zh} |" in tiers + rest


def test_every_identity_is_listed_once():
    named = re.findall(r"^\| `(\w+)` \|", lists(PROJECT)["identities.md"], re.MULTILINE)
    assert sorted(named) == sorted(LABELS.of_kind("identity"))
