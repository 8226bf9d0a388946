{#- The level of a classification code by its number of digits: 类 3, 款 5, 项 7. -#}
{% macro code_level(code) -%}
case length({{ code }}) when 3 then 'lei' when 5 then 'kuan' when 7 then 'xiang' else '' end
{%- endmacro %}

{#- Whether it has the length of a 类, 款 or 项 and begins as functional (2) or economic codes (3, 5) do. -#}
{% macro is_code_shape(code) -%}
regexp_full_match({{ code }}, '[235][0-9]{2}([0-9]{2}){0,2}')
{%- endmacro %}

{#- Whether it is a unit's: no classification has codes of six digits or of more than seven, and units
    have, below one of three for all of them. -#}
{% macro is_code_of_units() -%}
bool_or(length(row_code) = 6 or length(row_code) > 7) over (partition by document_id, form, left(row_code, 3))
{%- endmacro %}

{#- The code one level up, '' for a 类 and for what is not a code. -#}
{% macro parent_code(code) -%}
case
    when length({{ code }}) in (5, 7) then left({{ code }}, length({{ code }}) - 2) else ''
end
{%- endmacro %}
