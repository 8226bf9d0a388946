-- Grain: one row per printed number in a table that has a value.
{{ config(materialized='ephemeral') }}
select
    figures.document_id,
    figures.table_index,
    figures.block,
    figures.row_index,
    figures.column_index,
    figures.header_path,
    figures.figure_id,
    figures.amount_yuan is not null as is_money,
    -- The same column of another block: the n-th under this header.
    dense_rank() over (
        partition by
            figures.document_id, figures.table_index, figures.block, figures.header_path
        order by figures.column_index
    ) as place_under_header
from {{ ref('stg_figures') }} as figures
semi join {{ ref('int_figures__rounded') }} as rounded
    on
        figures.document_id = rounded.document_id
        and figures.figure_id = rounded.figure_id
        and rounded.counted_value is not null
