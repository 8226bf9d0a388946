{#- Joins `terms` of int_identity_terms__resolved with the check that they were judged in, `checks`. -#}
{% macro join_identity_checks() -%}
inner join {{ ref('int_identity_checks__attributed') }} as checks
    on
        terms.document_id = checks.document_id
        and terms.identity_id = checks.identity_id
        and terms.scope_key = checks.scope_key
        and terms.term_key = checks.term_key
{%- endmacro %}
