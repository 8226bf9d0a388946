-- Grain: one row per document, form and body row that prints a growth, a change and last year's
-- amount.
-- Catches: a growth (增减%) that does not follow from the change and last year's amount.
-- Lets pass: any rounding, a per cent cut off, and the sign, which some leave to the change.
with

figures as (

    select
        figures.document_id,
        figures.form,
        figures.section,
        figures.row_index,
        figures.row_code,
        figures.row_label,
        figures.line,
        figures.measure,
        figures.figure_id,
        abs(
            coalesce(
                figures.amount_yuan,
                try_cast(
                    regexp_replace(figures.amount_text, '[,，%％\s　]', '', 'g') as decimal(24, 6)
                )
            )
        ) as printed_value,
        coalesce(
            rounded.half_step_yuan,
            cast({{ half_of_last_decimal('figures.printed_scale') }} as decimal(24, 6))
        ) as half
    from {{ ref('stg_figures') }} as figures
    inner join {{ ref('int_figures__rounded') }} as rounded
        on
            figures.document_id = rounded.document_id
            and figures.figure_id = rounded.figure_id
    where
        figures.measure in ('growth', 'change', 'prior_execution', 'prior_total')
        and not figures.is_doubtful

),

beside as (

    select
        growths.document_id,
        growths.form,
        growths.section,
        growths.row_index,
        coalesce(
            nullif(growths.row_code, ''),
            nullif(growths.line, ''),
            nullif(growths.row_label, ''),
            'row'
        ) as row_key,
        growths.figure_id as growth_id,
        growths.printed_value as said,
        growths.half as said_half,
        changes.figure_id as change_id,
        changes.printed_value as change_yuan,
        changes.half as change_half,
        priors.figure_id as prior_id,
        priors.printed_value as prior_yuan,
        priors.half as prior_half
    from figures as growths
    inner join figures as changes
        on
            growths.document_id = changes.document_id
            and growths.form = changes.form
            and growths.section = changes.section
            and growths.row_index = changes.row_index
            and changes.measure = 'change'
    inner join figures as priors
        on
            growths.document_id = priors.document_id
            and growths.form = priors.form
            and growths.section = priors.section
            and growths.row_index = priors.row_index
            and priors.measure in ('prior_execution', 'prior_total')
    where growths.measure = 'growth' and growths.printed_value is not null
    -- Where last year's budget is printed too, the change is against what became of it.
    qualify row_number() over (
            partition by growths.document_id, growths.figure_id
            order by priors.measure, priors.figure_id, changes.figure_id
        ) = 1

)

select
    document_id,
    'b_growth' as identity_id,
    form
    || ' '
    || row_key
    || if(
        count(*) over (partition by document_id, form, row_key) > 1, ' #' || row_index, ''
    ) as scope_key,
    '%' as unit,
    said as left_yuan,
    cast(
        if(prior_yuan > 0, round(100 * change_yuan / prior_yuan, 4), null) as decimal(24, 6)
    ) as right_yuan,
    case
        when prior_yuan <= prior_half then 'not_applicable'
        when said * prior_yuan = 100 * change_yuan then 'exact'
        when
            {{ percent_meets('said', 'said_half', 'said_half',
                             '100 * (change_yuan - change_half)',
                             '100 * (change_yuan + change_half)',
                             '(prior_yuan - prior_half)', '(prior_yuan + prior_half)') }}
            then 'rounding_likely'
        when
            {{ percent_meets('said', '2 * said_half', '2 * said_half',
                             '100 * (change_yuan - change_half)',
                             '100 * (change_yuan + change_half)',
                             '(prior_yuan - prior_half)', '(prior_yuan + prior_half)') }}
            then 'rounding_possible'
        else 'violation'
    end as tier,
    if(prior_yuan <= prior_half, 'there is nothing to divide by', '') as reason,
    [growth_id] as left_ids,
    [change_id, prior_id] as right_ids
from beside
