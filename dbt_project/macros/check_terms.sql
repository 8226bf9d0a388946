{#- One amount or statement that a check binds, as every check gives it; lists of them are `terms`.
    What it is called and prints is found by its id: a text in every term would be most of the
    warehouse. -#}
{% macro check_term_type() -%}
struct(side varchar, term_no integer, row_index integer, sign integer, figure_id varchar)
{%- endmacro %}

{#- Of an aggregate: the terms in the order of their sides, terms and rows. Sorted after gathering: a
    sorted aggregate costs twice as much. -#}
{% macro check_terms(side="'left'", term_no='1', row_index='0', sign='1') -%}
list_sort(
    list(
        cast(
            {
                'side': {{ side }},
                'term_no': {{ term_no }},
                'row_index': {{ row_index }},
                'sign': {{ sign }},
                'figure_id': figure_id
            }
            as {{ check_term_type() }}
        )
    )
)
{%- endmacro %}
