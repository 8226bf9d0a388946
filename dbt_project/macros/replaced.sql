{#-
    Tables and views take the place of former ones within a transaction, which DuckDB and a lake undo as
    a whole where the query fails. dbt itself makes each under another name, moves the former one aside,
    renames the new one and drops what it moved: five statements instead of one.
-#}
{% materialization table, adapter='duckdb', supported_languages=['sql'] %}
    {%- set made = this.incorporate(type='table') -%}
    {{ return(replaced(made, create_table_as(False, made, compiled_code))) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb', supported_languages=['sql'] %}
    {%- set made = this.incorporate(type='view') -%}
    {{ return(replaced(made, create_view_as(made, compiled_code))) }}
{% endmaterialization %}

{#- Make a table or view by a statement, instead of whatever is called so. -#}
{% macro replaced(made, statement_of_it) -%}
    {%- if pre_hooks or post_hooks or config.get('indexes') or config.get('grants') -%}
        {{ exceptions.raise_compiler_error('There are neither hooks nor indexes nor grants here') }}
    {%- endif -%}
    {%- set former = load_cached_relation(made) -%}
    {%- call statement('main') -%}
        {%- if former is not none %}
            drop {{ former.type }} {{ former }};
        {%- endif %}
        {{ statement_of_it }}
    {%- endcall -%}
    {{ adapter.commit() }}
    {{ return({'relations': [made]}) }}
{%- endmacro %}
