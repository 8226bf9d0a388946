-- Grain: one row per document, thing and base whose change the narrative states, part by part.
-- What a 类, 款 or 项 was spent on is a thing of its own, told by group_label.
-- The implied amount of the base is this year's less the change, give or take
-- implied_half_step_yuan. Changes on a restated basis have bases and amounts of their own.
with

claims as (

    select
        published.claim_id,
        published.document_id,
        published.body_id,
        published.fiscal_year,
        published.kind,
        published.scope,
        published.part,
        published.topic,
        published.item,
        published.role,
        published.item_label,
        published.group_label,
        published.claim_kind,
        published.claim_value,
        published.direction,
        published.base,
        published.comparison_year,
        published.unit,
        published.claim_index,
        published.paragraph_index,
        keyed.half_step,
        coalesce(keyed.is_money, true) as is_money
    from {{ ref('int_claims__published') }} as published
    left join {{ ref('int_claims__keyed') }} as keyed on published.claim_id = keyed.claim_id

),

moves as (

    select
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        part,
        topic,
        item,
        role,
        item_label,
        group_label,
        base,
        max(comparison_year) as comparison_year,
        arg_min(direction, claim_index) filter (where direction <> '') as direction,
        arg_min(claim_value, claim_index) filter (where claim_kind = 'change') as change_value,
        arg_min(half_step, claim_index) filter (where claim_kind = 'change') as change_half,
        arg_min(claim_value, claim_index) filter (where claim_kind = 'growth')
            as growth_percent,
        arg_min(claim_id, claim_index) filter (where claim_kind = 'change') as change_claim_id,
        arg_min(claim_id, claim_index) filter (where claim_kind = 'growth') as growth_claim_id,
        arg_min(claim_id, claim_index) as claim_id
    from claims
    where
        (claim_kind in ('growth', 'direction') or (claim_kind = 'change' and is_money))
        -- A reason says what it explains in place of a base, and compares nothing.
        and topic <> 'reasons'
    group by
        document_id, body_id, fiscal_year, kind, scope, part, topic, item, role,
        item_label, group_label, base

),

amounts as (

    select
        document_id,
        part,
        topic,
        item,
        role,
        item_label,
        group_label,
        arg_min(claim_value, claim_index) as amount_yuan,
        arg_min(half_step, claim_index) as amount_half,
        arg_min(claim_id, claim_index) as amount_claim_id
    from claims
    where claim_kind = 'amount'
    group by document_id, part, topic, item, role, item_label, group_label

),

-- 持平 states a change of nothing.
measured as (

    select
        moves.*,
        amounts.amount_yuan,
        amounts.amount_half,
        amounts.amount_claim_id,
        coalesce(moves.change_value, if(moves.direction = 'equal', 0, null)) as change_yuan
    from moves
    left join amounts
        on
            moves.document_id = amounts.document_id
            and moves.part = amounts.part
            and moves.topic = amounts.topic
            and moves.item = amounts.item
            and moves.role = amounts.role
            and moves.item_label = amounts.item_label
            and moves.group_label = amounts.group_label

)

select
    measured.document_id,
    measured.body_id,
    measured.fiscal_year,
    measured.kind,
    measured.scope,
    measured.part,
    measured.topic || '.' || measured.item as thing,
    measured.item_label,
    measured.group_label,
    measured.base,
    ends_with(measured.base, 'restated') or measured.role = 'restated' as is_restated,
    -- Which year's budget was restated is known only where it is said.
    case
        when measured.comparison_year is not null then measured.comparison_year
        when starts_with(measured.base, 'prior') then measured.fiscal_year - 1
        when not ends_with(measured.base, 'restated') and measured.role <> 'restated'
            then measured.fiscal_year
    end as comparison_year,
    coalesce(measured.direction, '') as direction,
    measured.amount_yuan,
    measured.change_yuan,
    measured.growth_percent,
    cast(measured.amount_yuan - measured.change_yuan as decimal(24, 6)) as implied_base_yuan,
    cast(
        if(
            measured.change_yuan is null,
            null,
            measured.amount_half + coalesce(measured.change_half, 0)
        ) as decimal(24, 6)
    ) as implied_half_step_yuan,
    stated.amount_yuan as stated_base_yuan,
    measured.claim_id,
    measured.amount_claim_id,
    measured.change_claim_id,
    measured.growth_claim_id,
    stated.amount_claim_id as stated_base_claim_id
from measured
left join amounts as stated
    on
        measured.document_id = stated.document_id
        and measured.part = stated.part
        and measured.topic = stated.topic
        and measured.item = stated.item
        and measured.base = stated.role
        and measured.item_label = stated.item_label
        and measured.group_label = stated.group_label
