-- Grain: one row per document, identity and statement that follows from other statements by a
-- division: shares, completion rates and growth.
-- N / D lies in [N⁻/D⁺, N⁺/D⁻]; a printed per cent agrees where its own interval meets that. Both
-- are multiplied out, so that everything stays decimal.
{{ config(materialized='ephemeral') }}
with

ratios as (

    select
        *,
        -- Which 类, 款 or 项 it is a part of, no total of a form is of.
        if(
            claim_kind = 'share'
            and role = 'actual'
            and (not is_part_of_class or ends_with(base, '.total')),
            base,
            null
        ) as form_thing
    from {{ ref('int_claim_ratios__divided') }}

),

-- The whole of a share as a form prints it, for prose that names it without its amount.
form_wholes as (

    select
        bases.thing,
        cells.document_id,
        cells.figure_id,
        cells.amount_yuan,
        cells.half_step_yuan
    from (
        values
        ('income.total', 'income', 'total'),
        ('expenditure.total', 'expenditure', 'total'),
        ('expenditure.basic', 'expenditure', 'basic'),
        ('expenditure.project', 'expenditure', 'project'),
        ('general_budget.total', 'general_budget_expenditure', 'total'),
        ('general_budget.basic', 'general_budget_expenditure', 'basic'),
        ('general_budget.project', 'general_budget_expenditure', 'project')
    ) as bases (thing, form, measure)
    inner join {{ ref('int_form_cells__joined') }} as cells
        on
            bases.form = cells.form
            and bases.measure = cells.measure
            and cells.line = 'total'
            and cells.figure_id is not null

),

-- A column of shares that adds up to exactly 100 may have had its last one filled in.
filled_up as (

    select
        document_id,
        paragraph_index,
        identity_id,
        base,
        group_label
    from ratios
    where claim_kind = 'share'
    group by document_id, paragraph_index, identity_id, base, group_label
    having count(*) > 1 and sum(claim_value) = 100

),

-- Last year's amount, by which growth divides, is this year's less the change.
divided as (

    select
        ratios.* replace (
            coalesce(ratios.denominator_id, form_wholes.figure_id) as denominator_id,
            if(
                ratios.claim_kind = 'growth',
                ratios.denominator - ratios.numerator,
                coalesce(ratios.denominator, form_wholes.amount_yuan)
            ) as denominator,
            coalesce(ratios.denominator_half, form_wholes.half_step_yuan)
            + if(ratios.claim_kind = 'growth', ratios.numerator_half, 0) as denominator_half,
            coalesce(ratios.denominator_own_half, form_wholes.half_step_yuan)
            + if(ratios.claim_kind = 'growth', ratios.numerator_own_half, 0)
                as denominator_own_half
        ),
        filled_up.identity_id is not null as is_filled_up
    from ratios
    left join form_wholes
        on
            ratios.document_id = form_wholes.document_id
            and ratios.form_thing = form_wholes.thing
    left join filled_up
        on
            ratios.document_id = filled_up.document_id
            and ratios.paragraph_index = filled_up.paragraph_index
            and ratios.identity_id = filled_up.identity_id
            and ratios.base = filled_up.base
            and ratios.group_label = filled_up.group_label

),

measured as (

    select
        *,
        abs(claim_value) as percent,
        abs(numerator) as part_value,
        100 * greatest(abs(numerator) - numerator_half, 0) as part_low,
        100 * (abs(numerator) + numerator_half) as part_high,
        denominator - denominator_half as whole_low,
        denominator + denominator_half as whole_high,
        100 * greatest(abs(numerator) - numerator_own_half, 0) as own_part_low,
        100 * (abs(numerator) + numerator_own_half) as own_part_high,
        denominator - denominator_own_half as own_whole_low,
        denominator + denominator_own_half as own_whole_high
    from divided

),

met as (

    select
        *,
        {{ percent_meets('percent', 'half_step', 'half_step', 'part_low', 'part_high',
                         'whole_low', 'whole_high') }} as is_met,
        -- Some publishers cut decimals off.
        {{ percent_meets('percent', '0', '2 * half_step', 'part_low', 'part_high',
                         'whole_low', 'whole_high') }} as is_cut,
        {{ percent_meets('percent', 'own_half_step', '2 * own_half_step', 'own_part_low',
                         'own_part_high', 'own_whole_low', 'own_whole_high') }} as is_coarse
    from measured

),

judged as (

    select
        *,
        case
            when numerator is null or denominator is null then 'not_evaluable'
            when denominator = 0 and claim_kind <> 'completion' and part_value = 0
                then 'not_applicable'
            when denominator = 0 and claim_kind = 'growth' then 'not_applicable'
            -- 0 % or 100 % of nothing is what templates print: neither follows nor is wrong.
            when denominator = 0 and part_value = 0 then 'undefined_ratio'
            when denominator = 0 then 'violation'
            when denominator < 0 then 'not_evaluable'
            when 100 * part_value = percent * denominator then 'exact'
            when is_met then 'rounding_likely'
            when is_cut then 'rounding_possible'
            when is_coarse then 'coarse_precision'
            when is_filled_up then 'residual_plug'
            else 'violation'
        end as tier,
        if(
            denominator > 0,
            cast(round(100 * numerator / denominator, 4) as decimal(24, 6)),
            null
        ) as implied_percent
    from met

)

select
    judged.document_id,
    judged.identity_id,
    judged.claim_id,
    case
        when
            count(*) over (
                partition by judged.document_id, judged.identity_id, judged.claim_name
            ) = 1
            then judged.claim_name
        else judged.claim_name || ' #' || row_number() over (
                partition by judged.document_id, judged.identity_id, judged.claim_name
                order by judged.claim_index
            )
    end as scope_key,
    '%' as unit,
    judged.claim_value as left_yuan,
    judged.implied_percent as right_yuan,
    judged.claim_value - judged.implied_percent as difference_yuan,
    judged.numerator_id,
    judged.denominator_id,
    judged.tier,
    case
        when judged.tier in ('undefined_ratio', 'violation') and judged.denominator = 0
            then 'a per cent of nothing'
        when judged.tier = 'residual_plug'
            then 'the shares add up to 100, but this one does not follow from its amounts'
        when judged.numerator is null then 'the amount is not stated'
        when judged.tier = 'not_evaluable' then 'what it is a per cent of is not stated'
        when judged.tier = 'not_applicable' then 'there is nothing to divide by'
        else ''
    end as reason
from judged
