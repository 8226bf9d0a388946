-- Grain: one row per document and fund that statements name more than once.
-- Catches: one fund of one year here and of another there, with another amount.
-- Lets pass: payments of one year or in one list, which may be several; a year that is not said.
with

named_funds as (

    select
        *,
        {{ loose_name("regexp_replace(item_label, '^(19|20)[0-9]{2}年(度)?', '')") }} as fund_name
    from {{ ref('int_claims__keyed') }}
    where
        is_own_year
        and topic = 'funds'
        and claim_kind in ('amount', 'count')
        and claim_value is not null

),

pairs as (

    select
        former.document_id,
        former.fund_name,
        former.claim_id as former_id,
        former.claim_index as former_index,
        former.claim_value as former_value,
        former.year as former_year,
        latter.claim_id as latter_id,
        latter.claim_index as latter_index,
        latter.claim_value as latter_value,
        latter.year as latter_year,
        case
            when former.claim_value = latter.claim_value then 'exact'
            when
                abs(former.claim_value - latter.claim_value)
                < former.own_half_step + latter.own_half_step
                then 'rounding_likely'
            when former.year = latter.year then 'not_evaluable'
            when former.year is null or latter.year is null then 'not_evaluable'
            when former.paragraph_index = latter.paragraph_index then 'not_evaluable'
            else 'violation'
        end as tier
    from named_funds as former
    inner join named_funds as latter
        on
            former.document_id = latter.document_id
            and former.fund_name = latter.fund_name
            and former.claim_index < latter.claim_index

)

select
    document_id,
    'perf_fund_year' as identity_id,
    fund_name as scope_key,
    'yuan' as unit,
    former_value as left_yuan,
    latter_value as right_yuan,
    tier,
    if(tier = 'violation', format('of {} here and of {} there', former_year, latter_year), '')
        as reason,
    [former_id] as left_ids,
    [latter_id] as right_ids
from pairs
qualify row_number() over (
        partition by document_id, fund_name
        order by tier <> 'violation', tier = 'not_evaluable', former_index, latter_index
    ) = 1
