-- Grain: one row per figure of each explanation of a document's failing identities.
select
    document_id,
    fault_number,
    solution_rank,
    solution_number,
    is_located,
    cost,
    cause,
    family_id,
    nullif(figure_id, '') as figure_id,
    suggested_text,
    suggested_yuan,
    slip,
    from_json(repairs, '["varchar"]') as repaired_check_ids,
    from_json(failing, '["varchar"]') as failing_check_ids
from {{ source('staging', 'error_locations') }}
