"""What a document's identities say of an error, taken from the models that dbt gives auditing.

Tables of a few rows instead of a build. Which terms and checks take part is the models' own to
test, beside them in dbt_project/models/auditing.
"""

from collections.abc import Iterator

import duckdb
import pytest

from pipelines.auditing.audits import locate_in_documents

TABLES = """
    create schema staging;
    create schema intermediate;
    create table staging.stg_figures as select
        'doc' as document_id, figure_id, 'form' as form, '' as section, figure_id as measure,
        0 as row_index, amount_text, '万元' as printed_unit, 2 as printed_scale,
        0 as column_index,
        cast(amount_text as decimal(24, 6)) * 10000 as amount_yuan
    from (values ('total', '10.00'), ('part', '4.00'), ('rest', '5.00'), ('copy', '9.00'))
        as figures (figure_id, amount_text);
    create table staging.claims (
        document_id varchar, claim_id varchar, unit varchar, kind varchar, value decimal(24, 6),
        printed_scale integer
    );
    create table intermediate.int_amounts__bound as select
        'doc' as document_id, figure_id, amount * 10000 as amount_yuan, 50 as half_step_yuan,
        cast(amount as varchar) as amount_text, '万元' as unit, 'form' as form, '' as section,
        figure_id as measure, 0 as row_index, 0 as column_index, '' as outcome,
        false as is_cut_off, false as is_statement
    from (values ('total', 10.00), ('part', 4.00), ('rest', 5.00), ('copy', 9.00))
        as amounts (figure_id, amount);
    create table intermediate.int_equations__signed as select
        'doc' as document_id, check_id, '=' as relation, 'hard' as severity,
        'violation' as tier, figure_ids, signs
    from (values
        ('sum', ['total', 'part', 'rest'], [1, -1, -1]),
        ('stated', ['total', 'copy'], [1, -1])
    ) as equations (check_id, figure_ids, signs);
    create table staging.stg_form_rows as select
        'doc' as document_id, 'form' as form, '' as section, 0 as table_index, 0 as block,
        0 as row_index;
    create table intermediate.int_printings__equal (
        document_id varchar, figure_id varchar, family_id varchar
    );
    create table intermediate.int_equations__blank (
        document_id varchar, check_id varchar, form varchar, section varchar, measure varchar,
        row_index integer, sign integer
    );
"""
# Another form prints the total once more, and the same software wrote it.
PRINTED_AGAIN = """
    insert into intermediate.int_amounts__bound by name
    select * replace ('again' as figure_id, 'other' as form)
    from intermediate.int_amounts__bound where figure_id = 'total';
    insert into intermediate.int_equations__signed
    values ('doc', 'copied', '=', 'hard', 'exact', ['total', 'again'], [1, -1]);
    insert into intermediate.int_printings__equal
    values ('doc', 'total', 'again'), ('doc', 'again', 'again');
"""


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(TABLES)
        yield connection


def test_what_several_equations_deny_is_what_is_wrong(warehouse):
    ((_, (fault,), _),) = locate_in_documents(warehouse, ["doc"])
    (culprit,) = fault.explanations[0].culprits
    assert fault.is_located
    assert (culprit.key, str(culprit.suggested)) == ("total", "9.00")


def test_printings_of_one_quantity_are_wrong_together(warehouse):
    warehouse.execute(PRINTED_AGAIN)
    ((_, (fault,), _),) = locate_in_documents(warehouse, ["doc"])
    assert fault.is_located
    assert {
        (each.key, str(each.suggested), each.family) for each in fault.explanations[0].culprits
    } == {("total", "9.00", "again"), ("again", "9.00", "again")}
