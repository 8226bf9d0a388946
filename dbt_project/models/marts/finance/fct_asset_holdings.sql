-- Grain: one row per document and kind of asset held at the end of the year or planned.
-- 无 states a holding of none. Floor and land are in square metres as printed.
with

claims as (

    select *
    from {{ ref('int_claims__published') }}
    where
        topic = 'assets'
        and item not in ('', 'as_of')
        and role in ('held', 'planned')
        and (claim_kind = 'none' or claim_value is not null)
        and statement_number = 1

)

select
    claim_id,
    document_id,
    department_id,
    fiscal_year,
    kind,
    scope,
    item as asset_item,
    role = 'planned' as is_planned,
    if(claim_kind = 'none', 0, claim_value) as asset_count,
    unit as printed_unit
from claims
where claim_kind in ('count', 'none')
-- Where a document states a number and, elsewhere, none, the number counts.
qualify row_number() over (partition by document_id, item, role order by claim_kind, claim_id) = 1
