-- Grain: one row per document, functional code and source of income; total rows have no code.
-- From the prose where no form of income is printed: then only totals.
-- The source `total` is the printed sum of the others: leave it out when summing sources.
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
    nullif(row_code, '') as functional_code,
    row_label as functional_label,
    coalesce(nullif(level, ''), 'total') as level,
    is_leaf,
    measure as source,
    amount_yuan,
    printed_unit,
    printed_scale,
    status,
    source as value_source,
    claim_id
from amounts
where form_family = 'income'
