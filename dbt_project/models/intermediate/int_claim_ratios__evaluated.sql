-- Grain: one row per document, identity and statement that follows from other statements by a
-- division: shares, completion rates and growth.
-- N / D lies in [N⁻/D⁺, N⁺/D⁻]; a printed per cent agrees where its own interval meets that. Both
-- are multiplied out, so that everything stays decimal.
with

claims as (

    select * from {{ ref('int_claims__keyed') }}
    where claim_value is not null and is_own_year

),

ratios as (

    select
        *,
        topic || '.' || item as thing,
        case
            when claim_kind = 'share' and topic = 'income' then 'nar_income_shares'
            when claim_kind = 'share' and topic = 'expenditure' then 'nar_exp_shares'
            when claim_kind = 'share' and topic = 'general_budget' and item = 'total'
                then 'nar_gpb_share_of_total'
            when claim_kind = 'share' and topic = 'general_budget' then 'nar_lei_shares'
            when claim_kind = 'share' and topic = 'basic' then 'nar_basic_shares'
            when claim_kind = 'share' and topic = 'three_public' then 'nar_tpe_shares'
            when claim_kind = 'share' and topic = 'procurement' then 'proc_sme_share'
            when claim_kind = 'share' and topic = 'performance' and ends_with(item, '_funds')
                then 'perf_scope_share'
            when claim_kind = 'share' then 'nar_other_shares'
            when claim_kind = 'completion' and topic = 'three_public' then 'nar_tpe_rate'
            when claim_kind = 'completion' and topic = 'project' then 'app_project_rate'
            when claim_kind = 'completion' then 'nar_completion_rate'
            else 'yoy_rate'
        end as identity_id
    from claims
    where
        claim_kind in ('share', 'completion', 'growth')
        and unit in ('%', '')
        -- Shares of the kinds of procurement have no amount of their own: proc_sme_by_kind.
        and not starts_with(item, 'sme_in_')

),

-- Amounts and counts that a ratio may be made of. A change has no role of its own.
numbers as (

    select
        *,
        topic || '.' || item as thing
    from claims
    where claim_kind in ('amount', 'count', 'change')

),

-- The nearest statement of what is divided: of the same thing, in the same paragraph, else in the
-- same part, where it is said before rather than after.
numerators as (

    select
        ratios.claim_id,
        numbers.claim_id as numerator_id,
        numbers.claim_index as numerator_index,
        numbers.paragraph_index as numerator_paragraph,
        numbers.claim_value as numerator,
        numbers.half_step as numerator_half,
        numbers.own_half_step as numerator_own_half,
        numbers.whole_claim_id
    from ratios
    inner join numbers
        on
            ratios.document_id = numbers.document_id
            and ratios.part = numbers.part
            and ratios.thing = numbers.thing
            and ratios.role = numbers.role
            and ratios.loose_label = numbers.loose_label
            and ratios.group_label = numbers.group_label
            and if(
                ratios.claim_kind = 'growth',
                numbers.claim_kind = 'change' and ratios.base = numbers.base,
                numbers.claim_kind <> 'change'
            )
    where ratios.claim_kind <> 'growth' or ratios.paragraph_index = numbers.paragraph_index
    qualify row_number() over (
            partition by ratios.claim_id
            order by
                numbers.paragraph_index <> ratios.paragraph_index,
                numbers.claim_index > ratios.claim_index,
                abs(numbers.claim_index - ratios.claim_index)
        ) = 1

),

