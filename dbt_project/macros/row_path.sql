{#- The path of the row that a cell stands in: of a Word file's body/tbl[3]/tr[5]/tc[2] and a page's
    table[1]/tr[5]/td[2] without the cell, of a workbook's '收支总表'!B7 without the column. -#}
{% macro row_path(cell_path) -%}
regexp_replace(
    regexp_replace({{ cell_path }}, '/t[cdh]\[\d+\].*$', ''), '![A-Z]{1,3}(\d+)$', '!\1'
)
{%- endmacro %}
