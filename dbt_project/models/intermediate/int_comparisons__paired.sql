-- Grain: one row per statement that compares with a budget and part of the document that states the
-- budget: the amount said to be more, less or as much, and the budget that it is compared with.
{{ config(materialized='ephemeral') }}
with

claims as (

    select
        *,
        topic || '.' || item as thing
    from {{ ref('int_claims__keyed') }}
    where is_own_year

),

amounts as (

    select * from claims
    where claim_kind in ('amount', 'count') and claim_value is not null

),

-- A report bound in may state the budget where the narrative does not, if both are of one body.
same_money as (

    select checks.document_id
    from {{ ref('int_identities__evaluated') }} as checks
    inner join {{ ref('tiers') }} as tiers on checks.tier = tiers.tier
    where checks.identity_id = 'app_scope' and tiers.is_evaluated
    group by checks.document_id
    having bool_and(not tiers.fails)

),

compared as (

    select
        words.document_id,
        words.claim_id,
        words.claim_name,
        words.part,
        words.paragraph_index,
        words.thing,
        words.loose_label,
        words.group_label,
        words.base,
        words.direction,
        actuals.claim_id as actual_id,
        actuals.claim_value as actual,
        actuals.own_half_step as actual_half
    from claims as words
    inner join amounts as actuals
        on
            words.document_id = actuals.document_id
            and words.part = actuals.part
            and words.thing = actuals.thing
            and words.role = actuals.role
            and words.loose_label = actuals.loose_label
            and words.group_label = actuals.group_label
    where words.claim_kind = 'comparison'
    qualify row_number() over (
            partition by words.claim_id
            order by
                actuals.paragraph_index <> words.paragraph_index,
                abs(actuals.claim_index - words.claim_index),
                actuals.claim_index
        ) = 1

)

-- The budget compared with: under its own name in any part, else the one the paragraph states.
select
    compared.document_id,
    compared.claim_id,
    compared.claim_name,
    compared.part,
    compared.base,
    compared.direction,
    compared.actual_id,
    compared.actual,
    compared.actual_half,
    amounts.part as budget_part,
    amounts.claim_id as budget_id,
    amounts.claim_value as budget,
    amounts.own_half_step as budget_half
from compared
left join same_money on compared.document_id = same_money.document_id
inner join amounts
    on
        compared.document_id = amounts.document_id
        and compared.thing = amounts.thing
        and compared.loose_label = amounts.loose_label
        and compared.group_label = amounts.group_label
        and (
            (compared.base = amounts.role and compared.part = amounts.part)
            or (
                compared.base = amounts.role
                and amounts.role in ('opening_budget', 'adjusted_budget')
                and same_money.document_id is not null
            )
            or (
                amounts.role in ('budget', 'opening_budget', 'adjusted_budget')
                and compared.paragraph_index = amounts.paragraph_index
            )
        )
qualify
    row_number() over (
        partition by compared.claim_id, amounts.part
        order by
            amounts.role <> compared.base,
            amounts.paragraph_index <> compared.paragraph_index,
            amounts.claim_index
    ) = 1
    and (
        amounts.role = compared.base
        or not bool_or(amounts.role = compared.base) over (partition by compared.claim_id)
    )
