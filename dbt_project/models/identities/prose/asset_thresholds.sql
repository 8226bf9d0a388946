-- Grain: one row per document and part that reports on assets: that counts vehicles by their use,
-- or vehicles and large equipment.
-- Catches: a report on assets without the equipment that is to be counted beside the vehicles.
-- Lets pass: which of the thresholds is told, 通用 over 50万元, 专用 over 100万元 or 设备 over 100万元, for
-- templates differ by province and year; equipment that a budget says is to be bought, or is not;
-- how many vehicles there are, told in passing.
select
    document_id,
    'asset_thresholds' as identity_id,
    part as scope_key,
    'count' as unit,
    cast(null as decimal(24, 6)) as left_yuan,
    cast(null as decimal(24, 6)) as right_yuan,
    if(bool_or(starts_with(item, 'equipment.')), 'exact', 'violation') as tier,
    'the thresholds at which equipment is counted' as reason,
    list(claim_id order by claim_index) as left_ids,
    cast([] as varchar[]) as right_ids,
    'equipment of 500,000 or 1,000,000 yuan and more' as expected
from {{ ref('int_claims__keyed') }}
where
    is_own_year
    and topic = 'assets'
    and (role in ('actual', 'held') or role = 'planned' and starts_with(item, 'equipment.'))
    and claim_kind in ('count', 'none')
    and claim_value is not null
    and statement_number = 1
group by document_id, part
having
    bool_or(item = 'vehicles.total')
    and bool_or(
        starts_with(item, 'equipment.')
        and role <> 'planned'
        or starts_with(item, 'vehicles.')
        and item not in ('vehicles.total', 'vehicles.authorised')
    )
