-- Grain: one row per clear statement in a document that facts count.
-- The document is the disclosure's, of which one part may be the prose.
-- A document may state a value several times (prose and appendix); facts take statement_number 1,
-- the narrative before the appendix.
with

documents as (

    select * from {{ ref('int_documents__ranked') }}

),

claims as (

    select * from {{ ref('stg_claims') }}

)

select
    claims.claim_id,
    documents.disclosure_id as document_id,
    documents.department_id,
    documents.fiscal_year,
    documents.kind,
    documents.scope,
    claims.claim_index,
    claims.paragraph_index,
    claims.part,
    claims.section,
    claims.section_path,
    claims.subject,
    claims.topic,
    claims.item,
    claims.role,
    claims.item_label,
    claims.item_code,
    claims.lei_name,
    claims.kuan_name,
    claims.xiang_name,
    claims.item_level,
    claims.group_label,
    {{ is_part_of_class('claims') }} as is_part_of_class,
    claims.claim_kind,
    claims.claim_value,
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
    claims.cell_path,
    row_number() over (
        partition by
            claims.document_id, claims.subject, claims.item_label, claims.group_label,
            claims.claim_kind
        order by claims.part = 'appendix', claims.claim_index
    ) as statement_number
from claims
inner join documents on claims.document_id = documents.document_id
where
    documents.is_identified
    and documents.is_prose_preferred
    and not documents.is_quarantined
    and claims.reading = 'clear'
