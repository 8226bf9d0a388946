"""Values reach DuckDB exactly as they are."""

from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.warehouse.rows import UnstorableValueError, insert_rows

storable = st.decimals(
    min_value=Decimal("-999999999999999999.999999"),
    max_value=Decimal("999999999999999999.999999"),
    places=6,
)


@pytest.fixture
def connection():
    with duckdb.connect(":memory:") as opened:
        opened.execute("create table t (amount decimal(24, 6), text varchar, box double)")
        yield opened


@given(st.lists(storable, min_size=1, max_size=5))
def test_money_comes_back_to_the_last_digit(amounts):
    with duckdb.connect(":memory:") as connection:
        connection.execute("create table t (amount decimal(24, 6))")
        insert_rows(connection, "t", [{"amount": amount} for amount in amounts])
        found = connection.execute("select amount from t order by rowid").fetchall()
    assert [amount for (amount,) in found] == amounts


def test_an_amount_in_scientific_notation_is_stored_in_full(connection):
    insert_rows(connection, "t", [{"amount": Decimal("3.9E+6")}])
    assert connection.execute("select amount from t").fetchone() == (Decimal(3_900_000),)


@pytest.mark.parametrize("text", ["1E+18", "-1E+18", "0.0000001", "NaN", "Infinity"])
def test_what_cannot_be_stored_exactly_is_refused(connection, text):
    with pytest.raises(UnstorableValueError, match="amount"):
        insert_rows(connection, "t", [{"amount": Decimal(text)}])
    assert connection.execute("select count(*) from t").fetchone() == (0,)


def test_nothing_is_null_and_null_is_not_empty(connection):
    insert_rows(connection, "t", [{"text": "", "box": None}, {"text": None, "box": 1.5}])
    found = connection.execute("select text, box from t order by rowid").fetchall()
    assert found == [("", None), (None, 1.5)]


def test_half_a_character_from_a_broken_font_does_not_stop_the_load(connection):
    insert_rows(connection, "t", [{"text": "金\ud835额"}])
    assert connection.execute("select text from t").fetchone() == ("金\N{REPLACEMENT CHARACTER}额",)


@pytest.mark.parametrize("lists", [[()], [(), ("一、", "（一）")], [("金\ud835额",)]])
def test_a_list_comes_back_in_order_and_may_be_empty(connection, lists):
    connection.execute("create table l (path varchar[])")
    insert_rows(connection, "l", [{"path": texts} for texts in lists])
    found = connection.execute("select path from l order by rowid").fetchall()
    whole = [
        [text.replace("\ud835", "\N{REPLACEMENT CHARACTER}") for text in texts] for texts in lists
    ]
    assert [path for (path,) in found] == whole


def test_no_rows_are_no_statement(connection):
    insert_rows(connection, "no_such_table", [])
