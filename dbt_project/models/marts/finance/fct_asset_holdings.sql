-- Grain: one row per document and kind of asset held at the end of the year.
with

claims as (

    select * from {{ ref('int_claims__published') }}

)

select
    claim_id,
    document_id,
    department_id,
    fiscal_year,
    kind,
    scope,
    regexp_replace(subject, '^assets\.', '') as asset_item,
    cast(claim_value as integer) as asset_count,
    unit as printed_unit
from claims
where starts_with(subject, 'assets.') and claim_kind = 'count'
