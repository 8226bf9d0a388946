-- Grain: one row per share, completion rate and growth that the prose states for the document's own
-- year, with the statements that it is to follow from: what is divided, and by what.
{{ config(materialized='ephemeral') }}
with

ratios as (

    select * from {{ ref('int_claim_ratios__stated') }}

),

claims as (

    select
        *,
        topic || '.' || item as thing
    from {{ ref('int_claims__keyed') }}
    where is_own_year and claim_value is not null

),

-- The nearest statement of what is divided: of the same thing, in the same paragraph, else in the
-- same part, where it is said before rather than after. A change has no role of its own.
numerators as (

    select
        ratios.claim_id,
        numbers.claim_id as numerator_id,
        numbers.claim_value as numerator,
        numbers.half_step as numerator_half,
        numbers.own_half_step as numerator_own_half,
        numbers.whole_claim_id
    from ratios
    inner join claims as numbers
        on
            ratios.document_id = numbers.document_id
            and ratios.part = numbers.part
            and ratios.thing = numbers.thing
            and ratios.role = numbers.role
            and ratios.loose_label = numbers.loose_label
            and ratios.group_label = numbers.group_label
            and if(
                ratios.claim_kind = 'growth',
                numbers.claim_kind = 'change'
                and ratios.base = numbers.base
                and ratios.paragraph_index = numbers.paragraph_index,
                numbers.claim_kind in ('amount', 'count')
            )
    qualify row_number() over (
            partition by ratios.claim_id
            order by
                numbers.paragraph_index <> ratios.paragraph_index,
                numbers.claim_index > ratios.claim_index,
                abs(numbers.claim_index - ratios.claim_index)
        ) = 1

),

-- What the statement that it is divided by is of: the whole of a share, else the thing itself. A
-- project executes what was appropriated for it.
divisible as (

    select
        ratios.*,
        numerators.whole_claim_id as numerator_whole_id,
        unnest(
            case
                when ratios.claim_kind = 'share' then [ratios.base]
                when ratios.claim_kind = 'completion' and ratios.thing = 'project.total'
                    then ['project.total', 'project.income']
                else [ratios.thing]
            end
        ) as whole_thing
    from ratios
    left join numerators on ratios.claim_id = numerators.claim_id

),

-- The whole of a share, the budget of a completion, this year's amount of growth (from which the
-- change is taken to have last year's).
denominators as (

    select
        divisible.claim_id,
        numbers.claim_id as denominator_id,
        numbers.claim_value as denominator,
        numbers.half_step as denominator_half,
        numbers.own_half_step as denominator_own_half
    from divisible
    inner join claims as numbers
        on
            divisible.document_id = numbers.document_id
            and divisible.whole_thing = numbers.thing
    where
        numbers.claim_kind in ('amount', 'count')
        and case divisible.claim_kind
            when 'share'
                then
                    divisible.role = numbers.role
                    -- What one 项 spent on projects is the whole of nothing outside of it.
                    and (
                        not numbers.is_part_of_class
                        or divisible.group_label = numbers.group_label
                    )
            when 'completion'
                then
                    divisible.loose_label = numbers.loose_label
                    and divisible.group_label = numbers.group_label
                    and (
                        divisible.base = numbers.role
                        or divisible.thing <> numbers.thing
                        -- 预算为5万元 … 完成年初预算的60%: one budget under two names.
                        or (
                            divisible.paragraph_index = numbers.paragraph_index
                            and numbers.role in ('budget', 'opening_budget', 'adjusted_budget')
                        )
                    )
            else
                divisible.role = numbers.role
                and divisible.loose_label = numbers.loose_label
                and divisible.group_label = numbers.group_label
                and divisible.part = numbers.part
        end
    qualify row_number() over (
            partition by divisible.claim_id
            order by
                -- Of several statements of the whole, the one whose part is said to be divided.
                numbers.claim_id is distinct from divisible.numerator_whole_id,
                numbers.paragraph_index <> divisible.paragraph_index,
                numbers.part <> divisible.part,
                numbers.role <> divisible.base,
                numbers.claim_index > divisible.claim_index,
                abs(numbers.claim_index - divisible.claim_index)
        ) = 1

)

select
    ratios.document_id,
    ratios.identity_id,
    ratios.claim_id,
    ratios.claim_index,
    ratios.paragraph_index,
    ratios.claim_name,
    ratios.claim_kind,
    ratios.role,
    ratios.base,
    ratios.group_label,
    ratios.is_part_of_class,
    ratios.claim_value,
    ratios.half_step,
    ratios.own_half_step,
    numerators.numerator_id,
    numerators.numerator,
    numerators.numerator_half,
    numerators.numerator_own_half,
    denominators.denominator_id,
    denominators.denominator,
    denominators.denominator_half,
    denominators.denominator_own_half
from ratios
left join numerators on ratios.claim_id = numerators.claim_id
left join denominators on ratios.claim_id = denominators.claim_id
