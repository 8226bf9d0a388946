"""Files of marts: every mart, whole, the same for the same rows, and no text that runs."""

import csv
from pathlib import Path

import duckdb
import pytest

from pipelines.exploring.csv_text import BYTE_ORDER_MARK
from pipelines.exploring.exporting.files import FileFormat, export_files
from pipelines.exploring.exporting.tables import ExportError, list_marts
from tests.unit.exploring.exporting.conftest import HOSTILE, PLAIN

FACTS = "fct_three_public_expenses"


def exported(marts: duckdb.DuckDBPyConnection, folder: Path, file_format: FileFormat, *names: str):
    return list(export_files(marts, list_marts(marts, names), folder, file_format))


def test_csv_texts_are_no_formulas_and_numbers_stay(marts, tmp_path):
    (table,) = exported(marts, tmp_path, FileFormat.CSV, FACTS)
    assert (table.name, table.row_count) == (FACTS, 13)
    with table.path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["item"] for row in rows} == {*(f"'{text}" for text in HOSTILE), *PLAIN, "long"}
    assert {row["tags"] for row in rows} == {'["a","b"]', ""}
    assert {row["amount_yuan"] for row in rows} == {"1234.500000", "123456789012345678.250000"}


def test_csv_begins_with_the_bytes_by_which_excel_knows_utf_8(marts, tmp_path):
    for table in exported(marts, tmp_path, FileFormat.CSV):
        text = table.path.read_text(encoding="utf-8")
        assert text.startswith(BYTE_ORDER_MARK)
        assert text.count(BYTE_ORDER_MARK) == 1


def test_parquet_is_the_mart_as_it_is(marts, tmp_path):
    exported(marts, tmp_path / "new" / "folder", FileFormat.PARQUET)
    written = tmp_path / "new" / "folder" / f"{FACTS}.parquet"
    query = "select * from {} order by all"
    assert (
        marts.execute(query.format(f"'{written}'")).fetchall()
        == marts.execute(query.format(f"marts.{FACTS}")).fetchall()
    )
    assert not list(written.parent.glob(".*"))


@pytest.mark.parametrize("file_format", FileFormat)
def test_the_order_of_the_rows_in_the_warehouse_does_not_matter(marts, tmp_path, file_format):
    (first,) = exported(marts, tmp_path / "first", file_format, FACTS)
    marts.execute(f"create or replace table marts.{FACTS} as from marts.{FACTS} order by item desc")
    (second,) = exported(marts, tmp_path / "second", file_format, FACTS)
    assert first.path.read_bytes() == second.path.read_bytes()


def test_a_table_that_does_not_exist_is_named_with_those_that_do(marts):
    with pytest.raises(ExportError, match=r"no table fct_x; there are dim_bodies"):
        list_marts(marts, ["fct_x", FACTS])


def test_a_folder_that_cannot_be_made_is_named(marts, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ExportError, match="file"):
        exported(marts, tmp_path / "file" / "below", FileFormat.CSV)
