"""Exports of the sample documents, as other programs open them."""

from pathlib import Path

import openpyxl
import pytest
from frictionless import Package, validate

from tests.e2e.conftest import SampleWarehouse
from tests.e2e.sample_run import juesuan
from tests.e2e.test_cli import rows

MARTS = "select table_name from duckdb_tables() where schema_name = 'marts' order by table_name"


def exported(samples: SampleWarehouse, folder: Path, layout: str, **variables: str) -> None:
    answer = juesuan("export", folder, "--format", layout, "--warehouse", samples.path, **variables)
    assert (answer.exit_code, answer.complaints) == (0, "")


def test_every_resource_of_the_data_package_is_valid(samples: SampleWarehouse, tmp_path):
    exported(samples, tmp_path, "datapackage")
    report = validate(tmp_path / "datapackage.json")
    assert report.flatten(["taskNumber", "rowNumber", "type", "note"]) == []
    package = Package(tmp_path / "datapackage.json")
    assert package.resource_names == [name for (name,) in rows(samples.path, MARTS)]
    for resource in package.resources:
        ((count,),) = rows(samples.path, f"select count(*) from marts.{resource.name}")
        assert resource.custom["rowCount"] == count


@pytest.fixture(scope="module")
def workbook(samples: SampleWarehouse, tmp_path_factory) -> openpyxl.Workbook:
    folder = tmp_path_factory.mktemp("workbook")
    exported(samples, folder, "xlsx", JUESUAN_LANG="en")
    assert [path.name for path in folder.glob("[!.]*")] == ["juesuan.xlsx"]
    return openpyxl.load_workbook(folder / "juesuan.xlsx")


def test_the_contents_lead_to_every_sheet_and_count_its_rows(workbook):
    contents = {row[0].value: row for row in workbook["contents"].iter_rows(min_row=2)}
    for sheet in workbook.worksheets[1:]:
        row = contents[sheet.title]
        assert row[0].hyperlink.location == f"'{sheet.title}'!A1"
        assert row[2].value == sheet.max_row - 1


def test_amounts_add_up_in_the_workbook_as_in_the_warehouse(samples, workbook):
    sheet = workbook["fct_three_public_expenses"]
    headings = [cell.value for cell in sheet[1]]
    at = headings.index("actual_yuan")
    amounts = [row[at].value or 0 for row in sheet.iter_rows(min_row=2)]
    ((total,),) = rows(samples.path, "select sum(actual_yuan) from marts.fct_three_public_expenses")
    assert sum(amounts) == pytest.approx(float(total), abs=1e-6)


def test_every_row_of_three_public_expenses_says_whose_it_is_and_where_it_is_printed(workbook):
    sheet = workbook["fct_three_public_expenses"]
    headings = [cell.value for cell in sheet[1]]
    for name in ("department_name", "fiscal_year", "place", "file_name"):
        at = headings.index(name)
        assert all(row[at].value for row in sheet.iter_rows(min_row=2)), name


def test_no_cell_is_a_formula_or_an_error(workbook):
    kinds = {cell.data_type for sheet in workbook for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "b", "d"}
