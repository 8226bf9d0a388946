"""Basic expenditure by economic code: the whole, what it is made of, and the codes."""

from decimal import Decimal

import duckdb
import pytest

from pipelines.exploring.answers.finances import expenditure_by_economic_code

ROWS = {
    "components below": [
        ("now", None, "人员经费合计", "total", "personnel", 8),
        ("now", None, "公用经费合计", "total", "public", 2),
        ("now", "301", "工资福利支出", "lei", "total", 8),
        ("before", None, "人员经费合计", "total", "personnel", 4),
        ("before", None, "公用经费合计", "total", "public", 1),
    ],
    "one component": [
        ("now", None, "人员经费合计", "total", "personnel", 8),
        ("now", "301", "工资福利支出", "lei", "total", 8),
    ],
    "printed total": [
        ("now", None, "合计", "total", "total", 11),
        ("now", None, "人员经费", "total", "personnel", 8),
        ("now", None, "公用经费", "total", "public", 2),
    ],
    "columns": [
        ("now", None, "合计", "total", "total", 10),
        ("now", None, "合计", "total", "personnel", 8),
        ("now", None, "合计", "total", "public", 2),
        ("now", "301", "工资福利支出", "lei", "total", 8),
        ("now", "301", "工资福利支出", "lei", "personnel", 8),
    ],
}


@pytest.fixture
def lines(request):
    with duckdb.connect() as connection:
        connection.execute(
            "create schema marts; create table marts.fct_expenditure_by_economic_code "
            "(document_id varchar, economic_code varchar, economic_label varchar, level varchar, "
            "component varchar, amount_yuan decimal(24, 6), figure_id varchar, claim_id varchar, "
            "status varchar)"
        )
        connection.executemany(
            "insert into marts.fct_expenditure_by_economic_code "
            "values (?, ?, ?, ?, ?, ?, uuid(), null, 'proven')",
            ROWS[request.param],
        )
        yield expenditure_by_economic_code(connection, "now", "before")


@pytest.mark.parametrize("lines", ["components below"], indirect=True)
def test_the_whole_is_what_its_components_come_to_where_nobody_prints_it(lines):
    whole, personnel, public, code = lines
    assert (whole.level, whole.summed, whole.summed_before) == ("total", Decimal(10), Decimal(5))
    assert whole.growth == Decimal(100)
    assert not whole.is_nothing
    assert [(each.label, each.level) for each in (personnel, public)] == [
        ("personnel", "component"),
        ("public", "component"),
    ]
    assert (personnel.amount.value, personnel.before.value) == (Decimal(8), Decimal(4))
    assert personnel.amount.figure_id
    assert (code.code, code.amount.value, set(code.parts)) == ("301", Decimal(8), {"total"})


@pytest.mark.parametrize("lines", ["one component"], indirect=True)
def test_of_one_component_no_whole_is_made(lines):
    assert [(each.level, each.amount.value, each.summed) for each in lines] == [
        ("component", Decimal(8), None),
        ("lei", Decimal(8), None),
    ]


@pytest.mark.parametrize("lines", ["printed total"], indirect=True)
def test_a_printed_whole_stays_as_it_is_printed(lines):
    assert [(each.level, each.amount.value, each.summed) for each in lines] == [
        ("total", Decimal(11), None),
        ("component", Decimal(8), None),
        ("component", Decimal(2), None),
    ]


@pytest.mark.parametrize("lines", ["columns"], indirect=True)
def test_components_of_every_code_stay_columns(lines):
    assert [(each.level, sorted(each.parts)) for each in lines] == [
        ("total", ["personnel", "public", "total"]),
        ("lei", ["personnel", "total"]),
    ]
