-- Grain: one row per printed number in a table, of every document.
-- Nothing here is corrected: a figure that an identity disputes keeps its printed amount.
with

figures as (

    select * from {{ ref('int_figures__judged') }}

),

documents as (

    select * from {{ ref('stg_documents') }}
    where is_template is not true

)

select
    figures.figure_id,
    figures.document_id,
    documents.file_name,
    figures.table_index,
    figures.title,
    figures.form,
    figures.section,
    figures.block,
    figures.row_index,
    figures.column_index,
    figures.header_path,
    figures.row_path,
    figures.row_code,
    figures.row_label,
    figures.line,
    figures.measure,
    figures.resolved_by,
    figures.amount_text,
    figures.amount_yuan,
    figures.printed_unit,
    figures.printed_scale,
    figures.reading_text,
    figures.is_doubtful,
    figures.is_repaired,
    figures.half_step_yuan,
    figures.page,
    figures.bbox_x0,
    figures.bbox_top,
    figures.bbox_x1,
    figures.bbox_bottom,
    figures.cell_path,
    cast(figures.check_count as integer) as check_count,
    figures.status,
    figures.proof,
    figures.suspicion
from figures
inner join documents on figures.document_id = documents.document_id
