-- Grain: one row per document, identity, scope key, form key and term key: both sides added up.
{{ config(materialized='ephemeral') }}
select
    document_id,
    identity_id,
    scope_key,
    form_key,
    term_key,
    -- Sets of terms are bit masks, one bit a term: counting distinct terms is what costs most.
    bit_or(cast(1 as bigint) << term_no) as found_terms,
    coalesce(bit_or(cast(1 as bigint) << term_no) filter (where figure_id is not null), 0)
        as printed_terms,
    count(*) filter (where amount_yuan <> 0 and side = 'left') as left_nonzero,
    count(*) filter (where amount_yuan <> 0 and side = 'right') as right_nonzero,
    -- Null where nothing is printed of a side: an absent side is no zero.
    sum(sign * amount_yuan) filter (where side = 'left') as left_yuan,
    sum(sign * amount_yuan) filter (where side = 'right') as right_yuan,
    coalesce(sum(half_step_yuan) filter (where amount_yuan <> 0), 0) as nonzero_reach,
    -- How far the sides stand apart if every number was cut off rather than rounded.
    coalesce(
        sum(if((side = 'left') = (sign = 1), half_step_yuan, -half_step_yuan))
        filter (where amount_yuan <> 0),
        0
    ) as lean,
    -- How far the sides can move apart if no number is more precise than it is printed.
    coalesce(
        sum(own_half_step_yuan)
        filter (where amount_yuan <> 0 or own_half_step_yuan <> half_step_yuan),
        0
    ) as own_reach,
    bool_or(own_half_step_yuan <> half_step_yuan) as has_trimmed,
    if(bool_and(is_money) is false, 'count', 'yuan') as unit,
    coalesce(
        sum(half_step_yuan) filter (where amount_yuan = 0 and (side = 'left') = (sign = 1)), 0
    ) as zeros_adding,
    coalesce(
        sum(half_step_yuan) filter (where amount_yuan = 0 and (side = 'left') <> (sign = 1)), 0
    ) as zeros_subtracting,
    coalesce(max(half_step_yuan) filter (where side = 'left'), 0) as left_half_step,
    coalesce(max(half_step_yuan) filter (where side = 'right'), 0) as right_half_step,
    coalesce(2 * max(half_step_yuan), 0) as largest_step,
    coalesce(2 * min(half_step_yuan), 0) as smallest_step,
    coalesce(sum(4 * half_step_yuan * half_step_yuan) filter (where amount_yuan <> 0), 0)
        as step_squares
from {{ ref('int_identity_terms__resolved') }}
where side in ('left', 'right')
group by document_id, identity_id, scope_key, form_key, term_key
