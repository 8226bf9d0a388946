"""Tables as files: what is in them, and what a spreadsheet makes of it."""

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

from openpyxl import load_workbook
from pyarrow import parquet

from pipelines.exploring.answers.traced import NOT_PRINTED, Traced
from pipelines.serving.downloads import as_file
from pipelines.serving.sheets import (
    Column,
    Kind,
    Link,
    Row,
    Sheet,
    Worked,
    without_empty_columns,
)

SHEET = Sheet(
    "spent",
    "支出: 按/年 [一]",
    (
        Column("body", "部门"),
        Column("year", "年度", Kind.YEAR),
        Column("amount", "金额", Kind.AMOUNT),
        Column("growth", "增减", Kind.PERCENT),
        Column("published", "公布", Kind.DATE),
        Column("note", "备注"),
    ),
    (
        Row(
            (
                Link("=cmd()", "/department/a"),
                2023,
                Traced(Decimal("1234567.000000"), figure_id="f1"),
                Worked(Decimal(100) / 3),
                date(2024, 9, 1),
                None,
            )
        ),
        Row(("乙局", 2022, Traced(Decimal("0.000000"), claim_id="c1"), Worked(None), None, None)),
        Row(("丙局", None, NOT_PRINTED, None, None, None), is_quiet=True),
    ),
)


def test_csv_has_amounts_in_yuan_with_their_place_and_no_formula():
    answer = as_file([SHEET], "csv", "支出")
    assert bytes(answer.body).startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(bytes(answer.body).decode("utf-8-sig"))))
    assert rows[0][:5] == ["部门", "年度", "金额", "金额 figure_id", "金额 claim_id"]
    assert rows[1][:5] == ["'=cmd()", "2023", "1234567", "f1", ""]
    assert rows[2][:5] == ["乙局", "2022", "0", "", "c1"]
    assert rows[3] == ["丙局", "", "", "", "", "", "", ""]


def test_the_file_is_called_by_its_chinese_name():
    answer = as_file([SHEET], "csv", '支出"\n2023')
    assert answer.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''%E6%94%AF%E5%87%BA%22%0A2023.csv"
    )


def test_a_workbook_holds_texts_as_texts_and_amounts_as_numbers():
    workbook = load_workbook(BytesIO(as_file([SHEET, SHEET], "xlsx", "支出").body))
    assert workbook.sheetnames == ["1 支出  按 年  一 ", "2 支出  按 年  一 "]
    sheet = workbook.worksheets[0]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=cmd()", "s")
    assert sheet["C2"].value == 1234567
    assert sheet["C3"].value == 0
    assert sheet["C4"].value is None
    assert sheet.auto_filter.ref == "A1:H4"


def test_parquet_keeps_kinds():
    table = parquet.read_table(BytesIO(as_file([SHEET], "parquet", "支出").body))
    assert table.column_names[:5] == [
        "body",
        "year",
        "amount",
        "amount_figure_id",
        "amount_claim_id",
    ]
    first, second, third = table.to_pylist()
    assert first["amount"] == Decimal("1234567.000000")
    assert first["growth"] == Decimal("33.333333")
    assert first["published"] == date(2024, 9, 1)
    assert (second["amount"], third["amount"]) == (Decimal("0.000000"), None)


def test_columns_without_anything_are_left_out():
    kept = without_empty_columns(SHEET)
    assert [column.name for column in kept.columns] == [
        *("body", "year", "amount", "growth", "published"),
    ]
    assert {len(row.cells) for row in kept.rows} == {5}
    assert kept.quiet_count == 1
