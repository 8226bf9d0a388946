-- Grain: one row per document and figure or statement that its identities bind.
with

bound as (

    select
        document_id,
        figure_id,
        any_value(source_id) as source_id,
        any_value(amount_yuan) as amount_yuan,
        max(half_step_yuan) as half_step_yuan,
        any_value(amount_text) as amount_text,
        any_value(form) as form,
        any_value(section) as section,
        any_value(measure) as measure,
        any_value(row_index) as row_index
    from {{ ref('int_identity_terms__resolved') }}
    where figure_id is not null
    group by document_id, figure_id

),

cutting_off as (

    select distinct document_id
    from {{ ref('int_identities__evaluated') }}
    where is_truncating

)

select
    bound.document_id,
    bound.figure_id,
    bound.amount_yuan,
    cast(bound.half_step_yuan as decimal(27, 9)) as half_step_yuan,
    bound.amount_text,
    coalesce(figures.printed_unit, claims.unit, '') as unit,
    bound.form,
    bound.section,
    bound.measure,
    bound.row_index,
    coalesce(figures.column_index, 0) as column_index,
    coalesce(readings.outcome, '') as outcome,
    cutting_off.document_id is not null as is_cut_off,
    claims.claim_id is not null as is_statement
from bound
left join cutting_off on bound.document_id = cutting_off.document_id
left join {{ ref('stg_figures') }} as figures
    on bound.source_id = figures.document_id and bound.figure_id = figures.figure_id
left join {{ ref('stg_claims') }} as claims
    on bound.document_id = claims.document_id and bound.figure_id = claims.claim_id
left join {{ ref('stg_second_readings') }} as readings
    on
        bound.source_id = readings.document_id
        and bound.figure_id = readings.figure_id
