-- Grain: one row per document and figure or statement whose amount is printed again, of documents
-- that contradict themselves.
-- Printings of one amount are a family: software prints what is wrong wherever it repeats it, so
-- that they are right or wrong together and no witnesses for each other. Of a family are what an
-- equality binds, or a sum that but one of its parts adds anything to; equal amounts of one code;
-- and equal amounts of so many digits that no chance makes them equal.
{{ config(materialized='table') }}
{#- In a document of a few hundred amounts a third of those of three digits agree by chance. #}
{% set digits_of_one_code = 3 %}
{% set digits_of_any = 5 %}
with recursive

contradicting as (

    select distinct document_id
    from {{ ref('int_identity_checks__attributed') }}
    where severity = 'hard' and tier = 'violation'

),

bound as (

    select
        terms.document_id,
        terms.figure_id,
        any_value(terms.amount_yuan) as amount_yuan,
        any_value(terms.row_code) as row_code,
        length(
            regexp_replace(
                replace(cast(any_value(terms.amount_yuan) as varchar), '.', ''),
                '^[-0]+|0+$', '', 'g'
            )
        ) as digit_count
    from {{ ref('int_identity_terms__resolved') }} as terms
    semi join contradicting on terms.document_id = contradicting.document_id
    where terms.figure_id is not null and terms.amount_yuan <> 0 and terms.is_money
    group by terms.document_id, terms.figure_id

),

equations as (

    select
        checks.document_id,
        checks.check_id,
        checks.severity,
        checks.is_beyond_rounding,
        checks.tier,
        checks.evidence,
        terms.figure_id,
        sum(terms.sign * if(terms.side = 'left', 1, -1)) as sign
    from {{ ref('int_identity_terms__resolved') }} as terms
    semi join bound
        on terms.document_id = bound.document_id and terms.figure_id = bound.figure_id
    {{ join_identity_checks() }}
    where
        terms.side in ('left', 'right')
        and checks.relation = '='
        and (checks.is_held or checks.tier in ('copy_mismatch', 'violation'))
    group by
        checks.document_id, checks.check_id, checks.severity, checks.is_beyond_rounding,
        checks.tier, checks.evidence, terms.figure_id
    having sign <> 0

),

counted as (

    select
        *,
        count(*) over same_check as amount_count,
        sum(sign) over same_check as total_sign
    from equations
    window same_check as (partition by check_id)

),

-- Each amount with one that it equals, for one reason or another.
equal_ones as (

    select
        document_id,
        figure_id,
        min(figure_id) over (partition by check_id) as other_id
    from counted
    where not is_beyond_rounding and amount_count = 2 and total_sign = 0
    union
    select
        document_id,
        figure_id,
        min(figure_id) over (partition by document_id, amount_yuan) as other_id
    from bound
    where digit_count >= {{ digits_of_any }}
    union
    select
        document_id,
        figure_id,
        min(figure_id) over (partition by document_id, amount_yuan, row_code) as other_id
    from bound
    where digit_count >= {{ digits_of_one_code }} and row_code <> ''

),

pairs as (

    select
        document_id,
        figure_id,
        other_id
    from equal_ones
    where figure_id <> other_id
    union
    select
        document_id,
        other_id as figure_id,
        figure_id as other_id
    from equal_ones
    where figure_id <> other_id

),

reached as (

    select * from pairs
    union
    select
        reached.document_id,
        reached.figure_id,
        pairs.other_id
    from reached
    inner join pairs
        on reached.document_id = pairs.document_id and reached.other_id = pairs.figure_id

),

families as (

    select
        document_id,
        figure_id,
        min(other_id) as family_id
    from reached
    group by document_id, figure_id

),

-- What stands on both sides of an equation is not bound by it, nor by one that hardly holds: a
-- wrong amount may be within its reach.
quantities as (

    select
        equations.document_id,
        equations.check_id,
        coalesce(families.family_id, equations.figure_id) as family_id,
        bool_or(equations.is_beyond_rounding) as is_beyond_rounding,
        bool_or(equations.tier in ('exact', 'rounding_likely')) as is_close
    from equations
    left join families
        on
            equations.document_id = families.document_id
            and equations.figure_id = families.figure_id
    where equations.severity = 'hard' and equations.evidence <> 'narrative'
    group by
        equations.document_id, equations.check_id,
        coalesce(families.family_id, equations.figure_id)
    having sum(equations.sign) <> 0

),

judged as (

    select
        document_id,
        family_id,
        bool_or(is_beyond_rounding) as is_contradicted,
        bool_or(is_close and quantity_count > 2) as is_bound
    from (
        select
            *,
            count(*) over (partition by check_id) as quantity_count
        from quantities
    ) as counted_quantities
    group by document_id, family_id

)

select
    families.document_id,
    families.figure_id,
    families.family_id,
    coalesce(judged.is_contradicted, false) as is_contradicted,
    coalesce(judged.is_bound, false) as is_bound
from families
left join judged
    on
        families.document_id = judged.document_id
        and families.family_id = judged.family_id
