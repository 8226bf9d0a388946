-- Grain: one row per paragraph of the narrative.
select
    document_id,
    paragraph_index,
    part,
    section_path,
    section_topic,
    is_heading,
    text,
    page,
    cell_path
from {{ source('staging', 'paragraphs') }}
