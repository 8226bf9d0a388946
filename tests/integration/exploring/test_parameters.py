"""Parameters of queries: whatever a person writes stays a value, and pandas stays where it is."""

import subprocess
import sys
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.exploring.marts import select_rows

VALUES = st.one_of(st.none(), st.booleans(), st.integers(-(2**60), 2**60), st.text())


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect() as opened:
        yield opened


@given(text=st.text(), listed=st.lists(st.text(), min_size=1), other=VALUES)
def test_what_is_given_is_what_is_asked(connection, text, listed, other):
    named = {"text": text, "listed": listed, "other": other}
    query = "select $text as a, $listed as b, $other as c, 'a ? in a text' as d"
    assert select_rows(connection, query, named) == [
        {"a": text, "b": listed, "c": other, "d": "a ? in a text"}
    ]


@given(text=st.text())
def test_positions_count_as_well_as_names(connection, text):
    assert select_rows(connection, "select ? as a, ? as b", [text, 2]) == [{"a": text, "b": 2}]


def test_decimals_keep_every_digit(connection):
    amount = Decimal("12345678901234567.123456")
    assert select_rows(connection, "select ? as a", [amount]) == [{"a": amount}]


def test_what_has_no_literal_is_refused(connection):
    with pytest.raises(TypeError, match="has no literal"):
        select_rows(connection, "select ?", [1.5])


def test_a_parameter_does_not_cost_an_import_of_pandas():
    script = """
import sys, duckdb
from pipelines.exploring.marts import select_rows
select_rows(duckdb.connect(), "select ? as a", ["x"])
print("pandas" in sys.modules)
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
