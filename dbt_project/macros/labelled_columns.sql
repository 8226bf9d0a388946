{#- The columns of the marts whose values have labels: table, column and kind of label, by what the
    seed columns says of the table itself, or else of all. None before the seed is loaded. -#}
{% macro labelled_columns() -%}
{%- if not execute or load_relation(ref('columns')) is none -%}{{ return([]) }}{%- endif -%}
{%- set found = run_query("
    select
        columns.table_name,
        columns.column_name,
        coalesce(own.label_kind, general.label_kind) as kind
    from duckdb_columns() as columns
    left join " ~ ref('columns') ~ " as own
        on columns.table_name = own.table_name and columns.column_name = own.column_name
    left join " ~ ref('columns') ~ " as general
        on columns.column_name = general.column_name and general.table_name is null
    where
        columns.database_name = current_database()
        and columns.schema_name = 'marts'
        and columns.data_type = 'VARCHAR'
        and coalesce(own.label_kind, general.label_kind, '-') <> '-'
    order by columns.table_name, columns.column_index
") -%}
{{ return(found.rows | list) }}
{%- endmacro %}
