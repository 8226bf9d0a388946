-- Grain: one row per document and printed line of the income and expenditure summary.
-- From the prose where the form is absent: then the lines that it states, and no row_index.
with

amounts as (

    select * from {{ ref('int_amounts__published') }}

)

select
    figure_id,
    document_id,
    body_id,
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
    status,
    source,
    claim_id
from amounts
where form_family = 'summary' and form_basis = 'all_funds' and measure = 'amount'
