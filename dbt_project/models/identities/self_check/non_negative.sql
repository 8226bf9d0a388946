-- Grain: one row per document and form that prints amounts.
-- Catches: an amount below nil, which forms of spending and income do not print.
-- Lets pass: what a budget is less than the year before; why another amount is one, a correction
-- of an earlier year say.
with

amounts as (

    select
        *,
        coalesce(nullif(row_code, ''), row_label) as row_name
    from {{ ref('stg_figures') }}
    where
        form <> ''
        and measure <> ''
        and not regexp_matches(measure, '(^|_)change$')
        and amount_yuan is not null

),

negative as (

    select
        document_id,
        form,
        string_agg(
            concat_ws(' ', row_name, measure, amount_text), ', '
            order by row_index, measure
        ) as negative_amounts,
        {{ check_terms(row_index='row_index') }} as terms
    from amounts
    where amount_yuan < 0
    group by document_id, form

),

counted as (

    select
        document_id,
        form,
        count(*) as amount_count
    from amounts
    group by document_id, form

)

select
    counted.document_id,
    'non_negative' as identity_id,
    counted.form as scope_key,
    if(negative.form is null, 'exact', 'violation') as tier,
    coalesce(
        'negative: ' || negative.negative_amounts, format('{} amounts', counted.amount_count)
    ) as reason,
    negative.terms
from counted
left join negative
    on counted.document_id = negative.document_id and counted.form = negative.form
