-- Grain: one row per document and amount of the prose that a form which is printed repeats, with
-- what is printed there.
{{ config(materialized='ephemeral') }}
with

copies as (

    select identity_id
    from {{ ref('identities') }}
    where evidence = 'narrative' and relation = '=' and scope = 'claim'

),

said as (

    select
        resolved.document_id,
        resolved.identity_id,
        resolved.term_key,
        resolved.scope_key,
        resolved.figure_id as claim_id,
        resolved.amount_yuan
    from {{ ref('int_identity_terms__resolved') }} as resolved
    semi join copies on resolved.identity_id = copies.identity_id
    where resolved.side = 'left' and resolved.is_money and resolved.amount_yuan <> 0

),

cells as (

    select
        resolved.document_id,
        resolved.identity_id,
        resolved.term_key,
        resolved.scope_key,
        count(resolved.figure_id) as printed_count,
        bool_and(resolved.required = 'amount') as is_required
    from {{ ref('int_identity_terms__resolved') }} as resolved
    semi join copies on resolved.identity_id = copies.identity_id
    where resolved.side = 'right' and resolved.row_index is not null
    group by
        resolved.document_id, resolved.identity_id, resolved.term_key, resolved.scope_key

),

repeating_forms as (

    select distinct
        identity_id,
        coalesce(scope_key, '') as term_key,
        unnest(string_split(form, '|')) as form
    from {{ ref('identity_terms') }}
    where side = 'right'

),

-- What is printed of a form, wherever it is printed: perhaps in another part of the publication.
printed_forms as (

    select
        joined.document_id,
        joined.source_id,
        forms.form,
        bool_and(forms.accounted_count = forms.number_count) as is_whole,
        count(figures.figure_id) as figure_count
    from {{ ref('int_forms__joined') }} as joined
    inner join {{ ref('stg_forms') }} as forms
        on joined.source_id = forms.document_id and joined.form = forms.form
    left join {{ ref('stg_figures') }} as figures
        on
            forms.document_id = figures.document_id
            and forms.table_index = figures.table_index
    group by joined.document_id, joined.source_id, forms.form

),

doubted as (

    select distinct
        document_id,
        form
    from {{ ref('int_form_rows__in_doubt') }}

)

select
    said.document_id,
    said.claim_id,
    said.amount_yuan,
    bool_or(printed_forms.figure_count = 0) as is_form_empty,
    coalesce(bool_or(cells.printed_count = 0 and cells.is_required), false) as is_cell_blank,
    coalesce(bool_or(cells.printed_count > 0), false) as is_printed,
    bool_and(printed_forms.is_whole) and count(doubted.form) = 0 as is_whole,
    list(printed_forms.form order by printed_forms.form) as forms,
    list(printed_forms.form order by printed_forms.form)
    filter (where printed_forms.figure_count = 0) as empty_forms
from said
inner join repeating_forms
    on
        said.identity_id = repeating_forms.identity_id
        and said.term_key = repeating_forms.term_key
inner join printed_forms
    on
        said.document_id = printed_forms.document_id
        and repeating_forms.form = printed_forms.form
left join doubted
    on
        printed_forms.source_id = doubted.document_id
        and printed_forms.form = doubted.form
left join cells
    on
        said.document_id = cells.document_id
        and said.identity_id = cells.identity_id
        and said.term_key = cells.term_key
        and said.scope_key = cells.scope_key
group by said.document_id, said.claim_id, said.amount_yuan
