-- Grain: one row per document.
-- A document whose kind the text does not say takes it from the forms it prints.
with

documents as (

    select * from {{ ref('stg_documents') }}

),

catalogue as (

    select * from {{ ref('stg_form_catalogue') }}

),

budget_forms as (

    select
        forms.document_id,
        count(*) filter (where catalogue.kind = 'budget') as budget_form_count,
        count(*) as form_count
    from {{ ref('stg_forms') }} as forms
    inner join catalogue on forms.form = catalogue.form
    group by forms.document_id

)

select
    documents.document_id,
    documents.sha256,
    documents.file_name,
    documents.file_kind,
    documents.page_count,
    documents.department_name,
    documents.region_code,
    documents.fiscal_year,
    documents.kind,
    documents.scope,
    documents.evidence,
    coalesce(
        documents.kind,
        case
            when budget_forms.form_count is null then null
            when budget_forms.budget_form_count * 2 > budget_forms.form_count then 'budget'
            else 'final_accounts'
        end
    ) as identity_kind,
    case
        when documents.department_name <> ''
            then left(md5(documents.region_code || documents.department_name), 16)
    end as department_id
from documents
left join budget_forms on documents.document_id = budget_forms.document_id
