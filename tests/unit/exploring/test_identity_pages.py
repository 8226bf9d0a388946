"""The dbt docs have a page for each identity, which says how often it held where that is known."""

import csv
from pathlib import Path

import duckdb
import pytest

from pipelines.exploring.identity_pages import copy_with_pages
from tests.paths import PROJECT_DIR

PROJECT = PROJECT_DIR / "dbt_project"
CATALOGUE = PROJECT / "seeds" / "identities" / "identities.csv"


def identities() -> list[dict[str, str]]:
    with CATALOGUE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A warehouse in which one identity was evaluated, and another never."""
    path = tmp_path / "juesuan.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema staging")
        connection.execute("create table staging.files (file_name varchar)")
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.fct_identity_statistics as select * from (values "
            "('tot_balance', 7, 9, 8, 6, 1, 0, 2), ('b_opex', 0, 0, 0, 0, 0, 0, 0)) as rows ("
            "identity_id, document_count, evaluated_count, held_count, exact_count, failed_count, "
            "not_applicable_count, not_evaluable_count)"
        )
    return path


def pages(copy: Path) -> dict[str, str]:
    blocks = (copy / "models" / "docs" / "identities.md").read_text(encoding="utf-8")
    named = (block.partition(" %}") for block in blocks.split("{% docs identity_")[1:])
    return {name: text for name, _, text in named}


def test_every_identity_has_a_page_with_its_formula_meaning_and_exceptions(tmp_path: Path):
    copy = tmp_path / "copy"
    assert copy_with_pages(PROJECT, copy, None) == len(identities())
    written = pages(copy)
    families = (copy / "models" / "docs" / "identity_families.md").read_text(encoding="utf-8")
    overview = (copy / "models" / "docs" / "overview.md").read_text(encoding="utf-8")
    for identity in identities():
        name = identity["identity_id"]
        assert (copy / "analyses" / "identities" / f"{name}.sql").is_file()
        assert identity["meaning_en"] in written[name]
        assert identity["meaning_zh"] in written[name]
        assert (identity["exceptions"] or "none known") in written[name]
        assert f"{{% docs why_{identity['family']} %}}" in families
        assert f"(#!/analysis/analysis.juesuan.{name})" in overview


def test_a_page_says_how_often_its_identity_held(tmp_path: Path, warehouse: Path):
    copy_with_pages(PROJECT, tmp_path / "copy", warehouse)
    written = pages(tmp_path / "copy")
    assert "Evaluations: 9, documents: 7; held 8, 6 of them exactly" in written["tot_balance"]
    assert "Never evaluated in this warehouse" in written["b_opex"]
    assert "No warehouse was there" in written["x_revision"]


def test_what_pages_are_added_to_is_a_copy(tmp_path: Path):
    before = sorted(path.name for path in PROJECT.iterdir())
    copy_with_pages(PROJECT, tmp_path / "copy", None)
    copy_with_pages(PROJECT, tmp_path / "copy", None)
    assert sorted(path.name for path in PROJECT.iterdir()) == before
