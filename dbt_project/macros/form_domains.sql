{#- Forms whose rows carry functional classification codes (2xx). -#}
{% macro functional_forms() -%}
(
    'income', 'expenditure', 'general_budget_expenditure', 'government_fund', 'state_capital',
    'budget_income', 'budget_expenditure', 'budget_general_expenditure',
    'budget_government_fund', 'budget_state_capital'
)
{%- endmacro %}

{#- Forms whose rows carry economic classification codes (3xx of departments, 5xx of government). -#}
{% macro economic_forms() -%}
('basic_expenditure', 'budget_basic_expenditure')
{%- endmacro %}

{#- Forms that a department without such money prints empty, with a statement that says so. -#}
{% macro fund_forms() -%}
('government_fund', 'state_capital', 'budget_government_fund', 'budget_state_capital')
{%- endmacro %}
