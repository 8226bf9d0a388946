{#- The level of a classification code by its number of digits: 类 3, 款 5, 项 7. -#}
{% macro code_level(code) -%}
case length({{ code }}) when 3 then 'lei' when 5 then 'kuan' when 7 then 'xiang' else '' end
{%- endmacro %}

{#- The code one level up, '' for a 类 and for what is not a code. -#}
{% macro parent_code(code) -%}
case
    when length({{ code }}) in (5, 7) then left({{ code }}, length({{ code }}) - 2) else ''
end
{%- endmacro %}
