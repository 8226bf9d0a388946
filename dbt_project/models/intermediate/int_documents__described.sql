-- Grain: one row per document.
-- A document whose kind the text does not say takes it from the forms it prints, and one whose name
-- leads to no region takes that from the folder it lies in. One that does not say whose money it is
-- of takes that from its other part: of the same name, year and kind, the one prints forms and the
-- other none, and all that say it say the same.
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

),

described as (

    select
        documents.*,
        -- What has neither a table with a name nor a number in any other is prose: its forms are
        -- in another file, or pictures.
        coalesce(budget_forms.named_count, 0) > 0 or figure_documents.document_id is not null
            as has_forms,
        coalesce(json_extract_string(documents.evidence, '$.scope'), '') <> '' as says_scope,
        budget_forms.form_count,
        budget_forms.budget_form_count
    from documents
    left join budget_forms on documents.document_id = budget_forms.document_id
    left join figure_documents on documents.document_id = figure_documents.document_id

),

scopes as (

    select
        region_code,
        department_name,
        fiscal_year,
        kind,
        min(scope) as scope,
        list(distinct has_forms) as forms_of_those
    from described
    where says_scope
    group by region_code, department_name, fiscal_year, kind
    having count(distinct scope) = 1

),

scoped as (

    select
        described.* exclude (scope),
        coalesce(scopes.scope, described.scope) as scope
    from described
    left join scopes
        on
            not described.says_scope
            and described.region_code = scopes.region_code
            and described.department_name = scopes.department_name
            and described.fiscal_year = scopes.fiscal_year
            and described.kind = scopes.kind
            and not list_contains(scopes.forms_of_those, described.has_forms)

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
    documents.has_forms,
    coalesce(
        documents.kind,
        case
            when coalesce(documents.form_count, 0) = 0 then null
            when documents.budget_form_count * 2 > documents.form_count then 'budget'
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
from scoped as documents
