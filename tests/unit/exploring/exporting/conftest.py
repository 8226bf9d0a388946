"""A warehouse of a few rows with what exports have trouble with: formulas, long numbers, lists."""

import duckdb
import pytest

HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1+1"]
PLAIN = ["-12.30", "+5", "-1,234.50", "12%", "https://a.example", "决算"]
LONG_AMOUNT = "123456789012345678.25"
MARTS = """
    create schema marts;
    create schema staging;
    create schema reference;
    create table reference.columns as
    from (
        values
            (null, 'kind', '公开类别', 'document_kind'), (null, 'item', '项目', 'item'),
            (null, 'place', '位置', null), ('dim_labels', 'kind', null, '-')
    ) as each (table_name, column_name, name_zh, label_kind);
    create table marts.dim_labels as
    select
        'document_kind' as kind, 'final_accounts' as key, '决算' as zh, 'final accounts' as en,
        '' as definition_zh, '' as definition_en, 1 as position
    union all select 'item', 'long', '长', 'long one', '', '', 1
    union all select
        'table', 'fct_three_public_expenses', '三公经费', 'three public expenses', '', '', 1;
    create table staging.files (
        file_name varchar, file_path varchar, sha256 varchar, status varchar, message varchar
    );
    insert into staging.files values
        ('one.pdf', 'a.zip!/one.pdf', 'aa', 'read', ''),
        ('scan.pdf', 'a.zip!/scan.pdf', 'ee', 'rejected', 'every page is a picture');
    create table marts.dim_bodies as
    select 'b1' as body_id, '某县水利局' as body_name, 'department' as scope,
        'd1' as department_id, '110101' as region_code, '某省某县' as region_name
    union all select 'b2', '某县教育局', 'department', 'd2', '110101', '某省某县';
    create table staging.builds (built_at timestamp);
    create table marts.dim_disclosures as select 'one' as document_id, true as adds_up;
    create table marts.dim_documents (
        document_id varchar, file_name varchar, file_path varchar, file_kind varchar,
        page_count integer, body_id varchar, department_name varchar, region_name varchar,
        fiscal_year integer, kind varchar, scope varchar, figure_count integer,
        is_identified boolean, is_quarantined boolean, is_counted boolean,
        is_template boolean,
        preferred_document_id varchar,
        superseded_by_document_id varchar, announcement_title varchar, url varchar, site varchar,
        published_date date, first_seen_at timestamp, sha256 varchar
    );
    insert into marts.dim_documents
    select
        id, file_name, 'a.zip!/' || file_name, 'pdf', 9, body_id, name, '某省某县', 2023,
        'final_accounts', 'department', 5, is_identified, is_quarantined, is_counted,
        is_template, preferred, superseded, '公告', 'https://a.example/' || id, 'a',
        date '2024-08-01',
        timestamp '2024-08-02 03:04:05', sha
    from (
        values
            ('one', 'one.pdf', 'b1', '某县水利局', true, false, true, false, 'one', null, 'aa'),
            ('two', 'two.pdf', 'b2', '某县教育局', true, true, false, false, 'two', null, 'bb'),
            ('old', 'old.pdf', 'b1', '某县水利局', true, false, false, false, 'one', 'one', 'cc'),
            ('copy', 'copy.pdf', 'b1', '某县水利局', true, false, false, false, 'one', null, 'dd'),
            ('none', 'none.pdf', null, '', false, false, false, false, 'none', null, 'ff'),
            ('blank', 'blank.pdf', null, '', false, false, false, true, 'blank', null, '99')
    ) as each (
        id, file_name, body_id, name, is_identified, is_quarantined, is_counted, is_template,
        preferred, superseded, sha
    );
    create table marts.fct_disclosed_figures as
    select 'f' || number as figure_id, 3 as page, null::varchar as cell_path
    from range(20) as numbers (number);
    create table marts.fct_narrative_claims as
    select 'c1' as claim_id, null::integer as page, 'body/p[1]' as cell_path;
    create table marts.fct_three_public_expenses (
        document_id varchar, item varchar, amount_yuan decimal(24, 6), used_percent decimal(24, 6),
        proven_ratio decimal(9, 6), guest_count integer, asset_count decimal(24, 6),
        is_planned boolean, tags varchar[], actual_figure_id varchar, claim_id varchar
    );
    comment on table marts.fct_three_public_expenses is '三公经费 each item';
    comment on column marts.fct_three_public_expenses.item is '项目 the item';
"""


@pytest.fixture
def marts() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    connection.execute(MARTS)
    insert = "insert into marts.fct_three_public_expenses values ({})".format(
        "?, ?, ?, 140.85, 0.5, 1234, 4, true, ['a', 'b'], ?, null"
    )
    for number, text in enumerate([*HOSTILE, *PLAIN]):
        connection.execute(insert, ["one", text, "1234.5", f"f{number}"])
    connection.execute(
        "insert into marts.fct_three_public_expenses values "
        f"('two', 'long', {LONG_AMOUNT}, null, null, null, 2.5, null, null, null, 'c1')"
    )
    return connection
