-- Catches: a fact whose figure or claim does not exist or has no page and no path, so that nobody
-- could look it up in the document.
-- Lets pass: boxes that are missing; a page is enough to find a number.
-- From: DESIGN, "every row leads back to its figures and so to a page".
{%- set source_columns = [
    ('fct_expenditure_by_function', 'coalesce(figure_id, claim_id)'),
    ('fct_expenditure_by_economic_code', 'coalesce(figure_id, claim_id)'),
    ('fct_income_by_source', 'coalesce(figure_id, claim_id)'),
    ('fct_income_expenditure_summary', 'coalesce(figure_id, claim_id)'),
    ('fct_appropriation_summary', 'coalesce(figure_id, claim_id)'),
    ('fct_government_funds', 'coalesce(figure_id, claim_id)'),
    ('fct_state_capital', 'coalesce(figure_id, claim_id)'),
    ('fct_three_public_expenses', 'coalesce(budget_figure_id, budget_claim_id)'),
    ('fct_three_public_expenses', 'coalesce(actual_figure_id, actual_claim_id)'),
    ('fct_procurement', 'coalesce(amount_figure_id, amount_claim_id)'),
    ('fct_procurement', 'share_claim_id'),
    ('fct_asset_holdings', 'claim_id'),
    ('fct_asset_holdings', 'value_claim_id'),
    ('fct_change_reasons', 'claim_id'),
    ('fct_three_public_expenses', 'event_claim_id'),
    ('fct_three_public_expenses', 'person_claim_id'),
    ('fct_three_public_expenses', 'vehicle_claim_id'),
    ('fct_agency_operating_costs', 'claim_id'),
    ('fct_meetings_and_training', 'claim_id'),
    ('fct_budget_execution', 'claim_id'),
    ('fct_project_expenditure', 'coalesce(claim_id, figure_id)'),
    ('fct_project_expenditure', 'score_claim_id'),
    ('fct_project_expenditure', 'grade_claim_id'),
    ('fct_staffing', 'claim_id'),
    ('fct_key_measures', 'coalesce(figure_id, claim_id)'),
    ('fct_performance', 'claim_id'),
    ('fct_performance_indicators', 'claim_id'),
    ('fct_year_on_year_changes', 'claim_id'),
] %}
with

facts as (

    {% for mart, column in source_columns %}
        select
            '{{ mart }}' as mart,
            document_id,
            {{ column }} as source_id
        from {{ ref(mart) }}
        where {{ column }} is not null
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

places as (

    select figure_id as source_id
    from {{ ref('fct_disclosed_figures') }}
    where page is not null or cell_path is not null
    union all
    select claim_id as source_id
    from {{ ref('fct_narrative_claims') }}
    where page is not null or cell_path is not null

)

select
    facts.mart,
    facts.document_id,
    facts.source_id
from facts
anti join places on facts.source_id = places.source_id
