"""Sums over the sample documents count no money twice, where a department's units publish too."""

from decimal import Decimal

import duckdb
import pytest

from tests.e2e.conftest import SampleWarehouse
from tests.forge.samples import FISHING_PORTS, PORT_PICTURES, samples

FEN_PER_YUAN = 100
# Printed in 万元 with two decimals.
HALF_STEP_YUAN = 50
SPENT = """
    select {sums}
    from marts.fct_expenditure_by_function as facts
    inner join marts.dim_disclosures as disclosures using (document_id)
    inner join marts.dim_bodies as bodies on facts.body_id = bodies.body_id
    where
        facts.basis = 'all_funds'
        and facts.component = 'total'
        and facts.level = 'total'
        and list_contains(?, bodies.body_name)
"""
NAMES = [FISHING_PORTS.name, PORT_PICTURES.name]


@pytest.fixture(scope="module")
def warehouse(samples: SampleWarehouse) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(samples.path), read_only=True)


def spent_by_the_department() -> Decimal:
    """What its books say, in yuan."""
    (books,) = (each.ledger for each in samples() if each.ledger.department == FISHING_PORTS)
    return Decimal(books.spending) / FEN_PER_YUAN


def test_what_adds_up_is_what_the_department_spent(warehouse):
    sums = "sum(amount_yuan) filter (where adds_up), sum(amount_yuan), count(*)"
    adding, everything, count = warehouse.execute(SPENT.format(sums=sums), [NAMES]).fetchone()
    assert count == 3
    assert abs(adding - spent_by_the_department()) <= HALF_STEP_YUAN
    # The department's, its own and its unit's: all of it twice, but for rounding.
    assert abs(everything - 2 * spent_by_the_department()) <= 3 * HALF_STEP_YUAN


def test_a_department_and_its_own_unit_are_two_bodies_of_one_name(warehouse):
    assert warehouse.execute(
        """
        select scope, count(distinct body_id), count(distinct department_id) over ()
        from marts.dim_bodies
        where body_name = ?
        group by scope, department_id
        order by scope
        """,
        [FISHING_PORTS.name],
    ).fetchall() == [("department", 1, 1), ("unit", 1, 1)]


def test_what_is_left_out_says_why_and_whose_it_is(warehouse):
    found = warehouse.execute(
        """
        select
            bodies.body_name,
            disclosures.scope,
            disclosures.department_told_by,
            disclosures.not_added_reason,
            holding.body_name
        from marts.dim_disclosures as disclosures
        inner join marts.dim_bodies as bodies using (body_id)
        left join marts.dim_bodies as holding
            on disclosures.department_body_id = holding.body_id
        where list_contains(?, bodies.body_name)
        """,
        [NAMES],
    ).fetchall()
    name, pictures = NAMES
    assert sorted(found, key=str) == sorted(
        [
            (name, "department", None, None, None),
            (name, "unit", "same_name", "in_department", name),
            (pictures, "unit", "listed", "in_department", name),
        ],
        key=str,
    )
