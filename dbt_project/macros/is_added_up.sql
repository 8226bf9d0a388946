{# Whether an identity adds a term up on either of its sides. What has to be nil for it to apply, and
   by how much the left may be more, is no part of the sum. #}
{% macro is_added_up(side) -%}
    {{ side }} not in ('when_zero', 'may_exceed_by')
{%- endmacro %}
