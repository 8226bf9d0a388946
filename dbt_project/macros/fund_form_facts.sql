{#- The amounts of a form of fund money: one row per document, functional code and item. Forms of funds
    print carry-over and income beside spending, so the item is the measure itself.

        basis   government_fund or state_capital
-#}
{% macro fund_form_facts(basis) -%}
select
    figure_id,
    document_id,
    body_id,
    fiscal_year,
    kind,
    scope,
    nullif(row_code, '') as functional_code,
    row_label as functional_label,
    coalesce(nullif(level, ''), 'total') as level,
    is_leaf,
    measure as item,
    amount_yuan,
    printed_unit,
    printed_scale,
    status,
    source,
    claim_id
from {{ ref('int_amounts__published') }}
where form_family = 'expenditure' and form_basis = '{{ basis }}'
{%- endmacro %}
