-- Grain: one row per thing certainly wrong with a document's words.
select
    document_id,
    finding_index,
    kind,
    rule,
    printed,
    expected,
    sentence,
    paragraph_index,
    page,
    cell_path
from {{ source('staging', 'text_findings') }}
