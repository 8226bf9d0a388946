-- Catches: two documents of one body, year and kind that facts both count (the
-- Word file and the PDF of one disclosure), or a document that they must not count: one in
-- quarantine, or one that does not say whose it is and of which year.
-- Lets pass: documents that do not say of which kind they are: nobody can tell copies among them;
-- and files that are parts of one publication, as long as they print no form twice.
-- From: the samples, where each disclosure is published as docx and as pdf.
with

counted as (

    select
        documents.document_id,
        documents.body_id,
        documents.fiscal_year,
        documents.kind,
        documents.disclosure_id,
        documents.is_prose_preferred,
        forms.form
    from {{ ref('dim_documents') }} as documents
    left join {{ ref('stg_forms') }} as forms
        on documents.document_id = forms.document_id and forms.form <> ''
    where
        documents.is_counted
        and documents.body_id is not null
        and documents.fiscal_year is not null
        and documents.kind is not null

)

select
    body_id,
    fiscal_year,
    kind,
    count(distinct document_id) as document_count
from counted
group by body_id, fiscal_year, kind
having
    count(distinct disclosure_id) > 1
    or count(distinct document_id) filter (where is_prose_preferred) > 1
    or count(distinct document_id || form) > count(distinct form)
union all
select
    documents.body_id,
    documents.fiscal_year,
    documents.kind,
    count(*) as document_count
from {{ ref('fct_income_expenditure_summary') }} as facts
inner join {{ ref('dim_documents') }} as documents on facts.document_id = documents.document_id
where not documents.is_counted
group by documents.body_id, documents.fiscal_year, documents.kind
