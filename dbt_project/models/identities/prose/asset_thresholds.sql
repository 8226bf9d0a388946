-- Grain: one row per document and part that counts its vehicles.
-- Catches: a report on assets without the equipment that is to be counted beside the vehicles: over
-- 100万元, or in older forms general over 50万元 and special over 100万元.
-- Lets pass: a document that says nothing of vehicles.
select
    document_id,
    'asset_thresholds' as identity_id,
    part as scope_key,
    'count' as unit,
    cast(null as decimal(24, 6)) as left_yuan,
    cast(null as decimal(24, 6)) as right_yuan,
    if(
        bool_or(item in ('equipment.over_1m', 'equipment.over_500k'))
        or bool_or(item = 'equipment.general_500k') and bool_or(item = 'equipment.special_1m'),
        'exact',
        'violation'
    ) as tier,
    'the thresholds at which equipment is counted' as reason,
    list(claim_id order by claim_index) as left_ids,
    cast([] as varchar[]) as right_ids,
    'equipment of 1,000,000 yuan, or general of 500,000 and special of 1,000,000' as expected
from {{ ref('int_claims__keyed') }}
where
    is_own_year
    and topic = 'assets'
    and role in ('actual', 'held')
    and claim_kind in ('count', 'none')
    and claim_value is not null
    and statement_number = 1
group by document_id, part
having bool_or(item = 'vehicles.total')
