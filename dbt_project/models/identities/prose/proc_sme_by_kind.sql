-- Grain: one row per document and part that says which share of each kind of procurement small
-- enterprises won.
-- Catches: shares of 货物、工程、服务 that do not make the amount awarded to small enterprises.
-- Lets pass: any rounding; a kind without its share or amount is not evaluated.
with

procured as (

    select
        document_id,
        part,
        item,
        claim_kind,
        claim_id,
        claim_value,
        claim_value - own_half_step as low,
        claim_value + own_half_step as high
    from {{ ref('int_claims__keyed') }}
    where
        is_own_year
        and topic = 'procurement'
        and claim_value is not null
        and statement_number = 1

),

awarded as (

    select
        kinds.document_id,
        kinds.part,
        count(shares.claim_id) as share_count,
        bool_and(shares.claim_id is not null or kinds.claim_value = 0) and count(*) >= 3
            as is_whole,
        sum(shares.claim_value * kinds.claim_value / 100) as awarded,
        sum(shares.low * kinds.low) as awarded_low,
        sum(shares.high * kinds.high) as awarded_high,
        list(shares.claim_id order by shares.claim_id) filter (where shares.claim_id is not null)
        || list(kinds.claim_id order by kinds.claim_id) as claim_ids
    from procured as kinds
    left join procured as shares
        on
            kinds.document_id = shares.document_id
            and kinds.part = shares.part
            and shares.claim_kind = 'share'
            and 'sme_in_' || kinds.item = shares.item
    where kinds.claim_kind = 'amount' and kinds.item in ('goods', 'works', 'services')
    group by kinds.document_id, kinds.part

)

select
    awarded.document_id,
    'proc_sme_by_kind' as identity_id,
    awarded.part as scope_key,
    'yuan' as unit,
    procured.claim_value as left_yuan,
    cast(awarded.awarded as decimal(24, 6)) as right_yuan,
    case
        when not awarded.is_whole then 'not_evaluable'
        when awarded.awarded = procured.claim_value then 'exact'
        when
            awarded.awarded_low <= 100 * procured.high
            and awarded.awarded_high >= 100 * procured.low
            then 'rounding_likely'
        else 'violation'
    end as tier,
    if(awarded.is_whole, '', 'a kind is stated without its share or amount') as reason,
    [procured.claim_id] as left_ids,
    awarded.claim_ids as right_ids
from awarded
inner join procured
    on
        awarded.document_id = procured.document_id
        and awarded.part = procured.part
        and procured.item = 'sme'
        and procured.claim_kind = 'amount'
where awarded.share_count > 0
