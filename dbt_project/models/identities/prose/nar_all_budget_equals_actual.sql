-- Grain: one row per document and part that states budget and actual of more than two items.
-- Catches: every item exactly at its opening budget, as where one column was copied into another.
-- Lets pass: two items, which may happen to be; items without either amount.
with

items as (

    select
        document_id,
        part,
        loose_label,
        max(claim_value) filter (where role = 'actual') as actual,
        max(claim_value) filter (where role = 'opening_budget') as opening,
        min(claim_id) filter (where role = 'actual') as actual_id,
        min(claim_id) filter (where role = 'opening_budget') as opening_id
    from {{ ref('int_claims__keyed') }}
    where
        is_own_year
        and topic = 'general_budget'
        and item = 'item'
        and claim_kind in ('amount', 'count')
        and claim_value is not null
        and statement_number = 1
    group by document_id, part, loose_label

)

select
    document_id,
    'nar_all_budget_equals_actual' as identity_id,
    part as scope_key,
    'yuan' as unit,
    cast(sum(actual) as decimal(24, 6)) as left_yuan,
    cast(sum(opening) as decimal(24, 6)) as right_yuan,
    if(bool_and(actual = opening), 'violation', 'exact') as tier,
    format(
        '{} of {} items equal their opening budget', count(*) filter (where actual = opening),
        count(*)
    ) as reason,
    list(actual_id order by loose_label) as left_ids,
    list(opening_id order by loose_label) as right_ids
from items
where actual <> 0 and opening is not null
group by document_id, part
having count(*) > 2
