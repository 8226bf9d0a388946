-- Grain: one row per printed number in a form.
select
    figure_id,
    document_id,
    form,
    section,
    row_index,
    row_code,
    row_label,
    line,
    measure,
    amount_text,
    cast(amount_yuan as decimal(24, 6)) as amount_yuan,
    printed_unit,
    printed_scale,
    page,
    bbox_x0,
    bbox_top,
    bbox_x1,
    bbox_bottom,
    cell_path
from {{ source('staging', 'figures') }}
