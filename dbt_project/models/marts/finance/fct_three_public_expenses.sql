-- Grain: one row per document and item of the three public expenses.
-- The budget of final accounts is the full-year, adjusted one; budgets have no actual. Amounts are
-- the form's, counts (delegations, receptions, vehicles) what the narrative states.
with

figures as (

    select * from {{ ref('int_figures__published') }}

),

items as (

    select
        *,
        starts_with(measure, 'actual_') as is_actual,
        regexp_replace(measure, '^(budget|actual)_', '') as item
    from figures
    where form_family = 'three_public'

),

-- What is counted of each item: times (团组, 批次), people and vehicles.
counts as (

    select
        document_id,
        case
            when starts_with(item, 'overseas') then 'overseas'
            when starts_with(item, 'reception') then 'reception'
            when item = 'vehicles_bought' then 'vehicle_purchase'
            else 'vehicle_operation'
        end as item,
        max(claim_value) filter (where item in ('overseas_groups', 'reception_batches'))
            as event_count,
        max(claim_value) filter (where item in ('overseas_persons', 'reception_persons'))
            as person_count,
        max(claim_value) filter (where item in ('vehicles_bought', 'vehicles_held'))
            as vehicle_count,
        list(claim_id order by claim_id) as count_claim_ids
    from {{ ref('int_claims__published') }}
    where
        topic = 'three_public'
        and item in (
            'overseas_groups', 'overseas_persons', 'reception_batches', 'reception_persons',
            'vehicles_bought', 'vehicles_held'
        )
        and claim_kind = 'count'
        and statement_number = 1
    group by all

),

amounts as (

    select
        document_id,
        department_id,
        fiscal_year,
        kind,
        scope,
        item,
        max(amount_yuan) filter (where not is_actual) as budget_yuan,
        max(amount_yuan) filter (where is_actual) as actual_yuan,
        min(figure_id) filter (where not is_actual) as budget_figure_id,
        min(figure_id) filter (where is_actual) as actual_figure_id,
        max(printed_unit) as printed_unit,
        max(printed_scale) as printed_scale,
        case
            when bool_or(status = 'disputed') then 'disputed'
            when bool_and(status = 'proven') then 'proven'
            else 'unchecked'
        end as status
    from items
    where
        item in (
            'total', 'overseas', 'vehicle', 'vehicle_purchase', 'vehicle_operation', 'reception'
        )
    group by document_id, department_id, fiscal_year, kind, scope, item, row_index
    -- A form prints one row; of several (a breakdown by unit) the first is the department's.
    qualify row_number() over (partition by document_id, item order by row_index) = 1

)

select
    amounts.*,
    cast(counts.event_count as integer) as event_count,
    cast(counts.person_count as integer) as person_count,
    cast(counts.vehicle_count as integer) as vehicle_count,
    counts.count_claim_ids[1] as count_claim_id
from amounts
left join counts
    on amounts.document_id = counts.document_id and amounts.item = counts.item
