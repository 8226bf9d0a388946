-- Grain: one row per cell of a table in a picture and way in which it was read.
select
    document_id,
    cell_index,
    figure_id,
    is_doubtful,
    rank,
    reading_text,
    amount_text,
    cast(amount_yuan as decimal(24, 6)) as amount_yuan,
    confidence,
    recogniser,
    page,
    bbox_x0,
    bbox_top,
    bbox_x1,
    bbox_bottom,
    cell_path
from {{ source('staging', 'cell_readings') }}
