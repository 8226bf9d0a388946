-- Grain: one row per printed number in a table, of every document.
-- Nothing here is corrected: a figure that an identity disputes keeps its printed amount.
with

figures as (

    select * from {{ ref('int_figures__judged') }}

),

documents as (

    select * from {{ ref('stg_documents') }}
    where is_template is not true

),

-- Checks of the prose judge statements, and what these are held against.
told as (

    select
        claim_id as figure_id,
        max(status) filter (where status = 'disputed') as status
    from {{ ref('int_claims__judged') }}
    group by claim_id

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
    coalesce(told.status = 'disputed', false) as is_contradicted_by_prose,
    figures.suspicion
from figures
inner join documents on figures.document_id = documents.document_id
left join told on figures.figure_id = told.figure_id
