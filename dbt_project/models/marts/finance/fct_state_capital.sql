-- Grain: one row per document, functional code and item of the state-capital form.
-- Total rows have no code.
with

figures as (

    select * from {{ ref('int_figures__published') }}

)

select
    figure_id,
    document_id,
    department_id,
    fiscal_year,
    kind,
    scope,
    nullif(row_code, '') as functional_code,
    row_label as functional_label,
    coalesce(nullif(level, ''), 'total') as level,
    is_leaf,
    measure as item,
    amount_yuan,
    printed_unit,
    printed_scale,
    status
from figures
where form in ('state_capital', 'budget_state_capital')
