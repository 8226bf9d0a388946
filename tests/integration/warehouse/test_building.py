"""dbt runs when something changed, and only then; what it could not build is said.

The dbt project here is two models and two tests; the real one is built in tests/e2e.
"""

import shutil
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import duckdb
import pytest

from pipelines.running.building import build
from pipelines.settings import load_settings
from pipelines.warehouse.batches import due_deletion
from pipelines.warehouse.builds import BuildOutcome
from pipelines.warehouse.connection import open_for_reading, open_for_writing
from pipelines.warehouse.loads import forget_document, replace_document
from pipelines.warehouse.schema import apply_staging_schema
from pipelines.warehouse.transforming import Transformation, TransformError
from tests.executors import ONE_PROCESS
from tests.made_disclosures import made_disclosure
from tests.paths import PROJECT_DIR

PROJECT = {
    "dbt_project.yml": """
        name: small
        version: "1.0.0"
        profile: juesuan
        flags: {send_anonymous_usage_stats: false}
        models:
          small: {+materialized: table, +schema: marts}
        data_tests:
          small: {+store_failures: true, +schema: audit}
    """,
    "macros/generate_schema_name.sql": """
        {% macro generate_schema_name(name, node) %}{{ name or target.schema }}{% endmacro %}
    """,
    "models/fct_disclosed_figures.sql": """
        select document_id, figure_id, amount_yuan from staging.figures
    """,
    "tests/assert_passes.sql": "select 1 where false",
    "tests/assert_amounts_are_small.sql": """
        {{ config(severity='warn') }}
        select * from {{ ref('fct_disclosed_figures') }} where amount_yuan > 1
    """,
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    for name, text in PROJECT.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    for name in ("profiles.yml", "selectors.yml"):
        shutil.copy(PROJECT_DIR / "dbt_project" / name, folder)
    return folder


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = tmp_path / "w.duckdb"
    with open_for_writing(path) as connection:
        apply_staging_schema(connection)
        replace_document(connection, made_disclosure("one"), "1")
    return path


def built(warehouse: Path, project: Path, documents_at_a_time: int = 100) -> Transformation:
    settings = replace(
        load_settings({}),
        warehouse=warehouse,
        dbt_project_dir=project,
        build_documents=documents_at_a_time,
    )
    transformed, _ = build(warehouse, settings, ONE_PROCESS, on_progress=lambda _: None)
    return transformed


def figure_count(warehouse: Path) -> int:
    with open_for_reading(warehouse) as connection:
        return len(connection.execute("from marts.fct_disclosed_figures").fetchall())


def test_a_build_is_repeated_only_when_something_changed(project, warehouse):
    first = built(warehouse, project)
    assert first.was_needed
    assert (first.summary.outcome, first.summary.model_count) == (BuildOutcome.BUILT, 1)
    assert first.summary.passed_count == 1
    assert [(each.name, each.row_count) for each in first.summary.warned] == [
        ("assert_amounts_are_small", 1)
    ]

    second = built(warehouse, project)
    assert second == replace(first, was_needed=False, document_count=0)

    with open_for_writing(warehouse) as connection:
        replace_document(connection, made_disclosure("other"), "1")
    assert built(warehouse, project).was_needed
    assert figure_count(warehouse) == 2

    with open_for_writing(warehouse) as connection:
        forget_document(connection, made_disclosure("other").document_id)
    assert built(warehouse, project).was_needed
    assert figure_count(warehouse) == 1

    (project / "models" / "fct_disclosed_figures.sql").write_text(
        "select document_id, 1 as figure_id, 2 as amount_yuan from staging.figures limit 0",
        encoding="utf-8",
    )
    assert built(warehouse, project).was_needed
    assert figure_count(warehouse) == 0

    with open_for_writing(warehouse) as connection:
        connection.execute("drop table marts.fct_disclosed_figures")
    assert built(warehouse, project).was_needed


def test_a_model_that_cannot_be_built_is_named_and_tried_again(project, warehouse):
    broken = project / "models" / "broken.sql"
    broken.write_text("select no_such_column from staging.figures", encoding="utf-8")
    failed = built(warehouse, project)
    assert failed.summary.outcome is BuildOutcome.FAILED
    (finding,) = failed.summary.broken
    assert finding.name == "broken"
    assert "no_such_column" in finding.message
    assert "\n" not in finding.message
    assert built(warehouse, project).was_needed


def test_a_failed_test_is_an_outcome_and_not_repeated(project, warehouse):
    test = project / "tests" / "assert_amounts_are_small.sql"
    test.write_text(test.read_text(encoding="utf-8").replace("'warn'", "'error'"), encoding="utf-8")
    failed = built(warehouse, project)
    assert failed.summary.outcome is BuildOutcome.TESTS_FAILED
    assert [each.name for each in failed.summary.failed] == ["assert_amounts_are_small"]
    assert not built(warehouse, project).was_needed


def test_a_project_that_dbt_cannot_parse_is_one_line_with_the_log(project, warehouse):
    (project / "models" / "broken.sql").write_text("{% if %}", encoding="utf-8")
    with pytest.raises(TransformError, match=r"dbt cannot build .*dbt\.log") as raised:
        built(warehouse, project)
    assert "\n" not in str(raised.value)


def test_a_missing_project_is_named_with_the_variable_to_set(tmp_path, warehouse):
    with pytest.raises(TransformError, match="JUESUAN_DBT_PROJECT"):
        built(warehouse, tmp_path)


def test_dbt_writes_beside_the_warehouse_and_nothing_into_the_project(project, warehouse):
    before = sorted(project.rglob("*"))
    built(warehouse, project)
    assert sorted(project.rglob("*")) == before
    assert (warehouse.parent / "w.dbt" / "logs" / "dbt.log").is_file()


def test_a_department_whose_last_document_is_another_ones_is_gone(project, warehouse):
    (project / "models" / "dim_bodies.sql").write_text(
        "select distinct left(md5(region_code || department_name), 16) as department_id, "
        "department_name from staging.documents",
        encoding="utf-8",
    )
    built(warehouse, project)
    with open_for_writing(warehouse) as connection:
        connection.execute(
            "update staging.documents set department_name = '乙局', loaded_at = now()"
        )
    built(warehouse, project, documents_at_a_time=1)
    with open_for_reading(warehouse) as connection:
        left = connection.execute("select department_name from marts.dim_bodies").fetchall()
    assert left == [("乙局",)]


def test_due_rows_are_found_by_looking_each_up_once():
    with duckdb.connect() as connection:
        connection.execute(
            "create table facts as select i // 9 as document_id from range(9000) t(i)"
        )
        connection.execute(
            "create table due_document_id as from (values (1), (7), (7)) k(document_id)"
        )
        statement = due_deletion("facts", "document_id")
        ((_, plan),) = connection.execute(f"explain {statement}").fetchall()
        assert "HASH_JOIN" in plan
        assert "SEMI" in plan
        assert not {"CROSS_PRODUCT", "NESTED_LOOP_JOIN"} & set(plan.split())
        assert connection.execute(statement).fetchall() == [(18,)]
