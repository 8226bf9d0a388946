-- Grain: one row per document, table and body row, with its place in the table.
{{ config(materialized='ephemeral') }}
select
    document_id,
    table_index,
    block,
    row_index,
    row_code,
    row_path,
    regexp_replace(row_path, '/?[^/]*$', '') as above_path,
    row_code = '' and {{ is_total_label('row_label') }} as is_total,
    row_number() over (
        partition by document_id, table_index
        order by block, row_index
    ) as row_position
from {{ ref('stg_form_rows') }}
