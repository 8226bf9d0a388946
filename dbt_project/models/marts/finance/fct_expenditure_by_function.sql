-- Grain: one row per document, basis, functional code and component; total rows have no code.
-- From the prose where the form of a basis is absent: then a 类, 款 or 项 whose name leads to no code
-- is known by its label.
-- Sum leaves or one level, never both: a 类 contains its 款, a 款 its 项.
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
    form_basis as basis,
    nullif(row_code, '') as functional_code,
    row_label as functional_label,
    coalesce(nullif(level, ''), 'total') as level,
    is_leaf,
    measure as component,
    amount_yuan,
    printed_unit,
    printed_scale,
    status,
    source,
    claim_id
from amounts
where
    form_family = 'expenditure'
    and form_classification = 'functional'
    and measure in (
        'total', 'basic', 'project', 'remittance_to_superior', 'operating', 'subsidy_to_affiliated'
    )
