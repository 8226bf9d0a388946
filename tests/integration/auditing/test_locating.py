"""What a document's identities say of an error, taken from the tables that dbt leaves.

Tables of a few rows instead of a build: which terms and checks take part is what is tested.
"""

from collections.abc import Iterator

import duckdb
import pytest

from pipelines.auditing.audits import locate_in_documents

TABLES = """
    create schema staging;
    create schema intermediate;
    create table staging.figures as select
        'doc' as document_id, figure_id, 'form' as form, amount_text, '万元' as printed_unit,
        2 as printed_scale, 0 as column_index,
        cast(amount_text as decimal(24, 6)) * 10000 as amount_yuan
    from (values ('total', '10.00'), ('part', '4.00'), ('rest', '5.00'), ('copy', '9.00'))
        as figures (figure_id, amount_text);
    create table staging.claims (
        document_id varchar, claim_id varchar, unit varchar, kind varchar, value decimal(24, 6),
        printed_scale integer
    );
    create table staging.second_readings (
        document_id varchar, figure_id varchar, outcome varchar
    );
    create table intermediate.int_identity_terms__resolved as select
        'doc' as document_id, 'doc' as source_id, identity_id, '' as scope_key, term_key, side,
        1 as sign, figure_id,
        amount * 10000 as amount_yuan, cast(amount as varchar) as amount_text,
        50 as half_step_yuan, 'form' as form, '' as section,
        figure_id as measure, 0 as row_index
    from (values
        ('sum', '', 'left', 'total', 10.00), ('sum', '', 'right', 'part', 4.00),
        ('sum', '', 'right', 'rest', 5.00),
        ('stated', 'as the copy', 'left', 'total', 10.00),
        ('stated', 'as the copy', 'right', 'copy', 9.00),
        ('stated', 'as the part', 'left', 'total', 10.00),
        ('stated', 'as the part', 'right', 'part', 4.00)
    ) as terms (identity_id, term_key, side, figure_id, amount);
    create table intermediate.int_identities__evaluated as select * from (values
        ('doc', 'sum', '', '', false), ('doc', 'stated', '', 'as the copy', false)
    ) as evaluated (document_id, identity_id, scope_key, term_key, is_truncating);
    create table intermediate.int_identity_checks__attributed as select
        'doc' as document_id, identity_id as check_id, identity_id, '' as scope_key,
        '=' as relation, 'hard' as severity, 'violation' as tier
    from (values ('sum'), ('stated')) as checks (identity_id);
"""


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(TABLES)
        yield connection


def test_a_statement_is_held_to_the_way_that_it_was_judged_by(warehouse):
    ((_, (fault,), _),) = locate_in_documents(warehouse, ["doc"])
    (culprit,) = fault.explanations[0].culprits
    assert fault.is_located
    assert (culprit.key, str(culprit.suggested)) == ("total", "9.00")
