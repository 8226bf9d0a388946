-- Grain: one row per document, identity and scope key: what the prose says of its own numbers that
-- is neither a sum nor a share. Left and right hold the statements compared.
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

same_money as (

    select document_id
    from {{ ref('int_identities__evaluated') }}
    where identity_id = 'app_scope' and tier in {{ tiers_evaluated() }}
    group by document_id
    having bool_and(tier not in {{ tiers_that_fail() }})

),

-- Words of comparison with a budget ------------------------------------------------------------
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

),

-- The budget compared with: under its own name in any part, else the one the paragraph states.
budgets as (

    select
        compared.*,
        amounts.part as budget_part,
        amounts.claim_id as budget_id,
        amounts.claim_value as budget,
        amounts.own_half_step as budget_half,
        amounts.role = compared.base as is_named
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

),

nar_equal_claims as (

    select
        document_id,
        'nar_equal_claims' as identity_id,
        concat_ws(
            ' ',
            claim_name,
            nullif(base, ''),
            if(budget_part = part, null, budget_part)
        ) as scope_key,
        'yuan' as unit,
        actual as left_yuan,
        budget as right_yuan,
        case
            when direction = 'equal' and actual = budget then 'exact'
            when
                direction = 'equal' and abs(actual - budget) < actual_half + budget_half
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
        || case direction
            when 'increase' then 'more'
            when 'decrease' then 'less'
            else 'equal'
        end as reason,
        [actual_id, claim_id] as left_ids,
        [budget_id] as right_ids
    from budgets
    qualify row_number() over (
            partition by document_id, scope_key
            order by tier <> 'violation', claim_id
        ) = 1

),

-- Shares of small enterprises by kind ----------------------------------------------------------
procured as (

    select
        document_id,
        part,
        item,
        claim_kind,
        claim_id,
        claim_value,
        half_step,
        own_half_step
    from claims
    where
        topic = 'procurement'
        and claim_kind in ('amount', 'share')
        and claim_value is not null
        and statement_number = 1

),

awarded_by_kind as (

    select
        amounts_by_kind.document_id,
        amounts_by_kind.part,
        count(*) as kind_count,
        count(shares.claim_id) as share_count,
        bool_and(shares.claim_id is not null or amounts_by_kind.claim_value = 0) as is_whole,
        sum(shares.claim_value * amounts_by_kind.claim_value / 100) as awarded,
        sum(
            (shares.claim_value - shares.own_half_step)
            * (amounts_by_kind.claim_value - amounts_by_kind.own_half_step)
        ) as awarded_low,
        sum(
            (shares.claim_value + shares.own_half_step)
            * (amounts_by_kind.claim_value + amounts_by_kind.own_half_step)
        ) as awarded_high,
        list(shares.claim_id order by shares.claim_id) filter (where shares.claim_id is not null)
        || list(amounts_by_kind.claim_id order by amounts_by_kind.claim_id) as claim_ids
    from procured as amounts_by_kind
    left join procured as shares
        on
            amounts_by_kind.document_id = shares.document_id
            and amounts_by_kind.part = shares.part
            and shares.claim_kind = 'share'
            and shares.item = 'sme_in_' || amounts_by_kind.item
    where
        amounts_by_kind.claim_kind = 'amount'
        and amounts_by_kind.item in ('goods', 'works', 'services')
    group by amounts_by_kind.document_id, amounts_by_kind.part

),

proc_sme_by_kind as (

    select
        awarded_by_kind.document_id,
        'proc_sme_by_kind' as identity_id,
        awarded_by_kind.part as scope_key,
        'yuan' as unit,
        procured.claim_value as left_yuan,
        cast(awarded_by_kind.awarded as decimal(24, 6)) as right_yuan,
        case
            when not awarded_by_kind.is_whole or awarded_by_kind.kind_count < 3
                then 'not_evaluable'
            when awarded_by_kind.awarded = procured.claim_value then 'exact'
            when
                awarded_by_kind.awarded_low <= 100 * (procured.claim_value + procured.own_half_step)
                and awarded_by_kind.awarded_high
                >= 100 * (procured.claim_value - procured.own_half_step)
                then 'rounding_likely'
            else 'violation'
        end as tier,
        if(
            not awarded_by_kind.is_whole or awarded_by_kind.kind_count < 3,
            'a kind is stated without its share or amount',
            ''
        ) as reason,
        [procured.claim_id] as left_ids,
        awarded_by_kind.claim_ids as right_ids
    from awarded_by_kind
    inner join procured
        on
            awarded_by_kind.document_id = procured.document_id
            and awarded_by_kind.part = procured.part
            and procured.item = 'sme'
            and procured.claim_kind = 'amount'
    where awarded_by_kind.share_count > 0

),

