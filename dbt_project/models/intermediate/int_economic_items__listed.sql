-- Grain: one row per document, part of it, and side of its basic expenditure (personnel or public)
-- whose economic items the narrative lists by name, with the rows of the form that they name.
{{ config(materialized='ephemeral') }}
with

listed as (

    select
        claims.document_id,
        claims.part,
        claims.item as side,
        claims.claim_id,
        claims.item_label || ' (' || matches.row_code || ')' as full_name,
        regexp_matches(claims.sentence, '等|主要') as is_open,
        matches.row_code,
        claims.claim_kind = 'name'
        and matches.row_code is not null
        and coalesce(cells.amount_yuan, 0) = 0 as is_for_nothing
    from {{ ref('int_claims__keyed') }} as claims
    left join {{ ref('int_claims__matched') }} as matches
        on claims.claim_id = matches.claim_id and matches.form = 'basic_expenditure'
    left join {{ ref('int_form_cells__joined') }} as cells
        on
            matches.document_id = cells.document_id
            and matches.form = cells.form
            and matches.row_index = cells.row_index
            and cells.measure = 'amount'
    where
        claims.topic = 'basic'
        and claims.item in ('personnel_item', 'public_item')
        and claims.claim_kind in ('name', 'amount')
        and claims.part = 'narrative'

)

select
    document_id,
    part,
    side,
    count(*) as listed_count,
    count(row_code) as known_count,
    -- 等 and 主要 say that the list is not whole.
    bool_or(is_open) as is_open,
    list(row_code) as row_codes,
    string_agg(full_name, ', ' order by row_code) filter (where is_for_nothing)
        as listed_for_nothing,
    list(claim_id order by row_code) filter (where is_for_nothing) as nothing_ids,
    list(claim_id order by claim_id) as claim_ids
from listed
group by document_id, part, side
