{#- The rows of fct_key_measures that are taken from one fact: the amounts that are there.
    fact: the model. measure: which key measure it is, an expression. value: its amount. wanted: which rows,
    all where it is not said. figure_id, claim_id: what the amount is printed or stated in. -#}
{% macro key_measure(
    fact, measure, value, wanted='true', figure_id='figure_id', claim_id='claim_id'
) -%}
select
        document_id,
        body_id,
        fiscal_year,
        kind,
        scope,
        {{ measure }} as key_measure,
        cast({{ value }} as decimal(24, 6)) as value,
        {{ figure_id }} as figure_id,
        {{ claim_id }} as claim_id
    from {{ ref(fact) }}
    where {{ wanted }} and {{ value }} is not null
{%- endmacro %}
