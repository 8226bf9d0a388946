"""The workbook: one file that opens well, loses nothing, and runs nothing."""

from decimal import Decimal

import duckdb
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.domain.languages import Language
from pipelines.exploring.exporting.tables import list_marts
from pipelines.exploring.exporting.workbook import export_workbook
from tests.unit.exploring.exporting.conftest import HOSTILE, LONG_AMOUNT, PLAIN

FACTS = "fct_three_public_expenses"


@pytest.fixture
def opened(marts, tmp_path):
    """Writes a workbook and opens it as another program does."""

    def write_and_open(language: Language = Language.EN, **options: object) -> openpyxl.Workbook:
        path = tmp_path / "new" / "book.xlsx"
        export_workbook(marts, list_marts(marts), path, language, **options)
        assert [each.name for each in path.parent.iterdir()] == ["book.xlsx"]
        return openpyxl.load_workbook(path)

    return write_and_open


def column(sheet: Worksheet, heading: str) -> list[object]:
    headings = [cell.value for cell in sheet[1]]
    at = headings.index(heading) + 1
    return [sheet.cell(row, at) for row in range(2, sheet.max_row + 1)]


def values(sheet: Worksheet, heading: str) -> list[object]:
    return [cell.value for cell in column(sheet, heading)]


def test_it_has_contents_then_facts_then_references_dictionary_and_sources(opened):
    assert opened().sheetnames == [
        "contents", FACTS, "dim_bodies", "dim_disclosures", "dictionary", "sources",
    ]  # fmt: skip
    assert opened(Language.ZH).sheetnames[:2] == ["目录", "三公经费"]


def test_texts_stay_texts_and_numbers_are_shown_as_what_they_are(opened):
    sheet = opened()[FACTS]
    items = column(sheet, "item")
    assert {cell.value for cell in items} == {*HOSTILE, *PLAIN, "long one"}
    assert {cell.data_type for cell in items} == {"s"}
    row = {cell.value: sheet.cell(3, cell.column) for cell in sheet[1]}
    assert (row["amount_yuan"].value, row["amount_yuan"].number_format) == (
        1234.5, "#,##0.00####",
    )  # fmt: skip
    assert (row["used_percent"].value, row["used_percent"].number_format) == (
        140.85, '0.00####"%"',
    )  # fmt: skip
    assert row["proven_ratio"].number_format == "0.00%"
    assert (row["guest_count"].value, row["guest_count"].number_format) == (1234, "#,##0")
    assert row["fiscal_year"].number_format == "0"
    assert row["is_planned"].value is True


def test_decimals_in_a_column_of_whole_numbers_are_shown(opened):
    shown = {cell.value: cell.number_format for cell in column(opened()[FACTS], "asset_count")}
    assert shown == {4: "#,##0", 2.5: "#,##0.00####"}


def test_amounts_that_excel_would_change_are_texts_and_the_contents_say_so(opened):
    book = opened()
    amounts = values(book[FACTS], "amount_yuan")
    assert LONG_AMOUNT in amounts
    assert Decimal(str(amounts[1])) == Decimal("1234.5")
    assert "1 numbers of more than 15 digits" in book["contents"]["D2"].value


def test_rows_say_whose_they_are_and_where_they_are_printed(opened):
    sheet = opened()[FACTS]
    headings = [cell.value for cell in sheet[1]]
    assert headings[:6] == [
        "region_name", "department_name", "fiscal_year", "kind", "scope", "adds_up",
    ]  # fmt: skip
    assert headings[-4:] == ["file_name", "document_id", "actual_figure_id", "claim_id"]
    assert set(values(sheet, "department_name")) == {"某县水利局", "某县教育局"}
    assert set(values(sheet, "place")) == {"page 3", "body/p[1]"}
    assert sheet.cell(2, 2).value == "某县教育局", "sorted by whose"


def test_the_header_stays_the_filter_covers_all_and_chinese_has_room(opened):
    sheet = opened()[FACTS]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    width = sheet.column_dimensions["B"].width
    assert width >= 2 * len("某县水利局")
    assert all(each.width <= 50 for each in sheet.column_dimensions.values())


