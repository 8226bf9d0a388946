-- Grain: one row per document and key measure that it prints or states.
-- The few amounts by which disclosures are compared, gathered from the facts that hold them: so
-- that a comparison of many reads one small table. Nothing is worked out here.
with

gathered as (

    select
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        'income' as key_measure,
        amount_yuan as value,
        figure_id,
        claim_id,
        status
    from {{ ref('fct_income_by_source') }}
    where level = 'total' and source = 'total'
    union all
    select
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        case
            when basis = 'general_public_budget' then basis
            when component = 'total' then 'expenditure'
            else component
        end as key_measure,
        amount_yuan as value,
        figure_id,
        claim_id,
        status
    from {{ ref('fct_expenditure_by_function') }}
    where
        level = 'total'
        and (
            (basis = 'all_funds' and component in ('total', 'basic', 'project'))
            or (basis = 'general_public_budget' and component = 'total')
        )
    union all
    select
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        component as key_measure,
        amount_yuan as value,
        figure_id,
        claim_id,
        status
    from {{ ref('fct_expenditure_by_economic_code') }}
    where level = 'total' and component in ('personnel', 'public')
    union all
    select
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        'three_public_budget' as key_measure,
        budget_yuan as value,
        budget_figure_id as figure_id,
        budget_claim_id as claim_id,
        status
    from {{ ref('fct_three_public_expenses') }}
    where item = 'total' and budget_yuan is not null
    union all
    select
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        'three_public_actual' as key_measure,
        actual_yuan as value,
        actual_figure_id as figure_id,
        actual_claim_id as claim_id,
        status
    from {{ ref('fct_three_public_expenses') }}
    where item = 'total' and actual_yuan is not null
    union all
    select
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        'operating_cost' as key_measure,
        coalesce(form_amount_yuan, amount_yuan) as value,
        form_figure_id as figure_id,
        if(form_figure_id is null, amount_claim_id, null) as claim_id,
        '' as status
    from {{ ref('fct_agency_operating_costs') }}
    where coalesce(form_amount_yuan, amount_yuan) is not null
    union all
    select
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        'procurement' as key_measure,
        amount_yuan as value,
        amount_figure_id as figure_id,
        amount_claim_id as claim_id,
        '' as status
    from {{ ref('fct_procurement') }}
    where item = 'total' and amount_yuan is not null
    union all
    select
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        'staff' as key_measure,
        staff_count as value,
        cast(null as varchar) as figure_id,
        claim_id,
        '' as status
    from {{ ref('fct_staffing') }}
    where body_name = '' and staff_kind = 'staff' and staff_class = 'total'

)

select
    document_id,
    body_id,
    fiscal_year,
    kind,
    scope,
    key_measure,
    cast(value as decimal(24, 6)) as value,
    if(key_measure = 'staff', 'count', 'yuan') as unit,
    figure_id,
    claim_id,
    status
from gathered
