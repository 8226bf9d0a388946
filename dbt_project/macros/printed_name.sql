{#- A printed name made comparable: one width of bracket, no white space. -#}
{% macro printed_name(column) -%}
regexp_replace(translate({{ column }}, '（）：，', '():,'), '\s|　', '', 'g')
{%- endmacro %}

{#- The name of a functional 类 as two-sided forms print it, without what differs by template:
    the ordinal (七、 is 卫生健康 in one template and 文化旅游 in another), a trailing (类), and 支出. -#}
{% macro function_class_name(column) -%}
regexp_replace(
    regexp_replace(
        {{ printed_name(column) }},
        '^(\([一二三四五六七八九十0-9]+\)|[一二三四五六七八九十0-9]+[、.．:])',
        ''
    ),
    '(支出)?(\(类\))?$',
    ''
)
{%- endmacro %}

{#- The name of a body as lists of units and covers print it, without what is added in brackets:
    某局（本部） is 某局. -#}
{% macro body_name(column) -%}
regexp_replace(
    regexp_replace({{ printed_name(column) }}, '\([^()]*\)', '', 'g'), '(本级|本部|机关)$', ''
)
{%- endmacro %}
