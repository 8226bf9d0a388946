{#- Files by how surely they are read: Word files, web pages and workbooks by name, in which the text
    is the print, then PDFs, in which a number can slip into another column, then pictures. -#}
{% macro pdf_last(file_kind) -%}
case {{ file_kind }} when 'pdf' then 'y' when 'image' then 'z' else '' end || {{ file_kind }}
{%- endmacro %}
