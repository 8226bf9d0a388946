-- Grain: one row per term that a document defines.
select
    document_id,
    definition_index,
    term,
    text,
    page,
    cell_path
from {{ source('staging', 'definitions') }}
