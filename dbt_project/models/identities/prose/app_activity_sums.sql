-- Grain: one row per document and activity of which several parts (其中) are stated.
-- Catches: parts of what a report counts that do not add up to it.
-- Lets pass: any rounding, a single part, and parts in another unit than the whole.
with

claims as (

    select * from {{ ref('int_claims__keyed') }}
    where is_own_year and claim_kind in ('amount', 'count')

),

summed as (

    select
        wholes.document_id,
        wholes.claim_id as whole_id,
        wholes.claim_name,
        wholes.claim_index,
        wholes.is_money,
        wholes.claim_value as whole,
        sum(parts.claim_value) as part_sum,
        any_value(wholes.own_half_step) + sum(parts.own_half_step) as reach,
        list(parts.claim_id order by parts.claim_index) as part_ids
    from claims as parts
    inner join claims as wholes
        on
            parts.document_id = wholes.document_id
            and parts.whole_claim_id = wholes.claim_id
            and parts.claim_kind = wholes.claim_kind
            and parts.unit = wholes.unit
    where wholes.topic = 'performance'
    group by all
    having count(*) > 1

)

select
    document_id,
    'app_activity_sums' as identity_id,
    claim_name
    || ' #'
    || row_number() over (partition by document_id, claim_name order by claim_index) as scope_key,
    if(is_money, 'yuan', 'count') as unit,
    whole as left_yuan,
    cast(part_sum as decimal(24, 6)) as right_yuan,
    case
        when whole = part_sum then 'exact'
        when abs(whole - part_sum) < reach then 'rounding_likely'
        else 'violation'
    end as tier,
    '' as reason,
    [whole_id] as left_ids,
    part_ids as right_ids
from summed
