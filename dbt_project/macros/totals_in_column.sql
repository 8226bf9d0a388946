{#- The rows of an identity of tables whose total stands in a row of its own: `parts` with the index of
    that row and the way of closing, each with the number of `figures` there in the same column. -#}
{% macro totals_in_column(identity_id) -%}
select
    '{{ identity_id }}' as identity_id,
    parts.way,
    totals.figure_id as total_id,
    totals.document_id,
    totals.table_index,
    totals.block,
    totals.row_index as total_row,
    totals.column_index as total_column,
    parts.figure_id,
    parts.is_money,
    parts.may_fail
from parts
inner join figures as totals
    on
        parts.document_id = totals.document_id
        and parts.table_index = totals.table_index
        and parts.total_index = totals.row_index
        and parts.header_path = totals.header_path
        and parts.place_under_header = totals.place_under_header
        and parts.is_money = totals.is_money
{%- endmacro %}
