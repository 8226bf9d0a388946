{#- The statements that make the views of the schema 分析: every mart under its Chinese name, its
    columns under theirs, its values called by their names. All of it follows from the seeds labels and
    columns; facts say whose they are and whether they may be added up. Values are looked up in constants of the view: joins
    would be made for every column that is not asked for. -#}
{% macro chinese_views(columns, labels) -%}
{%- if not execute or target.name not in ('warehouse', 'lake') or load_relation(labels) is none -%}
    {{ return('') }}
{%- endif -%}
{%- set values = {} -%}
{%- for row in run_query("
    select
        kind,
        string_agg('''' || replace(key, '''', '''''') || '''', ', ' order by position),
        string_agg('''' || replace(zh, '''', '''''') || '''', ', ' order by position)
    from " ~ labels ~ "
    group by kind
").rows -%}
    {%- do values.update({row[0]: 'map([' ~ row[1] ~ '], [' ~ row[2] ~ '])'}) -%}
{%- endfor -%}
{%- set called = {} -%}
{%- for row in run_query(
    "select key, zh from " ~ labels ~ " where kind = 'table'"
).rows -%}
    {%- do called.update({row[0]: row[1]}) -%}
{%- endfor -%}
{%- set columns_called = {} -%}
{%- for row in run_query(
    "select coalesce(table_name, ''), column_name, name_zh, label_kind, "
    ~ "concat_ws(' ', description_zh, description_en) from " ~ columns
).rows -%}
    {%- do columns_called.update({(row[0], row[1]): (row[2], row[3], row[4])}) -%}
{%- endfor -%}
begin;
create schema if not exists "分析";
{% for node in graph.nodes.values() if node.resource_type == 'model' and node.schema == 'marts' -%}
    {%- if adapter.get_relation(target.database, node.schema, node.alias) is not none -%}
{{ chinese_view(node, called.get(node.alias, node.alias), columns_called, values) }}
    {%- endif -%}
{%- endfor -%}
commit;
{%- endmacro %}

{#- One of them, with its comments. -#}
{% macro chinese_view(node, name, columns_called, values) -%}
{%- set selected = [] -%}
{%- set comments = [] -%}
{%- set is_of_bodies = 'body_id' in node.columns and node.alias != 'dim_bodies' -%}
{%- set is_fact = is_of_bodies and node.alias.startswith('fct_') -%}
{%- set added = {
    'bodies.body_name': is_of_bodies,
    'bodies.region_name': is_of_bodies and 'region_name' not in node.columns,
    'disclosures.adds_up': is_fact,
} -%}
{%- for column in node.columns.values() -%}
    {%- set own = columns_called.get((node.alias, column.name), (none, none, none)) -%}
    {%- set general = columns_called.get(('', column.name), (none, none, none)) -%}
    {%- set as_name = own[0] or general[0] or column.name -%}
    {%- set kind = own[1] or general[1] -%}
    {%- set value = 'facts."' ~ column.name ~ '"' -%}
    {%- if kind == 'identity' -%}
        {#- What an identity is called is a sentence; its name is what one pastes. -#}
        {%- if 'meaning_zh' not in node.columns -%}
            {%- set meaning = columns_called[('', 'meaning_zh')] -%}
            {%- do selected.append(values[kind] ~ '[' ~ value ~ '] as "' ~ meaning[0] ~ '"') -%}
            {%- do comments.append((meaning[0], meaning[2])) -%}
        {%- endif -%}
    {%- elif kind in values -%}
        {%- set value = 'coalesce(' ~ values[kind] ~ '[' ~ value ~ '], ' ~ value ~ ')' -%}
    {%- endif -%}
    {%- do selected.append(value ~ ' as "' ~ as_name ~ '"') -%}
    {%- do comments.append((as_name, column.description)) -%}
    {%- for value, is_added in added.items() if is_added and column.name == 'body_id' -%}
        {%- set name_zh, _, description = columns_called[('', value.partition('.')[2])] -%}
        {%- do selected.append(value ~ ' as "' ~ name_zh ~ '"') -%}
        {%- do comments.append((name_zh, description)) -%}
    {%- endfor -%}
{%- endfor -%}
create or replace view "分析"."{{ name }}" as
select {{ selected | join(',\n    ') }}
from marts.{{ node.alias }} as facts
{%- if is_of_bodies %}
left join marts.dim_bodies as bodies on facts.body_id = bodies.body_id
{%- endif %}
{%- if is_fact %}
left join marts.dim_disclosures as disclosures on facts.document_id = disclosures.document_id
{%- endif %};
comment on view "分析"."{{ name }}"
    is '{{ node.description.split() | join(' ') | replace("'", "''") }}';
{#- DuckLake keeps no comments on the columns of views. -#}
{% for as_name, description in comments if target.name != 'lake' -%}
comment on column "分析"."{{ name }}"."{{ as_name }}"
    is '{{ description.split() | join(' ') | replace("'", "''") }}';
{% endfor %}
{%- endmacro %}
