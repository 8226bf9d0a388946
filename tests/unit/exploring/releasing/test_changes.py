"""What changed between two states of a warehouse of a few rows."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.exploring.exporting.files import FileFormat, export_files
from pipelines.exploring.exporting.tables import list_marts
from pipelines.exploring.releasing.changes import (
    COMPARED,
    change_tables,
    compare,
    missing_columns,
)

# Waterworks and school; each document prints two figures of one form, with one discrepancy.
STATE = """
    create schema marts;
    create table marts.dim_documents (
        document_id varchar, file_name varchar, body_id varchar, department_name varchar,
        region_name varchar, fiscal_year integer, kind varchar, scope varchar, url varchar,
        sha256 varchar, is_counted boolean, superseded_by_document_id varchar
    );
    create table marts.fct_disclosed_figures (
        figure_id varchar, document_id varchar, table_index integer, title varchar, form varchar,
        section varchar, row_index integer, column_index integer, header_path varchar,
        row_code varchar, row_label varchar, measure varchar, amount_text varchar,
        amount_yuan decimal(24, 6), printed_unit varchar, page integer, cell_path varchar,
        status varchar
    );
    create table marts.fct_discrepancies (
        check_id varchar, document_id varchar, file_name varchar, department_name varchar,
        fiscal_year integer, identity_id varchar, scope_key varchar, level varchar,
        meaning_zh varchar, meaning_en varchar, difference_yuan decimal(24, 6), unit varchar,
        place varchar
    );
    create table marts.fct_document_quality (
        document_id varchar, figure_count integer, named_count integer, proven_count integer,
        unchecked_count integer, disputed_count integer, violation_count integer
    );