-- One fund, one year and one amount ------------------------------------------------------------
named_funds as (

    select
        *,
        {{ loose_name("regexp_replace(item_label, '^(19|20)[0-9]{2}年(度)?', '')") }} as fund_name
    from amounts
    where topic = 'funds'

),

fund_pairs as (

    select
        former.document_id,
        former.fund_name,
        former.claim_id as former_id,
        former.claim_index as former_index,
        latter.claim_index as latter_index,
        latter.claim_id as latter_id,
        former.claim_value as former_value,
        latter.claim_value as latter_value,
        case
            when former.claim_value = latter.claim_value then 'exact'
            when
                abs(former.claim_value - latter.claim_value)
                < former.own_half_step + latter.own_half_step
                then 'rounding_likely'
            -- Of one year, or in one list, they may be several payments.
            when former.year = latter.year then 'not_evaluable'
            when former.year is null or latter.year is null then 'not_evaluable'
            when former.paragraph_index = latter.paragraph_index then 'not_evaluable'
            else 'violation'
        end as tier,
        former.year as former_year,
        latter.year as latter_year
    from named_funds as former
    inner join named_funds as latter
        on
            former.document_id = latter.document_id
            and former.fund_name = latter.fund_name
            and former.claim_index < latter.claim_index

),

perf_fund_year as (

    select
        document_id,
        'perf_fund_year' as identity_id,
        fund_name as scope_key,
        'yuan' as unit,
        former_value as left_yuan,
        latter_value as right_yuan,
        tier,
        if(
            tier = 'violation',
            format('of {} here and of {} there', former_year, latter_year),
            ''
        ) as reason,
        [former_id] as left_ids,
        [latter_id] as right_ids
    from fund_pairs
    qualify row_number() over (
            partition by document_id, fund_name
            order by tier <> 'violation', tier = 'not_evaluable', former_index, latter_index
        ) = 1

),

-- Activities and their parts -------------------------------------------------------------------
activity_parts as (

    select
        wholes.document_id,
        wholes.claim_id as whole_id,
        wholes.claim_name,
        wholes.claim_index,
        wholes.is_money,
        wholes.claim_value as whole,
        sum(parts.claim_value) as part_sum,
        any_value(wholes.own_half_step) + sum(parts.own_half_step) as reach,
        list(parts.claim_id order by parts.claim_index) as part_ids
    from claims as parts
    inner join claims as wholes
        on
            parts.document_id = wholes.document_id
            and parts.whole_claim_id = wholes.claim_id
    where
        wholes.topic = 'performance'
        and wholes.claim_kind = parts.claim_kind
        and wholes.claim_kind in ('amount', 'count')
        and wholes.unit = parts.unit
    group by all
    having count(*) > 1

),

app_activity_sums as (

    select
        document_id,
        'app_activity_sums' as identity_id,
        claim_name || ' #' || row_number() over (
            partition by document_id, claim_name
            order by claim_index
        ) as scope_key,
        if(is_money, 'yuan', 'count') as unit,
        whole as left_yuan,
        cast(part_sum as decimal(24, 6)) as right_yuan,
        case
            when whole = part_sum then 'exact'
            when abs(whole - part_sum) < reach then 'rounding_likely'
            else 'violation'
        end as tier,
        '' as reason,
        [whole_id] as left_ids,
        part_ids as right_ids
    from activity_parts

),

