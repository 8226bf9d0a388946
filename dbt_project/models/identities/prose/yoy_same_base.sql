-- Grain: one row per document, amount, change and base that several things share, and what is said
-- beside them: the growth, or the amount of the year before.
-- Catches: one amount that changed by one amount from two different ones, or at two rates.
-- Lets pass: any rounding, and changes of nothing.
with

shared as (

    select
        document_id,
        base,
        what,
        min(full_name) as first_name,
        max(size) as largest,
        min(size) as smallest,
        max(half) as coarsest,
        min(half) as finest,
        -- Of statements that agree, two that are not the same one.
        arg_max(claim_id, (size, claim_id)) as largest_id,
        arg_min(claim_id, (size, claim_id)) as smallest_id
    from {{ ref('int_changes__accompanied') }}
    group by document_id, base, what, amount, change
    having count(*) > 1

)

select
    document_id,
    'yoy_same_base' as identity_id,
    concat_ws(' ', first_name, base, what) as scope_key,
    if(what = 'growth', '%', 'yuan') as unit,
    cast(largest as decimal(24, 6)) as left_yuan,
    cast(smallest as decimal(24, 6)) as right_yuan,
    case
        when largest = smallest then 'exact'
        when largest - smallest < coarsest + finest then 'rounding_likely'
        -- Beyond what rounding takes that is one step of both alike.
        when largest - smallest = 2 * finest then 'copy_mismatch'
        else 'violation'
    end as tier,
    '' as reason,
    [largest_id] as left_ids,
    [smallest_id] as right_ids
from shared
