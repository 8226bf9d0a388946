-- Grain: one row per document and form with a statement that declares this very form empty.
-- Catches: 本部门无“三公”经费，故本表为空表 below a form that prints amounts.
-- Lets pass: a statement on another form, or on none by name; printed zeros.
with

declared as (

    select distinct
        document_id,
        form,
        empty_statement
    from {{ ref('stg_forms') }}
    where empty_statement <> '' and list_contains(empty_statement_forms, form)

),

printed as (

    select
        document_id,
        form,
        count(*) as amount_count,
        {{ check_terms(row_index='row_index') }} as terms
    from {{ ref('stg_figures') }}
    where measure <> '' and amount_yuan <> 0
    group by document_id, form

)

select
    declared.document_id,
    'empty_note_holds' as identity_id,
    declared.form as scope_key,
    if(printed.amount_count is null, 'exact', 'violation') as tier,
    if(
        printed.amount_count is null,
        '',
        format('{} amounts above: {}', printed.amount_count, declared.empty_statement)
    ) as reason,
    printed.terms
from declared
left join printed
    on declared.document_id = printed.document_id and declared.form = printed.form
