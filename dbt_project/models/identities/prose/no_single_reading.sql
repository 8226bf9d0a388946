-- Grain: one row per document and value of its prose that can be read in several ways or in none,
-- and one for a document all of whose values have one reading.
-- Lets pass: a document that states no value at all.
with

claims as (

    select
        document_id,
        claim_id,
        claim_index,
        value_text || unit as printed,
        reading,
        reading_note,
        sentence,
        page,
        cell_path
    from {{ ref('stg_claims') }}

),

read_documents as (

    select distinct paragraphs.document_id
    from {{ ref('stg_paragraphs') }} as paragraphs
    semi join claims on paragraphs.document_id = claims.document_id

)

select
    read_documents.document_id,
    'no_single_reading' as identity_id,
    if(claims.claim_id is null, '', 'statement ' || claims.claim_index) as scope_key,
    if(claims.claim_id is null, 'exact', 'ambiguous') as tier,
    coalesce(claims.reading_note, '') as reason,
    cast([] as varchar[]) as left_ids,
    cast([] as varchar[]) as right_ids,
    claims.printed,
    claims.sentence,
    claims.page,
    claims.cell_path
from read_documents
left join claims
    on read_documents.document_id = claims.document_id and claims.reading = 'ambiguous'
