-- Grain: one row per document, identity, scope key, form key and term key that fails by exactly
-- what is printed in rows that its identity cannot reach.
{{ config(materialized='ephemeral') }}
{#- So many amounts without a name, one below the other, are taken together at most. #}
{% set longest_run = 30 %}
with

-- What fails, with the forms and columns that it adds up.
failing as (

    select
        judged.document_id,
        judged.identity_id,
        judged.scope_key,
        judged.form_key,
        judged.term_key,
        any_value(abs(judged.gap)) as gap,
        any_value(judged.largest_step) as largest_step,
        -- Prose is held against the forms of one other part of its publication, if not its own.
        coalesce(
            max(terms.source_id) filter (where terms.source_id <> judged.document_id),
            judged.document_id
        ) as source_id,
        list(distinct terms.form) as forms,
        list(distinct terms.section) as sections,
        list(distinct terms.measure) as measures,
        list(terms.figure_id) as figure_ids
    from {{ ref('int_identity_sides__judged') }} as judged
    inner join {{ ref('int_identity_terms__resolved') }} as terms
        on
            judged.document_id = terms.document_id
            and judged.identity_id = terms.identity_id
            and judged.scope_key = terms.scope_key
            and judged.form_key = terms.form_key
            and judged.term_key = terms.term_key
    where
        judged.precise_tier in ('copy_mismatch', 'violation')
        and terms.side in ('left', 'right')
    group by
        judged.document_id, judged.identity_id, judged.scope_key, judged.form_key,
        judged.term_key

),

-- Amounts of those forms that nothing reaches, and sums of those printed one below the other:
-- a row that lost its name, or a list of them.
unplaced as (

    select
        figures.*,
        row_number() over (
            partition by
                figures.document_id, figures.form, figures.section, figures.measure
            order by figures.row_index, figures.column_index
        ) as place
    from {{ ref('int_figures__unplaced') }} as figures
    semi join failing
        on
            figures.document_id = failing.source_id
            and list_contains(failing.forms, figures.form)

),

unplaced_runs as (

    select
        first.document_id,
        first.form,
        first.section,
        first.measure,
        first.place,
        first.row_name,
        first.amount_text,
        run.place as last_place,
        sum(run.amount_yuan) over run_so_far as run_yuan,
        list(run.figure_id) over run_so_far as figure_ids
    from unplaced as first
    inner join unplaced as run
        on
            first.document_id = run.document_id
            and first.form = run.form
            and first.section = run.section
            and first.measure = run.measure
            and run.place between first.place and first.place + {{ longest_run }}
    window
        run_so_far as (
            partition by
                first.document_id, first.form, first.section, first.measure, first.place
            order by run.place
        )

)

select
    failing.document_id,
    failing.identity_id,
    failing.scope_key,
    failing.form_key,
    failing.term_key,
    arg_min(
        'an amount printed in row '
        || runs.row_name
        || ' of '
        || runs.form
        || if(runs.last_place = runs.place, '', ' and below it')
        || ' has no name, and it is what is lacking: '
        || runs.amount_text,
        (runs.last_place - runs.place, runs.form, runs.place)
    ) as doubt
from failing
inner join unplaced_runs as runs
    on
        failing.source_id = runs.document_id
        and list_contains(failing.forms, runs.form)
        and list_contains(failing.sections, runs.section)
        and (runs.measure = '' or list_contains(failing.measures, runs.measure))
        and abs(failing.gap - abs(runs.run_yuan)) <= 2 * failing.largest_step
        and not list_has_any(failing.figure_ids, runs.figure_ids)
group by
    failing.document_id, failing.identity_id, failing.scope_key, failing.form_key,
    failing.term_key
