"""What does not fit into memory while dbt builds is written beside the database, and read again."""

from pathlib import Path

import duckdb
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from pipelines.settings import exposed_to_dbt
from tests.paths import PROJECT_DIR

PROFILES_DIR = PROJECT_DIR / "dbt_project"
MEMORY = "64MB"
ROWS = 6_000_000
MODELS = {
    "shuffled": f"select range as number from range({ROWS}) order by hash(range)",
    "counted": "select count(*) as row_count from {{ ref('shuffled') }}",
}


def project(folder: Path) -> Path:
    """A project of two models, the first of which needs more memory than there is."""
    (folder / "models").mkdir(parents=True)
    (folder / "dbt_project.yml").write_text("name: spilling\nprofile: juesuan\nversion: 1.0.0\n")
    for name, query in MODELS.items():
        text = "{{ config(materialized='table') }}\n" + query
        (folder / "models" / f"{name}.sql").write_text(text)
    return folder


@pytest.mark.parametrize("target", ["batch", "warehouse"])
def test_a_build_goes_on_after_it_has_spilled(tmp_path: Path, target: str):
    database, spill_dir = tmp_path / "w.duckdb", tmp_path / "spilled"
    folders = ("--project-dir", str(project(tmp_path / "project")), "--profiles-dir")
    with exposed_to_dbt(database, {"memory_limit": MEMORY, "temp_directory": str(spill_dir)}):
        built = dbtRunner().invoke(["run", *folders, str(PROFILES_DIR), "--target", target])
    DuckDBConnectionManager.close_all_connections()
    assert built.exception is None
    assert built.success
    with duckdb.connect(str(database), read_only=True) as connection:
        assert connection.execute("select row_count from marts.counted").fetchall() == [(ROWS,)]
