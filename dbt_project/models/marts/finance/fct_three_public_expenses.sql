-- Grain: one row per document and item of the three public expenses.
-- The budget of final accounts is the full-year, adjusted one; budgets have no actual.
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
    where form in ('three_public', 'budget_three_public')

)

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
