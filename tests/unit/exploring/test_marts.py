"""Values are written into queries so that DuckDB reads them back as they were."""

from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.exploring.marts import select_rows, with_values

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**31), 2**31 - 1),
    st.text(),
    st.text(alphabet="'\"?$-\\\0\n;ab"),
    st.lists(st.text(), min_size=1, max_size=3),
)


@given(st.lists(VALUES, min_size=1, max_size=4))
def test_values_come_back_by_position_and_by_name(values):
    with duckdb.connect(":memory:") as connection:
        query = "select '?' as mark, -- $name and ?\n" + ", ".join("?" for _ in values)
        (row,) = connection.execute(with_values(query, values)).fetchall()
        assert row == ("?", *values)
        named = {f"value_{'x' * number}": value for number, value in enumerate(values)}
        query = 'select 1 as "$mark?", ' + ", ".join(f"${name}" for name in reversed(named))
        (row,) = connection.execute(with_values(query, named)).fetchall()
        assert row == (1, *reversed(values))


def test_a_decimal_keeps_its_digits():
    with duckdb.connect(":memory:") as connection:
        (row,) = select_rows(connection, "select ? as value", [Decimal("1234567.890000")])
    assert row == {"value": Decimal("1234567.890000")}


@pytest.mark.parametrize("values", [[1], [1, 2, 3]], ids=["too few", "too many"])
def test_every_mark_needs_its_value(values):
    with pytest.raises(ValueError, match="argument"):
        with_values("select ?, ?", values)


def test_every_name_needs_its_value():
    with pytest.raises(KeyError, match="b"):
        with_values("select $a, $b", {"a": 1})
