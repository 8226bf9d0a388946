-- Grain: one row per document and printed line of the income and expenditure summary.
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
    section,
    row_index,
    line,
    class_code as functional_code,
    row_label,
    amount_yuan,
    printed_unit,
    printed_scale,
    status
from figures
where form_family = 'summary' and form_basis = 'all_funds' and measure = 'amount'
