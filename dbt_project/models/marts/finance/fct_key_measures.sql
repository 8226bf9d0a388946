-- Grain: one row per document and key measure that it prints or states.
-- The few amounts by which disclosures are compared, gathered from the facts that hold them: so
-- that a comparison of many reads one small table. Nothing is worked out here. The status is that
-- of the figure or statement behind the amount; what is added up of several has none of its own.
with

gathered as (

    {{ key_measure(
        fact='fct_income_by_source',
        measure="'income'",
        value='amount_yuan',
        wanted="level = 'total' and source = 'total'"
    ) }}
    union all
    {{ key_measure(
        fact='fct_expenditure_by_function',
        measure="if(component = 'total', 'expenditure', component)",
        value='amount_yuan',
        wanted="level = 'total' and basis = 'all_funds' and component in ('total', 'basic', 'project')"
    ) }}
    union all
    {{ key_measure(
        fact='fct_expenditure_by_function',
        measure='basis',
        value='amount_yuan',
        wanted="level = 'total' and basis = 'general_public_budget' and component = 'total'"
    ) }}
    union all
    {{ key_measure(
        fact='fct_expenditure_by_economic_code',
        measure='component',
        value='amount_yuan',
        wanted="level = 'total' and component in ('personnel', 'public')"
    ) }}
    union all
    {{ key_measure(
        fact='fct_three_public_expenses',
        measure="'three_public_budget'",
        value='budget_yuan',
        wanted="item = 'total'",
        figure_id='budget_figure_id',
        claim_id='budget_claim_id'
    ) }}
    union all
    {{ key_measure(
        fact='fct_three_public_expenses',
        measure="'three_public_actual'",
        value='actual_yuan',
        wanted="item = 'total'",
        figure_id='actual_figure_id',
        claim_id='actual_claim_id'
    ) }}
    union all
    {{ key_measure(
        fact='fct_agency_operating_costs',
        measure="'operating_cost'",
        value='coalesce(form_amount_yuan, amount_yuan)',
        figure_id='form_figure_id',
        claim_id='if(form_figure_id is null, amount_claim_id, null)'
    ) }}
    union all
    {{ key_measure(
        fact='fct_procurement',
        measure="'procurement'",
        value='amount_yuan',
        wanted="item = 'total'",
        figure_id='amount_figure_id',
        claim_id='amount_claim_id'
    ) }}
    union all
    {{ key_measure(
        fact='fct_staffing',
        measure="'staff'",
        value='staff_count',
        wanted="body_name = '' and staff_kind = 'staff' and staff_class = 'total'",
        figure_id='cast(null as varchar)'
    ) }}

),

statuses as (

    select
        figure_id as source_id,
        status
    from {{ ref('int_figures__judged') }}
    union all
    select
        claim_id as source_id,
        status
    from {{ ref('fct_narrative_claims') }}

)

select
    gathered.document_id,
    gathered.body_id,
    gathered.fiscal_year,
    gathered.kind,
    gathered.scope,
    gathered.key_measure,
    gathered.value,
    if(gathered.key_measure = 'staff', 'count', 'yuan') as unit,
    gathered.figure_id,
    gathered.claim_id,
    coalesce(statuses.status, 'unchecked') as status
from gathered
left join statuses on coalesce(gathered.figure_id, gathered.claim_id) = statuses.source_id
