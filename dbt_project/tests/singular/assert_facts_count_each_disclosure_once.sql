-- Catches: two documents of one department, region, year, kind and scope that facts both count (the
-- Word file and the PDF of one disclosure), or a document that they must not count: one in
-- quarantine, or one that does not say whose it is and of which year.
-- Lets pass: documents that do not say of which kind they are: nobody can tell copies among them.
-- From: the samples, where each disclosure is published as docx and as pdf.
select
    department_id,
    fiscal_year,
    kind,
    scope,
    count(*) as document_count
from {{ ref('dim_documents') }}
where
    is_counted
    and department_id is not null
    and fiscal_year is not null
    and kind is not null
group by department_id, fiscal_year, kind, scope
having count(*) > 1
union all
select
    documents.department_id,
    documents.fiscal_year,
    documents.kind,
    documents.scope,
    count(*) as document_count
from {{ ref('fct_income_expenditure_summary') }} as facts
inner join {{ ref('dim_documents') }} as documents on facts.document_id = documents.document_id
where not documents.is_counted
group by documents.department_id, documents.fiscal_year, documents.kind, documents.scope
