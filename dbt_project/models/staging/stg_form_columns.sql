-- Grain: one row per document, table and column of numbers.
select
    document_id,
    table_index,
    form,
    section,
    block,
    column_index,
    header_path,
    measure,
    resolved_by
from {{ source('staging', 'form_columns') }}
