-- Catches: two rows of a mart of documents for one thing of its stated grain, hence sums that count
-- it twice.
-- Lets pass: figures of one form that share code and label but not their row.
-- From: the first sentence of each mart's description.
{%- set grains = {
    'dim_documents': 'document_id',
    'fct_classification_names': 'document_id, classification, code, printed_name',
    'fct_disclosed_figures': 'figure_id',
    'fct_form_printings': 'document_id, table_index',
    'fct_narrative_claims': 'claim_id',
    'fct_identity_checks': 'document_id, identity_id, scope_key',
    'fct_discrepancies': 'check_id',
    'fct_error_locations': 'document_id, fault_number, solution_number, figure_id',
    'fct_document_quality': 'document_id',
    'fct_expenditure_by_function': 'figure_id, claim_id',
    'fct_expenditure_by_economic_code': 'figure_id, claim_id',
    'fct_income_by_source': 'figure_id, claim_id',
    'fct_income_expenditure_summary': 'figure_id, claim_id, section',
    'fct_appropriation_summary': 'figure_id, claim_id, section',
    'fct_government_funds': 'figure_id, claim_id',
    'fct_state_capital': 'figure_id, claim_id',
    'fct_three_public_expenses': 'document_id, item',
    'fct_procurement': 'document_id, item, item_label',
    'fct_asset_holdings': 'document_id, asset_item, asset_label, is_planned',
    'fct_agency_operating_costs': 'document_id',
    'fct_key_measures': 'document_id, key_measure',
    'fct_meetings_and_training': 'document_id, event_kind, event_number',
    'fct_budget_execution': 'document_id, fund_name, level, item_label',
    'fct_project_expenditure': 'document_id, project_name, economic_label',
    'fct_staffing': 'document_id, body_name, staff_kind, staff_label',
    'fct_performance': 'document_id, item',
    'fct_performance_indicators': 'claim_id',
    'fct_performance_targets': 'document_id, table_index, row_index',
    'fct_change_reasons': 'claim_id',
    'fct_year_on_year_changes': 'document_id, part, thing, item_label, group_label, base',
    'fct_narrative_sections': 'document_id, section_number',
    'fct_term_definitions': 'document_id, definition_index',
    'fct_department_facts': 'document_id, fact_index',
} %}
{% for mart, grain in grains.items() %}
    select
        '{{ mart }}' as mart,
        min(document_id) as document_id,
        concat_ws(' ', {{ grain }}) as grain_key,
        count(*) as row_count
    from {{ ref(mart) }}
    group by {{ grain }}
    having count(*) > 1
    {% if not loop.last %}union all{% endif %}
{% endfor %}
