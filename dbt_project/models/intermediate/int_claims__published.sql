-- Grain: one row per subject and sort of value stated in a document that facts count.
-- A narrative may state a value twice; the first by place is kept, all are in fct_narrative_claims.
with

documents as (

    select * from {{ ref('int_documents__ranked') }}

),

claims as (

    select * from {{ ref('stg_claims') }}

)

select
    claims.claim_id,
    claims.document_id,
    documents.department_id,
    documents.fiscal_year,
    documents.kind,
    documents.scope,
    claims.subject,
    claims.claim_kind,
    claims.claim_value,
    claims.printed_scale,
    claims.unit,
    claims.base
from claims
inner join documents on claims.document_id = documents.document_id
where documents.is_preferred and not documents.is_quarantined
qualify row_number() over (
        partition by claims.document_id, claims.subject, claims.claim_kind
        order by claims.page, claims.cell_path, claims.claim_id
    ) = 1
