-- Grain: one row per document, printed line of the appropriation summary and fund.
-- The fund `total` is the printed sum of the others. Income lines carry their fund in their name.
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
    case
        when section = 'expenditure' then measure
        when line in ('general_public_budget', 'government_fund', 'state_capital') then line
        when starts_with(line, 'opening_') and line <> 'opening_balance' then line[9:]
        else 'total'
    end as fund,
    amount_yuan,
    printed_unit,
    printed_scale,
    status
from figures
where form_family = 'summary' and form_basis = 'appropriation'
