-- Grain: one row per document, identity and total of a table.
-- A table that nobody has named may well be no sum: where it fails there and nothing of it holds,
-- the identity does not apply. Nothing here disputes a figure.
with

terms as (

    select * from {{ ref('int_table_terms__resolved') }}

),

-- Numbers of a table that could not be used may be what a sum lacks.
in_doubt as (

    select
        document_id,
        table_index,
        'a number of the table could not be used: '
        || min(printed || ' (' || reason || ')') as doubt
    from {{ ref('stg_rejections') }}
    where reason in ('unreadable_amount', 'ambiguous_cell')
    group by document_id, table_index

),

-- Codes show what stands below what, but not where one of them cannot be right.
codes_in_doubt as (

    select
        document_id,
        table_index,
        arg_min(doubt, row_index) as doubt
    from {{ ref('int_form_codes__in_doubt') }}
    group by document_id, table_index

),

-- Documents that cut amounts off, see int_identities__evaluated.
truncating as (

    select distinct document_id
    from {{ ref('int_identities__evaluated') }}
    where is_truncating

),

instances as (

    select
        document_id,
        identity_id,
        format('table {} row {} column {}', table_index, total_row, total_column) as scope_key,
        total_row,
        total_column,
        way,
        table_index,
        if(identity_id = 'table_row_sum', block || '|' || total_column, '') as shape_key,
        bool_and(may_fail) as may_fail,
        bool_and(is_money) as is_money,
        sum(counted_value) filter (where side = 'left') as left_yuan,
        sum(counted_value) filter (where side = 'right') as right_yuan,
        count(*) filter (where counted_value <> 0 and side = 'left') as left_nonzero,
        count(*) filter (where counted_value <> 0 and side = 'right') as right_nonzero,
        count(distinct counted_value) filter (where counted_value <> 0) as distinct_count,
        sum(half_step) filter (where counted_value <> 0) as nonzero_reach,
        sum(half_step * if(side = 'left', 1, -1)) filter (where counted_value <> 0) as lean,
        coalesce(sum(half_step) filter (where counted_value = 0 and side = 'right'), 0)
            as hidden_parts,
        max(half_step) filter (where side = 'left') as left_half_step,
        max(half_step) filter (where side = 'right') as right_half_step,
        2 * max(half_step) as largest_step,
        2 * min(half_step) as smallest_step,
        sum(4 * half_step * half_step) filter (where counted_value <> 0) as step_squares
    from terms
    group by
        document_id, identity_id, way, table_index, block, total_row, total_column
    -- Nils add up to nil whatever they are.
    having bool_or(counted_value <> 0)

),

bounded as (

    select
        instances.*,
        coalesce(
            in_doubt.doubt,
            if(instances.identity_id = 'table_row_sum', null, codes_in_doubt.doubt)
        ) as doubt,
        instances.left_yuan - instances.right_yuan as gap,
        if(
            truncating.document_id is not null and instances.left_yuan <> instances.right_yuan,
            instances.left_yuan - instances.right_yuan + instances.lean,
            instances.left_yuan - instances.right_yuan
        ) as judged_gap,
        -- A side that prints zeros only is one printed amount: one of its zeros is its total.
        instances.nonzero_reach
        + if(instances.left_nonzero = 0, instances.left_half_step, 0)
        + if(instances.right_nonzero = 0, instances.right_half_step, 0) as reach,
        greatest(instances.left_nonzero, 1) + greatest(instances.right_nonzero, 1)
            as amount_count,
        if(
            instances.left_yuan > instances.right_yuan,
            instances.hidden_parts
            - if(instances.right_nonzero = 0, instances.right_half_step, 0),
            0
        ) as zero_reach
    from instances
    left join in_doubt
        on
            instances.document_id = in_doubt.document_id
            and instances.table_index = in_doubt.table_index
    left join codes_in_doubt
        on
            instances.document_id = codes_in_doubt.document_id
            and instances.table_index = codes_in_doubt.table_index
    left join truncating on instances.document_id = truncating.document_id

),

judged as (

    select
        *,
        {{ rounding_tier(
            'judged_gap', 'reach', 'zero_reach', 'amount_count',
            'largest_step', 'smallest_step', 'step_squares'
        ) }} as precise_tier
    from bounded

),

-- Of the ways in which a total may add up, the first in which it does.
picked as (

    select
        * exclude (precise_tier),
        if(precise_tier = 'exact' and gap <> 0, 'rounding_likely', precise_tier) as printed_tier,
        precise_tier in (
            select tiers.tier
            from {{ ref('tiers') }} as tiers
            where tiers.holds
        ) as is_held
    from judged
    qualify row_number() over (
            partition by document_id, identity_id, scope_key
            order by is_held desc, may_fail desc, way asc
        ) = 1

),

-- How often the same shape adds up in its table.
compared as (

    select
        *,
        count(*) filter (where is_held and distinct_count > 1) over same_shape as held_count,
        count(*) filter (where not is_held) over same_shape as failed_count
    from picked
    window same_shape as (partition by document_id, identity_id, table_index, shape_key)

),

tiered as (

    select
        *,
        case
            when is_held then printed_tier
            when not may_fail or not is_money then 'not_applicable'
            when identity_id = 'table_row_sum' and held_count = 0 then 'not_applicable'
            when failed_count > 1 and failed_count > held_count then 'not_applicable'
            when doubt is not null then 'not_evaluable'
            else printed_tier
        end as tier
    from compared

)

select
    document_id,
    identity_id,
    scope_key,
    table_index,
    total_row,
    total_column,
    way,
    left_yuan,
    right_yuan,
    gap as difference_yuan,
    if(is_money, 'yuan', 'count') as unit,
    tier,
    case tier
        when 'not_applicable' then 'nothing else shows that these numbers add up'
        when 'not_evaluable' then doubt
        else ''
    end as reason,
    -- A nil, or one number printed again, proves nothing.
    is_held and distinct_count > 1 as is_proof
from tiered