"""


def put_document(marts: duckdb.DuckDBPyConnection, name: str, body: str, **facts: object) -> None:
    """Add a document that prints 基本支出 and 项目支出, and fails one identity."""
    values = {
        "year": 2023, "url": None, "counted": True, "superseded": None, "basic": "60.00",
        "project": "40.00", "status": "proven", "level": "violation",
    } | facts  # fmt: skip
    marts.execute(
        "insert into marts.dim_documents values "
        "(?, ? || '.pdf', ?, ?, '某县', ?, 'final_accounts', 'department', ?, ?, ?, ?)",
        [
            name, name, body, body, values["year"], values["url"], name, values["counted"],
            values["superseded"],
        ],
    )  # fmt: skip
    for row, label in enumerate(("basic", "project")):
        if values[label] is not None:
            marts.execute(
                "insert into marts.fct_disclosed_figures values "
                "(?, ?, 1, '支出决算表', 'expenditure', '', ?, 1, '决算数', '', ?, 'total', ?, "
                "cast(? as decimal(24, 6)) * 10000, '万元', 3, null, ?)",
                [
                    f"{name}-{label}",
                    name,
                    row,
                    label,
                    values[label],
                    values[label],
                    values["status"],
                ],
            )
    if values["level"]:
        marts.execute(
            "insert into marts.fct_discrepancies values "
            "(? || 'c', ?, ? || '.pdf', ?, ?, 'sum', '', ?, '合计', 'It adds up.', 5, 'yuan', '')",
            [name, name, name, body, values["year"], values["level"]],
        )
    proven = 2 if values["status"] == "proven" else 1
    marts.execute(
        "insert into marts.fct_document_quality values (?, 2, 2, ?, 0, ?, 1)",
        [name, proven, 2 - proven],
    )


@pytest.fixture
def before():
    connection = duckdb.connect(":memory:")
    connection.execute(STATE)
    return connection


@pytest.fixture
def now():
    connection = duckdb.connect(":memory:")
    connection.execute(STATE)
    return connection


@pytest.fixture
def changed(before, now, tmp_path: Path):
    """Compares the two states, and gives the rows of a table of changes."""

    def rows(table: str) -> list[dict[str, Any]]:
        if not (tmp_path / "dim_documents.parquet").exists():
            list(export_files(before, list_marts(before), tmp_path, FileFormat.PARQUET))
            assert missing_columns(now, tmp_path) == []
            compare(now, tmp_path)
        found = now.execute(f"from {table}")
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    return rows


def changes(rows: list[dict[str, Any]], *columns: str) -> list[tuple[Any, ...]]:
    return sorted(tuple(row[column] for column in ("change", *columns)) for row in rows)


def test_states_that_are_alike_have_no_changes(before, now, changed):
    for state in (before, now):
        put_document(state, "water", "水利局")
    assert changed("changed_documents") == []
    assert changed("changed_figures") == []
    assert changed("changed_discrepancies") == []
    (quality, _) = changed("changed_quality")
    assert quality["previous_proven_ratio"] == quality["proven_ratio"] == 1


def test_documents_are_added_and_go_with_their_discrepancies_but_not_figure_by_figure(
    before, now, changed
):
    put_document(before, "school", "教育局")
    put_document(now, "water", "水利局")
    assert changes(changed("changed_documents"), "document_id", "previous_document_id") == [
        ("added", "water", None),
        ("gone", None, "school"),
    ]
    assert changed("changed_figures") == []
    assert changes(changed("changed_discrepancies"), "why", "department_name") == [
        ("new", "document_added", "水利局"),
        ("settled", "document_gone", "教育局"),
    ]


@pytest.mark.parametrize(
    ("stays", "facts_before", "facts_now"),
    [
        (False, {}, {}),
        (True, {"url": "https://a.example/1"}, {"url": "https://a.example/1"}),
        (True, {"year": 2022}, {}),
    ],
    ids=["of the same body and year", "at its address", "as the site says"],
)
def test_a_newer_file_replaces_an_older_one(before, now, changed, stays, facts_before, facts_now):
    put_document(before, "old", "水利局", **facts_before)
    put_document(now, "new", "水利局", basic="61.00", project=None, **facts_now)
    if stays:
        superseded = None if facts_now else "new"
        put_document(
            now, "old", "水利局", **facts_before, counted=False, superseded=superseded, level=None
        )
    assert changes(changed("changed_documents"), "document_id", "previous_document_id") == [
        ("replaced", "new", "old")
    ]
    assert changes(
        changed("changed_figures"),
        "row_label", "previous_amount_text", "amount_text", "previous_figure_id", "figure_id",
    ) == [
        ("amount", "basic", "60.00", "61.00", "old-basic", "new-basic"),
        ("disappeared", "project", "40.00", None, "old-project", None),
    ]  # fmt: skip
    assert changed("changed_discrepancies") == [], "the new file fails as the old one did"


def test_one_file_takes_the_place_of_one(before, now, changed):
    put_document(before, "old", "水利局")
    put_document(before, "older", "水利局")
    put_document(now, "new", "水利局")
    assert changes(changed("changed_documents"), "document_id", "previous_document_id") == [
        ("gone", None, "older"),
        ("replaced", "new", "old"),
    ]


def test_a_document_that_facts_no_longer_count_is_listed(before, now, changed):
    put_document(before, "water", "水利局")
    put_document(before, "school", "教育局", counted=False)
    put_document(now, "water", "水利局", counted=False)
    put_document(now, "school", "教育局")
    assert changes(changed("changed_documents"), "document_id") == [
        ("counted", "school"),
        ("no_longer_counted", "water"),
    ]


def test_amounts_states_and_figures_that_another_reading_changed(before, now, changed):
    put_document(before, "water", "水利局", project=None)
    put_document(now, "water", "水利局", basic="60.10", level="accepted")
    put_document(before, "school", "教育局", status="disputed")
    put_document(now, "school", "教育局", level=None)
    figures = changed("changed_figures")
    assert changes(figures, "department_name", "row_label", "previous_status", "status") == [
        ("amount", "水利局", "basic", "proven", "proven"),
        ("appeared", "水利局", "project", None, "proven"),
        ("status", "教育局", "basic", "disputed", "proven"),
        ("status", "教育局", "project", "disputed", "proven"),
    ]
    (amount,) = [row for row in figures if row["change"] == "amount"]
    assert amount["amount_yuan"] - amount["previous_amount_yuan"] == Decimal(1000)
    assert changes(
        changed("changed_discrepancies"), "department_name", "why", "previous_level", "level"
    ) == [
        ("judged_otherwise", "水利局", "judged_anew", "violation", "accepted"),
        ("settled", "教育局", "judged_anew", "violation", None),
    ]
    (quality,) = [row for row in changed("changed_quality") if row["kind"] == "all"]
    assert (quality["previous_proven_count"], quality["proven_count"]) == (3, 4)
    assert quality["previous_proven_ratio"] == Decimal("0.75")


def test_the_same_words_twice_in_a_replaced_document_are_told_apart_by_their_order(
    before, now, changed
):
    put_document(before, "old", "水利局")
    put_document(now, "new", "水利局")
    for state, name, amount in ((before, "old", "7"), (now, "new", "8")):
        state.execute(
            "insert into marts.fct_disclosed_figures values "
            "(? || '-again', ?, 1, '支出决算表', 'expenditure', '', 9, 1, '决算数', '', 'basic', "
            "'total', ?, ?, '万元', 3, null, 'proven')",
            [name, name, amount, amount],
        )
    assert changes(changed("changed_figures"), "previous_figure_id", "figure_id") == [
        ("amount", "old-again", "new-again")
    ]


def test_a_release_of_another_version_is_said_to_lack_what_it_lacks(before, now, tmp_path):
    before.execute("alter table marts.dim_documents drop column superseded_by_document_id")
    before.execute("drop table marts.fct_document_quality")
    list(export_files(before, list_marts(before), tmp_path, FileFormat.PARQUET))
    assert missing_columns(now, tmp_path) == [
        "dim_documents.superseded_by_document_id",
        "fct_document_quality.parquet",
    ]


def test_changes_are_tables_that_can_be_exported(before, now, changed, tmp_path):
    put_document(before, "water", "水利局")
    changed("changed_documents")
    tables = list(export_files(now, change_tables(now), tmp_path / "changes", FileFormat.CSV))
    assert {table.name: table.row_count for table in tables} == {
        "changed_documents": 1, "changed_figures": 0, "changed_discrepancies": 1,
        "changed_quality": 2,
    }  # fmt: skip
    assert set(COMPARED) == {mart.name for mart in list_marts(now)}
