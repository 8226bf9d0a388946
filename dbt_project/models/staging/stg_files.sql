-- Grain: one row per file seen under the raw directory in the latest run.
select
    file_path,
    file_name,
    sha256,
    byte_count,
    modified_ns,
    status,
    reason,
    message,
    reader_version,
    seen_at
from {{ source('staging', 'files') }}
