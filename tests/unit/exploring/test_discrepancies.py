"""Discrepancies leave as CSV and JSON without losing a digit."""

import csv
import json
from dataclasses import fields, replace
from io import StringIO

from pipelines.exploring.csv_text import BYTE_ORDER_MARK, as_csv
from pipelines.exploring.discrepancies import Discrepancy, as_json
from tests.unit.exploring.test_rendering import DISCREPANCY


def test_csv_has_a_header_and_plain_decimals():
    text = as_csv(Discrepancy, [DISCREPANCY])
    assert text.startswith(BYTE_ORDER_MARK)
    (row,) = csv.DictReader(StringIO(text.removeprefix(BYTE_ORDER_MARK)))
    assert list(row) == [field.name for field in fields(Discrepancy)]
    assert (row["left_yuan"], row["file_name"]) == ("120000.000000", "某县[水利]局决算.pdf")


def test_no_discrepancies_are_a_header_and_an_empty_array():
    assert as_csv(Discrepancy, []).count("\n") == 1
    assert json.loads(as_json([])) == []


def test_a_side_of_which_nothing_is_printed_is_empty_and_null():
    absent = replace(DISCREPANCY, left_yuan=None)
    text = as_csv(Discrepancy, [absent]).removeprefix(BYTE_ORDER_MARK)
    (row,) = csv.DictReader(StringIO(text))
    assert (row["left_yuan"], row["right_yuan"]) == ("", "110000.000000")
    assert json.loads(as_json([absent]))[0]["left_yuan"] is None


def test_json_keeps_money_as_text_and_chinese_readable():
    text = as_json([DISCREPANCY])
    assert json.loads(text)[0]["difference_yuan"] == "10000.000000"
    assert "某县" in text
