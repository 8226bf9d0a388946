-- Grain: one row per document, thing and paragraph that gives amounts as the reasons of a change.
-- Catches: reasons that do not make the change that they are said to be of.
-- Lets pass: any rounding; a paragraph that states neither a change nor both amounts.
with

given as (

    select
        document_id,
        part,
        paragraph_index,
        thing,
        change_index,
        variance,
        variance_half,
        variance_ids,
        bool_or(signed_value is not null) as has_direction,
        sum(size) as size,
        -- What has no direction beside what has one goes the way of the change.
        sum(coalesce(signed_value, size * sign(variance))) as net,
        sum(own_half_step) as explained_half,
        list(claim_id order by claim_index) as reason_ids
    from {{ ref('int_reasons__paired') }}
    group by all

),

explained as (

    select
        * replace (if(has_direction, variance, abs(variance)) as variance),
        if(has_direction, net, size) as explained
    from given

)

select
    document_id,
    'reason_explains_delta' as identity_id,
    concat_ws(
        ' #',
        format('{} paragraph {}', thing, paragraph_index),
        nullif(
            row_number() over (
                partition by document_id, thing, paragraph_index
                order by part, change_index
            ),
            1
        )
    ) as scope_key,
    'yuan' as unit,
    cast(explained as decimal(24, 6)) as left_yuan,
    cast(variance as decimal(24, 6)) as right_yuan,
    case
        when variance is null then 'not_evaluable'
        when explained = variance then 'exact'
        when abs(explained - variance) < explained_half + variance_half then 'rounding_likely'
        else 'violation'
    end as tier,
    if(variance is null, 'no variance is stated', '') as reason,
    reason_ids as left_ids,
    variance_ids as right_ids
from explained
