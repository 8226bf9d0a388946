-- Grain: one row per document that was fetched from a site.
select
    document_id,
    site,
    url,
    referrer,
    title,
    published_date,
    first_seen_at,
    superseded_by_document_id
from {{ source('staging', 'publications') }}
