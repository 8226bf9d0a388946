-- Grain: one row per duty, internal office or unit that a document that facts count names.
select
    facts.document_id,
    documents.body_id,
    documents.fiscal_year,
    documents.kind,
    documents.scope,
    facts.fact_index,
    facts.fact,
    facts.of_body,
    facts.text as fact_text,
    facts.sentence,
    facts.page,
    facts.cell_path
from {{ ref('stg_department_facts') }} as facts
inner join {{ ref('int_documents__ranked') }} as documents
    on facts.document_id = documents.document_id
where documents.is_prose_preferred and not documents.is_quarantined
