-- Grain: one row per printed number in a form of a document that facts count.
with

documents as (

    select * from {{ ref('int_documents__ranked') }}

),

figures as (

    select * from {{ ref('int_figures__judged') }}

)

select
    figures.figure_id,
    figures.document_id,
    documents.department_id,
    documents.region_code,
    documents.fiscal_year,
    documents.kind,
    documents.scope,
    figures.form,
    figures.section,
    figures.row_index,
    figures.row_code,
    figures.class_code,
    figures.level,
    figures.is_leaf,
    figures.row_label,
    figures.line,
    figures.measure,
    figures.amount_yuan,
    figures.printed_unit,
    figures.printed_scale,
    figures.page,
    figures.cell_path,
    figures.status
from figures
inner join documents on figures.document_id = documents.document_id
where documents.is_preferred and not documents.is_quarantined
