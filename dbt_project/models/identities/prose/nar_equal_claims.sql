-- Grain: one row per document, thing compared with a budget, and part that states the budget.
-- Catches: 大于、小于、等于预算数 of an amount that is not so in its own words.
-- Lets pass: what rounding may hide, and a comparison that does not say which way (有差异).
select
    document_id,
    'nar_equal_claims' as identity_id,
    concat_ws(' ', claim_name, nullif(base, ''), if(budget_part = part, null, budget_part))
        as scope_key,
    'yuan' as unit,
    actual as left_yuan,
    budget as right_yuan,
    case
        when direction = 'equal' and actual = budget then 'exact'
        when direction = 'equal' and abs(actual - budget) < actual_half + budget_half
            then 'rounding_likely'
        when direction = 'increase' and actual > budget then 'exact'
        when direction = 'decrease' and actual < budget then 'exact'
        when
            direction in ('increase', 'decrease')
            and abs(actual - budget) < actual_half + budget_half
            then 'rounding_possible'
        when direction = '' then 'not_evaluable'
        else 'violation'
    end as tier,
    'said to be '
    || case direction when 'increase' then 'more' when 'decrease' then 'less' else 'equal' end
        as reason,
    [actual_id, claim_id] as left_ids,
    [budget_id] as right_ids
from {{ ref('int_comparisons__paired') }}
qualify row_number() over (
        partition by document_id, scope_key
        order by tier <> 'violation', claim_id
    ) = 1
