{#- Files by how surely they are read: Word files, web pages and workbooks by name, in which the text
    is the print, then PDFs, in which a number can slip into another column. -#}
{% macro pdf_last(file_kind) -%}
if({{ file_kind }} = 'pdf', 'z', '') || {{ file_kind }}
{%- endmacro %}
