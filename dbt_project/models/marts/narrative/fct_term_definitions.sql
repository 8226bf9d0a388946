-- Grain: one row per term that a document that facts count defines (名词解释).
select
    definitions.document_id,
    documents.body_id,
    documents.fiscal_year,
    documents.kind,
    documents.scope,
    definitions.definition_index,
    definitions.term,
    definitions.text as definition_text,
    definitions.page,
    definitions.cell_path
from {{ ref('stg_definitions') }} as definitions
inner join {{ ref('int_documents__ranked') }} as documents
    on definitions.document_id = documents.document_id
where documents.is_prose_preferred and not documents.is_quarantined
