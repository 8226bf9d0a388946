-- Grain: one row per document.
-- A document whose kind the text does not say takes it from the forms it prints, and one whose name
-- leads to no region takes that from the folder it lies in.
with

documents as (

    select
        documents.* replace (
            coalesce(filed.region_code, documents.region_code) as region_code,
            if(
                filed.region_code is null,
                documents.evidence,
                cast(
                    json_merge_patch(
                        cast(documents.evidence as json),
                        json_object('region_code', filed.region_evidence)
                    ) as varchar
                )
            ) as evidence
        )
    from {{ ref('stg_documents') }} as documents
    left join {{ ref('int_documents__filed') }} as filed
        on documents.sha256 = filed.sha256 and documents.region_code = ''

),

catalogue as (

    select * from {{ ref('stg_form_catalogue') }}

),

figure_documents as (

    select distinct document_id
    from {{ ref('stg_figures') }}

),

budget_forms as (

    select
        forms.document_id,
        count(*) filter (where catalogue.kind = 'budget') as budget_form_count,
        count(catalogue.form) as form_count,
        count(*) as named_count
    from {{ ref('stg_forms') }} as forms
    left join catalogue on forms.form = catalogue.form
    where forms.form <> ''
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
    documents.is_template,
    documents.evidence,
    -- What has neither a table with a name nor a number in any other is prose: its forms are in
    -- another file, or pictures.
    coalesce(budget_forms.named_count, 0) > 0 or figure_documents.document_id is not null
        as has_forms,
    coalesce(
        documents.kind,
        case
            when coalesce(budget_forms.form_count, 0) = 0 then null
            when budget_forms.budget_form_count * 2 > budget_forms.form_count then 'budget'
            else 'final_accounts'
        end
    ) as identity_kind,
    case
        when documents.department_name <> ''
            then left(md5(documents.region_code || documents.department_name), 16)
    end as department_id,
    case
        when documents.department_name <> ''
            then
                left(
                    md5(
                        concat_ws(
                            '|',
                            documents.region_code,
                            documents.department_name,
                            documents.scope
                        )
                    ),
                    16
                )
    end as body_id
from documents
left join budget_forms on documents.document_id = budget_forms.document_id
left join figure_documents on documents.document_id = figure_documents.document_id
