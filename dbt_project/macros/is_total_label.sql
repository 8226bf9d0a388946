{#- Whether a printed label or header says that it adds others up. -#}
{% macro is_total_label(column) -%}
regexp_matches({{ printed_name(column) }}, '(合计|总计|小计|共计):?$')
{%- endmacro %}
