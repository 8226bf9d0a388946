-- Grain: one row per clear statement in a document that facts count.
-- The document is the disclosure's, of which one part may be the prose.
-- A document may state a value several times (prose and appendix); facts take statement_number 1,
-- the narrative before the appendix.
with

documents as (

    select * from {{ ref('int_documents__ranked') }}
    where is_identified and is_prose_preferred and not is_quarantined

),

claims as (

    select
        claims.*,
        documents.disclosure_id,
        documents.body_id,
        documents.fiscal_year,
        documents.kind,
        documents.scope
    from {{ ref('stg_claims') }} as claims
    inner join documents on claims.document_id = documents.document_id
    where claims.reading = 'clear'

),

-- Apart from the rest, so that no sentence is sorted.
numbered as (

    select
        claim_id,
        row_number() over (
            partition by document_id, subject, item_label, group_label, claim_kind
            order by part = 'appendix', claim_index
        ) as statement_number
    from claims

)

select
    claims.claim_id,
    claims.disclosure_id as document_id,
    claims.body_id,
    claims.fiscal_year,
    claims.kind,
    claims.scope,
    claims.claim_index,
    claims.paragraph_index,
    claims.part,
    claims.section,
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
    claims.direction,
    claims.base,
    claims.year,
    claims.comparison_year,
    claims.fund,
    claims.whole_claim_id,
    claims.sentence,
    claims.page,
    claims.cell_path,
    numbered.statement_number
from claims
inner join numbered on claims.claim_id = numbered.claim_id
