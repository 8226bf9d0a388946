"""The notebook of ten questions, run on the sample documents: it ends, answers, and says where."""

import importlib.util
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.e2e.conftest import SampleWarehouse
from tests.paths import PROJECT_DIR

NOTEBOOK = PROJECT_DIR / "docs" / "notebooks" / "ten_questions.py"
# Each answer and the columns that say where its numbers are printed.
ANSWERS = {
    "overspent": ("预算印在 budget at", "决算印在 actual at"),
    "growth": ("上年印在 before at", "本年印在 now at"),
    "per_head": ("金额印在 amount at", "数量印在 count at"),
    "procurement": ("采购印在 procurement at", "中小企业印在 SMEs at"),
    "assets": ("印在 at",),
    "regions": ("计入 counted, at",),
    "execution": ("预算印在 budget at", "决算印在 actual at"),
    "disputed": ("印在 at",),
    "prose": ("印在 at",),
    "quality": ("文件 file",),
}


@pytest.fixture(scope="module")
def run(samples: SampleWarehouse) -> Mapping[str, Any]:
    """Run all cells on the samples; a cell that fails ends it."""
    spec = importlib.util.spec_from_file_location("ten_questions", NOTEBOOK)
    assert spec
    assert spec.loader
    notebook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(notebook)
    _, definitions = notebook.app.run(defs={"warehouse": samples.path})
    return definitions


@pytest.mark.parametrize(("name", "places"), ANSWERS.items(), ids=list(ANSWERS))
def test_every_question_is_answered_with_places(run, name: str, places: tuple[str, ...]):
    answer = run[name]
    assert isinstance(answer, pd.DataFrame)
    assert len(answer) > 0
    for column in places:
        assert answer[column].notna().all()
        assert (answer[column] != "").all()


def test_who_overspent_comes_first(run):
    over = run["overspent"]["超支 over"]
    assert over.iloc[0] > 0
    assert over.is_monotonic_decreasing


def test_amounts_stay_decimals(run):
    assert str(run["growth"]["本年 now"].dtype) == "decimal128(24, 6)[pyarrow]"


def test_a_region_is_added_up_without_counting_a_unit_twice(run):
    regions = run["regions"]
    assert (regions["合计 added up"] <= regions["重复相加 all of them"]).all()
    assert (regions["合计 added up"] < regions["重复相加 all of them"]).any()
    assert regions["未计 left out, why"].notna().any()


def test_a_department_and_its_own_accounts_are_told_apart(run):
    keys = run["procurement"][["部门 body", "年度 year"]]
    assert not keys.duplicated().any()


def test_marimo_finds_nothing_to_say_about_it():
    checked = subprocess.run(
        [Path(sys.executable).with_name("marimo"), "check", "--strict", NOTEBOOK],
        capture_output=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
