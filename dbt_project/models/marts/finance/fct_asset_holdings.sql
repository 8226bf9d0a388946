-- Grain: one row per document and kind of asset held at the end of the year or planned, by the
-- label that the text gives it where it does.
-- 无 states a holding of none. Floor and land are in square metres as printed; what assets are worth
-- stands beside how many there are.
with

claims as (

    select *
    from {{ ref('int_claims__published') }}
    where
        topic = 'assets'
        and item not in ('', 'as_of')
        and role in ('held', 'planned')
        and claim_kind in ('amount', 'count', 'none')
        and (claim_kind = 'none' or claim_value is not null)
        and statement_number = 1

),

-- Where a document states a number and, elsewhere, none, the number counts.
stated as (

    select
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        item,
        item_label,
        role = 'planned' as is_planned,
        arg_min(claim_value, claim_index) filter (where claim_kind = 'count') as counted,
        bool_or(claim_kind = 'none') as is_none,
        arg_min(claim_value, claim_index) filter (where claim_kind = 'amount') as value_yuan,
        arg_min(claim_id, (claim_kind, claim_index)) filter (where claim_kind <> 'amount')
            as count_claim_id,
        arg_min(unit, (claim_kind, claim_index)) filter (where claim_kind <> 'amount')
            as count_unit,
        arg_min(claim_id, claim_index) filter (where claim_kind = 'amount') as value_claim_id,
        arg_min(unit, claim_index) filter (where claim_kind = 'amount') as value_unit
    from claims
    group by all

)

select
    coalesce(count_claim_id, value_claim_id) as claim_id,
    document_id,
    body_id,
    fiscal_year,
    kind,
    scope,
    item as asset_item,
    item_label as asset_label,
    is_planned,
    coalesce(counted, if(is_none, 0, null)) as asset_count,
    coalesce(count_unit, value_unit) as printed_unit,
    value_yuan,
    value_claim_id
from stated