-- What it is divided by: the whole of a share, the budget of a completion, this year's amount of
-- growth (from which the change is taken to have last year's).
denominators as (

    select
        ratios.claim_id,
        numbers.claim_id as denominator_id,
        numbers.claim_value as denominator,
        numbers.half_step as denominator_half,
        numbers.own_half_step as denominator_own_half
    from ratios
    left join numerators on ratios.claim_id = numerators.claim_id
    inner join numbers
        on
            ratios.document_id = numbers.document_id
            and numbers.claim_kind <> 'change'
            and case ratios.claim_kind
                when 'share'
                    then
                        ratios.base = numbers.thing
                        and ratios.role = numbers.role
                        -- What one 项 spent on projects is the whole of nothing outside of it.
                        and (
                            not numbers.is_part_of_class
                            or ratios.group_label = numbers.group_label
                        )
                when 'completion'
                    then
                        ratios.loose_label = numbers.loose_label
                        and ratios.group_label = numbers.group_label
                        and (
                            (ratios.thing = numbers.thing and ratios.base = numbers.role)
                            -- A project executes what was appropriated for it.
                            or (
                                ratios.thing = 'project.total'
                                and numbers.thing = 'project.income'
                            )
                            -- 预算为5万元 … 完成年初预算的60%: one budget under two names.
                            or (
                                ratios.thing = numbers.thing
                                and ratios.paragraph_index = numbers.paragraph_index
                                and numbers.role
                                in ('budget', 'opening_budget', 'adjusted_budget')
                            )
                        )
                else
                    ratios.thing = numbers.thing
                    and ratios.role = numbers.role
                    and ratios.loose_label = numbers.loose_label
                    and ratios.group_label = numbers.group_label
                    and ratios.part = numbers.part
            end
    qualify row_number() over (
            partition by ratios.claim_id
            order by
                -- Of several statements of the whole, the one whose part is said to be divided.
                numbers.claim_id is distinct from numerators.whole_claim_id,
                numbers.paragraph_index <> ratios.paragraph_index,
                numbers.part <> ratios.part,
                numbers.role <> ratios.base,
                numbers.claim_index > ratios.claim_index,
                abs(numbers.claim_index - ratios.claim_index)
        ) = 1

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
share_sums as (

    select
        document_id,
        paragraph_index,
        identity_id,
        base,
        group_label,
        sum(claim_value) as share_sum,
        count(*) as share_count
    from ratios
    where claim_kind = 'share'
    group by document_id, paragraph_index, identity_id, base, group_label

),

divided as (

    select
        ratios.*,
        numerators.numerator_id,
        numerators.numerator,
        numerators.numerator_half,
        numerators.numerator_own_half,
        coalesce(denominators.denominator_id, form_wholes.figure_id) as denominator_id,
        if(
            ratios.claim_kind = 'growth',
            denominators.denominator - numerators.numerator,
            coalesce(denominators.denominator, form_wholes.amount_yuan)
        ) as denominator,
        coalesce(denominators.denominator_half, form_wholes.half_step_yuan)
        + if(ratios.claim_kind = 'growth', numerators.numerator_half, 0) as denominator_half,
        coalesce(denominators.denominator_own_half, form_wholes.half_step_yuan)
        + if(ratios.claim_kind = 'growth', numerators.numerator_own_half, 0)
            as denominator_own_half,
        share_sums.share_count > 1 and share_sums.share_sum = 100 as is_filled_up
    from ratios
    left join numerators on ratios.claim_id = numerators.claim_id
    left join denominators on ratios.claim_id = denominators.claim_id
    left join form_wholes
        on
            ratios.document_id = form_wholes.document_id
            and ratios.claim_kind = 'share'
            and ratios.role = 'actual'
            and ratios.base = form_wholes.thing
            -- Which 类, 款 or 项 it is a part of, no total of a form is of.
            and (not ratios.is_part_of_class or ends_with(ratios.base, '.total'))
    left join share_sums
        on
            ratios.document_id = share_sums.document_id
            and ratios.paragraph_index = share_sums.paragraph_index
            and ratios.identity_id = share_sums.identity_id
            and ratios.base = share_sums.base
            and ratios.group_label = share_sums.group_label

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
            when denominator = 0 then 'undefined_ratio'
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
        when judged.tier = 'undefined_ratio' then 'a per cent of nothing'
        when judged.tier = 'residual_plug'
            then 'the shares add up to 100, but this one does not follow from its amounts'
        when judged.tier = 'not_evaluable' and judged.numerator is null
            then 'the amount is not stated'
        when judged.tier = 'not_evaluable' then 'what it is a per cent of is not stated'
        when judged.tier = 'not_applicable' then 'there is nothing to divide by'
        else ''
    end as reason
from judged
