-- Grain: one row per document, form, section and body row, with or without numbers.
select
    document_id,
    form,
    section,
    row_index,
    row_code,
    row_label,
    line,
    page,
    bbox_x0,
    bbox_top,
    bbox_x1,
    bbox_bottom,
    cell_path
from {{ source('staging', 'form_rows') }}
