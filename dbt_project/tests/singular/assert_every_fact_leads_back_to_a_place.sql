-- Catches: a fact whose figure or claim does not exist or has no page and no path, so that nobody
-- could look it up in the document.
-- Lets pass: boxes that are missing; a page is enough to find a number.
-- From: DESIGN, "every row leads back to its figures and so to a page".
with

facts as (

    {% for mart in [
        'fct_expenditure_by_function', 'fct_expenditure_by_economic_code', 'fct_income_by_source',
        'fct_income_expenditure_summary', 'fct_appropriation_summary', 'fct_government_funds',
        'fct_state_capital'
    ] %}
    select '{{ mart }}' as mart, figure_id as source_id
    from {{ ref(mart) }}
    union all
    {% endfor %}
    select
        'fct_three_public_expenses' as mart,
        unnest([coalesce(budget_figure_id, actual_figure_id), coalesce(actual_figure_id, budget_figure_id)])
            as source_id
    from {{ ref('fct_three_public_expenses') }}
    union all
    select
        'fct_procurement' as mart,
        unnest([coalesce(amount_claim_id, share_claim_id), coalesce(share_claim_id, amount_claim_id)])
            as source_id
    from {{ ref('fct_procurement') }}
    union all
    select 'fct_asset_holdings' as mart, claim_id as source_id
    from {{ ref('fct_asset_holdings') }}

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
    facts.source_id
from facts
anti join places on facts.source_id = places.source_id
