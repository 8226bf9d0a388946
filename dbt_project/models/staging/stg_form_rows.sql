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
    cell_path
from {{ source('staging', 'form_rows') }}
