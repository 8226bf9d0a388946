"""Exports: every mart, whole, and no text that a spreadsheet would run."""

import csv
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipelines.exploring.exporting import ExportError, ExportFormat, export_marts

HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "https://a.example", "决算"]
PLAIN = ["-12.30", "+5", "-1,234.50", "12%"]


@pytest.fixture
def marts() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    connection.execute("create schema marts")
    connection.execute(
        "create table marts.fct_a (label varchar, amount_yuan decimal(24, 6), day date, is_x bool)"
    )
    for text in [*HOSTILE, *PLAIN]:
        connection.execute(
            "insert into marts.fct_a values (?, 1234.5, date '2024-01-02', true)", [text]
        )
    connection.execute("insert into marts.fct_a values (null, 123456789012345678.25, null, null)")
    connection.execute("create table marts.dim_b as select 1 as id limit 0")
    return connection


def test_csv_texts_are_no_formulas_and_numbers_stay(marts, tmp_path):
    tables = list(export_marts(marts, tmp_path, ExportFormat.CSV))
    assert [(table.name, table.row_count) for table in tables] == [("dim_b", 0), ("fct_a", 12)]
    with (tmp_path / "fct_a.csv").open(encoding="utf-8", newline="") as lines:
        labels = [row["label"] for row in csv.DictReader(lines)]
    assert labels[:5] == [f"'{text}" for text in HOSTILE[:5]]
    assert labels[5:-1] == [*HOSTILE[5:], *PLAIN]


def test_workbooks_hold_texts_as_texts_and_money_as_numbers_that_fit(marts, tmp_path):
    list(export_marts(marts, tmp_path, ExportFormat.XLSX))
    sheet = openpyxl.load_workbook(tmp_path / "fct_a.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=2))
    assert [row[0].value for row in rows[:-1]] == [*HOSTILE, *PLAIN]
    assert {row[0].data_type for row in rows[:-1]} == {"s"}
    assert rows[0][1].value == 1234.5
    assert rows[-1][1].value == "123456789012345678.25"


def test_parquet_is_the_mart_as_it_is(marts, tmp_path):
    list(export_marts(marts, tmp_path / "new" / "folder", ExportFormat.PARQUET))
    written = tmp_path / "new" / "folder" / "fct_a.parquet"
    query = "select * from {} order by all"
    assert (
        marts.execute(query.format(f"'{written}'")).fetchall()
        == marts.execute(query.format("marts.fct_a")).fetchall()
    )
    assert not list(written.parent.glob(".*"))


def test_a_folder_that_cannot_be_made_is_named(marts, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ExportError, match="file"):
        list(export_marts(marts, Path(tmp_path / "file" / "below"), ExportFormat.CSV))