def test_a_long_table_goes_on_in_further_sheets_and_nothing_is_lost(opened):
    book = opened(rows_of_a_sheet=6)
    parts = [FACTS, f"{FACTS} (2)", f"{FACTS} (3)"]
    assert book.sheetnames[1:4] == parts
    items = [item for part in parts for item in values(book[part], "item")]
    assert sorted(items) == sorted([*HOSTILE, *PLAIN, "long one"])
    assert [cell.value for cell in book["contents"]["D"]][1:4] == [
        "三公经费 each item; rows 1 to 5 of 13; 1 numbers of more than 15 digits, which Excel "
        "cannot keep, are texts",
        "三公经费 each item; rows 6 to 10 of 13; 1 numbers of more than 15 digits, which Excel "
        "cannot keep, are texts",
        "三公经费 each item; rows 11 to 13 of 13; 1 numbers of more than 15 digits, which Excel "
        "cannot keep, are texts",
    ]
    assert all(book[part].auto_filter.ref.startswith("A1:") for part in parts)


def test_a_text_that_no_cell_holds_is_cut_and_said_to_be(marts, opened):
    marts.execute(f"update marts.{FACTS} set item = repeat('字', 40000) where document_id = 'two'")
    book = opened()
    (longest,) = [text for text in values(book[FACTS], "item") if len(str(text)) > 100]
    assert (len(str(longest)), str(longest)[-1]) == (32_767, "…")
    assert "1 texts of more than 32,767 characters are cut" in book["contents"]["D2"].value


def test_the_dictionary_describes_every_column_of_every_mart(marts, opened):
    sheet = opened()["dictionary"]
    described = {(row[0].value, row[1].value): row for row in sheet.iter_rows(min_row=2)}
    for mart in list_marts(marts):
        for each in mart.columns:
            assert (mart.name, each.name) in described
    assert [cell.value for cell in described[FACTS, "item"][2:4]] == ["项目", "项目 the item"]
    assert described[FACTS, "amount_yuan"][4].value == "yuan"
    assert [cell.value for cell in described[FACTS, None][2:4]] == [
        "三公经费", "三公经费 each item",
    ]  # fmt: skip


def test_the_sources_say_what_counts_and_why_the_rest_does_not(opened):
    sheet = opened()["sources"]
    paths = zip(values(sheet, "file_name"), values(sheet, "file_path"), strict=True)
    assert all(path == f"a.zip!/{name}" for name, path in paths)
    reasons = dict(zip(values(sheet, "file_name"), values(sheet, "reason"), strict=True))
    assert reasons == {
        "one.pdf": "counted",
        "two.pdf": "not counted: it fails a check, and no second reading confirms the print",
        "old.pdf": "not counted: a newer file took its place at its address",
        "copy.pdf": "not counted: another file of the same disclosure counts: one.pdf",
        "none.pdf": "not counted: it does not say whose it is, or of which year",
        "blank.pdf": "not counted: a blank template",
        "scan.pdf": "not read: every page is a picture",
    }
    row = {cell.value: sheet.cell(4, cell.column) for cell in sheet[1]}
    assert row["sha256"].value
    assert row["url"].value.startswith("https://a.example/")
    assert row["published_date"].number_format == "yyyy-mm-dd"


def test_marts_for_programs_are_left_out_with_their_size_unless_asked_for(marts, opened, tmp_path):
    contents = opened()["contents"]
    said = {row[0].value: (row[2].value, row[3].value) for row in contents.iter_rows(min_row=2)}
    assert said["fct_disclosed_figures"][0] == 20
    assert "--table" in said["fct_disclosed_figures"][1]
    chosen = list_marts(marts, ["fct_disclosed_figures"])
    path = tmp_path / "chosen.xlsx"
    export_workbook(marts, chosen, path, Language.EN, is_chosen=True)
    assert openpyxl.load_workbook(path)["fct_disclosed_figures"].max_row == 21


def test_the_same_rows_make_the_same_bytes(marts, tmp_path):
    def written(name: str, connection: duckdb.DuckDBPyConnection) -> bytes:
        path = tmp_path / name
        export_workbook(connection, list_marts(connection), path, Language.ZH)
        return path.read_bytes()

    assert written("first.xlsx", marts) == written("second.xlsx", marts)


def test_canonical_names_are_called_as_people_call_them_in_either_language(opened):
    sheet = opened(Language.ZH)["三公经费"]
    assert set(values(sheet, "公开类别")) == {"决算"}
    assert "长" in values(sheet, "项目")
    assert set(values(sheet, "位置")) == {"第 3 页", "body/p[1]"}
    assert "长" not in values(opened(Language.EN)[FACTS], "item")
    labels = opened(Language.ZH, is_chosen=True)["dim_labels"]
    kinds = values(labels, "公开类别")
    assert kinds == ["document_kind", "item", "table"], "its own kinds have no label"
