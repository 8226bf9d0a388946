"""Forms and classes of codes have pages in the dbt docs, under the names that people search for."""

import shutil
from pathlib import Path

import pytest
import yaml

from pipelines.exploring.name_pages import add_name_pages
from pipelines.recognising.catalogue import load_catalogue
from tests.paths import PROJECT_DIR


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy") / "project"
    for name in ("seeds", "models/docs"):
        shutil.copytree(PROJECT_DIR / "dbt_project" / name, folder / name)
    count = add_name_pages(folder)
    assert count == len(list((folder / "analyses" / "names").glob("*.sql")))
    return folder


def pages(copy: Path) -> dict[str, str]:
    blocks = (copy / "models" / "docs" / "names.md").read_text(encoding="utf-8")
    named = (block.partition(" %}") for block in blocks.split("{% docs page_")[1:])
    return {name: text for name, _, text in named}


def test_every_form_has_a_page_with_its_columns_and_lines(copy: Path):
    written = pages(copy)
    assert {f"form_{form.form}" for form in load_catalogue().forms} <= set(written)
    assert "收入预算总表" in written["form_budget_income"]
    assert "又称部门收入总表" in written["form_budget_income"]
    assert (
        "| 公务接待费（决算数） | official reception (actual) | `actual_reception` |"
        in (written["form_three_public"])
    )
    assert "| 总计 | grand total | `grand_total` |" in written["form_income_expenditure_summary"]


def test_every_class_has_a_page_with_what_is_below_it(copy: Path):
    written = pages(copy)
    assert "经济分类 302 商品和服务支出" in written["economic_302"]
    assert "| 30211 | 差旅费 |" in written["economic_302"]
    assert "30101" not in written["economic_302"]
    assert "功能分类 208" in written["functional_208"]


def test_every_page_has_its_text_and_its_query(copy: Path):
    folder = copy / "analyses" / "names"
    listed = yaml.safe_load((folder / "names.yml").read_text(encoding="utf-8"))["analyses"]
    assert {entry["name"] for entry in listed} == set(pages(copy))
    for entry in listed:
        assert entry["description"] == f"{{{{ doc('page_{entry['name']}') }}}}"
    query = (folder / "economic_302.sql").read_text(encoding="utf-8")
    assert "starts_with(facts.economic_code, '302')" in query
