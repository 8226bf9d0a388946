-- Grain: one row per value stated in the narrative, of every document.
with

claims as (

    select * from {{ ref('stg_claims') }}

),

documents as (

    select * from {{ ref('stg_documents') }}
    where is_template is not true

),

verdicts as (

    select * from {{ ref('int_claims__judged') }}

)

select
    claims.claim_id,
    claims.document_id,
    documents.file_name,
    claims.claim_index,
    claims.paragraph_index,
    claims.part,
    claims.section,
    claims.section_path,
    claims.subject,
    claims.topic,
    claims.item,
    claims.role,
    {{ claim_form('claims') }} as identity_form,
    {{ claim_row_name('claims') }} as identity_row,
    {{ claim_measure('claims') }} as identity_measure,
    claims.item_label,
    claims.item_code,
    claims.group_label,
    claims.claim_kind as kind,
    claims.claim_value as value,
    claims.value_text,
    claims.printed_scale,
    claims.unit,
    claims.is_unit_missing,
    claims.direction,
    claims.base,
    claims.base_text,
    claims.year,
    claims.comparison_year,
    claims.fund,
    claims.whole_claim_id,
    claims.sentence,
    claims.reading,
    claims.reading_note,
    claims.page,
    claims.bbox_x0,
    claims.bbox_top,
    claims.bbox_x1,
    claims.bbox_bottom,
    claims.cell_path,
    coalesce(verdicts.status, 'unchecked') as status
from claims
inner join documents on claims.document_id = documents.document_id
left join verdicts
    on claims.document_id = verdicts.document_id and claims.claim_id = verdicts.claim_id
