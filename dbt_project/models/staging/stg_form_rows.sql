-- Grain: one row per document, table and body row of a block, with or without numbers.
select
    document_id,
    table_index,
    form,
    section,
    block,
    row_index,
    row_code,
    row_label,
    row_path,
    line,
    is_label_doubtful,
    page,
    bbox_x0,
    bbox_top,
    bbox_x1,
    bbox_bottom,
    cell_path
from {{ source('staging', 'form_rows') }}
