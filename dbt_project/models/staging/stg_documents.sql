-- Grain: one row per document (distinct content).
select
    document_id,
    sha256,
    file_name,
    file_kind,
    page_count,
    department_name,
    region_code,
    fiscal_year,
    kind,
    scope,
    is_template,
    evidence,
    reader_version,
    loaded_at
from {{ source('staging', 'documents') }}
