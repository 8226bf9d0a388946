"""The pages in Chinese say what the seeds say, and what the English ones say."""

import re

import pytest

from pipelines.exploring.chinese_pages import END_MARK, KINDS, LAYOUTS, MARK, lists, written
from pipelines.exploring.labels import shipped_labels
from tests.architecture.test_docs import (
    FENCED_BLOCK,
    FORM_TABLES,
    first_names,
    names_in,
    section,
    table_rows,
    text_of,
)
from tests.paths import PROJECT_DIR

PROJECT = PROJECT_DIR / "dbt_project"
LABELS = shipped_labels(PROJECT)
TRANSLATED = ("exports.md", "forms.md", "claims.md", "design.md", "capacity.md")
# A line that is typed, not one of a diagram.
TYPED = re.compile(r"^    ((?:juesuan|frictionless) .*)$", re.MULTILINE)


@pytest.mark.parametrize("page", lists(PROJECT))
def test_the_lists_of_a_page_are_those_of_the_seeds(page):
    text = text_of(f"docs/zh/{page}")
    assert text == written(text, *lists(PROJECT)[page]), "run make columns"


def test_only_pages_that_say_where_are_written_into():
    with pytest.raises(ValueError, match="no mark"):
        written("# 没有标记\n", "")
    assert written(f"# 页\n\n{MARK}\n旧", "新") == f"# 页\n\n{MARK}\n\n新\n"
    with pytest.raises(ValueError, match="too many"):
        written(f"{MARK}\n{MARK}\n", "新")


def test_what_stands_between_two_lists_is_kept():
    page = f"{MARK}\n旧\n{END_MARK}\n\n## 其间\n\n{MARK}\n旧\n{END_MARK}\n末\n"
    lists_anew = f"{MARK}\n\n一\n\n{END_MARK}\n\n## 其间\n\n{MARK}\n\n二\n\n{END_MARK}\n末\n"
    assert written(page, "一", "二") == lists_anew
    assert written(lists_anew, "一", "二") == lists_anew


@pytest.mark.parametrize("page", TRANSLATED)
def test_both_languages_name_and_list_the_same(page):
    def said(text: str) -> tuple[set[str], list[list[str]], list[str]]:
        rows = [sorted(names_in(row)) for row in re.findall(r"^\|.*", text, re.MULTILINE)]
        return set(names_in(FENCED_BLOCK.sub("", text))), rows, TYPED.findall(text)

    english, chinese = text_of(f"docs/{page}"), text_of(f"docs/zh/{page}")
    assert said(english) == said(chinese.replace("`docs/zh/", "`docs/"))
    assert english.splitlines()[2] == f"*[中文](zh/{page})*"
    assert chinese.splitlines()[2] == f"*[English](../{page})*"


def test_the_chinese_page_of_forms_has_their_printed_names_and_explains_their_layouts():
    english, chinese = text_of("docs/forms.md"), text_of("docs/zh/forms.md")
    rows = {row[0]: row[1] for row in table_rows(chinese) if row[0] and len(row) > 3}
    for heading in FORM_TABLES:
        for form, printed, *_ in table_rows(section(english, heading)):
            assert printed.replace("(", "（").replace(")", "）") in rows.get(form, ""), form
    assert [row[0] for row in table_rows(section(chinese, "版式"))] == list(LAYOUTS.values())


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


def test_what_prose_says_is_called_by_its_names():
    chinese = text_of("docs/zh/claims.md")
    for kind, heading in (("claim_kind", "数值类别"), ("role", "口径")):
        listed = section(chinese, heading)
        for name, label in LABELS.of_kind(kind).items():
            assert f"`{name}` {label.zh}" in listed
    reasons = {row[0] for row in table_rows(section(chinese, "读法不明的原因"))}
    assert reasons == {f"{label.zh}（{key}）" for key, label in LABELS.of_kind("doubt").items()}


def test_every_identity_is_listed_once():
    (listed,) = lists(PROJECT)["identities.md"]
    named = re.findall(r"^\| `(\w+)` \|", listed, re.MULTILINE)
    assert sorted(named) == sorted(LABELS.of_kind("identity"))
