-- Grain: one row per document, identity, scope key, form key and term key that reaches over what
-- was not read for certain, with the first doubt.
{{ config(materialized='ephemeral') }}
with

signed as not materialized (

    select * from {{ ref('int_identity_terms__resolved') }}
    where side in ('left', 'right')

),

-- A row of which a printed number could not be used: a blank there may be no blank, and columns
-- that do not add up may lack the one that was refused.
reaching_rows as (

    select
        signed.document_id,
        signed.identity_id,
        signed.scope_key,
        signed.form_key,
        signed.term_key,
        signed.form,
        signed.row_index,
        any_value(rows_in_doubt.doubt) as doubt
    from signed
    inner join {{ ref('int_form_rows__in_doubt') }} as rows_in_doubt
        on
            signed.source_id = rows_in_doubt.document_id
            and signed.form = rows_in_doubt.form
            and signed.section = rows_in_doubt.section
            and signed.row_index = rows_in_doubt.row_index
            and rows_in_doubt.measure in ('', signed.measure)
    group by all
    having
        count(*) filter (where rows_in_doubt.measure = '') > 1
        or count(signed.figure_id) < count(*)

),

first_codes_in_doubt as (

    select
        document_id,
        form,
        section,
        arg_min(doubt, row_index) as doubt
    from {{ ref('int_form_codes__in_doubt') }}
    group by document_id, form, section

),

doubts as (

    select
        *,
        1 as doubt_rank
    from reaching_rows
    union all by name
    -- Rows of a form found by codes, of which one cannot be right: the amount of its row is missing
    -- somewhere, or counted twice.
    select
        signed.document_id,
        signed.identity_id,
        signed.scope_key,
        signed.form_key,
        signed.term_key,
        codes.doubt as form,
        codes.doubt,
        2 as doubt_rank
    from signed
    inner join first_codes_in_doubt as codes
        on
            signed.source_id = codes.document_id
            and signed.form = codes.form
            and signed.section = codes.section
    where signed.is_by_code

)

select
    document_id,
    identity_id,
    scope_key,
    form_key,
    term_key,
    arg_min(doubt, (doubt_rank, form, row_index)) as doubt
from doubts
group by document_id, identity_id, scope_key, form_key, term_key
