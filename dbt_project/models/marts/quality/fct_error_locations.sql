-- Grain: one row per figure of each explanation of what fails in a document.
-- Nothing is corrected: what a figure should read is a suggestion beside the print.
with

locations as (

    select * from {{ ref('stg_error_locations') }}

),

documents as (

    select * from {{ ref('stg_documents') }}

),

figures as (

    select * from {{ ref('int_figures__judged') }}

)

select
    locations.document_id,
    documents.file_name,
    locations.fault_number,
    locations.solution_rank,
    locations.solution_number,
    locations.is_located,
    locations.figure_id,
    figures.form,
    coalesce(nullif(concat_ws(' ', nullif(figures.row_code, ''), figures.row_label), ''), '')
        as row_name,
    figures.measure,
    figures.amount_text as printed_text,
    locations.suggested_text,
    cast(locations.suggested_yuan as decimal(24, 6)) as suggested_yuan,
    figures.printed_unit,
    locations.slip,
    locations.cost,
    array_to_string(locations.repaired_check_ids, ',') as repaired_check_ids,
    cast(len(locations.repaired_check_ids) as integer) as repaired_count,
    array_to_string(locations.failing_check_ids, ',') as failing_check_ids,
    cast(len(locations.failing_check_ids) as integer) as failing_count,
    figures.page,
    figures.cell_path
from locations
inner join documents on locations.document_id = documents.document_id
left join figures
    on
        locations.document_id = figures.document_id
        and locations.figure_id = figures.figure_id
