{#- The statements that write into the warehouse what its tables and columns mean, so that any client
    shows it. Once for all of them, at the end of a build of the whole warehouse: tables that are filled
    batch by batch keep their comments, what was built anew lost them. Only what differs is written, in
    one transaction: each statement on its own would wait for the disk. -#}
{% macro comments() -%}
{%- if not execute or target.name not in ('warehouse', 'lake') -%}{{ return('') }}{%- endif -%}
{#- What is staged means what the models say that read it; they are built batch by batch. -#}
{%- set staged = graph.sources.values() | map(attribute='identifier') | list -%}
{%- set present = {} -%}
{%- for row in run_query("
    select schema_name, table_name, '' as column_name, 'table' as kind, comment
    from duckdb_tables() where database_name = current_database()
    union all
    select schema_name, view_name, '', 'view', comment
    from duckdb_views() where database_name = current_database() and not internal
    union all
    select schema_name, table_name, column_name, 'column', comment
    from duckdb_columns() where database_name = current_database() and not internal
").rows -%}
    {%- do present.update({(row[0], row[1], row[2]): (row[3], row[4])}) -%}
{%- endfor -%}
{%- set wanted = [] -%}
{%- for node in graph.nodes.values() if node.resource_type in ('model', 'seed') -%}
    {%- set name = node.alias -%}
    {%- if name.startswith('stg_') and name[4:] in staged -%}
        {%- set name = name[4:] -%}
    {%- endif -%}
    {%- do wanted.append(((node.schema, name, ''), node.description)) -%}
    {%- for column in node.columns.values() -%}
        {%- do wanted.append(((node.schema, name, column.name), column.description)) -%}
    {%- endfor -%}
{%- endfor -%}
begin;
{% for place, description in wanted if place in present -%}
    {%- set text = description.split() | join(' ') -%}
    {%- if text and text != present[place][1] -%}
comment on {{ present[place][0] }} "{{ place | select | join('"."') }}"
    is '{{ text | replace("'", "''") }}';
    {%- endif -%}
{%- endfor -%}
commit;
{%- endmacro %}
