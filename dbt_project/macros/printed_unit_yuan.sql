{#- How many yuan one printed unit is. -#}
{% macro printed_unit_yuan(unit) -%}
case {{ unit }} when '亿元' then 100000000 when '万元' then 10000 when '千元' then 1000 when '元' then 1
end
{%- endmacro %}
