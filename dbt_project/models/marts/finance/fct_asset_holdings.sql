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
    item as asset_item,
    cast(claim_value as integer) as asset_count,
    unit as printed_unit
from claims
where topic = 'assets' and role = 'held' and claim_kind = 'count' and statement_number = 1
