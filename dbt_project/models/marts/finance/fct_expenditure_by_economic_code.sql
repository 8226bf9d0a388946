-- Grain: one row per document, economic code and component; total rows have no code.
-- From the prose where the form is absent.
-- Basic expenditure of the general public budget only: other forms print economic codes of other
-- money, which contains it.
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
    nullif(row_code, '') as economic_code,
    row_label as economic_label,
    coalesce(nullif(level, ''), 'total') as level,
    is_leaf,
    case
        when line = 'personnel_total' then 'personnel'
        when line = 'public_total' then 'public'
        when measure = 'amount' then 'total'
        else measure
    end as component,
    amount_yuan,
    printed_unit,
    printed_scale,
    status,
    source,
    claim_id
from amounts
where form_family = 'basic_expenditure' and form_basis = 'general_public_budget'
