-- Grain: one row per duty, internal office or unit that a document names.
select
    document_id,
    fact_index,
    fact,
    of_body,
    text,
    sentence,
    page,
    cell_path
from {{ source('staging', 'department_facts') }}
