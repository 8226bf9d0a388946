-- Grain: one row per amount given as a reason, with the change that it is to explain.
-- A reason explains the change stated before it in its paragraph, or the first one where none is;
-- where the paragraph states no change, the difference from the opening budget is explained.
{{ config(materialized='ephemeral') }}
with

claims as (

    select
        document_id,
        part,
        paragraph_index,
        claim_index,
        claim_id,
        topic,
        -- What is said on a restated basis is a thing of its own, see docs/claims.md.
        if(topic = 'reasons', base, topic || '.' || item || if(role = 'restated', '.restated', ''))
            as thing,
        role,
        claim_kind,
        claim_value,
        {{ signed_change('direction', 'claim_value') }} as signed_value,
        own_half_step,
        is_money,
        is_part_of_class
    from {{ ref('int_claims__keyed') }}
    where is_own_year and claim_kind in ('amount', 'change')

),

reasons as (

    select * from claims
    where topic = 'reasons' and is_money

),

paired as (

    select
        reasons.*,
        changes.claim_id as change_id,
        changes.claim_index as change_index,
        changes.own_half_step as change_half,
        coalesce(changes.signed_value, changes.claim_value) as change
    from reasons
    left join claims as changes
        on
            reasons.document_id = changes.document_id
            and reasons.part = changes.part
            and reasons.paragraph_index = changes.paragraph_index
            and reasons.thing = changes.thing
            and changes.topic <> 'reasons'
            and changes.claim_kind = 'change'
            and changes.claim_value is not null
            and changes.is_money
    qualify row_number() over (
            partition by reasons.claim_id
            order by
                changes.claim_index > reasons.claim_index,
                abs(changes.claim_index - reasons.claim_index)
        ) = 1

),

differences as (

    select
        amounts.document_id,
        amounts.part,
        amounts.paragraph_index,
        amounts.thing,
        max(amounts.claim_value) filter (where amounts.role = 'actual')
        - max(amounts.claim_value) filter (where amounts.role = 'opening_budget') as difference,
        2 * max(amounts.own_half_step) as difference_half,
        list(amounts.claim_id order by amounts.claim_index) filter (
            where amounts.role in ('actual', 'opening_budget')
        ) as claim_ids
    from claims as amounts
    semi join reasons
        on
            amounts.document_id = reasons.document_id
            and amounts.paragraph_index = reasons.paragraph_index
    where
        amounts.topic <> 'reasons'
        and amounts.claim_kind = 'amount'
        and amounts.claim_value is not null
        and not amounts.is_part_of_class
    group by amounts.document_id, amounts.part, amounts.paragraph_index, amounts.thing

)

select
    paired.document_id,
    paired.part,
    paired.paragraph_index,
    paired.thing,
    paired.claim_id,
    paired.claim_index,
    paired.signed_value,
    abs(paired.claim_value) as size,
    paired.own_half_step,
    paired.change_index,
    coalesce(paired.change, differences.difference) as variance,
    coalesce(paired.change_half, differences.difference_half) as variance_half,
    if(paired.change_id is null, differences.claim_ids, [paired.change_id]) as variance_ids
from paired
left join differences
    on
        paired.document_id = differences.document_id
        and paired.part = differences.part
        and paired.paragraph_index = differences.paragraph_index
        and paired.thing = differences.thing
where paired.change_id is not null or differences.thing is not null
