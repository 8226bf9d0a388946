-- Grain: one row per document and item of government procurement.
-- Amounts and shares are what the narrative states; shares are printed per cent of their base.
with

claims as (

    select *
    from {{ ref('int_claims__published') }}
    where
        topic = 'procurement'
        and role in ('actual', 'budget')
        and claim_kind in ('amount', 'share')
        and statement_number = 1

)

select
    document_id,
    department_id,
    fiscal_year,
    kind,
    scope,
    item,
    max(claim_value) filter (where claim_kind = 'amount') as amount_yuan,
    max(claim_value) filter (where claim_kind = 'share') as share_percent,
    max(regexp_replace(base, '^procurement\.', '')) filter (where claim_kind = 'share')
        as share_base,
    min(claim_id) filter (where claim_kind = 'amount') as amount_claim_id,
    min(claim_id) filter (where claim_kind = 'share') as share_claim_id,
    max(unit) filter (where claim_kind = 'amount') as printed_unit,
    max(printed_scale) filter (where claim_kind = 'amount') as printed_scale
from claims
group by document_id, department_id, fiscal_year, kind, scope, item
