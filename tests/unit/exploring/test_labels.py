"""Labels are found by kind and name, and what has none is called by its own name."""

import duckdb
import pytest

from pipelines.domain.languages import Language
from pipelines.exploring.labels import Label, Labels, named, names, naming, read_labels

LABELS_LISTED = [
    Label("status", "proven", "已证实", "proven", "有等式成立。", "An equality holds."),
    Label("thing", "three_public.total", "“三公”经费", "three public expenses", "", ""),
    Label("thing", "assets.vehicles.total", "车辆合计", "all vehicles", "", ""),
    Label("role", "actual", "决算数", "actual", "", ""),
    Label("role", "held", "期末数", "held", "", ""),
    Label("doubt", "… does not say which way", "“…”未说明方向", "“…” says no way", "", ""),
]
LABELS = Labels(LABELS_LISTED)


@pytest.mark.parametrize(
    ("kind", "key", "in_chinese", "in_english"),
    [
        ("status", "proven", "已证实", "proven"),
        ("status", "unheard_of", "unheard_of", "unheard_of"),
        ("unheard_of", "proven", "proven", "proven"),
        ("doubt", "增减 does not say which way", "“增减”未说明方向", "“增减” says no way"),
    ],
)
def test_a_name_is_called_what_its_label_says_or_else_by_itself(kind, key, in_chinese, in_english):
    assert LABELS.name(kind, key, Language.ZH) == in_chinese
    assert LABELS.name(kind, key, Language.EN) == in_english


def test_a_definition_is_told_where_there_is_one():
    assert LABELS.definition("status", "proven", Language.ZH) == "有等式成立。"
    assert LABELS.definition("status", "proven", Language.EN) == "An equality holds."
    assert LABELS.definition("role", "actual", Language.ZH) == ""
    assert LABELS.definition("status", "unheard_of", Language.ZH) == ""


@pytest.mark.parametrize(
    ("subject", "called"),
    [
        ("three_public.total.actual", "“三公”经费（决算数）"),
        ("three_public.total", "“三公”经费"),
        # Items have dots of their own.
        ("assets.vehicles.total.held", "车辆合计（期末数）"),
        ("assets.vehicles.total", "车辆合计"),
        ("unheard.of.thing", "unheard.of.thing"),
        ("narrative", "narrative"),
    ],
)
def test_a_subject_is_called_by_its_thing_and_role(subject, called):
    assert LABELS.subject(subject, Language.ZH) == called


def test_a_warehouse_of_an_older_version_names_everything_by_itself():
    with duckdb.connect() as connection:
        assert read_labels(connection).name("status", "proven", Language.ZH) == "proven"


@pytest.mark.parametrize(
    ("scope_key", "called"),
    [
        ("", ""),
        ("20503", "20503"),
        ("three_public.total.actual", "“三公”经费（决算数）"),
        ("assets.vehicles.total.held #12", "车辆合计（期末数） · #12"),
        ("actual 教育支出", "决算数 · 教育支出"),
        ("change_actual", "增减额 · 决算数"),
        ("actual_change", "决算数 · 增减额"),
    ],
)
def test_a_place_is_called_by_its_words(scope_key, called):
    labels = Labels([*LABELS_LISTED, Label("claim_kind", "change", "增减额", "change", "", "")])
    assert labels.place(scope_key, Language.ZH) == called


def test_names_are_those_of_the_answer_being_given():
    assert named("status", "proven") == "proven"
    with naming(LABELS, Language.ZH):
        assert named("status", "proven") == "已证实"
        assert names().subject("three_public.total.actual") == "“三公”经费（决算数）"
    assert named("status", "proven") == "proven"
