{#- Joins `terms` of int_table_terms__resolved with the check that they were judged in, `judged`. -#}
{% macro join_table_checks() -%}
inner join {{ ref('int_table_checks__evaluated') }} as judged
    on
        terms.document_id = judged.document_id
        and terms.identity_id = judged.identity_id
        and terms.table_index = judged.table_index
        and terms.total_row = judged.total_row
        and terms.total_column = judged.total_column
        and terms.way = judged.way
{%- endmacro %}
