-- Grain: one row per figure that was read a second time, and per number that only the second
-- reading found in a table that was read again.
select
    document_id,
    nullif(figure_id, '') as figure_id,
    form,
    page,
    first_text,
    second_text,
    third_text,
    shown_text,
    outcome,
    detail,
    flavour
from {{ source('staging', 'second_readings') }}
