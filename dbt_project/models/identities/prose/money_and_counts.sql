-- Grain: one row per document, part of it, and expense whose things are counted; identities
-- nar_counts and veh_vs_tpe, as the seed counted_expenses has it.
-- Catches: money spent on nothing, and, where the seed says so, things that cost nothing.
-- Lets pass: a printed 0.00, which may hide a small amount.
select
    document_id,
    identity_id,
    scope_key || ' money' as scope_key,
    '' as unit,
    spent_yuan as left_yuan,
    cast(counted_number as decimal(24, 6)) as right_yuan,
    case
        when spent_yuan > 0 and counted_number = 0 then 'violation'
        when is_both_ways and spent_yuan = 0 and spent_half = 0 and counted_number > 0
            then 'violation'
        when is_both_ways and spent_yuan = 0 and counted_number > 0 then 'rounding_possible'
        else 'exact'
    end as tier,
    case
        when spent_yuan > 0 and counted_number = 0 then 'money was spent on nothing'
        when is_both_ways and spent_yuan = 0 and counted_number > 0 then 'they cost nothing'
        else ''
    end as reason,
    [spent_id] as left_ids,
    [counted_id] as right_ids
from {{ ref('int_counts__paired') }}
