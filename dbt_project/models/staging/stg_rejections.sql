-- Grain: one row per printed thing that could not be used.
select
    document_id,
    table_index,
    reason,
    form,
    printed,
    detail,
    page,
    bbox_x0,
    bbox_top,
    bbox_x1,
    bbox_bottom,
    cell_path
from {{ source('staging', 'rejections') }}
