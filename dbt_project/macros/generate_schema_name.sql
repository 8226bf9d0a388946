{#- Schemas carry their own names (marts, not main_marts): readers' SQL must not depend on a target. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro %}
