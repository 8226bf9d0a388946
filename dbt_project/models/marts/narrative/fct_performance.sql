-- Grain: one row per document and item of performance management: projects and funds under targets,
-- tracking and evaluation, scores, grades, problems found.
with

claims as (

    select *
    from {{ ref('int_claims__published') }}
    where
        topic = 'performance'
        and item not in ('indicator', 'fund_income', 'fund_outlay', 'fund_balance')
        and claim_kind in ('amount', 'count', 'score', 'grade', 'share')
        and statement_number = 1
        -- Scores and grades of a named project stand in fct_project_expenditure.
        and (item not in ('project_score', 'project_grade') or item_label = '')
    -- What was done in final accounts, what is to be done in budgets, before the other.
    qualify
        rank() over (
            partition by document_id, item, claim_kind
            order by {{ role_rank('kind', 'role') }} nulls last
        ) = 1

)

select
    document_id,
    body_id,
    fiscal_year,
    kind,
    scope,
    item,
    max(claim_value) filter (where claim_kind = 'amount') as amount_yuan,
    max(claim_value) filter (where claim_kind in ('count', 'score')) as value_number,
    max(value_text) filter (where claim_kind = 'grade') as grade_text,
    max(claim_value) filter (where claim_kind = 'share') as share_percent,
    {{ of_largest('base') }} filter (where claim_kind = 'share') as share_base,
    first(claim_id order by claim_index) as claim_id,
    {{ of_largest('claim_id') }} filter (where claim_kind = 'share')
        as share_claim_id
from claims
group by document_id, body_id, fiscal_year, kind, scope, item
