{#- One amount or statement that a check binds, as every check gives it; lists of them are `terms`. -#}
{% macro check_term_type() -%}
struct(
    side varchar,
    term_no integer,
    row_index integer,
    sign integer,
    figure_id varchar,
    form varchar,
    "row" varchar,
    measure varchar,
    printed varchar
)
{%- endmacro %}

{% macro check_terms_type() -%}
{{ check_term_type() }}[]
{%- endmacro %}

{#- Of an aggregate: the terms in the order of their sides, terms and rows. Sorted after gathering: a
    sorted aggregate costs twice as much.

        row_code, row_label   the row is called by its code, or else by its label
-#}
{% macro check_terms(
    figure_id, form, row_code, row_label, measure, printed,
    side="'left'", term_no='1', row_index='0', sign='1'
) -%}
list_sort(
    list(
        cast(
            {
                'side': {{ side }},
                'term_no': {{ term_no }},
                'row_index': {{ row_index }},
                'sign': {{ sign }},
                'figure_id': {{ figure_id }},
                'form': {{ form }},
                'row': coalesce(nullif({{ row_code }}, ''), {{ row_label }}),
                'measure': {{ measure }},
                'printed': {{ printed }}
            }
            as {{ check_term_type() }}
        )
    )
)
{%- endmacro %}
