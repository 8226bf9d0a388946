-- Grain: one row per 行次 or 栏次 number printed in a table.
select
    document_id,
    table_index,
    form,
    section,
    kind as furniture_kind,
    position as grid_position,
    number_text,
    try_cast(number_text as integer) as printed_number,
    page,
    cell_path
from {{ source('staging', 'furniture') }}
