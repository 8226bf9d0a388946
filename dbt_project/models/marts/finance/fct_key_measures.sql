-- Grain: one row per document and key measure that it prints or states.
-- The few amounts by which disclosures are compared, gathered from the facts that hold them: so
-- that a comparison of many reads one small table. Nothing is worked out here.
{%- set of_function -%}
case
            when basis = 'general_public_budget' then basis
            when component = 'total' then 'expenditure'
            else component
        end
{%- endset -%}
{%- set is_of_function -%}
level = 'total'
        and (
            (basis = 'all_funds' and component in ('total', 'basic', 'project'))
            or (basis = 'general_public_budget' and component = 'total')
        )
{%- endset -%}
{#- Of each: the fact, what is measured, amount, figure, statement and status; which rows. -#}
{%- set sources = [
    ('fct_income_by_source', "'income'", 'amount_yuan', 'figure_id', 'claim_id', 'status',
     "level = 'total' and source = 'total'"),
    ('fct_expenditure_by_function', of_function, 'amount_yuan', 'figure_id', 'claim_id', 'status',
     is_of_function),
    ('fct_expenditure_by_economic_code', 'component', 'amount_yuan', 'figure_id', 'claim_id', 'status',
     "level = 'total' and component in ('personnel', 'public')"),
    ('fct_three_public_expenses', "'three_public_budget'", 'budget_yuan', 'budget_figure_id',
     'budget_claim_id', 'status', "item = 'total' and budget_yuan is not null"),
    ('fct_three_public_expenses', "'three_public_actual'", 'actual_yuan', 'actual_figure_id',
     'actual_claim_id', 'status', "item = 'total' and actual_yuan is not null"),
    ('fct_agency_operating_costs', "'operating_cost'", 'coalesce(form_amount_yuan, amount_yuan)',
     'form_figure_id', 'if(form_figure_id is null, amount_claim_id, null)', "''",
     'coalesce(form_amount_yuan, amount_yuan) is not null'),
    ('fct_procurement', "'procurement'", 'amount_yuan', 'amount_figure_id', 'amount_claim_id', "''",
     "item = 'total' and amount_yuan is not null"),
    ('fct_staffing', "'staff'", 'staff_count', 'cast(null as varchar)', 'claim_id', "''",
     "body_name = '' and staff_kind = 'staff' and staff_class = 'total'"),
] %}
with

gathered as (

    {% for fact, key_measure, value, figure_id, claim_id, status, wanted in sources %}
        select
            document_id,
            body_id,
            fiscal_year,
            kind,
            scope,
            {{ key_measure }} as key_measure,
            cast({{ value }} as decimal(24, 6)) as value,
            {{ figure_id }} as figure_id,
            {{ claim_id }} as claim_id,
            {{ status }} as status
        from {{ ref(fact) }}
        where {{ wanted }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select
    document_id,
    body_id,
    fiscal_year,
    kind,
    scope,
    key_measure,
    value,
    if(key_measure = 'staff', 'count', 'yuan') as unit,
    figure_id,
    claim_id,
    status
from gathered
