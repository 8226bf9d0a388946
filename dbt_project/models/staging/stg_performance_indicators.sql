-- Grain: one row per performance indicator that a table of a document lists.
select
    document_id,
    table_index,
    row_index,
    project_name,
    unit_name,
    indicator_class,
    indicator_type,
    indicator_name,
    target_text,
    target_comparator,
    target_value,
    target_unit,
    achieved_text,
    achieved_value,
    achieved_unit,
    weight,
    score,
    page,
    cell_path
from {{ source('staging', 'performance_indicators') }}
