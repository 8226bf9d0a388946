-- Grain: one row per printed number in a table.
-- A number that was not read for certain is what the identities determine, where they do.
with

figures as (

    select * from {{ source('staging', 'figures') }}

),

repairs as (

    select * from {{ source('staging', 'cell_repairs') }}

)

select
    figures.figure_id,
    figures.document_id,
    figures.table_index,
    figures.form,
    figures.section,
    figures.block,
    figures.row_index,
    figures.column_index,
    figures.title,
    figures.header_path,
    figures.row_path,
    figures.row_code,
    figures.row_label,
    figures.line,
    figures.measure,
    figures.resolved_by,
    coalesce(repairs.amount_text, figures.amount_text) as amount_text,
    cast(coalesce(repairs.amount_yuan, figures.amount_yuan) as decimal(24, 6)) as amount_yuan,
    figures.printed_unit,
    coalesce(repairs.printed_scale, figures.printed_scale) as printed_scale,
    figures.reading_text,
    figures.is_doubtful and repairs.figure_id is null as is_doubtful,
    repairs.figure_id is not null as is_repaired,
    figures.page,
    figures.bbox_x0,
    figures.bbox_top,
    figures.bbox_x1,
    figures.bbox_bottom,
    figures.cell_path
from figures
left join repairs
    on figures.document_id = repairs.document_id and figures.figure_id = repairs.figure_id
