-- Catches: a row of a mart whose body dim_bodies does not hold, or whose scope is another one,
-- hence joins that lose amounts or take a unit's for its department's.
-- Lets pass: text of documents that do not say whose they are.
-- From: facts that once carried a key which a department and its own unit of the same name share.
{%- set marts = [
    'fct_agency_operating_costs', 'fct_appropriation_summary', 'fct_asset_holdings',
    'fct_budget_execution', 'fct_change_reasons', 'fct_department_facts',
    'fct_expenditure_by_economic_code', 'fct_expenditure_by_function', 'fct_government_funds',
    'fct_income_by_source', 'fct_income_expenditure_summary', 'fct_key_measures',
    'fct_meetings_and_training',
    'fct_narrative_sections', 'fct_performance', 'fct_performance_indicators',
    'fct_performance_targets', 'fct_procurement',
    'fct_project_expenditure', 'fct_staffing', 'fct_state_capital', 'fct_term_definitions',
    'fct_three_public_expenses', 'fct_year_on_year_changes',
] %}
{% for mart in marts %}
    select
        '{{ mart }}' as mart,
        facts.document_id,
        facts.body_id,
        facts.scope
    from {{ ref(mart) }} as facts
    left join {{ ref('dim_bodies') }} as bodies
        on facts.body_id = bodies.body_id and facts.scope = bodies.scope
    where facts.body_id is not null and bodies.body_id is null
    {% if not loop.last %}union all{% endif %}
{% endfor %}
