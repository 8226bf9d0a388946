-- Grain: one row per number that the narrative prints and that states no value.
select
    document_id,
    paragraph_index,
    kind as furniture_kind,
    number_text,
    text_begin,
    page,
    bbox_x0,
    bbox_top,
    bbox_x1,
    bbox_bottom,
    cell_path
from {{ source('staging', 'prose_furniture') }}
