-- Grain: one row per document that states its agency operating cost (机关运行经费).
-- From the narrative; where a form prints it too, the figure stands beside it.
with

claims as (

    select *
    from {{ ref('int_claims__published') }}
    where topic = 'operating_cost' and item = 'total' and statement_number = 1

),

figures as (

    select
        document_id,
        arg_min(figure_id, form) as figure_id,
        arg_min(amount_yuan, form) as amount_yuan
    from {{ ref('int_figures__published') }}
    where
        form_family = 'three_public'
        and measure in ('actual_agency_operation', 'agency_operation')
        or form_family = 'agency_operation'
        and line = 'total'
        and measure in (if(kind = 'budget', 'total', 'actual'), 'amount')
    group by document_id

),

stated as (

    select
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        max(claim_value) filter (where claim_kind = 'amount' and role in ('actual', 'budget'))
            as amount_yuan,
        min(claim_id) filter (where claim_kind = 'amount' and role in ('actual', 'budget'))
            as amount_claim_id,
        max(claim_value) filter (where claim_kind = 'amount' and role = 'opening_budget')
            as opening_budget_yuan,
        min(claim_id) filter (where claim_kind = 'amount' and role = 'opening_budget')
            as opening_budget_claim_id,
        bool_or(claim_kind = 'none') as is_none_stated,
        min(claim_id) as claim_id,
        max(unit) filter (where claim_kind = 'amount') as printed_unit,
        max(printed_scale) filter (where claim_kind = 'amount') as printed_scale
    from claims
    group by document_id, body_id, fiscal_year, kind, scope

)

select
    stated.document_id,
    stated.body_id,
    stated.fiscal_year,
    stated.kind,
    stated.scope,
    stated.amount_yuan,
    stated.opening_budget_yuan,
    stated.is_none_stated,
    figures.amount_yuan as form_amount_yuan,
    stated.claim_id,
    stated.amount_claim_id,
    stated.opening_budget_claim_id,
    figures.figure_id as form_figure_id,
    stated.printed_unit,
    stated.printed_scale
from stated
left join figures on stated.document_id = figures.document_id
