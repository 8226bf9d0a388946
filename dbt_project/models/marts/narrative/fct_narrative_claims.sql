-- Grain: one row per value stated in the narrative, of every document.
with

claims as (

    select * from {{ ref('stg_claims') }}

),

documents as (

    select * from {{ ref('stg_documents') }}

)

select
    claims.claim_id,
    claims.document_id,
    documents.file_name,
    claims.section,
    claims.subject,
    claims.claim_kind as kind,
    claims.value_text,
    claims.claim_value as value,
    claims.printed_scale,
    claims.unit,
    claims.base,
    cast(null as integer) as comparison_year,
    claims.sentence,
    claims.page,
    claims.cell_path,
    'unchecked' as status
from claims
inner join documents on claims.document_id = documents.document_id
