"""What is told of each test of the warehouse, and that none is without words."""

import json

import duckdb
import pytest

from pipelines.exploring.failing_tests import HELD_TO, MENDED_IN_SEEDS, list_failed_tests
from tests.paths import PROJECT_DIR

TEST = "assert_no_figure_is_lost_or_added"


@pytest.fixture
def warehouse():
    """A warehouse of two documents, whose latest build failed no test yet."""
    with duckdb.connect() as connection:
        connection.execute("create schema staging; create schema marts; create schema audit")
        connection.execute(
            "create table staging.builds "
            "(digest varchar, built_at timestamp, outcome varchar, summary varchar)"
        )
        connection.execute(
            "create table marts.dim_documents as "
            "from (values ('a0', '甲.pdf'), ('b0', '乙.docx')) as t (document_id, file_name)"
        )
        yield connection


def build(connection, outcome: str, *failed: tuple[str, int]) -> None:
    summary = {
        "model_count": 1,
        "passed_count": 0,
        "warned": [],
        "failed": [{"name": n, "row_count": c, "message": ""} for n, c in failed],
        "broken": [],
        "skipped_count": 0,
    }
    connection.execute(
        "insert into staging.builds select '', now()::timestamp + interval (count(*)) minute, ?, ? "
        "from staging.builds",
        [outcome, json.dumps(summary)],
    )


def test_every_test_of_the_dbt_project_says_what_must_hold():
    written = {
        path.stem for path in (PROJECT_DIR / "dbt_project/tests/singular").glob("assert_*.sql")
    }
    assert set(HELD_TO) == written
    assert written > MENDED_IN_SEEDS


def test_rows_are_told_by_document_the_one_of_most_rows_first(warehouse):
    warehouse.execute(
        f"create table audit.{TEST} as from (values ('a0', 'f1', '1.00', null), "
        "('b0', 'f2', '2.00', '2.0'), ('b0', 'f3', '3.00', null), ('b0', 'f4', '4', '5')) "
        "as t (document_id, figure_id, staged_text, published_text)"
    )
    build(warehouse, "tests_failed", (TEST, 4))
    (told,) = list_failed_tests(warehouse)
    assert (told.row_count, told.file_names) == (4, ("乙.docx", "甲.pdf"))
    assert told.examples == (
        "甲.pdf: figure_id f1, staged_text 1.00",
        "乙.docx: figure_id f2, staged_text 2.00, published_text 2.0",
        "乙.docx: figure_id f3, staged_text 3.00",
    )
    assert told.held_to.startswith("the marts hold each number")
    assert f"juesuan acknowledge {TEST}" in told.remedy


def test_a_test_without_kept_rows_or_known_words_is_told_all_the_same(warehouse):
    build(warehouse, "tests_failed", ("my_rule", 2))
    (told,) = list_failed_tests(warehouse)
    assert (told.row_count, told.document_ids, told.examples) == (2, (), ())
    assert "my_rule.sql" in told.held_to


def test_only_the_latest_build_counts(warehouse):
    assert list_failed_tests(warehouse) == ()
    build(warehouse, "tests_failed", (TEST, 4))
    build(warehouse, "built")
    assert list_failed_tests(warehouse) == ()


def test_documents_in_quarantine_are_told_instead_of_the_test_that_finds_them(warehouse):
    name = "assert_no_violation_is_left_unconfirmed"
    warehouse.execute(f"create table audit.{name} as select 'a0' as document_id, 1 as left_yuan")
    build(warehouse, "tests_failed", (name, 1))
    (told,) = list_failed_tests(warehouse)
    assert told.is_told_by({"a0", "b0"})
    assert not told.is_told_by({"b0"})
    assert not told.is_told_by(())
