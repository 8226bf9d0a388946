{#- A row per content, with the path of one of its files: of several copies, the one that was read. -#}
{% macro files_by_content() -%}
select
    sha256,
    coalesce(min(file_path) filter (where status = 'read'), min(file_path)) as file_path
from {{ ref('stg_files') }}
group by sha256
{%- endmacro %}
