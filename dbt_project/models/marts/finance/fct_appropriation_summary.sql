-- Grain: one row per document, printed line of the appropriation summary and fund.
-- From the prose where the form is absent: then the lines that it states, and no row_index.
-- The fund `total` is the printed sum of the others. Income lines carry their fund in their name.
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
    case
        when section = 'expenditure' then measure
        when line in ('general_public_budget', 'government_fund', 'state_capital') then line
        when starts_with(line, 'opening_') and line <> 'opening_balance' then line[9:]
        else 'total'
    end as fund,
    amount_yuan,
    printed_unit,
    printed_scale,
    status,
    source,
    claim_id
from amounts
where form_family = 'summary' and form_basis = 'appropriation'
