-- Grain: one row per document that states its agency operating cost (机关运行经费).
-- From the narrative: the actual of final accounts, the budget of budgets, the other only where
-- this one is not stated. Where a form prints it too, the figure stands beside it.
with

claims as (

    select
        *,
        claim_kind = 'amount' and role = 'opening_budget' as is_opening_budget
    from {{ ref('int_claims__published') }}
    where topic = 'operating_cost' and item = 'total' and statement_number = 1

),

figures as (

    select
        document_id,
        figure_id,
        amount_yuan
    from {{ ref('int_figures__published') }}
    where
        form_family = 'three_public'
        and measure in ('actual_agency_operation', 'agency_operation')
        or form_family = 'agency_operation'
        and line = 'total'
        and measure in (if(kind = 'budget', 'total', 'actual'), 'amount')
    -- Of several rows (a breakdown by unit) the first is the department's.
    qualify row_number() over (partition by document_id order by form, row_index, figure_id) = 1

),

stated as (

    select
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        max(claim_value) filter (where is_opening_budget) as opening_budget_yuan,
        {{ of_largest('claim_id') }} filter (where is_opening_budget)
            as opening_budget_claim_id,
        {{ of_largest('unit') }} filter (where is_opening_budget)
            as opening_budget_unit,
        {{ of_largest('printed_scale') }} filter (where is_opening_budget)
            as opening_budget_scale,
        first(claim_id order by claim_index) as claim_id
    from claims
    group by document_id, body_id, fiscal_year, kind, scope

),

-- The opening budget stands apart. 无 is an amount of 0 without decimals.
amounts as (

    select
        document_id,
        claim_id,
        claim_value,
        unit,
        printed_scale,
        claim_value = 0 and printed_scale is null as is_none_stated
    from claims
    where
        claim_kind = 'amount'
        and role <> 'opening_budget'
        and {{ role_rank('kind', 'role') }} is not null
    qualify row_number() over (
            partition by document_id order by {{ role_rank('kind', 'role') }}, claim_index
        ) = 1

)

select
    stated.document_id,
    stated.body_id,
    stated.fiscal_year,
    stated.kind,
    stated.scope,
    amounts.claim_value as amount_yuan,
    stated.opening_budget_yuan,
    coalesce(amounts.is_none_stated, false) as is_none_stated,
    figures.amount_yuan as form_amount_yuan,
    stated.claim_id,
    amounts.claim_id as amount_claim_id,
    stated.opening_budget_claim_id,
    figures.figure_id as form_figure_id,
    coalesce(amounts.unit, stated.opening_budget_unit) as printed_unit,
    if(amounts.claim_id is null, stated.opening_budget_scale, amounts.printed_scale)
        as printed_scale
from stated
left join amounts on stated.document_id = amounts.document_id
left join figures on stated.document_id = figures.document_id
