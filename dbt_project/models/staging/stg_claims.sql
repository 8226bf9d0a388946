-- Grain: one row per value stated in the narrative.
select
    claim_id,
    document_id,
    section,
    subject,
    kind as claim_kind,
    value_text,
    cast(value as decimal(24, 6)) as claim_value,
    printed_scale,
    unit,
    base,
    sentence,
    page,
    cell_path
from {{ source('staging', 'claims') }}