-- Every item exactly at its opening budget -----------------------------------------------------
item_budgets as (

    select
        document_id,
        part,
        loose_label,
        max(claim_value) filter (where role = 'actual') as actual,
        max(claim_value) filter (where role = 'opening_budget') as opening,
        min(claim_id) filter (where role = 'actual') as actual_id,
        min(claim_id) filter (where role = 'opening_budget') as opening_id
    from amounts
    where thing = 'general_budget.item' and statement_number = 1
    group by document_id, part, loose_label

),

nar_all_budget_equals_actual as (

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
    from item_budgets
    where actual <> 0 and opening is not null
    group by document_id, part
    -- Two items may happen to.
    having count(*) > 2

),

-- Amounts given as reasons ---------------------------------------------------------------------
reasons as (

    select
        document_id,
        part,
        paragraph_index,
        claim_index,
        claim_id,
        base as thing,
        {{ signed_change('direction', 'claim_value') }} as signed_value,
        abs(claim_value) as size,
        own_half_step
    from claims
    where topic = 'reasons' and claim_kind in ('amount', 'change') and is_money and base <> ''

),

-- What is said on a restated basis is a thing of its own, see docs/claims.md.
stated as (

    select
        *,
        thing || if(role = 'restated', '.restated', '') as explained_thing
    from claims
    where claim_kind in ('amount', 'change') and claim_value is not null and topic <> 'reasons'

),

-- A reason explains the change stated before it, or the first one where none is.
paired as (

    select
        reasons.*,
        changes.claim_id as change_id,
        changes.claim_index as change_index,
        changes.own_half_step as change_half,
        coalesce(
            {{ signed_change('changes.direction', 'changes.claim_value') }}, changes.claim_value
        ) as change
    from reasons
    left join stated as changes
        on
            reasons.document_id = changes.document_id
            and reasons.part = changes.part
            and reasons.paragraph_index = changes.paragraph_index
            and reasons.thing = changes.explained_thing
            and changes.claim_kind = 'change'
            and changes.is_money
    qualify row_number() over (
            partition by reasons.claim_id
            order by
                changes.claim_index > reasons.claim_index,
                abs(changes.claim_index - reasons.claim_index)
        ) = 1

),

-- Where a paragraph states no change, the difference from the opening budget is what is explained.
differences as (

    select
        document_id,
        part,
        paragraph_index,
        explained_thing as thing,
        max(claim_value) filter (where role = 'actual') as actual,
        max(claim_value) filter (where role = 'opening_budget') as opening,
        max(own_half_step) as amount_half,
        list(claim_id order by claim_index) filter (where role in ('actual', 'opening_budget'))
            as claim_ids
    from stated
    where claim_kind = 'amount' and not is_part_of_class
    group by document_id, part, paragraph_index, explained_thing

),

varied as (

    select
        paired.document_id,
        paired.part,
        paired.paragraph_index,
        paired.thing,
        paired.change_id,
        paired.change_index,
        coalesce(paired.change, differences.actual - differences.opening) as variance,
        coalesce(paired.change_half, 2 * differences.amount_half) as variance_half,
        if(paired.change_id is null, differences.claim_ids, [paired.change_id]) as variance_ids,
        sum(paired.size) as size,
        -- What has no direction beside what has one goes the way of the change.
        sum(
            coalesce(
                paired.signed_value,
                paired.size
                * sign(coalesce(paired.change, differences.actual - differences.opening))
            )
        ) as net,
        bool_or(paired.signed_value is not null) as has_direction,
        sum(paired.own_half_step) as explained_half,
        list(paired.claim_id order by paired.claim_index) as reason_ids
    from paired
    left join differences
        on
            paired.document_id = differences.document_id
            and paired.part = differences.part
            and paired.paragraph_index = differences.paragraph_index
            and paired.thing = differences.thing
    where paired.change_id is not null or differences.thing is not null
    group by all

),

explained as (

    select
        * exclude (variance),
        if(has_direction, net, size) as explained,
        if(has_direction, variance, abs(variance)) as variance
    from varied

),

reason_explains_delta as (

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

)

{% for check in [
    'nar_equal_claims', 'proc_sme_by_kind', 'perf_fund_year', 'app_activity_sums',
    'nar_all_budget_equals_actual', 'reason_explains_delta'
] -%}
    select * from {{ check }}
    {% if not loop.last %}union all by name
    {% endif %}
{%- endfor %}
