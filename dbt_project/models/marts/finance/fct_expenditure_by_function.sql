-- Grain: one row per document, basis, functional code and component; total rows have no code.
-- Sum leaves or one level, never both: a 类 contains its 款, a 款 its 项.
with

figures as (

    select * from {{ ref('int_figures__published') }}

),

bases as (

    select listed_bases.*
    from (
        values
        ('expenditure', 'all_funds'),
        ('budget_expenditure', 'all_funds'),
        ('general_budget_expenditure', 'general_public_budget'),
        ('budget_general_expenditure', 'general_public_budget'),
        ('government_fund', 'government_fund'),
        ('budget_government_fund', 'government_fund'),
        ('state_capital', 'state_capital'),
        ('budget_state_capital', 'state_capital')
    ) as listed_bases (form, basis)

)

select
    figures.figure_id,
    figures.document_id,
    figures.department_id,
    figures.fiscal_year,
    figures.kind,
    figures.scope,
    bases.basis,
    nullif(figures.row_code, '') as functional_code,
    figures.row_label as functional_label,
    coalesce(nullif(figures.level, ''), 'total') as level,
    figures.is_leaf,
    figures.measure as component,
    figures.amount_yuan,
    figures.printed_unit,
    figures.printed_scale,
    figures.status
from figures
inner join bases on figures.form = bases.form
where
    figures.measure in (
        'total', 'basic', 'project', 'remittance_to_superior', 'operating', 'subsidy_to_affiliated'
    )
