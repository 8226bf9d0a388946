-- Grain: one row per document, form, section and value column.
select
    document_id,
    form,
    section,
    column_index,
    header_path,
    measure
from {{ source('staging', 'form_columns') }}
