"""The dbt docs are Chinese first, and whoever searches them by a Chinese name finds it.

In Debian's Chromium, on the static page that `make docs` makes, without the warehouse's statistics.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from pipelines.exploring.identity_pages import copy_with_pages
from pipelines.exploring.name_pages import add_name_pages
from tests.paths import PROJECT_DIR

CHROMIUM = shutil.which("chromium")
PATIENCE_MS = 60_000

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium to look at it with")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page; what the columns' types are is left out, which takes a build."""
    folder = tmp_path_factory.mktemp("site")
    project = folder / "project"
    copy_with_pages(PROJECT_DIR / "dbt_project", project, None)
    add_name_pages(project)
    for words in (("parse",), ("docs", "generate", "--static", "--empty-catalog", "--no-compile")):
        subprocess.run(
            [
                Path(sys.executable).with_name("dbt"),
                *words,
                *("--project-dir", project, "--profiles-dir", project),
                *("--target-path", folder / "target", "--log-path", folder / "logs"),
            ],
            env={**os.environ, "JUESUAN_WAREHOUSE_PATH": str(folder / "none.duckdb")},
            check=True,
            capture_output=True,
        )
    return folder / "target" / "static_index.html"


@pytest.fixture
def page(site: Path) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": 1280, "height": 900})
        opened.set_default_timeout(PATIENCE_MS)
        opened.goto(site.as_uri())
        yield opened
        browser.close()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("差旅费", {"economic_302"}),
        ("收入总表", {"form_budget_income"}),
        ("公务接待费", {"form_three_public", "form_budget_three_public"}),
    ],
)
def test_a_search_by_a_chinese_name_finds_it(page: Page, words: str, found: set[str]):
    page.fill("input[type=search], input[placeholder^=Search]", words)
    page.get_by_text(re.compile(r"^\d+ search results$")).wait_for()
    assert found <= set(page.locator("h4.a span").all_inner_texts())


def test_columns_are_described_in_chinese_first(page: Page, site: Path):
    page.goto(f"{site.as_uri()}#!/model/model.juesuan.fct_three_public_expenses#columns")
    row = page.locator("tr", has=page.get_by_text("actual_yuan", exact=True)).first
    row.wait_for()
    described = row.locator("td").nth(2).inner_text() or row.inner_text()
    assert re.search(r"决算数（元），未载明为空。.*Actual expenditure", row.inner_text()), described
